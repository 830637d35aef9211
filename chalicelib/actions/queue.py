"""The moderation queue: what waits and what was decided, by whatever a moderator looks for."""

from typing import cast

from chalicelib.backend import Backend
from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.model import Article, Asked, Caller, Comment, QueueName
from chalicelib.model.moderation import Queued, QueueFilter, QueuePage
from chalicelib.rules import queue as rules
from chalicelib.storage import articles, comments, keys, queue, reports
from chalicelib.storage.items import Item
from chalicelib.storage.table import Page, Table

STRIDE = 200
"""Entries that one Query for a filtered page asks for."""
EXAMINED = 1_000
"""Entries that a filtered page looks at before it comes back short."""
SELECTED_FROM = 5_000
"""Entries that a bulk job looks at."""


def list_queue(
    backend: Backend,
    caller: Caller,
    *,
    status: Asked = "held",
    section: str | None = None,
    article: str | None = None,
    author: str | None = None,
    network: str | None = None,
    reason: str | None = None,
    text: str | None = None,
    since: int | None = None,
    until: int | None = None,
    order: str = "newest",
    limit: int = 50,
    cursor: str | None = None,
) -> QueuePage:
    """A page of the queue with the counts of every status. Raises InvalidFields for a bad cursor.

    Without a filter it takes one Query; with one it looks at a thousand entries at most, so it may be short.
    """
    wanted = QueueFilter(status, section, article, author, network, reason, text, since, until)
    is_position = rules.is_segment if author else rules.is_queue_position
    if cursor is not None and not is_position(cursor):
        raise InvalidFields([FieldProblem("cursor", "invalid_format")])
    read_at = backend.now()
    plain = wanted == QueueFilter(status) and caller.sections is None
    search = Search(backend, caller, wanted, newest=order == "newest", stride=limit if plain else STRIDE)
    found, following = search.run(limit=limit, after=cursor, examined=limit if plain else EXAMINED)
    return QueuePage(tuple(found), _counts(backend, caller), following, read_at)


def select(backend: Backend, caller: Caller, wanted: QueueFilter, most: int) -> tuple[list[str], bool]:
    """The ids of the comments that a filter selects, at most so many, and whether there are more."""
    search = Search(backend, caller, wanted, newest=True, stride=STRIDE)
    found, following = search.run(limit=most, after=None, examined=SELECTED_FROM)
    return [queued.comment.id for queued in found], following is not None


def may_see(caller: Caller, article: Article) -> bool:
    """Whether a moderator's token reaches this article's section."""
    return caller.sections is None or article.section in caller.sections


class Search:
    """One walk along the queue, or along an author's comments, for those that match."""

    def __init__(
        self, backend: Backend, caller: Caller, wanted: QueueFilter, *, newest: bool, stride: int
    ) -> None:
        if wanted.status == "all" and not wanted.author:
            raise InvalidFields([FieldProblem("author", "required")])
        self._table = backend.table
        self._caller = caller
        self._wanted = wanted
        self._newest = newest
        self._stride = stride
        self._at = keys.AUTHOR_AT if wanted.author else keys.QUEUE_AT

    def run(self, *, limit: int, after: str | None, examined: int) -> tuple[list[Queued], str | None]:
        """At most `limit` comments behind an entry, and the entry the next page begins behind, None at the end."""
        found: dict[str, Queued] = {}
        while True:
            page = self._page(after)
            queued = self._queued(page.items)
            for place, item in enumerate(page.items):
                match = queued.get(item["pk"])
                if match and self._matches(match):
                    found[match.comment.id] = match
                after = item[self._at]
                if len(found) == limit:
                    last = place == len(page.items) - 1 and page.next_key is None
                    return list(found.values()), None if last else after
            examined -= len(page.items)
            if page.next_key is None or examined <= 0:
                return list(found.values()), after if page.next_key else None

    def _page(self, after: str | None) -> Page:
        wanted, stride = self._wanted, self._stride
        if wanted.author:
            return queue.by_author(self._table, wanted.author, newest=self._newest, limit=stride, after=after)
        return queue.entries(
            self._table,
            cast(QueueName, wanted.status),
            newest=self._newest,
            limit=stride,
            after=after,
            since=wanted.since,
            until=wanted.until,
        )

    def _queued(self, items: list[Item]) -> dict[str, Queued]:
        """The comments of index entries, with their articles, by the entries' partition keys."""
        if not self._wanted.author and self._wanted.article:
            items = [i for i in items if keys.article_id_of_queue(i[self._at]) == self._wanted.article]
        comment_ids = {item["pk"]: keys.id_of(item["pk"]) for item in items}
        if self._wanted.status == "reported" and not self._wanted.author:
            open_reports = reports.read_many(self._table, comment_ids.values())
            comment_ids = {
                keys.report(id)["pk"]: report.comment_id
                for id, report in open_reports.items()
                if report.settled_at is None
            }
        known = with_articles(self._table, list(comment_ids.values()))
        return {pk: known[id] for pk, id in comment_ids.items() if id in known}

    def _matches(self, queued: Queued) -> bool:
        # The index may lag behind a decision: what has moved on since is not of this status any more.
        wanted, comment = self._wanted, queued.comment
        if wanted.status == "reported" and not comment.reports:
            return False
        if wanted.section is not None and queued.article.section != wanted.section:
            return False
        return may_see(self._caller, queued.article) and rules.matches(wanted, comment)


def with_articles(table: Table, comment_ids: list[str]) -> dict[str, Queued]:
    """The comments among these ids whose articles are not deleted, each with its article."""
    known = comments.read_many(table, comment_ids)
    about = {comment.article_id for comment in known.values()}
    present = articles.read_many(table, about, consistent=True)
    return {
        id: Queued(comment, present[comment.article_id])
        for id, comment in known.items()
        if comment.article_id in present
    }


def with_article(table: Table, comment: Comment) -> Queued | None:
    """A comment with its article, None where that is deleted."""
    article = articles.read(table, comment.article_id, consistent=True)
    return Queued(comment, article) if article else None


def _counts(backend: Backend, caller: Caller) -> dict[QueueName, int]:
    if caller.sections is None:
        return queue.counts(backend.table, queue.deleted_articles(backend.table))
    by_article = queue.counts_by_article(backend.table)
    about = {article_id for counter in by_article.values() for article_id in counter}
    seen = {
        id
        for id, article in articles.read_many(backend.table, about, consistent=True).items()
        if may_see(caller, article)
    }
    return {
        name: sum(count for article_id, count in counter.items() if article_id in seen)
        for name, counter in by_article.items()
    }
