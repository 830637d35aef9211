"""`make deploy`, for real, against a stand-in for AWS: what is there afterwards, and what the functions answer."""

import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from ops.serve.timers import scheduled_event
from tests.ops.cloud.account import Cloud, names, steps_taken
from tests.ops.cloud.events import rest_event, url_event

API, TIMER = "tribune-prod", "tribune-prod-roll_up_views"
OPTIONS = "--email alerts@example.org --budget 30 --concurrency 12 --function-url"


@pytest.fixture(scope="module")
def deployed(empty_account: Cloud) -> Cloud:
    """An account where `make deploy STAGE=prod` was run once."""
    empty_account.printed = empty_account.run("make", "deploy", "STAGE=prod", f"FINISH={OPTIONS}")
    return empty_account


def test_the_command_ends_with_the_addresses_and_a_snippet_to_paste(deployed: Cloud) -> None:
    assert f"https://{deployed.rest_api()}.execute-api.eu-west-3.amazonaws.com/prod" in deployed.printed
    assert "a month at 1,000,000 views through this door" in deployed.printed
    url = deployed.client("lambda").get_function_url_config(FunctionName=API)["FunctionUrl"].rstrip("/")
    assert f'<script type="module" src="{url}/embed/' in deployed.printed
    assert f'<tribune-comments article="42"><a href="{url}/articles/42/comments.html?as=page">' in deployed.printed
    assert f"form-action 'self' {url};" in deployed.printed


def test_a_story_goes_through_the_deployed_functions(deployed: Cloud) -> None:
    publisher = deployed.ops("tokens", "--stage", "prod", "make", "publisher").strip()
    moderator = deployed.ops("tokens", "--stage", "prod", "make", "moderator").strip()
    article = {"url": "https://www.example.org/a1", "title": "Le marché rouvre", "section": "Ville"}
    comment = {"author_name": "Zoé", "author_email": "zoe@example.org", "content": "Enfin !"}

    said = deployed.invoke(API, url_event("PUT", "/articles/a1", article, publisher))
    assert said["statusCode"] == 201
    comments, here = "/articles/{article_id}/comments", {"article_id": "a1"}
    said = deployed.invoke(API, rest_event("POST", comments, here, comment))
    assert said["statusCode"] == 202
    ids = [json.loads(said["body"])["id"]]
    decided = {"comment_ids": ids, "decision": "approve"}
    said = deployed.invoke(API, url_event("POST", "/moderation/decisions", decided, moderator))
    assert json.loads(said["body"])["decisions"][0]["status"] == "published"
    said = deployed.invoke(API, rest_event("GET", comments, here))
    assert [one["id"] for one in json.loads(said["body"])["comments"]] == ids
    said = deployed.invoke(API, url_event("POST", "/articles/a1/views"))
    assert json.loads(said["body"])["counted"] is True
    assert deployed.invoke(TIMER, scheduled_event()) is None
    said = deployed.invoke(API, url_event("GET", "/most-read"))
    assert [(one["article_id"], one["views"]) for one in json.loads(said["body"])["articles"]] == [("a1", 1)]


def test_every_door_gets_the_same_answer_from_the_deployed_function(deployed: Cloud) -> None:
    through = [rest_event("GET", "/counts", {}), url_event("GET", "/counts")]
    answers = [deployed.invoke(API, event) for event in through]
    assert [answer["statusCode"] for answer in answers] == [422, 422]
    assert answers[0]["body"] == answers[1]["body"]
    through = [url_event("GET", "/nowhere"), rest_event("GET", "/nowhere", {}), {"Records": []}]
    assert [deployed.invoke(API, event)["statusCode"] for event in through] == [404, 404, 400]


