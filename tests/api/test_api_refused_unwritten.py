"""What is refused leaves no trace: the table is the same before and after, to the byte."""

from typing import Any

import pytest

from tests.api.readers import at, edit, refusal, report, set_policy, stored, vote, withdraw
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, PUBLISHER, Clock, Service, an_app

LINKS = "http://a.example http://b.example"


@pytest.fixture
def busy(any_client: Any, clock: Clock) -> Service:
    """The app with articles and comments of every kind, warm, where somebody has just written."""
    service = an_app(any_client, clock, comment_interval=15, trusted_hops=0)
    service.register("closed", comments="closed")
    set_policy(service, staff_names=["Maud"], max_links=2)
    return service


def posted(service: Service, name: str, **fields: Any) -> Any:
    """A comment of somebody who writes from an address of their own."""
    who = {"author_name": name, "author_email": f"{name}@example.org", "content": f"de {name}"}
    heard = service.post(address=f"192.0.2.{sum(name.encode()) % 250}", **(who | fields))
    assert heard.status in (201, 202), heard.text
    return heard.json


def test_a_comment_that_is_refused_leaves_no_trace(busy: Service) -> None:
    mine = busy.post(submission_id="submission-1").json
    held = posted(busy, "lea", content=LINKS)
    before = stored(busy)
    other = {"address": "203.0.113.9", "author_email": "bob@example.org"}

    told = [
        refusal(busy.post(content="trop vite", author_email="x@example.org")),
        refusal(busy.post(content="trop vite", address="203.0.113.9")),
        refusal(busy.post(address="203.0.113.9")),
        refusal(busy.post("closed", **other)),
        refusal(busy.post("nowhere", **other)),
        refusal(busy.post(author_name="Maud", **other)),
        refusal(busy.post(author_name="", **other)),
        refusal(busy.post(content="x" * 5_001, **other)),
        refusal(busy.post(parent_id="0" * 20, **other)),
        refusal(busy.post(parent_id=held["id"], **other)),
        refusal(busy.post(unknown="x", **other)),
        refusal(busy.call("POST", "/articles/a1/comments", "{")),
        refusal(busy.call("POST", "/articles/a1/comments", "x" * 200_000)),
        refusal(busy.call("POST", "/articles/a1/comments", "x", content_type="image/png")),
    ]

    assert told[:5] == [
        (429, "too_many_comments"),
        (429, "too_many_comments"),
        (409, "duplicate_comment"),
        (403, "comments_closed"),
        (404, "unknown_article"),
    ]
    assert told[5:] == [(422, "invalid_fields")] * 6 + [
        (400, "invalid_json"),
        (413, "too_large"),
        (415, "unsupported_type"),
    ]
    assert busy.post(submission_id="submission-1").json == mine
    assert stored(busy) == before


@on_both_engines
def test_what_a_reader_may_not_do_with_a_comment_leaves_no_trace(busy: Service) -> None:
    own, held = posted(busy, "zoe"), posted(busy, "lea", content=LINKS)
    gone, answered = posted(busy, "hugo"), posted(busy, "nadege")
    posted(busy, "abdoulaye", parent_id=answered["id"])
    busy.decide("reject", gone["id"])
    forged = own | {"edit_token": "x"}
    before = stored(busy)

    told = [
        *(refusal(edit(busy, one, "autre")) for one in (forged, gone, answered)),
        *(refusal(withdraw(busy, one)) for one in (forged, gone, answered)),
        refusal(edit(busy, own, "")),
        *(refusal(vote(busy, one)) for one in (held, gone)),
        refusal(vote(busy, own, 2)),
        *(refusal(report(busy, one)) for one in (held, gone)),
        refusal(report(busy, own, "illegal")),
        refusal(busy.call("POST", at(own, "status"), {"edit_token": "x"})),
    ]

    assert {status for status, _ in told} == {403, 404, 422}
    assert stored(busy) == before


def test_readers_and_pages_that_may_not_write_leave_no_trace(any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, origins=("https://news.example.org",))
    own = service.post().json
    before = stored(service)

    for path, body in (
        ("/articles/a1/comments", {"author_name": "x", "author_email": "x@example.org", "content": "x"}),
        (at(own, "edits"), {"edit_token": own["edit_token"], "content": "autre"}),
        (at(own, "withdrawals"), {"edit_token": own["edit_token"]}),
        (at(own, "votes"), {"vote": 1}),
        (at(own, "reports"), {"reason": "hate"}),
    ):
        heard = service.call("POST", path, body, origin="https://elsewhere.example")
        assert refusal(heard) == (403, "origin_not_allowed"), path
    decision = {"comment_ids": [own["id"]], "decision": "spam"}
    for token, status in ((None, 401), ("nobody-knows-it", 401), (PUBLISHER, 403)):
        assert service.call("POST", "/moderation/decisions", decision, token=token).status == status
    policy = {"policy": {"mode": "all"}}
    assert service.call("PUT", "/moderation/policy", policy, token=MODERATOR).status == 403
    assert stored(service) == before


def test_requests_that_come_too_fast_leave_no_trace(any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, requests_per_minute=20)
    own = service.post().json
    for _ in range(20):
        service.call("GET", "/articles/a1")
    before = stored(service)

    assert refusal(service.post(content="encore")) == (429, "too_many_requests")
    assert refusal(vote(service, own)) == (429, "too_many_requests")
    assert refusal(report(service, own)) == (429, "too_many_requests")
    assert refusal(edit(service, own, "autre")) == (429, "too_many_requests")
    assert stored(service) == before


def test_votes_too_many_leave_no_trace(any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock)
    own = service.post().json
    for n in range(20):
        vote(service, own, user_agent=f"Mozilla/5.0 ({n})")
    before = stored(service)

    assert refusal(vote(service, own, user_agent="Mozilla/5.0 (20)")) == (429, "too_many_votes")
    assert stored(service) == before


def test_a_policy_that_is_refused_leaves_no_trace(busy: Service) -> None:
    before = stored(busy)

    for policy in ({"max_links": -1}, {"mode": "some"}, {"held_emails": ["x"]}, {"nothing": 1}):
        heard = busy.call("PUT", "/moderation/policy", {"policy": policy}, token="admin-token-of-the-tests")
        assert heard.status == 422
    assert stored(busy) == before
