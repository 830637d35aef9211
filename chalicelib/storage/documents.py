"""Documents: compressed JSON in a partition of its own, in parts where it is too big for one item.

A document's head item is written last and names its parts by their digest, so that a write that stops half-way
leaves the former version whole. The bytes depend on the content alone: two writers of the same content write the
same items.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable
from typing import Any

from chalicelib.errors import Busy
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

PART = 350_000
"""Bytes of a part: an item may have 400 KB."""
DIGEST_BYTES = 8
TRIES = 3


def packed(content: Any) -> bytes:
    """Content as compressed JSON, the same bytes for the same content."""
    return zlib.compress(
        json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(), 9
    )


def unpacked(data: bytes) -> Any:
    """The content of `packed` bytes."""
    return json.loads(zlib.decompress(data))


def write(table: Table, partition: str, content: Any, *, expires_at: int | None = None) -> None:
    """Write a document, replacing the former one; `expires_at` in seconds since 1970."""
    data = packed(content)
    head: Item = {**keys.document_head(partition), keys.EXPIRES: expires_at}
    if len(data) <= PART:
        head["data"] = data
    else:
        digest = hashlib.sha256(data).hexdigest()[: 2 * DIGEST_BYTES]
        pieces = [data[start : start + PART] for start in range(0, len(data), PART)]
        head |= {"digest": digest, "parts": len(pieces)}
        for part, piece in enumerate(pieces):
            key = keys.document_part(partition, digest, part)
            table.put({**key, "data": piece, keys.EXPIRES: expires_at})
    former = table.replace(head)
    if former and former.get("digest") not in (None, head.get("digest")):
        for key in _parts(partition, former):
            table.delete(key)


def read(table: Table, partition: str) -> Any | None:
    """A document's content, None if there is none. Raises Busy if it is being replaced all the while."""
    return read_many(table, [partition]).get(partition)


def read_many(table: Table, partitions: Iterable[str]) -> dict[str, Any]:
    """The contents of those documents that are there, by their partitions; small ones in a call per hundred."""
    heads = table.get_many(map(keys.document_head, partitions), consistent=True)
    return {partition: _content(table, partition, head) for partition, head in heads.items()}


def _content(table: Table, partition: str, head: Item) -> Any:
    for _ in range(TRIES):
        if "data" in head:
            return unpacked(head["data"])
        parts = [table.get(key, consistent=True) for key in _parts(partition, head)]
        if all(parts):
            return unpacked(b"".join(part["data"] for part in parts if part))
        head = table.get(keys.document_head(partition), consistent=True) or head
    raise Busy(retry_after=1)


def _parts(partition: str, head: Item) -> list[keys.Key]:
    return [keys.document_part(partition, head["digest"], part) for part in range(head.get("parts", 0))]
