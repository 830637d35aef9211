"""Paces hold wherever a comment is taken: four processes that share nothing but the table post all at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from typing import Any

import boto3
import pytest

from ops.engine import Engine
from tests.actions.posting import Poster, Told, a_post, all_at_once, posting
from tests.conftest import REGION
from tests.scene import NOON, Clock, Service, make_backend

PROCESSES = 4
INTERVAL = 15
MINE = "198.51.100.7"


@pytest.fixture(scope="module")
def engine() -> Iterator[str]:
    """Where an embedded engine listens."""
    with closing(Engine(None)) as embedded:
        yield embedded.listen().url


@pytest.fixture(scope="module")
def posters(engine: str) -> Iterator[list[Poster]]:
    """Four processes that post."""
    with posting(PROCESSES, engine) as made:
        yield made


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """Numbers of tables."""
    return count()


@pytest.fixture
def table(engine: str, numbers: Iterator[int]) -> Iterator[Callable[[], Service]]:
    """Makes the app with an article, on another table of the engine each time."""
    session = boto3.session.Session(region_name=REGION)
    with closing(session.client("dynamodb", endpoint_url=engine)) as client:

        def made() -> Service:
            clock = Clock()
            service = Service(make_backend(client, clock, table=f"tribune-{next(numbers)}"), clock)
            service.register()
            return service

        yield made


def settings(service: Service, **others: Any) -> dict[str, Any]:
    """The settings of the processes that post into a service's table."""
    return {"table": service.backend.settings.table, "comment_interval": INTERVAL} | others


def summed(told: list[list[Told]]) -> Counter[Told]:
    """How often each answer was given."""
    return Counter(answer for one in told for answer in one)


def comments(service: Service) -> int:
    """How many comments the article has, and the list shows."""
    shown: int = service.call("GET", "/articles/a1/comments?limit=100").json["total"]
    assert shown == service.call("GET", "/articles/a1").json["comments"]
    return shown


TAKEN: Told = (201, None, None)


def too_fast(seconds: int) -> Told:
    """The refusal of who may comment again in so many seconds."""
    return (429, "too_many_comments", str(seconds))


def test_one_comment_of_an_address_gets_through_an_interval(
    posters: list[Poster], table: Callable[[], Service]
) -> None:
    service = table()

    def posts(turn: int) -> list[list[dict[str, Any]]]:
        return [[a_post(f"r{turn}-{place}-{n}", MINE) for n in range(8)] for place in range(PROCESSES)]

    for turn, (waited, told) in enumerate(
        [
            (0, {TAKEN: 1, too_fast(15): 31}),
            (4_000, {too_fast(11): 32}),
            (14_999, {too_fast(1): 32}),
            (15_000, {TAKEN: 1, too_fast(15): 31}),
            (29_001, {too_fast(1): 32}),
        ]
    ):
        assert summed(all_at_once(posters, posts(turn), NOON + waited, **settings(service))) == told
    assert comments(service) == 2


def test_one_comment_of_an_e_mail_gets_through_an_interval_from_anywhere(
    posters: list[Poster], table: Callable[[], Service]
) -> None:
    service = table()
    spellings = ("lea@example.org", "LEA@example.org", " Lea@Example.ORG ", "lea@EXAMPLE.org")
    posts = [
        [a_post(f"n{place}{n}", f"203.{place}.{n}.9", author_email=spelling) for n in range(8)]
        for place, spelling in enumerate(spellings)
    ]

    told = summed(all_at_once(posters, posts, NOON, **settings(service)))

    assert told == {TAKEN: 1, too_fast(15): 31}
    assert comments(service) == 1


@pytest.mark.parametrize(
    ("place", "elsewhere"), [("198.51.100.{}", "198.51.101.{}"), ("2001:db8:1:{}::1", "2001:db8:2:{}::1")]
)
def test_forty_comments_of_a_network_get_through_an_interval(
    place: str, elsewhere: str, posters: list[Poster], table: Callable[[], Service]
) -> None:
    service = table()
    posts = [
        [a_post(f"r{number}-{n}", place.format(number * 15 + n)) for n in range(15)] for number in range(PROCESSES)
    ]

    first = summed(all_at_once(posters, posts, NOON, **settings(service)))
    later = [[a_post(f"s{number}", place.format(100 + number))] for number in range(PROCESSES)]
    refused = summed(all_at_once(posters, later, NOON + 6_000, **settings(service)))
    beside = [[a_post(f"t{number}", elsewhere.format(number))] for number in range(PROCESSES)]
    others = summed(all_at_once(posters, beside, NOON + 6_000, **settings(service)))
    again = summed(all_at_once(posters, later, NOON + 15_000, **settings(service)))

    assert first == {TAKEN: 40, too_fast(15): 20}
    assert refused == {too_fast(9): PROCESSES}
    assert others == {TAKEN: PROCESSES}
    assert again == {TAKEN: PROCESSES}
    assert comments(service) == 48


def test_a_submission_sent_by_all_at_once_is_one_comment(
    posters: list[Poster], table: Callable[[], Service]
) -> None:
    service = table()
    posts = [[a_post("lea", MINE, submission_id="submission-1")] * 5 for _ in posters]

    assert summed(all_at_once(posters, posts, NOON, **settings(service))) == {TAKEN: 20}
    assert comments(service) == 1


def test_the_same_text_by_all_at_once_is_one_comment(posters: list[Poster], table: Callable[[], Service]) -> None:
    service = table()
    posts = [
        [a_post("lea", f"203.{number}.{n}.9", content="le même") for n in range(4)] for number in range(PROCESSES)
    ]

    told = summed(all_at_once(posters, posts, NOON, **settings(service, comment_interval=0)))

    assert told == {TAKEN: 1, (409, "duplicate_comment", None): 15}
    assert comments(service) == 1


@pytest.mark.parametrize("header", ["x_forwarded_for", "x_real_ip", "forwarded"])
def test_a_forged_address_changes_nothing(
    header: str, posters: list[Poster], table: Callable[[], Service]
) -> None:
    service = table()
    posts = [
        [a_post(f"r{number}-{n}", MINE, **{header: f"203.0.{number}.{n}"}) for n in range(6)]
        for number in range(PROCESSES)
    ]

    assert summed(all_at_once(posters, posts, NOON, **settings(service))) == {TAKEN: 1, too_fast(15): 23}
    assert comments(service) == 1


@pytest.mark.parametrize(
    ("hops", "chain"),
    [
        (1, "203.0.{}.{}, 192.0.2.1"),
        (1, "192.0.2.1, 203.0.113.5"),
        (2, "203.0.{}.{}, 192.0.2.1, 192.0.2.2"),
        (3, "203.0.{}.{}"),
    ],
)
def test_behind_trusted_proxies_the_right_entry_counts_and_what_is_left_of_it_does_not(
    hops: int, chain: str, posters: list[Poster], table: Callable[[], Service]
) -> None:
    service = table()
    posts = [
        [a_post(f"r{number}-{n}", "192.0.2.1", x_forwarded_for=chain.format(number, n)) for n in range(3)]
        for number in range(PROCESSES)
    ]

    told = summed(all_at_once(posters, posts, NOON, **settings(service, trusted_hops=hops)))

    by_each_its_own = chain.startswith("203.0.{}") and hops == 1
    assert told == ({TAKEN: 12} if by_each_its_own else {TAKEN: 1, too_fast(15): 11})
    assert comments(service) == told[TAKEN]
