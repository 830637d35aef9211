"""What tests stand on: a clock that they move, a backend on any DynamoDB client, and the whole app."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlencode

import app
from chalicelib import settings
from chalicelib.api.door import Tribune
from chalicelib.api.messages import PROBLEMS
from chalicelib.backend import Backend
from chalicelib.rules import instants
from chalicelib.storage import schema, views
from chalicelib.storage.table import Table

PUBLISHER = "publisher-token-of-the-tests"
MODERATOR = "moderator-token-of-the-tests"
ADMIN = "admin-token-of-the-tests"
TOKEN_OF = {"publisher": PUBLISHER, "moderator": MODERATOR, "admin": ADMIN, "anyone": None}
"""The token that opens a row, by who may call it."""
OTHER_TOKEN = {"publisher": MODERATOR, "moderator": PUBLISHER, "admin": MODERATOR}
"""A token that does not."""
NOTHING = "0" * 20
"""The id of no comment, report or job."""
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"
NOON = instants.parse("2026-03-11T12:00:00Z")


def path_of(path: str, **ids: str) -> str:
    """A row's path with its parameters filled in: the article `a1` and nothing of it, unless `ids` say more."""
    nothing = dict.fromkeys(("comment_id", "report_id", "job_id"), NOTHING)
    embedded = {"version": "1.0.0", "file": "tribune.css"}
    files = embedded if "{version}" in path else {"file": "main.js"}
    return path.format(**({"article_id": "a1"} | nothing | ids | files))


@dataclass
class Clock:
    """The time in the tests, in milliseconds; it stands still until a test moves it."""

    at: int = NOON

    def __call__(self) -> int:
        """The time now."""
        return self.at

    def forward(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        self.at += int(((hours * 60 + minutes) * 60 + seconds) * instants.SECOND)


def make_backend(client: Any, clock: Callable[[], int], **options: Any) -> Backend:
    """A backend on a client, its table made if need be, with settings by their names."""
    configured = settings.Settings(
        **(
            {
                "publisher_token": PUBLISHER,
                "moderator_token": MODERATOR,
                "admin_token": ADMIN,
                "view_partitions": 4,
            }
            | options
        )
    )
    if schema.create_if_missing(client, configured.table):
        table = Table(client, configured.table, pause=lambda seconds: None, jitter=lambda: 0.5, now=clock)
        views.start_counting(table, instants.hour_of(clock()))
    table = Table(client, configured.table, pause=lambda seconds: None, jitter=lambda: 0.5, now=clock)
    drawn = iter(range(1, 1_000_000))
    return Backend(
        settings=configured,
        table=table,
        now=clock,
        random_bytes=lambda size: next(drawn).to_bytes(size, "little"),
        roll_up_seconds=2,
    )


@dataclass
class Heard:
    """An answer of the app."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """The code of a refusal; of one that people read, by its sentence in French."""
        if "json" in self.headers.get("content-type", ""):
            return str(self.json["code"])
        said = {code: escape(problem.detail.fr.partition("{")[0]) for code, problem in PROBLEMS.items()}
        return next(code for code, sentence in said.items() if sentence in self.text)


@dataclass
class Service:
    """The whole app on a backend, spoken to in events as a Function URL sends them."""

    backend: Backend
    clock: Clock
    app: Tribune = field(init=False)

    def __post_init__(self) -> None:
        """Build an app of its own from the table of routes."""
        self.app = Tribune("tribune", app.ROUTES, lambda: self.backend)

    def journal(self) -> list[str]:
        """The lines that are told from now on."""
        lines: list[str] = []
        self.backend.sink = lines.append
        return lines

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        form: dict[str, str] | None = None,
        token: str | None = None,
        address: str = "198.51.100.7",
        **headers: str,
    ) -> Heard:
        """Send a request: `body` as JSON (bytes and text as they are), or a `form`."""
        path, _, query = path.partition("?")
        given = {"user-agent": FIREFOX} | {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            given["authorization"] = f"Bearer {token}"
        if form is not None:
            given.setdefault("content-type", "application/x-www-form-urlencoded")
            body = urlencode(form)
        elif body is not None:
            given.setdefault("content-type", "application/json")
            body = body if isinstance(body, str | bytes) else json.dumps(body)
        event = {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": query,
            "headers": given,
            "requestContext": {"http": {"method": method, "sourceIp": address}, "requestId": "test"},
            "body": body,
            "isBase64Encoded": False,
        }
        answer = self.app(event, None)
        return Heard(answer["statusCode"], {k.lower(): v for k, v in answer["headers"].items()}, answer["body"])

    def register(self, article_id: str = "a1", **fields: Any) -> Heard:
        """Register an article."""
        complete = {"url": f"https://news.example.org/{article_id}", "title": f"Title {article_id}"} | fields
        return self.call("PUT", f"/articles/{article_id}", complete, token=PUBLISHER)

    def post(self, article_id: str = "a1", *, address: str = "198.51.100.7", **fields: Any) -> Heard:
        """Post a comment."""
        complete = {"author_name": "Zoé", "author_email": "zoe@example.org", "content": "Bonjour"} | fields
        return self.call("POST", f"/articles/{article_id}/comments", complete, address=address)

    def decide(self, decision: str, *comment_ids: str, **fields: Any) -> Heard:
        """Decide on comments."""
        body = {"comment_ids": list(comment_ids), "decision": decision} | fields
        return self.call("POST", "/moderation/decisions", body, token=MODERATOR)

    def queue(self, query: str = "status=held") -> Any:
        """The moderation queue."""
        return self.call("GET", f"/moderation/comments?{query}", token=MODERATOR).json

    def view(self, article_id: str = "a1", query: str = "", **options: Any) -> Any:
        """View an article."""
        return self.call("POST", f"/articles/{article_id}/views{query}", **options).json


def an_app(client: Any, clock: Clock, **options: Any) -> Service:
    """The app with the article `a1`, publishing at once and without a pace unless `options` say otherwise."""
    open_house = {"moderation": "none", "comment_interval": 0}
    service = Service(make_backend(client, clock, **(open_house | options)), clock)
    service.register()
    return service
