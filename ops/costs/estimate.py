"""What a month costs, in US dollars, from the figures that were measured last: quick, and no account is asked."""

from ops.costs import bill, month
from ops.costs.assumptions import Assumptions
from ops.costs.bill import Bill

USUAL_VIEWS = 1_000_000


def estimate(views: float, door: str, *, region: str = bill.REGION, free_tier: bool = False) -> float:
    """Dollars a month for so many views that count, through one of `month.DOORS`.

    With `free_tier` less what AWS gives every account every month. Raises OperatorError for an unknown region.
    """
    usage = month.together(*by_cause(views, door).values())
    return bill.bill(usage, bill.prices(region), free_tier=free_tier).total


def bills(views: float, door: str, *, region: str = bill.REGION) -> dict[str, Bill]:
    """The same month by what causes it, the free tier left out; the bills add up to the estimate."""
    prices = bill.prices(region)
    return {cause: bill.bill(usage, prices) for cause, usage in by_cause(views, door).items()}


def by_cause(views: float, door: str) -> dict[str, bill.Usage]:
    """What a month consumes by cause."""
    return month.month(views, month.DOORS[door], Assumptions())


def door_of(*, function_url: bool, cdn: bool) -> str:
    """The name in `month.DOORS` of the door that a stage with these options of `finish` shows to readers."""
    return ("url" if function_url else "rest") + ("-cdn" if cdn else "")


def sentence(door: str, *, region: str = bill.REGION, views: int = USUAL_VIEWS) -> str:
    """One line for the end of `finish`; in a region without prices, those of the usual one are said."""
    known = region if region in bill.content()["regions"] else bill.REGION
    dollars = estimate(views, door, region=known)
    return (
        f"about ${dollars:,.0f} a month at {views:,} views through this door, "
        f"at prices of {known} as of {bill.as_of()}; docs/costs.md"
    )
