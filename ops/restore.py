"""`python -m ops restore`: the table as it was at a moment of the last 35 days, in a new one for the stage to use.

DynamoDB restores into a new table only, and forgets expiry, recovery, protection and tags: these are set again.
The old table stays as it is; the service goes on with it until the next `chalice deploy`.
"""

import argparse
from datetime import UTC, datetime
from typing import Any

from chalicelib.rules import instants
from chalicelib.rules.fields import FieldError
from ops import provision
from ops.cloud.deployed import Deployed
from ops.cloud.entrance import enter
from ops.cloud.stage import Stage
from ops.cloud.steps import Step, take
from ops.cloud.table import StageTable
from ops.errors import OperatorError

HELP = "bring the table back as it was at a moment"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage and the moment."""
    parser.add_argument("--stage", required=True)
    parser.add_argument("--at", required=True, metavar="TIME", help="such as 2026-11-23T08:00:00Z")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")


def run(arguments: argparse.Namespace) -> int:
    """Restore, provision what was restored, and set the stage to it."""
    moment = _moment(arguments.at)
    stage, account, configuration = enter(arguments.stage)
    stack = Deployed(account, stage).stack
    if stack:
        raise OperatorError(
            f"the stack {stack} keeps its own table: restore beside it, and `dump` and `load` from there"
        )
    source = StageTable(account, stage, name=configuration.settings().table)
    target = StageTable(account, stage, name=f"{stage.restored_prefix}{moment:%Y%m%d-%H%M%S}")
    _check_unused(stage, source, target)
    steps = [
        Step(f"table {target.name}", lambda: _lacking(target), lambda: _restore(source, target, moment)),
        *provision.steps(stage, account, {"TRIBUNE_TABLE": target.name}),
    ]
    take(steps, dry_run=arguments.dry_run, say=print)
    if not arguments.dry_run:
        print(f"{target.name} is ready. Next: chalice deploy --stage {stage.name}")
        print(f"then: python -m ops finish --stage {stage.name}")
        print(f"To go back: python -m ops provision --stage {stage.name} --set TRIBUNE_TABLE={source.name}")
    return 0


def _check_unused(stage: Stage, source: StageTable, target: StageTable) -> None:
    """Raise OperatorError where this moment was restored before: that table holds what was written to it since."""
    if source.name == target.name or target.is_ready():
        raise OperatorError(
            f"{target.name} was restored before, and holds what was written to it since: name a moment one second "
            f"later for a new one, or use it by `python -m ops provision --stage {stage.name} "
            f"--set TRIBUNE_TABLE={target.name}`"
        )


def _moment(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(instants.parse(text) // instants.SECOND, UTC)
    except FieldError as error:
        raise OperatorError(f"{text!r} is no time: write it like 2026-11-23T08:00:00Z") from error


def _lacking(target: StageTable) -> str | None:
    found = target.describe()
    if found is None:
        return "restore it; this takes from minutes to hours"
    return None if found["TableStatus"] == "ACTIVE" else "wait until it is restored"


def _restore(source: StageTable, target: StageTable, moment: datetime) -> None:
    client: Any = source.client
    if target.describe() is None:
        client.restore_table_to_point_in_time(
            SourceTableName=source.name, TargetTableName=target.name, RestoreDateTime=moment
        )
    target.wait()
