"""Articles over HTTP: registered, changed, deleted, brought back."""

from typing import Any

import pytest

from tests.scene import MODERATOR, PUBLISHER, Service

FULL = {
    "url": "https://news.example.org/a1",
    "title": "L’été arrive",
    "section": "Météo",
    "image_url": "https://img.example.org/a1.jpg",
    "published_at": "2026-03-10T08:00:00Z",
    "comments": "open",
}


def put(service: Service, body: Any, article_id: str = "a1") -> Any:
    return service.call("PUT", f"/articles/{article_id}", body, token=PUBLISHER)


def test_an_article_is_new_once(service: Service) -> None:
    first, again = put(service, FULL), put(service, FULL)

    assert (first.status, again.status) == (201, 200)
    assert first.json == again.json == service.call("GET", "/articles/a1").json


def test_an_article_shows_what_was_registered_and_its_counts(service: Service) -> None:
    put(service, FULL)

    shown = service.call("GET", "/articles/a1").json

    assert {name: shown[name] for name in FULL if name != "comments"} | {"comments": "open"} == FULL
    assert (shown["article_id"], shown["comments"], shown["views"]) == ("a1", 0, 0)
    assert (shown["comments_open"], shown["comments_mode"], shown["reactions"]) == (True, "open", {})


@pytest.mark.parametrize("field", FULL)
def test_a_field_left_out_keeps_its_value(field: str, service: Service) -> None:
    put(service, FULL)
    before = service.call("GET", "/articles/a1").json

    heard = put(service, {name: value for name, value in FULL.items() if name != field})

    assert (heard.status, heard.json) == (200, before)
    assert put(service, {}).json == before


@pytest.mark.parametrize("nothing", [None, "", "  "])
@pytest.mark.parametrize("field", ["section", "image_url", "published_at"])
def test_null_clears_a_field_and_only_that_one(field: str, nothing: str | None, service: Service) -> None:
    before = put(service, FULL).json

    assert put(service, {field: nothing}).json == before | {field: None}


def test_null_gives_back_the_usual_way_with_comments(service: Service) -> None:
    put(service, FULL | {"comments": "closed"})

    assert put(service, {"comments": None}).json["comments_mode"] == "auto"


@pytest.mark.parametrize("field", ["url", "title"])
@pytest.mark.parametrize("nothing", [None, "", " \t"])
@pytest.mark.parametrize("known", [True, False])
def test_address_and_title_cannot_be_cleared(
    field: str, nothing: str | None, known: bool, service: Service
) -> None:
    if known:
        put(service, FULL)

    heard = put(service, FULL | {field: nothing})

    assert (heard.status, [error["field"] for error in heard.json["errors"]]) == (422, [field])
    assert service.call("GET", "/articles/a1").status == (200 if known else 404)


def test_a_new_article_needs_address_and_title(service: Service) -> None:
    heard = put(service, {"section": "Météo"})

    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [
        ("url", "required"),
        ("title", "required"),
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("2026-03-10T08:00:00Z", "2026-03-10T08:00:00Z"),
        ("2026-03-10T08:00:00z", "2026-03-10T08:00:00Z"),
        ("2026-03-10T08:00:00+01:00", "2026-03-10T07:00:00Z"),
        ("2026-03-01T00:30:00+05:45", "2026-02-28T18:45:00Z"),
        ("2026-12-31T23:59:59-12:00", "2027-01-01T11:59:59Z"),
        ("2026-03-10T08:00:00.25Z", "2026-03-10T08:00:00.250Z"),
        ("2026-03-10T08:00:00.1239+00:00", "2026-03-10T08:00:00.123Z"),
        ("2026-03-10T08:00:00-00:00", "2026-03-10T08:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("1969-12-31T23:00:00Z", "1969-12-31T23:00:00Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_times_are_taken_with_any_offset_and_told_in_utc(given: str, told: str, service: Service) -> None:
    assert put(service, FULL | {"published_at": given}).json["published_at"] == told
    assert service.call("GET", "/articles/a1").json["published_at"] == told


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *(("published_at", value, "invalid_time") for value in ("2026-03-10", "2026-03-10T08:00:00", "yesterday")),
        *(("published_at", value, "invalid_time") for value in ("2026-02-30T08:00:00Z", "2026-03-10T24:00:00Z")),
        *(("published_at", value, "invalid_time") for value in ("0001-01-01T00:00:00+01:00", "20260310T080000Z")),
        ("published_at", "9999-12-31T23:59:60Z", "invalid_time"),
        ("published_at", "２026-03-10T08:00:00Z", "invalid_time"),
        ("published_at", 1773129600, "invalid_type"),
        *(
            ("url", value, "invalid_url")
            for value in ("javascript:alert(1)", "//news.example.org", "/a1", "ftp://a.fr")
        ),
        *(
            ("url", value, "invalid_url")
            for value in ("https://", "https://a b.fr", "https://u:p@a.fr", "https://a.fr\n")
        ),
        ("url", "https://a.fr/" + "x" * 2_000, "too_long"),
        ("image_url", "data:image/png;base64,AAAA", "invalid_url"),
        ("title", "x" * 301, "too_long"),
        ("section", "x" * 101, "too_long"),
        ("comments", "maybe", "invalid_choice"),
        ("comments", True, "invalid_choice"),
        ("title", ["x"], "invalid_type"),
    ],
)
def test_a_wrong_value_is_refused_and_changes_nothing(field: str, value: Any, code: str, service: Service) -> None:
    before = put(service, FULL).json

    heard = put(service, {"title": "Another"} | {field: value})

    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [(field, code)]
    assert service.call("GET", "/articles/a1").json == before


