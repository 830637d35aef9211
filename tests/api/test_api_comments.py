"""A comment over HTTP: what is taken, what is refused, where it goes, and who sees it."""

import unicodedata
from typing import Any

import pytest

from tests.scene import Clock, Service, an_app

COMMENTS = "/articles/a1/comments"
FAMILY = "👩‍👩‍👧‍👦"


def errors(heard: Any) -> list[tuple[str, str]]:
    assert heard.status == 422
    return [(error["field"], error["code"]) for error in heard.json["errors"]]


@pytest.mark.parametrize("character", ["x", "é", "👋", "\U0001f1eb", "漢", "e\u0301"])
@pytest.mark.parametrize(("field", "limit"), [("author_name", 100), ("content", 5_000)])
def test_a_length_is_counted_in_characters_to_the_very_last(
    field: str, limit: int, character: str, open_article: Service
) -> None:
    longest = character * limit

    heard = open_article.post(**{field: longest})

    assert heard.status == 201
    kept = heard.json["author"]["name"] if field == "author_name" else heard.json["content_html"]
    assert kept.count(unicodedata.normalize("NFC", character)) == limit
    assert errors(open_article.post(**{field: longest + character})) == [(field, "too_long")]


def test_the_limit_of_a_text_is_a_setting_and_is_told(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, max_content=10)

    assert service.post(content="0123456789").status == 201
    heard = service.post(content="0123456789a")
    assert errors(heard) == [("content", "too_long")]
    assert "10" in heard.json["errors"][0]["message"]


def test_what_is_trimmed_or_dropped_does_not_count(open_article: Service) -> None:
    assert (
        open_article.post(content=" \n" + "x" * 5_000 + "\n\n", author_name="\x00" + "n" * 100 + "\x9f").status
        == 201
    )


@pytest.mark.parametrize(
    "nothing", ["", " ", "\t\n", "\u00a0\u2003", "\u200b\u200d\ufeff", "\x00\x1b", "\u0301", "\u3164"]
)
@pytest.mark.parametrize("field", ["author_name", "content"])
def test_what_shows_nothing_is_left_blank(field: str, nothing: str, open_article: Service) -> None:
    assert errors(open_article.post(**{field: nothing})) == [(field, "required")]


def test_a_text_is_kept_as_typed_but_for_controls(open_article: Service) -> None:
    heard = open_article.post(
        author_name="  Zo\u0065\u0301\x00 \x07<b>O’Neil</b>\r\n ", content="a\x00b\x1bc\r\nd\te & <i>f</i> <x>"
    )

    assert heard.json["author"]["name"] == "Zo\u00e9 <b>O’Neil</b>"
    assert heard.json["content_html"] == "<p>abc<br>\nd\te &amp; <i>f</i> &lt;x&gt;</p>"


@pytest.mark.parametrize(
    "address",
    [
        *("a@b.fr", "Prénom.Nom+lettre@exemple.fr", "x@sub.domain.example.org", "o'neil@example.org", "1@2.fr"),
        *("user@bücher.example.org", "用户@例子.广告", " padded@example.org ", "a" * 64 + "@example.org"),
    ],
)
def test_a_valid_address_is_taken(address: str, open_article: Service) -> None:
    assert open_article.post(author_email=address).status == 201


@pytest.mark.parametrize(
    ("address", "code"),
    [
        *((address, "required") for address in ("", "  ")),
        *((address, "invalid_email") for address in ("x", "@b.fr", "a@", "a@b", "a b@c.fr", "a@b..fr", ".a@b.fr")),
        *((address, "invalid_email") for address in ("Léa <lea@example.org>", "a@b.fr,c@d.fr", "a@b.fr;c@d.fr")),
        *((address, "invalid_email") for address in ("a@[127.0.0.1]", '"a b"@c.fr', "a@localhost", "a@-b.fr")),
        *(
            (address, "invalid_email")
            for address in ("a@b.fr\r\nBcc: c@d.fr", "a@b.fr\n", "a\x00@b.fr", "mailto:a@b.fr")
        ),
        *(
            (address, "invalid_email")
            for address in ("a" * 65 + "@example.org", "a@b_c.fr", "a@xn--a.fr", "a@@b.fr")
        ),
        ("a@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 70 + ".fr", "too_long"),
        ("x" * 10_000 + "@example.org", "too_long"),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, code: str, open_article: Service) -> None:
    assert errors(open_article.post(author_email=address)) == [("author_email", code)]


@pytest.mark.parametrize(
    ("website", "kept"),
    [
        *((blank, None) for blank in (None, "", "  ")),
        ("HTTPS://Example.ORG/Path?q=É", "https://example.org/Path?q=É"),
        ("http://example.org:8080", "http://example.org:8080"),
    ],
)
def test_a_website_may_be_given(website: str | None, kept: str | None, open_article: Service) -> None:
    assert open_article.post(author_url=website).json["author"]["url"] == kept


@pytest.mark.parametrize(
    "website",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \tjavascript:x",
            "data:text/html,x",
            "vbscript:x",
            "example.org",
        ),
        *('https://a.fr/"onclick=x', "https://a.fr/'><b>\"", "https://u@a.fr", "https://a.fr\\@b.fr", "//a.fr"),
        *(
            "https:a.fr",
            "https:///a.fr",
            "https://a.fr/\x00",
            "java\nscript:alert(1)",
            "ftp://a.fr",
            "file:///etc",
        ),
    ],
)
def test_a_website_that_a_reader_could_not_follow_safely_is_refused(website: str, open_article: Service) -> None:
    assert errors(open_article.post(author_url=website)) == [("author_url", "invalid_url")]


