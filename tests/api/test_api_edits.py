"""Edits: the rules look at the new text, what they hold vanishes, and earlier texts are for moderators."""

from typing import Any

import pytest

from chalicelib.actions import roll_up
from tests.actions.test_requests_sent_again import lose_next
from tests.api.readers import (
    SORTS,
    at,
    bad_fields,
    codes,
    counted,
    dossier,
    edit,
    refusal,
    seen_by_anyone,
    set_policy,
    state,
    stored,
    vote,
    withdraw,
)
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, Clock, Service, an_app

LINKS = "http://a.example http://b.example"


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock)


def test_an_edit_is_public_at_once_with_its_time(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    own = service.post().json
    clock.forward(minutes=2)

    heard = edit(service, own, "<b>Bonsoir</b> <i>tous</i>")

    again = {"edit_token": own["edit_token"], "edit_until": own["edit_until"], "id": own["id"], "parent_id": None}
    assert heard.status == 200
    assert again.items() <= heard.json.items()
    assert (heard.json["status"], heard.json["content"]) == ("published", "<b>Bonsoir</b> <i>tous</i>")
    for sort in SORTS:
        (shown,) = service.call("GET", f"/articles/a1/comments?sort={sort}").json["comments"]
        assert shown["content_html"] == heard.json["content_html"]
        assert (shown["created_at"], shown["edited_at"]) == ("2026-03-11T12:00:00Z", "2026-03-11T12:02:00Z")
    assert "Bonjour" not in seen_by_anyone(service, own)
    assert counted(service) == {1}


def test_an_edit_keeps_votes_replies_to_come_and_the_place_in_the_list(house: Service, clock: Clock) -> None:
    own = house.post().json
    clock.forward(seconds=1)
    other = house.post(content="plus récent").json
    vote(house, own)
    edit(house, own, "changé")

    shown = house.call("GET", "/articles/a1/comments").json["comments"]

    assert [(one["id"], one["votes"]) for one in shown] == [(other["id"], 0), (own["id"], 1)]
    assert house.post(content="réponse", parent_id=own["id"]).status == 201


@on_both_engines
def test_a_published_comment_whose_edit_is_held_vanishes_everywhere(any_service: Service) -> None:
    service = any_service
    service.register()
    root = service.post(content="la racine").json
    own = service.post(content="texte premier", parent_id=root["id"], author_email="lea@example.org").json

    heard = edit(service, own, LINKS)
    roll_up.roll_up(service.backend)

    assert (heard.status, heard.json["status"]) == (200, "held")
    public = seen_by_anyone(service, own)
    assert not [text for text in ("texte premier", "a.example", own["id"]) if text in public]
    assert counted(service) == {1}
    assert service.call("GET", at(own)).status == 404
    (queued,) = service.queue()["comments"]
    assert (queued["id"], queued["content"]) == (own["id"], LINKS)
    assert withdraw(service, root).json["status"] == "withdrawn", "nobody has answered it any more"


@pytest.mark.parametrize(
    ("policy", "content", "code", "evidence"),
    [
        ({}, LINKS, "links", {"count": 2, "limit": 2}),
        ({"held_words": ["casino"]}, "le CASINO du coin", "word", {"word": "casino"}),
        ({"spam_words": ["casino"]}, "le casino du coin", "word", {"word": "casino"}),
        ({"held_urls": ["bad.example"]}, "voir bad.example", "url", {"entry": "bad.example"}),
        ({}, "VOUS NE COMPRENEZ RIEN À RIEN DU TOUT", "shouting", {"percent": 100}),
        ({"repetition": True}, "nooooooooooooooooon", "repetition", {"text": "o" * 17}),
    ],
)
def test_the_rules_look_at_an_edit_as_at_a_comment(
    policy: dict[str, Any], content: str, code: str, evidence: Any, house: Service
) -> None:
    own = house.post(content="texte premier").json
    set_policy(house, **policy)

    assert edit(house, own, content).json["status"] == "held"

    (queued,) = house.queue()["comments"]
    assert (queued["content"], codes(queued)) == (content, [code])
    assert queued["held_for"][0]["evidence"] == evidence
    assert counted(house) == {0}


def test_a_pinned_comment_whose_edit_is_held_is_shown_on_top_no_more(house: Service) -> None:
    own, other = house.post().json, house.post(content="autre").json
    house.call("POST", "/moderation/articles/a1", {"pinned": own["id"]}, token=MODERATOR)
    assert house.call("GET", "/articles/a1/comments").json["pinned"]["id"] == own["id"]

    edit(house, own, LINKS)

    shown = house.call("GET", "/articles/a1/comments").json
    assert "pinned" not in shown
    assert [one["id"] for one in shown["comments"]] == [other["id"]]


def test_a_held_edit_is_one_move_in_the_audit_and_a_moderator_may_publish_it(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    edit(service, own, LINKS)

    (line,) = dossier(service, own)["audit"]
    service.decide("approve", own["id"])

    moved = (line["by"], line["decision"], line["from"], line["to"], line["intact"])
    assert moved == ("rules", "edit", "published", "held", True)
    assert "a.example" in seen_by_anyone(service, own)
    assert counted(service) == {1}
    author = dossier(service, own)["author"]
    assert (author["published"], author["rejected"], author["approved"]) == (1, 0, True)


def test_a_held_comment_stays_held_whatever_it_becomes(house: Service) -> None:
    own = house.post(content=LINKS).json

    harmless = edit(house, own, "sans aucun lien")
    assert (harmless.status, harmless.json["status"]) == (200, "held")
    (queued,) = house.queue()["comments"]
    assert (queued["content"], codes(queued)) == ("sans aucun lien", ["links"])

    shouted = edit(house, own, "VOUS NE COMPRENEZ RIEN À RIEN DU TOUT")
    (queued,) = house.queue()["comments"]
    assert (shouted.json["status"], codes(queued)) == ("held", ["links", "shouting"]), "what held it still does"
    assert counted(house) == {0}
    assert dossier(house, own)["audit"] == []


def test_an_author_may_not_edit_into_another_of_their_texts(any_service: Service) -> None:
    service = any_service
    service.register()
    own, other = service.post(content="un").json, service.post(content="deux").json

    assert refusal(edit(service, own, "deux")) == (409, "duplicate_comment")
    assert state(service, own)["content"] == "un"
    assert edit(service, own, "trois").status == 200
    assert refusal(edit(service, other, "trois")) == (409, "duplicate_comment")
    assert service.post(content="trois").json["code"] == "duplicate_comment"
    assert service.post(content="trois", author_email="lea@example.org").status == 201


@pytest.mark.parametrize("held", [False, True])
def test_an_author_may_go_back_to_a_text_of_the_same_comment(held: bool, house: Service, clock: Clock) -> None:
    first = LINKS if held else "un"
    own = house.post(content=first).json

    for text in ("deux", first, "deux", "trois", first):
        clock.forward(seconds=1)
        assert edit(house, own, text).status == 200

    assert state(house, own)["content"] == first
    versions = [version["content"] for version in dossier(house, own)["edits"]]
    assert versions == [first, "deux", first, "deux", "trois"]


def test_earlier_texts_are_for_moderators_with_their_times(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    own = service.post(content="premier jet").json
    for minutes, text in ((1, "deuxième jet"), (2, "troisième jet")):
        clock.at += minutes * 60_000
        edit(service, own, text)

    assert dossier(service, own)["edits"] == [
        {"at": "2026-03-11T12:00:00Z", "content": "premier jet"},
        {"at": "2026-03-11T12:01:00Z", "content": "deuxième jet"},
    ]
    own_answers = [str(state(service, own)), edit(service, own, "troisième jet").text]
    for said in (*own_answers, seen_by_anyone(service, own)):
        assert "premier jet" not in said
        assert "deuxième jet" not in said


def test_the_same_edit_again_changes_nothing(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    own = service.post().json
    first = edit(service, own, "changé")
    before = stored(service)

    clock.forward(minutes=1)
    again = edit(service, own, "changé")
    clock.forward(hours=1)
    late = edit(service, own, "changé")

    assert first.json == again.json == late.json
    assert stored(service) == before


@pytest.mark.parametrize("content", ["changé", LINKS])
def test_an_edit_whose_answer_was_lost_may_be_sent_again(content: str, any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    lose_next(service.backend.table.client, "TransactWriteItems")

    assert edit(service, own, content).status == 503
    again = edit(service, own, content)

    assert (again.status, again.json["content"]) == (200, content)
    assert len(dossier(service, own)["edits"]) == 1
    assert counted(service) == {int(content == "changé")}


def test_a_comment_may_be_edited_ten_times(house: Service) -> None:
    own = house.post().json
    told = [edit(house, own, f"version {n}").status for n in range(10)]

    assert set(told) == {200}
    assert refusal(edit(house, own, "version 10")) == (403, "edit_limit")
    assert edit(house, own, "version 9").status == 200, "sent again"
    assert state(house, own)["content"] == "version 9"
    assert len(dossier(house, own)["edits"]) == 10
    assert withdraw(house, own).status == 200


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "required"), ("  \n ", "required"), ("x" * 51, "too_long"), (None, "required"), (5, "invalid_type")],
)
def test_an_edit_has_the_limits_of_a_comment(content: Any, code: str, client: Any, clock: Clock) -> None:
    service = an_app(client, clock, max_content=50)
    own = service.post().json

    assert bad_fields(edit(service, own, content)) == [("content", code)]
    assert bad_fields(service.post(content=content)) == [("content", code)]
    assert edit(service, own, "x" * 50).status == 200
    assert edit(service, own, "  é\u0000tat\r\nfini ").json["content"] == "état\nfini"


def test_where_comments_are_closed_a_comment_may_be_withdrawn_but_not_edited(house: Service) -> None:
    own = house.post().json
    house.register(comments="closed")

    assert refusal(edit(house, own, "changé")) == (403, "comments_closed")
    assert withdraw(house, own).status == 200


def test_on_an_article_on_hold_an_edit_is_held(house: Service) -> None:
    own = house.post().json
    house.call("POST", "/moderation/articles/a1", {"comments": "hold"}, token=MODERATOR)

    assert edit(house, own, "changé").json["status"] == "held"
    assert codes(house.queue()["comments"][0]) == ["article_paused"]


def test_an_edit_is_no_comment_for_the_pace(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, comment_interval=15)
    own = service.post().json

    assert edit(service, own, "tout de suite").status == 200
    assert service.post(content="suite").headers["retry-after"] == "15"
    clock.forward(seconds=15)
    edit(service, own, "encore")
    assert service.post(content="suite").status == 201


@pytest.mark.parametrize("content", ["changé", LINKS])
def test_an_author_of_many_comments_edits_as_any_other(content: str, house: Service) -> None:
    posted = [house.post(content=f"texte {n}").json for n in range(60)]

    assert edit(house, posted[0], content).status == 200
    assert refusal(edit(house, posted[1], content)) == (409, "duplicate_comment")
    assert dossier(house, posted[1])["author"]["published"] == 60 - (content == LINKS)
