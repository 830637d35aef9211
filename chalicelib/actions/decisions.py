"""Decisions of moderators, on one comment or a thousand, each as a job that can be taken back for a day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.actions import identity, moves, queue
from chalicelib.actions.poster import submission_hash, submission_key
from chalicelib.backend import Backend
from chalicelib.errors import NotFound
from chalicelib.model import STATUSES, Article, Caller, Comment, Decided, Decision, Status
from chalicelib.model.moderation import AuditLine, DecisionOutcome, Job, JobProgress, QueueFilter, Report
from chalicelib.rules import statuses, threads
from chalicelib.storage import articles, audit, comments, jobs, reports

TRIES = 4
AT_ONCE = 100
"""Comments that one request decides on: a transaction each, well within a gateway's 29 seconds."""
MOST = 1_000
"""Comments that one job decides on."""
UNDO = "undo"


@dataclass(frozen=True)
class Move:
    """What is to become of a comment; `reopened` are the reports to open again."""

    target: Status
    decided: Decided
    reopened: tuple[Report, ...] = ()


Verdict = Callable[[Comment], Move | str | None]
"""What is to become of a comment, or the code of why nothing is; None where the job has seen to it before."""


def decide(
    backend: Backend,
    caller: Caller,
    *,
    comment_ids: Sequence[str],
    decision: Decision,
    reason: str | None = None,
    note: str | None = None,
    seen: Status | None = None,
    read_at: int | None = None,
    submission_id: str | None = None,
) -> JobProgress:
    """Decide on each of the comments, each by itself.

    With `seen`, only on those that still have that status; with `read_at`, only on those not edited since. The
    same `submission_id` of the same moderator is the same job again, which leaves alone what others have decided
    on since it was sent first.
    """
    asked = list(dict.fromkeys(comment_ids))
    plan = tuple(id for id in asked if threads.is_comment_id(id))
    decided = _by(backend, caller, decision, reason, note)
    job = Job(_job_id(backend, caller, submission_id), decided, plan, seen, read_at)
    progress = _go_on(backend, caller, jobs.keep(backend.table, job))
    told = {outcome.comment_id: outcome for outcome in progress.outcomes}
    outcomes = tuple(told.get(id) or DecisionOutcome(id, None, "unknown_comment") for id in asked)
    return replace(progress, outcomes=outcomes, total=len(asked), done=len(asked))


def start_job(
    backend: Backend,
    caller: Caller,
    *,
    filter: QueueFilter,
    decision: Decision,
    reason: str | None = None,
    note: str | None = None,
    preview: bool = False,
    submission_id: str | None = None,
) -> JobProgress:
    """Decide on all comments that a filter selects, at most a thousand; `preview` only counts them."""
    selected, more = queue.select(backend, caller, filter, MOST)
    if preview:
        return JobProgress(None, len(selected), 0, (), more=more)
    decided = _by(backend, caller, decision, reason, note)
    seen = next((status for status in STATUSES if status == filter.status), None)
    job = Job(_job_id(backend, caller, submission_id), decided, tuple(selected), seen, backend.now())
    return replace(_go_on(backend, caller, jobs.keep(backend.table, job)), more=more)


def continue_job(backend: Backend, caller: Caller, *, job_id: str) -> JobProgress:
    """Go on with one's own job: its next hundred comments.

    Raises NotFound where there is none, it is another moderator's, or it is a day old.
    """
    job = jobs.read(backend.table, job_id, backend.now())
    if job is None or job.decided.actor != caller.actor:
        raise NotFound("unknown_job")
    return _go_on(backend, caller, job)


def undo(backend: Backend, caller: Caller, *, undo_token: str) -> JobProgress:
    """Take back what a job did, but for what others have decided on since. The answer can be taken back itself.

    Raises NotFound where there is no such job, or it is a day old.
    """
    job = jobs.read(backend.table, undo_token, backend.now())
    if job is None:
        raise NotFound("unknown_job")
    decided = _by(backend, caller, UNDO)
    taken_back = Job(submission_hash(backend, UNDO, job.id), decided, job.plan, undoes=job.id)
    progress = _go_on(backend, caller, jobs.keep(backend.table, taken_back))
    if any(outcome.error is None for outcome in progress.outcomes):
        jobs.note_undone(backend.table, job.id)
    return progress


def _by(
    backend: Backend, caller: Caller, decision: str, reason: str | None = None, note: str | None = None
) -> Decided:
    return Decided(caller.actor or "unknown", backend.now(), reason, note, decision, name=caller.name)


