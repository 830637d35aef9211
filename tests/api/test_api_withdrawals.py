"""Withdrawals: nobody but moderators reads what its author took back, and nobody brings it back."""

from typing import Any

import pytest

from chalicelib.actions import roll_up
from tests.actions.test_requests_sent_again import lose_next
from tests.api.readers import (
    at,
    counted,
    dossier,
    edit,
    refusal,
    report,
    seen_by_anyone,
    state,
    stored,
    vote,
    withdraw,
)
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, Clock, Service, an_app

LINKS = "http://a.example http://b.example"
DECISIONS = ("approve", "reject", "spam", "trash", "restore", "hold")


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock)


@pytest.mark.parametrize("content", ["ce que je regrette", f"ce que je regrette {LINKS}"])
def test_a_withdrawn_comment_is_in_no_public_answer(content: str, any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post(content=content).json
    other = service.post(content="reste").json
    vote(service, own)

    heard = withdraw(service, own)
    roll_up.roll_up(service.backend)

    assert (heard.status, heard.json["status"], heard.json["content"]) == (200, "withdrawn", content)
    public = seen_by_anyone(service, own, other)
    assert not [text for text in ("regrette", own["id"], own["edit_token"]) if text in public]
    assert counted(service) == {1}
    assert service.call("GET", at(own)).status == 404
    assert service.post(content="réponse", parent_id=own["id"]).status == 422
    assert vote(service, own, -1).status == 404
    assert report(service, own).status == 404
    told = state(service, own)
    assert (told["status"], told["statement"]["measure"]) == ("withdrawn", "withdrawn")
    assert (told["statement"]["reason"], told["statement"]["ground"]) == (None, None)


@on_both_engines
def test_a_withdrawal_sent_again_changes_nothing(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    own = service.post().json
    first = withdraw(service, own)
    before = stored(service)
    clock.forward(hours=1)

    again = withdraw(service, own)

    assert first.json == again.json
    assert stored(service) == before


def test_a_withdrawal_whose_answer_was_lost_may_be_sent_again(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    lose_next(service.backend.table.client, "TransactWriteItems")

    assert withdraw(service, own).status == 503
    assert withdraw(service, own).json["status"] == "withdrawn"
    assert counted(service) == {0}
    assert len(dossier(service, own)["audit"]) == 1


def test_what_is_withdrawn_cannot_be_edited_nor_reported_nor_pinned(house: Service) -> None:
    own = house.post().json
    withdraw(house, own)

    assert refusal(edit(house, own, "encore")) == (403, "edit_decided")
    assert refusal(edit(house, own, "Bonjour")) == (403, "edit_decided")
    pin = house.call("POST", "/moderation/articles/a1", {"pinned": own["id"]}, token=MODERATOR)
    assert pin.status == 422
    reply = house.call("POST", f"/moderation/comments/{own['id']}/replies", {"content": "x"}, token=MODERATOR)
    assert reply.status == 422


@pytest.mark.parametrize("content", ["publié", LINKS])
@on_both_engines
def test_no_moderator_brings_back_what_its_author_has_withdrawn(content: str, any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post(content=content).json
    withdraw(service, own)

    for decision in DECISIONS:
        (outcome,) = service.decide(decision, own["id"]).json["decisions"]
        job = {"filter": {"status": "withdrawn"}, "decision": decision}
        (by_job,) = service.call("POST", "/moderation/jobs", job, token=MODERATOR).json["decisions"]

        assert (outcome["status"], outcome["error"]) == ("withdrawn", "withdrawn")
        assert (by_job["status"], by_job["error"]) == ("withdrawn", "withdrawn")
    assert state(service, own)["status"] == "withdrawn"
    assert counted(service) == {0}


def test_undoing_an_earlier_decision_does_not_bring_it_back(house: Service) -> None:
    own = house.post().json
    rejected = house.decide("reject", own["id"]).json["undo_token"]
    approved = house.decide("approve", own["id"]).json["undo_token"]
    withdraw(house, own)

    for token in (approved, rejected):
        heard = house.call("POST", "/moderation/undo", {"undo_token": token}, token=MODERATOR)
        assert [outcome["status"] for outcome in heard.json["decisions"]] == ["withdrawn"]
    assert state(house, own)["status"] == "withdrawn"
    assert counted(house) == {0}


def test_moderators_still_read_it_in_a_list_of_its_own(house: Service, clock: Clock) -> None:
    own = house.post(content="regretté").json
    clock.forward(minutes=1)
    withdraw(house, own)

    page = house.queue("status=withdrawn")

    assert [(one["id"], one["content"], one["status"]) for one in page["comments"]] == [
        (own["id"], "regretté", "withdrawn")
    ]
    assert (page["counts"]["withdrawn"], page["counts"]["published"]) == (1, 0)
    (line,) = dossier(house, own)["audit"]
    assert (line["by"], line["decision"], line["from"], line["to"]) == (
        "author",
        "withdraw",
        "published",
        "withdrawn",
    )


def test_a_reply_held_under_a_withdrawn_comment_keeps_its_place(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post(content="racine").json
    reply = service.post(content=LINKS, parent_id=own["id"]).json
    assert withdraw(service, own).status == 200

    service.decide("approve", reply["id"])
    below = service.post(content="sous la réponse", parent_id=reply["id"]).json

    shown = service.call("GET", "/articles/a1/comments").json
    assert [(one["id"], one["parent_id"], one["depth"]) for one in shown["comments"]] == [
        (reply["id"], own["id"], 1),
        (below["id"], reply["id"], 2),
    ]
    assert counted(service) == {2}
    assert "racine" not in seen_by_anyone(service, own, reply, below)


def test_the_author_of_the_comment_above_may_withdraw_once_the_answer_is_withdrawn(house: Service) -> None:
    root = house.post().json
    reply = house.post(content="réponse", parent_id=root["id"]).json
    assert refusal(withdraw(house, root)) == (403, "edit_answered")

    assert withdraw(house, reply).status == 200
    assert withdraw(house, root).status == 200

    assert counted(house) == {0}
    assert house.queue()["counts"]["withdrawn"] == 2


def test_open_reports_are_settled_by_a_withdrawal(house: Service) -> None:
    own = house.post().json
    receipt = report(house, own).json["receipt"]
    withdraw(house, own)

    told = house.call("GET", f"/reports/{receipt}").json

    assert (told["status"], told["statement"]["measure"]) == ("decided", "withdrawn")
    assert house.queue("status=reported")["counts"]["reported"] == 0


def test_the_same_text_may_not_be_posted_again_after_a_withdrawal(house: Service) -> None:
    own = house.post().json
    withdraw(house, own)

    assert house.post().json["code"] == "duplicate_comment"
    assert house.post(submission_id="submission-1", content="autre").status == 201


def test_a_withdrawn_comment_counts_for_its_author_no_more(house: Service) -> None:
    own, other = house.post().json, house.post(content="autre").json
    withdraw(house, own)

    author = dossier(house, other)["author"]

    assert (author["published"], author["rejected"]) == (1, 0)
