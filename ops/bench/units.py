"""What does DynamoDB charge for? Its published sizing rules as pure functions on low-level attribute values.

Sources, all of the Amazon DynamoDB Developer Guide: "DynamoDB item sizes and formats", "DynamoDB read and write
operations", "Using Global Secondary Indexes in DynamoDB", "Amazon DynamoDB Transactions: How it works".
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Item = Mapping[str, Mapping[str, Any]]
"""Attribute values by name, as a botocore client takes and gives them: `{"pk": {"S": "..."}}`."""

READ_BLOCK = 4096
"""Bytes of a read unit."""
WRITE_BLOCK = 1024
"""Bytes of a write unit."""
COLLECTION = 3
ELEMENT = 1


def item_size(item: Item) -> int:
    """Bytes of an item: the UTF-8 lengths of its attributes' names, and their values.

    "DynamoDB item sizes and formats".
    """
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Mapping[str, Any]) -> int:
    """Bytes of one attribute value, without its name.

    "DynamoDB item sizes and formats": strings are UTF-8, null and Boolean values take 1 byte, a list or a map
    takes 3 bytes, and 1 more for each of its elements; a set is the sum of its members.
    """
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return number_size(content)
        case "B":
            return len(bytes(content))
        case "SS" | "NS" | "BS":
            return sum(value_size({kind[0]: member}) for member in content)
        case "L":
            return COLLECTION + sum(ELEMENT + value_size(element) for element in content)
        case "M":
            return COLLECTION + sum(ELEMENT + item_size({name: inner}) for name, inner in content.items())
        case "NULL" | "BOOL":
            return 1
    raise ValueError(f"DynamoDB has no attribute type {kind}")


def number_size(text: str) -> int:
    """Bytes of a number, about: 1, and 1 for every two significant digits; a minus sign takes 1 more.

    "DynamoDB item sizes and formats": leading and trailing zeroes are trimmed. The sign is not in the guide;
    it is what DynamoDB's own ConsumedCapacity is known to show.
    """
    number = Decimal(text)
    digits = len(number.normalize().as_tuple().digits) if number else 0
    return 1 + math.ceil(digits / 2) + (number < 0)


def read_units(size: int, *, consistent: bool) -> float:
    """Read units of `size` bytes read at once: 1 for each 4 KB begun, half of it when eventually consistent.

    "DynamoDB read and write operations": GetItem rounds its item, BatchGetItem each of its items, Query the sum
    of all it evaluated. What is not there is charged like the smallest item.
    """
    return max(1, math.ceil(size / READ_BLOCK)) * (1.0 if consistent else 0.5)


def write_units(before: int, after: int) -> int:
    """Write units of an item that had `before` bytes and has `after` (0: there is none): 1 for each KB begun.

    "DynamoDB read and write operations": UpdateItem and PutItem count the larger of the two, DeleteItem the item
    that was deleted, a condition that failed the item that is there; each at least 1.
    """
    return max(1, math.ceil(max(before, after) / WRITE_BLOCK))


def transaction_write_units(before: int, after: int) -> int:
    """Write units of an item in a transaction: twice, once to prepare and once to commit.

    "Amazon DynamoDB Transactions: How it works".
    """
    return 2 * write_units(before, after)


@dataclass(frozen=True)
class Index:
    """A global secondary index: its name, its key attributes (the partition key first), what else it holds.

    `attributes` is None where it holds all of them (projection ALL).
    """

    name: str
    keys: tuple[str, ...]
    table_keys: tuple[str, ...]
    attributes: frozenset[str] | None = frozenset()

    def entry(self, item: Item | None) -> Item | None:
        """What the index holds of an item: None unless the item has all of the index's key attributes."""
        if item is None or any(key not in item for key in self.keys):
            return None
        if self.attributes is None:
            return item
        held = {*self.keys, *self.table_keys, *self.attributes}
        return {name: value for name, value in item.items() if name in held}

    def write_units(self, before: Item | None, after: Item | None) -> int:
        """Write units that a change of an item costs in this index, beside those of the table.

        "Using Global Secondary Indexes in DynamoDB", write capacity units: an entry put in, taken out or changed
        is one write of the entry's own size; an entry whose key changed is taken out and put in; an entry that
        did not change costs nothing. A transaction doubles the writes of its items; the guide says nothing of
        such a doubling for the indexes, which follow after the commit, so that entries count once here.
        """
        old, new = self.entry(before), self.entry(after)
        if old == new:
            return 0
        if old is not None and new is not None and self._key(old) == self._key(new):
            return write_units(item_size(old), item_size(new))
        return sum(write_units(item_size(entry), 0) for entry in (old, new) if entry is not None)

    def _key(self, entry: Item) -> list[Mapping[str, Any]]:
        return [entry[name] for name in self.keys]


def indexes_of(table: Mapping[str, Any]) -> list[Index]:
    """The global secondary indexes in a table's definition, or in its DescribeTable answer."""
    table_keys = _names(table["KeySchema"])
    return [
        Index(index["IndexName"], _names(index["KeySchema"]), table_keys, _projected(index["Projection"]))
        for index in table.get("GlobalSecondaryIndexes", [])
    ]


def _names(schema: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(key["AttributeName"] for key in sorted(schema, key=lambda key: key["KeyType"]))


def _projected(projection: Mapping[str, Any]) -> frozenset[str] | None:
    if projection["ProjectionType"] == "ALL":
        return None
    return frozenset(projection.get("NonKeyAttributes", ()))
