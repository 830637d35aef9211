"""Moderation over HTTP: what a decision does to a comment and to the counts, and how the queue is read."""

from itertools import product
from typing import Any

import pytest

from tests.scene import MODERATOR, Service

DECISIONS = {
    "approve": "published",
    "reject": "rejected",
    "spam": "spam",
    "trash": "trash",
    "restore": "held",
    "hold": "held",
}
STATUSES = ["published", "held", "rejected", "spam", "trash"]
COUNTED = [*STATUSES, "withdrawn", "reported"]
LEADING_TO = {status: decision for decision, status in DECISIONS.items()}


@pytest.fixture
def moderated(service: Service) -> Service:
    """The app with an article."""
    service.register()
    return service


def put_into(service: Service, comment_id: str, status: str) -> None:
    """Bring a published comment into a status."""
    if status == "held":
        service.decide("trash", comment_id)
    if status != "published":
        service.decide(LEADING_TO[status], comment_id)


def outcome(heard: Any) -> dict[str, Any]:
    assert heard.status == 200
    (only,) = heard.json["decisions"]
    found: dict[str, Any] = only
    return found


def counted(service: Service) -> tuple[int, int, int, int]:
    """How many comments each public place says there are."""
    listed = service.call("GET", "/articles/a1/comments").json
    return (
        service.call("GET", "/articles/a1").json["comments"],
        service.call("GET", "/counts?ids=a1").json["counts"]["a1"]["comments"],
        listed["total"],
        len(listed["comments"]),
    )


@pytest.mark.parametrize(("before", "decision"), list(product(STATUSES, DECISIONS)))
def test_a_decision_leads_to_its_status_and_every_count_follows(
    before: str, decision: str, moderated: Service
) -> None:
    moderated.post(content="another, which stays")
    id = moderated.post(content="the one").json["id"]
    put_into(moderated, id, before)
    expected = before if (before, decision) == ("published", "restore") else DECISIONS[decision]

    for _ in range(2):
        decided = outcome(moderated.decide(decision, id))
        assert (decided["comment_id"], decided["status"], decided["error"]) == (id, expected, None)

        assert set(counted(moderated)) == {1 + (expected == "published")}
        counts = moderated.queue()["counts"]
        assert counts == dict.fromkeys(COUNTED, 0) | {"published": 1} | (
            {"published": 2} if expected == "published" else {expected: 1}
        )
        queued = [comment["id"] for comment in moderated.queue(f"status={expected}")["comments"]]
        assert id in queued
        single = moderated.call("GET", f"/articles/a1/comments/{id}")
        assert single.status == (200 if expected == "published" else 404)


def test_replies_stay_in_place_while_their_parent_is_away(moderated: Service) -> None:
    root = moderated.post(content="un").json["id"]
    middle = moderated.post(content="deux", parent_id=root).json["id"]
    leaf = moderated.post(content="trois", parent_id=middle).json["id"]

    moderated.decide("spam", middle)
    away = moderated.call("GET", "/articles/a1/comments").json
    moderated.decide("approve", middle)
    back = moderated.call("GET", "/articles/a1/comments").json

    assert [(comment["id"], comment["parent_id"], comment["depth"]) for comment in away["comments"]] == [
        (root, None, 0),
        (leaf, middle, 2),
    ]
    assert [comment["id"] for comment in back["comments"]] == [root, middle, leaf]
    assert (away["total"], back["total"]) == (2, 3)


def test_with_seen_a_comment_that_changed_meanwhile_is_left_alone(moderated: Service) -> None:
    id = moderated.post().json["id"]
    moderated.decide("spam", id, reason="publicité", note="vu trois fois")

    decided = outcome(moderated.decide("approve", id, seen="published"))

    assert (decided["status"], decided["error"]) == ("spam", "already_decided")
    assert decided["decided"]["at"] == "2026-03-11T12:00:00Z"
    assert decided["decided"]["by"].startswith("moderator:")
    assert MODERATOR not in str(decided)
    assert (decided["decided"]["reason"], decided["decided"]["note"]) == ("publicité", "vu trois fois")
    assert outcome(moderated.decide("approve", id, seen="spam"))["status"] == "published"


def test_deciding_what_is_already_so_keeps_who_decided_it(moderated: Service) -> None:
    id = moderated.post().json["id"]
    moderated.decide("spam", id, reason="publicité")
    moderated.decide("spam", id, reason="autre")

    (queued,) = moderated.queue("status=spam")["comments"]

    assert queued["decided"]["reason"] == "publicité"


