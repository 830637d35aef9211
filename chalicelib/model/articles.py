"""Articles, their views, the lists of the most read, and how well the service keeps up."""

from dataclasses import dataclass

from chalicelib.model.kinds import CommentsMode, ListSort, NewsroomMode, Window


@dataclass(frozen=True, slots=True)
class Article:
    """A registered article. `comments` and `threads` count what is published, `views` is the all-time count.

    `pinned` is the path of the comment that moderators have put first.
    """

    id: str
    url: str
    title: str
    created_at: int
    section: str | None = None
    image_url: str | None = None
    published_at: int | None = None
    comments_mode: CommentsMode = "auto"
    newsroom_mode: NewsroomMode = "auto"
    pinned: str | None = None
    comments: int = 0
    threads: int = 0
    views: int = 0
    deleted_at: int | None = None


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
