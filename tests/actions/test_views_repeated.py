"""Views under permutation, duplication and lost answers: the counts depend on who read what when, alone."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from botocore.exceptions import ReadTimeoutError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.actions import roll_up
from chalicelib.backend import Backend, Memory
from chalicelib.rules import instants
from tests.conftest import client_on
from tests.scene import NOON, Clock, Service, make_backend

READERS, ARTICLES, ENVIRONMENTS = 5, ("a1", "a2"), 3
VIEW = st.tuples(
    st.sampled_from(ARTICLES),
    st.integers(0, READERS - 1),
    st.integers(-30, 30),
    st.integers(0, ENVIRONMENTS - 1),
    st.booleans(),
)
"""Which article, which reader, minutes from 13:00, on which environment, and whether the answer is lost."""
View = tuple[str, int, int, int, bool]


class LostAnswers:
    """Makes the next answer of a client get lost after the engine has done what was asked."""

    def __init__(self, client: Any) -> None:
        self.armed = False
        client.meta.events.register_last("after-call.dynamodb.UpdateItem", self._lose)

    def _lose(self, **event: Any) -> None:
        if self.armed:
            self.armed = False
            raise ReadTimeoutError(endpoint_url="the table")


@contextmanager
def environments() -> Iterator[tuple[list[Service], LostAnswers, Clock]]:
    clock = Clock(NOON)
    with client_on("embedded") as client:
        first = make_backend(client, clock, moderation="none", comment_interval=0)
        lost = LostAnswers(client)
        services = [
            Service(replace(first, environment=f"e{n}", memory=Memory(), _own={}), clock)
            for n in range(ENVIRONMENTS)
        ]
        for article in ARTICLES:
            services[0].register(article)
        yield services, lost, clock


def send(services: list[Service], lost: LostAnswers, clock: Clock, view: View) -> None:
    """One view; one whose answer was lost is refused as busy and sent again, to another environment."""
    article, reader, minute, environment, loses = view
    clock.at = NOON + instants.HOUR + minute * instants.MINUTE
    options = {"address": f"198.51.{reader}.7", "user_agent": f"Mozilla/5.0 (reader {reader})"}
    lost.armed = loses
    answer = services[environment].view(article, **options)
    lost.armed = False
    if "counted" not in answer:
        assert answer["code"] == "busy"
        services[(environment + 1) % ENVIRONMENTS].view(article, **options)


def counts(backend: Backend, clock: Clock) -> dict[str, int]:
    clock.at = NOON + 2 * instants.HOUR
    cold = replace(backend, memory=Memory(), _own={})
    roll_up.roll_up(cold)
    rows = Service(cold, clock).call("GET", "/most-read?window=24h").json["articles"]
    return {row["article_id"]: row["views"] for row in rows}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(VIEW, max_size=25), st.randoms(use_true_random=False))
def test_counts_are_the_distinct_readers_of_each_hour_in_any_order(
    views: list[View], shuffle: random.Random
) -> None:
    expected: dict[str, set[tuple[int, int]]] = {}
    for article, reader, minute, _, _ in views:
        expected.setdefault(article, set()).add((reader, int(minute >= 0)))
    sent = views + [view for view in views if shuffle.random() < 0.3]
    shuffle.shuffle(sent)

    with environments() as (services, lost, clock):
        for view in sent:
            send(services, lost, clock, view)

        assert counts(services[0].backend, clock) == {id: len(readers) for id, readers in expected.items()}
