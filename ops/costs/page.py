"""docs/costs.md, printed: every number in it is computed."""

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.model import LIST_SORTS, WINDOWS
from chalicelib.storage.lists import LENGTH
from ops.costs import bill, measured, month, page_attack, page_sources
from ops.costs.assumptions import LEVER_SIZE, SIZES, Assumptions
from ops.costs.bill import Bill
from ops.costs.estimate import bills, estimate
from ops.costs.markdown import bullets, money, paragraph, table
from ops.costs.month import DOORS

FIRST = "rest"
"""The door that every deployment has, with which the others are compared."""
WORTH_NAMING = 0.05
SIZE_HEADINGS = [f"{size:,} views" for size in SIZES]


def page(region: str = bill.REGION) -> str:
    """The whole document."""
    parts = (
        _introduction(region),
        _months(region),
        _dominating(region),
        _levers(region),
        page_attack.section(region),
        page_sources.section(),
    )
    return "\n".join(line for part in parts for line in part)


def breakdown(views: float, door: str, region: str) -> str:
    """One estimate as text: by cause, in all, by service."""
    causes = bills(views, door, region=region)
    total = estimate(views, door, region=region)
    free = estimate(views, door, region=region, free_tier=True)
    services = _together(causes).by_service(bill.prices(region))
    lines = [
        f"{views:,.0f} views a month, {DOORS[door].name}, {region}, prices as of {bill.as_of()}",
        *(f"{money(one.total):>12}  {cause}" for cause, one in causes.items()),
        f"{money(total):>12}  in all; {money(free)} less the always-free parts",
        f"by service: {', '.join(f'{name} {money(dollars)}' for name, dollars in services.items())}",
    ]
    return "\n".join(lines)


def _introduction(region: str) -> Iterator[str]:
    yield "# What it costs\n"
    yield paragraph(
        f"""`python -m ops costs` prints this page, and `python -m ops costs --write` writes it. No number in it
        is typed: units and bytes are measured on the embedded engine (`ops/costs/measured.json`), prices are
        those of a dated file (`ops/costs/prices.json`), and what cannot be measured is assumed and listed at the
        end. Dollars are US dollars without taxes, in {region}, at prices as of **{bill.as_of()}**. The prices
        were typed from what is publicly known, not fetched: **check them before you rely on them**. Who changes
        what the service does measures again, which takes minutes: `python -m ops costs --measure --write`. For one
        estimate: `python -m ops costs --views 300000 --door url --region us-east-1`."""
    )


def _months(region: str) -> Iterator[str]:
    def lines(*, free_tier: bool) -> Iterator[list[str]]:
        for name, door in DOORS.items():
            dollars = (estimate(size, name, region=region, free_tier=free_tier) for size in SIZES)
            yield [door.name, *map(money, dollars)]

    headings = ["dollars a month", *SIZE_HEADINGS]
    free = [f"{one.service}: {one.free:,} {one.unit}" for one in bill.prices(region).values() if one.free]
    yield "## A month\n"
    yield table(headings, lines(free_tier=False))
    yield "Less what AWS gives every account every month, for ever, where nothing else in the account uses it:\n"
    yield table(headings, lines(free_tier=True))
    yield paragraph(f"That is {'; '.join(free)}.")


def _dominating(region: str) -> Iterator[str]:
    found = [bills(size, FIRST, region=region) for size in SIZES]
    yield "## What dominates\n"
    yield table(
        [f"{DOORS[FIRST].name}, dollars a month", *SIZE_HEADINGS],
        ([cause, *(money(one[cause].total) for one in found)] for cause in found[0]),
    )
    yield bullets(_dominating_line(size, causes, region) for size, causes in zip(SIZES, found, strict=True))
    yield _roll_up_text(region)


def _dominating_line(size: int, causes: dict[str, Bill], region: str) -> str:
    whole = _together(causes)
    cause = max(causes, key=lambda name: causes[name].total)
    shares = {name: dollars / whole.total for name, dollars in whole.by_service(bill.prices(region)).items()}
    named = (f"{name} {share:.0%}" for name, share in shares.items() if share >= WORTH_NAMING)
    return f"{size:,} views: {cause}, {causes[cause].total / whole.total:.0%}. By service: {', '.join(named)}."


def _roll_up_text(region: str) -> str:
    minutes = measured.roll_up(LEVER_SIZE), measured.without_sections()
    dollars = [
        bill.bill(month.rolled_up_by(minute, Assumptions()), bill.prices(region)).total for minute in minutes
    ]
    return paragraph(
        f"""The roll-up runs every minute, whatever is read. At {LEVER_SIZE:,} views a month it writes
        {minutes[0].write_units:,.0f} units a minute, nearly all of them lists: {len(WINDOWS)} windows in
        {len(LIST_SORTS)} orders, for the site and for each of {Assumptions().sections} sections, each written
        again when one of its {LENGTH} rows was read, at once or within five minutes. Without sections it writes
        {minutes[1].write_units:,.0f} units: {money(dollars[1])} a month in place of {money(dollars[0])}."""
    )


def _levers(region: str) -> Iterator[str]:
    def saved(size: int, door: str) -> str:
        return money(estimate(size, FIRST, region=region) - estimate(size, door, region=region))

    def saved_by_one_request(size: int) -> str:
        two = replace(Assumptions(), lists_alone=Assumptions().lists_alone + 1)
        usage = month.together(*month.month(size, DOORS[FIRST], two).values())
        return money(bill.bill(usage, bill.prices(region)).total - estimate(size, FIRST, region=region))

    kept = _together(bills(LEVER_SIZE, FIRST, region=region)).parts["kept_log_gb"]
    yield "## Levers\n"
    yield table(
        ["dollars a month saved, REST API", *SIZE_HEADINGS],
        [
            ["the function's own URL instead", *(saved(size, "url") for size in SIZES)],
            ["CloudFront before it", *(saved(size, "rest-cdn") for size in SIZES)],
            ["view and list in one request, not in two", *map(saved_by_one_request, SIZES)],
        ],
    )
    yield (
        "1. **The function's own URL**: `python -m ops finish --stage prod --function-url`. It has no price.\n"
        "   It compresses nothing but the scripts, and has no throttle but the function's concurrency.\n"
        "2. **One request a page**: `POST .../views?most_read=24h&limit=5` counts the view and brings the list.\n"
        f"3. **Fewer sections**: the roll-up keeps {len(WINDOWS) * len(LIST_SORTS)} lists of each.\n"
    )
    yield paragraph(
        f"""CloudFront answers lists and scripts, and nothing else that readers ask for: where pages count views it
        costs more than it saves, unless its free part covers it. It pays where most pages show the list and count
        nothing. Logs cost as they come in, a line for each request; keeping them costs {money(kept)} a month at
        {LEVER_SIZE:,} views, so there is no setting for it."""
    )


def _together(causes: dict[str, Bill]) -> Bill:
    return Bill(month.together(*(one.parts for one in causes.values())))
