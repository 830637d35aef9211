"""What is still given while the table does not answer: the lists that an environment remembers."""

from typing import Any

import pytest

from chalicelib.actions.roll_up import roll_up
from chalicelib.rules import instants
from tests.api.faults import FAULTS, NO_CONNECTION, Fault, Outage, answered
from tests.scene import Clock, Heard, Service

LISTS = ["/most-read", "/most-read?window=7d&sort=trending&limit=1", "/most-read?section=Sport&exclude=b"]


@pytest.fixture
def known(impatient: Service) -> Service:
    """The app with an article in every list, each of which this environment has given before."""
    impatient.register(section="Sport")
    roll_up(impatient.backend)
    for path in LISTS:
        assert [row["article_id"] for row in impatient.call("GET", path).json["articles"]] == ["a1"]
    return impatient


def articles_of(heard: Heard) -> Any:
    assert heard.status == 200, heard.text
    return [row["article_id"] for row in heard.json["articles"]]


@pytest.mark.parametrize("fault", FAULTS)
def test_lists_that_are_remembered_are_given_while_the_table_fails(
    fault: Fault, known: Service, clock: Clock
) -> None:
    before = [known.call("GET", path).text for path in LISTS]
    Outage(known, fault)

    for _ in range(11):
        clock.forward(minutes=5)
        assert [known.call("GET", path).text for path in LISTS] == before


def test_a_list_is_given_until_it_is_an_hour_old(known: Service, clock: Clock) -> None:
    Outage(known, NO_CONNECTION)

    clock.forward(seconds=3_599)
    assert articles_of(known.call("GET", "/most-read")) == ["a1"]
    clock.forward(seconds=1)
    heard = known.call("GET", "/most-read")
    assert (heard.status, heard.json["code"]) == (503, "busy")
    assert heard.headers["retry-after"]


def test_a_list_that_is_not_remembered_is_busy(known: Service) -> None:
    Outage(known, NO_CONNECTION)

    heard = known.call("GET", "/most-read?window=30d")

    assert (heard.status, heard.json["code"]) == (503, "busy")
    assert heard.headers["retry-after"]


def test_a_silent_table_is_asked_twice_and_then_every_quarter_of_a_minute(known: Service, clock: Clock) -> None:
    clock.forward(minutes=1)
    outage = Outage(known, NO_CONNECTION)

    for _ in range(60):
        for path in LISTS:
            articles_of(known.call("GET", path))
        for method, path in (("GET", "/articles/a1"), ("POST", "/articles/a1/views"), ("GET", "/health")):
            heard = known.call(method, path)
            assert (heard.status, heard.headers["retry-after"]) == (503, "2")
        clock.forward(seconds=1)

    assert outage.tries == 2 + 3


def test_a_silent_table_that_answers_again_is_asked_by_everyone(known: Service, clock: Clock) -> None:
    outage = Outage(known, NO_CONNECTION)
    for _ in range(3):
        assert known.call("GET", "/articles/a1").status == 503
    outage.end()
    assert known.call("GET", "/articles/a1").status == 503

    clock.forward(seconds=15)

    assert [known.call("GET", "/articles/a1").status for _ in range(3)] == [200] * 3


def test_a_throttle_is_an_answer_and_keeps_nobody_else_waiting(known: Service, clock: Clock) -> None:
    clock.forward(minutes=1)
    outage = Outage(known, answered(400, "ThrottlingException"))
    for _ in range(3):
        assert known.call("GET", "/articles/a1").status == 503
    assert articles_of(known.call("GET", "/most-read")) == ["a1"], "from memory"
    outage.end()
    known.register("a2")
    for n in range(2):
        known.view("a2", address=f"203.0.{n}.7")
    roll_up(known.backend)

    assert articles_of(known.call("GET", "/most-read?window=7d&sort=trending&limit=1")) == ["a2"]
    clock.forward(seconds=5)
    assert articles_of(known.call("GET", "/most-read")) == ["a2", "a1"]


def test_while_the_table_answers_a_list_is_never_older_than_half_the_time_between_roll_ups(
    known: Service, clock: Clock
) -> None:
    known.view("a1", address="203.0.113.7")
    clock.forward(minutes=1)
    roll_up(known.backend)

    heard = known.call("GET", "/most-read")

    assert heard.json["generated_at"] == instants.text(clock.at)
    assert heard.json["articles"][0]["views"] == 2


def test_a_list_does_not_make_a_view_count_that_cannot_be_written(known: Service) -> None:
    known.view()
    Outage(known, NO_CONNECTION)

    heard = known.call("POST", "/articles/a1/views?most_read=24h", address="203.0.113.7")
    repeated = known.view("a1", "?most_read=24h")

    assert (heard.status, heard.json["code"]) == (503, "busy")
    assert repeated["reason"] == "repeat", "what needs no table is answered"
    assert [row["article_id"] for row in repeated["most_read"]["articles"]] == ["a1"]
