"""Comments: what is stored of them, and what anyone sees."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chalicelib.model.articles import Article
from chalicelib.model.kinds import Label, Status

if TYPE_CHECKING:
    from chalicelib.model.moderation import Statement


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a rule will not publish a comment by itself: a stable code and what the rule saw.

    `spam` sends the comment to spam instead of the moderators' queue.
    """

    code: str
    evidence: dict[str, str | int] = field(default_factory=dict)
    spam: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision on a comment: what, by whom, when (milliseconds), why, and by which bulk job.

    `name` is what the operator noted of the token. `label` is what it tells the spam filter of the comment, as it
    was after so many `edits`.
    """

    actor: str
    at: int
    reason: str | None = None
    note: str | None = None
    decision: str | None = None
    job: str | None = None
    label: Label | None = None
    name: str | None = None
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with all that is kept of it. `path` places it in its thread (see rules/threads.py).

    `network_key` is the keyed hash of the poster's /24 or /48, another one each month. `replies` counts published
    ones. `reports` are the open ones of readers, `trail` the times of the audit lines. `spam_percent` is how sure
    the learned filter was that it is spam, None where it has learned too little.
    """

    id: str
    article_id: str
    parent_id: str | None
    path: str
    status: Status
    author_key: str
    author_name: str
    author_email: str
    author_url: str | None
    content: str
    created_at: int
    edited_at: int | None = None
    votes_up: int = 0
    votes_down: int = 0
    held_for: tuple[Reason, ...] = ()
    decided: Decided | None = None
    staff: bool = False
    network_key: str = ""
    replies: int = 0
    edits: int = 0
    spam_percent: int | None = None
    reports: frozenset[str] = frozenset()
    trail: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A published comment as its index holds it: nothing in here is private."""

    id: str
    article_id: str
    parent_id: str | None
    path: str
    author_name: str
    author_url: str | None
    content: str
    created_at: int
    edited_at: int | None = None
    votes_up: int = 0
    votes_down: int = 0
    staff: bool = False

    status: Status = "published"


AnyComment = Comment | PublicComment


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of an article's published comments in thread order; `next_cursor` is None at the end.

    `continues` says that it begins inside the thread in which the page before it ended.
    """

    article_id: str
    total: int
    open: bool
    comments: tuple[PublicComment, ...]
    next_cursor: str | None
    pinned: PublicComment | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class OpenForm:
    """What a form for a comment is told when it opens; the token grows too old at `expires_at` (milliseconds)."""

    token: str
    expires_at: int
    max_content: int


@dataclass(frozen=True, slots=True)
class PostedComment:
    """A comment as its own poster gets it, with the token that proves it is theirs until a time (milliseconds).

    `statement` says why it is not shown, where somebody has decided that.
    """

    comment: Comment
    article: Article
    edit_token: str
    edit_until: int
    statement: "Statement | None" = None
