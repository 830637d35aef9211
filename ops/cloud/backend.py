"""The service's backend on a stage's table, for operator commands."""

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.backend import LAMBDA_ROLL_UP_SECONDS, Backend, build
from ops import migrations
from ops.cloud.entrance import enter
from ops.cloud.table import StageTable
from ops.errors import OperatorError


@contextmanager
def open_stage(name: str) -> Iterator[Backend]:
    """A backend on the table of a stage. Raises OperatorError if `provision` has not made it ready."""
    stage, account, configuration = enter(name, known=False)
    configured = configuration.settings()
    remedy = f"run `python -m ops provision --stage {name}` first"
    table = StageTable(account, stage, name=configured.table)
    if table.describe() is None:
        raise OperatorError(f"there is no table {configured.table} in this account and region: {remedy}")
    backend = build(configured, table.client, roll_up_seconds=LAMBDA_ROLL_UP_SECONDS)
    if migrations.missing(backend.table):
        raise OperatorError(f"the table {configured.table} is of an older release: {remedy}")
    yield backend
