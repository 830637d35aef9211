"""From a request to its answer: who asks, may they, what do they send, what happens, what goes out."""

import base64
import hashlib
import json
from dataclasses import replace
from urllib.parse import unquote

from chalicelib.actions import identity
from chalicelib.api import own_address, problems, reading
from chalicelib.api.route import ADMIN, ANYONE, FOR_EVER, Answer, Request, Route
from chalicelib.backend import Backend
from chalicelib.errors import Failure, Forbidden, NotFound, Refusal, TooMany, Unauthorised
from chalicelib.model import Caller
from chalicelib.rules import articles, languages, threads
from chalicelib.settings import Settings

ETAG_BYTES = 12
IDS = {"comment_id": "unknown_comment", "report_id": "unknown_report", "job_id": "unknown_job"}
"""Parameters that look as a comment's id does, and what is said where they do not."""
JSON_POLICY = "default-src 'none'; frame-ancestors 'none'"
COMMON_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After, Location",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


def serve(route: Route, request: Request, backend: Backend) -> Answer:
    """Answer a request that belongs to a row. Never raises: what goes wrong becomes a problem."""
    settings = backend.settings
    request = replace(
        request,
        language=language_of(request, settings, route),
        service=own_address.of_service(request, settings),
    )
    try:
        answer = _served(route, request, backend)
    except Refusal as refusal:
        answer = refused(refusal, request, settings, route)
    except Exception as error:
        answer = refused(failure(request.request_id, error), request, settings, route)
    return dressed(answer, route, request)


def refused(refusal: Refusal, request: Request, settings: Settings, route: Route | None = None) -> Answer:
    """A refusal in the language of whoever asked."""
    return problems.answer(refusal, language_of(request, settings, route), request, route)


def language_of(request: Request, settings: Settings, route: Route | None) -> str:
    """The language that whoever asks prefers; where the row takes `lang`, that.

    What caches may keep, or another page may hold, is in the site's language where `lang` is none of ours.
    """
    preferred = languages.preferred_language(request.headers.get("accept-language"), settings.language)
    if route is None or not route.speaks:
        return preferred
    asked = request.query.get("lang", [""])[-1]
    if asked in languages.LANGUAGES:
        return asked
    is_page = request.query.get("as", [""])[-1] == "page"
    return preferred if is_page and not route.max_age else settings.language


def failure(request_id: str, error: BaseException) -> Failure:
    """An exception that no row foresees as a refusal, which it is the cause of."""
    refusal = Failure(request_id=request_id or "-")
    refusal.__cause__ = error
    return refusal


def dressed(answer: Answer, route: Route | None, request: Request) -> Answer:
    """The answer with its body as text and the headers that every answer has; 304 where nothing changed."""
    headers = COMMON_HEADERS | {"Content-Security-Policy": JSON_POLICY}
    body = answer.body
    if isinstance(body, dict | list):
        body = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        headers["Content-Type"] = "application/json"
    headers |= answer.headers
    if answer.status == 200 and route is not None and not route.writes:
        headers.setdefault("Cache-Control", cache_control(route))
        headers["ETag"] = etag(body or "")
        if _matches(request.headers.get("if-none-match", ""), headers["ETag"]):
            headers.pop("Content-Type", None)
            return replace(answer, status=304, body="", headers=headers)
    headers.setdefault("Cache-Control", "no-store")
    return replace(answer, body=body or "", headers=headers)


def cache_control(route: Route) -> str:
    """For how long, and by whom, a row's answer may be kept."""
    if route.who != ANYONE:
        return "private, no-cache"
    if not route.max_age:
        return "no-cache"
    if route.max_age == FOR_EVER:
        return f"public, max-age={FOR_EVER}, immutable"
    return f"public, max-age={route.max_age}, stale-while-revalidate=300, stale-if-error=86400"


def etag(body: str) -> str:
    """A strong validator of a body."""
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest()[:ETAG_BYTES]
    return f'"{base64.urlsafe_b64encode(digest).decode()}"'


def _served(route: Route, request: Request, backend: Backend) -> Answer:
    path = path_parameters(request)
    address = identity.client_address(backend, request.source_ip, request.headers)
    if route.paced:
        check_pace(address, bearer_token(request), backend)
    caller = _caller(route, request, address, backend)
    if route.writes:
        check_origin(request, backend.settings)
    fields = reading.read(route, request, backend.settings)
    result = route.action(backend, caller, **path, **fields)
    return route.answer(result, request)


def path_parameters(request: Request) -> dict[str, str]:
    """The path's parameters, decoded once. Raises NotFound for what cannot be an id."""
    decoded: dict[str, str] = {}
    for name, value in request.path_parameters.items():
        try:
            decoded[name] = unquote(value, errors="strict")
        except UnicodeDecodeError:
            decoded[name] = ""
        if name == "article_id" and not articles.is_article_id(decoded[name]):
            raise NotFound("unknown_article")
        if name in IDS and not threads.is_comment_id(decoded[name]):
            raise NotFound(IDS[name])
    return decoded


def check_pace(address: str, token: str | None, backend: Backend) -> None:
    """Raise TooMany if an address has made more requests of this environment than it may in a minute.

    Those with a token that this environment knows count for nothing: a newsroom imports and moderates at its own
    pace. Any other token would have to be asked of the table, and is paced.
    """
    if token and identity.knows(backend, token):
        return
    seconds = identity.seconds_to_wait(backend, address)
    if seconds:
        raise TooMany("too_many_requests", retry_after=seconds, seconds=seconds)


def bearer_token(request: Request) -> str | None:
    """The token that a request brings along, None if it brings none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _caller(route: Route, request: Request, address: str, backend: Backend) -> Caller:
    agent = request.headers.get("user-agent", "")
    if route.who == ANYONE and (route.more_for == ANYONE or not request.headers.get("authorization")):
        return Caller(address, agent, request.headers)
    token = bearer_token(request)
    holder = identity.holder_of(backend, token, address) if token else None
    if holder is None:
        raise Unauthorised()
    if route.who != ANYONE and holder.role not in (route.who, ADMIN):
        raise Forbidden("wrong_role", role=route.who)
    return Caller(address, agent, request.headers, holder.role, holder.actor, holder.sections, holder.name)


def check_origin(request: Request, settings: Settings) -> None:
    """Raise Forbidden if the page that sent this may not write; servers, which send no Origin, may."""
    origin = request.headers.get("origin", "").strip().lower()
    if not origin or "*" in settings.origins or origin in settings.origins:
        return
    host = origin.partition("//")[2]
    own = own_address.origin(settings.public_url or "").partition("//")[2].lower()
    if host and host in (own, request.headers.get("host", "").strip().lower()):
        return
    raise Forbidden("origin_not_allowed")


def _matches(if_none_match: str, tag: str) -> bool:
    given = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return tag in given or given == ["*"]
