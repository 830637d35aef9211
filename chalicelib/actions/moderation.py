"""What moderators do beside deciding: look closer, set an article's comments, answer as the staff."""

from typing import Any

from chalicelib.actions import articles as article_actions
from chalicelib.actions import comments as comment_actions
from chalicelib.actions import identity, queue
from chalicelib.actions.poster import name_hash, submission_key
from chalicelib.backend import Backend
from chalicelib.errors import FieldProblem, Forbidden, InvalidFields, NotFound
from chalicelib.model import UNSET, Article, Caller, Comment, NewsroomMode, PostedComment, Unset
from chalicelib.model.moderation import Dossier, Queued
from chalicelib.storage import articles, audit, authors, keys, reports
from chalicelib.storage import comments as stored_comments
from chalicelib.storage import queue as stored_queue
from chalicelib.storage.table import ConditionFailed, TransactionRefused

AUTHOR_COMMENTS = 20
"""Other comments of the same author that are shown beside one."""


def show_comment(backend: Backend, caller: Caller, *, comment_id: str) -> Dossier:
    """All that is known of a comment, its author and its reports.

    Raises NotFound, and Forbidden for another section.
    """
    queued = _seen(backend, caller, comment_id)
    comment, table = queued.comment, backend.table
    record = table.get(keys.author(comment.author_key), consistent=True)
    published, rejected = authors.outcomes(record, backend.now())
    entries = stored_queue.by_author(table, comment.author_key, newest=True, limit=AUTHOR_COMMENTS + 1).items
    written = [keys.id_of(item["pk"]) for item in entries]
    around = queue.with_articles(table, [*written, *([comment.parent_id] if comment.parent_id else [])])
    visible = {id: other for id, other in around.items() if queue.may_see(caller, other.article)}
    lines = audit.lines_of(table, identity.site_secret(backend), comment)
    told = reports.read_many(table, comment.reports.union(*(line.reports for line in lines)))
    name = name_hash(backend, comment.author_key, comment.author_name)
    return Dossier(
        queued=queued,
        parent=visible.get(comment.parent_id or ""),
        author_approved=authors.name_approved(record, name),
        author_published=published,
        author_rejected=rejected,
        author_comments=tuple(visible[id] for id in written if id in visible and id != comment.id),
        audit=tuple(lines),
        versions=tuple(stored_comments.versions(table, comment)),
        reports=tuple(sorted(told.values(), key=lambda report: report.at)),
    )


def set_article(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    comments: NewsroomMode | Unset = UNSET,
    pinned: str | Unset | None = UNSET,
) -> tuple[Article, bool]:
    """Open, hold or close an article's comments whatever the CMS sends, or leave them to it (`auto`); pin one.

    A field left out keeps its value; a null `pinned` unpins. Gives the article, and whether it is open. Raises
    NotFound, Forbidden for its section, and InvalidFields for a comment that is not public there.
    """
    article, _ = article_actions.show(backend, caller, article_id=article_id)
    _check_section(caller, article)
    fields: dict[str, Any] = {}
    if not isinstance(comments, Unset):
        fields["newsroom_mode"] = None if comments == "auto" else comments
    if not isinstance(pinned, Unset):
        fields["pinned"] = _path_of(backend, article_id, pinned) if pinned else None
    if fields:
        try:
            article = articles.change(backend.table, article_id, fields, backend.now())
        except ConditionFailed as gone:
            raise NotFound("unknown_article") from gone
    facts = {
        "actor": caller.actor,
        "article_id": article_id,
        "mode": article.newsroom_mode,
        "fields": sorted(fields),
    }
    backend.tell("article", facts)
    return article, article_actions.is_open(backend, article)


def reply(
    backend: Backend,
    caller: Caller,
    *,
    comment_id: str,
    content: str,
    author_name: str | None = None,
    submission_id: str | None = None,
) -> PostedComment:
    """Answer a published comment as the staff: published at once, with a badge, even where comments are closed.

    Raises NotFound, Forbidden for its section, and InvalidFields where the comment is not published.
    """
    answered = _seen(backend, caller, comment_id)
    actor = caller.actor or ""
    id = submission_key(backend, submission_id, "staff", actor, comment_id)
    before = stored_comments.read(backend.table, id)
    if before:
        return comment_actions.own(backend, before, answered.article)
    if answered.comment.status != "published":
        raise InvalidFields([FieldProblem("comment_id", "not_published")])
    now = backend.now()
    parent, path = comment_actions.place(
        backend, answered.comment, now, id, lambda above: stored_comments.read(backend.table, above)
    )
    comment = Comment(
        id=id,
        article_id=answered.article.id,
        parent_id=parent.id if parent else None,
        path=path,
        status="published",
        author_key=identity.author_key(backend, f"staff:{actor}"),
        author_name=author_name or backend.settings.staff_name,
        author_email="",
        author_url=None,
        content=content,
        created_at=now,
        staff=True,
    )
    backend.tell("reply", {"actor": actor, "comment_id": id, "article_id": answered.article.id})
    return comment_actions.own(backend, _published(backend, comment), answered.article)


def _published(backend: Backend, comment: Comment) -> Comment:
    writes = [
        stored_comments.put_write(comment),
        articles.count_write(comment.article_id, comments=1, threads=int(comment.parent_id is None)),
    ]
    if comment.parent_id:
        writes.append(stored_comments.replies_write(comment.parent_id, 1))
    try:
        backend.table.transact(writes)
    except TransactionRefused as refused:
        if stored := refused.failed.get(0):
            return stored_comments.from_item(stored)
        raise NotFound("unknown_article") from refused
    return comment


def _seen(backend: Backend, caller: Caller, comment_id: str) -> Queued:
    comment = stored_comments.read(backend.table, comment_id)
    queued = queue.with_article(backend.table, comment) if comment else None
    if queued is None:
        raise NotFound("unknown_comment")
    _check_section(caller, queued.article)
    return queued


def _check_section(caller: Caller, article: Article) -> None:
    if not queue.may_see(caller, article):
        raise Forbidden("wrong_section")


def _path_of(backend: Backend, article_id: str, comment_id: str) -> str:
    comment = stored_comments.read(backend.table, comment_id)
    if comment is None or comment.article_id != article_id or comment.status != "published":
        raise InvalidFields([FieldProblem("pinned", "not_published")])
    return comment.path
