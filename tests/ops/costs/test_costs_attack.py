"""What an attacker can cost: never more than the limits let through."""

import pytest

from chalicelib import settings
from ops.cloud.configuration import DEPLOYED
from ops.costs import attack, measured, month
from ops.costs.assumptions import Assumptions
from ops.costs.attack import KINDS, VIEW, Kind, Limits
from ops.costs.month import DOORS
from ops.finish import DEFAULTS

ASSUMED = Assumptions()
LIMITS = Limits.default()
EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
EACH_DOOR = pytest.mark.parametrize("door", DOORS)
VIEWS = KINDS[0]


def flow(kind: Kind, door: str, *, one: bool) -> dict[str, float]:
    return attack.flow(kind, DOORS[door], LIMITS, ASSUMED, one=one)


def environments(answered: dict[str, float]) -> float:
    """How many environments work at once on so much a second."""
    return sum(count * month.seconds(measured.request(name), ASSUMED) for name, count in answered.items())


def test_the_limits_are_the_defaults_of_finish_and_of_a_deployed_stage() -> None:
    assert (LIMITS.rate, LIMITS.burst) == (DEFAULTS["rate"], DEFAULTS["burst"])
    assert LIMITS.environments == DEFAULTS["concurrency"]
    assert LIMITS.settings == settings.read(DEPLOYED)


@pytest.mark.parametrize("one", [False, True], ids=["many addresses", "one address"])
@EACH_DOOR
@EACH_KIND
def test_no_more_gets_through_than_the_limits_allow(kind: Kind, door: str, one: bool) -> None:
    answered = flow(kind, door, one=one)

    assert environments(answered) <= LIMITS.environments + 1e-9
    if DOORS[door].gateway:
        assert sum(answered.values()) <= LIMITS.rate + 1e-9


def test_a_functions_url_is_bound_by_its_environments_alone() -> None:
    takes = month.seconds(measured.request(VIEW), ASSUMED)

    assert attack.bound(VIEWS, DOORS["url"], LIMITS, ASSUMED) == pytest.approx(LIMITS.environments / takes)
    assert attack.bound(VIEWS, DOORS["rest"], LIMITS, ASSUMED) == LIMITS.rate


def test_from_one_address_no_more_is_counted_than_its_share_of_each_environment() -> None:
    answered = flow(VIEWS, "url", one=True)

    assert answered[VIEW] == LIMITS.environments * LIMITS.settings.requests_per_minute / 60
    assert answered["view too many"] > 0


def test_one_address_stores_comments_at_its_pace_only() -> None:
    comments = next(kind for kind in KINDS if kind.paced)

    assert flow(comments, "rest", one=True)["longest comment held"] == pytest.approx(1 / 15)
    assert attack.of_a_network(LIMITS) == 40 * 3600 / 15


@EACH_KIND
def test_behind_the_cdn_an_attack_costs_the_request_to_it_as_well(kind: Kind) -> None:
    for door in ("rest", "url"):
        assert attack.dollars(kind, f"{door}-cdn", one=False) > attack.dollars(kind, door, one=False)


def test_an_hour_of_views_by_hand() -> None:
    usage = attack.an_hour(VIEWS, DOORS["rest"], LIMITS, ASSUMED, one=False)
    roll_ups = month.rolled_up(360_000 * ASSUMED.hours, ASSUMED)["write_units"]
    idle = month.rolled_up(0, ASSUMED)["write_units"]

    assert usage["gateway_requests"] == 360_000
    assert usage["write_units"] == pytest.approx(360_000 + (roll_ups - idle) / ASSUMED.hours)


def test_lists_that_the_cdn_holds_cost_by_what_is_sent() -> None:
    assert attack.of_the_cdn(2_000, ASSUMED) == pytest.approx(2 * attack.of_the_cdn(1_000, ASSUMED))
