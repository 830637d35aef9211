"""What AWS refuses for a while, or does not let this operator do: the rest goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse

from ops import finish, provision
from ops.cloud import table
from ops.cloud.account import Account
from ops.cloud.concurrency import Concurrency
from ops.cloud.configuration import Configuration
from ops.cloud.deployed import Deployed
from ops.cloud.stage import Stage
from ops.cloud.steps import take
from ops.cloud.table import StageTable
from tests.ops.cloud.test_interrupted import deployed, project, run, session

__all__ = ["project", "session"]
STAGE = Stage("prod")


def refuse(session: boto3.session.Session, event: str, code: str, times: int = 10**6) -> Callable[[], int]:
    """Answer calls of an event with an error, so many times; gives how often that was done."""
    done = [0]

    def answer(**_: Any) -> Any:
        if done[0] == times:
            return None
        done[0] += 1
        response = AWSResponse("https://aws.example.org", 400, {}, None)
        return response, {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": 400}}

    session.events.register(f"before-call.{event}", answer)
    return lambda: done[0]


def finishing(session: boto3.session.Session, **options: Any) -> finish.Finishing:
    """`finish` of a deployed stage."""
    account = Account(session)
    run(provision.steps(STAGE, account))
    if Deployed(account, STAGE).find_rest_api() is None:
        deployed(session, STAGE)
    return finish.Finishing(account, STAGE, Configuration(STAGE), finish.DEFAULTS | options, set(), None)


def test_backups_that_are_still_being_enabled_are_waited_for(
    session: boto3.session.Session, project: Path
) -> None:
    code = "ContinuousBackupsUnavailableException"
    refused = refuse(session, "dynamodb.UpdateContinuousBackups", code, times=3)
    waited: list[float] = []
    made = StageTable(Account(session), STAGE, pause=waited.append)

    run(made.steps())

    assert refused() == 3
    assert len(waited) == 3
    assert run(made.steps()) == 0


@pytest.mark.parametrize("service", ["budgets", "sns", "cloudwatch"])
def test_an_account_that_may_not_watch_over_itself_is_finished_all_the_same(
    service: str, session: boto3.session.Session, project: Path
) -> None:
    refuse(session, service, "AccessDeniedException")
    made = finishing(session)
    said: list[str] = []

    take(made.steps(), dry_run=False, say=said.append)

    assert [line for line in said if line.startswith("  left out ")]
    assert any("throttle of the gateway" in line for line in said)
    assert list(made.farewell())


def test_no_budget_is_asked_for_with_a_budget_of_nothing(session: boto3.session.Session, project: Path) -> None:
    budgets = session.client("budgets", "us-east-1")
    run(finishing(session, budget=10.0).steps())
    assert budgets.describe_budgets(AccountId="123456789012")["Budgets"]

    run(finishing(session, budget=0.0).steps())
    assert not budgets.describe_budgets(AccountId="123456789012").get("Budgets")
    assert run(finishing(session, budget=0.0).steps()) == 0


def test_a_concurrency_of_nothing_stops_the_function(session: boto3.session.Session, project: Path) -> None:
    made = finishing(session, concurrency=0)
    run(made.steps())

    given = session.client("lambda").get_function_concurrency(FunctionName="tribune-prod")
    assert given["ReservedConcurrentExecutions"] == 0
    assert any("is stopped" in line for line in made.farewell())
    assert run(finishing(session, concurrency=0).steps()) == 0


def test_a_small_account_reserves_nothing_and_is_told_so(session: boto3.session.Session, project: Path) -> None:
    run(provision.steps(STAGE, Account(session)))
    deployed(session, STAGE)
    limits = {"AccountLimit": {"UnreservedConcurrentExecutions": 10}, "ResponseMetadata": {}}
    session.events.register(
        "before-call.lambda.GetAccountSettings",
        lambda **_: (AWSResponse("https://aws.example.org", 200, {}, None), limits),
    )
    account = Account(session)
    reserved = Concurrency(account, Deployed(account, STAGE), most=20)

    assert run(reserved.steps()) == 0
    assert reserved.wanted is None
    assert "ask AWS for a higher limit" in (reserved.warning() or "")


def test_tables_of_other_stages_are_nobodys_business(session: boto3.session.Session, project: Path) -> None:
    account = Account(session)
    for name in ("tribune-prod", "tribune-prod-restored-x", "tribune-prod-restored-20261101-080000"):
        run(StageTable(account, STAGE, name=name).steps())

    found = {one.name for one in table.resources(account, STAGE, "tribune-prod") if one.exists()}

    assert found == {"tribune-prod", "tribune-prod-restored-20261101-080000"}
