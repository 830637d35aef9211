"""Views over HTTP: which count, which do not and why, and the most-read list that comes of them."""

from typing import Any

import pytest

from chalicelib.actions.roll_up import roll_up
from tests.scene import FIREFOX, Clock, Service

VIEWS = "/articles/a1/views"
MACINTOSH = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:146.0) Gecko/20100101 Firefox/146.0"
INSTAGRAM = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 350.0"
)


@pytest.fixture
def read(service: Service) -> Service:
    """The app with an article."""
    service.register()
    return service


def viewed(service: Service, article_id: str, readers: int) -> None:
    """Let so many readers, each in a network of its own, view an article."""
    for n in range(readers):
        assert service.view(article_id, address=f"10.{n}.1.1")["counted"]


def test_a_reader_counts_once_in_an_hour(read: Service, clock: Clock) -> None:
    answers = [read.view(), read.view()]
    clock.forward(minutes=59)
    answers.append(read.view())
    clock.forward(minutes=1)
    answers.append(read.view())

    assert answers == [
        {"counted": True, "reason": None, "views": 0},
        {"counted": False, "reason": "repeat", "views": 0},
        {"counted": False, "reason": "repeat", "views": 0},
        {"counted": True, "reason": None, "views": 0},
    ]


@pytest.mark.parametrize(
    "options",
    [{"address": "198.51.100.8"}, {"user_agent": MACINTOSH}, {"user_agent": INSTAGRAM}, {"article": "a2"}],
)
def test_another_reader_or_another_article_is_another_view(options: dict[str, str], read: Service) -> None:
    read.register("a2")
    read.view()

    article_id = options.pop("article", "a1")

    assert read.view(article_id, **options)["counted"] is True


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"user_agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, "bot"),
        ({"user_agent": "curl/8.5.0"}, "bot"),
        ({"user_agent": ""}, "bot"),
        ({"user_agent": "-"}, "bot"),
        ({"sec_purpose": "prefetch"}, "prefetch"),
        ({"sec_purpose": "prefetch;prerender"}, "prefetch"),
        ({"purpose": "prefetch"}, "prefetch"),
        ({"x_moz": "prefetch"}, "prefetch"),
        ({"sec_gpc": "1"}, "opted_out"),
    ],
)
def test_what_is_no_readers_view_is_told_and_not_counted(
    headers: dict[str, str], reason: str, read: Service
) -> None:
    assert read.view(**headers) == {"counted": False, "reason": reason, "views": 0}
    roll_up(read.backend)
    assert read.call("GET", "/articles/a1").json["views"] == 0
    assert read.view()["counted"] is True, "it did not use up the reader's view"


@pytest.mark.parametrize("headers", [{"sec_gpc": "0"}, {"dnt": "1"}, {"purpose": "user"}])
def test_other_headers_do_not_matter(headers: dict[str, str], read: Service) -> None:
    assert read.view(**headers)["counted"] is True


def test_a_view_of_an_unknown_article_makes_none(service: Service) -> None:
    assert service.view("nobody") == {"counted": False, "reason": "unknown_article", "views": None}
    roll_up(service.backend)
    assert service.call("GET", "/articles/nobody").status == 404
    assert service.call("GET", "/most-read").json["articles"] == []
    service.register("nobody")
    assert service.view("nobody")["counted"] is True


@pytest.mark.parametrize(
    "body", [{"weight": 5}, {"count": -1}, {"title": "Mine"}, {"url": "https://evil.example"}, {"at": 0}, [1]]
)
def test_a_view_says_nothing_about_itself(body: Any, read: Service) -> None:
    assert read.call("POST", VIEWS, body).status == 422
    assert read.view()["counted"] is True


def test_one_request_counts_one_view_whatever_it_says(read: Service) -> None:
    read.call("POST", VIEWS, form={"n": "1000", "weight": "9", "sampling": "100"})
    read.call("POST", f"{VIEWS}?n=1000")
    roll_up(read.backend)

    assert read.call("GET", "/articles/a1").json["views"] == 1


def test_the_all_time_count_is_that_of_the_last_roll_up(read: Service, clock: Clock) -> None:
    viewed(read, "a1", 3)
    assert read.call("GET", "/articles/a1").json["views"] == 0

    roll_up(read.backend)
    clock.forward(minutes=2)

    assert read.call("GET", "/articles/a1").json["views"] == 3
    assert read.call("GET", "/counts?ids=a1").json["counts"]["a1"]["views"] == 3
    assert read.view()["views"] == 3


@pytest.fixture
def ranked(service: Service, clock: Clock) -> Service:
    """The app with five articles of known views and sections, rolled up."""
    for article_id, readers, section, published_at in (
        ("first", 5, "Sport", "2026-03-11T06:00:00Z"),
        ("second", 4, "Sport", "2026-03-01T06:00:00Z"),
        ("third", 3, "sport", None),
        ("fourth", 2, None, "2026-03-10T12:00:00Z"),
        ("fifth", 1, "Météo", "2026-03-10T11:59:59Z"),
    ):
        service.register(article_id, section=section, published_at=published_at)
        viewed(service, article_id, readers)
    roll_up(service.backend)
    return service


