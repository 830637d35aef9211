"""Chalice's record of what it deployed, written again from AWS where it is missing.

A deploy that failed half-way writes no record, and another machine has none: Chalice would then make a second API
beside the first, or stumble over permissions that exist (aws/chalice#1340). What a CloudFormation stack made is
not Chalice's to change, and gets no record.
"""

import json
from pathlib import Path
from typing import Any

from ops.cloud.account import Account
from ops.cloud.deployed import Deployed
from ops.cloud.stage import FUNCTIONS, ROLL_UP, Stage
from ops.cloud.steps import Step

FOLDER = Path(".chalice") / "deployed"
FORMAT = "2.0"


class Adoption:
    """The record of a stage, in the folder of the project."""

    def __init__(self, account: Account, stage: Stage) -> None:
        self._deployed = Deployed(account, stage)
        self._stage = stage
        self._path = FOLDER / f"{stage.name}.json"

    def steps(self) -> list[Step]:
        """One: the record, where there is something to record."""
        return [Step("Chalice's record of the stage", self._lacking, self._write)]

    def forget(self) -> None:
        """Remove the record, when what it tells of is gone."""
        self._path.unlink(missing_ok=True)

    def _lacking(self) -> str | None:
        if self._path.exists() or self._deployed.stack or not self._resources():
            return None
        return f"write {self._path} again"

    def _write(self) -> None:
        record = {"resources": self._resources(), "schema_version": FORMAT, "backend": "api"}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(record, indent=2) + "\n", "utf-8")

    def _resources(self) -> list[dict[str, Any]]:
        """What is there of all that Chalice makes, in the order in which it makes them."""
        deployed = self._deployed
        found: list[dict[str, Any]] = []
        for name in FUNCTIONS:
            role = self._stage.role(name)
            arn = deployed.role_arn(role)
            if arn:
                found.append(_recorded(f"{name}_role", "iam_role", role_arn=arn, role_name=role))
            arn = deployed.function_arn(self._stage.function(name))
            if arn:
                found.append(_recorded(name, "lambda_function", lambda_arn=arn))
        if deployed.has_rule():
            found.append(_recorded(f"{ROLL_UP}-event", "cloudwatch_event", rule_name=self._stage.rule))
        api = deployed.find_rest_api()
        if api:
            url = f"{deployed.api_url}/"
            found.append(_recorded("rest_api", "rest_api", rest_api_id=api, rest_api_url=url))
        return found


def _recorded(name: str, kind: str, **told: str) -> dict[str, Any]:
    return {"name": name, "resource_type": kind, **told}
