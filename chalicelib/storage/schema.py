"""What the table is made of, for whoever creates it: operator commands, tests and local engines."""

from functools import partial
from typing import Any

from chalicelib.storage import keys
from chalicelib.storage.calls import guarded
from chalicelib.storage.table import Table

VERSION = 2
"""Of the schema that this release writes. Releases one version apart work on the same table, whichever is newer:
changes only add, and nothing is taken away before the release after next (docs/operating.md, upgrades)."""
UNMARKED = 1
"""The version of a table that does not tell it."""
PUBLIC_ATTRIBUTES = ["parent", "name", "link", "text", "at", "edited", "up", "down"]
"""All that the thread index holds beside its keys: what any reader may see, and nothing else."""


def _index(name: str, hash_key: str, range_key: str, projection: dict[str, Any]) -> dict[str, Any]:
    return {
        "IndexName": name,
        "KeySchema": [
            {"AttributeName": hash_key, "KeyType": "HASH"},
            {"AttributeName": range_key, "KeyType": "RANGE"},
        ],
        "Projection": projection,
    }


KEYS_ONLY = {"ProjectionType": "KEYS_ONLY"}
INDEXES = [
    _index(
        keys.THREAD,
        keys.THREAD,
        keys.THREAD_AT,
        {"ProjectionType": "INCLUDE", "NonKeyAttributes": PUBLIC_ATTRIBUTES},
    ),
    _index(keys.QUEUE, keys.QUEUE, keys.QUEUE_AT, KEYS_ONLY),
    _index(keys.AUTHOR, keys.AUTHOR, keys.AUTHOR_AT, KEYS_ONLY),
]
KEY_ATTRIBUTES = [
    keys.PK,
    keys.SK,
    keys.THREAD,
    keys.THREAD_AT,
    keys.QUEUE,
    keys.QUEUE_AT,
    keys.AUTHOR,
    keys.AUTHOR_AT,
]


def definition(table: str) -> dict[str, Any]:
    """The arguments of CreateTable: on demand, with its three sparse indexes."""
    return {
        "TableName": table,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in KEY_ATTRIBUTES],
        "KeySchema": [
            {"AttributeName": keys.PK, "KeyType": "HASH"},
            {"AttributeName": keys.SK, "KeyType": "RANGE"},
        ],
        "GlobalSecondaryIndexes": INDEXES,
    }


def create_if_missing(client: Any, table: str) -> bool:
    """Create the table and switch on its TTL, each if it is not so; True if the table was made now."""
    try:
        guarded(partial(client.create_table, **definition(table)))
        made = True
    except client.exceptions.ResourceInUseException:
        made = False
    client.get_waiter("table_exists").wait(TableName=table, WaiterConfig={"Delay": 1, "MaxAttempts": 120})
    expiry = client.describe_time_to_live(TableName=table)["TimeToLiveDescription"]["TimeToLiveStatus"]
    if expiry not in ("ENABLED", "ENABLING"):
        client.update_time_to_live(
            TableName=table, TimeToLiveSpecification={"Enabled": True, "AttributeName": keys.EXPIRES}
        )
    return made


def version(table: Table) -> int:
    """The version of a table's schema."""
    item = table.get(keys.schema(), consistent=True)
    return int(item["version"]) if item else UNMARKED


def mark(table: Table, reached: int) -> None:
    """Note that a table has reached a version; it never goes back."""
    table.advance(keys.schema(), "version", reached)
