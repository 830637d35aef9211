"""Who may do what: each line of the table of routes and callers, asked for."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

import app
from chalicelib.api.fields import FORM_NAMES
from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.conftest import client_on
from tests.route_table import NOT_FOR_FORMS, SECTION, SECTIONS, SET_BY_US, TABLE, TOKENS, USUAL, Line
from tests.scene import MODERATOR, Clock, Heard, Service, make_backend


@dataclass
class World:
    """An article of the section, in a service that worlds share, and what is made of it when it is named."""

    service: Service
    article_id: str
    made: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """What `<name>` stands for."""
        if name not in self.made:
            self.made[name] = MADE[name](self)
        return self.made[name]

    def post(self, **fields: Any) -> Any:
        """Post a comment."""
        return self.service.post(self.article_id, **fields).json

    def filled(self, given: Any) -> Any:
        """Texts, and all that holds some, with what their `<name>`s stand for."""
        if isinstance(given, str):
            return re.sub(r"[<{](\w+)[>}]", lambda found: self[found[1]], given)
        if isinstance(given, list):
            return [self.filled(one) for one in given]
        return {name: self.filled(one) for name, one in given.items()} if isinstance(given, dict) else given

    def ask(self, line: Line, caller: str, **options: Any) -> Heard:
        """Send a line's request as one of the callers."""
        method, _, path = line.route.partition(" ")
        path = self.filled(path)
        return self.service.call(method, path, token=TOKENS[caller], **options)

    def trace(self) -> str:
        """All that can be seen of the article and its comments, but for ids."""
        public = [f"/articles/{self.article_id}", f"/articles/{self.article_id}/comments"]
        private = [f"/moderation/comments/{self['comment_id']}", "/moderation/policy"]
        seen = [self.service.call("GET", path, token=MODERATOR).text for path in public + private]
        text = "\n".join(seen).replace(self.article_id, "ARTICLE")
        return re.sub(r"\b([0-9a-v]{20}|[0-9a-f]{32})\b", "ID", text)


def own_comment(world: World) -> str:
    """A published comment, and the token that its poster was given."""
    posted = world.post(author_name="Ana", author_email=f"ana@{world.article_id}.example.org")
    world.made["edit_token"] = posted["edit_token"]
    id: str = posted["id"]
    return id


def with_own_comment(name: str) -> Callable[[World], str]:
    """What is told, under a name, of the comment that a world has."""

    def made(world: World) -> str:
        queued = world.service.call("GET", f"/moderation/comments/{world['comment_id']}", token=MODERATOR).json
        return str((queued["comment"] | world.made)[name])

    return made


def decided(name: str) -> Callable[[World], str]:
    """What a moderator is told of a decision on the comment."""
    return lambda world: str(world.service.decide("reject", world["comment_id"]).json[name])


def report(world: World) -> str:
    """The receipt of a reader's report."""
    path = f"/articles/{world.article_id}/comments/{world['comment_id']}/reports"
    return str(world.service.call("POST", path, {"reason": "spam"}).json["receipt"])


MADE: dict[str, Callable[[World], str]] = {
    "article_id": lambda world: world.article_id,
    "version": lambda world: "1.0.0",
    # An element's where a version came before it, else one of the moderators' page.
    "file": lambda world: "tribune.css" if "version" in world.made else "main.js",
    "comment_id": own_comment,
    "edit_token": with_own_comment("edit_token"),
    "author_key": with_own_comment("author_key"),
    "edit_token_of_another": lambda world: str(world.post(content="Bonsoir")["edit_token"]),
    "report_id": report,
    "job_id": decided("job_id"),
    "undo_token": decided("undo_token"),
}


@pytest.fixture(scope="module")
def shared() -> Iterator[Service]:
    """The app, where the tokens that are limited to a section are known."""
    with client_on("embedded") as client:
        clock = Clock()
        service = Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)
        for caller, sections in SECTIONS.items():
            holder = secrets.Holder("moderator", keyed.token_hash(TOKENS[caller] or ""), sections)
            secrets.keep_token(service.backend.table, holder, caller, clock.at)
        yield service


@pytest.fixture
def worlds(shared: Service) -> Callable[[], World]:
    """Makes worlds, all of one moment."""
    shared.clock.forward(seconds=1)

    numbers = itertools.count(1)

    def one() -> World:
        article_id = f"a{shared.clock.at}-{next(numbers)}"
        shared.register(article_id, section=SECTION, title="Title", url="https://news.example.org/")
        world = World(shared, article_id)
        world["comment_id"]  # while the article takes any
        return world

    return one


