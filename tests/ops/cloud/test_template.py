"""The template for CloudFormation: what `chalice package` makes of it, and what no stand-in for AWS can show."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from chalicelib.actions.identity import PROXY_HEADER
from chalicelib.storage import keys, schema
from ops.cloud import cdn, logs
from ops.cloud.account import Anywhere
from ops.cloud.policies import INDEXES, TABLE_ACTIONS, policy
from ops.cloud.stage import FUNCTIONS, Stage
from ops.cloud.template import LOGICAL, ROLES
from tests.ops.cloud.account import ROOT, Cloud, copy_project, steps_taken

NOWHERE = "http://127.0.0.1:9"
"""No account answers here, and none is asked."""
TABLE = {"Fn::GetAtt": ["Table", "Arn"]}


@pytest.fixture(scope="module", params=["dev", "prod"])
def packaged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Cloud:
    """A project that was packaged for a stage, `dev` with tracing."""
    project = copy_project(tmp_path_factory.mktemp("template") / "project")
    # The template does not tell what is vendored; test_template_stack packages all of it.
    (project / "requirements.txt").write_text("")
    config = json.loads((project / ".chalice" / "config.json").read_text())
    config["stages"]["dev"]["xray"] = True
    (project / ".chalice" / "config.json").write_text(json.dumps(config))
    cloud = Cloud(NOWHERE, project, printed=request.param)
    cloud.ops("template", "--stage", request.param)
    cloud.chalice("package", "--stage", request.param, "--merge-template", "build/resources.json", "build")
    return cloud


@pytest.fixture(scope="module")
def stage(packaged: Cloud) -> Stage:
    """The stage that was packaged."""
    return Stage(packaged.printed)


@pytest.fixture(scope="module")
def template(packaged: Cloud) -> Any:
    """Its template."""
    return json.loads((packaged.project / "build" / "sam.json").read_text())


@pytest.fixture(scope="module")
def expanded(template: Any) -> Any:
    """The same without its transform, as CloudFormation expands it."""
    text = json.dumps(template).replace("./deployment.zip", "s3://bucket/deployment.zip")
    return transform(json.loads(text), {}, SimpleNamespace(load=lambda: {}))


def properties(template: Any, logical: str) -> Any:
    return template["Resources"][logical]["Properties"]


def of_type(template: Any, kind: str) -> dict[str, Any]:
    return {name: part for name, part in template["Resources"].items() if part["Type"] == f"AWS::{kind}"}


def test_cfn_lint_finds_no_error_and_nothing_to_warn_of(template: Any, expanded: Any, tmp_path: Path) -> None:
    paths = [tmp_path / "packaged.json", tmp_path / "expanded.json"]
    for path, form in zip(paths, (template, expanded), strict=True):
        path.write_text(json.dumps(form))
    linter = str(Path(sys.executable).with_name("cfn-lint"))

    done = subprocess.run([linter, "--", *paths], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_api_is_regional_compresses_and_is_traced_where_asked(template: Any, stage: Stage) -> None:
    api = properties(template, "RestAPI")

    assert api["EndpointConfiguration"] == "REGIONAL"
    assert api["MinimumCompressionSize"] == 1024
    assert api["StageName"] == stage.name
    assert api["TracingEnabled"] == (stage.name == "dev")


def test_there_is_one_way_into_the_api_and_it_is_throttled(expanded: Any, stage: Stage) -> None:
    (api_stage,) = of_type(expanded, "ApiGateway::Stage").values()
    (deployment,) = of_type(expanded, "ApiGateway::Deployment").values()

    assert api_stage["Properties"]["StageName"] == stage.name
    assert "StageName" not in deployment["Properties"]
    assert api_stage["Properties"]["MethodSettings"] == [
        {
            "HttpMethod": "*",
            "ResourcePath": "/*",
            "ThrottlingRateLimit": {"Ref": "RequestsPerSecond"},
            "ThrottlingBurstLimit": {"Ref": "RequestsAtOnce"},
        }
    ]


def test_the_gateways_own_answers_may_be_read_by_any_page(expanded: Any) -> None:
    answers = properties(expanded, "RestAPI")["Body"]["x-amazon-apigateway-gateway-responses"]

    assert answers["MISSING_AUTHENTICATION_TOKEN"]["statusCode"] == "404"
    for answer in answers.values():
        assert answer["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"
        json.loads(answer["responseTemplates"]["application/json"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_functions_have_the_names_chalice_deploy_gives_and_run_on_arm(
    template: Any, stage: Stage, function: str
) -> None:
    made = properties(template, LOGICAL[function])

    assert made["FunctionName"] == stage.function(function)
    assert made["Architectures"] == ["arm64"]
    assert made["Tracing"] == ("Active" if stage.name == "dev" else "PassThrough")
    assert made["Environment"]["Variables"]["TRIBUNE_TABLE"] == {"Ref": "Table"}
    assert stage.tags.items() <= made["Tags"].items()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_may_do_what_it_needs_on_this_stacks_resources_only(
    template: Any, stage: Stage, function: str
) -> None:
    (document,) = properties(template, ROLES[function])["Policies"]
    statements = {one["Sid"]: one for one in document["PolicyDocument"]["Statement"]}

    assert statements.keys() - {"Tracing"} == {"Table", "Indexes", "Audit", "Logs"}
    assert ("Tracing" in statements) == (stage.name == "dev")
    assert statements["Table"]["Resource"] == TABLE
    assert statements["Table"]["Action"] == [f"dynamodb:{action}" for action in TABLE_ACTIONS[function]]
    indexes = [{"Fn::Join": ["/", [TABLE, f"index/{index}"]]} for index in INDEXES[function]]
    assert (statements["Indexes"]["Action"], statements["Indexes"]["Resource"]) == (["dynamodb:Query"], indexes)
    audit = statements["Audit"]
    assert (audit["Effect"], audit["Resource"]) == ("Deny", TABLE)
    assert set(audit["Action"]) == {"dynamodb:DeleteItem", "dynamodb:UpdateItem"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_writes_to_its_own_log_group_which_is_kept_for_a_month(
    template: Any, stage: Stage, function: str
) -> None:
    """ministack writes a function's log itself, so that no story can show what this takes."""
    logical = f"{LOGICAL[function]}Logs"
    (document,) = properties(template, ROLES[function])["Policies"]
    statements = {one["Sid"]: one for one in document["PolicyDocument"]["Statement"]}
    group = properties(template, logical)

    assert (group["LogGroupName"], group["RetentionInDays"]) == (stage.log_group(function), logs.KEPT_DAYS)
    assert statements["Logs"]["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    separator, (own, streams) = statements["Logs"]["Resource"]["Fn::Join"]
    arn, names = own["Fn::Sub"]
    assert (separator, streams) == (":", "*")
    assert (arn.rpartition(":log-group:")[2], names) == ("${Group}", {"Group": {"Ref": logical}})


def test_the_table_is_the_one_the_code_knows_and_outlives_the_stack(template: Any, stage: Stage) -> None:
    table = template["Resources"]["Table"]

    assert schema.definition(stage.table).items() <= table["Properties"].items()
    assert table["Properties"]["TimeToLiveSpecification"] == {"AttributeName": keys.EXPIRES, "Enabled": True}
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["Properties"]["SSESpecification"] == {"SSEEnabled": True, "SSEType": "KMS"}
    assert table["Properties"]["DeletionProtectionEnabled"] is True
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("Retain", "Retain")


def test_the_distribution_keeps_what_answers_say_may_be_kept_and_nothing_else(template: Any) -> None:
    config = properties(template, "Distribution")["DistributionConfig"]
    (origin,) = config["Origins"]

    assert config["DefaultCacheBehavior"]["CachePolicyId"] == cdn.NEVER_CACHED
    assert [kept["PathPattern"] for kept in config["CacheBehaviors"]] == list(cdn.CACHED_PATHS)
    assert origin["OriginCustomHeaders"] == [{"HeaderName": PROXY_HEADER, "HeaderValue": {"Ref": "ProxySecret"}}]


def test_no_secret_is_in_what_packaging_writes(template: Any) -> None:
    variables = [
        variable
        for part in of_type(template, "Serverless::Function").values()
        for variable in part["Properties"]["Environment"]["Variables"].items()
    ]

    assert template["Parameters"]["ProxySecret"]["NoEcho"] is True
    assert template["Parameters"]["ProxySecret"]["Default"] == "site"
    secret = {name: value for name, value in variables if name.endswith(("_TOKEN", "_SECRET"))}
    assert secret == {"TRIBUNE_PROXY_SECRET": {"Ref": "ProxySecret"}}


@pytest.mark.parametrize("name", ["TRIBUNE_PROXY_SECRET", "TRIBUNE_PUBLISHER_TOKEN"])
def test_a_secret_in_the_configuration_is_refused(tmp_path: Path, name: str) -> None:
    cloud = Cloud(NOWHERE, copy_project(tmp_path / "project"))
    path = cloud.project / ".chalice" / "config.json"
    config = json.loads(path.read_text())
    config["stages"]["prod"]["environment_variables"][name] = "a-secret-of-the-tests"
    path.write_text(json.dumps(config))

    said = cloud.ops("template", "--stage", "prod", status=2)

    assert name in said
    assert "a-secret-of-the-tests" not in said
    assert not (cloud.project / "build").exists()


def test_a_stage_nobody_knows_is_refused_and_made_known_where_asked(tmp_path: Path) -> None:
    cloud = Cloud(NOWHERE, copy_project(tmp_path / "project"))

    assert "--new" in cloud.ops("template", "--stage", "staging", status=2)
    cloud.ops("template", "--stage", "staging", "--new")

    files = {path.name for path in (cloud.project / ".chalice").iterdir()}
    assert {Stage("staging").policy_file(function) for function in FUNCTIONS} <= files
    again = cloud.ops("template", "--stage", "staging")
    assert again.startswith("wrote build/resources.json\n")
    assert steps_taken(again) == []


@pytest.mark.parametrize("name", ["dev", "prod"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_policy_files_of_the_project_are_those_of_the_code(name: str, function: str) -> None:
    stage, somewhere = Stage(name), Anywhere()
    wanted = policy(
        function,
        somewhere.arn("dynamodb", f"table/{stage.table}"),
        somewhere.arn("logs", f"log-group:{stage.log_group(function)}"),
    )

    text = (ROOT / ".chalice" / stage.policy_file(function)).read_text()
    # Once `provision` has written them for an account, its number and region stand where they were left open.
    anywhere = re.sub(r"arn:[a-z-]+:(dynamodb|logs):[a-z0-9-]+:\d+:", r"arn:aws:\1:*:*:", text)

    assert json.loads(anywhere) == wanted