def test_each_id_is_decided_by_itself(moderated: Service) -> None:
    id = moderated.post().json["id"]

    heard = moderated.decide("trash", "0" * 20, id, "no id", id, "é#x", "")

    assert [(found["comment_id"], found["status"], found["error"]) for found in heard.json["decisions"]] == [
        ("0" * 20, None, "unknown_comment"),
        (id, "trash", None),
        ("no id", None, "unknown_comment"),
        ("é#x", None, "unknown_comment"),
        ("", None, "unknown_comment"),
    ]


@pytest.mark.parametrize("length", [2_100, 5_000])
def test_an_id_longer_than_any_key_is_unknown_too(length: int, moderated: Service) -> None:
    assert outcome(moderated.decide("trash", "x" * length))["error"] == "unknown_comment"


def test_up_to_100_are_decided_at_once(moderated: Service) -> None:
    ids = [moderated.post(content=f"n {n}").json["id"] for n in range(100)]

    heard = moderated.decide("spam", *ids)

    assert {found["status"] for found in heard.json["decisions"]} == {"spam"}
    assert [found["comment_id"] for found in heard.json["decisions"]] == ids
    assert set(counted(moderated)) == {0}
    too_many = moderated.decide("spam", *ids, "0" * 20)
    assert [(e["field"], e["code"]) for e in too_many.json["errors"]] == [("comment_ids", "too_many")]
    nobody = moderated.decide("spam")
    assert [(e["field"], e["code"]) for e in nobody.json["errors"]] == [("comment_ids", "required")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("decision", "publish", "invalid_choice"),
        ("seen", "approved", "invalid_choice"),
        ("reason", "x" * 101, "too_long"),
        ("note", "x" * 1_001, "too_long"),
        ("note", 5, "invalid_type"),
        ("by", "root", "unknown_field"),
    ],
)
def test_a_wrong_decision_is_refused_before_anything_is_decided(
    field: str, value: Any, code: str, moderated: Service
) -> None:
    id = moderated.post().json["id"]
    body = {"comment_ids": [id], "decision": "spam"} | {field: value}

    heard = moderated.call("POST", "/moderation/decisions", body, token=MODERATOR)

    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [(field, code)]
    assert set(counted(moderated)) == {1}


def walked(service: Service, query: str) -> list[str]:
    """The ids of a whole queue, read page by page."""
    found: list[str] = []
    cursor = ""
    for _ in range(50):
        page = service.queue(query + cursor)
        found += [comment["id"] for comment in page["comments"]]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"
    raise AssertionError("the queue never ends")


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_the_queue_is_read_in_pages_each_comment_once(limit: int, moderated: Service) -> None:
    ids = []
    for n in range(7):
        moderated.clock.forward(seconds=1)
        ids.append(moderated.post(content=f"n {n}").json["id"])
    other = moderated.post(content="not held").json["id"]
    moderated.decide("trash", *ids)
    moderated.decide("restore", *ids)

    assert walked(moderated, f"status=held&order=oldest&limit={limit}") == ids
    assert walked(moderated, f"status=held&order=newest&limit={limit}") == ids[::-1]
    assert walked(moderated, f"status=published&limit={limit}") == [other]
    assert walked(moderated, f"status=spam&limit={limit}") == []


@pytest.mark.parametrize(
    "query",
    ["status=pending", "order=best", "limit=0", "limit=101", "cursor=x", "cursor=é", "cursor=AAAA", "page=2"],
)
def test_a_queue_that_cannot_be_is_refused(query: str, moderated: Service) -> None:
    heard = moderated.call("GET", f"/moderation/comments?{query}", token=MODERATOR)

    assert heard.status == 422
    assert [error["field"] for error in heard.json["errors"]] == [query.partition("=")[0]]


def test_moderators_see_the_text_and_the_status_but_no_address(moderated: Service) -> None:
    id = moderated.post(content="<b>gras</b>", author_email="hidden@example.org").json["id"]
    moderated.decide("trash", id)

    (queued,) = moderated.queue("status=trash")["comments"]

    assert (queued["id"], queued["status"], queued["content"]) == (id, "trash", "<b>gras</b>")
    assert "hidden@example.org" not in str(queued)