def listed(service: Service, query: str = "") -> list[str]:
    heard = service.call("GET", f"/most-read?{query}")
    assert heard.status == 200
    return [row["article_id"] for row in heard.json["articles"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["first", "second", "third", "fourth", "fifth"]),
        ("window=1h", ["first", "second", "third", "fourth", "fifth"]),
        ("window=all&limit=100", ["first", "second", "third", "fourth", "fifth"]),
        ("limit=2", ["first", "second"]),
        ("section=Sport", ["first", "second"]),
        ("section=sport", ["third"]),
        ("section=M%C3%A9t%C3%A9o", ["fifth"]),
        ("section=Me%CC%81te%CC%81o", ["fifth"]),
        ("section=", ["first", "second", "third", "fourth", "fifth"]),
        ("section=Nowhere", []),
        ("exclude=first", ["second", "third", "fourth", "fifth"]),
        ("exclude=first&exclude=third&exclude=nobody&limit=2", ["second", "fourth"]),
        ("exclude=first,third&limit=1", ["first"]),
        ("published_within=1", ["first", "fourth"]),
        ("published_within=30&exclude=first&section=Sport", ["second"]),
    ],
)
def test_a_list_has_what_was_asked_for(query: str, expected: list[str], ranked: Service) -> None:
    assert listed(ranked, query) == expected


def test_a_list_has_exactly_the_fields_of_the_contract(ranked: Service) -> None:
    heard = ranked.call("GET", "/most-read?window=7d&section=Sport&limit=1").json

    assert heard == {
        "window": "7d",
        "section": "Sport",
        "sort": "views",
        "generated_at": "2026-03-11T12:00:00Z",
        "articles": [
            {
                "rank": 1,
                "article_id": "first",
                "title": "Title first",
                "url": "https://news.example.org/first",
                "section": "Sport",
                "image_url": None,
                "published_at": "2026-03-11T06:00:00Z",
                "views": 5,
                "comments": 0,
            }
        ],
    }


def test_ranks_are_told_anew_after_leaving_articles_out(ranked: Service) -> None:
    rows = ranked.call("GET", "/most-read?exclude=first&exclude=third").json["articles"]

    assert [(row["rank"], row["article_id"]) for row in rows] == [(1, "second"), (2, "fourth"), (3, "fifth")]


def test_a_view_brings_the_list_along_if_it_is_asked_for(ranked: Service) -> None:
    asked = "section=Sport&exclude=first&limit=1&published_within=30&sort=views"

    with_list = ranked.view("first", f"?most_read=7d&{asked}", user_agent=FIREFOX, address="192.0.2.1")
    without = ranked.view("first", f"?{asked}")

    assert with_list["counted"] is True
    assert with_list["most_read"] == ranked.call("GET", f"/most-read?window=7d&{asked}").json
    assert [row["article_id"] for row in with_list["most_read"]["articles"]] == ["second"]
    assert "most_read" not in without


@pytest.mark.parametrize("headers", [{"user_agent": "curl/8"}, {"sec_gpc": "1"}])
@pytest.mark.parametrize("article_id", ["first", "nobody"])
def test_a_view_that_does_not_count_brings_the_list_all_the_same(
    article_id: str, headers: dict[str, str], ranked: Service
) -> None:
    heard = ranked.view(article_id, "?most_read=24h&limit=1", **headers)

    assert heard["counted"] is False
    assert [row["article_id"] for row in heard["most_read"]["articles"]] == ["first"]


def test_a_deleted_article_is_not_listed(ranked: Service, clock: Clock) -> None:
    ranked.call("DELETE", "/articles/first", token="publisher-token-of-the-tests")
    roll_up(ranked.backend)
    clock.forward(seconds=5)

    assert listed(ranked) == ["second", "third", "fourth", "fifth"]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("window=2h", "window", "invalid_choice"),
        ("window=", "window", "invalid_choice"),
        ("sort=likes", "sort", "invalid_choice"),
        ("limit=0", "limit", "out_of_range"),
        ("limit=101", "limit", "out_of_range"),
        ("limit=1e1", "limit", "invalid_type"),
        ("limit=" + "9" * 5_000, "limit", "invalid_type"),
        ("limit=99999999999999999999", "limit", "out_of_range"),
        ("published_within=0", "published_within", "out_of_range"),
        ("published_within=36501", "published_within", "out_of_range"),
        ("section=" + "x" * 101, "section", "too_long"),
        ("section=%00&section=b", "section", "repeated_field"),
        ("&".join(["exclude=x"] * 101), "exclude", "too_many"),
        ("most_read=24h", "most_read", "unknown_field"),
    ],
)
def test_a_list_that_cannot_be_is_refused(query: str, field: str, code: str, shared: Service) -> None:
    heard = shared.call("GET", f"/most-read?{query}")

    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [(field, code)]


@pytest.mark.parametrize("query", ["", "window=1h&sort=trending", "window=all&sort=comments", "section=x"])
def test_before_the_first_roll_up_a_list_is_empty(query: str, service: Service) -> None:
    heard = service.call("GET", f"/most-read?{query}").json

    assert (heard["generated_at"], heard["articles"]) == (None, [])
