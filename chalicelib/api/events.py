"""The doors: REST API, HTTP API and Function URL events as one kind, and answers as each door wants them."""

import base64
import binascii
import gzip
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from chalicelib.errors import BadRequest

Event = dict[str, Any]
REQUEST_ID = re.compile(r"[A-Za-z0-9=_-]{1,64}")
"""What a door may give as a request's id: some let the client choose it, and it is logged."""

STATIC = ("text/javascript", "text/css")
GZIP_TAKEN = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.IGNORECASE)
"""In an Accept-Encoding (RFC 9110, 12.5.3), which may also name what is not wanted."""


class RouteMatcher:
    """Finds the path of the route table that a request's path belongs to, with its parameters still encoded."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._templates = sorted(((path.split("/"), path) for path in paths), key=lambda pair: "{" in pair[1])

    def match(self, path: str) -> tuple[str, dict[str, str]] | None:
        """The route's path and the parameters, None if there is none; one closing slash does not matter."""
        parts = path.removesuffix("/").split("/")
        for template, route in self._templates:
            if len(template) == len(parts) and all(
                name == part or (part and name.startswith("{")) for name, part in zip(template, parts, strict=True)
            ):
                pairs = zip(template, parts, strict=True)
                return route, {name[1:-1]: part for name, part in pairs if name.startswith("{")}
        return None


def is_payload_2(event: object) -> bool:
    """Whether this is an HTTP API (payload 2.0) or Function URL event."""
    return isinstance(event, dict) and event.get("version") == "2.0"


def rest_event(event: object) -> Event:
    """Any door's event as a REST API event with `path`, every key that Chalice reads, and the body as bytes.

    `requestContext.resourcePath` is None where the gateway matched no route of its own, `requestContext.path` is
    what was asked for, with a stage or a base path before ours. Raises BadRequest for an event that no door sends.
    """
    if not isinstance(event, dict):
        raise BadRequest("unknown_event")
    try:
        return _from_payload_2(event) if is_payload_2(event) else _from_payload_1(event)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadRequest("unknown_event") from error


def payload_2_answer(answer: Event, accepted: str) -> Event:
    """A REST API answer as HTTP APIs and Function URLs want it, for who has `accepted` some encodings.

    Those doors compress nothing: scripts and style sheets, which every new reader waits for, go out compressed.
    """
    headers = dict(answer["headers"])
    for name, values in answer.get("multiValueHeaders", {}).items():
        headers[name] = ", ".join(values)
    told = {"statusCode": answer["statusCode"], "headers": headers, "body": answer["body"]}
    if not headers.get("Content-Type", "").startswith(STATIC):
        return told | {"isBase64Encoded": answer.get("isBase64Encoded", False)}
    if not answer["body"] or not GZIP_TAKEN.search(accepted):
        return told | {"isBase64Encoded": False}
    headers["Content-Encoding"] = "gzip"
    compressed = gzip.compress(answer["body"].encode(), mtime=0)
    return told | {"body": base64.b64encode(compressed).decode(), "isBase64Encoded": True}


def _from_payload_1(event: Event) -> Event:
    context = event["requestContext"]
    # Where both are there the latter hold more: a header that came twice.
    headers = _by_name((event.get("headers") or {}).items()) | _by_name(
        (name, value) for name, values in (event.get("multiValueHeaders") or {}).items() for value in values
    )
    query = event.get("multiValueQueryStringParameters")
    if query is None:
        query = {name: [value] for name, value in (event.get("queryStringParameters") or {}).items()}
    # Chalice's own test client sends no path beside the one of the context.
    path = _text(event.get("path") or context["path"])
    return _normalised(
        event,
        method=context.get("httpMethod") or event["httpMethod"],
        path=_without_stage(path, context) if event.get("version") == "1.0" else path,
        whole_path=_text(context.get("path") or path),
        resource=context.get("resourcePath"),
        path_parameters=event.get("pathParameters") or {},
        query={_text(name): list(map(_text, values)) for name, values in query.items()},
        headers=headers,
        source_ip=context["identity"].get("sourceIp") or "",
        request_id=context.get("requestId") or "",
    )


def _from_payload_2(event: Event) -> Event:
    context, http = event["requestContext"], event["requestContext"]["http"]
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(event.get("rawQueryString") or "", keep_blank_values=True, errors="replace"):
        query.setdefault(name, []).append(value)
    return _normalised(
        event,
        method=http["method"],
        path=_without_stage(_text(event["rawPath"]), context),
        whole_path=_text(http.get("path") or event["rawPath"]),
        resource=None,
        path_parameters={},
        query=query,
        headers=_by_name((event.get("headers") or {}).items()),
        source_ip=http.get("sourceIp") or "",
        request_id=context.get("requestId") or "",
    )


def _without_stage(path: str, context: Event) -> str:
    """The path that was asked for: HTTP APIs put the name of any stage but the default one in front of it."""
    stage = f"/{context.get('stage')}"
    return path.removeprefix(stage) if path.startswith(f"{stage}/") else path


def _normalised(
    event: Event,
    *,
    method: str,
    path: str,
    whole_path: str,
    resource: str | None,
    path_parameters: dict[str, str],
    query: dict[str, list[str]],
    headers: dict[str, str],
    source_ip: str,
    request_id: str,
) -> Event:
    return {
        "path": path,
        "headers": headers,
        "pathParameters": {_text(name): _text(value) for name, value in path_parameters.items()},
        "multiValueQueryStringParameters": query,
        "stageVariables": None,
        "body": _body(event.get("body"), event.get("isBase64Encoded", False)),
        "isBase64Encoded": False,
        "requestContext": {
            "httpMethod": _text(method).upper(),
            "path": whole_path,
            "resourcePath": resource if resource is None else _text(resource),
            "requestId": request_id if REQUEST_ID.fullmatch(_text(request_id)) else "-",
            "identity": {"sourceIp": _text(source_ip)},
        },
    }


def _by_name(pairs: Iterable[tuple[Any, Any]]) -> dict[str, str]:
    """Headers by their names in lower case, one that came more than once as a list."""
    headers: dict[str, list[str]] = {}
    for name, value in pairs:
        headers.setdefault(_text(name).lower(), []).append(_text(value))
    return {name: ", ".join(values) for name, values in headers.items()}


def _body(body: object, is_base64: bool) -> bytes:
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if is_base64:
        try:
            return base64.b64decode(_text(body), validate=True)
        except binascii.Error as error:
            raise BadRequest("unknown_event") from error
    # A lone surrogate becomes bytes that are not UTF-8, and is refused as such.
    return _text(body).encode("utf-8", "surrogatepass")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"not a text: {type(value).__name__}")
    return value
