"""One request, every door: each row of the table, and what doors spell differently."""

from dataclasses import replace
from typing import Any

import pytest

import app
from tests.api.gateway import DOORS, Event, Sent, heard, http_api_1, http_api_2, rest_api, through
from tests.api.sound import (
    ARTICLE,
    COMMENT_ID,
    EDIT_TOKEN,
    JOB_ID,
    JSON,
    ODD,
    OWN_ID,
    REPORT_ID,
    SOUND,
    bearer,
)
from tests.conftest import client_on
from tests.scene import PUBLISHER, Clock, Heard, Service, make_backend


def a_site(client: Any) -> Service:
    """The app with an article and a comment, the same each time."""
    clock = Clock()
    # Under one address: what documents link to would differ by the door.
    options: dict[str, Any] = {
        "moderation": "none",
        "comment_interval": 0,
        "public_url": "https://api.example.org",
    }
    service = Service(make_backend(client, clock, **options), clock)
    service.register()
    return service


def what_is_there(service: Service) -> dict[str, str]:
    """What the placeholders stand for, made on a site."""
    comment_id = service.post(submission_id="submission-1").json["id"]
    own = service.post(submission_id="submission-2", content="Bonsoir").json
    report = service.call("POST", f"/articles/a1/comments/{comment_id}/reports", {"reason": "hate"}).json
    job = service.decide("approve", comment_id, submission_id="decision-0").json
    return {
        COMMENT_ID: comment_id,
        OWN_ID: own["id"],
        EDIT_TOKEN: own["edit_token"],
        REPORT_ID: report["receipt"],
        JOB_ID: job["job_id"],
    }


def about(sent: Sent, there: dict[str, str]) -> Sent:
    """A request about what is there."""
    for placeholder, value in there.items():
        body = sent.body.replace(placeholder, value) if isinstance(sent.body, str) else sent.body
        sent = replace(sent, path=sent.path.replace(placeholder, value), body=body)
    return sent


def told(door: str) -> list[tuple[Sent, Heard]]:
    """What a door answers to every request, on a site of its own; deletions come last."""
    with client_on("embedded") as client:
        service = a_site(client)
        there = what_is_there(service)
        rows = sorted(app.ROUTES, key=lambda row: row.method == "DELETE")
        sent = [*ODD, *(about(one, there) for row in rows for one in SOUND[row.name])]
        return [(one, through(door, service, one)) for one in sent]


@pytest.fixture(scope="module")
def expected() -> list[tuple[Sent, Heard]]:
    """What a REST API answers."""
    return told("REST API")


def test_every_row_is_asked_and_serves(expected: list[tuple[Sent, Heard]]) -> None:
    assert SOUND.keys() == {row.name for row in app.ROUTES}
    for sent, answer in expected[len(ODD) :]:
        assert 200 <= answer.status < 400, (sent, answer)
    assert {answer.status for _, answer in expected} >= {200, 201, 204, 303, 400, 401, 403, 404, 405, 415, 422}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_answer_of_the_others(door: str, expected: list[tuple[Sent, Heard]]) -> None:
    for (sent, here), (_, there) in zip(told(door), expected, strict=True):
        if "%2F" in sent.path and door == "HTTP API, payload 2.0":
            # This door decodes the path: what was an id with a slash in it is a path that no row has.
            assert (here.status, here.json["code"]) == (there.status, "unknown_route")
            continue
        assert (here.status, here.headers, here.text) == (there.status, there.headers, there.text), sent


def changed(event: Event, **headers: Any) -> Event:
    """An event with other headers, each a value or several."""
    many = {name: value if isinstance(value, list) else [value] for name, value in headers.items()}
    lowered = {name.lower() for name in many}

    def kept(given: dict[str, Any] | None) -> dict[str, Any]:
        return {name: value for name, value in (given or {}).items() if name.lower() not in lowered}

    if event.get("version") == "2.0":
        joined = {name.lower(): ",".join(values) for name, values in many.items()}
        return event | {"headers": kept(event["headers"]) | joined}
    last = {name: values[-1] for name, values in many.items()}
    multiple = kept(event["multiValueHeaders"]) | many if event.get("multiValueHeaders") else None
    return event | {"headers": kept(event["headers"]) | last, "multiValueHeaders": multiple}


WITH_LISTS = [door for door in DOORS if door != "REST API, bare"]
"""The doors whose events hold every value of a header."""


