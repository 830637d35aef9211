"""Documents: JSON too big for one item, compressed, in parts that are only read back together.

The bytes depend on the content alone, so two writers of the same content write the same items.
"""

import hashlib
import json
import zlib
from typing import Any

from chalicelib.errors import Busy
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

PART = 350_000
"""Bytes of a part: an item may have 400 KB."""
TRIES = 3


def packed(content: Any) -> bytes:
    """Content as compressed JSON, the same bytes for the same content."""
    return zlib.compress(
        json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(), 9
    )


def unpacked(data: bytes) -> Any:
    """The content of `packed` bytes."""
    return json.loads(zlib.decompress(data))


def write(table: Table, partition: str, name: str, content: Any, *, expires_at: int | None = None) -> None:
    """Write a document, replacing the one of that name; `expires_at` in seconds since 1970."""
    data = packed(content)
    digest = hashlib.sha256(data).digest()[:8]
    pieces = [data[start : start + PART] for start in range(0, len(data), PART)]
    for part, piece in enumerate(pieces):
        table.put(
            {
                **keys.document_part(partition, name, part),
                "data": piece,
                "digest": digest,
                "parts": len(pieces),
                keys.EXPIRES: expires_at,
            }
        )


def read(table: Table, partition: str, name: str) -> Any | None:
    """A document's content, None if there is none. Raises Busy if it is being replaced all the while."""
    for _ in range(TRIES):
        parts = list(
            table.query_all(
                "#pk = :pk AND begins_with(#sk, :name)",
                {":pk": partition, ":name": keys.document_prefix(name)},
                consistent=True,
            )
        )
        if not parts:
            return None
        whole = _whole(parts)
        if whole is not None:
            return unpacked(whole)
    raise Busy(retry_after=1)


def _whole(parts: list[Item]) -> bytes | None:
    first = parts[0]
    wanted = parts[: first["parts"]]
    if len(wanted) < first["parts"] or any(part["digest"] != first["digest"] for part in wanted):
        return None
    return b"".join(part["data"] for part in wanted)
