"""`python -m ops destroy`: remove everything of a stage, after a dump of its table and a typed confirmation."""

import argparse
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from botocore.exceptions import ClientError

from ops import table_dump
from ops.cloud import inventory
from ops.cloud.account import Account, denied, why
from ops.cloud.adoption import Adoption
from ops.cloud.deployed import Deployed
from ops.cloud.entrance import enter
from ops.cloud.resource import Resource
from ops.cloud.stage import Stage
from ops.cloud.steps import take
from ops.errors import OperatorError
from ops.progress import on_terminal

HELP = "remove everything of a stage, after a dump of its table"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage, the dump, and the confirmation."""
    parser.add_argument("--stage", required=True, help="the stage that is to go")
    parser.add_argument(
        "--dump", type=Path, metavar="FILE", help="a new file for the whole table (named after the stage and now)"
    )
    parser.add_argument("--confirm", metavar="NAME", help="the name that is asked for, where nobody can type it")


def run(arguments: argparse.Namespace) -> int:
    """Show what is there, ask, dump, remove; run again, it goes on where it was."""
    stage, account, configuration = enter(arguments.stage)
    stack = Deployed(account, stage).stack
    if stack:
        remedy = f"first run `aws cloudformation delete-stack --stack-name {stack}`, then this for what it leaves"
        raise OperatorError(f"the stack {stack} made this stage: {remedy}")
    found = _there(inventory.resources(account, stage))
    if not found:
        print(f"nothing is left of stage {stage.name} in account {account.id}, region {account.region}")
        return 0
    print(f"stage {stage.name} in account {account.id}, region {account.region}:")
    for resource in found:
        print(f"  {resource.kind:<13} {resource.name}")
    _confirm(stage, arguments.confirm)
    file = arguments.dump or Path(f"{stage.label}-{datetime.now(UTC):%Y%m%d-%H%M%S}.jsonl.gz")
    _remove(account, found, lambda table: table_dump.free(dump_of(file, table, configuration.settings().table)))
    Adoption(account, stage).forget()
    left = _there(inventory.resources(account, stage))
    if left:
        names = ", ".join(f"{resource.kind} {resource.name}" for resource in left)
        raise OperatorError(f"still there: {names}; run the command again")
    take([configuration.start_over()], dry_run=False, say=print)
    print(f"nothing is left of stage {stage.name}")
    return 0


def _there(resources: Iterable[Resource]) -> list[Resource]:
    """Those of the resources that exist; of what this operator may not even look at, a word."""
    found = []
    for resource in resources:
        try:
            if resource.exists():
                found.append(resource)
        except ClientError as error:
            if not denied(error):
                raise
            print(f"  not looked for: {resource.kind} {resource.name} ({why(error)})")
    return found


def _remove(account: Account, found: list[Resource], file_of: Callable[[str], Path]) -> None:
    """Dump all tables, then remove everything in its order."""
    client = account.client("dynamodb")
    dumps = {resource.name: file_of(resource.name) for resource in found if resource.kind == "table"}
    for name, path in dumps.items():
        table_dump.write(client, name, path, on_terminal)
    for resource in found:
        if resource.kind == "table":
            # Once more, now that nobody writes to it: what came meanwhile was acknowledged, too.
            path = dumps[resource.name]
            count = table_dump.write(client, resource.name, path, on_terminal, over=True)
            print(table_dump.said(count, resource.name, path))
        print(f"  removing {resource.kind} {resource.name}", flush=True)
        resource.remove()


def dump_of(path: Path, table: str, current: str) -> Path:
    """The file for a table: the one that was named for the stage's current table, one beside it for each other."""
    return path if table == current else path.with_name(f"{table}-{path.name}")


def _confirm(stage: Stage, confirmed: str | None) -> None:
    if confirmed is None:
        try:
            confirmed = input(f"Type {stage.label} to remove all of this: ").strip()
        except EOFError:
            confirmed = ""
    if confirmed != stage.label:
        raise OperatorError(f"nothing was removed: {stage.label} was not confirmed")
