"""A roll-up that the table fails in the middle of: it fails alone, and the next one makes good."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.errors import Busy
from tests.actions.failing import Failing
from tests.scene import Clock, Service

LISTS = [f"/most-read?window={window}&sort={sort}" for window in ("1h", "all") for sort in ("views", "comments")]
SECTIONS = ["", "&section=Sport", "&section=Culture"]


def lists_of(service: Service) -> list[Any]:
    """The rows of every list, as an environment without memory reads it."""
    reader = Service(replace(service.backend, memory=Memory(), _own={}), service.clock)
    return [reader.call("GET", path + section).json["articles"] for path in LISTS for section in SECTIONS]


def something_happens(service: Service, n: int) -> None:
    """A view, a comment, a new title and a new section, other ones each time."""
    service.view(f"a{n % 3}", address=f"203.0.{n % 250}.7", user_agent=f"Mozilla/5.0 (reader {n})")
    service.post(f"a{n % 3}", content=f"texte {n}")
    service.register(f"a{(n + 1) % 3}", title=f"Titre {n}", section=("Sport", "Culture")[n % 2])


@pytest.mark.parametrize(("event", "first"), [("before-call", 0), ("after-call", 1)])
def test_wherever_a_roll_up_fails_the_next_one_makes_good(
    event: str, first: int, embedded_service: Service, clock: Clock
) -> None:
    service = embedded_service
    for n in range(3):
        service.register(f"a{n}")
    failing = Failing(service.backend.table.client, event)
    calls, failed = first, True
    while failed:
        something_happens(service, calls)
        failing.arm(calls)
        try:
            roll_up.roll_up(service.backend)
        except Busy:
            assert service.call("GET", "/most-read").status == 200, "it fails alone"
        failed = failing.disarm()
        clock.forward(minutes=1)
        roll_up.roll_up(service.backend)

        cold = replace(service.backend, memory=Memory(), _own={})
        mended = lists_of(service)
        roll_up.roll_up(cold)
        assert mended == lists_of(service), f"after a failure of call {calls}"
        calls += 2
    assert calls > 20


def test_a_title_changed_while_the_timer_was_away_is_listed_by_the_next_roll_up_that_succeeds(
    embedded_service: Service, clock: Clock
) -> None:
    service = embedded_service
    service.register("a1", title="Avant")
    service.view("a1")
    roll_up.roll_up(service.backend)
    failing = Failing(service.backend.table.client, "before-call")
    calls, failed = 0, True
    while failed:
        title = f"Après {calls}"
        clock.forward(minutes=1)
        service.register("a1", title=title)
        clock.forward(minutes=5)
        failing.arm(calls)
        with contextlib.suppress(Busy):
            roll_up.roll_up(service.backend)
        failed = failing.disarm()
        clock.forward(minutes=1)
        roll_up.roll_up(service.backend)
        listed = service.call("GET", "/most-read?window=all").json["articles"]
        assert [row["title"] for row in listed] == [title], f"after a failure of call {calls}"
        calls += 1
        clock.forward(minutes=53)  # at the same minute of each hour a roll-up makes the same calls
        roll_up.roll_up(service.backend)
    assert calls > 20
