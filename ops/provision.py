"""`python -m ops provision`: make what the service needs before it is deployed; run again, it changes nothing.

Without --stage: the local table. With it, in the AWS account and region of the environment: the table with its
indexes, expiry, point-in-time recovery, protection, encryption and tags; its schema brought up to date; the site's
secret; the log groups; and what Chalice must know, in .chalice/.
"""

import argparse
from collections.abc import Mapping

from chalicelib.actions import identity
from chalicelib.backend import Backend, build
from chalicelib.rules import instants
from chalicelib.settings import Settings, variable
from chalicelib.storage import secrets, views
from ops import migrations
from ops.cloud.account import Account
from ops.cloud.adoption import Adoption
from ops.cloud.bytecode import Bytecode
from ops.cloud.configuration import DEPLOYED, Configuration
from ops.cloud.deployed import Deployed
from ops.cloud.entrance import enter
from ops.cloud.logs import LogGroups
from ops.cloud.stage import Stage
from ops.cloud.steps import Step, take
from ops.cloud.table import StageTable
from ops.environment import open_backend
from ops.errors import OperatorError

HELP = "make or upgrade the table and what else the service needs"
NOTHING: Mapping[str, str] = {}
INSTEAD = {
    True: "make tokens with `python -m ops tokens`",
    False: "leave it at `site`, and let your CDN send what `python -m ops address --proxy-secret` prints",
}
SECRET = {variable(name) for name in Settings.model_fields if name.endswith(("_token", "_secret"))}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage, settings of it, and whether only to look."""
    parser.add_argument("--stage", help="a stage in AWS, such as prod; without it, the local table")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--for-chalice", action="store_true", help="fail where CloudFormation made the stage")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="TRIBUNE_NAME=VALUE",
        help="a setting of the stage, kept in .chalice/config.json; may be given more than once",
    )


def run(arguments: argparse.Namespace) -> int:
    """Make it so, step by step."""
    if arguments.stage is None:
        with open_backend() as local:
            identity.site_secret(local)
            print(f"the table {local.table.name} is ready")
        return 0
    changes = dict(map(_setting, arguments.set))
    stage, account, _ = enter(arguments.stage, known=False)
    print(f"stage {stage.name} in account {account.id}, region {account.region}")
    taken = take([*steps(stage, account, changes), *Bytecode().steps()], dry_run=arguments.dry_run, say=print)
    stack = Deployed(account, stage).stack
    if arguments.dry_run:
        print(f"{taken} steps would be taken; nothing was changed")
    else:
        following = f"The stack {stack} has the rest" if stack else f"Next: chalice deploy --stage {stage.name}"
        print(f"{taken} steps taken. {following}")
    if stack and arguments.for_chalice:
        raise OperatorError(f"`chalice deploy` would take this stage from its stack {stack}: deploy the stack")
    return 0


def steps(stage: Stage, account: Account, changes: Mapping[str, str] = NOTHING) -> list[Step]:
    """All that must be so before `chalice deploy`, with `changes` to the stage's settings."""
    configuration = Configuration(stage)
    table = StageTable(account, stage, name=configuration.table(changes))
    configured = configuration.settings().model_copy(update={"table": table.name})
    return [
        *table.steps(),
        *_content_steps(table, build(configured, table.client)),
        *LogGroups(account, stage).steps(),
        *configuration.steps(account, changes),
        *Adoption(account, stage).steps(),
    ]


def _content_steps(stage_table: StageTable, backend: Backend) -> list[Step]:
    table = backend.table

    def lacking_schema() -> str | None:
        if stage_table.describe() is None:
            return "mark it"
        versions = migrations.missing(table)
        what = "; ".join(f"{version}: {migrations.MIGRATIONS[version].what}" for version in versions)
        return f"migrate to {what}" if versions else None

    def lacking_count() -> str | None:
        counts = stage_table.describe() is not None and "closed" in views.read_state(table)
        return None if counts else "begin with this hour"

    def lacking_secret() -> str | None:
        made = stage_table.describe() is not None and secrets.has_site_secret(table)
        return None if made else "make it"

    return [
        Step("schema of the table", lacking_schema, lambda: migrations.migrate(table)),
        Step(
            "counting of views",
            lacking_count,
            lambda: views.start_counting(table, instants.hour_of(backend.now())),
        ),
        Step("the site's secret", lacking_secret, lambda: identity.site_secret(backend)),
    ]


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not value or name not in map(variable, Settings.model_fields):
        raise OperatorError(f"{text!r} sets nothing: write TRIBUNE_NAME=VALUE, as docs/settings.md names them")
    if name in SECRET and value != DEPLOYED.get(name):
        raise OperatorError(f"{name} would be a secret in a file: {INSTEAD[name.endswith('_TOKEN')]}")
    return name, value
