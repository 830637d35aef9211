"""Moving a comment from a status to another: all that changes with it, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from chalicelib import journal
from chalicelib.actions import identity
from chalicelib.actions.poster import name_hash
from chalicelib.backend import Backend
from chalicelib.model import Comment, Decided, Status
from chalicelib.model.moderation import Report
from chalicelib.storage import articles, audit, authors, comments, reports
from chalicelib.storage.items import Item
from chalicelib.storage.table import TransactionRefused, Write

BAD: frozenset[Status] = frozenset({"rejected", "spam"})


class Gone(Exception):
    """The comment's article is not there any more."""


class Overtaken(Exception):
    """Somebody has decided on the comment, edited or answered it since it was read."""


def move(
    backend: Backend,
    comment: Comment,
    target: Status,
    decided: Decided,
    *extra: Write,
    unanswered: bool = False,
    settles: bool = True,
    reported: str | None = None,
    reopened: Sequence[Report] = (),
    text_hash: bytes | None = None,
    author: Item | None = None,
    **changes: Any,
) -> Comment:
    """Give a comment another status, with its audit line, its article's and its author's counts.

    `extra` writes come with it, and `changes` of its attributes, and another text of its author's, `text_hash`,
    with the `author`'s record; with `unanswered` it fails where there is a published reply. It `settles` the open
    reports, unless it comes of one, `reported`, and opens those of `reopened` again. Gives the comment as it is
    then. Raises Overtaken and Gone.
    """
    settled = comment.reports if settles and not (reported or reopened) else frozenset()
    # When it is moved, not when its job began: who reads the audit as it grows looks at no line's time twice.
    at = max(decided.at, backend.now(), comment.decided.at + 1 if comment.decided else 0)
    decided = replace(decided, at=at, edits=comment.edits or None)
    writes = [
        comments.status_write(
            comment,
            target,
            decided,
            unanswered=unanswered,
            settled=settled,
            opened=[reported] if reported else [report.id for report in reopened],
            **changes,
        ),
        audit.line_write(identity.site_secret(backend), comment, target, decided, settled),
        *_counts(comment, target),
        *_author(backend, comment, target, decided, text_hash, author),
        *(reports.reopen_write(report) for report in reopened),
        *(reports.settle_write(id, decided.at) for id in sorted(settled)),
        *extra,
    ]
    if publishes(comment.status, target):
        # First, so that no request cut short leaves the lists with a count that nobody reads again: a roll-up
        # reads once more what changed in the minutes before the last one.
        articles.note_change(backend.table, comment.article_id, backend.now())
    try:
        backend.table.transact(writes)
    except TransactionRefused as refused:
        if refused.failed.keys() & {0, 1}:
            raise Overtaken from refused
        raise Gone from refused
    _tell(backend, comment, target, decided)
    return replace(comment, status=target, decided=decided)


def publishes(before: Status, after: Status) -> int:
    """How many published comments more there are: 1, 0 or -1."""
    return (after == "published") - (before == "published")


def _counts(comment: Comment, target: Status) -> list[Write]:
    change = publishes(comment.status, target)
    if not change:
        return []
    roots = change if comment.parent_id is None else 0
    counted = [articles.count_write(comment.article_id, comments=change, threads=roots)]
    return counted + ([comments.replies_write(comment.parent_id, change)] if comment.parent_id else [])


def _author(
    backend: Backend,
    comment: Comment,
    target: Status,
    decided: Decided,
    text_hash: bytes | None,
    author: Item | None,
) -> list[Write]:
    if comment.staff:
        return []
    approves = decided.decision == "approve"
    # What a rule has sent to spam by itself was never counted.
    was_bad = comment.status in BAD and comment.decided is not None
    return authors.outcome_writes(
        comment.author_key,
        comment.created_at,
        published=publishes(comment.status, target),
        rejected=(target in BAD) - was_bad,
        approved=name_hash(backend, comment.author_key, comment.author_name) if approves else None,
        text_hash=text_hash,
        record=author,
    )


def _tell(backend: Backend, comment: Comment, target: Status, decided: Decided) -> None:
    facts = {
        "comment_id": comment.id,
        "from": comment.status,
        "to": target,
        "decision": decided.decision,
        "reason": journal.code(decided.reason),
        "actor": decided.actor,
    }
    backend.tell("decision", facts)
