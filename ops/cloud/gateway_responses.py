"""What API Gateway answers by itself, in our words and readable for any page: shared by both ways of deploying.

Without these, a path or method that no route has is a 403 `Missing Authentication Token`, and no page may read any
of the gateway's own refusals, since they lack CORS headers.
"""

import json
from dataclasses import dataclass
from typing import Any

from chalicelib.api import problems
from chalicelib.errors import Busy, Failure, NotFound, Refusal, TooLarge, TooMany
from ops.serve.door import MOST_BYTES

RETRY_AFTER = 2
KEPT = ("Retry-After", "Content-Language")
"""The headers of a refusal that the gateway can send too."""
NO_ROUTE = (
    "MISSING_AUTHENTICATION_TOKEN",
    "INVALID_SIGNATURE",
    "ACCESS_DENIED",
    "EXPIRED_TOKEN",
    "RESOURCE_NOT_FOUND",
)
"""How the gateway calls a path or a method that no route has; where a bearer token comes along, it takes that for
a signature and finds it wrong. No route of ours asks for one."""
REFUSED = {"fr": "La passerelle a refusé la requête.", "en": "The gateway refused the request."}
"""For what the gateway refuses and we have no code for. Its own message may repeat what was sent, unescaped."""


@dataclass(frozen=True)
class GatewayResponse:
    """An answer of the gateway's own: its status (None: the one it has), headers and body."""

    status: int | None
    headers: dict[str, str]
    body: str


def responses(language: str) -> dict[str, GatewayResponse]:
    """The answers by the gateway's name for them, in the site's language."""
    too_many = TooMany("too_many_requests", retry_after=RETRY_AFTER, seconds=RETRY_AFTER)
    busy = _response(Busy(retry_after=RETRY_AFTER), language)
    failure = _response(Failure(request_id="$context.requestId"), language)
    ours = {
        "DEFAULT_4XX": GatewayResponse(None, _headers({}), json.dumps(any_refusal(language), ensure_ascii=False)),
        "DEFAULT_5XX": failure,
        "INTEGRATION_FAILURE": busy,
        "INTEGRATION_TIMEOUT": busy,
        "REQUEST_TOO_LARGE": _response(TooLarge(limit=MOST_BYTES), language),
        "THROTTLED": _response(too_many, language),
    }
    return ours | dict.fromkeys(NO_ROUTE, _response(NotFound("unknown_route"), language))


def any_refusal(language: str) -> dict[str, str]:
    """The body for any refusal of the gateway's that is not named; it fills in how it calls it."""
    words = {"title": "$context.error.responseType", "detail": REFUSED[language]}
    return {"type": "about:blank", "code": "gateway", **words}


def api_arguments(response: GatewayResponse) -> dict[str, Any]:
    """A response as PutGatewayResponse wants it."""
    arguments: dict[str, Any] = {
        "responseParameters": {
            f"gatewayresponse.header.{name}": _quoted(value) for name, value in response.headers.items()
        },
        "responseTemplates": {"application/json": response.body},
    }
    return arguments if response.status is None else {"statusCode": str(response.status), **arguments}


def template_property(response: GatewayResponse) -> dict[str, Any]:
    """A response as the GatewayResponses of an AWS::Serverless::Api want it."""
    said: dict[str, Any] = {
        "ResponseParameters": {"Headers": {name: _quoted(value) for name, value in response.headers.items()}},
        "ResponseTemplates": {"application/json": response.body},
    }
    return said if response.status is None else {"StatusCode": response.status, **said}


def _response(refusal: Refusal, language: str) -> GatewayResponse:
    body = json.dumps(problems.body_of(refusal, language), ensure_ascii=False)
    headers = problems.headers_of(refusal, language)
    return GatewayResponse(
        refusal.status, _headers({name: headers[name] for name in KEPT if name in headers}), body
    )


def _headers(more: dict[str, str]) -> dict[str, str]:
    common = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Retry-After",
        "Cache-Control": "no-store",
        "Content-Type": problems.MEDIA_TYPE,
        "X-Content-Type-Options": "nosniff",
    }
    return common | more


def _quoted(value: str) -> str:
    """A fixed value, which the gateway wants in single quotes."""
    return f"'{value}'"
