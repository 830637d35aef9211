"""Threads as lists in lists: under what they answer, around what is missing, and over all pages."""

from typing import Any

import pytest

from chalicelib.api import thread_markup
from chalicelib.model import PublicComment, ThreadPage
from chalicelib.rules import threads
from tests.api.documents import COMMENTS, HOST, drawn, ids, nesting, post
from tests.api.markup_tree import followed, query_of
from tests.scene import Service


def test_replies_stand_in_lists_under_what_they_answer(any_service: Service) -> None:
    any_service.register()
    first = post(any_service, "un")
    for n in range(2):
        inner = post(any_service, f"un {n}", first)
        post(any_service, f"un {n} a", post(any_service, f"un {n} b", inner))
    post(any_service, "deux")

    (top,) = drawn(any_service).all("ol", class_="tribune-comment-list")

    assert nesting(top.children) == [
        "deux",
        "un",
        ["un 0", ["un 0 b", ["un 0 a"]], "un 1", ["un 1 b", ["un 1 a"]]],
    ]


def test_five_levels_are_five_lists(open_article: Service) -> None:
    id = None
    for level in range(1, 8):
        id = post(open_article, f"n {level}", id)

    tree = drawn(open_article)

    classes = [item.attributes["class"] for item in tree.all("li")]
    assert classes == [f"tribune-comment depth-{min(level, 5)}" for level in range(1, 8)]
    assert len(tree.all("ol")) == 5


def test_what_was_removed_keeps_its_place_above_its_replies(open_article: Service) -> None:
    root = post(open_article, "racine")
    inner = post(open_article, "milieu", root)
    for n in range(2):
        post(open_article, f"feuille {n}", inner)
    open_article.decide("trash", root, inner)

    tree = drawn(open_article)

    gone = "Ce commentaire a été retiré."
    assert nesting(tree.one("ol", class_="tribune-comment-list").children) == [
        gone,
        [gone, ["feuille 0", "feuille 1"]],
    ]
    assert [item.attributes for item in tree.all("li", class_="tribune-missing")] == [
        {"class": "tribune-comment tribune-missing"}
    ] * 2
    assert "racine" not in tree.words


def comment(*segments: int) -> PublicComment:
    """A published comment by its place."""
    path = "".join(threads.segment(segment, "0" * 20) for segment in segments)
    return PublicComment(path, "a1", None, path, "Zoé", None, "x", segments[-1])


def shape(places: list[thread_markup.Place]) -> list[Any]:
    """Places as lists: `+` a comment, `-` one that was removed, `<` one that is on the page before."""
    signs = [("+" if place.comment else "<" if place.continued else "-", shape(place.replies)) for place in places]
    return [part for sign, replies in signs for part in ([sign, replies] if replies else [sign])]


@pytest.mark.parametrize("continues", [True, False])
def test_only_above_the_first_comment_of_a_page_may_something_be_on_the_page_before(continues: bool) -> None:
    page = [comment(1, 2, 3, 4), comment(1, 2, 5), comment(1, 6, 7), comment(1, 8), comment(9, 10)]

    places = thread_markup.nested(ThreadPage("a1", 9, True, tuple(page), None, continues=continues))

    above = "<" if continues else "-"
    assert shape(places) == [above, [above, [above, ["+"], "+"], "-", ["+"], "+"], "-", ["+"]]


@pytest.mark.parametrize("sort", ["newest", "oldest", "best"])
def test_the_links_lead_through_all_comments_once(sort: str, embedded_service: Service) -> None:
    embedded_service.register()
    made = []
    for n in range(13):
        made.append(post(embedded_service, f"fil {n}"))
        made += [post(embedded_service, f"fil {n} réponse {m}", made[-1]) for m in range(n % 3)]
    seen: list[str] = []
    query: str | None = f"?sort={sort}&limit=2&lang=en"

    for _ in range(10):
        tree = drawn(embedded_service, query or "")
        seen += ids(tree)
        links = tree.all("a", rel="next")
        if not links:
            break
        href = links[0].attributes["href"]
        assert href.startswith(f"https://{HOST}{COMMENTS}?")
        assert query_of(href) == query_of(href) | {"as": "page", "lang": "en", "limit": "2"}
        query = "?" + followed(href).partition("?")[2]

    assert sorted(seen) == sorted(made)


def test_a_page_that_begins_inside_a_thread_says_so(embedded_service: Service) -> None:
    embedded_service.register()
    root = post(embedded_service, "racine")
    inner = post(embedded_service, "milieu", root)
    for n in range(505):
        post(embedded_service, f"réponse {n}", inner)
    first = drawn(embedded_service, "?sort=oldest")

    second = drawn(
        embedded_service, "?" + followed(first.one("a", rel="next").attributes["href"]).partition("?")[2]
    )

    told = nesting(second.one("ol", class_="tribune-comment-list").children)
    continued = "Suite de la page précédente."
    assert told == [continued, [continued, [f"réponse {n}" for n in range(498, 505)]]]
    assert not second.all("a", rel="next")
