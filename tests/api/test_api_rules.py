"""Each rule of moderation over HTTP: what it holds, with which evidence, said in both languages in the queue."""

from typing import Any

import pytest

from chalicelib.api.reason_messages import REASONS
from chalicelib.rules.pipeline import RULES
from tests.api.readers import bad_fields, codes, counted, refusal, seen_by_anyone, set_policy, state
from tests.scene import MODERATOR, Clock, Heard, Service, an_app

HOUR = 3_600
POSTER = "198.51.100.7"


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock)


def queued(service: Service, status: str = "held", language: str = "fr") -> Any:
    """The one comment of a queue."""
    path = f"/moderation/comments?status={status}"
    (only,) = service.call("GET", path, token=MODERATOR, accept_language=language).json["comments"]
    return only


def form_token(service: Service, article_id: str = "a1") -> str:
    """A token for a form that opens now."""
    heard = service.call("POST", f"/articles/{article_id}/form-tokens")
    assert heard.status == 200
    token: str = heard.json["form_token"]
    return token


RULE_BY_RULE = [
    ({"mode": "all"}, {}, "held", "moderation_of_all", {}),
    ({"mode": "first"}, {}, "held", "first_comment", {}),
    ({}, {"content": "http://a.example www.b.example"}, "held", "links", {"count": 2, "limit": 2}),
    ({"max_links": 1}, {"content": "https://a.example/x"}, "held", "links", {"count": 1, "limit": 1}),
    ({"held_words": ["Casino*"]}, {"content": "LES CASINOS"}, "held", "word", {"word": "Casino*"}),
    ({"held_words": ["casino"]}, {"author_name": "Cásino"}, "held", "word", {"word": "casino"}),
    ({"spam_words": ["casino"]}, {"content": "c\u200basino"}, "spam", "word", {"word": "casino"}),
    ({"held_emails": ["@example.org"]}, {}, "held", "email", {"entry": "@example.org"}),
    ({"spam_emails": ["Zoe@Example.org"]}, {}, "spam", "email", None),
    ({"held_urls": ["bad.example"]}, {"content": "bad.example/x"}, "held", "url", {"entry": "bad.example"}),
    ({"spam_urls": ["bad.example"]}, {"author_url": "http://x.bad.example"}, "spam", "url", None),
    ({"held_networks": ["198.51.100.0/24"]}, {}, "held", "network", {}),
    ({"spam_networks": [POSTER]}, {}, "spam", "network", {}),
    ({"staff_emails": ["zoe@example.org"]}, {}, "held", "reserved_email", {}),
    ({}, {"content": "MAIS QUE FAIT LA MAIRIE DEPUIS SIX MOIS"}, "held", "shouting", {"percent": 100}),
    ({"repetition": True}, {"content": "nooooooooooooooooon"}, "held", "repetition", {"text": "o" * 17}),
    ({}, {"form_token": "forged"}, "held", "form_invalid", {}),
    ({}, {"subject": "acheter"}, "spam", "honeypot", {}),
]


@pytest.mark.parametrize(("policy", "comment", "status", "code", "evidence"), RULE_BY_RULE)
def test_a_rule_holds_what_it_is_for_and_says_why_in_both_languages(
    policy: dict[str, Any],
    comment: dict[str, Any],
    status: str,
    code: str,
    evidence: dict[str, Any] | None,
    house: Service,
) -> None:
    assert house.post(content="avant la règle").status == 201
    set_policy(house, **policy)

    heard = house.post(**({"content": "un commentaire"} | comment))

    assert (heard.status, heard.json["status"]) == (202, "held")
    french, english = queued(house, status), queued(house, status, "en")
    assert codes(french) == [code]
    (reason,) = french["held_for"]
    assert evidence is None or reason["evidence"] == evidence
    assert reason["message"] == REASONS[code].say("fr", **reason["evidence"])
    assert english["held_for"][0]["message"] == REASONS[code].say("en", **reason["evidence"])
    assert reason["message"] != english["held_for"][0]["message"]
    assert "{" not in reason["message"]
    assert POSTER not in str(french["held_for"])
    assert "zoe@" not in str(french["held_for"]).lower()
    assert counted(house) == {1}


@pytest.mark.parametrize(("policy", "comment", "status", "code", "evidence"), RULE_BY_RULE[2:])
def test_a_poster_does_not_learn_which_rule_it_was(
    policy: dict[str, Any], comment: dict[str, Any], status: str, code: str, evidence: Any, house: Service
) -> None:
    set_policy(house, **policy)

    heard = house.post(**({"content": "un commentaire"} | comment))

    like_any = house.post(content="http://c.example http://d.example", author_email="x@example.com").json
    assert heard.json.keys() == like_any.keys()
    assert f'"{code}"' not in heard.text.replace('"url":', "")
    assert "held_for" not in str(state(house, heard.json))


def test_every_rule_is_tested_here() -> None:
    tested = {code for _, _, _, code, _ in RULE_BY_RULE}
    elsewhere = {
        *("article_paused", "author_rejected", "form_too_fast", "form_too_old"),
        *("article_pace", "site_pace", "learned_spam"),
    }

    assert tested | elsewhere == {rule.__name__ for rule in RULES}


