"""What the newsroom sets: an article's comments, a pinned comment, answers of the staff, and the rules' policy."""

from typing import Any

import pytest

from tests.conftest import on_both_engines
from tests.scene import ADMIN, MODERATOR, PUBLISHER, Heard, Service


@pytest.fixture
def newsroom(any_service: Service) -> Service:
    """The app with an article, on both engines."""
    any_service.register()
    return any_service


def set_article(service: Service, **fields: Any) -> Heard:
    return service.call("POST", "/moderation/articles/a1", fields, token=MODERATOR)


def reply(service: Service, id: str, **fields: Any) -> Heard:
    body = {"content": "Merci de votre lecture"} | fields
    return service.call("POST", f"/moderation/comments/{id}/replies", body, token=MODERATOR)


def policy(service: Service, **fields: Any) -> Heard:
    return service.call("PUT", "/moderation/policy", {"policy": fields}, token=ADMIN)


def try_out(service: Service, last: int = 200, **fields: Any) -> Any:
    body = {"policy": fields, "last": last}
    return service.call("POST", "/moderation/policy/trials", body, token=MODERATOR).json


@pytest.mark.parametrize(
    ("mode", "cms", "status"),
    [
        ("open", "closed", 201),
        ("open", "auto", 201),
        ("closed", "open", 403),
        ("hold", "open", 202),
        ("hold", "closed", 202),
        ("auto", "closed", 403),
        ("auto", "open", 201),
    ],
)
@on_both_engines
def test_what_moderators_set_stands_over_what_the_cms_sends(
    mode: str, cms: str, status: int, newsroom: Service
) -> None:
    set_article(newsroom, comments="hold")
    heard = set_article(newsroom, comments=mode)
    newsroom.call("PUT", "/articles/a1", {"comments": cms}, token=PUBLISHER)

    assert heard.json["moderation"] == mode
    assert newsroom.post().status == status
    assert newsroom.call("GET", "/articles/a1").json["comments_open"] == (status != 403)


@on_both_engines
def test_a_comment_held_with_its_article_says_so(newsroom: Service) -> None:
    set_article(newsroom, comments="hold")
    newsroom.post()

    (comment,) = newsroom.queue()["comments"]
    assert [reason["code"] for reason in comment["held_for"]] == ["article_paused"]
    assert comment["article"]["moderation"] == "hold"


@on_both_engines
def test_a_pinned_comment_leads_the_first_page_until_it_is_taken_away(newsroom: Service) -> None:
    id = newsroom.post(content="un").json["id"]
    newsroom.clock.forward(seconds=1)
    newsroom.post(content="deux", author_email="other@example.org")
    listed = "/articles/a1/comments?limit=1"

    pinned = set_article(newsroom, pinned=id)
    first = newsroom.call("GET", listed).json
    second = newsroom.call("GET", f"{listed}&cursor={first['next_cursor']}").json
    newsroom.decide("reject", id)
    rejected = newsroom.call("GET", listed).json
    newsroom.decide("approve", id)
    unpinned = set_article(newsroom, pinned=None)

    assert pinned.json["pinned"] is True
    assert first["pinned"]["id"] == id
    assert "pinned" not in second
    assert "pinned" not in rejected
    assert unpinned.json["pinned"] is False
    assert "pinned" not in newsroom.call("GET", listed).json


def test_only_a_public_comment_of_the_article_is_pinned(newsroom: Service) -> None:
    newsroom.register("a2")
    held, elsewhere = newsroom.post().json["id"], newsroom.post("a2").json["id"]
    newsroom.decide("hold", held)

    for id in (held, elsewhere, "0" * 20, "nonsense"):
        assert set_article(newsroom, pinned=id).status == 422


def test_the_staff_answers_with_a_badge_and_at_once(newsroom: Service) -> None:
    newsroom.backend.settings = newsroom.backend.settings.model_copy(update={"moderation": "all"})
    root = newsroom.post().json["id"]
    newsroom.decide("approve", root)
    set_article(newsroom, comments="closed")

    answered = reply(newsroom, root, submission_id="reply-0001")
    again = reply(newsroom, root, submission_id="reply-0001", content="Merci")

    assert (answered.status, answered.json) == (201, again.json)
    assert answered.json["author"]["staff"] is True
    assert answered.json["author"]["name"] == "La rédaction"
    assert "edit_token" not in answered.json
    comments = newsroom.call("GET", "/articles/a1/comments").json["comments"]
    assert [comment["author"].get("staff", False) for comment in comments] == [False, True]
    assert comments[1]["parent_id"] == root
    assert newsroom.call("GET", "/counts?ids=a1").json["counts"]["a1"]["comments"] == 2


def test_the_staff_answers_nothing_that_is_not_public(newsroom: Service) -> None:
    id = newsroom.post().json["id"]
    newsroom.decide("hold", id)

    assert reply(newsroom, id).status == 422
    assert reply(newsroom, "0" * 20).status == 404


