"""The Chalice app: rows become its routes, and every kind of event finds the row it is meant for."""

import itertools
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any

from chalice.app import Chalice, CORSConfig, Response
from chalice.app import Request as ChaliceRequest

from chalicelib.api import binding, events, problems
from chalicelib.api.own_address import path_before
from chalicelib.api.route import Answer, Request, Route
from chalicelib.api.visit import Visit
from chalicelib.backend import Backend
from chalicelib.errors import MethodNotAllowed, NotFound, Refusal
from chalicelib.rules.languages import preferred_language

VARIABLE = re.compile(r"{(\w+)}")
PREFLIGHT_SECONDS = 86_400
ALLOWED_HEADERS = ["Authorization", "Content-Type", "If-None-Match"]
NO_REQUEST = Request("", {}, {}, {}, b"", "", "")
"""What stands for the request of an event that holds none."""


class Tribune(Chalice):
    """A Chalice app made of a table of routes.

    `backend` gives what actions work on, when it is first needed. Chalice itself reads only REST API events and
    shares the current request between threads; here each thread has its own, and HTTP API and Function URL
    events are turned into REST API events before Chalice sees them.
    """

    def __init__(self, name: str, routes: Sequence[Route], backend: Callable[[], Backend]) -> None:
        self._local = threading.local()
        self._visits = itertools.count()
        super().__init__(app_name=name, configure_logs=False)
        self.backend = backend
        self.table = tuple(routes)
        self._matcher = events.RouteMatcher({route.path for route in routes})
        cors = CORSConfig(allow_origin="*", allow_headers=ALLOWED_HEADERS, max_age=PREFLIGHT_SECONDS)
        for route in routes:
            # Without content types Chalice leaves it to us to refuse a body, after who sent it.
            self.route(route.path, methods=[route.method], cors=cors, content_types=[])(self._view(route))

    @property
    def current_request(self) -> ChaliceRequest | None:
        """The request of this thread."""
        return getattr(self._local, "request", None)

    @current_request.setter
    def current_request(self, request: ChaliceRequest | None) -> None:
        self._local.request = request

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer an event of any door, and tell the journal; one of unknown shape gets a refusal."""
        visit = self._local.visit = Visit(self._backend_if_any(), cold_start=next(self._visits) == 0)
        request = NO_REQUEST
        try:
            rest = events.rest_event(event)
            request = _request(rest, {})
            answer = self._answered(rest, context)
        except Refusal as refusal:
            answer = self._refused(refusal, request).to_dict()
        except Exception as error:
            answer = self._refused(binding.failure(request.request_id, error), request).to_dict()
        visit.end(request.request_id, answer["statusCode"])
        if request.method == "HEAD":
            answer["body"] = ""
        if not events.is_payload_2(event):
            return answer
        return events.payload_2_answer(answer, request.headers.get("accept-encoding", ""))

    def _answered(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        where = event["requestContext"]
        method = where["httpMethod"]
        if not self._is_ours(where["resourcePath"], event["pathParameters"]):
            found = self._matcher.match(event["path"])
            if found is None:
                raise NotFound("unknown_route")
            where["resourcePath"], event["pathParameters"] = found
        methods = self.routes[where["resourcePath"]]
        allowed = sorted({*methods, "OPTIONS"} | ({"HEAD"} if "GET" in methods else set()))
        if method == "OPTIONS":
            return _preflight(allowed)
        if method not in allowed:
            raise MethodNotAllowed(", ".join(allowed))
        if method == "HEAD":
            where["httpMethod"] = "GET"
        answer: dict[str, Any] = super().__call__(event, context)
        return answer

    def _is_ours(self, resource: str | None, parameters: dict[str, str]) -> bool:
        """Whether the gateway itself has found the route, with all its parameters."""
        return resource in self.routes and set(VARIABLE.findall(resource)) <= parameters.keys()

    def _view(self, route: Route) -> Callable[..., Response]:
        def view(**path: str) -> Response:
            current = self.current_request
            assert current is not None  # noqa: S101  # Chalice sets it before it calls a view
            request = _request(current.to_original_event(), path)
            try:
                backend = self.backend()
            except Exception as error:
                return self._refused(binding.failure(request.request_id, error), request, route)
            answer = binding.serve(route, request, backend)
            self._local.visit.answered(route, answer)
            return _response(answer)

        view.__name__ = f"{route.method.lower()}_{route.path.strip('/').replace('/', '_')}"
        return view

    def _backend_if_any(self) -> Backend | None:
        try:
            return self.backend()
        except Exception:  # it will fail again where it is needed, and be told there
            return None

    def _refused(self, refusal: Refusal, request: Request, route: Route | None = None) -> Response:
        """A refusal outside of any row: it needs no settings, since it must not fail for want of them."""
        try:
            answer = binding.refused(refusal, request, self.backend().settings, route)
        except Exception:
            language = preferred_language(request.headers.get("accept-language"), "fr")
            answer = problems.answer(refusal, language, request, route)
        answer = binding.dressed(answer, None, request)
        self._local.visit.answered(route, answer)
        return _response(answer)


def _request(event: dict[str, Any], path: dict[str, str]) -> Request:
    where = event["requestContext"]
    return Request(
        method=where["httpMethod"],
        path_parameters=path,
        query=event["multiValueQueryStringParameters"],
        headers=event["headers"],
        body=event["body"],
        source_ip=where["identity"]["sourceIp"],
        request_id=where["requestId"],
        path_before=path_before(where["path"], where["resourcePath"] or ""),
    )


def _response(answer: Answer) -> Response:
    return Response(body=answer.body, status_code=answer.status, headers=dict(answer.headers))


def _preflight(allowed: list[str]) -> dict[str, Any]:
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": ", ".join(allowed),
        "Access-Control-Allow-Headers": ", ".join(ALLOWED_HEADERS),
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
        "Allow": ", ".join(allowed),
    }
    return {"statusCode": 204, "headers": headers, "multiValueHeaders": {}, "body": ""}
