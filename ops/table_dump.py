"""A table as a file: one item a line, in DynamoDB's own JSON, compressed. It holds readers' e-mail addresses."""

import base64
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from ops.errors import OperatorError
from ops.progress import Progress

BATCH = 25
TRIES = 20
Item = dict[str, Any]


def write(client: Any, table: str, path: Path, progress: Progress, *, over: bool = False) -> int:
    """Write every item of a table to a file that only its owner may read; gives their number.

    Raises OperatorError if the file is there already, unless it may be written `over`.
    """
    beside = path.with_name(path.name + ".part")
    if path.exists() and not over:
        raise OperatorError(f"{path} exists: name another file")
    count = 0
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError as error:
        raise OperatorError(f"{path} cannot be written ({error.strerror}): name another file") from error
    expected = client.describe_table(TableName=table)["Table"].get("ItemCount", 0)
    with (
        open(handle, "wb") as raw,
        gzip.open(raw, "wt", encoding="utf-8") as file,
        progress(f"dump {table}", expected, "items") as step,
    ):
        for page in client.get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
            for item in page["Items"]:
                file.write(json.dumps(item, default=_bytes, separators=(",", ":"), ensure_ascii=False) + "\n")
            count += len(page["Items"])
            step(len(page["Items"]))
    os.replace(beside, path)
    return count


def said(count: int, table: str, path: Path) -> str:
    """What the operator should know of a dump."""
    return f"{count} items of {table} are in {path}; they hold e-mail addresses: keep it safe"


def read(path: Path) -> Iterator[Item]:
    """The items of a dump. Raises OperatorError where the file is none, or was cut short."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                yield {name: _value(value) for name, value in json.loads(line).items()}
    except (OSError, EOFError, ValueError, AttributeError) as error:
        raise OperatorError(f"{path} is no dump of a table, or is damaged ({error})") from error


def load(client: Any, table: str, path: Path, progress: Progress) -> int:
    """Put every item of a dump into a table, over what is there; gives their number. May be run again."""
    expected = sum(1 for _ in read(path))  # the whole file is read before anything is written
    count = 0
    batch: list[Item] = []
    with progress(f"load {table}", expected, "items") as step:
        for item in read(path):
            batch.append({"PutRequest": {"Item": item}})
            if len(batch) == BATCH:
                _put(client, table, batch)
                count += len(batch)
                step(len(batch))
                batch = []
        if batch:
            _put(client, table, batch)
            count += len(batch)
    return count


def _put(client: Any, table: str, batch: list[Item]) -> None:
    pending = {table: batch}
    for _ in range(TRIES):
        try:
            pending = client.batch_write_item(RequestItems=pending).get("UnprocessedItems") or {}
        except ClientError as error:
            raise OperatorError(f"the table refuses an item: {error}") from error
        if not pending:
            return
    raise OperatorError("the table does not keep up; run it again, what is written stays")


def _bytes(value: object) -> dict[str, str]:
    if isinstance(value, bytes | bytearray):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"a {type(value).__name__} in an item")


def _value(value: Any) -> Any:
    """A value of an item with its bytes as such again; plain maps hold types as keys, never `base64` alone."""
    if isinstance(value, dict):
        if value.keys() == {"base64"}:
            return base64.b64decode(value["base64"], validate=True)
        return {name: _value(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_value(inner) for inner in value]
    return value
