"""Articles: registered, changed and deleted by the publisher, read and counted by anyone."""

from collections.abc import Sequence
from typing import Any

from chalicelib.actions import counting
from chalicelib.backend import Backend
from chalicelib.errors import Busy, FieldProblem, InvalidFields, NotFound
from chalicelib.model import UNSET, Article, Caller, CommentsMode, Unset
from chalicelib.rules import articles as rules
from chalicelib.storage import articles
from chalicelib.storage.table import ConditionFailed, TransactionRefused

TRIES = 3


def register(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    url: str | Unset = UNSET,
    title: str | Unset = UNSET,
    section: str | Unset | None = UNSET,
    image_url: str | Unset | None = UNSET,
    published_at: int | Unset | None = UNSET,
    comments: CommentsMode | Unset | None = UNSET,
) -> tuple[Article, bool, bool]:
    """Register an article or change what is given of it: the article, whether it is open, whether it is new.

    An article that was deleted comes back as new, with its comments and views.

    Raises InvalidFields where a new article has no `url` or no `title`.
    """
    given = {
        "url": url,
        "title": title,
        "section": section,
        "image_url": image_url,
        "published_at": published_at,
        "comments_mode": comments,
    }
    fields = {name: value for name, value in given.items() if value is not UNSET}
    article, is_new, came_back = _registered(backend, article_id, fields)
    if article.views or came_back:
        articles.note_change(backend.table, article_id, backend.now())
    counting.forget(backend, article_id)
    return article, is_open(backend, article), is_new or came_back


def show(backend: Backend, caller: Caller, *, article_id: str) -> tuple[Article, bool]:
    """An article, and whether readers may comment on it now. Raises NotFound."""
    article = articles.read(backend.table, article_id, consistent=True)
    if article is None:
        raise NotFound("unknown_article")
    return article, is_open(backend, article)


def delete(backend: Backend, caller: Caller, *, article_id: str) -> None:
    """Hide an article and its comments everywhere. Raises NotFound where there is none."""
    try:
        articles.delete(backend.table, article_id, backend.now())
    except TransactionRefused as refused:
        if refused.failed.get(0):
            # Deleted before, perhaps by this very request whose answer was lost: the lists must learn of it.
            articles.note_change(backend.table, article_id, backend.now())
        raise NotFound("unknown_article") from refused
    articles.note_change(backend.table, article_id, backend.now())
    counting.forget(backend, article_id)


def counts(backend: Backend, caller: Caller, *, ids: Sequence[str]) -> list[Article]:
    """The articles among these ids that are registered, for their counts."""
    found = articles.read_many(backend.table, ids, consistent=True)
    return [found[id] for id in dict.fromkeys(ids) if id in found]


def is_open(backend: Backend, article: Article) -> bool:
    """Whether readers may comment on an article now."""
    return rules.comments_open(article, now=backend.now(), close_after_days=backend.settings.close_after_days)


def _registered(backend: Backend, article_id: str, fields: dict[str, Any]) -> tuple[Article, bool, bool]:
    """The article as registered now, whether it is new, and whether it was deleted before."""
    missing = [FieldProblem(name, "required") for name in ("url", "title") if name not in fields]
    for _ in range(TRIES):
        try:
            return *articles.register(backend.table, article_id, fields, backend.now()), False
        except ConditionFailed as refused:
            if missing:
                raise InvalidFields(missing) from refused
        try:
            articles.bring_back(backend.table, article_id, fields, backend.now())
        except TransactionRefused:
            continue  # another request brought it back: now it is there to be changed
        article = articles.read(backend.table, article_id, consistent=True)
        if article:
            return article, False, True
    raise Busy(retry_after=1)
