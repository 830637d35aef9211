"""The nouns: articles, comments, views and lists, as frozen records. Times are UTC milliseconds since 1970."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

Status = Literal["published", "held", "rejected", "spam", "trash"]
STATUSES: tuple[Status, ...] = ("published", "held", "rejected", "spam", "trash")
CommentsMode = Literal["open", "closed", "auto"]
Sort = Literal["newest", "oldest", "best"]
Window = Literal["1h", "24h", "7d", "30d", "all"]
WINDOWS: tuple[Window, ...] = ("1h", "24h", "7d", "30d", "all")
ListSort = Literal["views", "comments", "trending"]
LIST_SORTS: tuple[ListSort, ...] = ("views", "comments", "trending")
Decision = Literal["approve", "reject", "spam", "trash", "restore"]
Role = Literal["publisher", "moderator", "admin"]
ROLES: tuple[Role, ...] = ("publisher", "moderator", "admin")


class Unset(Enum):
    """What a field holds when the request left it out, where null has a meaning of its own."""

    UNSET = "unset"


UNSET = Unset.UNSET


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the network address, what the browser says of itself, and the token's role if any."""

    address: str
    user_agent: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    role: Role | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A registered article. `comments` and `threads` count what is published, `views` is the all-time count."""

    id: str
    url: str
    title: str
    created_at: int
    section: str | None = None
    image_url: str | None = None
    published_at: int | None = None
    comments_mode: CommentsMode = "auto"
    comments: int = 0
    threads: int = 0
    views: int = 0
    deleted_at: int | None = None


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

    status: Status = "published"


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision on a comment: what, by whom, when (milliseconds), and why."""

    actor: str
    at: int
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with all that is kept of it. `path` places it in its thread (see rules/threads.py)."""

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
    held_for: tuple[str, ...] = ()
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class PostedComment:
    """A comment as its own poster gets it, with the token that proves it is theirs until a time (milliseconds)."""

    comment: Comment
    article: Article
    edit_token: str
    edit_until: int


AnyComment = Comment | PublicComment


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """A page of an article's published comments in thread order; `next_cursor` is None at the end."""

    article_id: str
    total: int
    open: bool
    comments: tuple[PublicComment, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the moderation queue, and how many comments each status holds (counts stop at 1,000)."""

    comments: tuple[Comment, ...]
    counts: dict[Status, int]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What became of one comment in a bulk decision: its status now, or the code of what went wrong."""

    comment_id: str
    status: Status | None
    error: str | None = None
    decided: Decided | None = None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """A row of a most-read list."""

    rank: int
    article_id: str
    title: str
    url: str
    section: str | None
    image_url: str | None
    published_at: int | None
    views: int
    comments: int


@dataclass(frozen=True, slots=True)
class MostRead:
    """A most-read list, best first; `generated_at` is None until a roll-up has made it."""

    window: Window
    section: str | None
    sort: ListSort
    generated_at: int | None
    articles: tuple[ListedArticle, ...]


@dataclass(frozen=True, slots=True)
class ViewOutcome:
    """Whether a view was counted, why not, the article's all-time count, and the list if it was asked for."""

    counted: bool
    reason: str | None
    views: int | None
    most_read: MostRead | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How well the service keeps up, at the time `at`; a time is None where there is none yet.

    `rolled_up_at` is cut to the minute; `held` stops at 1,000, and the comments of deleted articles do not count;
    `schema_version` is the table's.
    """

    at: int
    rolled_up_at: int | None
    listed_at: int | None
    held: int
    oldest_held_at: int | None
    schema_version: int
    late: bool
