"""What rules and moderators work with: submissions, reports, the queue, decisions and jobs, the audit, trials.

Not part of `chalicelib.model` itself: what most requests need must not wait for what few do.
"""

from dataclasses import dataclass

from chalicelib.model.articles import Article
from chalicelib.model.comments import Comment, Decided, Reason
from chalicelib.model.kinds import Asked, FormCheck, Ground, Label, Measure, QueueName, Status


@dataclass(frozen=True, slots=True)
class Submission:
    """All that the rules of moderation look at in a comment, new or edited.

    `address` is empty where it is not known any more, as in a replay. `author_approved` says whether a comment of
    the same name and address was approved before; `author_published` and `author_rejected` count the author's
    comments of the last months. `article_pace` and `site_pace` are comments in ten minutes, at the last roll-up.
    `form_age` is in seconds.
    """

    author_name: str
    author_url: str | None
    content: str
    author_key: str
    email_domain: str
    address: str
    network_key: str
    author_approved: bool
    author_published: int = 0
    author_rejected: int = 0
    article_paused: bool = False
    article_pace: int = 0
    site_pace: int = 0
    honeypot: bool = False
    form: FormCheck = "none"
    form_age: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of reasons (article 17 of the Digital Services Act): what was decided on a comment and why.

    `measure` is what became of it; `ground` whether the law or the site's own rules were applied; `by_notice` and
    `by_machine` tell whether a report or a rule had drawn attention to it. People decide: never a machine alone.
    `redress` is where one may complain.
    """

    measure: Measure
    reason: str | None
    ground: Ground | None
    decided_at: int
    by_notice: bool
    by_machine: bool
    redress: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """A reader's report of a comment: a notice, in the words of the Digital Services Act, article 16.

    `name` and `email` are the notifier's and stay here; `settled_at` is None while it is open.
    """

    id: str
    comment_id: str
    article_id: str
    at: int
    reason: str
    explanation: str | None = None
    name: str | None = None
    email: str | None = None
    good_faith: bool = False
    settled_at: int | None = None


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as its maker may follow it: with the statement once it is settled."""

    report: Report
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Voted:
    """A reader's vote on a comment, and all votes on it together."""

    comment_id: str
    vote: int
    votes: int


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One move of a comment from the status `before` to `after`, as it was written down for good.

    `learn` and `unlearn` are what it and the decision before it tell the spam filter, of the text after so many
    `edits` and `unlearn_edits`; `reports` are those it settled. `intact` is False where somebody has changed the
    line in the table.
    """

    comment_id: str
    at: int
    actor: str
    decision: str | None
    reason: str | None
    note: str | None
    before: Status
    after: Status
    held_for: tuple[Reason, ...]
    reports: frozenset[str]
    unlearn: Label | None
    learn: Label | None
    intact: bool
    edits: int
    unlearn_edits: int | None
    name: str | None
    is_first: bool


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which comments of the queue are wanted; None is no condition. Times are milliseconds, both ends included."""

    status: Asked = "held"
    section: str | None = None
    article: str | None = None
    author: str | None = None
    network: str | None = None
    reason: str | None = None
    text: str | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """A comment in front of a moderator, with its article."""

    comment: Comment
    article: Article


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the moderation queue as read at a time, and how many comments each status and the open reports
    hold (counts stop at 1,000)."""

    comments: tuple[Queued, ...]
    counts: dict[QueueName, int]
    next_cursor: str | None
    read_at: int


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What became of one comment in a bulk decision: its status now, or the code of what went wrong."""

    comment_id: str
    status: Status | None
    error: str | None = None
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A bulk decision on the comments of `plan`, the first `done` of which are decided.

    `seen` is the status they must still have, None for any; one edited after `read_at` is left alone. `undoes`
    names the job that this one takes back, whose decisions alone it touches. `resumed` is one that goes on, or
    whose request came again.
    """

    id: str
    decided: Decided
    plan: tuple[str, ...]
    seen: Status | None = None
    read_at: int | None = None
    undoes: str | None = None
    undone: bool = False
    done: int = 0
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class JobProgress:
    """What a request did of a job, and how much of it is done; `undo_token` undoes all that is done so far."""

    job_id: str | None
    total: int
    done: int
    outcomes: tuple[DecisionOutcome, ...]
    undo_token: str | None = None
    undo_until: int | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a moderator may want to know of one comment.

    `author_published` and `author_rejected` count the last months. `versions` are earlier texts with the times
    they were written at.
    """

    queued: Queued
    parent: Queued | None
    author_approved: bool
    author_published: int
    author_rejected: int
    author_comments: tuple[Queued, ...]
    audit: tuple[AuditLine, ...]
    versions: tuple[tuple[int, str], ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class TrialChange:
    """A comment of which a changed policy says something else."""

    comment_id: str
    before: Status
    after: Status
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What the rules say of the last comments now, and would say under a changed policy."""

    examined: int
    changes: tuple[TrialChange, ...]
    before: dict[Status, int]
    after: dict[Status, int]
