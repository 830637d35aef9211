"""A table as a file: one item a line, in DynamoDB's own JSON, compressed. It holds readers' e-mail addresses."""

import base64
import gzip
import json
import os
import time
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.storage import keys, schema
from chalicelib.storage.calls import UNAVAILABLE
from ops.cloud.account import why
from ops.errors import OperatorError
from ops.progress import Progress

BATCH = 25
TRIES = 20
MOST_DUMPS = 1_000
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10
"""Seconds between tries where the table does not keep up."""
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
        beside.unlink(missing_ok=True)  # whoever made it may read it
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
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
                yield {name: _typed(value) for name, value in json.loads(line).items()}
    except (OSError, EOFError, ValueError, AttributeError, TypeError, KeyError, zlib.error) as error:
        raise OperatorError(f"{path} is no dump of a table, or is damaged ({error})") from error


def version(path: Path) -> int:
    """The version of the schema of the table that was dumped."""
    mark = {name: {"S": value} for name, value in keys.schema().items()}
    for item in read(path):
        if mark.items() <= item.items():
            return int(item["version"]["N"])
    return schema.UNMARKED


def free(path: Path) -> Path:
    """The file itself, or where it exists the first free name beside it: a dump is never lost to another."""
    names = (path, *(path.with_name(f"{n}-{path.name}") for n in range(2, MOST_DUMPS)))
    return next(name for name in names if not name.exists())


def load(
    client: Any, table: str, path: Path, progress: Progress, *, pause: Callable[[float], None] = time.sleep
) -> int:
    """Put every item of a dump into a table, over what is there; gives their number. May be run again."""
    expected = sum(1 for _ in read(path))  # the whole file is read before anything is written
    items = read(path)
    with progress(f"load {table}", expected, "items") as step:
        while batch := list(islice(items, BATCH)):
            _put(client, table, [{"PutRequest": {"Item": item}} for item in batch], pause)
            step(len(batch))
    return expected


def _put(client: Any, table: str, batch: list[Item], pause: Callable[[float], None]) -> None:
    pending = {table: batch}
    for attempt in range(TRIES):
        try:
            pending = client.batch_write_item(RequestItems=pending).get("UnprocessedItems") or {}
        except ClientError as error:
            if error.response["Error"]["Code"] not in UNAVAILABLE:
                raise OperatorError(f"the table refuses an item ({why(error)})") from error
        if not pending:
            return
        pause(min(FIRST_PAUSE * 2**attempt, LONGEST_PAUSE))
    raise OperatorError("the table is throttled; run the command again, what is written stays")


def _bytes(value: object) -> dict[str, str]:
    if isinstance(value, bytes | bytearray):
        return {"base64": base64.b64encode(value).decode()}
    raise TypeError(f"a {type(value).__name__} in an item")


def _typed(value: dict[str, Any]) -> dict[str, Any]:
    """A value under its type, with its bytes as such again. Raises ValueError for what is none."""
    ((kind, content),) = value.items()
    match kind:
        case "B":
            return {kind: _decoded(content)}
        case "BS":
            return {kind: list(map(_decoded, content))}
        case "L":
            return {kind: list(map(_typed, content))}
        case "M":
            return {kind: {name: _typed(inner) for name, inner in content.items()}}
        case "S" | "N" | "SS" | "NS" | "BOOL" | "NULL":
            return value
    raise ValueError(f"there is no type {kind}")


def _decoded(content: dict[str, str]) -> bytes:
    return base64.b64decode(content["base64"], validate=True)
