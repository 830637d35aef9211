"""Published comments of an article in reading order, read from the thread index."""

from collections.abc import Iterable
from itertools import islice

from chalicelib.model import PublicComment
from chalicelib.rules import threads
from chalicelib.storage import keys
from chalicelib.storage.comments import from_thread_entry
from chalicelib.storage.items import Item
from chalicelib.storage.table import Page, Table

PLACE = f"#{keys.THREAD}, #{keys.THREAD_AT}"
"""All that is read of a comment's own item for the public: where the index has what anyone may see."""
LEAST = "0"
"""Behind a sort key comes no other before the one with this character added."""


def entries(table: Table, article_id: str, *, after: str | None, forward: bool, limit: int) -> Page:
    """One Query of at most `limit` comments behind the sort key `after`; ascending is newest thread first."""
    condition, values = "#thread = :article", {":article": article_id}
    if after is not None:
        condition += f" AND #thread_at {'>' if forward else '<'} :after"
        values[":after"] = after
    return table.query(condition, values, index=keys.THREAD, forward=forward, limit=limit)


def public_comment(table: Table, article_id: str, comment_id: str) -> PublicComment | None:
    """A published comment of an article, None if there is none of that id, or it is another's or not public."""
    item = table.get(keys.comment(comment_id), consistent=True, only=PLACE)
    if not item or item[keys.THREAD] != article_id:
        return None
    return comment_at(table, article_id, item[keys.THREAD_AT])


def public_comments(table: Table, comment_ids: Iterable[str]) -> list[PublicComment]:
    """The published comments among these ids, in no order: one BatchGet of their places, and a Query for each."""
    places = table.get_each(map(keys.comment, comment_ids), consistent=True, only=PLACE)
    found = (comment_at(table, place[keys.THREAD], place[keys.THREAD_AT]) for place in places if place)
    return [comment for comment in found if comment]


def comment_at(table: Table, article_id: str, at: str) -> PublicComment | None:
    """The published comment with this sort key, None if there is none."""
    page = table.query(
        "#thread = :article AND #thread_at = :at",
        {":article": article_id, ":at": at},
        index=keys.THREAD,
        limit=1,
    )
    return from_thread_entry(page.items[0]) if page.items else None


def thread_entries(
    table: Table, article_id: str, at: str, limit: int, *, after: bool = False, until: str | None = None
) -> list[Item]:
    """Up to `limit` entries of the thread that holds the sort key `at`: from its beginning, or behind `at`.

    With `until`, another sort key of the thread, no further than that entry.
    """
    root = threads.root_of(at)
    bounds = {":from": at + LEAST if after else root, ":to": until or root + threads.BEYOND}
    found = table.query_all(
        "#thread = :article AND #thread_at BETWEEN :from AND :to",
        {":article": article_id} | bounds,
        index=keys.THREAD,
        limit=limit,
    )
    return list(islice(found, limit))


def newest_entries(table: Table, article_id: str, limit: int) -> list[Item]:
    """The first `limit` entries in reading order, newest thread first."""
    found = table.query_all("#thread = :article", {":article": article_id}, index=keys.THREAD, limit=limit)
    return list(islice(found, limit))
