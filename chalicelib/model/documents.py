"""What readers get without script: an article's comments and a list as documents, and feeds."""

from dataclasses import dataclass
from typing import Literal

from chalicelib.model.articles import Article, MostRead
from chalicelib.model.comments import PublicComment, ThreadPage
from chalicelib.model.kinds import Sort

Shape = Literal["fragment", "page"]
"""Something to put into a page of the site, or a page of its own."""

Skin = Literal["wordpress"]
"""Whose classes the parts of a document have, where not our own."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What a document needs beside its content: its shape, the path of our style sheet, and who may frame it."""

    shape: Shape
    stylesheet: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommentsDocument:
    """An article's comments, and the form for another one.

    `answered` is the comment that the form answers. `submission_id` is for the form; one that caches may keep has
    none. `held` says that a comment of the reader's waits.
    """

    article: Article
    page: ThreadPage
    sort: Sort
    limit: int
    framing: Framing
    max_content: int
    answered: PublicComment | None = None
    submission_id: str | None = None
    cursor: str | None = None
    skin: Skin | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class ListDocument:
    """A most-read list; `current` is the id of the article that is being read."""

    most_read: MostRead
    framing: Framing
    current: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """Comments, newest first, each with its article; `article` is the one that the whole feed is about."""

    article: Article | None
    entries: tuple[tuple[PublicComment, Article], ...]
