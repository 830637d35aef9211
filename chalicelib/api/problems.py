"""Refusals as answers: RFC 9457 problems for programs, something to read for people."""

from typing import Any

from chalicelib import journal
from chalicelib.api import pages
from chalicelib.api.messages import FIELDS, PROBLEMS
from chalicelib.api.route import Answer, Request, Route
from chalicelib.errors import Busy, Failure, InvalidFields, MethodNotAllowed, Refusal
from chalicelib.settings import SettingsError

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:tribune:problem:"
METRICS = {Busy: (journal.THROTTLED,), Failure: (journal.FAILED,)}


def headers_of(refusal: Refusal, language: str) -> dict[str, str]:
    """The headers that a refusal brings along."""
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, MethodNotAllowed):
        headers["Allow"] = refusal.allow
    if refusal.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def body_of(refusal: Refusal, language: str) -> dict[str, Any]:
    """A refusal as a problem document in a language."""
    said = PROBLEMS[refusal.code]
    body: dict[str, Any] = {
        "type": TYPE + refusal.code,
        "title": said.title.say(language),
        "status": refusal.status,
        "code": refusal.code,
        "detail": said.detail.say(language, **refusal.params),
    }
    if isinstance(refusal, InvalidFields):
        body["errors"] = [
            {
                "field": problem.field,
                "code": problem.code,
                "message": FIELDS[problem.code].say(language, **problem.params),
            }
            for problem in refusal.problems
        ]
    return body


def answer(refusal: Refusal, language: str, request: Request | None = None, route: Route | None = None) -> Answer:
    """What a refused request gets, and the journal of it: people read what forms and some rows are answered."""
    body, headers = body_of(refusal, language), headers_of(refusal, language)
    facts, metrics = facts_of(refusal), METRICS.get(type(refusal), ())
    draw = route.refusal if route else None
    if request is not None and (draw or request.is_form):
        page, drawn = (draw or pages.refusal)(body, request, language)
        return Answer(refusal.status, page, headers | drawn, facts, metrics)
    return Answer(refusal.status, body, headers | {"Content-Type": MEDIA_TYPE}, facts, metrics)


def facts_of(refusal: Refusal) -> journal.Facts:
    """What the journal is told of a refusal: its code, and of a fault of ours what failed and where."""
    facts: journal.Facts = {"outcome": refusal.code}
    if refusal.status >= 500:
        facts |= journal.failure(refusal)
    if isinstance(refusal.__cause__, SettingsError):
        # The operator's own values and their remedy, which nobody else could tell.
        facts["settings"] = str(refusal.__cause__)
    return facts
