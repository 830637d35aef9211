"""A Query answers as ministack's own code does, whatever is asked."""

import json
from contextlib import closing
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ministack.services import dynamodb

from ops.engine import Answer, Engine

PLAIN = dynamodb._query
SORTS = ["=", "<", "<=", ">", ">="]

# Few values, so that keys meet; with prefixes of each other, and characters that sort differently in UTF-16.
TEXTS = st.sampled_from(["a", "ab", "abc", "b", "é", "\uffff", "🙂", "a\U0010ffff", "a\U0010ffffb", "z"])
PARTITIONS = st.sampled_from(["P", "Q"])
NUMBERS = st.sampled_from(["-1", "2", "10"])


def attribute(kind: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    return values.map(lambda value: {kind: value})


KEYS = st.fixed_dictionaries({"pk": attribute("S", PARTITIONS), "sk": attribute("S", TEXTS)})
ITEMS = st.fixed_dictionaries(
    {"pk": attribute("S", PARTITIONS), "sk": attribute("S", TEXTS)},
    optional={
        "thread": attribute("S", PARTITIONS),
        "at": attribute("S", TEXTS),
        "status": attribute("S", PARTITIONS),
        "score": attribute("N", NUMBERS),
        "body": attribute("S", TEXTS),
    },
)
WRITES = st.lists(st.tuples(st.sampled_from(["PutItem", "PutItem", "DeleteItem"]), ITEMS), max_size=25)

# (index, partition key, sort key)
INDEXES = st.sampled_from(
    [
        (None, "pk", "sk"),
        ("thread", "thread", "at"),
        ("recent", "thread", "sk"),
        ("queue", "#status", None),
        # Out of the ordinary: a number, two sort keys, a reserved word, no key of the index, no such index.
        ("both", "thread", "at"),
        ("both", "thread", "#status"),
        ("best", "thread", "score"),
        ("queue", "status", None),
        ("thread", "thread", "body"),
        ("absent", "thread", "at"),
    ]
)


@st.composite
def key_conditions(draw: st.DrawFn, partition: str, sort: str | None) -> str:
    clause = draw(st.sampled_from([f"{partition} = :p"] * 6 + [f":p = {partition}", f"({partition} = :p)"]))
    ranges = [
        *(f"{sort} {operator} :low" for operator in SORTS),
        *[f"{sort} BETWEEN :low AND :high", f"{sort} between :low and :high"],
        *[f"begins_with({sort}, :low)"] * 2,
        *[f":low < {sort}", f"{sort} <> :low", f"{sort} = :low AND {sort} = :high", f"contains({sort}, :low)"],
    ]
    second = draw(st.none() | st.sampled_from(ranges)) if sort else None
    return (
        clause if second is None else draw(st.sampled_from([f"{clause} AND {second}", f"{second} AND {clause}"]))
    )


@st.composite
def queries(draw: st.DrawFn) -> dict[str, Any]:
    index, partition, sort = draw(INDEXES)
    expression = draw(key_conditions(partition, sort))
    kind = "N" if sort == "score" else "S"
    values: dict[str, Any] = {":p": draw(attribute("S", PARTITIONS | st.just("absent")))}
    for name in (":low", ":high"):
        if name in expression:
            values[name] = draw(attribute(kind, NUMBERS if kind == "N" else TEXTS))
    query: dict[str, Any] = {"TableName": "tribune", "KeyConditionExpression": expression}
    query |= {"IndexName": index} if index else {}
    query |= {"ExpressionAttributeNames": {"#status": "status"}} if "#status" in expression else {}
    if draw(st.booleans()):
        query["FilterExpression"] = draw(st.sampled_from(["attribute_exists(body)", "body > :body"]))
        values |= {":body": {"S": "ab"}} if ":body" in query["FilterExpression"] else {}
    query["ExpressionAttributeValues"] = values
    return query | draw(OPTIONS)


OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "Limit": st.integers(-1, 8) | st.sampled_from([1000, "2"]),
        "ScanIndexForward": st.booleans() | st.none(),
        "ExclusiveStartKey": ITEMS | KEYS | st.just({"pk": {"S": "P"}, "sk": {"N": "1"}}),
        "Select": st.sampled_from(["COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"]),
        "ProjectionExpression": st.sampled_from(["body", "sk, body", "body,,"]),
        "ReturnConsumedCapacity": st.just("INDEXES"),
    },
)


def ask(engine: Engine, query: dict[str, Any]) -> Answer:
    return engine.respond("DynamoDB_20120810.Query", json.dumps(query).encode())


def ask_ministack(engine: Engine, query: dict[str, Any]) -> Answer:
    ours, dynamodb._query = dynamodb._query, PLAIN
    try:
        return ask(engine, query)
    finally:
        dynamodb._query = ours


def an_engine(schema: dict[str, Any]) -> closing[Engine]:
    engine = Engine(None)
    engine.respond("DynamoDB_20120810.CreateTable", json.dumps(schema).encode())
    return closing(engine)


def write(engine: Engine, action: str, item: dict[str, Any]) -> None:
    subject = {"Item": item} if action == "PutItem" else {"Key": {name: item[name] for name in ("pk", "sk")}}
    body = json.dumps({"TableName": "tribune", **subject}).encode()
    assert engine.respond(f"DynamoDB_20120810.{action}", body).status == 200


