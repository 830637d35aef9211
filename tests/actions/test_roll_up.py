"""From views to lists: what counts, in which window, for which section, and that everything can run twice."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.rules import instants
from tests.scene import PUBLISHER, Clock, Service

AGENT = "Mozilla/5.0 (reader {})"


@pytest.fixture
def service(embedded_service: Service) -> Service:
    """The faster engine: a roll-up makes some hundred calls."""
    return embedded_service


def read(service: Service, article_id: str, readers: range | int, *, network: str = "198.51") -> None:
    """Let readers, each of a network of their own, view an article."""
    for reader in range(readers) if isinstance(readers, int) else readers:
        answer = service.view(article_id, address=f"{network}.{reader % 250}.7", user_agent=AGENT.format(reader))
        assert answer["counted"], answer


def listed(service: Service, query: str = "") -> list[tuple[str, int]]:
    """Articles and views of a list, after a roll-up, as an environment without memory reads it."""
    roll_up.roll_up(service.backend)
    service.backend.memory = Memory()
    rows = service.call("GET", f"/most-read?{query}").json["articles"]
    return [(row["article_id"], row["views"]) for row in rows]


def test_the_most_viewed_article_comes_first(any_service: Service) -> None:
    for id in ("a1", "a2"):
        any_service.register(id)
    read(any_service, "a1", 2)
    read(any_service, "a2", 3)

    assert listed(any_service) == [("a2", 3), ("a1", 2)]


def test_a_reader_counts_once_an_hour_on_whichever_environment(any_service: Service, clock: Clock) -> None:
    any_service.register()
    others = [
        Service(replace(any_service.backend, environment=f"other{n}", memory=Memory(), _own={}), clock)
        for n in range(3)
    ]

    for service in [any_service, *others]:
        assert service.view()["counted"]
    clock.forward(minutes=25)
    assert others[0].view() == {"counted": False, "reason": "repeat", "views": 0}

    assert listed(any_service) == [("a1", 1)]
    clock.forward(minutes=40)
    assert any_service.view()["counted"]
    assert listed(any_service) == [("a1", 2)]


@pytest.mark.parametrize(
    ("hours", "counted_in"),
    [
        pytest.param(0.5, {"1h", "24h", "7d", "30d", "all"}, id="half an hour"),
        pytest.param(2, {"24h", "7d", "30d", "all"}, id="two hours"),
        pytest.param(24, {"7d", "30d", "all"}, id="a day"),
        pytest.param(6 * 24, {"7d", "30d", "all"}, id="six days"),
        pytest.param(7 * 24, {"30d", "all"}, id="seven days"),
        pytest.param(29 * 24, {"30d", "all"}, id="29 days"),
        pytest.param(30 * 24, {"all"}, id="30 days"),
        pytest.param(400 * 24, {"all"}, id="more than a year"),
    ],
)
def test_each_window_holds_the_views_of_its_time(
    service: Service, clock: Clock, hours: float, counted_in: set[str]
) -> None:
    service.register()
    read(service, "a1", 3)
    roll_up.roll_up(service.backend)

    clock.forward(hours=hours)

    windows = ("1h", "24h", "7d", "30d", "all")
    assert {window for window in windows if listed(service, f"window={window}") == [("a1", 3)]} == counted_in
    assert {window for window in windows if not listed(service, f"window={window}")} == set(windows) - counted_in


def test_a_daily_roll_up_counts_every_day_once(service: Service, clock: Clock) -> None:
    service.register()
    for day in range(10):
        read(service, "a1", range(day * 10, day * 10 + 2))
        roll_up.roll_up(service.backend)
        clock.forward(hours=24)
    clock.forward(hours=-24)

    assert listed(service, "window=all") == [("a1", 20)]
    assert listed(service, "window=7d") == [("a1", 14)]
    assert service.call("GET", "/articles/a1").json["views"] == 20


def test_views_before_midnight_that_were_not_rolled_up_are_counted_after_it(
    service: Service, clock: Clock
) -> None:
    service.register()
    clock.forward(hours=11, minutes=59)
    read(service, "a1", 3)
    clock.forward(minutes=2)
    read(service, "a1", 2)

    assert listed(service) == [("a1", 5)]
    assert listed(service, "window=1h") == [("a1", 5)]
    clock.forward(hours=30)
    assert listed(service, "window=7d") == [("a1", 5)]


def test_a_roll_up_that_was_away_for_a_day_and_a_half_makes_good(service: Service, clock: Clock) -> None:
    service.register()
    roll_up.roll_up(service.backend)
    read(service, "a1", 3)
    clock.forward(hours=36)

    assert listed(service, "window=7d") == [("a1", 3)]
    assert listed(service, "window=24h") == []


def test_each_section_has_its_list_and_the_site_has_them_all(any_service: Service) -> None:
    any_service.register("a1", section="monde")
    any_service.register("a2", section="Monde")
    any_service.register("a3")
    for id, readers in (("a1", 1), ("a2", 2), ("a3", 3)):
        read(any_service, id, readers)

    assert listed(any_service, "section=monde") == [("a1", 1)]
    assert listed(any_service, "section=Monde") == [("a2", 2)]
    assert listed(any_service, "section=sport") == []
    assert listed(any_service) == [("a3", 3), ("a2", 2), ("a1", 1)]


def test_an_article_that_changes_section_leaves_its_old_list(service: Service, clock: Clock) -> None:
    service.register(section="monde")
    read(service, "a1", 2)
    assert listed(service, "section=monde") == [("a1", 2)]

    service.register(section="sport", title="Un autre titre")

    assert listed(service, "section=monde") == []
    assert listed(service, "section=sport") == [("a1", 2)]
    clock.forward(hours=72)
    service.register(section="monde")
    assert listed(service, "window=7d&section=sport") == []
    assert listed(service, "window=7d&section=monde") == [("a1", 2)]


def test_a_deleted_article_is_listed_nowhere_until_it_is_registered_again(service: Service, clock: Clock) -> None:
    service.register()
    read(service, "a1", 2)
    assert listed(service) == [("a1", 2)]

    service.call("DELETE", "/articles/a1", token=PUBLISHER)

    assert listed(service) == []
    service.register()
    assert listed(service) == [("a1", 2)]
    clock.forward(hours=72)
    assert listed(service, "window=7d") == [("a1", 2)]
    service.call("DELETE", "/articles/a1", token=PUBLISHER)
    assert listed(service, "window=7d") == []


def test_comments_order_by_what_is_published_now(service: Service) -> None:
    for id in ("a1", "a2"):
        service.register(id)
        read(service, id, 2)
    assert listed(service, "sort=comments") == [("a1", 2), ("a2", 2)]

    posted = service.post("a2")
    assert listed(service, "sort=comments") == [("a2", 2), ("a1", 2)]

    service.decide("reject", posted.json["id"])
    assert listed(service, "sort=comments") == [("a1", 2), ("a2", 2)]


def test_trending_halves_views_every_three_hours(service: Service, clock: Clock) -> None:
    for id in ("a1", "a2"):
        service.register(id)
    read(service, "a1", 3)
    clock.forward(hours=3)
    read(service, "a2", 2)

    assert listed(service, "sort=views") == [("a1", 3), ("a2", 2)]
    assert listed(service, "sort=trending") == [("a2", 2), ("a1", 3)]


def test_ties_go_to_the_newer_article_then_to_the_smaller_id(service: Service) -> None:
    service.register("b1", published_at="2026-03-10T10:00:00Z")
    service.register("b2", published_at="2026-03-10T11:00:00+00:00")
    service.register("a9")
    service.register("a8")
    for id in ("b1", "b2", "a9", "a8"):
        read(service, id, 1)

    assert [id for id, _ in listed(service)] == ["b2", "b1", "a8", "a9"]


def test_one_network_hammering_an_article_does_not_move_it(service: Service) -> None:
    for id in ("honest", "pushed"):
        service.register(id)
    read(service, "honest", 20)
    read(service, "pushed", 3)
    for forged in range(100):
        service.view("pushed", address=f"203.0.113.{forged % 200}", user_agent=AGENT.format(forged))

    assert listed(service) == [("honest", 20), ("pushed", 103)]


def test_two_roll_ups_write_the_same_bytes(service: Service, clock: Clock) -> None:
    for id in ("a1", "a2"):
        service.register(id, section="monde")
        read(service, id, 5)
    clock.forward(hours=50)
    read(service, "a1", range(5, 9))

    def table_after_a_roll_up() -> list[Any]:
        roll_up.roll_up(service.backend)
        items = service.backend.table.client.scan(TableName=service.backend.table.name)["Items"]
        return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))

    once = table_after_a_roll_up()
    cold = Service(replace(service.backend, memory=Memory(), _own={}), clock)
    roll_up.roll_up(cold.backend)

    assert table_after_a_roll_up() == once


def test_a_list_is_written_again_when_it_is_ten_minutes_old(service: Service, clock: Clock) -> None:
    service.register()
    read(service, "a1", 1)
    listed(service)

    def generated_at() -> str:
        listed(service)
        return str(service.call("GET", "/most-read?window=all").json["generated_at"])

    assert generated_at() == "2026-03-11T12:00:00Z"
    clock.forward(minutes=9, seconds=59)
    assert generated_at() == "2026-03-11T12:00:00Z"
    clock.forward(seconds=1)
    assert generated_at() == "2026-03-11T12:10:00Z"


def test_the_salt_of_yesterday_is_gone_an_hour_after_midnight(service: Service, clock: Clock) -> None:
    service.register()
    read(service, "a1", 1)
    clock.at = instants.parse("2026-03-12T01:00:00Z")

    roll_up.roll_up(service.backend)

    assert service.backend.table.get({"pk": "SALT#2026-03-11", "sk": "SALT"}) is None
