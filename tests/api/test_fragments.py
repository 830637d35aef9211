"""An article's comments as HTML: what is drawn, how it is nested, and what leads to the rest of it."""

import re
from typing import Any

import pytest

from tests.api.documents import COMMENTS, HOST, drawn, ids, post
from tests.api.faults import Calls
from tests.api.markup_tree import parse, query_of
from tests.scene import Clock, Service, an_app


def test_a_comment_is_drawn_with_its_author_its_time_and_its_text(any_service: Service) -> None:
    any_service.register()
    any_service.clock.at += 61_000
    id = any_service.post(author_url="https://zoe.example.org/?a=1&b=2", content="Salut <b>toi</b>").json["id"]

    item = drawn(any_service).one("li", id=f"comment-{id}")

    assert item.attributes["class"] == "tribune-comment depth-1"
    assert item.one("b", class_="tribune-fn").words == "Zoé"
    link = item.one("b", class_="tribune-fn").one("a")
    assert link.attributes == {"href": "https://zoe.example.org/?a=1&b=2", "rel": "nofollow ugc noopener"}
    assert [node.tag for node in link.children] == ["bdi"]
    time = item.one("time")
    assert time.attributes["datetime"] == "2026-03-11T12:01:01Z"
    assert time.words == "11 mars 2026 à 12\u00a0h\u00a001 (UTC)"
    assert item.one("div", class_="tribune-comment-content").attributes["dir"] == "auto"
    assert item.one("div", class_="tribune-comment-content").words == "Salut toi"
    assert item.one("div", class_="tribune-comment-content").one("b").words == "toi"


def test_the_portrait_is_drawn_from_the_seed_that_the_list_tells(open_article: Service) -> None:
    id = open_article.post(author_name="été").json["id"]
    seed = open_article.call("GET", f"/articles/a1/comments/{id}").json["author"]["avatar"]

    svg = drawn(open_article).one("svg")

    assert svg.attributes["aria-hidden"] == "true"
    assert svg.one("path").attributes["fill"] == f"hsl({int(seed[:8], 16) % 360} 55% 50%)"
    assert svg.one("path").attributes["d"].count("M") == 2 * (int(seed[4:8], 16) & 0x7FFF).bit_count()


def test_an_article_without_comments_invites_the_first(open_article: Service) -> None:
    tree = drawn(open_article)

    assert tree.one("h2", id="comments").words == "Aucun commentaire"
    assert "Soyez la première personne à commenter." in tree.words
    assert not tree.all("ol") + tree.all("nav")
    assert tree.one("form")


def test_a_closed_article_has_no_form_and_nothing_to_answer(open_article: Service) -> None:
    open_article.post()
    open_article.register(comments="closed")

    tree = drawn(open_article)

    assert (
        not tree.all("form")
        + tree.all("a", class_="tribune-comment-reply-link")
        + tree.all("a", class_="tribune-open")
    )
    assert tree.one("div", id="respond").words == "Les commentaires sont fermés."
    assert tree.one("h2").words == "1 commentaire"


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("", {"oldest": "oldest", "best": "best"}),
        ("?sort=best&limit=5", {"newest": None, "oldest": "oldest"}),
    ],
)
def test_the_other_orders_are_links(query: str, others: dict[str, str | None], open_article: Service) -> None:
    open_article.post()

    links = drawn(open_article, query).one("nav").all("a")

    assert [query_of(link.attributes["href"]).get("sort") for link in links] == list(others.values())
    assert [link.words for link in links] == [
        {"newest": "Les plus récents", "oldest": "Les plus anciens", "best": "Les mieux notés"}[sort]
        for sort in others
    ]


def test_a_pinned_comment_is_marked_and_shown_on_the_first_page_even_if_it_is_old(open_article: Service) -> None:
    pinned = post(open_article, "épinglé")
    for n in range(3):
        post(open_article, f"fil {n}")
    open_article.call("POST", "/moderation/articles/a1", {"pinned": pinned}, token="moderator-token-of-the-tests")

    first, whole = drawn(open_article, "?limit=2"), drawn(open_article)

    assert ids(first)[0] == pinned
    assert len(ids(first)) == 3
    assert ids(whole)[-1] == pinned
    for tree in (first, whole):
        assert tree.one("span", class_="tribune-staff").words == "Épinglé"


def test_the_staff_is_marked_and_votes_and_edits_are_told(open_article: Service) -> None:
    own = open_article.post().json
    at = f"/articles/a1/comments/{own['id']}"
    open_article.call("POST", f"{at}/votes", {"vote": -1})
    open_article.call("POST", f"{at}/edits", {"edit_token": own["edit_token"], "content": "Mieux"})
    open_article.call(
        "POST", f"/moderation/comments/{own['id']}/replies", {"content": "M"}, token="moderator-token-of-the-tests"
    )

    tree = drawn(open_article)

    assert tree.one("span", class_="tribune-staff").words == "Rédaction"
    assert tree.one("span", class_="tribune-votes").words == "\u22121 vote"
    assert "(modifié)" in tree.one("li", id=f"comment-{own['id']}").all("footer")[0].words


@pytest.mark.parametrize(
    ("language", "count"), [("fr", "1\u202f234 commentaires"), ("en", "1,234 comments")], ids=["fr", "en"]
)
def test_great_numbers_are_written_as_people_write_them(language: str, count: str, client: Any) -> None:
    service = an_app(client, Clock())
    service.backend.table.update({"pk": "ARTICLE#a1", "sk": "ARTICLE"}, "SET #comments = :n", {":n": 1234})

    assert drawn(service, f"?lang={language}").one("h2").words == count


def test_a_fragment_asks_the_table_what_the_list_asks(embedded_service: Service) -> None:
    embedded_service.register()
    root = post(embedded_service, "racine")
    calls = Calls(embedded_service.backend.table.client)

    embedded_service.call("GET", "/articles/a1/comments")
    listed, calls.made = calls.made, []
    drawn(embedded_service)
    fragment, calls.made = calls.made, []
    drawn(embedded_service, f"?as=page&reply_to={root}")

    assert fragment == listed == ["GetItem", "Query"]
    assert calls.made == ["GetItem", "Query", "GetItem", "Query"]


def test_a_fragment_is_told_apart_by_its_content_and_a_page_is_never_kept(open_article: Service) -> None:
    open_article.post()
    fragment = open_article.call("GET", COMMENTS, host=HOST)
    page = open_article.call("GET", f"{COMMENTS}?as=page", host=HOST)

    assert fragment.headers["cache-control"] == "no-cache"
    assert open_article.call("GET", COMMENTS, host=HOST, if_none_match=fragment.headers["etag"]).status == 304
    assert page.headers["cache-control"] == "no-store"
    open_article.post(content="Encore")
    assert open_article.call("GET", COMMENTS, host=HOST, if_none_match=fragment.headers["etag"]).status == 200


def test_nothing_that_is_not_public_is_drawn(client: Any) -> None:
    service = an_app(client, Clock(), moderation="all")
    held = service.post(content="secret", author_name="Secrète").json["id"]

    heard = service.call("GET", f"{COMMENTS}?notice=held")

    assert not re.search(f"secret|Secrète|{held}", heard.text)
    notice = parse(heard.text).one("div", id="respond").one("p", class_="tribune-notice")
    assert notice.words == "Votre commentaire est en attente de modération."
    assert notice.attributes["role"] == "status"