@settings(max_examples=150, deadline=None)
@given(WRITES, WRITES, st.lists(queries(), min_size=1, max_size=8))
def test_a_query_answers_byte_for_byte_as_ministack_does(schema, before, after, asked):
    with an_engine(schema) as engine:
        for writes in (before, after):
            for action, item in writes:
                write(engine, action, item)
            for query in asked:
                assert ask(engine, query) == ask_ministack(engine, query)


@settings(max_examples=60, deadline=None)
@given(WRITES, queries(), st.data())
def test_every_page_is_ministack_s_even_when_the_start_was_deleted(schema, writes, query, data):
    query = {name: value for name, value in query.items() if name != "ExclusiveStartKey"}
    query["Limit"] = data.draw(st.integers(1, 3))
    with an_engine(schema) as engine:
        for action, item in writes:
            write(engine, action, item)
        for _ in range(40):
            page = ask(engine, query)
            assert page == ask_ministack(engine, query)
            start = json.loads(page.body).get("LastEvaluatedKey")
            if start is None:
                return
            if data.draw(st.booleans()):
                write(engine, "DeleteItem", start)
            query["ExclusiveStartKey"] = start
        raise AssertionError("the pages did not end")


BOUNDS = ["a", "ab", "abc", "a\U0010ffff", "b", "é", "🙂"]
RANGES = [
    *((f"{{}} {operator} :low", {":low": low}) for operator in SORTS for low in BOUNDS),
    *(("begins_with({}, :low)", {":low": low}) for low in BOUNDS),
    *(("{} BETWEEN :low AND :high", {":low": low, ":high": high}) for low in BOUNDS for high in BOUNDS),
]


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("index", [None, "thread"])
def test_every_range_is_cut_where_ministack_cuts_it(schema, index, forward):
    partition, sort = ("thread", "at") if index else ("pk", "sk")
    # In the index, every sort key belongs to two items.
    items = [
        {"pk": {"S": pk}, "sk": {"S": text}, "thread": {"S": "P"}, "at": {"S": text}}
        for pk in ("P", "Q")
        for text in BOUNDS
    ]
    with an_engine(schema) as engine:
        for item in items:
            write(engine, "PutItem", item)
        for (condition, values), limit, start in product(RANGES, (1, 3, 100), (None, items[2], items[11])):
            query = {
                "TableName": "tribune",
                "KeyConditionExpression": f"{partition} = :p AND {condition.format(sort)}",
                "ExpressionAttributeValues": {name: {"S": text} for name, text in {":p": "P", **values}.items()},
                "ScanIndexForward": forward,
                "Limit": limit,
                **({"IndexName": index} if index else {}),
                **({"ExclusiveStartKey": start} if start else {}),
            }
            assert ask(engine, query) == ask_ministack(engine, query)


@pytest.mark.parametrize("index", ["best", "both"])
def test_an_index_of_numbers_or_of_two_sort_keys_is_left_to_ministack(schema, index):
    query = {
        "TableName": "tribune",
        "IndexName": index,
        "KeyConditionExpression": "thread = :p",
        "ExpressionAttributeValues": {":p": {"S": "P"}},
        "Limit": 1,
    }
    with an_engine(schema) as engine:
        for sk, score, at in (("a", "10", "z"), ("b", "9", "y")):
            keys = {"pk": {"S": "P"}, "sk": {"S": sk}, "thread": {"S": "P"}, "status": {"S": "new"}}
            write(engine, "PutItem", {**keys, "score": {"N": score}, "at": {"S": at}})
        page = ask(engine, query)
        assert page == ask_ministack(engine, query)
        assert json.loads(page.body)["Items"][0]["sk"] == {"S": "b"}


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("start", [{"N": "1"}, {"B": "eg=="}, {"S": "b", "N": "1"}, {}])
def test_a_start_that_is_no_string_is_left_to_ministack(schema, start, forward):
    query = {
        "TableName": "tribune",
        "KeyConditionExpression": "pk = :p",
        "ExpressionAttributeValues": {":p": {"S": "P"}},
        "ExclusiveStartKey": {"pk": {"S": "P"}, "sk": start},
        "ScanIndexForward": forward,
        "Limit": 2,
    }
    with an_engine(schema) as engine:
        for text in BOUNDS:
            write(engine, "PutItem", {"pk": {"S": "P"}, "sk": {"S": text}})
        assert ask(engine, query) == ask_ministack(engine, query)


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize("limit", [None, 3, 100])
@pytest.mark.parametrize("index", [None, "thread", "recent"])
def test_a_page_ends_at_one_megabyte_as_ministack_s_does(schema, index, limit, forward):
    key = "thread" if index else "pk"
    query: dict[str, Any] = {
        "TableName": "tribune",
        "KeyConditionExpression": f"{key} = :p",
        "ExpressionAttributeValues": {":p": {"S": "P"}},
        "ScanIndexForward": forward,
        **({"IndexName": index} if index else {}),
        **({"Limit": limit} if limit else {}),
    }
    with an_engine(schema) as engine:
        for number, size in enumerate([1, 300_000, 350_000, 5, 390_000, 200_000, 400, 300_000, 7]):
            keys = {"pk": {"S": "P"}, "sk": {"S": f"{number}"}, "thread": {"S": "P"}, "at": {"S": "same"}}
            write(engine, "PutItem", {**keys, "body": {"S": "x" * size}, "rest": {"S": "y" * 1000}})
        assert ask(engine, query) == ask_ministack(engine, query)