def test_functions_have_their_own_role_and_only_the_table_of_the_stage(deployed: Cloud) -> None:
    functions, iam = deployed.client("lambda"), deployed.client("iam")
    for name, file in ((API, "api-handler"), (TIMER, "roll-up-views")):
        found = functions.get_function(FunctionName=name)
        role = found["Configuration"]["Role"].rpartition("/")[2]
        (policy_name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
        policy = iam.get_role_policy(RoleName=role, PolicyName=policy_name)["PolicyDocument"]
        assert policy == json.loads(
            (deployed.project / ".chalice" / f"policy-prod-{file}.json").read_text("utf-8")
        )
        table = "arn:aws:dynamodb:eu-west-3:123456789012:table/tribune-prod"
        assert policy["Statement"][0]["Resource"] == table
        assert found["Tags"].items() >= {"app": "tribune", "stage": "prod"}.items()


def test_functions_have_sensible_limits(deployed: Cloud) -> None:
    functions = deployed.client("lambda")
    api = functions.get_function_configuration(FunctionName=API)
    timer = functions.get_function_configuration(FunctionName=TIMER)
    assert (api["MemorySize"], api["Timeout"], timer["Timeout"]) == (512, 20, 60)
    concurrency = functions.get_function_concurrency(FunctionName=API)
    assert concurrency["ReservedConcurrentExecutions"] == 12


def test_the_timer_ticks_every_minute(deployed: Cloud) -> None:
    events = deployed.client("events")
    (rule,) = events.list_rules()["Rules"]
    assert rule["ScheduleExpression"] == "rate(1 minute)"
    (target,) = events.list_targets_by_rule(Rule=rule["Name"])["Targets"]
    assert target["Arn"].endswith(f":function:{TIMER}")


def test_the_table_is_on_demand_protected_recoverable_and_expires_items(deployed: Cloud) -> None:
    client = deployed.client("dynamodb")
    table = client.describe_table(TableName="tribune-prod")["Table"]
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"] is True
    assert table["SSEDescription"]["SSEType"] == "KMS"
    expiry = client.describe_time_to_live(TableName="tribune-prod")["TimeToLiveDescription"]
    assert (expiry["TimeToLiveStatus"], expiry["AttributeName"]) == ("ENABLED", "expires_at")
    backups = client.describe_continuous_backups(TableName="tribune-prod")["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"
    tags = client.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
    assert {tag["Key"]: tag["Value"] for tag in tags} == {"app": "tribune", "stage": "prod"}


def test_the_gateways_own_answers_speak_like_the_service_and_any_page_may_read_them(deployed: Cloud) -> None:
    client = deployed.client("apigateway")
    answers = client.get_gateway_responses(restApiId=deployed.rest_api())["items"]
    given = {answer["responseType"]: answer for answer in answers}
    for answer in given.values():
        assert answer["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"
        json.loads(answer["responseTemplates"]["application/json"])
    unknown = given["MISSING_AUTHENTICATION_TOKEN"]
    ours = deployed.invoke(API, url_event("GET", "/nowhere"))
    assert unknown["statusCode"] == "404"
    assert json.loads(unknown["responseTemplates"]["application/json"]) == json.loads(ours["body"])
    assert given["THROTTLED"]["statusCode"] == "429"
    assert given["THROTTLED"]["responseParameters"]["gatewayresponse.header.Retry-After"] == "'2'"


def test_the_gateway_lets_only_so_much_through(deployed: Cloud) -> None:
    stage = deployed.client("apigateway").get_stage(restApiId=deployed.rest_api(), stageName="prod")
    throttle = stage["methodSettings"]["*/*"]
    assert (throttle["throttlingRateLimit"], throttle["throttlingBurstLimit"]) == (100.0, 200)


def test_every_row_of_the_table_of_routes_is_deployed(deployed: Cloud) -> None:
    from app import ROUTES

    client = deployed.client("apigateway")
    found = set()
    for page in client.get_paginator("get_resources").paginate(restApiId=deployed.rest_api()):
        for resource in page["items"]:
            found |= {(method, resource["path"]) for method in resource.get("resourceMethods", {})}
    assert {(route.method, route.path) for route in ROUTES} <= found


def test_logs_are_kept_for_a_month(deployed: Cloud) -> None:
    groups = deployed.client("logs").describe_log_groups(logGroupNamePrefix="/aws/lambda/tribune-prod")[
        "logGroups"
    ]
    kept = {group["logGroupName"]: group.get("retentionInDays") for group in groups}
    assert kept == {f"/aws/lambda/{name}": 30 for name in (API, TIMER)}


def test_alarms_have_an_entry_in_the_runbook_and_tell_someone(deployed: Cloud) -> None:
    runbook = (deployed.project / "docs" / "operating.md").read_text("utf-8")
    alarms = deployed.client("cloudwatch").describe_alarms()["MetricAlarms"]
    assert names(alarms, "AlarmName") == {
        f"tribune-prod-{name}"
        for name in ("roll-up-late", "throttled", "failing", "crashing", "at-its-limit", "rush", "queue-old")
    }
    (topic,) = deployed.client("sns").list_topics()["Topics"]
    for alarm in alarms:
        assert alarm["AlarmActions"] == [topic["TopicArn"]]
        file, _, entry = alarm["AlarmDescription"].rpartition(" ")[2].partition("#")
        assert file == "docs/operating.md"
        assert f"### {entry}" in runbook
    (reader,) = deployed.client("sns").list_subscriptions()["Subscriptions"]
    assert reader["Endpoint"] == "alerts@example.org"


def test_a_budget_watches_the_bill(deployed: Cloud) -> None:
    (budget,) = deployed.client("budgets").describe_budgets(AccountId="123456789012")["Budgets"]
    assert (float(budget["BudgetLimit"]["Amount"]), budget["TimeUnit"]) == (30.0, "MONTHLY")


def test_the_dashboard_shows_the_metrics_that_the_service_sends(deployed: Cloud) -> None:
    body = deployed.client("cloudwatch").get_dashboard(DashboardName="tribune-prod")["DashboardBody"]
    shown = {metric[1] for widget in json.loads(body)["widgets"] for metric in widget["properties"]["metrics"]}
    assert {"Comments", "Views", "Throttles", "Failures", "RollUpLag", "ListAge", "QueueAge"} <= shown


def test_deploying_again_changes_nothing_and_needs_no_options(deployed: Cloud) -> None:
    before = deployed.rest_api()
    printed = deployed.run("make", "deploy", "STAGE=prod")
    assert "Reusing existing deployment package" in printed or "Updating lambda function" in printed
    # Chalice takes back what it does not know of; on AWS that may be the answers themselves, too.
    taken = {step.partition(":")[0] for step in steps_taken(printed)}
    assert taken == {"deployment of these answers", "throttle of the gateway"}
    assert deployed.rest_api() == before
    assert steps_taken(deployed.ops("provision", "--stage", "prod")) == []
    assert steps_taken(deployed.ops("finish", "--stage", "prod")) == []
    assert "0 steps would be taken" in deployed.ops("finish", "--stage", "prod", "--dry-run")


def test_a_public_address_at_cloudfront_goes_with_the_distribution(deployed: Cloud) -> None:
    deployed.ops("finish", "--stage", "prod", "--cdn")
    address = deployed.ops("address", "--stage", "prod").strip()
    assert address.endswith(".cloudfront.net")
    deployed.ops("provision", "--stage", "prod", "--set", f"TRIBUNE_PUBLIC_URL={address}")
    assert steps_taken(deployed.ops("finish", "--stage", "prod")) == []

    deployed.ops("finish", "--stage", "prod", "--no-cdn")

    assert ".lambda-url." in deployed.ops("address", "--stage", "prod")
    config = json.loads((deployed.project / ".chalice" / "config.json").read_text("utf-8"))
    assert "TRIBUNE_PUBLIC_URL" not in config["stages"]["prod"]["environment_variables"]


LOADED = """
import importlib.util, json, sys
import app, email_validator, linkify_it, nh3
from chalicelib.storage.client import make_client
make_client()
files = [(one, getattr(one, "__file__", None) or "") for one in list(sys.modules.values())]
ours = [one for one, file in files if file.startswith(sys.path[0])]
checked = {}
for module in ours:
    if module.__file__.endswith(".py"):
        try:
            head = open(module.__cached__, "rb").read(16)
        except OSError:
            head = b""
        wanted = importlib.util.MAGIC_NUMBER + b"\\3\\0\\0\\0"
        wanted += importlib.util.source_hash(open(module.__file__, "rb").read())
        checked[module.__name__] = head == wanted
print(json.dumps(checked))
"""


def test_the_package_has_bytecode_for_every_module_of_a_cold_start(
    deployed: Cloud, lambda_python: Path, tmp_path: Path
) -> None:
    (package,) = (deployed.project / ".chalice" / "deployments").glob("*.zip")
    zipfile.ZipFile(package).extractall(tmp_path)
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "AWS_REGION": "eu-west-3", "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [str(lambda_python), "-P", "-c", LOADED], env=environment, capture_output=True, text=True, check=True
    )

    checked = json.loads(done.stdout)

    assert [name for name, taken in checked.items() if not taken] == []
    assert {"app", "chalice.app", "chalicelib.api.door", "pydantic.main", "email_validator", "linkify_it"} <= set(
        checked
    )
    assert package.stat().st_size <= 6 * 1024 * 1024
