"""The moderation queue: comments by status and open reports, newest or oldest first, from the index `queue`."""

from collections import Counter
from collections.abc import Iterator
from typing import cast

from chalicelib.model import STATUSES, QueueName, Status
from chalicelib.storage import keys
from chalicelib.storage.table import Page, Table

NAMES: tuple[QueueName, ...] = (*STATUSES, "reported")
COUNT_LIMIT = 1_000
OLDEST = 50
"""Entries among which the oldest of an article that is not deleted is looked for: about one read unit."""
LAST = "~"
"""Behind a time this comes after every entry of that time."""


def entries(
    table: Table,
    name: QueueName,
    *,
    newest: bool,
    limit: int,
    after: str | None = None,
    since: int | None = None,
    until: int | None = None,
) -> Page:
    """One Query of at most `limit` entries behind the sort key `after`, between two times (milliseconds)."""
    least = keys.queue_since(since or 0)
    most = LAST if until is None else keys.queue_since(until) + LAST
    if after is not None:
        least, most = (least, min(most, after)) if newest else (max(least, after), most)
    if least > most:
        return Page([], None)
    # Both ends are included: one more is asked for, in case the entry `after` is among them.
    page = table.query(
        "#queue = :name AND #queue_at BETWEEN :least AND :most",
        {":name": str(name), ":least": least, ":most": most},
        index=keys.QUEUE,
        forward=not newest,
        limit=limit + (after is not None),
    )
    return Page([item for item in page.items if item[keys.QUEUE_AT] != after], page.next_key)


def by_author(table: Table, author_key: str, *, newest: bool, limit: int, after: str | None = None) -> Page:
    """One Query of at most `limit` comments of an author behind the sort key `after`, whatever their status."""
    condition, values = "#author = :author", {":author": author_key}
    if after is not None:
        condition += f" AND #author_at {'<' if newest else '>'} :after"
        values[":after"] = after
    return table.query(condition, values, index=keys.AUTHOR, forward=not newest, limit=limit)


def counts(table: Table, hidden: set[str]) -> dict[QueueName, int]:
    """How many entries each status and the open reports hold, up to 1,000, without those of `hidden` articles."""
    return {name: count(table, name, hidden) for name in NAMES}


def counts_by_article(table: Table) -> dict[QueueName, Counter[str]]:
    """The articles of the newest 1,000 entries of each status and of the open reports, with how many each has."""
    return {
        name: Counter(
            keys.article_id_of_queue(item[keys.QUEUE_AT])
            for item in entries(table, name, newest=True, limit=COUNT_LIMIT).items
        )
        for name in NAMES
    }


def oldest(table: Table, status: Status) -> int | None:
    """When the oldest comment of a status was written, in milliseconds, None if there is none: one Query.

    If the fifty oldest are all of deleted articles, the ones behind them are not looked for.
    """
    found = table.query("#queue = :status", {":status": status}, index=keys.QUEUE, limit=OLDEST).items
    hidden = deleted_articles(table) if found else set()
    seen = (item[keys.QUEUE_AT] for item in found)
    return next((keys.created_at_of_queue(at) for at in seen if keys.article_id_of_queue(at) not in hidden), None)


def articles_since(table: Table, status: Status, since: int) -> Iterator[str]:
    """The article of each comment of a status written since a time (milliseconds)."""
    found = table.query_all(
        "#queue = :status AND #queue_at >= :since",
        {":status": status, ":since": keys.queue_since(since)},
        index=keys.QUEUE,
    )
    return (keys.article_id_of_queue(item[keys.QUEUE_AT]) for item in found)


def count(table: Table, name: str, hidden: set[str]) -> int:
    """How many comments a status holds, counted up to 1,000, without those of the articles in `hidden`."""
    if not hidden:
        answer = table.query(
            "#queue = :status", {":status": name}, index=keys.QUEUE, limit=COUNT_LIMIT, count_only=True
        )
        return answer.count
    counted = 0
    found = table.query_all("#queue = :status", {":status": name}, index=keys.QUEUE, limit=COUNT_LIMIT)
    for item in found:
        counted += keys.article_id_of_queue(item[keys.QUEUE_AT]) not in hidden
        if counted >= COUNT_LIMIT:
            break
    return counted


def deleted_articles(table: Table) -> set[str]:
    """The articles whose comments moderators must not see."""
    item = table.get(keys.deleted_articles(), consistent=True)
    return cast(set[str], (item or {}).get("ids", set()))
