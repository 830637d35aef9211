"""The part of docs/costs.md on what the numbers come from."""

from collections.abc import Iterator

from ops.costs import bill, measured
from ops.costs.assumptions import SIZES, Assumptions, rows
from ops.costs.markdown import paragraph, table


def section() -> Iterator[str]:
    """What is measured, what is assumed, the prices, and what is left out."""
    yield "## What is measured\n"
    yield _requests()
    remembered = (f"{name} {units:g}" for name, units in measured.known()["remembered"].items())
    yield paragraph(
        f"""Requests are those of an environment that remembers what it may. What it has forgotten it reads again,
        in read units: {", ".join(remembered)}."""
    )
    yield _roll_ups()
    yield "## What is assumed\n"
    assumed = ([f"`{name}`", f"{value:g}", meaning] for name, value, meaning in rows(Assumptions()))
    yield table(["name", "value", "meaning"], assumed)
    yield f"## Prices as of {bill.as_of()}\n"
    yield _prices()
    yield "## Left out\n"
    yield paragraph(
        """Taxes, support, the free tier of new accounts, the lower prices of higher tiers, names and certificates
        of your own domain, X-Ray, deployments, dumps and restores, the mails of the alarms, and what CloudFront
        sends to the service. Pages and images are your site's own."""
    )


def _requests() -> str:
    headings = ["request", "write units", "read units", "calls", "bytes", "bytes, gzipped", "bytes logged"]
    return table(
        headings,
        (
            [
                name,
                *(f"{value:g}" for value in (one.write_units, one.read_units, one.calls)),
                *(f"{value:,}" for value in (one.body_bytes, one.gzip_bytes, one.log_bytes)),
            ]
            for name, one in measured.requests().items()
        ),
    )


def _roll_ups() -> str:
    headings = ["a roll-up, a minute on average", "write units", "read units", "calls", "articles of open hours"]
    minutes = {size: measured.roll_up(size) for size in (0, *SIZES)}
    return table(
        headings,
        (
            [
                f"{size:,} views a month",
                *(f"{value:,.0f}" for value in (one.write_units, one.read_units, one.calls, one.articles)),
            ]
            for size, one in minutes.items()
        ),
    )


def _prices() -> str:
    regions: list[str] = bill.content()["regions"]
    by_region = [bill.prices(region) for region in regions]
    return table(
        ["what", *regions, "dollars for", "free each month", "page of AWS"],
        (
            [
                f"{price.service}: {price.unit}",
                *(_decimal(prices[name].dollars) for prices in by_region),
                f"{price.per:,}",
                f"{price.free:,}",
                price.page,
            ]
            for name, price in by_region[0].items()
        ),
    )


def _decimal(number: float) -> str:
    return f"{number:.10f}".rstrip("0").rstrip(".")
