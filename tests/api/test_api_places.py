"""Where a comment goes: under which parent, how deep, in which article, and until when."""

from typing import Any

import pytest

from tests.scene import Clock, Service, an_app

COMMENTS = "/articles/a1/comments"


@pytest.mark.parametrize("which", ["of another article", "held", "in the trash", "made up", "no id at all"])
def test_a_parent_that_readers_do_not_see_under_the_article_is_unknown(which: str, open_article: Service) -> None:
    open_article.register("a2")
    held = open_article.post(content="retenu").json["id"]
    open_article.decide("trash", held)
    if which == "held":
        open_article.decide("restore", held)
    parent = {
        "of another article": open_article.post("a2", content="ailleurs").json["id"],
        "made up": "0" * 20,
        "no id at all": "COMMENT#x",
    }.get(which, held)

    heard = open_article.post(content="réponse", parent_id=parent)
    assert heard.status == 422
    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [("parent_id", "unknown_parent")]


@pytest.mark.parametrize("levels", [1, 2, 5])
def test_a_reply_too_deep_goes_under_the_deepest_ancestor_that_may_have_one(
    levels: int, client: Any, clock: Clock
) -> None:
    service = an_app(client, clock, thread_levels=levels)
    chain: list[Any] = []
    for n in range(levels + 3):
        clock.forward(seconds=1)
        chain.append(service.post(content=f"n {n}", parent_id=chain[-1]["id"] if chain else None).json)

    assert [comment["depth"] for comment in chain] == [min(n, levels - 1) for n in range(levels + 3)]
    last_that_may = chain[levels - 2]["id"] if levels > 1 else None
    assert {comment["parent_id"] for comment in chain[levels - 1 :]} == {last_that_may}
    listed = service.call("GET", f"{COMMENTS}?sort=oldest").json
    assert [comment["id"] for comment in listed["comments"]] == [comment["id"] for comment in chain]
    assert listed["total"] == len(chain)


@pytest.mark.parametrize("mode", ["closed", "open", "auto"])
@pytest.mark.parametrize(("late", "is_open"), [(-1, True), (0, False), (1, False)])
def test_comments_close_by_themselves_at_the_very_millisecond(
    mode: str, late: int, is_open: bool, client: Any, clock: Clock
) -> None:
    service = an_app(client, clock, close_after_days=7)
    service.register(comments=mode, published_at="2026-03-10T12:00:00.500Z")
    is_open = {"closed": False, "open": True}.get(mode, is_open)

    clock.forward(hours=6 * 24, seconds=0.5 + late / 1_000)

    assert service.call("GET", "/articles/a1").json["comments_open"] is is_open
    assert service.call("GET", COMMENTS).json["open"] is is_open
    assert service.post().status == (201 if is_open else 403)


def test_an_article_without_a_date_closes_by_when_it_was_registered(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, close_after_days=1)
    clock.forward(hours=24)
    service.register(title="changed")

    assert service.post().json["code"] == "comments_closed"


def test_a_comment_is_shown_with_its_thread_under_its_own_article_only(open_article: Service) -> None:
    open_article.register("a2")
    root = open_article.post(content="un").json["id"]
    reply = open_article.post(content="deux", parent_id=root).json["id"]

    shown = open_article.call("GET", f"{COMMENTS}/{reply}").json

    assert (shown["id"], [comment["id"] for comment in shown["thread"]]) == (reply, [root, reply])
    assert open_article.call("GET", f"/articles/a2/comments/{reply}").json["code"] == "unknown_comment"
