"""What moderators and admins get: comments with their true status and why they wait, never with the address."""

from typing import Any

from chalicelib.api.answers import Body, article_body, comment_body, time_or_null
from chalicelib.api.reason_messages import REASONS
from chalicelib.api.route import Answer, Request
from chalicelib.model import Article, Caller, Comment, Decided, PostedComment, Reason
from chalicelib.model.moderation import (
    AuditLine,
    DecisionOutcome,
    Dossier,
    JobProgress,
    Queued,
    QueuePage,
    Report,
    Trial,
)
from chalicelib.rules import instants
from chalicelib.rules.policy import NAMES, Policy
from chalicelib.rules.statements import ILLEGAL


def me(caller: Caller, request: Request) -> Answer:
    """Whoever asks with a token: what it opens, where, and the name under which decisions are kept."""
    sections = None if caller.sections is None else sorted(caller.sections)
    return Answer(200, {"role": caller.role, "sections": sections, "actor": named(caller.actor, caller.name)})


def named(actor: str | None, name: str | None) -> str | None:
    """Who it was, for other moderators: under the name that the operator gave the token, if any."""
    return f"{(actor or '').partition(':')[0]}:{name}" if name else actor


def queue(page: QueuePage, request: Request) -> Answer:
    """A page of the moderation queue."""
    language = request.language
    return Answer(
        200,
        {
            "comments": [_queued(queued, language) for queued in page.comments],
            "counts": page.counts,
            "next_cursor": page.next_cursor,
            "read_at": instants.text(page.read_at),
        },
        _by_language(language),
    )


def dossier(result: Dossier, request: Request) -> Answer:
    """All that is known of a comment."""
    language = request.language
    return Answer(
        200,
        {
            "comment": _queued(result.queued, language),
            "parent": _queued(result.parent, language) if result.parent else None,
            "author": {
                "key": result.queued.comment.author_key,
                "approved": result.author_approved,
                "published": result.author_published,
                "rejected": result.author_rejected,
            },
            "author_comments": [_queued(other, language) for other in result.author_comments],
            "audit": [_audit_line(line, language) for line in result.audit],
            "edits": [{"at": instants.text(at), "content": content} for at, content in result.versions],
            "reports": [_report(report) for report in result.reports],
        },
        _by_language(language),
    )


def job(result: JobProgress, request: Request) -> Answer:
    """What became of each comment decided on, how far the job has come, and how to take it back."""
    return Answer(
        200,
        {
            "decisions": [_outcome(outcome) for outcome in result.outcomes],
            "job_id": result.job_id,
            "total": result.total,
            "done": result.done,
            "more": result.more,
            "undo_token": result.undo_token,
            "undo_until": time_or_null(result.undo_until),
        },
    )


def article(result: tuple[Article, bool], request: Request) -> Answer:
    """An article with what moderators have set."""
    found, is_open = result
    return Answer(
        200, article_body(found, is_open) | {"moderation": found.newsroom_mode, "pinned": found.pinned is not None}
    )


def reply(result: PostedComment, request: Request) -> Answer:
    """201 for an answer of the staff."""
    return Answer(201, comment_body(result.comment))


def policy(result: Policy, request: Request) -> Answer:
    """What the rules are told."""
    return Answer(200, {"policy": {name: _plain(getattr(result, name)) for name in NAMES}})


def trial(result: Trial, request: Request) -> Answer:
    """What a changed policy would have changed."""
    language = request.language
    return Answer(
        200,
        {
            "examined": result.examined,
            "counts": {"before": result.before, "after": result.after},
            "changed": [
                {
                    "comment_id": change.comment_id,
                    "before": change.before,
                    "after": change.after,
                    "reasons": [_reason(reason, language) for reason in change.reasons],
                }
                for change in result.changes
            ],
        },
        _by_language(language),
    )


def _queued(queued: Queued, language: str) -> Body:
    comment, found = queued.comment, queued.article
    return comment_body(comment) | {
        "status": comment.status,
        "content": comment.content,
        "author_key": comment.author_key,
        "network_key": comment.network_key or None,
        "held_for": [_reason(reason, language) for reason in comment.held_for],
        "decided": _decided(comment.decided),
        "reports": len(comment.reports),
        "replies": comment.replies,
        "spam_percent": comment.spam_percent,
        "pinned": _is_pinned(comment, found),
        "article": {
            "article_id": found.id,
            "title": found.title,
            "url": found.url,
            "section": found.section,
            "moderation": found.newsroom_mode,
        },
    }


def _is_pinned(comment: Comment, article: Article) -> bool:
    return article.pinned == comment.path


def _reason(reason: Reason, language: str) -> Body:
    said = REASONS.get(reason.code)
    message = said.say(language, **reason.evidence) if said else reason.code
    return {"code": reason.code, "evidence": reason.evidence, "message": message}


def _decided(decided: Decided | None) -> Body | None:
    if decided is None:
        return None
    return {
        "by": named(decided.actor, decided.name),
        "at": instants.text(decided.at),
        "decision": decided.decision,
        "reason": decided.reason,
        "note": decided.note,
    }


def _outcome(outcome: DecisionOutcome) -> Body:
    return {
        "comment_id": outcome.comment_id,
        "status": outcome.status,
        "error": outcome.error,
        "decided": _decided(outcome.decided),
    }


def _audit_line(line: AuditLine, language: str) -> Body:
    return {
        "at": instants.text(line.at),
        "by": named(line.actor, line.name),
        "decision": line.decision,
        "from": line.before,
        "to": line.after,
        "reason": line.reason,
        "note": line.note,
        "held_for": [_reason(reason, language) for reason in line.held_for],
        "reports": len(line.reports),
        "intact": line.intact,
    }


def _report(report: Report) -> Body:
    return {
        "at": instants.text(report.at),
        "reason": report.reason,
        "explanation": report.explanation,
        "is_notice": report.reason in ILLEGAL,
        "settled_at": time_or_null(report.settled_at),
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _by_language(language: str) -> dict[str, str]:
    return {"Vary": "Accept-Language", "Content-Language": language}
