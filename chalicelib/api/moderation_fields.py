"""The fields of what moderators and admins send."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from chalicelib.api.fields import (
    MOST_IDS,
    SUBMISSION_ID,
    Content,
    Fields,
    Instant,
    Name,
    Note,
    Optional,
    Section,
    ruled,
)
from chalicelib.model import Asked, Decision, NewsroomMode, Status
from chalicelib.model.moderation import QueueFilter
from chalicelib.rules.text import clean_line

ARTICLE_ID = r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$"
AUTHOR_KEY = r"^[0-9a-f]{32}$"
NETWORK_KEY = r"^[0-9a-f]{16}$"
JOB_ID = r"^[0-9a-v]{20}$"
SOUGHT_LIMIT = 100
LAST = 500

SubmissionId = Annotated[
    Annotated[str, Field(pattern=SUBMISSION_ID)] | None,
    Optional,
    Field(description="Made by the sender; the same one does nothing twice."),
]


class Filter(Fields):
    """Which comments of the queue."""

    status: Annotated[
        Asked,
        Field(description="`reported`: those with open reports; `all`: of one author, whatever became of them."),
    ] = "held"
    section: Annotated[Section | None, Optional] = None
    article: Annotated[Annotated[str, Field(pattern=ARTICLE_ID)] | None, Optional] = None
    author: Annotated[Annotated[str, Field(pattern=AUTHOR_KEY)] | None, Optional] = None
    network: Annotated[Annotated[str, Field(pattern=NETWORK_KEY)] | None, Optional] = None
    reason: Annotated[Section | None, Optional, Field(description="A code of `held_for`.")] = None
    text: Annotated[
        Annotated[str, ruled(clean_line, SOUGHT_LIMIT)] | None,
        Optional,
        Field(description="In the text or the name."),
    ] = None
    since: Annotated[Instant | None, Optional] = None
    until: Annotated[Instant | None, Optional] = None


class QueueQuery(Filter):
    """Which page of the moderation queue."""

    order: Literal["newest", "oldest"] = "newest"
    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: str | None = None


class Decisions(Fields):
    """A decision on up to 100 comments."""

    comment_ids: Annotated[list[str], Field(min_length=1, max_length=MOST_IDS)]
    decision: Decision
    reason: Annotated[Section | None, Optional] = None
    note: Annotated[Note | None, Optional] = None
    seen: Annotated[Status | None, Field(description="The status the moderator saw.")] = None
    read_at: Annotated[
        Instant | None,
        Optional,
        Field(description="When the queue was read: a comment edited since is left alone."),
    ] = None
    submission_id: SubmissionId = None


def as_filter(given: Filter) -> QueueFilter:
    """The filter as actions know it."""
    return QueueFilter(**{name: getattr(given, name) for name in Filter.model_fields})


class NewJob(Fields):
    """A decision on all comments that a filter selects, at most 1,000."""

    filter: Annotated[Filter, AfterValidator(as_filter)]
    decision: Decision
    reason: Annotated[Section | None, Optional] = None
    note: Annotated[Note | None, Optional] = None
    preview: Annotated[bool, Field(description="Only count them.")] = False
    submission_id: SubmissionId = None


class Continuation(Fields):
    """A job needs nothing to go on."""


class Undo(Fields):
    """Which decision to take back."""

    undo_token: Annotated[str, Field(pattern=JOB_ID)]


class ArticleDecision(Fields):
    """What becomes of an article's comments; a field left out keeps its value."""

    comments: Annotated[NewsroomMode, Field(description="`auto` leaves it to the CMS.")] = "auto"
    pinned: Annotated[str | None, Field(description="A published comment of the article; null unpins.")] = None


class StaffReply(Fields):
    """An answer of the staff."""

    content: Content
    author_name: Annotated[Name | None, Optional] = None
    submission_id: SubmissionId = None


Entries = list[str] | None
Number = int | None


class PolicyFields(Fields):
    """What the rules of moderation are told; null sets a field back."""

    mode: Literal["first", "all", "none"] | None = None
    max_links: Number = None
    held_words: Entries = None
    spam_words: Entries = None
    held_emails: Entries = None
    spam_emails: Entries = None
    held_urls: Entries = None
    spam_urls: Entries = None
    held_networks: Entries = None
    spam_networks: Entries = None
    staff_names: Entries = None
    staff_emails: Entries = None
    shouting_percent: Number = None
    repetition: bool | None = None
    rejected_percent: Number = None
    form_seconds: Number = None
    form_hours: Number = None
    article_pace: Number = None
    site_pace: Number = None
    spam_percent: Number = None


def as_given(fields: PolicyFields) -> dict[str, Any]:
    """The fields that were given, null ones too."""
    return {name: getattr(fields, name) for name in fields.model_fields_set}


GivenPolicy = Annotated[PolicyFields, AfterValidator(as_given)]


class PolicyChange(Fields):
    """A change of the policy."""

    policy: GivenPolicy


class PolicyTrial(Fields):
    """A change of the policy to be tried on the last comments."""

    policy: GivenPolicy
    last: Annotated[int, Field(ge=1, le=LAST)] = 200
