"""The moderation queue: comments by status, newest or oldest first, without those of deleted articles."""

from typing import cast

from chalicelib.model import STATUSES, Comment, Status
from chalicelib.storage import comments, keys
from chalicelib.storage.table import Table

COUNT_LIMIT = 1_000
OLDEST = 50
"""Entries among which the oldest of an article that is not deleted is looked for: about one read unit."""


def page(
    table: Table, status: Status, *, newest: bool, limit: int, after: str | None, hidden: set[str]
) -> tuple[list[Comment], str | None]:
    """Up to `limit` comments of a status behind the sort key `after`, and the one the next page begins behind.

    Those of the articles in `hidden` are left out.
    """
    condition, values = "#queue = :status", {":status": str(status)}
    if after is not None:
        condition += f" AND #queue_at {'<' if newest else '>'} :after"
        values[":after"] = after
    found = table.query(condition, values, index=keys.QUEUE, forward=not newest, limit=limit)
    ids = [
        keys.comment_id_of(item["pk"])
        for item in found.items
        if keys.article_id_of_queue(item[keys.QUEUE_AT]) not in hidden
    ]
    known = comments.read_many(table, ids)
    # The index may lag behind a decision: what has moved on since is not of this status any more.
    listed = [known[id] for id in ids if id in known and known[id].status == status]
    return listed, found.items[-1][keys.QUEUE_AT] if found.next_key else None


def counts(table: Table, hidden: set[str]) -> dict[Status, int]:
    """How many comments each status holds, counted up to 1,000, without those of the articles in `hidden`."""
    return {status: count(table, status, hidden) for status in STATUSES}


def oldest(table: Table, status: Status) -> int | None:
    """When the oldest comment of a status was written, in milliseconds, None if there is none: one Query.

    If the fifty oldest are all of deleted articles, the ones behind them are not looked for.
    """
    found = table.query("#queue = :status", {":status": status}, index=keys.QUEUE, limit=OLDEST).items
    hidden = deleted_articles(table) if found else set()
    seen = (item[keys.QUEUE_AT] for item in found)
    return next((keys.created_at_of_queue(at) for at in seen if keys.article_id_of_queue(at) not in hidden), None)


def published_since(table: Table, since: int) -> set[str]:
    """The articles of comments written since a time (milliseconds) and published."""
    found = table.query_all(
        "#queue = :status AND #queue_at >= :since",
        {":status": "published", ":since": keys.queue_since(since)},
        index=keys.QUEUE,
    )
    return {keys.article_id_of_queue(item[keys.QUEUE_AT]) for item in found}


def count(table: Table, status: Status, hidden: set[str]) -> int:
    """How many comments a status holds, counted up to 1,000, without those of the articles in `hidden`."""
    if not hidden:
        answer = table.query(
            "#queue = :status", {":status": status}, index=keys.QUEUE, limit=COUNT_LIMIT, count_only=True
        )
        return answer.count
    counted = 0
    found = table.query_all("#queue = :status", {":status": status}, index=keys.QUEUE, limit=COUNT_LIMIT)
    for item in found:
        counted += keys.article_id_of_queue(item[keys.QUEUE_AT]) not in hidden
        if counted >= COUNT_LIMIT:
            break
    return counted


def deleted_articles(table: Table) -> set[str]:
    """The articles whose comments moderators must not see."""
    item = table.get(keys.deleted_articles(), consistent=True)
    return cast(set[str], (item or {}).get("ids", set()))
