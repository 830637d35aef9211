"""The part of docs/costs.md on what an attacker can cost."""

from collections.abc import Iterator

from ops.costs import attack
from ops.costs.assumptions import Assumptions
from ops.costs.attack import KINDS, Kind, Limits
from ops.costs.markdown import bullets, money, paragraph, table
from ops.costs.month import DOORS
from ops.finish import DEFAULTS

FLOOD = 1_000


def section(region: str) -> Iterator[str]:
    """Limits, dollars an hour from many addresses and from one, what stops each, what to do."""
    limits, assumptions = Limits.default(), Assumptions()
    budget = DEFAULTS["budget"]
    worst = max(attack.dollars(kind, door, one=False, region=region) for kind in KINDS for door in DOORS)
    (comments,) = (attack.bound(kind, DOORS["rest"], limits, assumptions) for kind in KINDS if kind.paced)
    left, kept = attack.left_in_the_table(comments * attack.HOUR, assumptions, region=region)
    flood = attack.of_the_cdn(FLOOD, assumptions, region=region)
    yield "## What an attacker can cost\n"
    yield _limits(limits, assumptions)
    yield "From any number of addresses, beside what readers cost:\n"
    yield _hours(limits, assumptions, region, one=False)
    yield "From one address, which is refused most of it once it has made as many requests as it may:\n"
    yield _hours(limits, assumptions, region, one=True)
    yield "What stops each, beside the limits above:\n"
    yield bullets(f"{kind.name}: {kind.stopped_by}." for kind in KINDS)
    yield paragraph(
        f"""The dearest of it costs {money(worst)} an hour. The budget of `finish`, {money(budget)} a month, is
        used up after {budget / worst:.1f} hours of it, but AWS tells of a budget hours late; the alarms
        `at-its-limit` and `rush` tell within minutes, the latter of a quarter of the gateway's rate for a quarter
        of an hour. To lower the limits:
        `python -m ops finish --stage prod --rate 10 --concurrency 2`."""
    )
    yield paragraph(
        f"""To store {comments:,.0f} comments a second takes {comments * limits.settings.comment_interval:,.0f}
        addresses and as many e-mails. An hour of it leaves {left:,.1f} GB in the table, {money(kept)} a month
        until they are erased."""
    )
    yield paragraph(
        f"""Lists that CloudFront holds are answered without any limit of ours: {money(flood)} an hour for each
        {FLOOD:,} requests a second. CloudFront charges for what the gateway throttles as well; the gateway and
        Lambda charge for nothing that they throttle."""
    )


def _limits(limits: Limits, assumptions: Assumptions) -> str:
    bounds = [attack.bound(kind, DOORS["url"], limits, assumptions) for kind in KINDS]
    return paragraph(
        f"""The limits are the defaults of `finish` and of a deployed stage. The gateway lets {limits.rate:g}
        requests a second through, {limits.burst} at once. {limits.environments} environments run at once. One
        address may make {limits.settings.requests_per_minute} requests a minute of each environment
        (`TRIBUNE_REQUESTS_PER_MINUTE`), and store a comment every {limits.settings.comment_interval} seconds
        (`TRIBUNE_COMMENT_INTERVAL`); its network may store {attack.of_a_network(limits):,.0f} an hour. A Function
        URL has no throttle: the environments, divided by the assumed duration of a request, bound it at
        {min(bounds):,.0f} to {max(bounds):,.0f} requests a second."""
    )


def _hours(limits: Limits, assumptions: Assumptions, region: str, *, one: bool) -> str:
    def cell(kind: Kind, door: str) -> str:
        flow = attack.flow(kind, DOORS[door], limits, assumptions, one=one)
        return f"{money(attack.dollars(kind, door, one=one, region=region))} at {sum(flow.values()):,.0f}/s"

    headings = ["dollars an hour", *(door.name for door in DOORS.values())]
    return table(headings, ([kind.name, *(cell(kind, door) for door in DOORS)] for kind in KINDS))
