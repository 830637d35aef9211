"""A year of a stage: deployed again, deployed from another machine, cut short, restored, and removed."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ops.serve.timers import scheduled_event
from tests.ops.cloud.account import ACCOUNT, Cloud, copy_project, names, run_on_this_machine
from tests.ops.cloud.events import url_event


def apis(cloud: Cloud) -> list[str]:
    """The ids of all REST APIs."""
    return [api["id"] for api in cloud.client("apigateway").get_rest_apis()["items"]]


def paths(cloud: Cloud, api: str) -> set[str]:
    """The paths of a REST API."""
    found: set[str] = set()
    for page in cloud.client("apigateway").get_paginator("get_resources").paginate(restApiId=api):
        found |= names(page["items"], "path")
    return found


def left_of(cloud: Cloud, stage: str) -> list[str]:
    """What AWS still has that bears the stage's name, asked service by service."""
    label = f"tribune-{stage}"
    found = [name for name in cloud.client("dynamodb").list_tables()["TableNames"] if name.startswith(label)]
    found += names(cloud.client("lambda").list_functions()["Functions"], "FunctionName")
    found += names(cloud.client("iam").list_roles()["Roles"], "RoleName")
    found += names(cloud.client("events").list_rules()["Rules"], "Name")
    found += names(cloud.client("logs").describe_log_groups()["logGroups"], "logGroupName")
    found += names(cloud.client("cloudwatch").describe_alarms()["MetricAlarms"], "AlarmName")
    found += names(cloud.client("cloudwatch").list_dashboards()["DashboardEntries"], "DashboardName")
    found += names(cloud.client("sns").list_topics()["Topics"], "TopicArn")
    budgets = cloud.client("budgets").describe_budgets(AccountId=ACCOUNT)
    found += names(budgets.get("Budgets", []), "BudgetName")
    distributions = cloud.client("cloudfront").list_distributions()["DistributionList"]
    found += names(distributions.get("Items", []), "Comment")
    return sorted(name for name in found if label in name)


@pytest.fixture
def cloud(empty_account: Cloud) -> Cloud:
    """The account; each test has a stage of its own."""
    return empty_account


def test_a_changed_route_is_deployed_to_the_same_api_and_chalice_can_delete_what_it_made(cloud: Cloud) -> None:
    cloud.ops("provision", "--stage", "changed")
    cloud.chalice("deploy", "--stage", "changed")
    (api,) = apis(cloud)
    app = cloud.project / "app.py"
    before = app.read_text("utf-8")
    app.write_text(before.replace('"/counts"', '"/numbers"'), "utf-8")
    cloud.chalice("deploy", "--stage", "changed")
    app.write_text(before, "utf-8")
    assert apis(cloud) == [api]
    assert "/numbers" in paths(cloud, api)
    assert "/counts" not in paths(cloud, api)
    assert cloud.invoke("tribune-changed", url_event("GET", "/numbers?ids=a"))["statusCode"] == 200

    cloud.chalice("delete", "--stage", "changed")
    assert apis(cloud) == []
    assert left_of(cloud, "changed") == [
        "/aws/lambda/tribune-changed",
        "/aws/lambda/tribune-changed-roll_up_views",
        "tribune-changed",
    ]
    cloud.ops("destroy", "--stage", "changed", "--dump", "changed.gz", "--confirm", "tribune-changed")
    assert left_of(cloud, "changed") == []


