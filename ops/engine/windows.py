"""Which entries can a Query reach? Sorted lists per index partition, cut by bisection.

ministack evaluates the key condition on every entry of a partition. Here a Query sees a table that holds only
the entries of its page, and ministack's own code still decides everything about them.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ministack.services import dynamodb  # type: ignore[import-untyped]  # ships no types

Table = dict[str, Any]
Item = dict[str, Any]
Request = dict[str, Any]
Entry = tuple[str, str, str]
"""Sort key in the index ("" where it has none), then base partition and sort key: DynamoDB's own order."""

DERIVED = frozenset({"items", "_index_members"})


@dataclass
class SortedIndex:
    """One index, or the table itself, whose key attributes are all strings."""

    partition_name: str
    sort_name: str | None
    partitions: dict[str, list[Entry]] = field(default_factory=dict)

    def place(self, pk: str, sk: str, item: Item | None) -> tuple[str, Entry] | None:
        """The partition and entry of an item, None when the index does not hold it."""
        names = (self.partition_name, self.sort_name or self.partition_name)
        if item is None or any(name not in item for name in names):
            return None
        sort = item[self.sort_name]["S"] if self.sort_name else ""
        return item[self.partition_name]["S"], (sort, pk, sk)

    def replace(self, pk: str, sk: str, old: Item | None, new: Item | None) -> None:
        before, after = self.place(pk, sk, old), self.place(pk, sk, new)
        if before == after:
            return
        if before:
            entries = self.partitions[before[0]]
            del entries[bisect_left(entries, before[1])]
            if not entries:
                del self.partitions[before[0]]
        if after:
            insort(self.partitions.setdefault(after[0], []), after[1])

    def fill(self, table: Table) -> None:
        for pk, bucket in table["items"].items():
            for sk, item in bucket.items():
                if place := self.place(pk, sk, item):
                    self.partitions.setdefault(place[0], []).append(place[1])
        for entries in self.partitions.values():
            entries.sort()


class Windows:
    """The sorted indexes of every table, each built by the first Query that uses it."""

    def __init__(self) -> None:
        self._indexes: dict[str, dict[str | None, SortedIndex | None]] = {}

    def forget(self) -> None:
        self._indexes.clear()

    def replace(self, table: Table, pk: str, sk: str, old: Item | None, new: Item | None) -> None:
        for index in self._indexes.get(table["TableName"], {}).values():
            if index:
                index.replace(pk, sk, old, new)

    def view(self, table: Table, request: Request) -> Table | None:
        """The table with only the items this Query's page needs; None for a Query out of the ordinary."""
        index = self._index(table, request.get("IndexName"))
        if index is None:
            return None
        # ministack refuses beforehand a condition on any other attribute, or two on one.
        found = conditions(request)
        partition = found.get(index.partition_name)
        if partition is None:
            return None
        entries = index.partitions.get(partition.low, [])
        cursor = start_of(request, table, index)
        if cursor is None and request.get("ExclusiveStartKey"):
            return None
        positions = reach(entries, found.get(index.sort_name or ""), cursor, request)
        return cut(table, request, entries, positions)

    def _index(self, table: Table, name: Any) -> SortedIndex | None:
        """None for an index whose keys are not single strings: ministack's own way serves it."""
        if not isinstance(name, str | None):
            return None
        indexes = self._indexes.setdefault(table["TableName"], {})
        if name not in indexes:
            index = indexes[name] = sorted_index(table, name)
            if index:
                index.fill(table)
        return indexes[name]


def sorted_index(table: Table, name: str | None) -> SortedIndex | None:
    source = dynamodb._index_def(table, name) if name else table
    if source is None:
        return None
    hashes, ranges = dynamodb._index_key_lists(source)
    names = [*hashes, *ranges, table["pk_name"], *filter(None, [table["sk_name"]])]
    is_text = all(dynamodb._get_attr_type(table, key) == "S" for key in names)
    # The partition of a table without a sort key is one item: nothing to cut.
    if not is_text or len(hashes) != 1 or len(ranges) > 1 or not (name or ranges):
        return None
    return SortedIndex(hashes[0], ranges[0] if ranges else None)


@dataclass(frozen=True)
class Condition:
    operator: str
    low: str
    high: str = ""


