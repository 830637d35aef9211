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

    @property
    def wanted(self) -> int | None:
        """How many to reserve: 0 stops the function, None where the account lets none be reserved."""
        if self._most == 0:
            return 0
        return min(self._most, self._most_allowed()) or None

    def warning(self) -> str | None:
        """What to say where the function is stopped, or the account is too small to reserve as many."""
        if self._most == 0:
            return "the function is stopped: `--concurrency 20` lets it run again"
        if self.wanted == self._most:
            return None
        return (
            f"this account lets the function reserve {self.wanted or 0} environments, not {self._most}: "
            "ask AWS for a higher limit of concurrent executions, then run this again"
        )

    def _given(self) -> int | None:
        answer = self._client.get_function_concurrency(FunctionName=self._deployed.api_function)
        given: int | None = answer.get("ReservedConcurrentExecutions")
        return given

    def _lacking(self) -> str | None:
        wanted = self.wanted
        if wanted is None or self._given() == wanted:
            return None
        return f"at most {wanted} at once"

    def _reserve(self) -> None:
        self._client.put_function_concurrency(
            FunctionName=self._deployed.api_function, ReservedConcurrentExecutions=self.wanted
        )

    def _most_allowed(self) -> int:
        """What the account lets the function reserve; a new account has 10 environments in all."""
        try:
            limits = self._client.get_account_settings()["AccountLimit"]
        except ClientError:
            return self._most
        return max(int(limits["UnreservedConcurrentExecutions"]) + (self._given() or 0) - UNRESERVED, 0)
