"""One's own comment: whose it is, until when it may be changed, and what its author is told of it."""

from typing import Any

import pytest

from tests.api.readers import (
    at,
    bad_fields,
    counted,
    dossier,
    edit,
    refusal,
    report,
    seen_by_anyone,
    set_policy,
    state,
    vote,
    withdraw,
)
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, Clock, Service, an_app

VERBS = ("status", "edits", "withdrawals")


def send(service: Service, path: str, token: object) -> Any:
    """Do what the path says with a token; an edit changes the text."""
    body = {"edit_token": token} | ({"content": "changé"} if path.endswith("edits") else {})
    return service.call("POST", path, body)


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock, redress="mediateur@example.org")


def test_only_the_posters_own_answers_hold_the_token(any_service: Service) -> None:
    service = any_service
    service.register()
    lines = service.journal()
    root = service.post(submission_id="submission-1").json
    reply = service.post(content="réponse", parent_id=root["id"]).json
    held = service.post(content="http://a.example http://b.example").json
    vote(service, root)
    report(service, root)
    said = [seen_by_anyone(service, root, reply, held), *(str(dossier(service, one)) for one in (root, held))]
    said += [str(service.queue(f"status={status}")) for status in ("published", "held", "reported")]
    said += [service.decide("reject", held["id"]).text]
    assert "edit_token" not in "\n".join(said + lines)
    said += [send(service, at(root, verb), "x").text for verb in VERBS]

    again = service.post(submission_id="submission-1").json

    assert again["edit_token"] == root["edit_token"]
    tokens = [one["edit_token"] for one in (root, reply, held)]
    assert len(set(tokens)) == 3
    assert not [token for token in tokens if token in "\n".join(said + lines)]


JUNK = ("x", "é" * 32, "💬", "\x00", "A" * 32, "A" * 100, " ", "null", "../../SECRET", "' OR 1=1")
NO_TOKENS: list[tuple[object, str]] = [
    *[("", "required"), (None, "required"), (5, "invalid_type"), (["x"], "invalid_type"), ({}, "invalid_type")],
    *[("A" * 101, "too_long"), ("A" * 10_000, "too_long"), ("é" * 101, "too_long")],
]


@pytest.mark.parametrize("verb", VERBS)
def test_no_other_token_is_taken_and_what_cannot_be_one_is_a_bad_field(verb: str, house: Service) -> None:
    own = house.post().json
    token = own["edit_token"]
    variants = (token[:-1], token + "A", token + "=", token.swapcase(), f" {token}", f"{token}\n", token[::-1])

    for other in (*JUNK, *variants):
        assert refusal(send(house, at(own, verb), other)) == (403, "wrong_edit_token"), other
    for none, code in NO_TOKENS:
        assert bad_fields(send(house, at(own, verb), none)) == [("edit_token", code)], none
    assert (state(house, own)["status"], state(house, own)["content"]) == ("published", "Bonjour")


@pytest.mark.parametrize("verb", VERBS)
def test_a_token_opens_its_own_comment_only(verb: str, any_service: Service) -> None:
    any_service.register()
    any_service.register("a2")
    own, other = any_service.post().json, any_service.post(content="autre").json
    nobodys = "0" * 20

    assert refusal(send(any_service, at(other, verb), own["edit_token"])) == (403, "wrong_edit_token")
    assert refusal(send(any_service, at(nobodys, verb), own["edit_token"])) == (403, "wrong_edit_token")
    assert refusal(send(any_service, at(own, verb, "a2"), own["edit_token"])) == (404, "unknown_comment")
    assert refusal(send(any_service, at(own, verb, "a3"), own["edit_token"])) == (404, "unknown_article")
    assert refusal(send(any_service, at(own, verb, "a3"), "x")) == (403, "wrong_edit_token")
    assert state(any_service, own)["content"] == "Bonjour"
    assert counted(any_service) == {2}


@pytest.mark.parametrize("minutes", [15, 1, 0])
@pytest.mark.parametrize("verb", ["edits", "withdrawals"])
def test_the_deadline_is_exact(minutes: int, verb: str, client: Any, clock: Clock) -> None:
    service = an_app(client, clock, edit_minutes=minutes)
    own = service.post().json
    late = service.post(content="trop tard").json
    assert own["edit_until"] == f"2026-03-11T12:{minutes:02}:00Z"
    if minutes:
        clock.at += minutes * 60_000 - 1
        assert send(service, at(own, verb), own["edit_token"]).status == 200
        clock.at += 1

    assert refusal(send(service, at(late, verb), late["edit_token"])) == (403, "edit_expired")
    assert state(service, late)["content"] == "trop tard"
    if minutes:
        assert send(service, at(own, verb), own["edit_token"]).status == 200, "sent again it changes nothing"