def _job_id(backend: Backend, caller: Caller, submission_id: str | None) -> str:
    return submission_key(backend, submission_id, "job", caller.actor or "")


def _go_on(backend: Backend, caller: Caller, job: Job) -> JobProgress:
    """Decide on the next comments of a job, and note how far it has come."""
    first = 0 if len(job.plan) <= AT_ONCE else job.done
    chunk = job.plan[first : first + AT_ONCE]
    outcomes = _outcomes(backend, caller, job, chunk)
    done = first + len(chunk)
    if len(job.plan) > AT_ONCE:
        jobs.note_progress(backend.table, job, done)
    until = job.decided.at + jobs.LIFE
    return JobProgress(job.id, len(job.plan), done, tuple(outcomes), job.id, until)


def _outcomes(backend: Backend, caller: Caller, job: Job, chunk: Sequence[str]) -> list[DecisionOutcome]:
    known = comments.read_many(backend.table, list(chunk))
    present = articles.read_many(
        backend.table, {comment.article_id for comment in known.values()}, consistent=True
    )
    verdict = _undoing(backend, job, known) if job.undoes else _deciding(job)
    outcomes = []
    for id in chunk:
        comment = known.get(id)
        article = present.get(comment.article_id) if comment else None
        problem = _problem(caller, article)
        if comment is None or problem:
            outcomes.append(DecisionOutcome(id, None, problem or "unknown_comment"))
            continue
        outcomes.append(_decide_one(backend, comment, verdict))
    return outcomes


def _problem(caller: Caller, article: Article | None) -> str | None:
    if article is None:
        return "unknown_comment"
    return None if queue.may_see(caller, article) else "wrong_section"


def _deciding(job: Job) -> Verdict:
    """What a job's decision makes of a comment."""

    def verdict(comment: Comment) -> Move | str | None:
        decision, last = job.decided.decision, comment.decided
        target = statuses.status_after("moderator", decision, comment.status)  # type: ignore[arg-type]
        if target is None:
            return "withdrawn"
        if last and last.job == job.id:
            return None
        if comment.status != target or comment.reports:
            overtaken = job.resumed and last is not None and last.at > job.decided.at
            if job.undone or overtaken or (job.seen is not None and comment.status != job.seen):
                return "already_decided"
            if job.read_at is not None and comment.edited_at is not None and comment.edited_at > job.read_at:
                return "edited_since"
        return Move(target, replace(job.decided, job=job.id, label=statuses.LABELS.get(target)))

    return verdict


def _undoing(backend: Backend, job: Job, known: dict[str, Comment]) -> Verdict:
    """What taking back the decisions of a job makes of a comment: what its audit says it was before."""
    lines = audit.last_lines(backend.table, identity.site_secret(backend), known.values())
    settled = reports.read_many(backend.table, {id for line in lines.values() for id in line.reports})

    def verdict(comment: Comment) -> Move | str | None:
        line: AuditLine | None = lines.get(comment.id)
        if comment.decided is None or comment.decided.job not in (job.undoes, job.id) or line is None:
            return "already_decided"
        if comment.decided.job == job.id:
            return None
        before = statuses.status_after_undo(comment.status, line.before)
        if before is None:
            return "withdrawn"
        room = max(reports.MOST_OPEN - len(comment.reports), 0)
        reopened = tuple(settled[id] for id in sorted(line.reports) if id in settled)[:room]
        return Move(before, replace(job.decided, job=job.id, label=line.unlearn), reopened)

    return verdict


def _decide_one(backend: Backend, comment: Comment, verdict: Verdict) -> DecisionOutcome:
    for _ in range(TRIES):
        told = verdict(comment)
        if isinstance(told, str):
            return DecisionOutcome(comment.id, comment.status, told, comment.decided)
        if told is None:
            return DecisionOutcome(comment.id, comment.status)
        target = told.target
        nothing_open = not comment.reports or told.decided.decision == UNDO
        if comment.status == target and nothing_open and not told.reopened:
            return DecisionOutcome(comment.id, target)
        try:
            settles = told.decided.decision != UNDO
            moves.move(backend, comment, target, told.decided, settles=settles, reopened=told.reopened)
        except moves.Gone:
            return DecisionOutcome(comment.id, None, "unknown_comment")
        except moves.Overtaken:
            comment = comments.read(backend.table, comment.id) or comment
        else:
            return DecisionOutcome(comment.id, target)
    return DecisionOutcome(comment.id, comment.status, "already_decided", comment.decided)
