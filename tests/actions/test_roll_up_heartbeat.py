"""The roll-up records when it last came to its end: by the minute, once a minute, and never backwards."""

from dataclasses import replace
from typing import Any

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.rules import instants
from chalicelib.storage import views
from tests.scene import NOON, Clock, Service


def finished_at(service: Service) -> Any:
    """What the state says."""
    return views.read_state(service.backend.table).get("finished_at")


def test_the_end_of_a_roll_up_is_recorded_cut_to_the_minute(any_service: Service, clock: Clock) -> None:
    assert finished_at(any_service) is None

    clock.forward(seconds=42)
    roll_up.roll_up(any_service.backend)
    assert finished_at(any_service) == NOON

    clock.forward(seconds=20)
    roll_up.roll_up(any_service.backend)
    assert finished_at(any_service) == NOON + instants.MINUTE


def test_a_minute_is_recorded_once(service: Service, clock: Clock) -> None:
    roll_up.roll_up(service.backend)
    written: list[str] = []
    service.backend.table.client.meta.events.register(
        "before-call.dynamodb.*", lambda model, **_: written.append(model.name)
    )

    for _ in range(5):
        clock.forward(seconds=2)
        roll_up.roll_up(service.backend)

    assert not {"UpdateItem", "PutItem", "TransactWriteItems"} & set(written)


def test_a_clock_that_is_behind_takes_nothing_back(any_service: Service, clock: Clock) -> None:
    clock.forward(minutes=3)
    roll_up.roll_up(any_service.backend)
    behind = Clock(NOON)
    slow = replace(any_service.backend, now=behind, environment="behind", memory=Memory(), _own={})

    roll_up.roll_up(slow)
    views.finish(slow.table, {}, NOON)

    assert finished_at(any_service) == NOON + 3 * instants.MINUTE


def test_the_heartbeat_leaves_the_rest_of_the_state_alone(any_service: Service) -> None:
    before = views.read_state(any_service.backend.table)

    roll_up.roll_up(any_service.backend)

    after = views.read_state(any_service.backend.table)
    assert after == before | {"finished_at": NOON, "by": any_service.backend.environment}
