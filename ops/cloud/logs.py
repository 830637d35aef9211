"""Where the functions log, and for how long it is kept: Chalice's own setting names the wrong group."""

from typing import Any

from ops.cloud.account import Account
from ops.cloud.resource import PROVISION, Resource
from ops.cloud.stage import FUNCTIONS, Stage
from ops.cloud.steps import Step

KEPT_DAYS = 30


class LogGroups:
    """The log groups of a stage, made before the functions so that these need not make them."""

    def __init__(self, account: Account, stage: Stage) -> None:
        self._client: Any = account.client("logs")
        self._account = account
        self._stage = stage

    def steps(self) -> list[Step]:
        """A group for each function, kept for so many days."""
        return [self._step(self._stage.log_group(name)) for name in FUNCTIONS]

    def resources(self) -> list[Resource]:
        """The groups."""
        return [self._resource(self._stage.log_group(name)) for name in FUNCTIONS]

    def _resource(self, name: str) -> Resource:
        return Resource(
            "log group",
            name,
            PROVISION,
            True,
            lambda: self._find(name) is not None,
            lambda: self._client.delete_log_group(logGroupName=name),
        )

    def _step(self, name: str) -> Step:
        def lacking() -> str | None:
            found = self._find(name)
            if found is None:
                return f"create it, kept for {KEPT_DAYS} days"
            kept = found.get("retentionInDays")
            return None if kept == KEPT_DAYS else f"keep it for {KEPT_DAYS} days"

        def make() -> None:
            if self._find(name) is None:
                self._client.create_log_group(logGroupName=name, tags=self._stage.tags)
            self._client.put_retention_policy(logGroupName=name, retentionInDays=KEPT_DAYS)

        return Step(f"log group {name}", lacking, make)

    def _find(self, name: str) -> dict[str, Any] | None:
        groups = self._client.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        return next((group for group in groups if group["logGroupName"] == name), None)