@pytest.mark.parametrize("verb", ["edits", "withdrawals"])
@on_both_engines
def test_a_published_answer_settles_a_comment_and_a_held_one_does_not(verb: str, any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    reply = service.post(content="http://a.example http://b.example", parent_id=own["id"]).json
    assert reply["status"] == "held"
    assert edit(service, own, "sous une réponse retenue").status == 200

    service.decide("approve", reply["id"])
    answered = send(service, at(own, verb), own["edit_token"])
    service.decide("trash", reply["id"])
    again = send(service, at(own, verb), own["edit_token"])

    assert refusal(answered) == (403, "edit_answered")
    assert again.status == 200


def test_the_staffs_answer_settles_a_comment_too(house: Service) -> None:
    own = house.post().json
    house.call("POST", f"/moderation/comments/{own['id']}/replies", {"content": "Merci"}, token=MODERATOR)

    assert refusal(edit(house, own, "autre")) == (403, "edit_answered")
    assert refusal(withdraw(house, own)) == (403, "edit_answered")


@pytest.mark.parametrize("decision", ["reject", "spam", "trash"])
def test_what_a_moderator_has_taken_away_does_not_change(decision: str, house: Service) -> None:
    own = house.post().json
    house.decide(decision, own["id"])

    assert refusal(edit(house, own, "autre")) == (403, "edit_decided")
    assert refusal(edit(house, own, "Bonjour")) == (403, "edit_decided")
    assert refusal(withdraw(house, own)) == (403, "edit_decided")
    assert state(house, own)["content"] == "Bonjour"


def test_what_a_rule_sent_to_spam_looks_held_to_its_author_and_stays_spam(house: Service) -> None:
    own, other = house.post(subject="rempli").json, house.post(subject="rempli", content="autre").json

    assert edit(house, own, "sans rien").json["status"] == "held"
    assert house.queue("status=spam")["counts"]["spam"] == 2
    assert withdraw(house, own).json["status"] == "withdrawn"
    house.decide("reject", other["id"])
    assert refusal(edit(house, other, "encore")) == (403, "edit_decided")


@pytest.mark.parametrize("decision", ["approve", "hold", "restore"])
def test_what_a_moderator_shows_or_looks_at_again_may_still_change(decision: str, house: Service) -> None:
    own = house.post(content="http://a.example http://b.example").json
    if decision == "restore":
        house.decide("trash", own["id"])
    house.decide(decision, own["id"])

    assert edit(house, own, "sans lien").status == 200
    assert withdraw(house, own).json["status"] == "withdrawn"


@pytest.mark.parametrize(
    ("decision", "shown", "measure", "reason", "ground"),
    [
        ("approve", "published", "kept", "hate", None),
        ("hold", "held", "held", "hate", None),
        ("reject", "rejected", "removed", "hate", "rules"),
        ("spam", "rejected", "removed", "hate", "rules"),
        ("trash", "rejected", "removed", "hate", "rules"),
    ],
)
@on_both_engines
def test_an_author_is_told_what_was_decided_and_why(
    decision: str, shown: str, measure: str, reason: str, ground: str | None, any_client: Any, clock: Clock
) -> None:
    service = an_app(any_client, clock, redress="mediateur@example.org")
    own = service.post(content="http://a.example http://b.example").json
    before = state(service, own)
    clock.forward(minutes=5)
    if decision == "hold":
        service.decide("trash", own["id"])
    service.decide(decision, own["id"], reason=reason, note="entre nous")

    told = state(service, own)

    assert (before["status"], before["statement"]) == ("held", None)
    assert (told["status"], told["content"]) == (shown, "http://a.example http://b.example")
    statement = told["statement"]
    assert (statement["measure"], statement["reason"], statement["ground"]) == (measure, reason, ground)
    assert (statement["by_notice"], statement["detected_by_machine"]) == (False, decision != "hold")
    assert statement["redress"] == "mediateur@example.org"
    assert statement["decided_at"].startswith("2026-03-11T12:05:00")
    assert "entre nous" not in str(told)
    assert "moderator:" not in str(told)


@pytest.mark.parametrize(
    ("decision", "given", "reason", "ground"),
    [
        ("reject", "illegal", "illegal", "illegal"),
        ("trash", "un texte à nous", "other", "rules"),
        ("spam", None, "spam", "rules"),
        ("reject", None, "other", "rules"),
    ],
)
def test_the_ground_is_the_law_where_the_reason_is(
    decision: str, given: str | None, reason: str, ground: str, house: Service
) -> None:
    own = house.post().json
    house.decide(decision, own["id"], **({"reason": given} if given else {}))

    statement = state(house, own)["statement"]

    assert (statement["reason"], statement["ground"]) == (reason, ground)
    assert statement["detected_by_machine"] is False


def test_a_comment_that_a_rule_holds_after_an_edit_was_detected_by_a_machine(house: Service) -> None:
    own = house.post().json
    edit(house, own, "http://a.example http://b.example")

    told = state(house, own)

    assert told["status"] == "held"
    assert (told["statement"]["measure"], told["statement"]["detected_by_machine"]) == ("held", True)
    assert told["statement"]["by_notice"] is False


def test_a_comment_that_reports_hold_was_held_by_notice(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, report_limit=1)
    own = service.post().json
    report(service, own)

    told = state(service, own)

    assert told["status"] == "held"
    assert (told["statement"]["measure"], told["statement"]["by_notice"]) == ("held", True)
    assert told["statement"]["detected_by_machine"] is False


def test_what_rules_sent_to_spam_is_not_told_apart_from_what_they_hold(house: Service) -> None:
    honeypot = house.post(subject="rempli").json
    set_policy(house, held_words=["casino"])
    held = house.post(content="casino").json

    assert (state(house, honeypot)["status"], state(house, honeypot)["statement"]) == ("held", None)
    assert (state(house, held)["status"], state(house, held)["statement"]) == ("held", None)
    assert "casino" not in str({**state(house, held), "content": "", "content_html": ""})
    assert "held_for" not in state(house, held)


def test_an_author_is_not_told_of_undone_decisions_as_if_they_held(house: Service) -> None:
    own = house.post().json
    undo_token = house.decide("reject", own["id"], reason="hate").json["undo_token"]
    house.call("POST", "/moderation/undo", {"undo_token": undo_token}, token=MODERATOR)

    told = state(house, own)

    assert (told["status"], told["statement"]["measure"], told["statement"]["reason"]) == (
        "published",
        "kept",
        None,
    )
