"""The fields of what readers do with comments: their own ones, and those of others."""

from typing import Annotated, Literal, get_args

from pydantic import Field

from chalicelib.api.fields import Content, Email, Fields, Name, Note, Optional
from chalicelib.rules import statements

EditToken = Annotated[str, Field(min_length=1, max_length=100, description="From the answer to the comment.")]
ReportReason = Literal[
    "illegal", "child_abuse", "hate", "harassment", "privacy", "misinformation", "spam", "off_topic", "other"
]
assert get_args(ReportReason) == statements.REPORT_REASONS  # noqa: S101  # a Literal must be spelled out


class NewFormToken(Fields):
    """A form that opens says nothing about itself."""


class Own(Fields):
    """Whose comment it is."""

    edit_token: EditToken


class Edit(Fields):
    """Another text for a comment."""

    edit_token: EditToken
    content: Content


class Vote(Fields):
    """A vote on a comment; 0 takes it back."""

    vote: Annotated[int, Field(ge=-1, le=1)]


class NewReport(Fields):
    """Why moderators should look at a comment.

    `illegal` is a notice under article 16 of the EU's Digital Services Act and needs all the other fields;
    `child_abuse` needs no name and no e-mail.
    """

    reason: ReportReason
    explanation: Annotated[Note | None, Optional] = None
    name: Annotated[Name | None, Optional] = None
    email: Annotated[Email | None, Optional] = None
    good_faith: Annotated[
        bool, Field(description="I believe in good faith that what I say here is accurate and complete.")
    ] = False
