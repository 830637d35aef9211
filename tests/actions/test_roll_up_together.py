"""Several environments on one table: whatever one of them remembers, the counts and the lists end right."""

from dataclasses import replace

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.rules import instants
from chalicelib.storage import views
from tests.scene import PUBLISHER, Clock, Service


@pytest.fixture
def service(embedded_service: Service) -> Service:
    """The faster engine."""
    return embedded_service


def another(service: Service) -> Service:
    """A second environment on the same table, which remembers nothing."""
    backend = replace(service.backend, environment=f"{service.backend.environment}x", memory=Memory(), _own={})
    return Service(backend, service.clock)


def read(service: Service, readers: range, article_id: str = "a1") -> None:
    for reader in readers:
        agent = f"Mozilla/5.0 (reader {reader})"
        assert service.view(article_id, address=f"198.51.{reader}.7", user_agent=agent)["counted"]


def views_of(service: Service, query: str = "window=24h") -> dict[str, int]:
    """The list as an environment without memory reads it."""
    rows = another(service).call("GET", f"/most-read?{query}").json["articles"]
    return {row["article_id"]: row["views"] for row in rows}


def test_an_hour_closed_elsewhere_is_read_again(service: Service, clock: Clock) -> None:
    service.register()
    clock.forward(minutes=50)
    read(service, range(4))
    roll_up.roll_up(service.backend)
    other = another(service)
    read(other, range(4, 11))
    clock.forward(minutes=20)
    roll_up.roll_up(other.backend)

    roll_up.roll_up(service.backend)

    assert views_of(service) == {"a1": 11}
    assert service.call("GET", "/articles/a1").json["views"] == 11


def test_an_older_count_written_late_is_mended_before_the_hour_closes(service: Service, clock: Clock) -> None:
    service.register()
    read(service, range(3))
    hour = instants.hour_of(clock.at)
    roll_up.roll_up(service.backend)
    older = views.read_live(service.backend.table, hour)
    read(service, range(3, 10))
    roll_up.roll_up(service.backend)
    views.write_live(service.backend.table, hour, older)

    clock.forward(hours=1, minutes=10)
    roll_up.roll_up(service.backend)

    roll_up.roll_up(another(service).backend)
    assert views_of(service) == {"a1": 10}


def test_a_list_that_another_environment_made_is_emptied_in_its_time(service: Service, clock: Clock) -> None:
    service.register("a1", section="monde")
    service.register("a2", section="sport")
    read(service, range(2), "a1")
    roll_up.roll_up(service.backend)
    other = another(service)
    read(other, range(2), "a2")
    roll_up.roll_up(other.backend)
    assert views_of(service, "window=1h&section=sport") == {"a2": 2}

    clock.forward(hours=8)
    roll_up.roll_up(service.backend)

    assert views_of(service, "window=1h&section=sport") == {}
    assert views_of(service, "window=1h&section=monde") == {}


def test_a_weekend_without_roll_up_loses_no_view(service: Service, clock: Clock) -> None:
    service.register()
    read(service, range(2))
    roll_up.roll_up(service.backend)
    read(service, range(2, 5))

    clock.forward(hours=65)
    roll_up.roll_up(another(service).backend)

    assert views_of(service, "window=7d") == {"a1": 5}


def test_an_article_deleted_and_brought_back_before_any_roll_up_is_listed(service: Service, clock: Clock) -> None:
    service.register()
    read(service, range(2))
    service.call("DELETE", "/articles/a1", token=PUBLISHER)
    roll_up.roll_up(service.backend)
    assert views_of(service) == {}
    clock.forward(minutes=5)

    assert service.register().status == 201
    roll_up.roll_up(service.backend)

    assert views_of(service) == {"a1": 2}


def test_comments_published_on_an_old_article_count_in_days_to_come(service: Service, clock: Clock) -> None:
    for id in ("mid", "old"):
        service.register(id)
        read(service, range(2), id)
    service.post("mid", content="un")
    for day in range(5):
        clock.forward(hours=24)
        service.post("old", content=f"jour {day}")
        roll_up.roll_up(another(service).backend)

    rows = another(service).call("GET", "/most-read?window=7d&sort=comments").json["articles"]

    assert [(row["article_id"], row["comments"]) for row in rows] == [("old", 5), ("mid", 1)]


def test_a_warm_roll_up_with_nothing_new_writes_only_that_it_has_ended(service: Service, clock: Clock) -> None:
    service.register()
    read(service, range(3))
    roll_up.roll_up(service.backend)
    written: list[str] = []

    def note(model: object, **_: object) -> None:
        written.append(model.name)  # type: ignore[attr-defined]

    for operation in ("PutItem", "UpdateItem", "TransactWriteItems", "DeleteItem"):
        service.backend.table.client.meta.events.register(f"before-call.dynamodb.{operation}", note)
    clock.forward(minutes=1)

    roll_up.roll_up(service.backend)

    assert written == ["UpdateItem"]


def test_a_cold_roll_up_writes_no_count_that_is_stored_already(service: Service) -> None:
    for n in range(20):
        service.register(f"a{n}")
        read(service, range(2), f"a{n}")
    roll_up.roll_up(service.backend)
    updates: list[object] = []
    service.backend.table.client.meta.events.register(
        "before-call.dynamodb.UpdateItem", lambda **event: updates.append(event["model"])
    )

    roll_up.roll_up(another(service).backend)

    assert len(updates) == 1, "that it took over"


def test_a_deleted_article_leaves_the_lists_of_environments_that_take_turns(
    service: Service, clock: Clock
) -> None:
    service.backend.roll_up_seconds = 60
    service.register("a1")
    read(service, range(3))
    roll_up.roll_up(service.backend)
    other = another(service)
    service.register("a2", title="Diffamatoire")
    read(service, range(3, 5), "a2")
    clock.forward(minutes=1)
    roll_up.roll_up(other.backend)
    assert views_of(service) == {"a1": 3, "a2": 2}
    service.call("DELETE", "/articles/a2", token=PUBLISHER)
    clock.forward(minutes=1)

    roll_up.roll_up(service.backend)

    for window in ("1h", "24h", "7d", "30d", "all"):
        for sort in ("views", "comments", "trending"):
            assert views_of(service, f"window={window}&sort={sort}") == {"a1": 3}
