"""Every door gives the same answers, and an event of no door a clean refusal."""

import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.api.events import rest_event
from tests.api.gateway import DOORS, Sent, heard, http_api_2, rest_api, through
from tests.conftest import client_on
from tests.scene import MODERATOR, PUBLISHER, Clock, Heard, Service, make_backend

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


ARTICLE = json.dumps({"url": "https://news.example.org/été", "title": "L’été", "section": "Météo"})
COMMENT = json.dumps({"author_name": "Léa", "author_email": "lea@example.org", "content": "Ça va ? 👋"})
STORY = [
    Sent("GET", "/health"),
    Sent("GET", "/articles/a.1"),
    Sent("PUT", "/articles/a.1", ARTICLE, JSON | bearer(PUBLISHER)),
    Sent("PUT", "/articles/a.1", b'{"title": null}', JSON | bearer(PUBLISHER)),
    Sent("PUT", "/articles/a.1", ARTICLE, JSON),
    Sent("POST", "/articles/a.1/comments", COMMENT, JSON),
    Sent("POST", "/articles/a.1/comments", COMMENT.encode(), {"content-type": "text/plain;charset=UTF-8"}),
    Sent("POST", "/articles/a%2E1/comments", "author=Bob&email=bob%40example.org&comment=caf%C3%A9", FORM),
    Sent("POST", "/articles/a.1/comments", b"author=&email=x&comment=%3Cb%3E", FORM | {"Accept-Language": "en"}),
    Sent("POST", "/articles/a.1/comments", "{", JSON | {"Accept-Language": "en-GB"}),
    Sent("GET", "/articles/a.1/comments?sort=oldest&limit=1"),
    Sent("GET", "/articles/a.1/comments?sort=oldest&limit=1&limit=2"),
    Sent("GET", "/articles/a.1/comments/" + "0" * 20),
    Sent("POST", "/articles/a.1/views?most_read=24h&exclude=b&exclude=c%20d&section=M%C3%A9t%C3%A9o"),
    Sent("POST", "/articles/a.1/views", "", {"Sec-GPC": "1"}),
    Sent("GET", "/most-read?window=7d", None, {"If-None-Match": "*"}),
    Sent("GET", "/counts?ids=a.1,b%2Cc"),
    Sent("GET", "/moderation/comments?status=published", None, bearer(MODERATOR)),
    Sent("GET", "/moderation/comments", None, bearer(PUBLISHER)),
    Sent("OPTIONS", "/articles/a.1/comments", None, {"Origin": "https://news.example.org"}),
    Sent("HEAD", "/articles/a.1"),
    Sent("PATCH", "/articles/a.1"),
    Sent("GET", "/nowhere"),
    Sent("DELETE", "/articles/a.1", None, bearer(PUBLISHER)),
]


def told(door: str) -> list[Heard]:
    """The answers to the whole story on an empty table."""
    with client_on("embedded") as client:
        clock = Clock()
        service = Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)
        return [through(door, service, sent) for sent in STORY]


@pytest.fixture(scope="module")
def expected() -> list[Heard]:
    """The answers that a Function URL gives."""
    return told("Function URL")


def test_the_story_has_every_kind_of_answer(expected: list[Heard]) -> None:
    statuses = {answer.status for answer in expected}

    assert statuses == {200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 409, 422}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_same_answers(door: str, expected: list[Heard]) -> None:
    for sent, here, there in zip(STORY, told(door), expected, strict=True):
        assert (here.status, here.headers, here.text) == (there.status, there.headers, there.text), sent


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "id", ["a%2F1", "%2e%2e", "..%2Fhealth", ".hidden", "%00", "%ff", "%F0%9F", "a%20b", "é", "a" * 129]
)
def test_what_cannot_be_an_id_is_not_found_through_any_door(door: str, id: str, shared: Service) -> None:
    assert through(door, shared, Sent("GET", f"/articles/{id}")).status == 404
    assert through(door, shared, Sent("PUT", f"/articles/{id}", ARTICLE, JSON | bearer(PUBLISHER))).status == 404


SQS = {"Records": [{"messageId": "1", "body": "{}", "eventSource": "aws:sqs", "attributes": {}}]}
S3 = {"Records": [{"eventSource": "aws:s3", "s3": {"bucket": {"name": "b"}, "object": {"key": "k"}}}]}
TIMER = {"version": "0", "detail-type": "Scheduled Event", "source": "aws.events", "detail": {}, "resources": []}
ALB = {
    "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-3:1:targetgroup/t/1"}},
    "httpMethod": "GET",
    "path": "/health",
    "queryStringParameters": {},
    "headers": {"x-forwarded-for": "203.0.113.9"},
    "body": "",
    "isBase64Encoded": False,
}
SOCKET = {"requestContext": {"routeKey": "$connect", "eventType": "CONNECT", "connectionId": "x", "stage": "s"}}


