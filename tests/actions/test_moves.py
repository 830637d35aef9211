"""What moving a comment counts, settles and tells, whoever moves it."""

from typing import Any

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from tests.actions.test_requests_sent_again import lose_next
from tests.scene import MODERATOR, Clock, Heard, Service

READER = "203.0.113.1"
LINKS = "https://a.example.org https://b.example.org"


@pytest.fixture
def house(any_service: Service) -> Service:
    """The app with an article that somebody has read."""
    any_service.register()
    any_service.view()
    return any_service


def posted(house: Service, text: str, **fields: Any) -> Any:
    return house.post(content=text, **fields).json


def reported(house: Service, comment_id: str, address: str = READER) -> str:
    """A report's receipt."""
    at = f"/articles/a1/comments/{comment_id}/reports"
    receipt: str = house.call("POST", at, {"reason": "hate"}, address=address).json["receipt"]
    return receipt


def own(house: Service, verb: str, comment: Any, **fields: Any) -> Heard:
    """What a comment's author does."""
    at = f"/articles/a1/comments/{comment['id']}/{verb}"
    return house.call("POST", at, {"edit_token": comment["edit_token"]} | fields)


def undo(house: Service, token: str) -> Heard:
    return house.call("POST", "/moderation/undo", {"undo_token": token}, token=MODERATOR)


def dossier(house: Service, comment_id: str) -> Any:
    return house.call("GET", f"/moderation/comments/{comment_id}", token=MODERATOR).json


def decide(house: Service, comment: Any) -> Heard:
    return house.decide("reject", comment["id"], submission_id="decision-1")


def withdraw(house: Service, comment: Any) -> Heard:
    return own(house, "withdrawals", comment)


def edit(house: Service, comment: Any) -> Heard:
    return own(house, "edits", comment, content=LINKS)


def report(house: Service, comment: Any) -> Heard:
    at = f"/articles/a1/comments/{comment['id']}/reports"
    return house.call("POST", at, {"reason": "hate"}, address="203.0.113.3")


@pytest.mark.parametrize("take_away", [decide, withdraw, edit, report])
def test_the_lists_learn_of_a_comment_taken_away_by_a_request_whose_answer_was_lost(
    take_away: Any, house: Service, clock: Clock
) -> None:
    comment = posted(house, "Bonjour")
    for n in (1, 2):
        reported(house, comment["id"], f"203.0.113.{n}")
    roll_up.roll_up(house.backend)
    clock.forward(minutes=10)
    roll_up.roll_up(house.backend)
    lose_next(house.backend.table.client, "TransactWriteItems")

    assert take_away(house, comment).status == 503
    assert take_away(house, comment).status in (200, 201)

    roll_up.roll_up(house.backend)
    house.backend.memory = Memory()
    rows = house.call("GET", "/most-read?window=all&sort=comments").json["articles"]
    assert [row["comments"] for row in rows] == [0]


def test_an_undo_sent_again_leaves_open_what_it_has_opened_again(house: Service) -> None:
    id = posted(house, "Bonjour")["id"]
    receipt = reported(house, id)
    token = house.decide("reject", id).json["undo_token"]
    lose_next(house.backend.table.client, "TransactWriteItems")

    assert undo(house, token).status == 503
    assert undo(house, token).status == 200

    assert house.call("GET", f"/reports/{receipt}").json["status"] == "received"
    assert [line["decision"] for line in dossier(house, id)["audit"]] == ["reject", "undo"]


def test_a_decision_that_comes_again_late_leaves_alone_what_others_decided_since(
    house: Service, clock: Clock
) -> None:
    id = posted(house, "Bonjour")["id"]
    first = house.decide("reject", id, submission_id="decision-1").json
    clock.forward(seconds=2)
    house.decide("approve", id)

    again = house.decide("reject", id, submission_id="decision-1").json

    assert (again["job_id"], again["decisions"][0]["error"]) == (first["job_id"], "already_decided")
    assert dossier(house, id)["comment"]["status"] == "published"


def test_a_decision_that_comes_again_late_settles_no_report_made_since(house: Service, clock: Clock) -> None:
    id = posted(house, LINKS)["id"]
    house.decide("approve", id, submission_id="decision-1")
    clock.forward(seconds=2)
    receipt = reported(house, id)

    house.decide("approve", id, submission_id="decision-1")

    assert house.call("GET", f"/reports/{receipt}").json["status"] == "received"


def test_an_edit_that_a_rule_holds_settles_no_report(house: Service) -> None:
    comment = posted(house, "Bonjour")
    receipt = reported(house, comment["id"])

    assert edit(house, comment).json["status"] == "held"
    assert house.call("GET", f"/reports/{receipt}").json["status"] == "received"
    assert [queued["id"] for queued in house.queue("status=reported")["comments"]] == [comment["id"]]

    house.decide("reject", comment["id"])
    told = house.call("GET", f"/reports/{receipt}").json
    assert (told["status"], told["statement"]["measure"]) == ("decided", "removed")
    assert house.queue()["counts"]["reported"] == 0


def test_approving_what_a_rule_took_for_spam_takes_no_rejection_off_its_author(house: Service) -> None:
    rejected = posted(house, "un")["id"]
    house.decide("reject", rejected)
    spam = posted(house, "deux", subject="x")["id"]

    house.decide("approve", spam)

    author = dossier(house, spam)["author"]
    assert (author["published"], author["rejected"]) == (1, 1)


def test_the_staffs_own_comments_count_for_no_author(house: Service) -> None:
    id = posted(house, "un")["id"]
    at = f"/moderation/comments/{id}/replies"
    answers = [house.call("POST", at, {"content": str(n)}, token=MODERATOR).json["id"] for n in range(2)]

    house.decide("reject", answers[0])

    author = dossier(house, answers[1])["author"]
    assert (author["published"], author["rejected"]) == (0, 0)
