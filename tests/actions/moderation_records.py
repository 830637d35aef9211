"""The records that the model of moderation keeps: comments, their audit, reports and jobs."""

from dataclasses import dataclass, field


@dataclass
class Line:
    """A line of the audit."""

    at: int
    by: str
    decision: str
    before: str
    after: str
    reason: str | None
    note: str | None
    job: str | None
    held_for: list[str]
    settled: frozenset[str]
    edits: int
    is_first: bool


@dataclass(eq=False)
class Comment:
    """A comment; `path` is the time and the id of each ancestor and of itself, `open` are its open reports."""

    id: str
    article: str
    parent: "Comment | None"
    author: tuple[str, str]
    text: str
    at: int
    status: str
    held_for: list[str]
    token: str = ""
    staff: bool = False
    edited_at: int | None = None
    versions: list[tuple[int, str]] = field(default_factory=list)
    up: int = 0
    down: int = 0
    open: set[str] = field(default_factory=set)
    audit: list[Line] = field(default_factory=list)

    @property
    def path(self) -> tuple[tuple[int, str], ...]:
        """Where it stands in its thread."""
        return (*(self.parent.path if self.parent else ()), (self.at, self.id[:6]))

    @property
    def shown_as(self) -> str:
        """Its status as its author is told: spam by a rule looks held, what somebody took away rejected."""
        if self.status == "spam" and not self.audit:
            return "held"
        return "rejected" if self.status in ("spam", "trash") else self.status

    @property
    def decided(self) -> Line | None:
        """The last line of its audit."""
        return self.audit[-1] if self.audit else None


@dataclass
class Report:
    """A reader's report."""

    comment: Comment
    address: str
    at: int
    reason: str
    explanation: str | None
    settled_at: int | None = None


@dataclass(frozen=True)
class Order:
    """What a moderator asks for: a decision on comments."""

    by: str
    decision: str
    reason: str | None = None
    note: str | None = None
    seen: str | None = None
    read_at: int | None = None
    submission: str | None = None


@dataclass
class Job:
    """An order as it is kept; `undoes` is the job that it takes back."""

    id: str
    order: Order
    at: int
    plan: list[Comment]
    undoes: "Job | None" = None
    undone: bool = False
