"""Decisions: undone for a day, sent twice, taken by two moderators, and on all that a filter selects."""

from typing import Any

import pytest

from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, Heard, Service


@pytest.fixture
def newsroom(any_service: Service) -> Service:
    """The app with an article, on both engines."""
    any_service.register(section="monde")
    return any_service


def posted(service: Service, count: int, **fields: Any) -> list[str]:
    """So many comments of as many authors."""
    return [
        service.post(content=f"Commentaire {n}", author_email=f"reader{n}@example.org", **fields).json["id"]
        for n in range(count)
    ]


def statuses(service: Service, *ids: str) -> list[str]:
    """What became of comments."""
    return [dossier(service, id)["comment"]["status"] for id in ids]


def dossier(service: Service, id: str) -> Any:
    return service.call("GET", f"/moderation/comments/{id}", token=MODERATOR).json


def undo(service: Service, decided: Heard) -> Heard:
    return service.call("POST", "/moderation/undo", {"undo_token": decided.json["undo_token"]}, token=MODERATOR)


def errors(heard: Heard) -> list[str | None]:
    return [outcome["error"] for outcome in heard.json["decisions"]]


def job(service: Service, **fields: Any) -> Heard:
    return service.call("POST", "/moderation/jobs", fields, token=MODERATOR)


def total(service: Service) -> int:
    return int(service.call("GET", "/counts?ids=a1").json["counts"]["a1"]["comments"])


@on_both_engines
def test_a_bulk_decision_is_taken_back_to_what_each_comment_was(newsroom: Service) -> None:
    published, held, spam = posted(newsroom, 3)
    newsroom.decide("hold", held)
    newsroom.decide("spam", spam)

    decided = newsroom.decide("reject", published, held, spam, reason="offensive")
    assert statuses(newsroom, published, held, spam) == ["rejected"] * 3
    undone = undo(newsroom, decided)

    assert errors(undone) == [None] * 3
    assert statuses(newsroom, published, held, spam) == ["published", "held", "spam"]
    assert total(newsroom) == 1


@on_both_engines
def test_what_was_taken_back_can_be_done_again(newsroom: Service) -> None:
    (id,) = posted(newsroom, 1)

    decided = newsroom.decide("trash", id)
    undone = undo(newsroom, decided)
    redone = undo(newsroom, undone)

    assert (statuses(newsroom, id), errors(redone)) == (["trash"], [None])


def test_taking_back_twice_changes_nothing_more(newsroom: Service) -> None:
    (id,) = posted(newsroom, 1)
    decided = newsroom.decide("spam", id)

    first, second = undo(newsroom, decided), undo(newsroom, decided)

    assert first.json == second.json
    assert statuses(newsroom, id) == ["published"]
    assert len(dossier(newsroom, id)["audit"]) == 2


def test_what_somebody_decided_since_is_not_taken_back(newsroom: Service) -> None:
    mine, theirs = posted(newsroom, 2)
    decided = newsroom.decide("reject", mine, theirs)
    newsroom.decide("spam", theirs)

    undone = undo(newsroom, decided)

    assert errors(undone) == [None, "already_decided"]
    assert statuses(newsroom, mine, theirs) == ["published", "spam"]


def test_after_a_day_nothing_is_taken_back(newsroom: Service) -> None:
    first, second = posted(newsroom, 2)
    decided, later = newsroom.decide("reject", first), newsroom.decide("reject", second)
    assert decided.json["undo_until"] == "2026-03-12T12:00:00Z"

    newsroom.clock.forward(hours=23, minutes=59, seconds=59.999)
    in_time = undo(newsroom, decided)
    newsroom.clock.forward(seconds=0.001)
    too_late = undo(newsroom, later)

    assert in_time.status == 200
    assert (too_late.status, too_late.json["code"]) == (404, "unknown_job")
    assert statuses(newsroom, first, second) == ["published", "rejected"]


def test_the_same_submission_is_one_decision_even_after_it_was_taken_back(newsroom: Service) -> None:
    (id,) = posted(newsroom, 1)

    decided = newsroom.decide("reject", id, submission_id="decision-1")
    again = newsroom.decide("reject", id, submission_id="decision-1")
    undo(newsroom, decided)
    late = newsroom.decide("reject", id, submission_id="decision-1")

    assert decided.json == again.json
    assert errors(late) == ["already_decided"]
    assert statuses(newsroom, id) == ["published"]
    assert [line["decision"] for line in dossier(newsroom, id)["audit"]] == ["reject", "undo"]


def test_of_two_moderators_one_wins_and_the_other_hears_who_and_when(newsroom: Service) -> None:
    (id,) = posted(newsroom, 1)
    newsroom.decide("spam", id, seen="published", reason="advertising")

    lost = newsroom.decide("trash", id, seen="published")

    ((outcome),) = lost.json["decisions"]
    assert (outcome["status"], outcome["error"]) == ("spam", "already_decided")
    assert outcome["decided"]["by"].startswith("moderator:")
    assert (outcome["decided"]["at"], outcome["decided"]["reason"]) == ("2026-03-11T12:00:00Z", "advertising")


@on_both_engines
def test_what_was_edited_since_the_queue_was_read_is_looked_at_again(newsroom: Service) -> None:
    own = newsroom.post(content="Bonjour").json
    newsroom.decide("hold", own["id"])
    read_at = newsroom.queue()["read_at"]
    newsroom.clock.forward(seconds=1)
    edits = f"/articles/a1/comments/{own['id']}/edits"
    newsroom.call("POST", edits, {"edit_token": own["edit_token"], "content": "Tout autre chose"})

    unseen = newsroom.decide("approve", own["id"], seen="held", read_at=read_at)
    seen = newsroom.decide("approve", own["id"], seen="held", read_at=newsroom.queue()["read_at"])

    assert errors(unseen) == ["edited_since"]
    assert errors(seen) == [None]