@pytest.mark.parametrize(
    "name", ["La rédaction", "la  REDACTION", "Lа rédасtion", "La ré\u200bdaction", "Ｌa redaction"]
)
def test_no_reader_bears_the_staffs_name(name: str, newsroom: Service) -> None:
    heard = newsroom.post(author_name=name)

    assert heard.status == 422
    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [
        ("author_name", "reserved_name")
    ]


def test_no_reader_can_type_the_mark_of_the_staff(newsroom: Service) -> None:
    newsroom.post(author_name="\x02Zoé")

    (comment,) = newsroom.call("GET", "/articles/a1/comments").json["comments"]
    assert comment["author"] == {"name": "Zoé", "url": None, "avatar": comment["author"]["avatar"]}


def test_a_policy_is_changed_field_by_field_and_set_back_by_null(newsroom: Service) -> None:
    before = newsroom.call("GET", "/moderation/policy", token=MODERATOR).json["policy"]

    changed = policy(newsroom, max_links=5, held_words=["Zut", " zut "], spam_emails=["@Spam.Example"])
    policy(newsroom, max_links=None)
    after = newsroom.call("GET", "/moderation/policy", token=MODERATOR).json["policy"]

    assert changed.json["policy"]["max_links"] == 5
    assert after == before | {"held_words": after["held_words"], "spam_emails": ["@spam.example"]}
    assert before["mode"] == "none"


def test_an_address_given_to_a_list_is_kept_as_the_authors_key_only(newsroom: Service) -> None:
    heard = policy(newsroom, held_emails=["Troll@Spam.Example"])
    newsroom.post(author_email="troll@spam.example")

    (comment,) = newsroom.queue()["comments"]
    assert "troll" not in heard.text.casefold()
    assert heard.json["policy"]["held_emails"] == [comment["author_key"]]
    assert [reason["code"] for reason in comment["held_for"]] == ["email"]
    stored = newsroom.backend.table.get({"pk": "POLICY", "sk": "POLICY"}, consistent=True)
    assert "troll" not in str(stored).casefold()


def test_what_cannot_be_a_policy_is_refused_whole(newsroom: Service) -> None:
    heard = policy(newsroom, max_links=-1, held_networks=["everywhere"], held_words=["zut"])
    too_long = policy(newsroom, held_words=[f"{n:0190}" for n in range(400)])

    assert heard.status == 422
    assert {error["field"] for error in heard.json["errors"]} == {"max_links", "held_networks"}
    assert [(error["field"], error["code"]) for error in too_long.json["errors"]] == [("policy", "too_long")]
    assert newsroom.call("GET", "/moderation/policy", token=MODERATOR).json["policy"]["held_words"] == []


def test_a_policy_reaches_other_environments_within_a_minute(newsroom: Service) -> None:
    newsroom.post(content="warms this environment")
    other = Service(
        type(newsroom.backend)(
            **{
                name: getattr(newsroom.backend, name)
                for name in ("settings", "table", "now", "random_bytes", "roll_up_seconds")
            }
        ),
        newsroom.clock,
    )

    policy(other, held_words=["zut"])
    at_once = other.post(content="Zut", author_email="a@example.org").status
    newsroom.clock.forward(seconds=60)
    in_a_minute = newsroom.post(content="Zut alors", author_email="b@example.org").status

    assert (at_once, in_a_minute) == (202, 202)


def test_a_trial_says_what_other_settings_would_have_done_and_changes_nothing(newsroom: Service) -> None:
    plain = newsroom.post(content="Bonjour", author_email="a@example.org").json["id"]
    linked = newsroom.post(content="https://a.example", author_email="b@example.org").json["id"]
    newsroom.clock.forward(seconds=1)

    told = try_out(newsroom, max_links=1, spam_words=["bonjour"])

    assert told["examined"] == 2
    assert told["counts"] == {"before": {"published": 2}, "after": {"held": 1, "spam": 1}}
    assert {change["comment_id"]: (change["before"], change["after"]) for change in told["changed"]} == {
        plain: ("published", "spam"),
        linked: ("published", "held"),
    }
    assert {reason["message"] for change in told["changed"] for reason in change["reasons"]} == {
        "mot\u00a0: bonjour",
        "liens\u00a0: 1 (limite\u00a0: 1)",
    }
    assert newsroom.queue()["counts"]["published"] == 2
    assert newsroom.call("GET", "/moderation/policy", token=MODERATOR).json["policy"]["max_links"] == 2
    assert try_out(newsroom, last=1, max_links=1)["examined"] == 1


def test_a_trial_takes_what_is_not_kept_as_it_was(newsroom: Service) -> None:
    newsroom.post(subject="seo")

    told = try_out(newsroom, max_links=9)

    assert (told["counts"]["before"], told["counts"]["after"]) == ({"spam": 1}, {"spam": 1})
