"""Authors by the keyed hash of their address, and networks: pace, repeated texts, names approved before."""

import re
from typing import Any

from chalicelib.rules import instants, pace
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Write

TEXTS_KEPT = 60
"""Hashes of an author's last texts; at this many the set starts afresh, so that the item stays in 1 KB."""
MOST_GROWN = 40
"""Comments of a network after which the past ones are swept out of its item, so that it stays within 2 KB."""
ADDRESS = re.compile(r"a[0-9a-f]{4}")
SLOT = re.compile(r"s\d+")
NETWORK_LIFE = instants.DAY
PERIOD = 30 * instants.DAY
"""What became of an author's comments is counted by the month in which they came: `p...` published, `r...`
rejected or spam. This month and the two before it count; past ones are swept out by the author's next comment."""
MONTHS = 3
OUTCOMES = re.compile(r"[pr](\d+)")


def author_write(
    author_key: str, record: Item | None, *, text_hash: bytes, now: int, interval: int, published: bool
) -> Write:
    """The write that notes a comment on its author's record, and that it was published at once.

    It fails, giving the record, if the author wrote the same text before or less than `interval` seconds ago.
    """
    texts: set[bytes] = (record or {}).get("texts", set())
    condition = "NOT contains(#texts, :text)"
    values: dict[str, Any] = {":now": now, ":text": text_hash, ":texts": {text_hash}}
    if interval:
        condition += " AND (attribute_not_exists(#last) OR #last <= :before)"
        values[":before"] = now - interval * instants.SECOND
    afresh = len(texts) >= TEXTS_KEPT
    added = ([] if afresh else ["#texts :texts"]) + ([f"#p{now // PERIOD} :one"] if published else [])
    if published:
        values[":one"] = 1
    update = "SET #last = :now" + (", #texts = :texts" if afresh else "")
    update += f" ADD {', '.join(added)}" if added else ""
    past = [f"#{name}" for name in record or {} if _is_past(name, now)]
    update += f" REMOVE {', '.join(past)}" if past else ""
    return Write("Update", key=keys.author(author_key), update=update, condition=condition, values=values)


def outcomes(record: Item | None, now: int) -> tuple[int, int]:
    """How many of an author's comments of the last months were published, and how many rejected or spam."""
    held, month = record or {}, now // PERIOD
    published, rejected = (
        sum(max(held.get(f"{kind}{month - back}", 0), 0) for back in range(MONTHS)) for kind in "pr"
    )
    return published, rejected


def _is_past(name: str, now: int) -> bool:
    outcome = OUTCOMES.fullmatch(name)
    return outcome is not None and int(outcome[1]) <= now // PERIOD - MONTHS


def said_before(record: Item | None, text_hash: bytes) -> bool:
    """Whether an author's record holds this text."""
    return text_hash in (record or {}).get("texts", set())


def name_approved(record: Item | None, name_hash: bytes) -> bool:
    """Whether a comment of this author under this name was approved before."""
    return name_hash in (record or {}).get("approved", set())


def outcome_writes(
    author_key: str,
    created_at: int,
    *,
    published: int = 0,
    rejected: int = 0,
    approved: bytes | None = None,
    text_hash: bytes | None = None,
    record: Item | None = None,
) -> list[Write]:
    """The write, if any, that counts what became of an author's comment and remembers the name `approved`.

    Where the comment is edited it also notes its other text, `text_hash`, at no pace; `record` is the author's.
    """
    month = created_at // PERIOD
    afresh = text_hash is not None and len((record or {}).get("texts", ())) >= TEXTS_KEPT
    added: dict[str, Any] = {}
    if published:
        added[f"p{month}"] = published
    if rejected:
        added[f"r{month}"] = rejected
    if approved:
        added["approved"] = {approved}
    values = {f":{name}": value for name, value in added.items()}
    if text_hash:
        values[":texts"] = {text_hash}
    if not values:
        return []
    adds = [*added, *(["texts"] if text_hash and not afresh else [])]
    update = "SET #texts = :texts" if afresh else ""
    update += (" ADD " + ", ".join(f"#{name} :{name}" for name in adds)) if adds else ""
    return [Write("Update", key=keys.author(author_key), update=update.strip(), values=values)]


def network_write(network_key: str, record: Item | None, *, address: str, now: int, interval: int) -> Write:
    """The write that notes a comment on its network's item.

    One item holds the last time of each exact address (`a...`, the hash of the address) and the comments of
    each interval (`s...`), since an item of its own for each limit would cost two write units more. It fails,
    giving the item, if the address or the whole network is too fast, or if the item has grown so much that
    what is past must be swept out with `record` in hand. Sweeping needs no condition of its own: what is past
    limits nobody.
    """
    mine, slot = f"a{address}", f"s{pace.slot(now, interval)}"
    values: dict[str, Any] = {
        ":now": now,
        ":before": now - interval * instants.SECOND,
        ":wide": pace.WIDE_LIMIT,
        ":one": 1,
        ":expires": (now + NETWORK_LIFE) // instants.SECOND,
    }
    update = f"SET #{mine} = :now, #{keys.EXPIRES} = :expires"
    condition = (
        f"(attribute_not_exists(#{mine}) OR #{mine} <= :before)"
        f" AND (attribute_not_exists(#{slot}) OR #{slot} < :wide)"
    )
    if must_be_swept(record):
        stale = [name for name in _stale(record or {}, now, interval) if name not in (mine, slot)]
        remove = " REMOVE " + ", ".join(f"#{name}" for name in stale) if stale else ""
        update += f", #grown = :one ADD #{slot} :one{remove}"
    else:
        update += f" ADD #{slot} :one, #grown :one"
        condition += " AND (attribute_not_exists(#grown) OR #grown < :most)"
        values[":most"] = MOST_GROWN
    return Write("Update", key=keys.pace(network_key), update=update, condition=condition, values=values)


def must_be_swept(record: Item | None) -> bool:
    """Whether a network's item has taken so many comments since it was swept that it must be swept again."""
    return bool((record or {}).get("grown", 0) >= MOST_GROWN)


def network_wait(record: Item | None, *, address: str, now: int, interval: int) -> int | None:
    """Seconds until this address, or its whole network, may comment again; None if it may now."""
    held = record or {}
    last = held.get(f"a{address}")
    if last is not None and last > now - interval * instants.SECOND:
        return pace.seconds_left(last, now, interval)
    slot = pace.slot(now, interval)
    if held.get(f"s{slot}", 0) >= pace.WIDE_LIMIT:
        return pace.seconds_left(slot * interval * instants.SECOND, now, interval)
    return None


def _stale(record: Item, now: int, interval: int) -> list[str]:
    """The attributes of a network's item that limit nobody any more."""
    current, before = pace.slot(now, interval), now - interval * instants.SECOND
    stale = [name for name, value in record.items() if ADDRESS.fullmatch(name) and value <= before]
    return stale + [name for name in record if SLOT.fullmatch(name) and int(name[1:]) < current]


def author_wait(record: Item | None, *, now: int, interval: int) -> int | None:
    """Seconds until this author may comment again; None if it may now."""
    last = (record or {}).get("last")
    if last is None or last <= now - interval * instants.SECOND:
        return None
    return pace.seconds_left(last, now, interval)
