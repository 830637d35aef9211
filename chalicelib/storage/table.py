"""The one table: its schema, and the calls the nouns make on it, with DynamoDB's failures given names."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from chalicelib.errors import Busy
from chalicelib.storage.calls import CONFLICTS, RETRY_AFTER, UNAVAILABLE, CallInConflict, Calls, Silence, Spent
from chalicelib.storage.expressions import expression_parts, names
from chalicelib.storage.items import Item, from_item, to_item
from chalicelib.storage.keys import Key

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

BATCH_LIMIT = 100
CONFLICT_ATTEMPTS = 8
FIRST_PAUSE = 0.02
"""Seconds, at most, before the first retry of a conflict; doubled each time."""


class ConditionFailed(Exception):
    """A write's condition did not hold; `item` is what the table holds, None if nothing."""

    def __init__(self, item: Item | None) -> None:
        super().__init__()
        self.item = item


class TransactionRefused(Exception):
    """A transaction was cancelled by its conditions; `failed` gives the held item of each write that failed."""

    def __init__(self, failed: dict[int, Item | None]) -> None:
        super().__init__()
        self.failed = failed


@dataclass(frozen=True)
class Write:
    """One write of a transaction: a put of `item`, or an update of `key` by `update`.

    In expressions an attribute is written `#name`, so that no reserved word bites.
    """

    kind: Literal["Put", "Update"]
    item: Item = field(default_factory=dict)
    key: Key = field(default_factory=dict)
    update: str = ""
    condition: str = ""
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One answer to a Query, and where the next begins, None at the end."""

    items: list[Item]
    next_key: Item | None
    count: int = 0


class Table:
    """A DynamoDB table by name; `pause` waits for so many seconds, `jitter` draws from 0 to 1, `now` is in ms."""

    def __init__(
        self,
        client: "DynamoDBClient",
        name: str,
        *,
        pause: Callable[[float], None],
        jitter: Callable[[], float],
        now: Callable[[], int],
    ) -> None:
        self.client: Any = client
        self.name = name
        self._pause = pause
        self._jitter = jitter
        self._calls = Calls(Silence(now))

    @property
    def spent(self) -> Spent:
        """All that this thread's calls have consumed so far."""
        return self._calls.spent

    def get(self, key: Key, *, consistent: bool = False, only: str = "") -> Item | None:
        """One item, or None; `only` names the attributes to bring back, as `#a, #b`."""
        extra = {"ProjectionExpression": only, "ExpressionAttributeNames": names(only)} if only else {}
        answer = self._call(self.client.get_item, Key=to_item(dict(key)), ConsistentRead=consistent, **extra)
        return from_item(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Iterable[Key], *, consistent: bool = False) -> dict[str, Item]:
        """Items by their partition key, in as few calls as DynamoDB allows (100 keys each)."""
        return {item["pk"]: item for item in self.get_each(keys, consistent=consistent)}

    def get_each(self, keys: Iterable[Key], *, consistent: bool = False, only: str = "") -> list[Item]:
        """The items of these keys that are there, in no order, as `get_many` gets them; `only` as for `get`."""
        extra = {"ProjectionExpression": only, "ExpressionAttributeNames": names(only)} if only else {}
        unique = list({tuple(sorted(key.items())): key for key in keys}.values())
        found: list[Item] = []
        for start in range(0, len(unique), BATCH_LIMIT):
            pending: dict[str, Any] = {
                self.name: {
                    "Keys": [to_item(dict(key)) for key in unique[start : start + BATCH_LIMIT]],
                    "ConsistentRead": consistent,
                    **extra,
                }
            }
            for attempt in range(CONFLICT_ATTEMPTS):
                answer = self._calls.make(self.client.batch_get_item, RequestItems=pending)
                found += map(from_item, answer["Responses"].get(self.name, []))
                pending = answer.get("UnprocessedKeys") or {}
                if not pending:
                    break
                self._wait(attempt)
            else:
                raise Busy(retry_after=RETRY_AFTER)
        return found

    def put(self, item: Item, *, condition: str = "", values: dict[str, Any] | None = None) -> None:
        """Write an item. Raises ConditionFailed."""
        self._write(self.client.put_item, condition, values, Item=to_item(item), ReturnValues="NONE")

    def replace(self, item: Item) -> Item:
        """Write an item; gives the one it replaced, empty if there was none."""
        answer = self._write(self.client.put_item, "", None, Item=to_item(item), ReturnValues="ALL_OLD")
        return from_item(answer.get("Attributes", {}))

    def update(
        self,
        key: Key,
        expression: str,
        values: dict[str, Any] | None = None,
        *,
        condition: str = "",
        returns: Literal["NONE", "ALL_NEW", "ALL_OLD"] = "NONE",
    ) -> Item:
        """Change an item by an update expression; gives what `returns` asks for. Raises ConditionFailed."""
        answer = self._write(
            self.client.update_item,
            condition,
            values,
            Key=to_item(dict(key)),
            UpdateExpression=expression,
            ReturnValues=returns,
        )
        return from_item(answer.get("Attributes", {}))

    def advance(self, key: Key, attribute: str, value: int) -> None:
        """Set a number of an item, unless it is there and as large already: it never goes back."""
        with contextlib.suppress(ConditionFailed):
            self.update(
                key,
                f"SET #{attribute} = :value",
                {":value": value},
                condition=f"attribute_not_exists(#{attribute}) OR #{attribute} < :value",
            )

    def delete(self, key: Key) -> None:
        """Remove an item, if it is there."""
        self._call(self.client.delete_item, Key=to_item(dict(key)))

    def query(
        self,
        condition: str,
        values: dict[str, Any],
        *,
        index: str | None = None,
        forward: bool = True,
        limit: int | None = None,
        start: Item | None = None,
        consistent: bool = False,
        count_only: bool = False,
    ) -> Page:
        """One Query call on the table or on an index, by a key condition such as `#pk = :pk`."""
        request: dict[str, Any] = {
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": names(condition),
            "ExpressionAttributeValues": to_item(values),
            "ScanIndexForward": forward,
            "ConsistentRead": consistent,
        }
        optional = {
            "IndexName": index,
            "Limit": limit,
            "ExclusiveStartKey": to_item(start) if start else None,
            "Select": "COUNT" if count_only else None,
        }
        request |= {name: value for name, value in optional.items() if value is not None}
        answer = self._call(self.client.query, **request)
        last = answer.get("LastEvaluatedKey")
        return Page(
            [from_item(item) for item in answer.get("Items", [])],
            from_item(last) if last else None,
            answer["Count"],
        )

    def query_all(self, condition: str, values: dict[str, Any], **options: Any) -> Iterator[Item]:
        """Every item that a key condition selects, over as many calls as it takes."""
        start: Item | None = None
        while True:
            page = self.query(condition, values, start=start, **options)
            yield from page.items
            start = page.next_key
            if start is None:
                return

    def scan_prefix(self, prefix: str) -> Iterator[Item]:
        """Every item whose partition key begins so: reads the whole table, for operators only."""
        start: dict[str, Any] = {}
        while True:
            answer = self._call(
                self.client.scan,
                FilterExpression="begins_with(#pk, :prefix)",
                ExpressionAttributeNames={"#pk": "pk"},
                ExpressionAttributeValues=to_item({":prefix": prefix}),
                **start,
            )
            yield from map(from_item, answer["Items"])
            if not answer.get("LastEvaluatedKey"):
                return
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def transact(self, writes: list[Write]) -> None:
        """Apply all writes or none. Conflicts are tried again, then Busy; raises TransactionRefused."""
        request = [self._transact_item(write) for write in writes]
        for attempt in range(CONFLICT_ATTEMPTS):
            try:
                self._calls.make(self.client.transact_write_items, TransactItems=request)
                return
            except self.client.exceptions.TransactionCanceledException as error:
                reasons = error.response.get("CancellationReasons", [])
                failed = {
                    place: from_item(reason["Item"]) if reason.get("Item") else None
                    for place, reason in enumerate(reasons)
                    if reason.get("Code") == "ConditionalCheckFailed"
                }
                codes = {reason.get("Code") for reason in reasons} - {"None", None}
                # Beside a conflict a failed condition says little: the item in conflict may be why it failed.
                if failed and not codes & CONFLICTS:
                    raise TransactionRefused(failed) from error
                if codes & UNAVAILABLE:
                    raise Busy(retry_after=RETRY_AFTER) from error
                if not failed and not codes <= CONFLICTS:
                    raise
            except CallInConflict:
                pass
            self._wait(attempt)
        raise Busy(retry_after=RETRY_AFTER)

    def _transact_item(self, write: Write) -> dict[str, Any]:
        body: dict[str, Any] = {"TableName": self.name}
        if write.kind == "Put":
            body["Item"] = to_item(write.item)
        else:
            body["Key"] = to_item(dict(write.key))
        if write.update:
            body["UpdateExpression"] = write.update
        body |= expression_parts(write.update, write.condition, write.values)
        if write.condition:
            body["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return {write.kind: body}

    def _write(
        self, call: Callable[..., Any], condition: str, values: dict[str, Any] | None, **request: Any
    ) -> Any:
        request |= expression_parts(request.get("UpdateExpression", ""), condition, values or {})
        if condition:
            request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        for attempt in range(CONFLICT_ATTEMPTS):
            try:
                return self._call(call, **request)
            except self.client.exceptions.ConditionalCheckFailedException as error:
                held = error.response.get("Item")
                raise ConditionFailed(from_item(held) if held else None) from error
            except CallInConflict:
                self._wait(attempt)
        raise Busy(retry_after=RETRY_AFTER)

    def _call(self, call: Callable[..., Any], **request: Any) -> Any:
        return self._calls.make(call, TableName=self.name, **request)

    def _wait(self, attempt: int) -> None:
        self._pause(FIRST_PAUSE * 2**attempt * self._jitter())
