"""One request, every door: each row of the table, and what doors spell differently."""

import json
from dataclasses import replace
from typing import Any

import pytest

import app
from tests.api.gateway import DOORS, Event, Sent, heard, http_api_1, http_api_2, rest_api, through
from tests.conftest import client_on
from tests.scene import MODERATOR, PUBLISHER, Clock, Heard, Service, make_backend

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ARTICLE = '{"url": "https://news.example.org/été", "title": "L’été", "section": "Météo"}'
COMMENT = '{"author_name": "Léa", "author_email": "lea@example.org", "content": "Ça va ? 👋"}'


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


COMMENT_ID = "0" * 20
"""What stands for the id of a comment that is there."""
SOUND: dict[str, list[Sent]] = {
    "health.check": [Sent("GET", "/health"), Sent("HEAD", "/health")],
    "app.describe": [Sent("GET", "/openapi.json")],
    "articles.register": [
        Sent("PUT", "/articles/new", ARTICLE, JSON | bearer(PUBLISHER)),
        Sent("PUT", "/articles/new", ARTICLE.encode(), JSON | bearer(PUBLISHER)),
    ],
    "articles.show": [
        Sent("GET", "/articles/a1"),
        Sent("GET", "/articles/a%31/"),
        Sent("HEAD", "/articles/a1"),
    ],
    "comments.post": [
        Sent("POST", "/articles/a1/comments", COMMENT, JSON),
        Sent(
            "POST",
            "/articles/a1/comments",
            COMMENT.replace("lea@", "zoé@").encode(),
            {"content-type": "text/plain;charset=utf-8"},
        ),
        Sent("POST", "/articles/a1/comments", "author=Bob&email=b%40example.org&comment=caf%C3%A9+", FORM),
    ],
    "comments.list_threads": [Sent("GET", "/articles/a1/comments?sort=oldest&limit=1")],
    "comments.show": [Sent("GET", f"/articles/a1/comments/{COMMENT_ID}")],
    "views.record": [
        Sent("POST", "/articles/a1/views"),
        Sent("POST", "/articles/a1/views", ""),
        Sent("POST", "/articles/a1/views?most_read=7d&exclude=b&exclude=c%2Cd&section=M%C3%A9t%C3%A9o", b""),
    ],
    "views.top": [Sent("GET", "/most-read?window=7d&exclude=a&exclude=b&section=M%C3%A9t%C3%A9o+x")],
    "articles.counts": [Sent("GET", "/counts?ids=a1%2Cb&"), Sent("GET", "/counts?ids=a1,b")],
    "moderation.list_queue": [Sent("GET", "/moderation/comments?status=published", None, bearer(MODERATOR))],
    "moderation.decide": [
        Sent(
            "POST",
            "/moderation/decisions",
            json.dumps({"comment_ids": [COMMENT_ID], "decision": "spam"}),
            JSON | bearer(MODERATOR),
        )
    ],
    "articles.delete": [Sent("DELETE", "/articles/a1", "", bearer(PUBLISHER))],
}
"""Requests of each row that are served, by the row's name."""
ODD: list[Sent] = [
    *(Sent("GET", f"/articles/{id}") for id in ("a%2F1", "%C3%A9", "é", "%FF", "%", "a%00", "+", "a+1", "a1;x")),
    *(Sent("GET", path) for path in ("/nowhere", "/", "//", "/articles", "/articles/a1//comments", "/Health")),
    *(Sent(method, "/counts") for method in ("PATCH", "POST", "DELETE", "BREW", "HEAD")),
    *(Sent("OPTIONS", path) for path in ("/articles/a1/comments", "/moderation/decisions", "/nowhere")),
    *(
        Sent("GET", f"/counts?{query}")
        for query in ("ids=a&ids=b", "ids", "ids=", "=a1", "ids=%FF", "ids=%", "&&")
    ),
    *(Sent("GET", f"/most-read?{query}") for query in ("limit=1&limit=1", "limit=%31&x=%26&x=", "exclude&limit")),
    *(
        Sent("POST", "/articles/a1/comments", body, JSON)
        for body in (None, "", b"", "é", b"\xff", b"\x00{}", "{}")
    ),
    Sent("POST", "/articles/a1/comments", b"author=%FF&comment=\xc3\xa9", FORM | {"Accept-Language": "en"}),
    Sent("POST", "/articles/a1/comments", COMMENT, {"Content-Type": "application/json; charset=utf-16"}),
    Sent("PUT", "/articles/a1", ARTICLE, JSON),
    Sent("PUT", "/articles/a1", ARTICLE, JSON | bearer(MODERATOR)),
    Sent("PUT", "/articles/a1", ARTICLE, JSON | bearer("é" * 30)),
]


def a_site(client: Any) -> Service:
    """The app with an article and a comment, the same each time."""
    clock = Clock()
    service = Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)
    service.register()
    return service


def about(sent: Sent, comment_id: str) -> Sent:
    """A request with the id of a comment that is there."""
    body = sent.body.replace(COMMENT_ID, comment_id) if isinstance(sent.body, str) else sent.body
    return replace(sent, path=sent.path.replace(COMMENT_ID, comment_id), body=body)


def told(door: str) -> list[tuple[Sent, Heard]]:
    """What a door answers to every request, on a site of its own; deletions come last."""
    with client_on("embedded") as client:
        service = a_site(client)
        comment_id = service.post(submission_id="submission-1").json["id"]
        rows = sorted(app.ROUTES, key=lambda row: row.method == "DELETE")
        sent = [*ODD, *(about(one, comment_id) for row in rows for one in SOUND[row.name])]
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
