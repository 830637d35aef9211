"""Which of two faults a request is refused for: the order of DESIGN's HTTP contract."""

from itertools import combinations
from typing import Any

import pytest

from tests.scene import MODERATOR, PUBLISHER, Service, make_backend

TOO_LARGE = b'{"content": "' + b"x" * 200_000

COMMENT_FAULTS: dict[str, dict[str, Any]] = {
    "unknown_route": {"path": "/articles/a1/remarks"},
    "method_not_allowed": {"method": "PATCH"},
    "origin_not_allowed": {"origin": "https://elsewhere.example"},
    "too_large": {"body": TOO_LARGE},
    "unsupported_type": {"content_type": "application/xml"},
    "invalid_json": {"body": b"{"},
    "invalid_fields": {"body": b'{"author_name": ""}'},
    "unknown_article": {"path": "/articles/unknown/comments"},
}
DECISION_FAULTS: dict[str, dict[str, Any]] = {
    "unknown_route": {"path": "/moderation/decision"},
    "method_not_allowed": {"method": "GET"},
    "unauthorised": {"token": None},
    "wrong_role": {"token": PUBLISHER},
    "origin_not_allowed": {"origin": "https://elsewhere.example"},
    "too_large": {"body": TOO_LARGE},
    "unsupported_type": {"content_type": "image/png"},
    "invalid_json": {"body": b"]"},
    "invalid_fields": {"body": b"[]"},
}
"""The faults of a request in the order in which they are refused, and what makes each."""


def pairs(faults: dict[str, dict[str, Any]]) -> list[Any]:
    """Every two faults that one request can have at once, the one that wins first."""
    return [
        pytest.param(first, second, id=f"{first} before {second}")
        for first, second in combinations(faults, 2)
        if not faults[first].keys() & faults[second].keys()
    ]


@pytest.fixture
def strict(client: Any, clock: Any) -> Service:
    """The app for pages of one site."""
    service = Service(
        make_backend(client, clock, moderation="none", comment_interval=0, origins="https://news.example.org"),
        clock,
    )
    service.register()
    return service


def heard_code(service: Service, request: dict[str, Any]) -> str:
    request = dict(request)
    code: str = service.call(request.pop("method"), request.pop("path"), **request).json["code"]
    return code


@pytest.mark.parametrize(("first", "second"), pairs(COMMENT_FAULTS))
def test_of_two_faults_of_a_comment_the_earlier_is_told(first: str, second: str, strict: Service) -> None:
    sound = {"method": "POST", "path": "/articles/a1/comments", "body": b"{}"}

    assert heard_code(strict, sound | COMMENT_FAULTS[second] | COMMENT_FAULTS[first]) == first


@pytest.mark.parametrize(("first", "second"), pairs(DECISION_FAULTS))
def test_of_two_faults_of_a_decision_the_earlier_is_told(first: str, second: str, strict: Service) -> None:
    sound = {"method": "POST", "path": "/moderation/decisions", "body": b"{}", "token": MODERATOR}

    assert heard_code(strict, sound | DECISION_FAULTS[second] | DECISION_FAULTS[first]) == first


def test_closed_comments_are_told_after_wrong_fields_and_before_a_wrong_parent(service: Service) -> None:
    service.register(comments="closed")

    assert service.post(author_name="").json["code"] == "invalid_fields"
    assert service.post(parent_id="0" * 20).json["code"] == "comments_closed"


def test_a_duplicate_is_told_before_the_pace(client: Any, clock: Any) -> None:
    service = Service(make_backend(client, clock, moderation="none", comment_interval=15), clock)
    service.register()
    service.post()

    assert service.post().json["code"] == "duplicate_comment"
    assert service.post(content="Encore").json["code"] == "too_many_comments"