def test_a_filter_is_counted_before_it_is_decided_on(newsroom: Service) -> None:
    near = posted(newsroom, 3, address="203.0.113.7")
    far = newsroom.post(content="De loin", author_email="far@example.org", address="192.0.2.1").json["id"]
    newsroom.decide("hold", *near, far)
    network = newsroom.queue()["comments"][-1]["network_key"]
    wanted = {"status": "held", "network": network, "since": "2026-03-11T11:00:00Z"}

    preview = job(newsroom, filter=wanted, decision="spam", preview=True).json
    assert (preview["total"], preview["done"], preview["undo_token"]) == (3, 0, None)
    assert statuses(newsroom, *near) == ["held"] * 3
    done = job(newsroom, filter=wanted, decision="spam", reason="advertising")

    assert (done.json["total"], done.json["done"], errors(done)) == (3, 3, [None] * 3)
    assert statuses(newsroom, *near, far) == ["spam", "spam", "spam", "held"]
    undo(newsroom, done)
    assert statuses(newsroom, *near) == ["held"] * 3


def test_a_job_on_more_than_a_hundred_goes_on_until_all_are_done(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    ids = posted(service, 230)
    service.decide("hold", *ids[:100])
    service.decide("hold", *ids[100:200])
    service.decide("hold", *ids[200:])

    begun = job(service, filter={"status": "held"}, decision="approve")
    assert (begun.json["total"], begun.json["done"], len(begun.json["decisions"])) == (230, 100, 100)
    path = f"/moderation/jobs/{begun.json['job_id']}"
    middle = service.call("POST", path, token=MODERATOR).json
    end = service.call("POST", path, token=MODERATOR).json
    over = service.call("POST", path, token=MODERATOR).json

    assert [middle["done"], end["done"], over["done"]] == [200, 230, 230]
    assert over["decisions"] == []
    assert total(service) == 230
    undone = undo(service, begun).json
    while undone["done"] < undone["total"]:
        undone = service.call("POST", f"/moderation/jobs/{undone['job_id']}", token=MODERATOR).json
    assert total(service) == 0
    assert service.queue()["counts"]["held"] == 230


def test_a_withdrawn_comment_is_nobody_elses_to_show(newsroom: Service) -> None:
    own = newsroom.post().json
    path = f"/articles/a1/comments/{own['id']}/withdrawals"
    newsroom.call("POST", path, {"edit_token": own["edit_token"]})

    decided = [newsroom.decide(decision, own["id"]) for decision in ("approve", "hold", "trash", "spam")]

    assert [errors(one) for one in decided] == [["withdrawn"]] * 4
    assert statuses(newsroom, own["id"]) == ["withdrawn"]


def test_every_decision_keeps_who_when_why_and_what_had_held_it(newsroom: Service) -> None:
    newsroom.backend.settings = newsroom.backend.settings.model_copy(update={"moderation": "all"})
    id = newsroom.post().json["id"]

    newsroom.decide("approve", id, reason="other", note="Vérifié par téléphone")
    newsroom.clock.forward(minutes=5)
    newsroom.decide("reject", id, reason="offensive")

    first, second = dossier(newsroom, id)["audit"]
    assert (first["from"], first["to"], first["decision"]) == ("held", "published", "approve")
    assert (first["reason"], first["note"], first["at"]) == (
        "other",
        "Vérifié par téléphone",
        "2026-03-11T12:00:00Z",
    )
    assert [reason["code"] for reason in first["held_for"]] == ["moderation_of_all"]
    assert (second["from"], second["to"], second["reason"]) == ("published", "rejected", "offensive")
    assert {line["by"] for line in (first, second)} == {
        newsroom.call("GET", "/moderation/me", token=MODERATOR).json["actor"]
    }
    assert first["intact"]


def test_a_line_of_the_audit_that_somebody_changed_says_so(newsroom: Service) -> None:
    (id,) = posted(newsroom, 1)
    newsroom.decide("reject", id)
    table = newsroom.backend.table
    (line,) = table.query_all("#pk = :pk", {":pk": "AUDIT#2026-03-11"})

    table.put(line | {"actor": "somebody else"})

    assert [line["intact"] for line in dossier(newsroom, id)["audit"]] == [False]


def test_a_moderator_is_named_as_the_operator_noted(newsroom: Service) -> None:
    holder = secrets.Holder("moderator", keyed.token_hash("camilles-token"))
    secrets.keep_token(newsroom.backend.table, holder, "Camille", newsroom.clock.at)
    (id,) = posted(newsroom, 1)
    body = {"comment_ids": [id], "decision": "reject"}
    newsroom.call("POST", "/moderation/decisions", body, token="camilles-token")

    told = dossier(newsroom, id)

    assert (told["comment"]["decided"]["by"], told["audit"][0]["by"]) == ("moderator:Camille",) * 2


def test_an_approval_long_ago_is_no_detection_by_machine(newsroom: Service) -> None:
    own = newsroom.post(content="https://a.example https://b.example").json
    newsroom.decide("approve", own["id"])
    newsroom.decide("reject", own["id"], reason="hate")

    path = f"/articles/a1/comments/{own['id']}/status"
    told = newsroom.call("POST", path, {"edit_token": own["edit_token"]}).json

    assert told["statement"]["detected_by_machine"] is False
