"""What Chalice cannot set on the REST API: the gateway's own answers, and how much it lets through."""

import hashlib
import json
from typing import Any

from ops.cloud import gateway_responses
from ops.cloud.account import Account
from ops.cloud.deployed import Deployed
from ops.cloud.steps import Step

EVERY_METHOD = "*/*"


class Gateway:
    """The REST API of a stage, its answers in `language`, at most `rate` requests a second, `burst` at once."""

    def __init__(self, account: Account, deployed: Deployed, *, language: str, rate: float, burst: int) -> None:
        self._client: Any = account.client("apigateway")
        self._deployed = deployed
        self._responses = gateway_responses.responses(language)
        self._rate, self._burst = rate, burst

    def steps(self) -> list[Step]:
        """The answers, their deployment, and the throttle."""
        return [
            Step("the gateway's own answers", self._other_responses, self._put_responses),
            Step("deployment of these answers", self._not_deployed, self._deploy),
            Step("throttle of the gateway", self._not_throttled, self._throttle),
        ]

    @property
    def _digest(self) -> str:
        """Names the answers in the description of their deployment: they count only once deployed."""
        wanted = {name: gateway_responses.api_arguments(said) for name, said in self._responses.items()}
        return "tribune " + hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:16]

    def _other_responses(self) -> str | None:
        answers = self._client.get_gateway_responses(restApiId=self._deployed.rest_api, limit=500)
        given = {answer["responseType"]: answer for answer in answers["items"]}
        lacking = [
            name
            for name, said in self._responses.items()
            if not gateway_responses.api_arguments(said).items() <= given.get(name, {}).items()
        ]
        return f"set {', '.join(lacking)}" if lacking else None

    def _put_responses(self) -> None:
        for name, said in self._responses.items():
            self._client.put_gateway_response(
                restApiId=self._deployed.rest_api, responseType=name, **gateway_responses.api_arguments(said)
            )

    def _not_deployed(self) -> str | None:
        stage = self._stage()
        deployment = self._client.get_deployment(
            restApiId=self._deployed.rest_api, deploymentId=stage["deploymentId"]
        )
        return None if deployment.get("description") == self._digest else "deploy the API once more"

    def _deploy(self) -> None:
        self._client.create_deployment(
            restApiId=self._deployed.rest_api, stageName=self._deployed.api_stage, description=self._digest
        )

    def _not_throttled(self) -> str | None:
        given = self._stage().get("methodSettings", {}).get(EVERY_METHOD, {})
        if (given.get("throttlingRateLimit"), given.get("throttlingBurstLimit")) == (self._rate, self._burst):
            return None
        return f"at most {self._rate:g} requests a second, {self._burst} at once"

    def _throttle(self) -> None:
        changes = {"rateLimit": f"{self._rate:g}", "burstLimit": str(self._burst)}
        self._client.update_stage(
            restApiId=self._deployed.rest_api,
            stageName=self._deployed.api_stage,
            patchOperations=[
                {"op": "replace", "path": f"/{EVERY_METHOD}/throttling/{name}", "value": value}
                for name, value in changes.items()
            ],
        )

    def _stage(self) -> dict[str, Any]:
        stage: dict[str, Any] = self._client.get_stage(
            restApiId=self._deployed.rest_api, stageName=self._deployed.api_stage
        )
        return stage
