"""Requests as each door of AWS sends them, and answers as each takes them."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from chalicelib.api.events import RouteMatcher
from tests.scene import FIREFOX, Heard, Service

Event = dict[str, Any]
STAGE = "prod"


@dataclass(frozen=True)
class Sent:
    """A request as a client sends it: `path` encoded, with its query."""

    method: str
    path: str
    body: str | bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    address: str = "198.51.100.7"

    @property
    def all_headers(self) -> dict[str, str]:
        """The headers with those that every client sends."""
        return {"Host": "api.example.org", "User-Agent": FIREFOX, "X-Forwarded-For": self.address} | self.headers


def carried(body: str | bytes | None) -> dict[str, Any]:
    """A body as events carry it: bytes in base 64."""
    if isinstance(body, bytes):
        return {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    return {"body": body, "isBase64Encoded": False}


def lists(query: str) -> dict[str, list[str]]:
    """A query's values by name."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def matched(service: Service, path: str) -> tuple[str, dict[str, str] | None]:
    """The resource and the path parameters, as encoded as they came, that a REST API finds for a path."""
    found = RouteMatcher(service.app.routes).match(path)
    return (found[0], found[1] or None) if found else ("/{proxy+}", {"proxy": path[1:]})


def rest_api(service: Service, sent: Sent) -> Event:
    """The event of a REST API."""
    path, _, query = sent.path.partition("?")
    resource, parameters = matched(service, path)
    values = lists(query)
    return {
        "resource": resource,
        "path": path,
        "httpMethod": sent.method,
        "headers": sent.all_headers,
        "multiValueHeaders": {name: [value] for name, value in sent.all_headers.items()},
        "queryStringParameters": {name: given[-1] for name, given in values.items()} or None,
        "multiValueQueryStringParameters": values or None,
        "pathParameters": parameters,
        "stageVariables": None,
        "requestContext": {
            "resourceId": "a1b2c3",
            "resourcePath": resource,
            "httpMethod": sent.method,
            "path": f"/{STAGE}{path}",
            "stage": STAGE,
            "requestId": "c6af9ac6-7b61-11e6-9a41-93e8deadbeef",
            "identity": {"sourceIp": sent.address, "userAgent": FIREFOX, "cognitoIdentityId": None},
            "apiId": "1234567890",
        },
        **carried(sent.body),
    }


def rest_api_bare(service: Service, sent: Sent) -> Event:
    """The event of a REST API test call, where what is empty is null and nothing is given in lists."""
    event = rest_api(service, sent)
    return event | {
        "headers": event["headers"] or None,
        "multiValueHeaders": None,
        "multiValueQueryStringParameters": None
        if len(lists(sent.path)) < 2
        else lists(sent.path.partition("?")[2]),
    }


def http_api_1(service: Service, sent: Sent) -> Event:
    """The event of an HTTP API with payload 1.0 and one route for everything: paths carry the stage."""
    event = rest_api(service, sent)
    path = f"/{STAGE}{event['path']}"
    context = event["requestContext"] | {"resourcePath": "$default", "path": path}
    return event | {
        "version": "1.0",
        "resource": "$default",
        "path": path,
        "pathParameters": None,
        "requestContext": context,
    }


def http_api_2(service: Service, sent: Sent, stage: str = STAGE) -> Event:
    """The event of an HTTP API with payload 2.0."""
    path, _, query = sent.path.partition("?")
    raw = path if stage == "$default" else f"/{stage}{path}"
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": unquote(raw) if stage != "$default" else raw,
        "rawQueryString": query,
        "headers": {name.lower(): value for name, value in sent.all_headers.items()},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "1234567890",
            "http": {
                "method": sent.method,
                "path": raw,
                "protocol": "HTTP/1.1",
                "sourceIp": sent.address,
                "userAgent": FIREFOX,
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": stage,
            "timeEpoch": 1583348638390,
        },
        **({} if sent.body is None else carried(sent.body)),
        "isBase64Encoded": isinstance(sent.body, bytes),
    }


def function_url(service: Service, sent: Sent) -> Event:
    """The event of a Function URL, which has only the default stage."""
    return http_api_2(service, sent, "$default")


DOORS: dict[str, Callable[[Service, Sent], Event]] = {
    "REST API": rest_api,
    "REST API, bare": rest_api_bare,
    "HTTP API, payload 1.0": http_api_1,
    "HTTP API, payload 2.0": http_api_2,
    "Function URL": function_url,
}


def heard(answer: dict[str, Any]) -> Heard:
    """An answer as a client hears it, once it is seen to be one that AWS takes."""
    json.dumps(answer).encode()
    assert type(answer["statusCode"]) is int
    assert isinstance(answer["body"], str)
    answer["body"].encode("utf-8")
    multiple = answer.get("multiValueHeaders", {})
    headers = answer["headers"] | {name: ", ".join(values) for name, values in multiple.items()}
    assert all(isinstance(value, str) and value.isascii() and value.isprintable() for value in headers.values())
    return Heard(answer["statusCode"], {name.lower(): value for name, value in headers.items()}, answer["body"])


def through(door: str, service: Service, sent: Sent) -> Heard:
    """Send a request through a door."""
    return heard(service.app(DOORS[door](service, sent), None))