def told(heard: Heard, world: World) -> str:
    """An answer as a cell says it: of a queue, whether it shows what the world made; of decisions, what failed."""
    body = json.loads(heard.text) if "json" in heard.headers.get("content-type", "") else {}
    if heard.status >= 400:
        return f"{heard.status}" if USUAL.get(heard.status) == body["code"] else f"{heard.status}:{body['code']}"
    errors = {outcome["error"] for outcome in body.get("decisions", [])} - {None}
    if "next_cursor" in body and "counts" in body and world["comment_id"] not in heard.text:
        errors = {"none"}
    if body.get("total") == 0 and "job_id" in body:
        errors = {"none"}
    return ":".join([f"{heard.status}", *sorted(errors)])


def cells() -> list[Any]:
    """Every line with every caller."""
    return [pytest.param(line, caller, id=f"{line.route} {caller}") for line in TABLE for caller in TOKENS]


def bodies() -> list[Any]:
    """The lines that send something and let somebody in."""
    lines = (line for line in TABLE if line.sends is not None and admitted(line))
    return [pytest.param(line, id=line.route) for line in lines]


def test_every_route_has_its_line() -> None:
    assert {line.route.partition("?")[0] for line in TABLE} == {f"{row.method} {row.path}" for row in app.ROUTES}
    sending = {line.route for line in TABLE if line.sends is not None}
    assert sending == {f"{row.method} {row.path}" for row in app.ROUTES if row.body is not None}


@pytest.mark.parametrize(("line", "caller"), cells())
def test_each_caller_gets_the_answer_that_the_table_says(
    line: Line, caller: str, worlds: Callable[[], World]
) -> None:
    world = worlds()

    assert told(world.ask(line, caller, body=world.filled(line.sends)), world) == line.cells[caller]


def extra(line: Line) -> dict[str, Any]:
    """What is the service's own to say, but for what the row takes under the same name."""
    model = line.row.body
    assert model is not None
    taken = {*model.model_fields, *FORM_NAMES.get(model, {})}
    return {name: value for name, value in SET_BY_US.items() if name not in taken}


def admitted(line: Line) -> str:
    """A caller whom the line lets in, empty if it lets in nobody."""
    return next((caller for caller, answer in line.cells.items() if answer.startswith("2")), "")


@pytest.mark.parametrize("line", bodies())
def test_what_is_the_services_own_to_say_is_refused_in_json(line: Line, worlds: Callable[[], World]) -> None:
    world = worlds()
    world.filled(line.route)
    sound = world.filled(line.sends)
    before = world.trace()

    heard = world.ask(line, admitted(line), body=extra(line) | sound)

    assert heard.status == 422
    assert {(e["field"], e["code"]) for e in heard.json["errors"]} == {(n, "unknown_field") for n in extra(line)}
    assert world.trace() == before


@pytest.mark.parametrize("line", [param for param in bodies() if param.id in NOT_FOR_FORMS])
def test_what_is_the_services_own_to_say_is_refused_in_a_field_of_a_field(
    line: Line, worlds: Callable[[], World]
) -> None:
    world = worlds()
    sound = world.filled(line.sends)

    for outer, inner in ((name, value) for name, value in sound.items() if isinstance(value, dict)):
        for name in SET_BY_US.keys() - inner.keys():
            heard = world.ask(line, admitted(line), body=sound | {outer: inner | {name: SET_BY_US[name]}})
            assert {e["code"] for e in heard.json["errors"]} == {"unknown_field"}, name


@pytest.mark.parametrize("line", bodies())
def test_what_is_the_services_own_to_say_changes_nothing_in_a_form(
    line: Line, worlds: Callable[[], World]
) -> None:
    outcomes = []
    for beside in ({}, extra(line)):
        world = worlds()
        sent = world.filled(line.sends) | beside
        heard = world.ask(line, admitted(line), form={name: as_typed(value) for name, value in sent.items()})
        outcomes.append((heard.status, world.trace()))

    plain, with_more = outcomes
    assert plain == with_more
    assert (plain[0] == 422) == (line.route in NOT_FOR_FORMS)


def as_typed(value: Any) -> str:
    """A value as a form sends it; of a list, its only entry."""
    (only,) = value if isinstance(value, list) and value else (value,)
    return only if isinstance(only, str) else json.dumps(only)