@pytest.mark.parametrize("door", WITH_LISTS)
def test_headers_sent_twice_are_one_list(door: str, shared: Service) -> None:
    tag = shared.call("GET", "/articles/a1").headers["etag"]
    event = DOORS[door](shared, Sent("GET", "/articles/a1"))

    unchanged = heard(shared.app(changed(event, **{"If-None-Match": ['"x"', tag]}), None))
    english = heard(
        shared.app(
            changed(DOORS[door](shared, Sent("GET", "/nowhere")), **{"Accept-Language": ["de", "en;q=0.5"]}), None
        )
    )

    assert (unchanged.status, unchanged.text) == (304, "")
    assert english.headers["content-language"] == "en"


@pytest.mark.parametrize("door", WITH_LISTS)
@pytest.mark.parametrize("name", ["Authorization", "Origin", "Content-Type"])
def test_a_header_that_holds_one_value_is_not_believed_when_it_comes_twice(
    name: str, door: str, client: Any
) -> None:
    service = a_site(client)
    service.backend.settings = service.backend.settings.model_copy(update={"origins": ("https://site.example",)})
    sound = JSON | bearer(PUBLISHER) | {"Origin": "https://site.example"}
    event = DOORS[door](service, Sent("PUT", "/articles/a1", ARTICLE, sound))
    assert heard(service.app(event, None)).status == 200

    twice = heard(service.app(changed(event, **{name: [sound[name], sound[name]]}), None))

    assert twice.status == {"Authorization": 401, "Origin": 403, "Content-Type": 415}[name]


@pytest.mark.parametrize("door", WITH_LISTS)
def test_addresses_in_several_headers_are_one_chain(door: str, client: Any) -> None:
    service = a_site(client)
    service.backend.settings = service.backend.settings.model_copy(update={"trusted_hops": 1})
    event = DOORS[door](service, Sent("POST", "/articles/a1/views", address="192.0.2.44"))

    service.app(changed(event, **{"X-Forwarded-For": ["6.6.6.6", "203.0.113.9, 192.0.2.44"]}), None)

    assert service.view(address="203.0.113.9")["reason"] == "repeat"


@pytest.mark.parametrize("door", DOORS)
def test_the_case_of_a_headers_name_does_not_matter(door: str, shared: Service) -> None:
    event = DOORS[door](shared, Sent("GET", "/nowhere"))

    for name in ("accept-language", "ACCEPT-LANGUAGE", "Accept-Language"):
        named = event | {
            "headers": event["headers"] | {name: "en"},
            "multiValueHeaders": event["multiValueHeaders"] | {name: ["en"]}
            if event.get("multiValueHeaders")
            else None,
        }
        assert heard(shared.app(named, None)).headers["content-language"] == "en"


@pytest.mark.parametrize("door", DOORS)
def test_cookies_are_no_matter_wherever_a_door_puts_them(door: str, shared: Service) -> None:
    event = DOORS[door](shared, Sent("GET", "/articles/a1"))
    plain = heard(shared.app(event, None))

    with_cookies = (
        event | {"cookies": ["a=1", "session=é; token=x"]} if "rawPath" in event else changed(event, Cookie="a=1")
    )
    answer = heard(shared.app(with_cookies, None))

    assert (answer.status, answer.headers, answer.text) == (plain.status, plain.headers, plain.text)


@pytest.mark.parametrize("stage", ["prod", "$default", "v1", "a1", "health", "é"])
@pytest.mark.parametrize("stands", [True, False], ids=["with the stage", "under a domain of its own"])
def test_a_stage_before_the_path_is_no_part_of_it(stands: bool, stage: str, shared: Service) -> None:
    before = f"/{stage}" if stands and stage != "$default" else ""
    sent = Sent("GET", "/articles/a1/comments?limit=1")
    two = http_api_2(shared, sent, stage) | {"rawPath": f"{before}/articles/a1/comments"}
    one = http_api_1(shared, sent)
    one |= {"path": f"{before}/articles/a1/comments", "requestContext": one["requestContext"] | {"stage": stage}}

    for event in (one, two):
        assert heard(shared.app(event, None)).json["article_id"] == "a1"


def test_a_rest_api_never_has_its_stage_in_the_path(shared: Service) -> None:
    event = rest_api(shared, Sent("GET", "/prod/articles/a1"))

    assert heard(shared.app(event, None)).status == 404
