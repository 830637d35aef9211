"""Refusals as answers: RFC 9457 problems for programs, a readable page for whoever sent a form."""

from typing import Any

from chalicelib.api import pages
from chalicelib.api.messages import FIELDS, PROBLEMS
from chalicelib.api.route import Answer, Request
from chalicelib.errors import InvalidFields, MethodNotAllowed, Refusal

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:tribune:problem:"


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


def answer(refusal: Refusal, language: str, request: Request | None = None) -> Answer:
    """What a refused request gets."""
    body, headers = body_of(refusal, language), headers_of(refusal, language)
    if request is not None and request.is_form:
        return Answer(
            refusal.status, pages.refusal(body, request, language), headers | {"Content-Type": pages.MEDIA_TYPE}
        )
    return Answer(refusal.status, body, headers | {"Content-Type": MEDIA_TYPE})