@pytest.fixture
def hidden(service: Service) -> dict[str, str]:
    """The comments, one published and one held, of an article that was deleted."""
    service.register()
    published = service.post(content="publié").json["id"]
    held = service.post(content="retenu", author_email="b@example.org").json["id"]
    service.decide("trash", held)
    service.decide("restore", held)
    service.view()
    assert service.call("DELETE", "/articles/a1", token=PUBLISHER).status == 204
    return {"published": published, "held": held}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/articles/a1", None),
        ("GET", "/articles/a1/comments", None),
        ("GET", "/articles/a1/comments/{published}", None),
        ("POST", "/articles/a1/comments", {"author_name": "x", "author_email": "x@b.fr", "content": "x"}),
        ("DELETE", "/articles/a1", None),
    ],
)
def test_a_deleted_article_is_unknown_to_every_route(
    method: str, path: str, body: Any, service: Service, hidden: dict[str, str]
) -> None:
    heard = service.call(method, path.format(**hidden), body, token=PUBLISHER)

    assert (heard.status, heard.json["code"]) == (404, "unknown_article")


def test_a_deleted_article_is_neither_counted_nor_moderated(service: Service, hidden: dict[str, str]) -> None:
    assert service.call("GET", "/counts?ids=a1").json == {"counts": {}}
    assert service.view(user_agent="Mozilla/5.0 another") == {
        "counted": False,
        "reason": "unknown_article",
        "views": None,
    }
    for status in ("held", "published", "trash"):
        page = service.queue(f"status={status}")
        assert (page["comments"], set(page["counts"].values())) == ([], {0})
    outcomes = service.decide("approve", *hidden.values()).json["decisions"]
    assert [outcome["error"] for outcome in outcomes] == ["unknown_comment"] * 2


def test_registering_a_deleted_article_again_brings_its_comments_back(
    service: Service, hidden: dict[str, str]
) -> None:
    again = service.register(title="De retour")

    assert (again.status, again.json["comments"], again.json["title"]) == (201, 1, "De retour")
    assert service.call("GET", "/counts?ids=a1").json["counts"]["a1"]["comments"] == 1
    listed = service.call("GET", "/articles/a1/comments").json
    assert ([comment["id"] for comment in listed["comments"]], listed["total"]) == ([hidden["published"]], 1)
    queue = service.queue("status=held")
    assert [comment["id"] for comment in queue["comments"]] == [hidden["held"]]
    assert (queue["counts"]["held"], queue["counts"]["published"]) == (1, 1)
    assert service.call("GET", "/articles/a1/comments/" + hidden["published"]).status == 200


def test_an_article_that_never_was_cannot_be_deleted(service: Service) -> None:
    assert service.call("DELETE", "/articles/a1", token=PUBLISHER).json["code"] == "unknown_article"
    assert put(service, FULL).status == 201
    service.post()
    assert service.call("GET", "/moderation/comments?status=published", token=MODERATOR).json["comments"]


@pytest.mark.parametrize("n", [100, 101])
def test_counts_are_told_of_at_most_100_articles(n: int, service: Service) -> None:
    service.register("a1"), service.register("a2")
    service.post("a2")
    ids = ",".join(["a2", "a1", *(f"unknown-{i}" for i in range(n - 2))])

    heard = service.call("GET", f"/counts?ids={ids}")

    if n > 100:
        assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [("ids", "too_many")]
    else:
        assert heard.json == {"counts": {"a2": {"comments": 1, "views": 0}, "a1": {"comments": 0, "views": 0}}}


@pytest.mark.parametrize("ids", ["a1,a1", "a1,,", " a1 , ../x", "a1,é", "%61%31", "a1,ARTICLE%23a1"])
def test_what_cannot_be_an_article_is_left_out_of_the_counts(ids: str, service: Service) -> None:
    service.register()

    assert list(service.call("GET", f"/counts?ids={ids}").json["counts"]) == ["a1"]
