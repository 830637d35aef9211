"""The fields of bodies and queries, each with its rule. Every model refuses what it does not know."""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from chalicelib.model import CommentsMode, ListSort, Sort, Window
from chalicelib.rules import articles, email, instants, text, threads, web_address
from chalicelib.rules.fields import FieldError

SUBMISSION_ID = r"^[A-Za-z0-9_-]{8,64}$"
TITLE_LIMIT = 300
SECTION_LIMIT = 100
NOTE_LIMIT = 1_000
MOST_IDS = 100
HONEYPOT_LIMIT = 10_000


def ruled(check: Callable[..., Any], *arguments: Any) -> AfterValidator:
    """A validator that applies a pure rule to a value and passes its refusal on."""

    def apply(value: Any) -> Any:
        try:
            return check(value, *arguments)
        except FieldError as error:
            raise PydanticCustomError(error.code, error.code, error.params) from error

    return AfterValidator(apply)


def content_within_limit(value: str, info: ValidationInfo) -> str:
    """A comment's text, as long as the setting `max_content` allows."""
    limit = (info.context or {}).get("max_content", 5_000)
    try:
        return text.clean_content(value, limit)
    except FieldError as error:
        raise PydanticCustomError(error.code, error.code, error.params) from error


def known_ids(value: str) -> list[str]:
    """Ids between commas: at most 100; what cannot be an id is left out, as any unknown article is."""
    ids = [part.strip() for part in value.split(",") if part.strip()]
    if len(ids) > MOST_IDS:
        raise FieldError("too_many", limit=MOST_IDS)
    return [id for id in ids if articles.is_article_id(id)]


def known_parent(value: str) -> str:
    """What cannot be a comment's id is nobody's parent."""
    if not threads.is_comment_id(value):
        raise FieldError("unknown_parent")
    return value


def no_blank(value: object) -> object:
    """An optional field left blank, as forms and scripts send it, is a field left out."""
    return None if isinstance(value, str) and not value.strip() else value


Optional = BeforeValidator(no_blank)
Name = Annotated[str, ruled(text.clean_name), Field(description="At most 100 characters.")]
Email = Annotated[str, ruled(email.normalise_email), Field(description="Never published.")]
Content = Annotated[str, AfterValidator(content_within_limit)]
Url = Annotated[str, ruled(web_address.clean_url)]
Title = Annotated[str, ruled(text.clean_line, TITLE_LIMIT)]
Section = Annotated[str, ruled(text.clean_line, SECTION_LIMIT)]
Instant = Annotated[str, ruled(instants.parse), Field(json_schema_extra={"format": "date-time"})]
Note = Annotated[str, ruled(text.clean_content, NOTE_LIMIT)]


class Fields(BaseModel):
    """Fields that come in from outside."""

    # Built when first used: a cold start waits for the models of one row, not of all.
    model_config = ConfigDict(extra="forbid", defer_build=True)


class NewComment(Fields):
    """What a reader sends."""

    author_name: Name
    author_email: Email
    content: Content
    author_url: Annotated[Url | None, Optional] = None
    parent_id: Annotated[
        Annotated[str, ruled(known_parent)] | None,
        Optional,
        Field(description="The published comment this one answers."),
    ] = None
    submission_id: Annotated[
        Annotated[str, Field(pattern=SUBMISSION_ID)] | None,
        Optional,
        Field(description="Made by the sender; the same one is never stored twice."),
    ] = None
    form_token: Annotated[
        Annotated[str, Field(max_length=200)] | None,
        Optional,
        Field(description="From `form-tokens`, when the form was opened."),
    ] = None
    subject: Annotated[
        Annotated[str, Field(max_length=HONEYPOT_LIMIT)] | None,
        Optional,
        Field(description="Left empty by people, who do not see it."),
    ] = None


class ArticleFields(Fields):
    """What the publisher says of an article; a field left out keeps its value, null clears it."""

    url: Annotated[Url, Field(description="Required when new.")] = ""
    title: Annotated[Title, Field(description="Required when new.")] = ""
    section: Annotated[Section | None, Optional] = None
    image_url: Annotated[Url | None, Optional] = None
    published_at: Annotated[Instant | None, Optional] = None
    comments: CommentsMode | None = None


class NewView(Fields):
    """A view says nothing about itself."""


class ThreadQuery(Fields):
    """Which page of an article's comments."""

    sort: Sort = "newest"
    limit: Annotated[int, Field(ge=1, le=100, description="Threads of a page.")] = 20
    cursor: str | None = None


class ListFilter(Fields):
    """What of a most-read list is wanted."""

    section: Annotated[Section | None, Optional] = None
    sort: ListSort = "views"
    limit: Annotated[int, Field(ge=1, le=100)] = 5
    exclude: Annotated[list[str], Field(max_length=MOST_IDS, description="Articles to leave out.")] = []
    published_within: Annotated[int | None, Field(ge=1, le=36_500, description="Days.")] = None


class ListQuery(ListFilter):
    """Which most-read list."""

    window: Window = "24h"


class ViewQuery(ListFilter):
    """Which most-read list to answer a view with, if any."""

    most_read: Window | None = None


class CountsQuery(Fields):
    """Which articles to count."""

    ids: Annotated[str, ruled(known_ids), Field(description="Up to 100 article ids between commas.")]


FORM_NAMES: dict[type[BaseModel], dict[str, str]] = {
    NewComment: {
        "author": "author_name",
        "email": "author_email",
        "url": "author_url",
        "comment": "content",
        "comment_parent": "parent_id",
    }
}
"""What a WordPress theme's form calls the fields of a comment."""
FORM_NOTHING = {"comment_parent": "0"}
"""What WordPress's form sends where there is nothing to say."""
