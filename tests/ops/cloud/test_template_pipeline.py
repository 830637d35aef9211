"""The example of a pipeline: its commands exist, and it may do no more than it needs."""

import json
import re
from typing import Any

import pytest
import yaml

from ops.__main__ import COMMANDS
from tests.ops.cloud.account import ROOT

EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture(scope="module")
def workflow() -> Any:
    """The workflow of GitHub Actions."""
    return yaml.safe_load((EXAMPLES / "github-actions.yml").read_text())


def steps(workflow: Any) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_each_command_of_the_pipeline_exists(workflow: Any) -> None:
    commands = "\n".join(step["run"] for step in steps(workflow) if "run" in step)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)

    made = re.findall(r"^make ([a-z-]+)", commands, re.MULTILINE)
    asked = re.findall(r"-m ops ([a-z-]+)", commands)
    assert set(made) == {"check", "test", "package"}
    assert set(made) <= set(targets)
    assert set(asked) == {"provision"}
    assert set(asked) <= COMMANDS.keys()


def test_the_pipeline_tests_before_it_deploys_and_provisions_last(workflow: Any) -> None:
    deploy = workflow["jobs"]["deploy"]
    runs = [step["run"] for step in deploy["steps"] if "run" in step]

    assert deploy["needs"] == "test"
    assert ["cloudformation deploy" in run for run in runs].index(True) < len(runs) - 1
    assert "provision" in runs[-1]


def test_the_pipeline_may_do_no_more_than_it_needs(workflow: Any) -> None:
    jobs = workflow["jobs"]

    assert workflow["permissions"] == {}
    assert jobs["test"]["permissions"] == {"contents": "read"}
    assert jobs["deploy"]["permissions"] == {"contents": "read", "id-token": "write"}
    assert all(re.fullmatch(r"[\w/-]+@v\d+", step["uses"]) for step in steps(workflow) if "uses" in step)


def test_the_role_trusts_one_environment_of_one_repository(workflow: Any) -> None:
    (statement,) = json.loads((EXAMPLES / "github-oidc-role.json").read_text())["Statement"]
    issuer = "token.actions.githubusercontent.com"
    environment = workflow["jobs"]["deploy"]["environment"]

    assert statement["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert statement["Condition"] == {
        "StringEquals": {
            f"{issuer}:aud": "sts.amazonaws.com",
            f"{issuer}:sub": f"repo:example-org/example-repo:environment:{environment}",
        }
    }
