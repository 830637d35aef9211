from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.instants import MINUTE, SECOND
from chalicelib.rules.pace import MOST_NETWORKS, Requests

HERE, THERE = "203.0.113.7", "2001:db8:1:2::/64"


def test_a_network_may_make_as_many_requests_in_its_minute_as_the_limit_says() -> None:
    requests = Requests()

    waits = [requests.count(HERE, second * SECOND, 3) for second in (5, 6, 7, 8, 64, 65, 66)]

    assert waits == [0, 0, 0, 57, 1, 0, 0]


def test_each_network_has_a_minute_of_its_own() -> None:
    requests = Requests()
    requests.count(HERE, 0, 1)

    assert requests.count(THERE, 30 * SECOND, 1) == 0
    assert requests.count(HERE, 60 * SECOND, 1) == 0
    assert requests.count(THERE, 60 * SECOND, 1) == 30


@given(st.integers(1, 5), st.lists(st.integers(0, 40 * SECOND), max_size=60))
def test_no_minute_sees_more_than_twice_the_limit(limit: int, gaps: list[int]) -> None:
    requests, now, served = Requests(), 0, []
    for gap in gaps:
        now += gap
        if not requests.count(HERE, now, limit):
            served.append(now)

    for start in served:
        assert sum(start <= at < start + MINUTE for at in served) <= 2 * limit


@given(st.integers(1, 5), st.lists(st.integers(0, 10 * SECOND), max_size=60))
def test_after_the_wait_that_was_told_a_request_is_served(limit: int, gaps: list[int]) -> None:
    requests, now = Requests(), 0
    for gap in gaps:
        now += gap
        wait = requests.count(HERE, now, limit)
        assert 0 <= wait <= 60
        if wait:
            now += wait * SECOND
            assert requests.count(HERE, now, limit) == 0


def test_a_clock_that_goes_back_locks_nobody_out() -> None:
    requests = Requests()
    for _ in range(5):
        requests.count(HERE, 10 * MINUTE, 1)

    assert requests.count(HERE, 9 * MINUTE, 1) == 0


def test_a_flood_of_networks_makes_room_for_itself_only() -> None:
    requests = Requests()
    requests.count(THERE, 0, 1)

    for n in range(MOST_NETWORKS):
        requests.count(f"2001:db8:{n:x}::/64", 0, 1)
        if n % 1_000 == 0:
            assert bool(requests.count(HERE, 0, 1)) == bool(n), "who goes on asking is remembered"

    assert requests.count(THERE, 0, 1) == 0, "who asked last before all of them is forgotten"
    assert len(vars(requests)["_minutes"]) == MOST_NETWORKS


@pytest.mark.parametrize("limit", [1, 700])
def test_threads_share_one_count(limit: int) -> None:
    requests = Requests()

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda n: requests.count(HERE, n % 1_000, limit), range(2_000)))

    assert waits.count(0) == limit