def conditions(request: Request) -> dict[str | None, Condition]:
    """The key condition by attribute; empty unless every clause has one of the plain forms."""
    expression = request.get("KeyConditionExpression")
    if not isinstance(expression, str):
        return {}
    found: dict[str | None, Condition] = {}
    for clause in dynamodb._key_condition_clauses(dynamodb._tokenize(expression)):
        named = condition(clause, request)
        if named is None:
            return {}
        found[named[0]] = named[1]
    return found


def condition(clause: list[tuple[str, str]], request: Request) -> tuple[str, Condition] | None:
    match clause:
        case [name, ("EQ" | "LT" | "LE" | "GT" | "GE", operator), low]:
            high = low
        case [name, ("IDENT", operator), low, ("IDENT", _), high] if operator.upper() == "BETWEEN":
            operator = "BETWEEN"
        case [("IDENT", "begins_with" as operator), ("LPAREN", _), name, ("COMMA", _), low, ("RPAREN", _)]:
            high = low
        case _:
            return None
    attribute, first, last = name_of(name, request), value_of(low, request), value_of(high, request)
    if attribute is None or first is None or last is None:
        return None
    return attribute, Condition(operator, first, last)


def name_of(token: tuple[str, str], request: Request) -> str | None:
    aliases = request.get("ExpressionAttributeNames") or {}
    name = aliases.get(token[1]) if token[0] == "NAME_REF" else token[1] if token[0] == "IDENT" else None
    return name if isinstance(name, str) else None


def value_of(token: tuple[str, str], request: Request) -> str | None:
    values = request.get("ExpressionAttributeValues") or {}
    return text_of(values.get(token[1])) if token[0] == "VALUE_REF" else None


def text_of(value: Any) -> str | None:
    text = value.get("S") if isinstance(value, dict) else None
    return text if isinstance(text, str) else None


def start_of(request: Request, table: Table, index: SortedIndex) -> Entry | None:
    """The entry after which the page starts; None when there is none, or none of plain strings."""
    start = request.get("ExclusiveStartKey") or {}
    names = [index.sort_name, table["pk_name"], table["sk_name"]]
    sort, pk, sk = [text_of(start.get(name)) if name else "" for name in names]
    if sort is None or pk is None or sk is None:
        return None
    return sort, pk, sk if table["sk_name"] else "__no_sort__"


def reach(entries: list[Entry], sort: Condition | None, cursor: Entry | None, request: Request) -> Iterator[int]:
    """The positions that meet the condition and lie past the cursor, in the order of the Query."""
    low, high = span(entries, sort) if sort else (0, len(entries))
    # Any value counts as ministack counts it: a null is not True.
    if request.get("ScanIndexForward", True):
        return iter(range(bisect_right(entries, cursor, low, high) if cursor else low, high))
    return reversed(range(low, bisect_left(entries, cursor, low, high) if cursor else high))


def span(entries: list[Entry], sort: Condition) -> tuple[int, int]:
    def first(value: str) -> int:
        return bisect_left(entries, value, key=sort_of)

    def past(value: str) -> int:
        return bisect_right(entries, value, key=sort_of)

    match sort.operator:
        case "<":
            return 0, first(sort.low)
        case "<=":
            return 0, past(sort.low)
        case ">":
            return past(sort.low), len(entries)
        case ">=":
            return first(sort.low), len(entries)
        case "begins_with":
            low = first(sort.low)
            return low, bisect_left(entries, True, low, key=lambda entry: not entry[0].startswith(sort.low))
    return first(sort.low), past(sort.high)


def sort_of(entry: Entry) -> str:
    return entry[0]


def cut(table: Table, request: Request, entries: list[Entry], positions: Iterator[int]) -> Table:
    reached: list[Entry] = []

    def items() -> Iterator[Item]:
        for position in positions:
            reached.append(entries[position])
            _, pk, sk = entries[position]
            yield table["items"][pk][sk]

    # ministack's own page end, at the Limit or at 1 MB, says how far to read.
    dynamodb._paginate_evaluated_items(items(), request.get("Limit"), table, request.get("IndexName"))
    view = {name: value for name, value in table.items() if name not in DERIVED}
    view["items"] = {}
    # ministack judges some expressions only against an item: one entry out of reach keeps its errors.
    for _, pk, sk in reached or entries[:1]:
        view["items"].setdefault(pk, {})[sk] = table["items"][pk][sk]
    return view