def test_reasons_are_told_all_and_in_one_order(house: Service) -> None:
    set_policy(house, mode="all", held_words=["casino"], spam_urls=["bad.example"])

    house.post(content="CASINO : HTTP://BAD.EXAMPLE ET HTTP://WORSE.EXAMPLE CASINO", subject="x")

    assert codes(queued(house, "spam")) == ["moderation_of_all", "links", "word", "url", "shouting", "honeypot"]


def test_a_honeypot_left_empty_is_none(house: Service) -> None:
    for n, empty in enumerate(("", "   ", None)):
        assert house.post(content=f"texte {n}", subject=empty).status == 201
    form = {"author": "Léa", "email": "lea@example.org", "comment": "du formulaire", "subject": ""}
    assert house.call("POST", "/articles/a1/comments", form=form).status == 303
    assert counted(house) == {4}


def test_a_form_with_its_honeypot_filled_goes_back_to_the_article_and_to_spam(house: Service) -> None:
    form = {"author": "Léa", "email": "lea@example.org", "comment": "du formulaire", "subject": "SEO"}

    heard = house.call("POST", "/articles/a1/comments", form=form)

    assert (heard.status, heard.headers["location"]) == (
        303,
        "https://news.example.org/a1?tribune=held#respond",
    )
    assert codes(queued(house, "spam")) == ["honeypot"]
    assert "du formulaire" not in seen_by_anyone(house)


@pytest.mark.parametrize(
    ("seconds", "code", "evidence"),
    [
        (0, "form_too_fast", {"seconds": 0}),
        (2.999, "form_too_fast", {"seconds": 2}),
        (3, None, None),
        (24 * HOUR, None, None),
        (24 * HOUR + 1, "form_too_old", {"hours": 24}),
        (100 * HOUR, "form_too_old", {"hours": 100}),
    ],
)
def test_a_form_token_tells_how_long_somebody_took(
    seconds: float, code: str | None, evidence: Any, any_client: Any, clock: Clock
) -> None:
    service = an_app(any_client, clock)
    token = form_token(service)
    clock.forward(seconds=seconds)

    heard = service.post(form_token=token)

    assert heard.status == (202 if code else 201)
    if code:
        found = queued(service)
        assert (codes(found), found["held_for"][0]["evidence"]) == ([code], evidence)
        assert found["held_for"][0]["message"] == REASONS[code].say("fr", **evidence)


def test_a_token_that_is_none_or_another_articles_is_held(house: Service, clock: Clock) -> None:
    house.register("a2")
    token, other = form_token(house), form_token(house, "a2")
    clock.forward(seconds=10)
    last = "B" if token[-1] != "B" else "C"
    wrong = ["forged", "A" * 24, token[:-1] + last, token[:-1], token + "A", other, "é" * 24, "\x00", "x" * 200]

    for n, bad in enumerate(wrong):
        assert house.post(content=f"texte {n}", form_token=bad).status == 202, bad
    waiting = house.queue()["comments"]
    assert [codes(one) for one in waiting] == [["form_invalid"]] * len(wrong)
    for n, none in enumerate(("", "  ", None)):
        assert house.post(content=f"sans jeton {n}", form_token=none).status == 201
    assert bad_fields(house.post(content="trop long", form_token="x" * 201)) == [("form_token", "too_long")]


def test_a_token_from_the_future_is_none(house: Service, clock: Clock) -> None:
    clock.forward(hours=1)
    token = form_token(house)
    clock.forward(hours=-1)

    assert house.post(form_token=token).status == 202
    assert codes(queued(house)) == ["form_invalid"]


def test_a_token_says_when_it_grows_too_old_and_an_unknown_article_is_told_with_the_comment(
    house: Service,
) -> None:
    heard = house.call("POST", "/articles/a1/form-tokens")

    assert heard.json == {
        "form_token": heard.json["form_token"],
        "expires_at": "2026-03-12T12:00:00Z",
        "max_content": house.backend.settings.max_content,
    }
    nowhere = form_token(house, "nowhere")
    assert refusal(house.post("nowhere", form_token=nowhere)) == (404, "unknown_article")


def test_the_times_of_forms_are_the_newsrooms_to_set(house: Service, clock: Clock) -> None:
    set_policy(house, form_seconds=0, form_hours=0)
    token = form_token(house)
    assert house.post(form_token=token).status == 201
    clock.forward(hours=1_000)
    assert house.post(content="bien plus tard", form_token=token).status == 201


def test_an_article_on_hold_holds_everything_until_it_is_opened(any_service: Service) -> None:
    service = any_service
    service.register()
    service.register("a2")

    def set_comments(mode: str) -> Heard:
        return service.call("POST", "/moderation/articles/a1", {"comments": mode}, token=MODERATOR)

    assert set_comments("hold").json["moderation"] == "hold"
    assert service.post().status == 202
    assert codes(queued(service)) == ["article_paused"]
    assert queued(service)["held_for"][0]["message"] == "commentaires de l’article retenus"
    assert service.post("a2").status == 201
    set_comments("closed")
    assert refusal(service.post(content="fermé")) == (403, "comments_closed")
    set_comments("open")
    assert service.post(content="ouvert").status == 201
    assert counted(service) == {1}