def test_a_deploy_that_was_killed_and_one_from_another_machine_go_on_with_what_is_there(cloud: Cloud) -> None:
    cloud.ops("provision", "--stage", "killed")
    chalice = str(Path(sys.executable).with_name("chalice"))
    with subprocess.Popen(
        [chalice, "deploy", "--stage", "killed"],
        cwd=cloud.project,
        env=cloud.environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Creating Rest API"):
                process.send_signal(signal.SIGKILL)
                break
    record = cloud.project / ".chalice" / "deployed" / "killed.json"
    assert not record.exists()
    cloud.run("make", "deploy", "STAGE=killed")
    (api,) = apis(cloud)

    record.unlink()  # as on a machine that has never deployed this stage
    cloud.run("make", "deploy", "STAGE=killed")
    assert apis(cloud) == [api]
    assert json.loads(record.read_text("utf-8"))["resources"]
    assert cloud.invoke("tribune-killed", url_event("GET", "/health"))["statusCode"] == 200

    cloud.ops("destroy", "--stage", "killed", "--dump", "killed.gz", "--confirm", "tribune-killed")
    assert left_of(cloud, "killed") == []


def test_a_table_is_restored_and_served_and_everything_is_gone_after_a_dump_and_a_typed_name(cloud: Cloud) -> None:
    cloud.run("make", "deploy", "STAGE=restored", "FINISH=--email a@example.org --function-url --cdn")
    token = cloud.ops("tokens", "--stage", "restored", "make", "publisher").strip()
    article = {"url": "https://www.example.org/a1", "title": "Le marché rouvre"}
    said = cloud.invoke("tribune-restored", url_event("PUT", "/articles/a1", article, token))
    assert said["statusCode"] == 201

    table = "tribune-restored-restored-20261101-080000"
    printed = cloud.ops("restore", "--stage", "restored", "--at", "2026-11-01T09:00:00+01:00")
    assert table in printed
    refused = cloud.ops("restore", "--stage", "restored", "--at", "2026-11-01T08:00:00Z", status=2)
    assert "one second later" in refused, "what was written since would be taken for what was restored"
    client = cloud.client("dynamodb")
    assert client.describe_table(TableName=table)["Table"]["DeletionProtectionEnabled"] is True
    assert client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"
    cloud.run("make", "deploy", "STAGE=restored")
    variables = cloud.client("lambda").get_function_configuration(FunctionName="tribune-restored")["Environment"]
    assert variables["Variables"]["TRIBUNE_TABLE"] == table
    said = cloud.invoke("tribune-restored", url_event("GET", "/articles/a1"))
    assert json.loads(said["body"])["title"] == "Le marché rouvre"
    cloud.ops("dump", "--stage", "restored", "whole.gz")

    destroy = ("destroy", "--stage", "restored", "--dump")
    refused = cloud.ops(*destroy, "last.gz", typed="tribune-prod\n", status=2)
    assert "nothing was removed" in refused
    assert cloud.invoke("tribune-restored", url_event("GET", "/health"))["statusCode"] == 200
    whole = (cloud.project / "whole.gz").read_bytes()
    cloud.ops(*destroy, "whole.gz", typed="tribune-restored\n")
    assert left_of(cloud, "restored") == []
    assert apis(cloud) == []
    assert (cloud.project / "whole.gz").read_bytes() == whole, "no dump is lost to another"
    for name in ("2-whole.gz", "tribune-restored-whole.gz"):
        assert (cloud.project / name).stat().st_mode & 0o777 == 0o600
    assert "nothing is left" in cloud.ops(*destroy, "none.gz")

    cloud.ops("provision", "--stage", "restored")
    cloud.ops("load", "--stage", "restored", "2-whole.gz")
    key = {"pk": {"S": "ARTICLE#a1"}, "sk": {"S": "ARTICLE"}}
    assert client.get_item(TableName="tribune-restored", Key=key)["Item"], "it begins anew, on its own table"
    assert "publisher" in cloud.ops("tokens", "--stage", "restored", "list")
    cloud.ops(*destroy, "end.gz", "--confirm", "tribune-restored")


def next_release(cloud: Cloud, folder: Path) -> Cloud:
    """The account, deployed to from a release of the schema after this one's."""
    project = copy_project(folder)
    run_on_this_machine(project)
    path = project / "chalicelib" / "storage" / "schema.py"
    path.write_text(path.read_text("utf-8").replace("\nVERSION = 2\n", "\nVERSION = 3\n"), "utf-8")
    with (project / "ops" / "migrations.py").open("a", encoding="utf-8") as file:
        file.write('\nMIGRATIONS[3] = Migration("more", lambda table: table.put({"pk": "MORE", "sk": "MORE"}))\n')
    return Cloud(cloud.endpoint, project, cloud.wheels, endpoints=cloud.endpoints)


def test_an_upgrade_is_rolled_back_by_deploying_the_older_release(cloud: Cloud, tmp_path: Path) -> None:
    cloud.run("make", "deploy", "STAGE=turned")
    token = cloud.ops("tokens", "--stage", "turned", "make", "admin").strip()
    newer = next_release(cloud, tmp_path / "newer")
    assert "3: more" in newer.run("make", "deploy", "STAGE=turned")
    article = {"url": "https://www.example.org/a1", "title": "Le marché rouvre"}
    said = newer.invoke("tribune-turned", url_event("PUT", "/articles/a1", article, token))
    assert said["statusCode"] == 201

    cloud.run("make", "deploy", "STAGE=turned")

    health = json.loads(cloud.invoke("tribune-turned", url_event("GET", "/health", token=token))["body"])
    assert health["schema_version"] == 3
    assert cloud.invoke("tribune-turned", url_event("POST", "/articles/a1/views"))["statusCode"] == 200
    assert cloud.invoke("tribune-turned-roll_up_views", scheduled_event()) is None
    said = cloud.invoke("tribune-turned", url_event("GET", "/most-read"))
    assert [one["title"] for one in json.loads(said["body"])["articles"]] == ["Le marché rouvre"]
    assert len(apis(cloud)) == 1
    cloud.ops("destroy", "--stage", "turned", "--confirm", "tribune-turned")
    assert left_of(cloud, "turned") == []
