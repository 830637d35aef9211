"""`python -m ops`: the operator's door. Each command is a module with HELP, add_arguments and run."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.errors import Busy
from ops.cloud.account import said
from ops.cloud.backend import open_stage
from ops.environment import open_backend
from ops.errors import OperatorError

ON_THEIR_OWN = {
    "serve": "ops.serve.command",
    "provision": "ops.provision",
    "finish": "ops.finish",
    "address": "ops.address",
    "template": "ops.template",
    "restore": "ops.restore",
    "destroy": "ops.destroy",
    "costs": "ops.costs.command",
    "spam-score": "ops.spam_score.command",
}
"""The module of each command."""
ON_A_BACKEND = {
    "tokens": "ops.tokens",
    "roll-up": "ops.roll_up",
    "import-comments": "ops.import_comments",
    "import-views": "ops.import_views",
    "dump": "ops.dump",
    "load": "ops.load",
}
"""Those that work on the table of a stage in AWS, or on that of STATE, beside a running `serve` or alone."""
COMMANDS = ON_THEIR_OWN | ON_A_BACKEND
INTERRUPTED = 130


def parser(asked: str = "") -> argparse.ArgumentParser:
    """The commands and their arguments, or those of the one `asked` for: to import all takes twice the time."""
    top = argparse.ArgumentParser(prog="python -m ops", description="Run and look after Tribune.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in [asked] if asked in COMMANDS else COMMANDS:
        module = import_module(COMMANDS[name])
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name in ON_A_BACKEND:
            command.add_argument("--stage", help="a stage in AWS, such as prod; without it, the local table")
        module.add_arguments(command)
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command: 0 when done, 2 with one sentence when it cannot be, 130 when interrupted."""
    arguments = sys.argv[1:] if arguments is None else arguments
    given = parser(*arguments[:1]).parse_args(arguments)
    try:
        if given.command in ON_THEIR_OWN:
            status: int = given.run(given)
            return status
        with open_stage(given.stage) if given.stage else open_backend() as backend:
            status = given.run(given, backend)
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
