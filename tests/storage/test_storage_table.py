"""The table on both engines: what goes in comes out, conditions hold, and DynamoDB's failures have names."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError

from chalicelib.errors import Busy
from chalicelib.storage import documents, items, keys
from chalicelib.storage.table import ConditionFailed, Table, TransactionRefused, Write
from tests.scene import Clock, make_backend

KEY = {"pk": "ARTICLE#a1", "sk": "ARTICLE"}


@pytest.fixture
def table(any_client: Any, clock: Clock) -> Table:
    """The table, once on each engine."""
    return make_backend(any_client, clock).table


class Raw:
    """A body as botocore reads it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: object, **__: object) -> list[bytes]:
        """All of it at once."""
        return [self._content]


def fail_next(client: Any, operation: str, *errors: dict[str, Any]) -> None:
    """Answer the next calls of an operation with these errors, before any engine sees them."""
    waiting = list(errors)

    def answer(**_: Any) -> AWSResponse | None:
        if not waiting:
            return None
        content = json.dumps(waiting.pop(0)).encode()
        return AWSResponse("https://table.test", 400, {"Content-Type": "application/x-amz-json-1.0"}, Raw(content))

    client.meta.events.register_first(f"before-send.dynamodb.{operation}", answer)


def conflict() -> dict[str, Any]:
    return {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "Message": "Transaction cancelled",
        "CancellationReasons": [{"Code": "TransactionConflict", "Message": "conflict"}],
    }


def throttle() -> dict[str, Any]:
    return {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "slow down"}


def test_every_kind_of_value_comes_back_as_it_was(table: Table) -> None:
    values = {
        "text": "é😀\n",
        "number": -(2**53),
        "yes": True,
        "bytes": b"\x00\xff",
        "hashes": {b"a", b"bc"},
        "names": {"x", "y"},
        "list": ["a", "b"],
        "map": {"inner": 1},
        "nothing": None,
    }

    table.put(KEY | values)

    assert table.get(KEY, consistent=True) == KEY | {k: v for k, v in values.items() if v is not None}


def test_a_value_no_attribute_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):
        items.to_attribute(1.5)  # type: ignore[arg-type]


def test_a_failed_condition_tells_what_the_table_holds(table: Table) -> None:
    table.put(KEY | {"title": "one"})

    with pytest.raises(ConditionFailed) as failed:
        table.put(KEY | {"title": "two"}, condition="attribute_not_exists(#pk)")

    assert failed.value.item == KEY | {"title": "one"}


def test_a_refused_transaction_changes_nothing_and_tells_which_write_failed(table: Table) -> None:
    table.put(KEY | {"title": "one"})
    other = {"pk": "ARTICLE#a2", "sk": "ARTICLE"}

    with pytest.raises(TransactionRefused) as refused:
        table.transact(
            [
                Write("Put", item=other),
                Write("Put", item=KEY | {"title": "two"}, condition="attribute_not_exists(pk)"),
            ]
        )

    assert refused.value.failed == {1: KEY | {"title": "one"}}
    assert table.get(other, consistent=True) is None


def test_more_items_than_a_call_can_bring_are_all_read(table: Table) -> None:
    wanted = [keys.article(f"a{n}") for n in range(130)]
    for key in wanted[:120]:
        table.put(dict(key))

    assert len(table.get_many(wanted)) == 120


def test_a_conflict_is_tried_again_until_it_is_gone(table: Table) -> None:
    fail_next(table.client, "TransactWriteItems", conflict(), conflict(), conflict())

    table.transact([Write("Put", item=KEY)])

    assert table.get(KEY, consistent=True) == KEY


def test_a_conflict_that_stays_is_busy(table: Table) -> None:
    fail_next(table.client, "TransactWriteItems", *[conflict() for _ in range(50)])

    with pytest.raises(Busy) as busy:
        table.transact([Write("Put", item=KEY)])

    assert busy.value.retry_after


@pytest.mark.parametrize(
    ("operation", "act"),
    [
        pytest.param("GetItem", lambda table: table.get(KEY), id="GetItem"),
        pytest.param("PutItem", lambda table: table.put(KEY), id="PutItem"),
        pytest.param("Query", lambda table: table.query("#pk = :pk", {":pk": "x"}), id="Query"),
        pytest.param("BatchGetItem", lambda table: table.get_many([KEY]), id="BatchGetItem"),
        pytest.param(
            "TransactWriteItems", lambda table: table.transact([Write("Put", item=KEY)]), id="TransactWriteItems"
        ),
    ],
)
def test_a_throttled_call_is_busy(table: Table, operation: str, act: Callable[[Table], object]) -> None:
    fail_next(table.client, operation, throttle())

    with pytest.raises(Busy):
        act(table)


def test_a_lost_answer_of_a_table_that_is_silent_is_busy(table: Table) -> None:
    def silent(**_: Any) -> None:
        raise ReadTimeoutError(endpoint_url="the table")

    table.client.meta.events.register_last("after-call.dynamodb.PutItem", silent)

    with pytest.raises(Busy):
        table.put(KEY)

    assert table.get(KEY, consistent=True) == KEY


def test_a_document_of_many_parts_comes_back_whole_and_shrinks_again(table: Table) -> None:
    large = {"rows": [f"{n * 2654435761 % 2**32:08x}{n * 40503 % 2**32:08x}" for n in range(80_000)]}

    documents.write(table, "DAY#2026-03-11", large)
    assert documents.read(table, "DAY#2026-03-11") == large

    documents.write(table, "DAY#2026-03-11", {"rows": []})
    assert documents.read(table, "DAY#2026-03-11") == {"rows": []}
    assert documents.read(table, "DAY#2026-03-12") is None
    assert len(list(table.scan_prefix("DAY#"))) == 1


def test_the_same_content_is_the_same_bytes() -> None:
    assert documents.packed({"b": [1], "a": "é"}) == documents.packed({"a": "é", "b": [1]})


def test_a_write_that_stops_half_way_leaves_the_former_document_whole(table: Table) -> None:
    def rows(factor: int) -> list[str]:
        return [f"{n * factor % 2**32:08x}{n * 40503 % 2**32:08x}" for n in range(80_000)]

    documents.write(table, "DAY#2026-03-11", rows(2654435761))
    put, left = table.put, [1]

    def stop_after_one(item: items.Item, **_: Any) -> None:
        if not left:
            raise Busy(retry_after=1)
        left.pop()
        put(item)

    half = Table(table.client, table.name, pause=lambda _: None, jitter=lambda: 0.0, now=lambda: 0)
    half.put = stop_after_one  # type: ignore[method-assign]
    with pytest.raises(Busy):
        documents.write(half, "DAY#2026-03-11", rows(40499))

    assert documents.read(table, "DAY#2026-03-11") == rows(2654435761)
