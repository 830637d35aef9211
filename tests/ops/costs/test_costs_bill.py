"""Dollars from quantities, against small cases worked out by hand; and the file that the prices come from."""

from datetime import date

import pytest

from ops.costs import bill, month
from ops.costs.assumptions import SIZES, Assumptions
from ops.costs.bill import Bill, Price
from ops.costs.estimate import bills, estimate
from ops.costs.month import DOORS
from ops.errors import OperatorError

PRICES = {
    "requests": Price("Door", "requests", per=1_000_000, dollars=3.0, free=1_000_000, page="Door pricing"),
    "gb": Price("Wire", "GB", per=1, dollars=0.5, free=0, page="Wire pricing"),
    "units": Price("Door", "units", per=10, dollars=1.0, free=100, page="Door pricing"),
}
USAGE = {"requests": 2_500_000, "gb": 4, "units": 40}


def test_a_quantity_costs_its_share_of_what_the_price_is_for() -> None:
    assert bill.bill(USAGE, PRICES).parts == {"requests": 7.5, "gb": 2.0, "units": 4.0}


def test_the_total_is_the_sum_of_the_parts_and_of_the_services() -> None:
    whole = bill.bill(USAGE, PRICES)

    assert whole.total == 13.5
    assert whole.by_service(PRICES) == {"Door": 11.5, "Wire": 2.0}


def test_services_are_named_the_dearest_first() -> None:
    assert list(Bill({"gb": 9.0, "units": 1.0}).by_service(PRICES)) == ["Wire", "Door"]


def test_what_is_free_is_taken_off_each_quantity_and_never_below_nothing() -> None:
    assert bill.bill(USAGE, PRICES, free_tier=True).parts == {"requests": 4.5, "gb": 2.0, "units": 0.0}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("views", SIZES)
def test_the_causes_of_a_month_add_up_to_its_estimate(views: int, door: str) -> None:
    causes = bills(views, door)

    assert sum(one.total for one in causes.values()) == pytest.approx(estimate(views, door))
    assert all(dollars >= 0 for one in causes.values() for dollars in one.parts.values())


def test_the_file_of_prices_says_its_date_and_warns() -> None:
    assert date.fromisoformat(bill.as_of()) > date(2026, 1, 1)
    assert "check each on its page" in bill.content()["note"]


@pytest.mark.parametrize("name", bill.content()["prices"])
def test_each_price_has_a_unit_a_page_of_aws_and_dollars_in_every_region(name: str) -> None:
    row = bill.content()["prices"][name]

    assert row["unit"]
    assert "pricing" in row["page"]
    assert all(row[region] > 0 for region in bill.content()["regions"])
    assert row["free"] >= 0
    assert row["per"] >= 1


def test_prices_are_those_of_what_a_month_consumes_and_no_others() -> None:
    consumed = {
        name
        for door in DOORS.values()
        for usage in month.month(1_000_000, door, Assumptions()).values()
        for name in usage
    }

    assert consumed == bill.prices().keys()


def test_paris_is_not_cheaper_than_virginia() -> None:
    assert estimate(1_000_000, "rest") > estimate(1_000_000, "rest", region="us-east-1")


def test_a_region_without_prices_is_refused_with_those_that_have_some() -> None:
    with pytest.raises(OperatorError, match="eu-west-3, us-east-1"):
        estimate(1_000_000, "rest", region="mars-north-1")
