"""Articles: registered, changed and deleted by the publisher, read and counted by anyone."""

from collections.abc import Sequence

from chalicelib.actions import counting
from chalicelib.backend import Backend
from chalicelib.errors import FieldProblem, InvalidFields, NotFound
from chalicelib.model import UNSET, Article, Caller, CommentsMode, Unset
from chalicelib.rules import articles as rules
from chalicelib.storage import articles
from chalicelib.storage.table import ConditionFailed


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
    before = articles.read_any(backend.table, article_id)
    is_new = before is None or before.deleted_at is not None
    missing = [name for name in ("url", "title") if name not in fields]
    if is_new and missing:
        raise _missing(missing)
    try:
        article = articles.register(backend.table, article_id, fields, backend.now())
    except ConditionFailed as error:  # deleted since it was read
        raise _missing(missing) from error
    if before is not None and before.deleted_at is not None:
        articles.show_in_queue(backend.table, article_id)
    if article.views:
        articles.note_change(backend.table, article_id, backend.now())
    counting.forget(backend, article_id)
    return article, is_open(backend, article), is_new


def show(backend: Backend, caller: Caller, *, article_id: str) -> tuple[Article, bool]:
    """An article, and whether readers may comment on it now. Raises NotFound."""
    article = articles.read(backend.table, article_id, consistent=True)
    if article is None:
        raise NotFound("unknown_article")
    return article, is_open(backend, article)


def delete(backend: Backend, caller: Caller, *, article_id: str) -> None:
    """Hide an article and its comments everywhere. Raises NotFound where there is none."""
    articles.hide_from_queue(backend.table, article_id)
    article = articles.delete(backend.table, article_id, backend.now())
    if article is None:
        if articles.read_any(backend.table, article_id) is None:
            articles.show_in_queue(backend.table, article_id)
        raise NotFound("unknown_article")
    articles.note_change(backend.table, article_id, backend.now())
    counting.forget(backend, article_id)


def counts(backend: Backend, caller: Caller, *, ids: Sequence[str]) -> list[Article]:
    """The articles among these ids that are registered, for their counts."""
    found = articles.read_many(backend.table, ids, consistent=True)
    return [found[id] for id in dict.fromkeys(ids) if id in found]


def is_open(backend: Backend, article: Article) -> bool:
    """Whether readers may comment on an article now."""
    return rules.comments_open(article, now=backend.now(), close_after_days=backend.settings.close_after_days)


def _missing(names: list[str]) -> InvalidFields:
    return InvalidFields([FieldProblem(name, "required") for name in names])
