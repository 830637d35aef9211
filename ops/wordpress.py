"""What an item of a WordPress export becomes here, and what a comment of it, by rules without any I/O."""

import re
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import Any

from chalicelib.model import CommentsMode, Status
from chalicelib.rules import articles, instants
from chalicelib.rules.email import normalise_email
from chalicelib.rules.fields import FieldError
from chalicelib.rules.rendering import plain_from_html
from chalicelib.rules.text import clean_content, clean_line
from chalicelib.rules.web_address import clean_url
from ops.wxr import ExportedComment, ExportedItem

CONTENT_LIMIT = 50_000
"""Characters: what the setting `max_content` may be at most, and far below what an item may have."""
NAME_LIMIT = 255
TITLE_LIMIT = 300
SECTION_LIMIT = 200
NOT_ARTICLES = frozenset(
    {"attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache"}
    | {"user_request", "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation"}
    | {"wp_font_family", "wp_font_face"}
)
"""Types of item that nobody reads as a page; one that readers commented on is taken all the same."""
PUBLIC = frozenset({"publish", "inherit", ""})
READER_TYPES = frozenset({"", "comment"})
TYPE = re.compile(r"[a-z0-9_-]{1,40}", re.IGNORECASE | re.ASCII)
NUMBER = re.compile(r"\d{1,20}", re.ASCII)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
MODES: dict[str, CommentsMode] = {"open": "open", "closed": "closed"}
STATUSES: dict[str, Status] = {
    "1": "published",
    "0": "held",
    "spam": "spam",
    "trash": "trash",
    "post-trashed": "trash",
}
UNTITLED = {"fr": "Sans titre", "en": "Untitled"}
NAMELESS = {"fr": "Anonyme", "en": "Anonymous"}
NO_URL = frozenset({"", "http://", "https://"})
"""What WordPress's own form sends where a reader gives no site."""


class Skipped(Exception):
    """Something of the export is not imported; `reason` is a code of the report."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ReaderComment:
    """A reader's comment, cleaned; ids are WordPress's. `notes` are codes of what could not be kept."""

    id: str
    parent_id: str
    status: Status
    author_name: str
    author_email: str | None
    author_url: str | None
    content: str
    created_at: int
    notes: tuple[str, ...]


def article_fields(item: ExportedItem, language: str, *, commented: bool) -> dict[str, Any]:
    """The fields of the article that an item becomes; `commented` says whether readers commented on it.

    What WordPress does not show is no article, since an article's title and comments can be read by anyone:
    only the bin is taken, if it holds readers' comments, and is closed. Raises Skipped.
    """
    if item.type in NOT_ARTICLES and not commented:
        raise Skipped("not_an_article")
    binned = item.status == "trash" and commented
    if item.status not in PUBLIC and not binned:
        raise Skipped("not_public")
    url = _url(item.link) or _url(item.guid)
    if not articles.is_article_id(item.id) or url is None:
        raise Skipped("no_id_or_link")
    return {
        "url": url,
        "title": _title(item.title) or UNTITLED[language],
        "section": _line(_plain(item.category), SECTION_LIMIT),
        "published_at": _moment(item.date_gmt, item.date),
        "comments_mode": "closed" if binned else MODES.get(item.comment_status, "auto"),
    }


def reader_comment(comment: ExportedComment, item: ExportedItem, language: str) -> ReaderComment:
    """A reader's comment, cleaned. Raises Skipped for what is none, or cannot be kept whole."""
    if comment.type not in READER_TYPES:
        raise Skipped(comment.type if TYPE.fullmatch(comment.type) else "other_type")
    if not NUMBER.fullmatch(comment.id):
        raise Skipped("no_id")
    created_at = _moment(comment.date_gmt, comment.date, item.date_gmt, item.date)
    if created_at is None:
        raise Skipped("no_date")
    name, email = _name(comment.author), _email(comment.email)
    url = None if comment.url in NO_URL else _url(comment.url)
    notes = {
        "name_missing": name is None,
        "email_invalid": email is None and bool(comment.email),
        "email_missing": not comment.email,
        "url_dropped": url is None and comment.url not in NO_URL,
        "status_unknown": comment.approved not in STATUSES,
    }
    return ReaderComment(
        id=comment.id.lstrip("0") or "0",
        parent_id=comment.parent_id.lstrip("0"),
        status=STATUSES.get(comment.approved, "held"),
        author_name=name or NAMELESS[language],
        author_email=email,
        author_url=url,
        content=_content(comment.content),
        created_at=created_at,
        notes=tuple(code for code, applies in notes.items() if applies),
    )


def _content(html: str) -> str:
    try:
        return clean_content(plain_from_html(html), CONTENT_LIMIT)
    except FieldError as error:
        raise Skipped("empty" if error.code == "required" else error.code) from error


def _name(html: str) -> str | None:
    try:
        return clean_line(_plain(html), NAME_LIMIT)
    except FieldError as error:
        if error.code == "required":
            return None
        raise Skipped(error.code) from error


def _title(html: str) -> str | None:
    """A title; one that is too long is cut, and says so by an ellipsis."""
    plain = _plain(html)
    return _line(plain if len(plain) <= TITLE_LIMIT else f"{plain[: TITLE_LIMIT - 1]}…", TITLE_LIMIT)


def _line(text: str, limit: int) -> str | None:
    with suppress(FieldError):
        return clean_line(text, limit)
    return None


def _plain(html: str) -> str:
    """The text of a title, a name or a category, which WordPress keeps with entities and, at times, tags."""
    return unescape(TAG.sub("", html))


def _email(typed: str) -> str | None:
    with suppress(FieldError):
        return normalise_email(typed)
    return None


def _url(typed: str) -> str | None:
    with suppress(FieldError):
        return clean_url(typed)
    return None


def _moment(*texts: str) -> int | None:
    """The first of some times in UTC that is one: WordPress writes 0000-00-00 where it has none."""
    for text in texts:
        with suppress(FieldError):
            return instants.parse(f"{text}Z")
    return None
