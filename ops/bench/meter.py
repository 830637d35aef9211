"""How much do calls to DynamoDB cost? A meter on a client's events, by the published sizing rules.

The engines' own ConsumedCapacity is wrong, so the meter looks at the items itself, before and after each call,
through a second client of the same engine that it does not listen to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.client import BaseClient

from ops.bench.units import Index, Item, indexes_of, item_size, read_units, transaction_write_units, write_units

Request = dict[str, Any]
Answer = dict[str, Any]
Place = tuple[str, str]
"""A partition: the name of the table or index, and the value of its partition key."""

WRITES = {"PutItem", "UpdateItem", "DeleteItem"}


@dataclass
class Cost:
    """What calls cost: how many of each operation, units, and bytes that reads evaluated by operation."""

    operations: Counter[str] = field(default_factory=Counter)
    read_units: float = 0
    write_units: int = 0
    bytes_read: Counter[str] = field(default_factory=Counter)
    partitions: Counter[Place] = field(default_factory=Counter)
    largest_written: int = 0

    @property
    def calls(self) -> int:
        """Calls of any operation."""
        return self.operations.total()

    def __str__(self) -> str:
        calls = f"{self.calls} call{'s' * (self.calls != 1)}"
        return f"{self.write_units} WU, {self.read_units:g} RU, {calls}"


@dataclass(frozen=True)
class _Target:
    """One item that a write aims at, as it was before."""

    table: str
    key: Item
    before: Item | None


class Meter:
    """Listens to `client`; `plain` is another client of the same engine.

    Calls made inside `measured` are counted, one at a time: it is not meant for clients shared by threads.
    """

    def __init__(self, client: BaseClient, plain: Any) -> None:
        self._plain = plain
        self._cost: Cost | None = None
        self._tables: dict[str, dict[str, Any]] = {}
        client.meta.events.register("provide-client-params.dynamodb.*", self._look_before)
        client.meta.events.register("after-call.dynamodb.*", self._look_after)

    @contextmanager
    def measured(self) -> Iterator[Cost]:
        """The cost of what is called inside."""
        outer, self._cost = self._cost, Cost()
        try:
            yield self._cost
        finally:
            self._cost = outer

    def _look_before(self, params: Request, model: Any, context: dict[str, Any], **_: Any) -> None:
        if self._cost is not None:
            context["metered"] = (params, list(self._targets(model.name, params)))

    def _look_after(self, parsed: Answer, model: Any, context: dict[str, Any], **_: Any) -> None:
        if self._cost is None or "metered" not in context:
            return
        params, targets = context["metered"]
        self._cost.operations[model.name] += 1
        for target in targets:
            self._count_write(target, in_transaction=model.name == "TransactWriteItems")
        match model.name:
            case "GetItem":
                self._count_read("GetItem", [self._read(params["TableName"], params["Key"])], params)
            case "BatchGetItem":
                for table, wanted in params["RequestItems"].items():
                    for key in wanted["Keys"]:
                        self._count_read("BatchGetItem", [self._read(table, key)], wanted)
            case "Query":
                self._count_read("Query", self._evaluated(params, parsed), params)

    def _targets(self, operation: str, params: Request) -> Iterator[_Target]:
        if operation in WRITES:
            yield self._target(params)
        elif operation == "TransactWriteItems":
            for action in params["TransactItems"]:
                (write,) = action.values()
                yield self._target(write)
        elif operation not in ("GetItem", "BatchGetItem", "Query"):
            raise NotImplementedError(f"the meter has no rule for {operation}")

    def _target(self, write: Request) -> _Target:
        table = write["TableName"]
        names = [key["AttributeName"] for key in self._definition(table)["KeySchema"]]
        item = write.get("Key") or write["Item"]
        key = {name: item[name] for name in names}
        return _Target(table, key, self._read(table, key))

    def _count_write(self, target: _Target, *, in_transaction: bool) -> None:
        """A refused write leaves the item as it was, and costs what the item is large."""
        cost = self._counting()
        after = self._read(target.table, target.key)
        sizes = [item_size(item) if item else 0 for item in (target.before, after)]
        units = transaction_write_units(*sizes) if in_transaction else write_units(*sizes)
        cost.largest_written = max(cost.largest_written, sizes[1])
        partition_key = self._definition(target.table)["KeySchema"][0]["AttributeName"]
        self._add_writes(target.table, target.key[partition_key], units)
        for index in self._indexes(target.table):
            entry = index.entry(after) or index.entry(target.before)
            if entry is not None:
                self._add_writes(index.name, entry[index.keys[0]], index.write_units(target.before, after))

    def _add_writes(self, name: str, partition: Any, units: int) -> None:
        cost = self._counting()
        cost.write_units += units
        if units:
            cost.partitions[name, next(iter(partition.values()))] += units

    def _count_read(self, operation: str, items: Iterable[Item | None], params: Request) -> None:
        cost = self._counting()
        size = sum(item_size(item) for item in items if item)
        cost.bytes_read[operation] += size
        cost.read_units += read_units(size, consistent=bool(params.get("ConsistentRead")))

    def _evaluated(self, params: Request, parsed: Answer) -> list[Item]:
        """The entries that a Query went through: asked for again where the answer does not bring them whole."""
        if "FilterExpression" in params or "ProjectionExpression" in params:
            raise NotImplementedError("the meter has no rule for Queries that filter or project")
        if params.get("Select") == "COUNT":
            whole = {name: value for name, value in params.items() if name != "Select"}
            parsed = self._plain.query(**whole)
        found: list[Item] = parsed.get("Items", [])
        return found

    def _read(self, table: str, key: Item) -> Item | None:
        found: Item | None = self._plain.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item")
        return found

    def _definition(self, table: str) -> dict[str, Any]:
        if table not in self._tables:
            self._tables[table] = self._plain.describe_table(TableName=table)["Table"]
        return self._tables[table]

    def _indexes(self, table: str) -> list[Index]:
        return indexes_of(self._definition(table))

    def _counting(self) -> Cost:
        if self._cost is None:
            raise RuntimeError("the meter counts only inside measured()")
        return self._cost
