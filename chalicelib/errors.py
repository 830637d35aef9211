"""Refusals: everything the service says no with. Each has a stable code; the texts live in api/messages.py.

Refusal
├── BadRequest 400            invalid_json, invalid_form, unknown_event
├── Unauthorised 401          unauthorised
├── Forbidden 403             wrong_role, wrong_section, origin_not_allowed, comments_closed, and of one's own
│                             comments: wrong_edit_token, edit_expired, edit_answered, edit_decided, edit_limit
├── NotFound 404              unknown_route, unknown_article, unknown_comment, unknown_report, unknown_job
├── MethodNotAllowed 405      method_not_allowed
├── Conflict 409              duplicate_comment, changed_meanwhile
├── TooLarge 413              too_large
├── UnsupportedType 415       unsupported_type
├── InvalidFields 422         invalid_fields
├── TooMany 429               too_many_comments, too_many_requests, too_many_votes, too_many_reports
├── Failure 500               internal_error
└── Busy 503                  busy
"""

import dataclasses

Params = dict[str, str | int]


class Refusal(Exception):
    """A request that will not be served: `code` is for programs, `params` fill the sentence for people."""

    status = 500
    codes: tuple[str, ...] = ()

    def __init__(self, code: str | None = None, *, retry_after: int | None = None, **params: str | int) -> None:
        self.code = code or self.codes[0]
        if self.code not in self.codes:
            raise ValueError(f"{self.code} is not a code of {type(self).__name__}")
        self.params: Params = params
        self.retry_after = retry_after
        super().__init__(self.code)


class BadRequest(Refusal):
    """What came in cannot be read at all."""

    status = 400
    codes = ("invalid_json", "invalid_form", "unknown_event")


class Unauthorised(Refusal):
    """A token is needed, and none came or nobody knows it."""

    status = 401
    codes = ("unauthorised",)


class Forbidden(Refusal):
    """The caller is known well enough, and may not."""

    status = 403
    codes = (
        "wrong_role",
        "wrong_section",
        "origin_not_allowed",
        "comments_closed",
        "wrong_edit_token",
        "edit_expired",
        "edit_answered",
        "edit_decided",
        "edit_limit",
    )


class NotFound(Refusal):
    """There is no such thing here."""

    status = 404
    codes = ("unknown_route", "unknown_article", "unknown_comment", "unknown_report", "unknown_job")


class MethodNotAllowed(Refusal):
    """The path exists, with other methods: `allow` lists them."""

    status = 405
    codes = ("method_not_allowed",)

    def __init__(self, allow: str) -> None:
        super().__init__(allow=allow)
        self.allow = allow


class Conflict(Refusal):
    """It is there already, or it is another one by now."""

    status = 409
    codes = ("duplicate_comment", "changed_meanwhile")


class TooLarge(Refusal):
    """The body has more bytes than any valid request; `limit` says how many it may have."""

    status = 413
    codes = ("too_large",)


class UnsupportedType(Refusal):
    """The body's media type is none of those taken."""

    status = 415
    codes = ("unsupported_type",)


@dataclasses.dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field; `field` is None where the whole body is meant."""

    field: str
    code: str
    params: Params = dataclasses.field(default_factory=dict)


class InvalidFields(Refusal):
    """Fields that break their rules, all of them in one answer."""

    status = 422
    codes = ("invalid_fields",)

    def __init__(self, problems: list[FieldProblem]) -> None:
        super().__init__()
        self.problems = problems


class TooMany(Refusal):
    """Too fast: try again after `retry_after` seconds."""

    status = 429
    codes = ("too_many_comments", "too_many_requests", "too_many_votes", "too_many_reports")


class Failure(Refusal):
    """A fault of ours, logged under the request's id and never explained to a stranger."""

    status = 500
    codes = ("internal_error",)


class Busy(Refusal):
    """The table does not answer or does not keep up: try again after `retry_after` seconds."""

    status = 503
    codes = ("busy",)


def all_refusals() -> list[type[Refusal]]:
    """Every kind of refusal, for the tests and the documentation that quantify over them."""
    return Refusal.__subclasses__()


FIELD_CODES = (
    "required",
    "too_long",
    "too_many",
    "invalid_email",
    "invalid_url",
    "invalid_time",
    "invalid_type",
    "invalid_text",
    "invalid_choice",
    "out_of_range",
    "unknown_field",
    "unknown_parent",
    "invalid_format",
    "repeated_field",
    "reserved_name",
    "not_published",
)
