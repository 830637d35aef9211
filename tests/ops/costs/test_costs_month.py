"""A month's consumption: small cases by hand, and what must be so at any size."""

from itertools import pairwise

import pytest

from ops.costs import bill, measured, month
from ops.costs.assumptions import SIZES, Assumptions
from ops.costs.estimate import door_of, estimate, sentence
from ops.costs.month import DOORS
from ops.costs.usage import Request, RollUp

ASSUMED = Assumptions()
MILLION = 1_000_000
REST, URL, CDN = DOORS["rest"], DOORS["url"], DOORS["rest-cdn"]


def test_a_million_views_are_a_million_write_units_and_requests() -> None:
    usage = month.served({"view": MILLION}, REST, ASSUMED)

    assert usage["write_units"] == MILLION
    assert usage["read_units"] == 0
    assert usage["gateway_requests"] == usage["lambda_requests"] == MILLION


def test_a_function_url_needs_no_gateway() -> None:
    assert "gateway_requests" not in month.served({"view": MILLION}, URL, ASSUMED)


def test_a_request_takes_its_own_time_that_of_its_calls_its_bytes_and_its_share_of_cold_starts() -> None:
    request = Request(
        write_units=1, read_units=0, calls=2, header_bytes=0, body_bytes=3 * 1024, gzip_bytes=0, log_bytes=0
    )
    assumed = Assumptions(
        milliseconds=10, milliseconds_a_call=7, milliseconds_a_kb=2, cold_starts=0.1, cold_start=500
    )

    assert month.seconds(request, assumed) == pytest.approx(0.010 + 2 * 0.007 + 3 * 0.002 + 0.050)


def test_answers_leave_by_the_door_or_by_the_cdn_but_not_by_both() -> None:
    assert month.delivered({"view": 10}, REST, ASSUMED).keys() == {"transfer_gb"}
    assert month.delivered({"view": 10}, CDN, ASSUMED).keys() == {"cdn_requests", "cdn_gb"}


def test_scripts_leave_every_door_compressed() -> None:
    asked = {"script": MILLION}

    assert month.delivered(asked, URL, ASSUMED) == month.delivered(asked, REST, ASSUMED)


def test_only_the_rest_api_compresses_and_only_for_who_takes_it() -> None:
    asked = {"page of 20 threads": MILLION}
    small = month.delivered(asked, REST, ASSUMED)["transfer_gb"]
    plain = month.delivered(asked, REST, ASSUMED, plain=True)["transfer_gb"]

    assert small < plain / 2
    assert month.delivered(asked, URL, ASSUMED)["transfer_gb"] == plain


@pytest.mark.parametrize(
    ("count", "lives", "misses"),
    [
        pytest.param(0, 100, 0, id="nobody asks"),
        pytest.param(100, 100, 50, id="one in a life"),
        pytest.param(900, 100, 90, id="nine in a life"),
    ],
)
def test_what_is_remembered_is_asked_for_less_the_more_often_it_is_needed(
    count: float, lives: float, misses: float
) -> None:
    assert month.missed(count, lives) == pytest.approx(misses)


def test_the_cdn_takes_lists_and_scripts_off_the_service_and_nothing_else() -> None:
    direct, behind = (month.month(100 * MILLION, door, ASSUMED)["readers"] for door in (REST, CDN))
    lists, scripts = 100 * MILLION * ASSUMED.lists_alone, 100 * MILLION * ASSUMED.new_browsers

    left = direct["lambda_requests"] - scripts
    assert left - lists < behind["lambda_requests"] < left - lists / 2
    assert behind["write_units"] == direct["write_units"]
    assert behind["cdn_requests"] == direct["lambda_requests"]


def test_a_roll_up_between_two_measured_sizes_lies_on_a_line() -> None:
    low, high = measured.roll_up(SIZES[0]), measured.roll_up(SIZES[1])
    middle = measured.roll_up((SIZES[0] + SIZES[1]) / 2)

    assert middle.write_units == pytest.approx((low.write_units + high.write_units) / 2)
    assert measured.roll_up(10 * SIZES[-1]).write_units > measured.roll_up(SIZES[-1]).write_units


def test_roll_ups_add_up_and_are_multiplied_number_by_number() -> None:
    assert RollUp(1, 2, 3, 4, 5, 6) * 2 + RollUp(1, 1, 1, 1, 1, 1) == RollUp(3, 5, 7, 9, 11, 13)


def test_the_timer_rolls_up_once_a_minute_even_where_nothing_is_read() -> None:
    assert month.rolled_up(0, ASSUMED)["lambda_requests"] == ASSUMED.hours * 60


@pytest.mark.parametrize("free_tier", [False, True], ids=["whole", "less what is free"])
@pytest.mark.parametrize("door", DOORS)
def test_more_views_are_never_cheaper(door: str, free_tier: bool) -> None:
    sizes = (0, 1, 1_000, *SIZES, 150_000_000, 1_000_000_000)
    dollars = [estimate(size, door, free_tier=free_tier) for size in sizes]

    assert all(less <= more for less, more in pairwise(dollars))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("views", SIZES)
def test_the_free_parts_only_take_off(views: int, door: str) -> None:
    assert 0 <= estimate(views, door, free_tier=True) <= estimate(views, door)


@pytest.mark.parametrize("views", SIZES)
def test_the_functions_url_is_the_cheapest_door(views: int) -> None:
    assert estimate(views, "url") == min(estimate(views, door) for door in DOORS)
    assert estimate(views, "url-cdn") < estimate(views, "rest-cdn")


def test_the_door_follows_from_the_options_of_finish() -> None:
    found = {name: door_of(function_url=not door.gateway, cdn=door.cdn) for name, door in DOORS.items()}

    assert found == {name: name for name in DOORS}


def test_finish_is_told_one_line_with_dollars_date_and_where_to_read_on() -> None:
    told = sentence("rest")

    assert told.startswith(f"about ${estimate(MILLION, 'rest'):,.0f} a month at 1,000,000 views")
    assert told.endswith("docs/costs.md")
    assert bill.as_of() in told
    assert "\n" not in told


def test_finish_is_told_of_the_usual_region_where_its_own_has_no_prices() -> None:
    assert "eu-west-3" in sentence("rest", region="mars-north-1")
