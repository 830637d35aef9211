"""Commands of a stage: what they keep of an operator's own words, and what a slip is answered."""

import json
import shutil
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from ops.__main__ import main
from ops.cloud.bytecode import Bytecode
from ops.cloud.steps import take
from tests.ops.cloud.account import REGION, copy_project

STAGE = ("--stage", "prod")


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the bytecode of its package, which takes each `provision` a second to make."""
    folder = copy_project(tmp_path_factory.mktemp("compiled") / "project")
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        take(Bytecode().steps(), dry_run=False, say=lambda line: None)
    return folder


@pytest.fixture(autouse=True)
def project(compiled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project to run commands in, and an empty account."""
    monkeypatch.chdir(shutil.copytree(compiled, tmp_path / "project", symlinks=True))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return tmp_path / "project"


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The sentence with which a command is refused."""
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{arguments[0]}: ")
    assert "Traceback" not in said
    return said


@mock_aws
@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("provision", "--stage", "Prod_1"), "take up to 20 of a-z, 0-9 and -"),
        (("provision", *STAGE, "--set", "TRIBUNE_ORIGIN=*"), "docs/settings.md"),
        (("provision", *STAGE, "--set", "TRIBUNE_MAX_CONTENT"), "TRIBUNE_NAME=VALUE"),
        (("provision", *STAGE, "--set", "TRIBUNE_PUBLISHER_TOKEN=x"), "python -m ops tokens"),
        (("provision", *STAGE, "--set", "TRIBUNE_PROXY_SECRET=a-secret-of-mine"), "secret in a file"),
        (("finish", *STAGE), "chalice deploy --stage prod"),
        (("address", *STAGE), "chalice deploy --stage prod"),
        (("tokens", *STAGE, "list"), "provision --stage prod"),
        (("dump", *STAGE, "file.gz"), "provision --stage prod"),
        (("restore", *STAGE, "--at", "yesterday"), "2026-11-23T08:00:00Z"),
        (("restore", *STAGE, "--at", "2026-11-23T08:00:00Z"), "AWS refused RestoreTableToPointInTime"),
        (("provision", *STAGE, "--set", "TRIBUNE_TABLE="), "TRIBUNE_NAME=VALUE"),
        (("finish", "--stage", "prdo"), "there is no stage prdo"),
        (("destroy", "--stage", "prdo"), "there is no stage prdo"),
    ],
)
def test_a_slip_is_answered_with_its_remedy(
    arguments: tuple[str, ...], remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert remedy in refused(capsys, *arguments)


@mock_aws
def test_a_setting_that_cannot_be_used_is_refused_before_anything_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (project / ".chalice/config.json").read_text("utf-8")

    said = refused(capsys, "provision", *STAGE, "--set", "TRIBUNE_MAX_CONTENT=none")

    assert "TRIBUNE_MAX_CONTENT" in said
    assert boto3.session.Session(region_name=REGION).client("dynamodb").list_tables()["TableNames"] == []
    assert (project / ".chalice/config.json").read_text("utf-8") == before


@pytest.mark.parametrize("missing", ["credentials", "region", "profile"])
def test_what_is_missing_of_the_account_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    match missing:
        case "credentials":
            for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
                monkeypatch.delenv(name)
            assert "AWS_PROFILE" in refused(capsys, "provision", *STAGE)
        case "region":
            monkeypatch.delenv("AWS_DEFAULT_REGION")
            with mock_aws():
                assert "export AWS_DEFAULT_REGION" in refused(capsys, "provision", *STAGE)
        case "profile":
            monkeypatch.setenv("AWS_PROFILE", "nobody")
            assert "nobody" in refused(capsys, "provision", *STAGE)


@mock_aws
def test_the_table_of_somebody_else_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    client = boto3.session.Session(region_name=REGION).client("dynamodb")
    keys: list[Any] = [{"AttributeName": "id", "KeyType": "HASH"}]
    attributes: list[Any] = [{"AttributeName": "id", "AttributeType": "S"}]
    client.create_table(
        TableName="tribune-prod",
        KeySchema=keys,
        AttributeDefinitions=attributes,
        BillingMode="PAY_PER_REQUEST",
    )
    assert "not one of Tribune's" in refused(capsys, "provision", *STAGE)


@mock_aws
def test_a_new_stage_gets_an_entry_that_keeps_what_the_operator_wrote(project: Path) -> None:
    path = project / ".chalice/config.json"
    config = json.loads(path.read_text("utf-8"))
    config["stages"]["beta"] = {"lambda_memory_size": 1024, "environment_variables": {"TRIBUNE_LANGUAGE": "en"}}
    path.write_text(json.dumps(config), "utf-8")

    assert main(["provision", "--stage", "beta", "--set", "TRIBUNE_MODERATION=all"]) == 0

    entry = json.loads(path.read_text("utf-8"))["stages"]["beta"]
    assert entry["lambda_memory_size"] == 1024
    variables = entry["environment_variables"]
    assert variables["TRIBUNE_LANGUAGE"] == "en"
    assert variables["TRIBUNE_MODERATION"] == "all"
    assert variables["TRIBUNE_TABLE"] == "tribune-beta"
    assert entry["lambda_functions"]["roll_up_views"]["iam_policy_file"] == "policy-beta-roll-up-views.json"


@mock_aws
def test_a_damaged_dump_loads_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["provision", *STAGE]) == 0
    assert main(["dump", *STAGE, "whole.gz"]) == 0
    (project / "cut.gz").write_bytes((project / "whole.gz").read_bytes()[:-20])
    for name, content in (("cut.gz", None), ("text.gz", b"no archive")):
        if content:
            (project / name).write_bytes(content)
        assert "damaged" in refused(capsys, "load", *STAGE, name)
    assert "exists" in refused(capsys, "dump", *STAGE, "whole.gz")


@mock_aws
def test_tracing_is_an_option_that_brings_its_permission(project: Path) -> None:
    path = project / ".chalice/config.json"
    config = json.loads(path.read_text("utf-8"))
    config["stages"]["prod"]["xray"] = True
    path.write_text(json.dumps(config), "utf-8")

    for stage in ("prod", "dev"):
        assert main(["provision", "--stage", stage]) == 0

    traced, untraced = ((project / f".chalice/policy-{stage}-api-handler.json") for stage in ("prod", "dev"))
    assert "xray:PutTraceSegments" in traced.read_text("utf-8")
    assert "xray" not in untraced.read_text("utf-8")


@mock_aws
@pytest.mark.parametrize("stack", [None, "tribune-prod"])
def test_what_a_stack_made_gets_no_record_for_chalice(
    stack: str | None, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = boto3.session.Session(region_name=REGION)
    role = session.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument="{}")["Role"]["Arn"]
    session.client("lambda").create_function(
        FunctionName="tribune-prod",
        Runtime="python3.11",
        Role=role,
        Handler="app.app",
        Code={"ZipFile": b"nothing"},
        Tags={"aws:cloudformation:stack-name": stack} if stack else {},
    )

    assert main(["provision", *STAGE]) == 0

    assert (project / ".chalice/deployed/prod.json").exists() is (stack is None)
    said = capsys.readouterr().out
    assert ("The stack tribune-prod has the rest" in said) is (stack is not None)
    assert ("Next: chalice deploy --stage prod" in said) is (stack is None)
    if stack:
        assert "deploy the stack" in refused(capsys, "provision", *STAGE, "--for-chalice")
        assert "keeps its own table" in refused(capsys, "restore", *STAGE, "--at", "2026-11-23T08:00:00Z")
        assert "parameters of the stack" in refused(capsys, "finish", *STAGE)
        assert "aws cloudformation delete-stack --stack-name tribune-prod" in refused(capsys, "destroy", *STAGE)


@mock_aws
def test_a_stage_that_lives_in_another_region_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["provision", *STAGE]) == 0
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

    for name, *rest in (("provision",), ("finish",), ("address",), ("destroy",), ("tokens", "list")):
        boto3.DEFAULT_SESSION = None
        said = refused(capsys, name, *STAGE, *rest)
        assert f"lives in account 123456789012, region {REGION}" in said, name


@mock_aws
@pytest.mark.parametrize(
    "slip", [("--rate", "nan"), ("--rate", "0"), ("--rate", "-5"), ("--burst", "-1"), ("--budget", "inf")]
)
def test_limits_that_are_none_are_refused(slip: tuple[str, str], project: Path) -> None:
    before = (project / ".chalice/config.json").read_text("utf-8")

    with pytest.raises(SystemExit):
        main(["finish", *STAGE, *slip])

    assert (project / ".chalice/config.json").read_text("utf-8") == before


@mock_aws
def test_files_that_a_hand_has_spoiled_are_mended_or_named(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / ".chalice/policy-prod-api-handler.json").write_text("<<<<<<< HEAD", "utf-8")
    assert main(["provision", *STAGE]) == 0
    json.loads((project / ".chalice/policy-prod-api-handler.json").read_text("utf-8"))

    path = project / ".chalice/config.json"
    config = json.loads(path.read_text("utf-8"))
    config["stages"]["prod"]["api_gateway_stage"] = "v1"
    path.write_text(json.dumps(config), "utf-8")
    assert "api_gateway_stage" in refused(capsys, "provision", *STAGE)

    path.write_text("{", "utf-8")
    assert "config.json cannot be read" in refused(capsys, "provision", *STAGE)


@mock_aws
def test_what_a_developer_keeps_in_vendor_stays(project: Path) -> None:
    shutil.rmtree(project / "vendor")
    (project / "vendor").mkdir()
    (project / "vendor" / "ourlib.py").write_text("answer = 42\n", "utf-8")

    assert main(["provision", *STAGE]) == 0

    assert (project / "vendor" / "ourlib.py").read_text("utf-8") == "answer = 42\n"
    assert list((project / "vendor").rglob("pydantic/__pycache__/main.*.pyc"))
