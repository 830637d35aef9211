"""`python -m ops`: the operator's door. Each command is a module with NAME, HELP, add_arguments and run."""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import Busy
from ops import (
    address,
    destroy,
    dump,
    finish,
    import_comments,
    import_views,
    load,
    provision,
    restore,
    roll_up,
    template,
    tokens,
)
from ops.cloud.account import said
from ops.cloud.backend import open_stage
from ops.costs import command as costs
from ops.environment import open_backend
from ops.errors import OperatorError
from ops.serve import command as serve
from ops.spam_score import command as spam_score

ON_A_BACKEND: tuple[ModuleType, ...] = (tokens, roll_up, import_comments, import_views, dump, load)
"""Commands that work on the table of a stage in AWS, or on that of STATE, beside a running `serve` or alone."""
ON_THEIR_OWN: tuple[ModuleType, ...] = (
    serve,
    provision,
    finish,
    address,
    template,
    restore,
    destroy,
    costs,
    spam_score,
)
INTERRUPTED = 130


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(prog="python -m ops", description="Run and look after Tribune.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in ON_THEIR_OWN + ON_A_BACKEND:
        command = commands.add_parser(
            module.NAME,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if module in ON_A_BACKEND:
            command.add_argument("--stage", help="a stage in AWS, such as prod; without it, the local table")
        module.add_arguments(command)
        command.set_defaults(module=module)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command: 0 when done, 2 with one sentence when it cannot be, 130 when interrupted."""
    given = parser().parse_args(arguments)
    try:
        if given.module in ON_THEIR_OWN:
            status: int = given.module.run(given)
            return status
        with open_stage(given.stage) if given.stage else open_backend() as backend:
            status = given.module.run(given, backend)
            return status
    except OperatorError as error:
        print(f"{given.command}: {error}", file=sys.stderr)
        return 2
    except (ClientError, BotoCoreError) as error:
        print(f"{given.command}: {said(error)}", file=sys.stderr)
        return 2
    except Busy:
        print(f"{given.command}: the table does not answer; run it again to finish", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{given.command}: interrupted; run it again to finish", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
