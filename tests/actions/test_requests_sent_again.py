"""Requests whose answer was lost, and requests that cross: the second one finishes what the first began."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.storage import authors
from tests.conftest import client_on
from tests.scene import PUBLISHER, Clock, Service, make_backend


def lose_next(client: Any, operation: str) -> None:
    """Lose the next answer to an operation after the table has done what was asked."""
    armed = [True]

    def lose(**_: object) -> None:
        if armed:
            armed.pop()
            raise ConnectionError("the answer is lost")

    client.meta.events.register_last(f"after-call.dynamodb.{operation}", lose)


def test_a_delete_sent_again_leaves_no_list_behind(any_service: Service) -> None:
    any_service.register()
    assert any_service.view()["counted"]
    roll_up.roll_up(any_service.backend)
    lose_next(any_service.backend.table.client, "TransactWriteItems")

    assert any_service.call("DELETE", "/articles/a1", token=PUBLISHER).status == 503
    assert any_service.call("DELETE", "/articles/a1", token=PUBLISHER).status == 404

    roll_up.roll_up(any_service.backend)
    any_service.backend.memory = Memory()
    assert any_service.call("GET", "/most-read").json["articles"] == []


def test_an_article_brought_back_by_a_request_sent_again_has_its_comments_in_the_queue(
    any_service: Service,
) -> None:
    any_service.register()
    posted = any_service.post().json["id"]
    any_service.call("DELETE", "/articles/a1", token=PUBLISHER)
    lose_next(any_service.backend.table.client, "TransactWriteItems")

    assert any_service.register().status == 503
    assert any_service.register().status == 200

    assert [comment["id"] for comment in any_service.queue("status=published")["comments"]] == [posted]


def test_an_article_is_new_once_however_fast_it_is_registered_again(any_service: Service) -> None:
    assert [any_service.register().status for _ in range(3)] == [201, 200, 200]


def test_a_decision_sent_again_with_what_was_seen_is_no_conflict_with_oneself(any_service: Service) -> None:
    any_service.register()
    id = any_service.post().json["id"]
    lose_next(any_service.backend.table.client, "TransactWriteItems")

    assert any_service.decide("reject", id, seen="published").status == 503
    again = any_service.decide("reject", id, seen="published").json["decisions"][0]

    assert (again["status"], again["error"]) == ("rejected", None)


@pytest.mark.parametrize("interval", [0, 15])
def test_a_submission_is_no_double_of_itself_where_the_table_reads_late(
    any_client: Any, clock: Clock, interval: int
) -> None:
    service = Service(make_backend(any_client, clock, moderation="none", comment_interval=interval), clock)
    service.register()
    first = service.post(submission_id="submission-1")

    def without_the_comment(parsed: dict[str, Any], **_: object) -> None:
        for name, found in parsed.get("Responses", {}).items():
            parsed["Responses"][name] = [item for item in found if not item["pk"]["S"].startswith("COMMENT#")]

    any_client.meta.events.register("after-call.dynamodb.BatchGetItem", without_the_comment)

    assert service.post(submission_id="submission-1").json == first.json


def posting_replies(service: Service, count: int) -> Callable[[], int]:
    """Post replies from one /24, and tell how many attributes its item has."""
    root = service.post(address="203.0.113.250").json["id"]
    for number in range(count):
        service.clock.forward(seconds=16)
        body = {
            "author_name": "Zoé",
            "author_email": f"r{number}@example.org",
            "content": f"réponse {number}",
            "parent_id": root,
        }
        answer = service.call("POST", "/articles/a1/comments", body, address=f"203.0.113.{number % 200}")
        assert answer.status == 201, answer.text
    return lambda: max(len(item) for item in service.backend.table.scan_prefix("PACE#"))


def test_the_item_of_a_network_that_only_replies_stays_small(clock: Clock) -> None:
    with client_on("embedded") as client:  # moto would copy the whole table for each reply
        service = Service(make_backend(client, clock, moderation="none"), clock)
        service.register()

        attributes = posting_replies(service, 150)

        assert attributes() < 3 * authors.MOST_GROWN


def test_another_environment_sees_at_once_what_was_registered_and_posted(any_service: Service) -> None:
    other = Service(replace(any_service.backend, memory=Memory(), _own={}), any_service.clock)
    any_service.register()
    posted = any_service.post().json["id"]

    assert other.call("GET", f"/articles/a1/comments/{posted}").status == 200
    assert other.view()["counted"]
