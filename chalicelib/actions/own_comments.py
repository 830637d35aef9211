"""What an author may do with a comment, proved by the edit token: see its state, edit it, take it back."""

import hmac
from dataclasses import replace
from typing import Any

from chalicelib.actions import articles as article_actions
from chalicelib.actions import identity, judging, moves
from chalicelib.actions.comments import own
from chalicelib.actions.poster import Poster, Written, poster
from chalicelib.backend import Backend
from chalicelib.errors import Conflict, Forbidden, NotFound
from chalicelib.model import Article, Caller, Comment, Decided, PostedComment
from chalicelib.rules import instants, statements, statuses
from chalicelib.rules.pipeline import Verdict
from chalicelib.storage import audit, authors, comments, keys, watch
from chalicelib.storage.items import Item
from chalicelib.storage.table import TransactionRefused

AUTHOR = "author"
RULES = "rules"
MOST_EDITS = 10
TRIES = 3


def state(backend: Backend, caller: Caller, *, article_id: str, comment_id: str, edit_token: str) -> PostedComment:
    """A comment as its author may see it, whatever its status, with why somebody decided so.

    Raises Forbidden and NotFound.
    """
    comment, article = _own(backend, article_id, comment_id, edit_token)
    lines = audit.last_lines(backend.table, identity.site_secret(backend), [comment])
    told = lines.get(comment.id)
    statement = statements.statement(told, backend.settings.redress) if told else None
    return replace(own(backend, comment, article), statement=statement)


def edit(
    backend: Backend, caller: Caller, *, article_id: str, comment_id: str, edit_token: str, content: str
) -> PostedComment:
    """Give a comment another text, which the rules look at as they did at the first; an edit publishes nothing.

    Sent again it changes nothing. Raises Forbidden, NotFound and Conflict.
    """
    for _ in range(TRIES):
        comment, article = _own(backend, article_id, comment_id, edit_token)
        if comment.content == content and _is_authors(comment):
            return own(backend, comment, article)
        _check_may_change(backend, comment)
        if comment.edits >= MOST_EDITS:
            raise Forbidden("edit_limit")
        if not article_actions.is_open(backend, article):
            raise Forbidden("comments_closed")
        edited = _edited(backend, caller, comment, article, content)
        if edited:
            return own(backend, edited, article)
    raise Conflict("changed_meanwhile")


def withdraw(
    backend: Backend, caller: Caller, *, article_id: str, comment_id: str, edit_token: str
) -> PostedComment:
    """Take a comment back: nobody but moderators sees it again. Sent again it changes nothing.

    Raises Forbidden, NotFound and Conflict.
    """
    for _ in range(TRIES):
        comment, article = _own(backend, article_id, comment_id, edit_token)
        if comment.status == "withdrawn":
            return own(backend, comment, article)
        _check_may_change(backend, comment)
        decided = Decided(AUTHOR, backend.now(), decision="withdraw")
        try:
            gone = moves.move(backend, comment, "withdrawn", decided, unanswered=True)
        except moves.Overtaken:
            continue
        except moves.Gone as lost:
            raise NotFound("unknown_article") from lost
        return own(backend, gone, article)
    raise Conflict("changed_meanwhile")


def _own(backend: Backend, article_id: str, comment_id: str, edit_token: str) -> tuple[Comment, Article]:
    """The comment of a token. The token is looked at first, so that a wrong one learns nothing of any comment."""
    expected = identity.edit_token(backend, comment_id)
    if not hmac.compare_digest(edit_token.encode("utf-8", "surrogatepass"), expected.encode()):
        raise Forbidden("wrong_edit_token")
    article, _ = article_actions.show(backend, Caller(""), article_id=article_id)
    comment = comments.read(backend.table, comment_id)
    if comment is None or comment.article_id != article_id:
        raise NotFound("unknown_comment")
    return comment, article


def _is_authors(comment: Comment) -> bool:
    return statuses.is_for_its_author(comment.status, decided=comment.decided is not None)


def _check_may_change(backend: Backend, comment: Comment) -> None:
    if not _is_authors(comment):
        raise Forbidden("edit_decided")
    if backend.now() >= comment.created_at + backend.settings.edit_minutes * instants.MINUTE:
        raise Forbidden("edit_expired")
    if comment.replies > 0:
        raise Forbidden("edit_answered")


def _edited(backend: Backend, caller: Caller, comment: Comment, article: Article, content: str) -> Comment | None:
    """The comment with its new text, None if somebody was faster."""
    written = Written(
        article.id, comment.parent_id, comment.author_name, comment.author_url, comment.author_email, content
    )
    whose = replace(poster(backend, caller.address, written), network_key=comment.network_key)
    found = backend.table.get_many([keys.author(whose.key), keys.site_pace()], consistent=True)
    author = found.get(keys.author(whose.key)["pk"])
    _check_not_said_before(backend, comment, whose, author, content)
    pace = watch.pace_of(found.get(keys.site_pace()["pk"]), backend.now())
    verdict = judging.judge(
        backend, written, whose, article=article, author=author, pace=pace, address=caller.address
    )
    try:
        _store(backend, comment, content, verdict, whose, author)
    except (moves.Overtaken, moves.Gone, TransactionRefused):
        return None
    return comments.read(backend.table, comment.id)


def _store(
    backend: Backend, comment: Comment, content: str, verdict: Verdict, whose: Poster, author: Item | None
) -> None:
    """Store a new text with the old one beside it, and hold the comment where the rules say so."""
    # What held it before still does, as nobody has looked at it since.
    before = {reason.code: reason for reason in comment.held_for} if comment.status != "published" else {}
    now = {reason.code: reason for reason in verdict.reasons}
    changes: dict[str, Any] = {
        "text": content,
        "edited": backend.now(),
        "edits": comment.edits + 1,
        "spam": verdict.spam_percent,
        "held_for": [comments.reason_item(reason) for reason in {**before, **now}.values()],
    }
    version = comments.version_write(comment)
    held = None if verdict.status == "published" else statuses.status_after("author", "edit", comment.status)
    if held is None:
        writes = authors.outcome_writes(whose.key, comment.created_at, text_hash=whose.text, record=author)
        backend.table.transact([comments.edit_write(comment, **changes), version, *writes])
        return
    decided = Decided(RULES, backend.now(), decision="edit")
    moves.move(
        backend,
        comment,
        held,
        decided,
        version,
        unanswered=True,
        settles=False,
        text_hash=whose.text,
        author=author,
        **changes,
    )


def _check_not_said_before(
    backend: Backend, comment: Comment, whose: Poster, author: Item | None, content: str
) -> None:
    """An edit may go back to a text of its own, and repeat no other of its author's."""
    if not authors.said_before(author, whose.text):
        return
    if content not in {text for _, text in comments.versions(backend.table, comment)}:
        raise Conflict("duplicate_comment")