def test_the_same_text_in_the_same_place_is_a_duplicate(open_article: Service) -> None:
    open_article.register("a2")
    first = open_article.post(content="Bravo !").json["id"]

    assert open_article.post(content="Bravo !").json["code"] == "duplicate_comment"
    assert open_article.post(content=" Bravo !\n", author_name="Other").json["code"] == "duplicate_comment"
    assert open_article.post(content="Bravo !", author_email="ZOE@example.org").json["code"] == "duplicate_comment"
    assert open_article.post(content="Bravo !", parent_id=first).status == 201
    assert open_article.post("a2", content="Bravo !").status == 201
    assert open_article.post(content="Bravo !", author_email="other@example.org").status == 201
    assert open_article.call("GET", COMMENTS).json["total"] == 3


@pytest.mark.parametrize(("mode", "statuses"), [("none", [201, 201]), ("all", [202, 202]), ("first", [202, 201])])
def test_whether_a_comment_waits_is_a_setting(mode: str, statuses: list[int], client: Any, clock: Clock) -> None:
    service = an_app(client, clock, moderation=mode)

    first = service.post(content="un")
    service.decide("approve", first.json["id"])
    second = service.post(content="deux")

    assert [first.status, second.status] == statuses
    shown = {201: "published", 202: "held"}
    assert [first.json["status"], second.json["status"]] == [shown[status] for status in statuses]


def test_a_held_comment_shows_nowhere_in_public(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, moderation="all")
    held = service.post(content="secret-marker", author_name="secret-author").json["id"]

    public = [
        service.call("GET", path)
        for path in (
            "/articles/a1",
            COMMENTS,
            f"{COMMENTS}?sort=oldest",
            f"{COMMENTS}?sort=best",
            "/counts?ids=a1",
        )
    ]
    single = service.call("GET", f"{COMMENTS}/{held}")

    assert (single.status, single.json["code"]) == (404, "unknown_comment")
    assert not [answer for answer in [*public, single] if "secret" in answer.text or held in answer.text]
    assert service.call("GET", "/articles/a1").json["comments"] == 0
    assert service.call("GET", COMMENTS).json["total"] == 0
    assert service.call("GET", "/counts?ids=a1").json["counts"]["a1"]["comments"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=1.5",
        "limit=",
        "sort=worst",
        "sort=",
        "cursor=x",
        "page=2",
    ],
)
def test_a_page_that_cannot_be_is_refused(query: str, open_article: Service) -> None:
    heard = open_article.call("GET", f"{COMMENTS}?{query}")

    assert [field for field, _ in errors(heard)] == [query.partition("=")[0]]


def test_a_comment_has_exactly_the_fields_of_the_contract(open_article: Service) -> None:
    comment = open_article.post(author_url="https://zoe.example.org").json

    own = {name: comment.pop(name) for name in ("edit_token", "edit_until")}
    assert own["edit_until"] == "2026-03-11T12:15:00Z"
    assert comment == open_article.call("GET", COMMENTS).json["comments"][0]
    assert comment | {"id": "", "author": {}} == {
        "id": "",
        "article_id": "a1",
        "parent_id": None,
        "depth": 0,
        "status": "published",
        "author": {},
        "content_html": "<p>Bonjour</p>",
        "created_at": "2026-03-11T12:00:00Z",
        "edited_at": None,
        "votes": 0,
    }
    assert comment["author"].keys() == {"name", "url", "avatar"}
    same_name = open_article.post(author_email="other@example.org", content="autre").json
    assert same_name["author"]["avatar"] == comment["author"]["avatar"]