@pytest.mark.parametrize(
    "event",
    [
        *(None, [], {}, "x", 5, 1.5, True, b"x", [{}], {"version": "2.0"}, {"version": "1.0"}),
        pytest.param(SQS, id="SQS"),
        pytest.param(S3, id="S3"),
        pytest.param(TIMER, id="timer"),
        pytest.param(ALB, id="ALB"),
        pytest.param(SOCKET, id="WebSocket"),
        pytest.param({"version": "2.0", "requestContext": None}, id="no context"),
        pytest.param({"version": "2.0", "rawPath": 5, "requestContext": {"http": {"method": "GET"}}}, id="path"),
        pytest.param({"requestContext": {"resourcePath": "/health"}}, id="no method"),
    ],
)
def test_an_event_of_no_door_is_refused(event: Any, shared: Service) -> None:
    answer = heard(shared.app(event, None))

    assert (answer.status, answer.json["code"]) == (400, "unknown_event")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("parameters", [None, {}, {"comment_id": "x"}, {"proxy": "articles/a1"}])
def test_a_rest_event_without_its_parameters_is_understood_by_its_path(parameters: Any, shared: Service) -> None:
    event = rest_api(shared, Sent("GET", "/articles/a1")) | {"pathParameters": parameters}

    assert heard(shared.app(event, None)).json["article_id"] == "a1"


@pytest.mark.parametrize("body", ["not base 64!", "AAA", "é", "\ud800", 5, [], {}])
def test_a_body_that_is_not_what_the_event_says_is_refused(body: Any, shared: Service) -> None:
    event = rest_api(shared, Sent("POST", "/articles/a1/comments", "", JSON))

    answer = heard(shared.app(event | {"body": body, "isBase64Encoded": True}, None))

    assert (answer.status, answer.json["code"]) == (400, "unknown_event")


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=20),
    st.sampled_from(["\ud800", "\x00", "a\r\nb: c", "/" * 50, "%", "%ff", "é" * 300]),
    st.just([]),
    st.just({}),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=3),
    st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=3),
)
REQUESTS = st.sampled_from(
    [
        Sent("GET", "/articles/a1/comments?sort=oldest&limit=5"),
        Sent("GET", "/most-read?exclude=a&exclude=b", None, {"If-None-Match": "*", "Accept-Language": "en;q=0.5"}),
        Sent("POST", "/articles/a1/comments", b'{"content": "x"}', JSON | {"Origin": "https://a.example"}),
        Sent("POST", "/articles/a1/comments", "author=Bob&comment=Hi", FORM),
        Sent("POST", "/articles/a1/views?most_read=24h"),
        Sent("GET", "/moderation/comments", None, bearer(MODERATOR)),
    ]
)


def places(event: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where in an event something stands that could be something else."""
    inside = event.items() if isinstance(event, dict) else enumerate(event) if isinstance(event, list) else ()
    return [place for key, value in inside for place in [(*at, key), *places(value, (*at, key))]]


@st.composite
def mutated_events(draw: st.DrawFn, service: Service) -> Any:
    """A valid event with one to three of its parts missing or replaced."""
    event = copy.deepcopy(DOORS[draw(st.sampled_from(list(DOORS)))](service, draw(REQUESTS)))
    for _ in range(draw(st.integers(1, 3))):
        *parents, key = draw(st.sampled_from(places(event)))
        part = event
        for parent in parents:
            part = part[parent]
        if isinstance(part, dict) and draw(st.booleans()):
            del part[key]
        else:
            part[key] = draw(JUNK)
    return event


def check_no_event_harms(service: Service, data: st.DataObject) -> None:
    answer = heard(service.app(data.draw(mutated_events(service)), None))

    assert answer.status < 500
    assert answer.headers["access-control-allow-origin"] == "*"
    if answer.status >= 400 and answer.headers["content-type"] == "application/problem+json":
        assert answer.json["status"] == answer.status


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_mutated_event_harms(shared: Service, data: st.DataObject) -> None:
    check_no_event_harms(shared, data)


@pytest.mark.long
@settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_mutated_event_harms_in_a_long_search(shared: Service, data: st.DataObject) -> None:
    check_no_event_harms(shared, data)


def test_a_stage_is_only_taken_off_where_it_stands(shared: Service) -> None:
    event = http_api_2(shared, Sent("GET", "/articles/a1"), "articles")
    assert heard(shared.app(event, None)).json["article_id"] == "a1"

    shared.register("v1")
    event = http_api_2(shared, Sent("GET", "/articles/v1"), "v1")
    assert heard(shared.app(event, None)).json["article_id"] == "v1"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("c6af9ac6-7b61-11e6-9a41-93e8deadbeef", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"),
        ("JKJaXmPLvHcESHA=", "JKJaXmPLvHcESHA="),
        ("zoe@example.org 203.0.113.9", "-"),
        ("a" * 65, "-"),
        ("a\nb", "-"),
    ],
)
def test_a_requests_id_that_its_client_may_have_chosen_is_not_taken(sent: str, kept: str) -> None:
    event = {
        "version": "2.0",
        "rawPath": "/health",
        "requestContext": {"http": {"method": "GET", "sourceIp": "192.0.2.1"}, "requestId": sent},
    }
    assert rest_event(event)["requestContext"]["requestId"] == kept


def test_headers_whose_names_differ_in_case_only_are_one_header() -> None:
    event = {
        "version": "2.0",
        "rawPath": "/health",
        "headers": {"X-Forwarded-For": "192.0.2.1", "x-forwarded-for": "192.0.2.2"},
        "requestContext": {"http": {"method": "GET", "sourceIp": "192.0.2.1"}},
    }
    assert rest_event(event)["headers"] == {"x-forwarded-for": "192.0.2.1, 192.0.2.2"}
