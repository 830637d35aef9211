"""The figures that bills are made of are those of this code: measured again, they are the same within 5 %.

Where they are not: python -m ops costs --measure --write.
"""

from typing import Any

import pytest

from ops.costs import measure, measured
from ops.costs.assumptions import SIZES

NEAR = 0.05
"""Compressed bytes differ a little from one zlib to another; units do not."""
KNOWN = measured.known()


def near(expected: dict[str, float]) -> Any:
    return pytest.approx(expected, rel=NEAR)


def test_requests_consume_what_was_measured() -> None:
    found = measure.requests()

    assert list(found) == list(KNOWN["requests"])
    for name, request in found.items():
        assert request == near(KNOWN["requests"][name]), name


def test_what_is_remembered_costs_to_read_what_was_measured() -> None:
    assert measure.remembered() == near(KNOWN["remembered"])


def test_what_is_stored_is_as_large_as_was_measured() -> None:
    assert measure.stored() == near(KNOWN["stored"])


def test_an_idle_sites_roll_up_costs_what_was_measured() -> None:
    assert measure.roll_up_minutes((0,))["0"] == near(KNOWN["roll_up"]["0"])


@pytest.mark.long
@pytest.mark.parametrize("size", SIZES)
def test_a_roll_up_costs_what_was_measured_at_every_size(size: int) -> None:
    assert measure.roll_up_minutes((size,))[str(size)] == near(KNOWN["roll_up"][str(size)])


@pytest.mark.long
def test_a_roll_up_without_sections_costs_what_was_measured() -> None:
    assert measure.without_sections() == near(KNOWN["roll_up_without_sections"])
