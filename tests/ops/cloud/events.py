"""Events as the doors of a deployed stage send them."""

import json
from typing import Any

from tests.scene import FIREFOX


def url_event(method: str, path: str, body: Any = None, token: str = "", **headers: str) -> dict[str, Any]:
    """The event of a Function URL."""
    given = {"user-agent": FIREFOX, "content-type": "application/json"} | headers
    if token:
        given["authorization"] = f"Bearer {token}"
    path, _, query = path.partition("?")
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": given,
        "requestContext": {"http": {"method": method, "sourceIp": "198.51.100.7"}, "requestId": "r"},
        "body": json.dumps(body) if body is not None else None,
        "isBase64Encoded": False,
    }


def rest_event(method: str, resource: str, parameters: dict[str, str], body: Any = None) -> dict[str, Any]:
    """The event of a REST API."""
    path = resource.format(**parameters)
    return {
        "resource": resource,
        "path": path,
        "httpMethod": method,
        "headers": {"User-Agent": FIREFOX, "Content-Type": "application/json"},
        "multiValueHeaders": {"User-Agent": [FIREFOX], "Content-Type": ["application/json"]},
        "multiValueQueryStringParameters": None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": resource,
            "httpMethod": method,
            "path": f"/prod{path}",
            "stage": "prod",
            "requestId": "r",
            "identity": {"sourceIp": "198.51.100.8", "userAgent": FIREFOX},
        },
        "body": json.dumps(body) if body is not None else None,
        "isBase64Encoded": False,
    }
