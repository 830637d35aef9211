"""Moderation: the queue of comments by status, and decisions on many of them at once."""

from collections.abc import Sequence

from chalicelib import journal
from chalicelib.actions.comments import name_hash
from chalicelib.backend import Backend
from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.model import Caller, Comment, Decided, Decision, DecisionOutcome, QueuePage, Status
from chalicelib.rules import moderation as rules
from chalicelib.rules import threads
from chalicelib.storage import articles, authors, comments, queue
from chalicelib.storage.table import TransactionRefused, Write

TRIES = 4


def list_queue(
    backend: Backend,
    caller: Caller,
    *,
    status: Status = "held",
    order: str = "newest",
    limit: int = 50,
    cursor: str | None = None,
) -> QueuePage:
    """A page of the queue with the counts of every status. Raises InvalidFields for a bad cursor."""
    if cursor is not None and not rules.is_queue_position(cursor):
        raise InvalidFields([FieldProblem("cursor", "invalid_format")])
    hidden = queue.deleted_articles(backend.table)
    found, following = queue.page(
        backend.table, status, newest=order == "newest", limit=limit, after=cursor, hidden=hidden
    )
    return QueuePage(tuple(found), queue.counts(backend.table, hidden), following)


def decide(
    backend: Backend,
    caller: Caller,
    *,
    comment_ids: Sequence[str],
    decision: Decision,
    reason: str | None = None,
    note: str | None = None,
    seen: Status | None = None,
) -> list[DecisionOutcome]:
    """Decide on each of the comments, each by itself; with `seen`, only on those that still have that status."""
    decided = Decided(caller.actor or "unknown", backend.now(), reason, note)
    known = comments.read_many(backend.table, [id for id in comment_ids if threads.is_comment_id(id)])
    present = articles.read_many(
        backend.table, {comment.article_id for comment in known.values()}, consistent=True
    )
    outcomes = []
    touched: set[str] = set()
    for id in dict.fromkeys(comment_ids):
        comment = known.get(id)
        if comment is None or comment.article_id not in present:
            outcomes.append(DecisionOutcome(id, None, "unknown_comment"))
            continue
        outcome = _decide_one(backend, comment, decision, decided, seen)
        outcomes.append(outcome)
        if outcome.error is None and comment.article_id not in touched:
            touched.add(comment.article_id)
            articles.note_change(backend.table, comment.article_id, backend.now())
    return outcomes


def _decide_one(
    backend: Backend, comment: Comment, decision: Decision, decided: Decided, seen: Status | None
) -> DecisionOutcome:
    for _ in range(TRIES):
        target = rules.status_after(decision, comment.status)
        if comment.status == target:
            return DecisionOutcome(comment.id, target)
        if seen is not None and comment.status != seen:
            return DecisionOutcome(comment.id, comment.status, "already_decided", comment.decided)
        try:
            backend.table.transact(_writes(backend, comment, target, decided))
        except TransactionRefused as refused:
            if 0 not in refused.failed:
                return DecisionOutcome(comment.id, None, "unknown_comment")
            comment = comments.read(backend.table, comment.id) or comment
        else:
            _tell(backend, comment, target, decision, decided)
            return DecisionOutcome(comment.id, target)
    return DecisionOutcome(comment.id, comment.status, "already_decided", comment.decided)


def _tell(backend: Backend, comment: Comment, target: Status, decision: Decision, decided: Decided) -> None:
    facts = {
        "comment_id": comment.id,
        "from": comment.status,
        "to": target,
        "decision": decision,
        "reason": journal.code(decided.reason),
        "actor": decided.actor,
    }
    backend.tell("decision", facts)


def _writes(backend: Backend, comment: Comment, target: Status, decided: Decided) -> list[Write]:
    writes = [comments.status_write(comment, target, decided)]
    change = (target == "published") - (comment.status == "published")
    if change:
        roots = change if comment.parent_id is None else 0
        writes.append(articles.count_write(comment.article_id, comments=change, threads=roots))
    if target == "published":
        name = name_hash(backend, comment.author_key, comment.author_name)
        writes.append(authors.approval_write(comment.author_key, name))
    return writes
