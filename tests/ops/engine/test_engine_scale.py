"""A Query reads only what it returns, and nothing else reads a whole table."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from ministack.services import dynamodb

from ops.engine import Engine


@contextmanager
def counted(*names: str) -> Iterator[Counter[str]]:
    """How often ministack calls these functions of its own."""
    calls: Counter[str] = Counter()
    plain = {name: getattr(dynamodb, name) for name in names}

    def counting(name: str) -> Any:
        def count(*arguments: Any, **options: Any) -> Any:
            calls[name] += 1
            return plain[name](*arguments, **options)

        return count

    for name in names:
        setattr(dynamodb, name, counting(name))
    try:
        yield calls
    finally:
        for name in names:
            setattr(dynamodb, name, plain[name])


@pytest.fixture(scope="module")
def full(schema: dict[str, Any]) -> Iterator[Engine]:
    """One partition of 10,000 entries, in the table and in an index."""
    engine = Engine(None)
    engine.respond("X.CreateTable", json.dumps(schema).encode())
    for start in range(0, 10_000, 25):
        puts = [
            {
                "PutRequest": {
                    "Item": {
                        "pk": {"S": "P"},
                        "sk": {"S": f"c{number:05}"},
                        "thread": {"S": "T"},
                        "at": {"S": f"{number * 7919 % 10_000:05}"},
                    }
                }
            }
            for number in range(start, start + 25)
        ]
        engine.respond("X.BatchWriteItem", json.dumps({"RequestItems": {"tribune": puts}}).encode())
    yield engine
    engine.close()


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="table"),
        pytest.param({"KeyConditionExpression": "pk = :p AND begins_with(sk, :s)"}, id="prefix"),
        pytest.param({"ExclusiveStartKey": {"pk": {"S": "P"}, "sk": {"S": "c05000"}}}, id="later page"),
        pytest.param({"IndexName": "thread", "KeyConditionExpression": "thread = :p"}, id="index"),
    ],
)
def test_a_page_of_a_large_partition_evaluates_only_its_own_entries(full, changes, forward):
    query: dict[str, Any] = {
        "TableName": "tribune",
        "KeyConditionExpression": "pk = :p",
        "Limit": 20,
        "ScanIndexForward": forward,
        **changes,
    }
    values = {":p": {"S": "T" if "IndexName" in query else "P"}, ":s": {"S": "c0"}}
    query["ExpressionAttributeValues"] = {
        name: value for name, value in values.items() if name in query["KeyConditionExpression"]
    }
    full.respond("X.Query", json.dumps(query).encode())  # the first Query sorts the index
    evaluations = ("_evaluate_condition", "_index_order_value", "_sort_key_value", "_item_size_bytes")
    with counted(*evaluations) as calls:
        page = json.loads(full.respond("X.Query", json.dumps(query).encode()).body)
    assert page["Count"] == 20
    # 20 evaluations and one of the start key; three sort values and two sizes per entry; nothing of 10,000.
    assert calls["_evaluate_condition"] <= 21
    assert calls.total() <= 20 * 12


@pytest.mark.parametrize(
    "action", ["PutItem", "UpdateItem", "TransactWriteItems", "BatchGetItem", "DescribeTable"]
)
def test_a_write_or_read_by_key_costs_the_same_in_a_large_table(full, action):
    key = {"pk": {"S": "P"}, "sk": {"S": "c00007"}}
    item = {**key, "thread": {"S": "T"}, "at": {"S": "00000"}}
    table = {"TableName": "tribune"}
    body = {
        "PutItem": {**table, "Item": item},
        "UpdateItem": {**table, "Key": key},
        "TransactWriteItems": {"TransactItems": [{"Put": {**table, "Item": item}}]},
        "BatchGetItem": {"RequestItems": {"tribune": {"Keys": [key]}}},
        "DescribeTable": table,
    }[action]
    visited = ("_index_partition", "_extract_key_val", "_attribute_value_size", "_update_counts", "_index_members")
    with counted(*visited) as calls:
        assert full.respond(f"X.{action}", json.dumps(body).encode()).status == 200
    assert calls.total() <= 60
