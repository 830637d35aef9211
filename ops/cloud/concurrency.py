"""How many of the function's environments may run at once: the ceiling of any bill."""

from typing import Any

from botocore.exceptions import ClientError

from ops.cloud.account import Account
from ops.cloud.deployed import Deployed
from ops.cloud.steps import Step

UNRESERVED = 100
"""Environments that AWS keeps for all functions that reserve none."""


class Concurrency:
    """The reserved concurrency of the API's function."""

    def __init__(self, account: Account, deployed: Deployed, *, most: int) -> None:
        self._client: Any = account.client("lambda")
        self._deployed = deployed
        self._most = most

    def steps(self) -> list[Step]:
        """One."""
        return [Step("reserved concurrency", self._lacking, self._reserve)]

    def warning(self) -> str | None:
        """What to say where the account is too small to reserve anything."""
        if self._most_allowed() >= self._most:
            return None
        return (
            f"this account lets the function reserve {self._most_allowed()} environments, not {self._most}: "
            "ask AWS for a higher limit of concurrent executions, then run this again"
        )

    def _lacking(self) -> str | None:
        given = self._client.get_function_concurrency(FunctionName=self._deployed.api_function)
        wanted = min(self._most, self._most_allowed())
        return None if given.get("ReservedConcurrentExecutions", 0) == wanted else f"at most {wanted} at once"

    def _reserve(self) -> None:
        wanted = min(self._most, self._most_allowed())
        if wanted:
            self._client.put_function_concurrency(
                FunctionName=self._deployed.api_function, ReservedConcurrentExecutions=wanted
            )

    def _most_allowed(self) -> int:
        """What the account lets the function reserve; a new account has 10 environments in all."""
        try:
            limits = self._client.get_account_settings()["AccountLimit"]
        except ClientError:
            return self._most
        given = self._client.get_function_concurrency(FunctionName=self._deployed.api_function)
        own: int = given.get("ReservedConcurrentExecutions", 0)
        left = int(limits["UnreservedConcurrentExecutions"]) + own - UNRESERVED
        return max(left, 0)
