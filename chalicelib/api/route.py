"""A row of the table of routes, and what goes in and out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

from chalicelib.api.later import arrived
from chalicelib.journal import Facts, Metric

Who = Literal["anyone", "publisher", "moderator", "admin"]
ANYONE: Who = "anyone"
PUBLISHER: Who = "publisher"
MODERATOR: Who = "moderator"
ADMIN: Who = "admin"
"""Who may do all that the other roles may."""
FOR_EVER = 31_536_000
"""The max-age of what never changes under its address: a year, which caches take for ever (RFC 2616, 14.21)."""


@dataclass(frozen=True)
class Request:
    """An HTTP request, whichever door it came through. Header names are in lower case.

    `path_before` is what stands before the row's path. `language` is the one of ours to answer in, `service` the
    service's own address (see own_address.py).
    """

    method: str
    path_parameters: dict[str, str]
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    source_ip: str
    request_id: str
    path_before: str = ""
    language: str = "fr"
    service: str = ""

    @property
    def media_type(self) -> str:
        """The body's media type without its parameters, in lower case; empty if none is given."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_form(self) -> bool:
        """Whether an HTML form sent this, so that a person, not a program, reads the answer."""
        return self.media_type == "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What goes back: JSON for a dictionary or a list, as it is for text, nothing for None.

    `facts` and `metrics` go to the journal: a refusal's code as `outcome`, and why the service failed.
    """

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    metrics: tuple[Metric, ...] = ()


Drawing = Callable[[dict[str, Any], Request, str], tuple[str, dict[str, str]]]
"""Makes of a problem, for a request and in a language, the page that tells a person of it, with its headers."""


@dataclass(frozen=True)
class Route:
    """Who may call, what comes in, what happens, what goes out and for how many seconds it may be cached.

    `action(backend, caller, **path parameters, **fields)` gives a result, `answer(result, request)` tells it.
    One that asks too often is refused before anything else, but where the row is not `paced`: its action tells it.
    What belongs to few requests may be imported `later`. A row for anyone looks at no token, unless it tells more
    to those who hold one of the role `more_for`. Where people read the answers, `refusal` draws one for them.
    """

    method: str
    path: str
    who: Who
    takes: type[BaseModel] | None
    action: Callable[..., Any]
    answer: Callable[[Any, Request], Answer]
    max_age: int = 0
    query: type[BaseModel] | None = None
    paced: bool = True
    more_for: Who = ANYONE
    refusal: Drawing | None = None

    @property
    def name(self) -> str:
        """The row's name among operations: its action's module and verb."""
        return f"{self.action.__module__.rpartition('.')[2]}.{self.action.__name__}"

    @property
    def body(self) -> type[BaseModel] | None:
        """The model of the body, None where the row takes a query only."""
        return None if self.method == "GET" else arrived(self.takes)

    @property
    def parameters(self) -> type[BaseModel] | None:
        """The model of the query."""
        return arrived(self.takes) if self.method == "GET" else self.query

    @property
    def speaks(self) -> bool:
        """Whether the call says in which language it wants the answer."""
        model = self.parameters
        return model is not None and "lang" in model.model_fields

    @property
    def writes(self) -> bool:
        """Whether the call may change anything."""
        return self.method != "GET"
