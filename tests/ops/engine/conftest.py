"""A table with every kind of key an index can have, and engines that close."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ops.engine import Engine

TABLE: dict[str, Any] = {
    "TableName": "tribune",
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [
        {"AttributeName": "pk", "KeyType": "HASH"},
        {"AttributeName": "sk", "KeyType": "RANGE"},
    ],
    "AttributeDefinitions": [
        *({"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk", "thread", "at", "status")),
        {"AttributeName": "score", "AttributeType": "N"},
    ],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": name,
            "KeySchema": [
                {"AttributeName": key, "KeyType": "RANGE" if place else "HASH"} for place, key in enumerate(keys)
            ],
            "Projection": projection,
        }
        for name, keys, projection in (
            ("thread", ("thread", "at"), {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["body"]}),
            # A reserved word, unusable without an alias.
            ("queue", ("status",), {"ProjectionType": "KEYS_ONLY"}),
            ("recent", ("thread", "sk"), {"ProjectionType": "ALL"}),
            ("best", ("thread", "score"), {"ProjectionType": "ALL"}),
            ("both", ("thread", "status", "at"), {"ProjectionType": "ALL"}),
        )
    ],
}

Call = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    return TABLE


@pytest.fixture
def open_engine() -> Iterator[Callable[..., Engine]]:
    """Opens an engine, closing the one it opened before."""
    opened: list[Engine] = []

    def open_next(path: Path | None = None) -> Engine:
        if opened:
            opened.pop().close()
        opened.append(Engine(path))
        return opened[0]

    yield open_next
    for engine in opened:
        engine.close()


@pytest.fixture
def call() -> Call:
    """One request as the wire has it; the answer's `__status` is the HTTP status."""

    def send(engine: Engine, action: str, **parameters: Any) -> dict[str, Any]:
        status, _, body = engine.respond(f"DynamoDB_20120810.{action}", json.dumps(parameters).encode())
        return {"__status": status, **json.loads(body)}

    return send
