"""Walks over the pages of threads: every comment once and in order, whatever the tree and the page size."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import client_on
from tests.scene import PUBLISHER, Clock, Service, make_backend

Json = dict[str, Any]


@pytest.fixture(scope="module")
def house() -> Iterator[Service]:
    """One app for all trees, each on an article of its own."""
    clock = Clock()
    with client_on("embedded") as client:
        yield Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)


def grow(service: Service, article: str, parents: list[int | None]) -> list[str]:
    """Post comments a second apart; each replies to the comment at that place, or begins a thread."""
    ids: list[str] = []
    for place, parent in enumerate(parents):
        service.clock.forward(seconds=1)
        posted = service.post(
            article, content=f"{article} {place}", parent_id=None if parent is None else ids[parent]
        )
        assert posted.status == 201, posted.text
        ids.append(posted.json["id"])
    return ids


def walk(
    service: Service, article: str, sort: str, limit: int, between: Callable[[], object] = lambda: None
) -> list[Json]:
    """All comments by following the cursors; `between` happens between two pages."""
    found: list[Json] = []
    cursor = ""
    while True:
        query = f"sort={sort}&limit={limit}" + (f"&cursor={cursor}" if cursor else "")
        page = service.call("GET", f"/articles/{article}/comments?{query}").json
        assert len({root(comment, page["comments"] + found) for comment in page["comments"]}) <= limit
        found += page["comments"]
        cursor = page["next_cursor"]
        if not cursor:
            return found
        assert page["comments"]
        between()


def root(comment: Json, known: list[Json]) -> str:
    """The first comment of a comment's thread."""
    by_id = {other["id"]: other for other in known}
    while comment["parent_id"] in by_id:
        comment = by_id[comment["parent_id"]]
    return str(comment["id"])


def expected(comments: list[Json], sort: str) -> list[str]:
    """The reading order by a plain model: threads by the age of their root, replies oldest first under each."""
    children: dict[str | None, list[Json]] = {}
    for comment in sorted(comments, key=lambda comment: comment["created_at"]):
        children.setdefault(comment["parent_id"], []).append(comment)

    def below(comment: Json) -> Iterator[str]:
        yield comment["id"]
        for child in children.get(comment["id"], []):
            yield from below(child)

    roots = children.get(None, [])
    return [id for root in (roots if sort == "oldest" else roots[::-1]) for id in below(root)]


TREES = st.lists(st.floats(0, 1), min_size=0, max_size=40)


def parents_of(draws: list[float], share_of_roots: float) -> list[int | None]:
    """A tree from random numbers: some begin threads, the others reply to any earlier comment."""
    parents: list[int | None] = []
    for place, draw in enumerate(draws):
        begins = place == 0 or draw < share_of_roots
        parents.append(None if begins else int((draw * 7919) % 1 * place))
    return parents


@pytest.mark.parametrize("sort", ["newest", "oldest", "best"])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(draws=TREES, share=st.sampled_from([0.0, 0.2, 0.6, 1.0]), limit=st.sampled_from([1, 2, 3, 7, 100]))
def test_a_walk_gives_each_comment_once_and_in_order(
    house: Service, sort: str, draws: list[float], share: float, limit: int
) -> None:
    article = f"tree-{random.Random(repr((sort, draws, share, limit))).getrandbits(64)}"
    house.register(article)
    ids = grow(house, article, parents_of(draws, share))

    found = walk(house, article, sort, limit)

    assert sorted(comment["id"] for comment in found) == sorted(ids)
    assert [comment["id"] for comment in found] == expected(found, sort)
    house.call("DELETE", f"/articles/{article}", token=PUBLISHER)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_comments_that_arrive_between_pages_disturb_no_walk(house: Service, sort: str) -> None:
    article = f"busy-{sort}"
    house.register(article)
    before = grow(house, article, parents_of([(n * 0.37) % 1 for n in range(60)], 0.4))
    chosen = random.Random(1)

    def arrive() -> None:
        house.clock.forward(seconds=1)
        house.post(article, content=f"new {house.clock.at}")
        house.post(article, content=f"reply {house.clock.at}", parent_id=chosen.choice(before))

    found = [comment["id"] for comment in walk(house, article, sort, 3, between=arrive)]

    assert len(found) == len(set(found))
    assert set(before) <= set(found)


def test_a_thread_longer_than_a_page_goes_on_in_the_next_one(house: Service) -> None:
    house.register("long")
    ids = grow(house, "long", [None, *[0] * 1_030, None])

    for sort in ("newest", "oldest", "best"):
        found = walk(house, "long", sort, 20)

        assert [comment["id"] for comment in found] == expected(found, sort), sort
        assert len(found) == len(ids)


def test_an_unpublished_parent_leaves_its_replies_in_place(house: Service) -> None:
    house.register("gap")
    first, reply, deeper = grow(house, "gap", [None, 0, 1])

    house.decide("trash", first)

    found = walk(house, "gap", "newest", 20)
    assert [(comment["id"], comment["parent_id"], comment["depth"]) for comment in found] == [
        (reply, first, 1),
        (deeper, reply, 2),
    ]
    assert house.call("GET", "/articles/gap/comments").json["total"] == 2


@pytest.mark.parametrize("cursor", ["x", "n", "n" + "w" * 16, "o" + "0" * 16, "b" + "0" * 16, "n" + "0" * 400])
def test_a_cursor_that_was_never_given_is_refused(house: Service, cursor: str) -> None:
    house.register("plain")

    answer = house.call("GET", f"/articles/plain/comments?cursor={cursor}")

    assert answer.status == 422
    assert answer.json["errors"][0]["field"] == "cursor"
