"""The table of a stage: made, brought up to date without a pause, and protected."""

import contextlib
import re
import time
from collections.abc import Callable
from typing import Any

from chalicelib.storage import keys, schema
from ops.cloud.account import Account
from ops.cloud.resource import PROVISION, Resource
from ops.cloud.stage import Stage, tag_list
from ops.cloud.steps import Step
from ops.errors import OperatorError

ENCRYPTED = {"Enabled": True, "SSEType": "KMS"}
"""With the key that AWS keeps for DynamoDB in the account, so that its use shows in CloudTrail."""
LOOK = 2
"""Seconds between two looks. However long it takes is waited: large tables take hours to restore or to index."""
PATIENCE = 300
"""Looks while AWS gets ready for what it will take soon."""


class StageTable:
    """The table of a stage as it is, and the steps to what it should be. `pause` waits for so many seconds."""

    def __init__(
        self, account: Account, stage: Stage, *, name: str = "", pause: Callable[[float], None] = time.sleep
    ) -> None:
        self.client: Any = account.client("dynamodb")
        self.name = name or stage.table
        self._tags = stage.tags
        self._pause = pause

    def steps(self) -> list[Step]:
        """All that makes the table what it should be, in order."""
        return [
            Step(f"table {self.name}", self._no_table, self._create),
            *(self._index_step(index) for index in schema.INDEXES),
            Step("on-demand billing", self._not_on_demand, self._bill_on_demand),
            Step(f"expiry by {keys.EXPIRES}", self._no_expiry, self._expire),
            Step("point-in-time recovery", self._no_recovery, self._recover),
            Step("deletion protection", self._unprotected, self.protect),
            Step("encryption with a key of the account", self._not_encrypted, self._encrypt),
            Step("tags of the table", self._untagged, self._tag),
        ]

    def resources(self) -> list[Resource]:
        """The table."""
        return [Resource("table", self.name, PROVISION, True, lambda: self.describe() is not None, self._remove)]

    def describe(self) -> dict[str, Any] | None:
        """DynamoDB's description, None if there is no such table."""
        try:
            found: dict[str, Any] = self.client.describe_table(TableName=self.name)["Table"]
        except self.client.exceptions.ResourceNotFoundException:
            return None
        return found

    def protect(self, protected: bool = True) -> None:
        """Switch deletion protection on or off."""
        self.client.update_table(TableName=self.name, DeletionProtectionEnabled=protected)
        self.wait()

    def wait(self) -> None:
        """Until the table takes the next change."""
        while (self.describe() or {}).get("TableStatus") != "ACTIVE":
            self._pause(LOOK)

    def is_ready(self) -> bool:
        """Whether all steps were taken once: the tags are the last of them."""
        return self.describe() is not None and self._untagged() is None

    def _remove(self) -> None:
        self.protect(False)
        self.client.delete_table(TableName=self.name)
        while self.describe() is not None:
            self._pause(LOOK)

    def _no_table(self) -> str | None:
        found = self.describe()
        if found is None:
            return "create it"
        given = [(key["AttributeName"], key["KeyType"]) for key in found["KeySchema"]]
        wanted = [(key["AttributeName"], key["KeyType"]) for key in schema.definition(self.name)["KeySchema"]]
        if sorted(given) != sorted(wanted):
            raise OperatorError(f"the table {self.name} is not one of Tribune's: take another stage, or remove it")
        return None if found["TableStatus"] == "ACTIVE" else "wait until it is active"

    def _create(self) -> None:
        if self.describe() is None:
            self.client.create_table(
                **schema.definition(self.name),
                DeletionProtectionEnabled=True,
                SSESpecification=ENCRYPTED,
                Tags=tag_list(self._tags),
            )
        self.wait()

    def _index_step(self, index: dict[str, Any]) -> Step:
        name = index["IndexName"]

        def lacking() -> str | None:
            status = self._index_status(name)
            return None if status == "ACTIVE" else "build it" if status is None else "wait until it is built"

        def build() -> None:
            if self._index_status(name) is None:
                attributes = {key["AttributeName"] for key in index["KeySchema"]} | {keys.PK, keys.SK}
                self.client.update_table(
                    TableName=self.name,
                    AttributeDefinitions=[
                        {"AttributeName": attribute, "AttributeType": "S"} for attribute in sorted(attributes)
                    ],
                    GlobalSecondaryIndexUpdates=[{"Create": index}],
                )
            while self._index_status(name) != "ACTIVE":
                self._pause(LOOK)
            self.wait()

        return Step(f"index {name}", lacking, build)

    def _index_status(self, name: str) -> str | None:
        for index in (self.describe() or {}).get("GlobalSecondaryIndexes", []):
            if index["IndexName"] == name:
                return str(index["IndexStatus"])
        return None

    def _not_on_demand(self) -> str | None:
        mode = (self.describe() or {}).get("BillingModeSummary", {}).get("BillingMode")
        return None if mode == "PAY_PER_REQUEST" else "switch it on"

    def _bill_on_demand(self) -> None:
        self.client.update_table(TableName=self.name, BillingMode="PAY_PER_REQUEST")
        self.wait()

    def _no_expiry(self) -> str | None:
        if self.describe() is None:
            return "switch it on"
        status = self.client.describe_time_to_live(TableName=self.name)["TimeToLiveDescription"]
        return None if status["TimeToLiveStatus"] in ("ENABLED", "ENABLING") else "switch it on"

    def _expire(self) -> None:
        self.client.update_time_to_live(
            TableName=self.name, TimeToLiveSpecification={"Enabled": True, "AttributeName": keys.EXPIRES}
        )

    def _no_recovery(self) -> str | None:
        if self.describe() is None:
            return "switch it on"
        found = self.client.describe_continuous_backups(TableName=self.name)["ContinuousBackupsDescription"]
        status = found.get("PointInTimeRecoveryDescription", {}).get("PointInTimeRecoveryStatus")
        return None if status == "ENABLED" else "switch it on"

    def _recover(self) -> None:
        for _ in range(PATIENCE):
            with contextlib.suppress(self.client.exceptions.ContinuousBackupsUnavailableException):
                # For some minutes after a table was made, backups of it are "being enabled".
                self.client.update_continuous_backups(
                    TableName=self.name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
                )
                return
            self._pause(LOOK)
        raise OperatorError(f"backups of {self.name} are still being enabled: run the command again in a while")

    def _unprotected(self) -> str | None:
        return None if (self.describe() or {}).get("DeletionProtectionEnabled") else "switch it on"

    def _not_encrypted(self) -> str | None:
        found = (self.describe() or {}).get("SSEDescription", {})
        return None if found.get("SSEType") == "KMS" and found.get("Status") != "DISABLED" else "switch it on"

    def _encrypt(self) -> None:
        self.client.update_table(TableName=self.name, SSESpecification=ENCRYPTED)
        self.wait()

    def _untagged(self) -> str | None:
        found = self.describe()
        if found is None:
            return "set them"
        tags = self.client.list_tags_of_resource(ResourceArn=found["TableArn"]).get("Tags", [])
        given = {tag["Key"]: tag["Value"] for tag in tags}
        return None if self._tags.items() <= given.items() else "set them"

    def _tag(self) -> None:
        found = self.describe() or {}
        self.client.tag_resource(ResourceArn=found["TableArn"], Tags=tag_list(self._tags))


def resources(account: Account, stage: Stage, configured: str) -> list[Resource]:
    """The tables of a stage: its own, the configured one, and those that `restore` has made."""
    client = account.client("dynamodb")
    names = {stage.table, configured}
    restored = re.compile(re.escape(stage.restored_prefix) + r"\d{8}-\d{6}")
    for page in client.get_paginator("list_tables").paginate():
        names |= set(filter(restored.fullmatch, page["TableNames"]))
    # The configured table last: until then there is one to go back to.
    ordered = sorted(names, key=lambda name: (name == configured, name))
    return [resource for name in ordered for resource in StageTable(account, stage, name=name).resources()]
