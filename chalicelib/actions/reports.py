"""Reports: readers tell moderators of a comment, and can read what came of it."""

from chalicelib.actions import articles as article_actions
from chalicelib.actions import identity, moves
from chalicelib.actions.poster import submission_hash
from chalicelib.backend import Backend
from chalicelib.errors import Busy, FieldProblem, InvalidFields, NotFound, TooMany
from chalicelib.model import Caller, Comment, Decided, Reason
from chalicelib.model.moderation import Report, Reported
from chalicelib.rules import email as emails
from chalicelib.rules import instants, network, statements, threads
from chalicelib.storage import audit, comments, reports
from chalicelib.storage.table import TransactionRefused

READERS = "readers"
TRIES = 6
NETWORK_WIDTH = 6
"""Characters at the beginning of a report's id that tell the address it came from, in a keyed hash."""


def report(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    comment_id: str,
    reason: str,
    explanation: str | None = None,
    name: str | None = None,
    email: str | None = None,
    good_faith: bool = False,
) -> Reported:
    """Report a published comment; the same reader's second report of it is the first one again.

    Reports from as many addresses as the setting says hold the comment until a moderator decides.

    Raises NotFound, InvalidFields for a notice that is not complete, and TooMany.
    """
    given = {"explanation": explanation, "name": name, "email": email, "good_faith": good_faith}
    missing = [field for field in statements.required_of_a_notice(reason) if not given[field]]
    if missing:
        raise InvalidFields([FieldProblem(field, "required") for field in missing])
    article_actions.show(backend, caller, article_id=article_id)
    report_id = _report_id(backend, caller, comment_id, email)
    made = Report(report_id, comment_id, article_id, backend.now(), reason, explanation, name, email, good_faith)
    for _ in range(TRIES):
        before = reports.read(backend.table, report_id)
        if before:
            return _told(backend, before)
        comment = comments.read(backend.table, comment_id)
        if comment is None or comment.article_id != article_id or comment.status != "published":
            raise NotFound("unknown_comment")
        if _has_too_many(comment, made):
            raise _too_many(made.at)
        if _stored(backend, caller, comment, made):
            return Reported(made, None)
    raise Busy(retry_after=1)


def show(backend: Backend, caller: Caller, *, report_id: str) -> Reported:
    """A report by its receipt, with the statement of reasons once it is settled. Raises NotFound."""
    found = reports.read(backend.table, report_id)
    if found is None:
        raise NotFound("unknown_report")
    return _told(backend, found)


def _report_id(backend: Backend, caller: Caller, comment_id: str, email: str | None) -> str:
    """A receipt nobody can guess, the same for the same reader: an address, a browser, and an e-mail if given."""
    address = network.household(caller.address)
    where = submission_hash(backend, "reporter", comment_id, address)
    known_as = emails.email_key_form(email) if email else ""
    whole = submission_hash(backend, "report", comment_id, address, caller.user_agent, known_as)
    return where[:NETWORK_WIDTH] + whole[: threads.ID_LENGTH - NETWORK_WIDTH]


def _stored(backend: Backend, caller: Caller, comment: Comment, made: Report) -> bool:
    """Whether the report was stored: not if the comment is another one by now, or was reported meanwhile."""
    address = network.household(caller.address)
    key = identity.short_hash(backend, "reports of an address", address).hex()
    writes = [reports.put_write(made), reports.pace_write(key, made.at)]
    distinct = {id[:NETWORK_WIDTH] for id in comment.reports | {made.id}}
    try:
        if _holds(backend, comment, len(distinct)):
            held_for = [comments.reason_item(Reason("reports", {"count": len(distinct)}))]
            decided = Decided(READERS, made.at, decision="report")
            moves.move(backend, comment, "held", decided, *writes, reported=made.id, held_for=held_for)
        else:
            backend.table.transact([comments.report_write(comment, made.id), *writes])
    except moves.Overtaken:
        return False
    except moves.Gone as gone:
        if reports.read(backend.table, made.id):
            return False
        raise _too_many(made.at) from gone
    except TransactionRefused as refused:
        if refused.failed.keys() == {2}:
            raise _too_many(made.at) from refused
        return False
    return True


def _holds(backend: Backend, comment: Comment, distinct: int) -> bool:
    """Whether reports from so many addresses hold a comment: not the staff's, and not one that a moderator has
    looked at since it was written, which reports then only bring back before their eyes."""
    limit, decided = backend.settings.report_limit, comment.decided
    approved = decided is not None and decided.decision == "approve" and decided.edits == (comment.edits or None)
    return bool(limit) and distinct >= limit and not comment.staff and not approved


def _has_too_many(comment: Comment, made: Report) -> bool:
    """Whether a comment takes no further report: of this address, or at all; notices are taken longest."""
    mine = sum(id[:NETWORK_WIDTH] == made.id[:NETWORK_WIDTH] for id in comment.reports)
    most = reports.MOST_OPEN if made.reason in statements.ILLEGAL else reports.MOST_OPEN_BUT_NOTICES
    return mine >= reports.MOST_OF_AN_ADDRESS or len(comment.reports) >= most


def _too_many(at: int) -> TooMany:
    seconds = instants.HOUR // instants.SECOND - at // instants.SECOND % 3_600
    return TooMany("too_many_reports", retry_after=seconds, seconds=seconds)


def _told(backend: Backend, report: Report) -> Reported:
    if report.settled_at is None:
        return Reported(report, None)
    comment = comments.read(backend.table, report.comment_id)
    lines = audit.lines_of(backend.table, identity.site_secret(backend), comment) if comment else []
    line = next((line for line in reversed(lines) if report.id in line.reports), None)
    told = statements.statement(line, backend.settings.redress) if line else None
    return Reported(report, told)
