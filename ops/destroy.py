"""`python -m ops destroy`: remove everything of a stage, after a dump of its table and a typed confirmation."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from ops import table_dump
from ops.cloud import inventory
from ops.cloud.account import Account
from ops.cloud.adoption import Adoption
from ops.cloud.configuration import Configuration
from ops.cloud.deployed import Deployed
from ops.cloud.stage import Stage
from ops.errors import OperatorError
from ops.progress import on_terminal

NAME = "destroy"
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
    stage, account = Stage.named(arguments.stage), Account()
    stack = Deployed(account, stage).stack
    if stack:
        remedy = f"first run `aws cloudformation delete-stack --stack-name {stack}`, then this for what it leaves"
        raise OperatorError(f"the stack {stack} made this stage: {remedy}")
    found = [resource for resource in inventory.resources(account, stage) if resource.exists()]
    if not found:
        print(f"nothing is left of stage {stage.name} in account {account.id}, region {account.region}")
        return 0
    print(f"stage {stage.name} in account {account.id}, region {account.region}:")
    for resource in found:
        print(f"  {resource.kind:<13} {resource.name}")
    _confirm(stage, arguments.confirm)
    dump = arguments.dump or Path(f"{stage.label}-{datetime.now(UTC):%Y%m%d-%H%M%S}.jsonl.gz")
    current = Configuration(stage).settings().table
    dumps = {
        resource.name: dump_of(dump, resource.name, current) for resource in found if resource.kind == "table"
    }
    client = account.client("dynamodb")
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
    Adoption(account, stage).forget()
    print(f"nothing is left of stage {stage.name}")
    return 0


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
