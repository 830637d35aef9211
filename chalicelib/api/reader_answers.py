"""Answers to what readers do with comments: their own ones, and those of others."""

from chalicelib.api.answers import Body, own_body, time_or_null
from chalicelib.api.route import Answer, Request
from chalicelib.model import OpenForm, PostedComment, Status
from chalicelib.model.moderation import Reported, Statement, Voted
from chalicelib.rules import instants

SHOWN_AS: dict[Status, str] = {"spam": "rejected", "trash": "rejected"}
"""What an author is told of a comment that somebody took away. What a rule sent to spam looks held: nobody learns
here how spam is found."""


def form_token(result: OpenForm, request: Request) -> Answer:
    """A token for a form, when it grows too old, and how many characters a comment may have."""
    return Answer(
        200,
        {
            "form_token": result.token,
            "expires_at": instants.text(result.expires_at),
            "max_content": result.max_content,
        },
    )


def own_comment(result: PostedComment, request: Request) -> Answer:
    """A comment as its author may see it: with its true state, and why if somebody decided on it."""
    status, decided = result.comment.status, result.comment.decided
    told = {
        "status": SHOWN_AS.get(status, status) if decided or status != "spam" else "held",
        "content": result.comment.content,
        "statement": statement(result.statement),
    }
    return Answer(200, own_body(result) | told)


def vote(result: Voted, request: Request) -> Answer:
    """A reader's vote, and all votes on the comment."""
    return Answer(200, {"comment_id": result.comment_id, "vote": result.vote, "votes": result.votes})


def reported(result: Reported, request: Request) -> Answer:
    """201 with the receipt of a report."""
    return Answer(201, _report(result))


def report(result: Reported, request: Request) -> Answer:
    """What came of a report."""
    return Answer(200, _report(result))


def _report(result: Reported) -> Body:
    found = result.report
    return {
        "receipt": found.id,
        "status": "decided" if found.settled_at is not None else "received",
        "article_id": found.article_id,
        "comment_id": found.comment_id,
        "reason": found.reason,
        "reported_at": instants.text(found.at),
        "decided_at": time_or_null(found.settled_at),
        "statement": statement(result.statement),
    }


def statement(told: Statement | None) -> Body | None:
    """A statement of reasons, with what article 17, paragraph 3, asks it to say."""
    if told is None:
        return None
    return {
        "measure": told.measure,
        "reason": told.reason,
        "ground": told.ground,
        "decided_at": instants.text(told.decided_at),
        "by_notice": told.by_notice,
        "detected_by_machine": told.by_machine,
        "decided_by_machine": False,
        "territory": None,
        "until": None,
        "redress": told.redress,
    }
