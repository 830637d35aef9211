"""One line of JSON for each request and each decision, and what it tells."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest

import app
from chalicelib.api.door import Tribune
from chalicelib.api.route import Route
from chalicelib.backend import Backend
from chalicelib.model import Caller
from chalicelib.storage import keys
from tests.api.faults import NO_CONNECTION, Outage, answered
from tests.consumption import reports
from tests.scene import MODERATOR, Clock, Service, make_backend

TOLD_OF_A_REQUEST = {
    *("event", "at", "request_id", "route", "status", "outcome", "cold_start"),
    *("milliseconds", "calls", "read_units", "write_units"),
}
HOSTILE = "marker-7f3a@example.org"


def parsed(lines: list[str], event: str = "request") -> list[dict[str, Any]]:
    """The lines of an event, as JSON."""
    return [line for line in map(json.loads, lines) if line["event"] == event]


def test_a_request_is_one_line_with_its_row_and_what_became_of_it(open_article: Service) -> None:
    lines = open_article.journal()

    open_article.call("GET", "/articles/a1")
    open_article.call("GET", "/articles/unknown")
    open_article.call("GET", "/nowhere")
    open_article.call("PATCH", "/counts")
    open_article.call("OPTIONS", "/counts")
    open_article.call("HEAD", "/articles/a1")

    told = [(line["route"], line["status"], line["outcome"]) for line in parsed(lines)]
    assert told == [
        ("GET /articles/{article_id}", 200, "ok"),
        ("GET /articles/{article_id}", 404, "unknown_article"),
        ("unknown", 404, "unknown_route"),
        ("unknown", 405, "method_not_allowed"),
        ("unknown", 204, "ok"),
        ("GET /articles/{article_id}", 200, "ok"),
    ]
    assert {tuple(sorted(line)) for line in parsed(lines)} == {tuple(sorted(TOLD_OF_A_REQUEST))}
    assert parsed(lines)[0]["at"] == "2026-03-11T12:00:00Z"
    assert parsed(lines)[0]["request_id"] == "test"
    assert not any("\n" in line for line in lines)


def test_an_answer_not_modified_is_told_as_304(open_article: Service) -> None:
    tag = open_article.call("GET", "/articles/a1").headers["etag"]
    lines = open_article.journal()

    open_article.call("GET", "/articles/a1", if_none_match=tag)

    assert [line["status"] for line in parsed(lines)] == [304]


def test_an_event_of_no_door_is_told_as_well(service: Service) -> None:
    lines = service.journal()

    service.app({"detail": HOSTILE}, None)

    assert [(line["status"], line["outcome"]) for line in parsed(lines)] == [(400, "unknown_event")]


def test_only_the_first_request_of_an_environment_is_a_cold_start(service: Service) -> None:
    lines = service.journal()

    for _ in range(3):
        service.call("GET", "/nowhere")

    assert [line["cold_start"] for line in parsed(lines)] == [True, False, False]


def taking(service: Service, *, milliseconds: int) -> None:
    """The app with actions that take so long by the clock of the tests."""

    def wait(backend: Backend, caller: Caller, **fields: Any) -> None:
        service.clock.forward(seconds=milliseconds / 1_000)

    routes = [Route(row.method, row.path, row.who, row.takes, wait, _nothing) for row in app.ROUTES]
    service.app = Tribune("tribune", routes, lambda: service.backend)


def _nothing(result: None, request: Any) -> Any:
    return app.answers.nothing(result, request)


def test_the_milliseconds_of_a_request_are_told(service: Service) -> None:
    taking(service, milliseconds=120)
    lines = service.journal()

    service.call("GET", "/openapi.json")

    assert [line["milliseconds"] for line in parsed(lines)] == [120]


def units(line: dict[str, Any]) -> tuple[int, float, float]:
    """The calls, read units and write units of a line."""
    return line["calls"], line["read_units"], line["write_units"]


def test_what_a_request_consumed_is_told_and_the_next_begins_at_zero(open_article: Service) -> None:
    open_article.post()
    reports(open_article.backend.table.client, 2.5)
    lines = open_article.journal()

    open_article.post(content="Autre chose")
    open_article.call("GET", "/openapi.json")
    open_article.call("GET", "/articles/a1")

    assert [units(line) for line in parsed(lines)] == [(2, 2.5, 2.5), (0, 0, 0), (1, 2.5, 0)]


def test_work_that_is_no_request_is_not_charged_to_one(open_article: Service) -> None:
    reports(open_article.backend.table.client, 1)
    lines = open_article.journal()

    open_article.backend.table.get(keys.article("a1"))
    open_article.call("GET", "/openapi.json")

    assert [units(line) for line in parsed(lines)] == [(0, 0, 0)]


def test_a_request_that_fails_half_way_has_consumed_what_it_has(open_article: Service) -> None:
    def read_and_fail(backend: Backend, caller: Caller, **fields: Any) -> None:
        backend.table.get(keys.article("a1"))
        raise ValueError(HOSTILE)

    routes = [Route(row.method, row.path, row.who, None, read_and_fail, row.answer) for row in app.ROUTES]
    open_article.app = Tribune("tribune", routes, lambda: open_article.backend)
    reports(open_article.backend.table.client, 0.5)
    lines = open_article.journal()

    open_article.call("GET", "/counts")

    (line,) = parsed(lines)
    assert (line["status"], line["outcome"], units(line)) == (500, "internal_error", (1, 0.5, 0))
    assert line["kind"] == "ValueError"
    assert line["where"][-1].partition(":")[0] == "tests/api/test_api_journal.py"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param(answered(400, "ThrottlingException"), "ThrottlingException", id="throttled"),
        pytest.param(NO_CONNECTION, "EndpointConnectionError", id="silent"),
    ],
)
def test_a_table_that_fails_is_told_by_what_it_said_and_where(fault: Any, kind: str, impatient: Service) -> None:
    lines = impatient.journal()
    Outage(impatient, fault)

    impatient.call("GET", "/articles/a1/comments")

    (line,) = parsed(lines)
    assert (line["outcome"], line["kind"], line["calls"]) == ("busy", kind, 1)
    assert any(place.startswith("chalicelib/storage/table.py:") for place in line["where"])
    assert "https" not in lines[0]


def test_an_exception_of_any_depth_is_told_by_its_innermost_places_only(service: Service) -> None:
    def deeper(left: int = 200, **fields: Any) -> None:
        if not left:
            raise KeyError(HOSTILE)
        deeper(left - 1)

    routes = [
        Route(row.method, row.path, row.who, None, lambda *_, **__: deeper(), row.answer) for row in app.ROUTES
    ]
    service.app = Tribune("tribune", routes, lambda: service.backend)
    lines = service.journal()

    service.call("GET", "/most-read")

    assert len(parsed(lines)[0]["where"]) == 20
    assert HOSTILE not in lines[0]


def test_requests_side_by_side_do_not_mix_what_they_consume(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock), clock)
    reports(client, 1)
    lines = service.journal()
    together = threading.Barrier(2, timeout=60)

    def read(backend: Backend, caller: Caller, *, calls: int) -> None:
        for _ in range(calls):
            together.wait()
            backend.table.get(keys.article("a1"))
            together.wait()
        for _ in range(3 - calls):
            together.wait()
            together.wait()

    def reading(calls: int) -> Callable[..., None]:
        return lambda backend, caller, **fields: read(backend, caller, calls=calls)

    rows = {
        calls: Route("GET", f"/reads/{calls}", "anyone", None, reading(calls), app.answers.nothing)
        for calls in (1, 3)
    }
    service.app = Tribune("tribune", list(rows.values()), lambda: service.backend)
    threads = [threading.Thread(target=service.call, args=("GET", f"/reads/{calls}")) for calls in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {line["route"]: units(line) for line in parsed(lines)} == {
        "GET /reads/1": (1, 1, 0),
        "GET /reads/3": (3, 3, 0),
    }


def test_each_comment_is_a_decision_of_the_rules_with_those_that_held_it(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, moderation="first", comment_interval=0), clock)
    service.register()
    lines = service.journal()

    first = service.post(submission_id="submission-1").json["id"]
    service.post(submission_id="submission-1")
    service.post(content="")
    service.decide("approve", first)
    second = service.post(content="Encore").json["id"]

    by_rules = [line for line in parsed(lines, "decision") if "held_for" in line]
    told = [(line["comment_id"], line["article_id"], line["status"], line["held_for"]) for line in by_rules]
    assert [row[:3] for row in told] == [(first, "a1", "held"), (second, "a1", "published")]
    assert told[0][3]
    assert told[1][3] == []


def test_a_moderators_decision_tells_what_by_whom_and_the_code_of_the_reason(open_article: Service) -> None:
    id = open_article.post().json["id"]
    lines = open_article.journal()

    open_article.decide("spam", id, reason="off_topic", note="Zoé, encore elle")
    open_article.decide("spam", id)
    open_article.decide("restore", id, reason=f"I know {HOSTILE}")
    open_article.decide("spam", id, reason=f"spam: {HOSTILE}")

    first, second, third = parsed(lines, "decision")
    assert first | {"actor": "", "at": ""} == {
        "event": "decision",
        "at": "",
        "comment_id": id,
        "from": "published",
        "to": "spam",
        "decision": "spam",
        "reason": "off_topic",
        "actor": "",
    }
    assert first["actor"].startswith("moderator:")
    assert MODERATOR not in "".join(lines)
    assert (second["reason"], third["reason"]) == ("other", "other")
    assert "Zo" not in "".join(lines)


def test_a_journal_that_fails_stops_no_request(open_article: Service) -> None:
    def full(line: str) -> None:
        raise OSError("no space left on device")

    open_article.backend.sink = full

    assert open_article.post().status == 201
    assert open_article.call("GET", "/nowhere").status == 404
