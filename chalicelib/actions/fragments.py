"""What readers get without script: an article's comments and the most-read list as HTML."""

from collections.abc import Sequence
from typing import Literal

from chalicelib.actions import articles, pages, thread_pages, views
from chalicelib.backend import Backend
from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.model import Caller, ListSort, PublicComment, Sort, Window
from chalicelib.model.documents import CommentsDocument, Framing, ListDocument, Shape, Skin
from chalicelib.storage import thread_index

SUBMISSION_BYTES = 15


def comments(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    sort: Sort = "newest",
    limit: int = 20,
    cursor: str | None = None,
    reply_to: str | None = None,
    shape: Shape = "fragment",
    lang: str | None = None,
    skin: Skin | None = None,
    notice: Literal["held"] | None = None,
) -> CommentsDocument:
    """A page of an article's published comments, and the form for another one, as HTML.

    It reads what the list reads, and the comment that the form answers. Raises NotFound, and InvalidFields for a
    bad cursor or a comment that nobody may answer.
    """
    article, is_open = articles.show(backend, caller, article_id=article_id)
    return CommentsDocument(
        article,
        thread_pages.read(backend.table, article, is_open, sort, limit, cursor),
        sort,
        limit,
        _framing(backend, shape),
        backend.settings.max_content,
        answered=_answered(backend, article_id, reply_to) if reply_to else None,
        # Whoever asks for a fragment may keep it, and two texts sent under one id would be one comment.
        submission_id=backend.random_bytes(SUBMISSION_BYTES).hex() if shape == "page" else None,
        cursor=cursor,
        skin=skin,
        held=notice == "held",
    )


def most_read(
    backend: Backend,
    caller: Caller,
    *,
    window: Window = "24h",
    section: str | None = None,
    sort: ListSort = "views",
    limit: int = 5,
    exclude: Sequence[str] = (),
    published_within: int | None = None,
    article: str | None = None,
    shape: Shape = "fragment",
    lang: str | None = None,
) -> ListDocument:
    """A most-read list as HTML; `article` is the one being read."""
    found = views.top(
        backend,
        caller,
        window=window,
        section=section,
        sort=sort,
        limit=limit,
        exclude=exclude,
        published_within=published_within,
    )
    return ListDocument(found, _framing(backend, shape), article)


def _framing(backend: Backend, shape: Shape) -> Framing:
    return Framing(shape, pages.stylesheet(), backend.settings.origins)


def _answered(backend: Backend, article_id: str, comment_id: str) -> PublicComment:
    comment = thread_index.public_comment(backend.table, article_id, comment_id)
    if comment is None:
        raise InvalidFields([FieldProblem("reply_to", "unknown_parent")])
    return comment
