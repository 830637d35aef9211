"""`provision` and `finish` are killed after each AWS call, and run again: the end is the same."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from ops import finish, provision
from ops.cloud.account import Account
from ops.cloud.configuration import Configuration
from ops.cloud.stage import Stage
from ops.cloud.steps import Step, take
from tests.ops.cloud.account import ACCOUNT, REGION, ROOT

READS = ("Get", "Describe", "List", "Query", "Scan")


class Killed(BaseException):
    """The process ended here."""


class Killer:
    """Counts the calls of a session, or the writing ones only, and ends the process after one of them."""

    def __init__(self, session: boto3.session.Session, *, writes_only: bool = False) -> None:
        self.calls = 0
        self.after: int | None = None
        self._writes_only = writes_only
        session.events.register("after-call", self._count)

    def _count(self, model: Any, **_: Any) -> None:
        if self._writes_only and model.name.startswith(READS):
            return
        self.calls += 1
        if self.calls == self.after:
            raise Killed


def run(steps: Iterable[Step]) -> int:
    """Take steps in silence."""
    return take(steps, dry_run=False, say=lambda line: None)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder that commands are run in."""
    shutil.copytree(ROOT / ".chalice", tmp_path / ".chalice", ignore=shutil.ignore_patterns("deploy*"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def session() -> Iterator[boto3.session.Session]:
    """A session on an empty account."""
    with mock_aws():
        yield boto3.session.Session(region_name=REGION)


def provisioned(session: boto3.session.Session, project: Path, stage: Stage) -> dict[str, Any]:
    """All that `provision` has to do with, but for what is drawn or tells the time; the stage's name is X."""
    dynamodb, logs = session.client("dynamodb"), session.client("logs")
    table = dynamodb.describe_table(TableName=stage.table)["Table"]
    for name in ("CreationDateTime", "TableId", "BillingModeSummary", "ItemCount", "TableSizeBytes"):
        table.pop(name, None)
    items = dynamodb.scan(TableName=stage.table)["Items"]
    for item in items:
        item.pop("secret", None)
    found = {
        "table": table,
        "items": sorted(items, key=lambda item: item["pk"]["S"]),
        "expiry": dynamodb.describe_time_to_live(TableName=stage.table)["TimeToLiveDescription"],
        "backups": dynamodb.describe_continuous_backups(TableName=stage.table)["ContinuousBackupsDescription"],
        "tags": dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"],
        "logs": [
            (group["logGroupName"], group["retentionInDays"])
            for group in logs.describe_log_groups(logGroupNamePrefix=f"/aws/lambda/{stage.label}")["logGroups"]
        ],
        "entry": json.loads((project / ".chalice/config.json").read_text("utf-8"))["stages"][stage.name],
        "policies": [path.read_text("utf-8") for path in sorted(project.glob(f".chalice/policy-{stage.name}-*"))],
    }
    return json.loads(without_times(json.dumps(found, default=str)).replace(stage.name, "X"))


def without_times(text: str) -> str:
    """The text without moto's times of the last backup."""
    backups = json.loads(text)
    recovery = backups["backups"].get("PointInTimeRecoveryDescription", {})
    for name in ("EarliestRestorableDateTime", "LatestRestorableDateTime"):
        recovery.pop(name, None)
    return json.dumps(backups)


@pytest.mark.parametrize(
    ("writes_only", "least"),
    [pytest.param(True, 10, id="write"), pytest.param(False, 20, id="call", marks=pytest.mark.long)],
)
def test_provision_killed_after_any_call_and_run_again_ends_in_the_same_state(
    session: boto3.session.Session, project: Path, writes_only: bool, least: int
) -> None:
    """What a call that only reads leaves behind is what the last one that wrote did."""
    killer = Killer(session, writes_only=writes_only)
    account = Account(session)
    whole = Stage("whole")
    run(provision.steps(whole, account))
    wanted = provisioned(session, project, whole)
    assert run(provision.steps(whole, account)) == 0
    for place in count(1):
        stage = Stage(f"cut{place}")
        killer.calls, killer.after = 0, place
        try:
            run(provision.steps(stage, account))
        except Killed:
            killer.after = None
            run(provision.steps(stage, account))
            assert provisioned(session, project, stage) == wanted, f"killed after call {place}"
        else:
            assert place > least
            break


def finishing(account: Account, stage: Stage) -> Callable[[], Iterable[Step]]:
    """The steps of `finish`, from the beginning each time."""
    configuration = Configuration(stage)
    options = finish.DEFAULTS | {"function_url": True}

    def steps() -> Iterable[Step]:
        made = finish.Finishing(account, stage, configuration, options, set(), "a@example.org")
        return chain([configuration.keep_options(options)], made.steps())

    return steps


def deployed(session: boto3.session.Session, stage: Stage) -> None:
    """What `finish` finds after `chalice deploy`: a function, and an API that calls it."""
    role = session.client("iam").create_role(RoleName=stage.role("api_handler"), AssumeRolePolicyDocument="{}")
    arn = session.client("lambda").create_function(
        FunctionName=stage.label,
        Runtime="python3.11",
        Role=role["Role"]["Arn"],
        Handler="app.app",
        Code={"ZipFile": b"nothing"},
    )["FunctionArn"]
    gateway = session.client("apigateway")
    api = gateway.create_rest_api(name="tribune")["id"]
    (root,) = gateway.get_resources(restApiId=api)["items"]
    method = {"restApiId": api, "resourceId": root["id"], "httpMethod": "GET"}
    gateway.put_method(**method, authorizationType="NONE")
    uri = f"arn:aws:apigateway:{REGION}:lambda:path/2015-03-31/functions/{arn}/invocations"
    gateway.put_integration(**method, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
    gateway.create_deployment(restApiId=api, stageName=stage.name)


def finished(session: boto3.session.Session, stage: Stage) -> dict[str, Any]:
    """All that `finish` has to do with; the stage's name is X."""
    gateway, function = session.client("apigateway"), session.client("lambda")
    api = next(
        api["id"]
        for api in gateway.get_rest_apis()["items"]
        if stage.name in [one["stageName"] for one in gateway.get_stages(restApiId=api["id"])["item"]]
    )
    at = gateway.get_stage(restApiId=api, stageName=stage.name)
    alarms = session.client("cloudwatch").describe_alarms(AlarmNamePrefix=stage.label)["MetricAlarms"]
    budgets = session.client("budgets").describe_budgets(AccountId=ACCOUNT)["Budgets"]
    found = {
        "answers": gateway.get_gateway_responses(restApiId=api)["items"],
        "deployment": gateway.get_deployment(restApiId=api, deploymentId=at["deploymentId"])["description"],
        "throttle": at["methodSettings"],
        "concurrency": function.get_function_concurrency(FunctionName=stage.label)["ReservedConcurrentExecutions"],
        "url": function.get_function_url_config(FunctionName=stage.label)["AuthType"],
        "permissions": sorted(
            one["Sid"] for one in json.loads(function.get_policy(FunctionName=stage.label)["Policy"])["Statement"]
        ),
        "alarms": [{name: alarm[name] for name in ("AlarmName", "Threshold", "AlarmActions")} for alarm in alarms],
        "dashboard": session.client("cloudwatch").get_dashboard(DashboardName=stage.label)["DashboardBody"],
        "budget": [one["BudgetLimit"]["Amount"] for one in budgets if one["BudgetName"].startswith(stage.label)],
        "readers": [
            (one["TopicArn"], one["Endpoint"])
            for one in session.client("sns").list_subscriptions()["Subscriptions"]
            if stage.label in one["TopicArn"]
        ],
    }
    return json.loads(json.dumps(found, default=str).replace(stage.name, "X").replace(api, "API"))


def test_finish_killed_after_each_write_in_turn_goes_on_to_the_same_end(
    session: boto3.session.Session, project: Path
) -> None:
    killer = Killer(session, writes_only=True)
    account = Account(session)
    for name in ("whole", "cut"):
        run(provision.steps(Stage(name), account))
        deployed(session, Stage(name))
    killer.calls = 0
    run(finishing(account, Stage("whole"))())
    needed = killer.calls
    assert needed > 15
    assert run(finishing(account, Stage("whole"))()) == 0

    killed = 0
    steps = finishing(account, Stage("cut"))
    for place in range(1, needed + 1):
        killer.calls, killer.after = 0, place
        try:
            run(steps())
        except Killed:
            killed += 1
        killer.after = None
    assert killed > 3
    run(steps())
    assert finished(session, Stage("cut")) == finished(session, Stage("whole"))
