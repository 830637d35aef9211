"""Page views: sets of readers as they are counted, and the documents the roll-up makes of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from chalicelib.rules import instants
from chalicelib.rules.ranking import NOBODY, HourViews
from chalicelib.storage import documents, keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

SET_LIFE = 48 * instants.HOUR
PAST_LIFE = 10 * instants.DAY
"""The past is made anew each day from the day before's; after longer without a roll-up, from every day."""
READERS_PER_SET = 150
"""Hashes of 4 bytes that keep an item with a 128-character article id within one write unit (1 KB)."""

Hour = dict[str, HourViews]
Counts = dict[str, tuple[int, int]]
"""Views by article: exact, and capped by network."""


@dataclass(frozen=True)
class Imported:
    """An article's hour as an access log tells it; `instead` is what had been counted live and it replaces.

    Whatever is counted live beyond that is added to it.
    """

    views: HourViews
    instead: HourViews = NOBODY


def add_reader(
    table: Table,
    *,
    hour: int,
    slot: int,
    article_id: str,
    environment: str,
    n: int,
    reader: bytes,
    partitions: int,
) -> None:
    """Write one reader of a slot: a set union, so writing it again changes nothing. 1 write unit, no read."""
    ends = hour * instants.HOUR + slot * instants.SLOT
    table.update(
        keys.view_set(hour, slot, article_id, environment, n, partitions),
        f"ADD #readers :readers SET #{keys.EXPIRES} = :expires",
        {":readers": {reader}, ":expires": (ends + SET_LIFE) // instants.SECOND},
    )


def read_sets(table: Table, hour: int, partitions: int) -> dict[str, list[tuple[int, set[bytes]]]]:
    """All sets of an hour, by article: each with its slot."""
    found: dict[str, list[tuple[int, set[bytes]]]] = defaultdict(list)
    for partition in range(partitions):
        for item in table.query_all("#pk = :pk", {":pk": keys.view_partition(hour, partition)}, consistent=True):
            article_id, slot = keys.article_and_slot_of(item["sk"])
            found[article_id].append((slot, item["readers"]))
    return found


def read_live(table: Table, hour: int) -> Hour:
    """What the roll-up counted of an hour."""
    return _live(documents.read(table, keys.live_hour(hour)))


def write_live(table: Table, hour: int, rows: Hour) -> None:
    """Replace what is counted of an hour."""
    content = {article_id: [row.exact, row.capped] for article_id, row in rows.items()}
    documents.write(table, keys.live_hour(hour), content)


def read_imported(table: Table, hour: int) -> dict[str, Imported]:
    """What access logs told of an hour."""
    return _imported(documents.read(table, keys.imported_hour(hour)))


def write_imported(table: Table, hour: int, rows: dict[str, Imported]) -> None:
    """Replace what access logs told of an hour."""
    content = {
        article_id: [row.views.exact, row.views.capped, row.instead.exact, row.instead.capped]
        for article_id, row in rows.items()
    }
    documents.write(table, keys.imported_hour(hour), content)


def read_hours(table: Table, hours: Iterable[int]) -> dict[int, Hour]:
    """The views of these hours, live and imported together, in one call for every fifty small ones."""
    wanted = list(hours)
    partitions = [key(hour) for hour in wanted for key in (keys.live_hour, keys.imported_hour)]
    found = documents.read_many(table, partitions)
    return {
        hour: together(_live(found.get(keys.live_hour(hour))), _imported(found.get(keys.imported_hour(hour))))
        for hour in wanted
    }


def together(live: Hour, imported: dict[str, Imported]) -> Hour:
    """An hour's views, live and imported."""
    rows = dict(live)
    for article_id, log in imported.items():
        rows[article_id] = log.views + live.get(article_id, NOBODY).beyond(log.instead)
    return rows


def _live(content: Any) -> Hour:
    return {
        article_id: HourViews(tuple(exact), tuple(capped))
        for article_id, (exact, capped) in (content or {}).items()
    }


def _imported(content: Any) -> dict[str, Imported]:
    return {
        article_id: Imported(HourViews(*map(tuple, row[:2])), HourViews(*map(tuple, row[2:])))
        for article_id, row in (content or {}).items()
    }


def counts_of(hour: Hour) -> Counts:
    """An hour's views by article."""
    return {article_id: (sum(row.exact), sum(row.capped)) for article_id, row in hour.items()}


def write_day(table: Table, day: int, counts: Counts) -> None:
    """Replace a finished day's views."""
    documents.write(table, keys.day(day), counts)


def read_day(table: Table, day: int) -> Counts | None:
    """A finished day's views, None if it was not summed yet."""
    rows = documents.read(table, keys.day(day))
    return None if rows is None else {article_id: (row[0], row[1]) for article_id, row in rows.items()}


def write_past(table: Table, day: int, content: Any) -> None:
    """Replace the document of all that was counted before a day."""
    expires = ((day * instants.DAY) + PAST_LIFE) // instants.SECOND
    documents.write(table, keys.past(day), content, expires_at=expires)


def read_past(table: Table, day: int) -> Any | None:
    """The document of all that was counted before a day, None if it was not made yet."""
    return documents.read(table, keys.past(day))


def read_state(table: Table) -> Item:
    """The roll-up's state: `closed` (the last hour that is final), `version` (of the counts it reads), and
    `finished_at` (when one last came to its end, in milliseconds, cut to the minute)."""
    return table.get(keys.roll_up_state(), consistent=True) or {}


def close_hour(table: Table, hour: int) -> None:
    """Note that an hour is final; never goes back."""
    table.advance(keys.roll_up_state(), "closed", hour)


def finish(table: Table, state: Item, now: int) -> None:
    """Note that a roll-up, which began with this state, has come to its end: one write a minute, never back."""
    minute = instants.minute_start(now)
    if state.get("finished_at", -1) >= minute:
        return
    table.advance(keys.roll_up_state(), "finished_at", minute)


def take_over(table: Table, environment: str) -> None:
    """Note which environment rolls up now."""
    table.update(keys.roll_up_state(), "SET #by = :environment", {":environment": environment})


def start_counting(table: Table, hour: int) -> None:
    """Spare the first roll-up of a new table the search for views from before there was one."""
    close_hour(table, hour - 1)


def note_day(table: Table, day: int) -> None:
    """Remember that a day has views."""
    table.update(keys.days_with_views(), "ADD #days :days", {":days": {str(day)}})


def days_with_views(table: Table) -> list[int]:
    """The days that have views, in order."""
    item = table.get(keys.days_with_views(), consistent=True) or {}
    return sorted(map(int, item.get("days", ())))


def counts_changed(table: Table) -> None:
    """Tell every roll-up that hours or days it may remember were rewritten."""
    table.update(keys.roll_up_state(), "ADD #version :one", {":one": 1})
