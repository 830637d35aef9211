"""One environment of the whole app on a measured site, and what each request to it consumes."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import app
from chalicelib.actions import identity
from chalicelib.api.door import Tribune
from chalicelib.rules import instants
from chalicelib.storage import keys
from ops.bench.meter import Cost
from ops.bench.site import BROWSER, Site, register
from ops.costs.usage import Request

TOKEN = "a-token-to-measure-with"  # noqa: S105  # of a table in memory
ARTICLE = "article-to-measure"
REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"
"""As long as those of AWS."""


@dataclass
class Visitor:
    """Asks an environment that has `options`, and remembers what it can; readers differ unless they are told."""

    site: Site
    options: dict[str, Any] = field(default_factory=dict)
    told: Request = field(init=False)
    """Of the last request."""
    _readers: int = 0

    def __post_init__(self) -> None:
        """Begin with an article, and with the secrets that the first request of a day makes."""
        self.backend = self.site.environment(**({"admin_token": TOKEN} | self.options))
        self.app = Tribune("tribune", app.ROUTES, lambda: self.backend)
        register(self.backend, ARTICLE)
        identity.site_secret(self.backend)
        identity.salt_of_day(self.backend, self.site.now // instants.DAY)

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        status: int = 200,
        reader: int = 0,
        token: str = "",
        agent: str = BROWSER,
    ) -> str:
        """The body of the answer. Raises RuntimeError for another status, which would be measured as this one."""
        self._readers += 1
        headers = {"user-agent": agent} | ({"authorization": f"Bearer {token}"} if token else {})
        if body is not None:
            headers["content-type"] = "application/json"
        lines: list[str] = []
        self.backend.sink = lines.append
        event = _event(method, path, reader or 1_000 + self._readers, body, headers)
        with self.site.meter.measured() as cost:
            answer = self.app(event, None)
        if answer["statusCode"] != status:
            raise RuntimeError(f"{method} {path} was answered {answer['statusCode']}")
        self.told = _told(cost, answer, lines)
        text: str = answer["body"]
        return text

    def item(self, key: keys.Key) -> dict[str, Any]:
        """An item as DynamoDB keeps it."""
        wanted = {name: {"S": value} for name, value in key.items()}
        found: dict[str, Any] = self.site.plain.get_item(TableName=self.backend.table.name, Key=wanted)["Item"]
        return found


def _event(
    method: str, path: str, reader: int, body: Mapping[str, Any] | None, headers: Mapping[str, str]
) -> dict[str, Any]:
    """What a Function URL sends for a reader, who has a network of their own."""
    path, _, query = path.partition("?")
    address = f"10.{reader // 250}.{reader % 250}.1"
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {"http": {"method": method, "sourceIp": address}, "requestId": REQUEST_ID},
        "body": "" if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }


def _told(cost: Cost, answer: dict[str, Any], lines: list[str]) -> Request:
    body = answer["body"].encode()
    return Request(
        write_units=cost.write_units,
        read_units=cost.read_units,
        calls=cost.calls,
        header_bytes=sum(len(f"{name}: {value}\r\n".encode()) for name, value in answer["headers"].items()),
        body_bytes=len(body),
        gzip_bytes=len(gzip.compress(body, mtime=0)),
        log_bytes=sum(len(line.encode()) + 1 for line in lines),
    )
