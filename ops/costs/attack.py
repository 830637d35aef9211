"""What can a stranger cost in an hour who sends as fast as the door lets through, and what stops it?"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib import settings
from chalicelib.rules import pace
from chalicelib.settings import Settings
from ops.cloud.configuration import DEPLOYED
from ops.costs import bill, measured, month
from ops.costs.assumptions import Assumptions
from ops.costs.bill import Usage
from ops.costs.month import DOORS, Door
from ops.finish import DEFAULTS

HOUR = 3600
TOO_MANY = "request too many"
VIEW = "view with 100 rows"
ENDLESS = math.inf


@dataclass(frozen=True)
class Kind:
    """A kind of request, what it is measured as, and what stops whoever sends it beside the limits of all.

    `capped` is what an address is answered that asks too often; the pace holds those back that are `paced`.
    """

    name: str
    request: str
    stopped_by: str
    capped: str = TOO_MANY
    paced: bool = False


KINDS = (
    Kind(
        "views, each with another agent, and all rows of the list",
        VIEW,
        "the cap on an address's requests; the cap on a network keeps them out of the order of the lists",
        capped="view too many",
    ),
    Kind(
        "comments that are stored, as long as they may be",
        "longest comment held",
        "the pace of an address, an e-mail and a network; the queue, which no reader sees",
        paced=True,
    ),
    Kind("comments with wrong fields", "comment refused", "nothing is asked of the table"),
    Kind("lists of 100 rows", "list of 100 rows", "the environment remembers them, the CDN holds them"),
    Kind(
        "lists of sections that do not exist", "list of an unknown section", "each is one small read of the table"
    ),
    Kind(
        "pages of 100 long threads",
        "page of 100 long threads",
        "a page ends after so many comments, however long the threads",
    ),
    Kind(
        "paths that do not exist",
        "unknown route",
        "nothing is asked of the table; the REST API answers by itself, which is not taken off here",
    ),
    Kind(
        "the moderators' pages with a wrong token",
        "bad token",
        "each token is one small read of the table, the same one once a minute",
    ),
)


@dataclass(frozen=True)
class Limits:
    """What holds an attacker back where the operator sets nothing else."""

    rate: float
    burst: int
    environments: int
    settings: Settings

    @classmethod
    def default(cls) -> "Limits":
        """Those of `finish` and of a deployed stage."""
        return cls(DEFAULTS["rate"], DEFAULTS["burst"], DEFAULTS["concurrency"], settings.read(DEPLOYED))


def bound(kind: Kind, door: Door, limits: Limits, assumptions: Assumptions) -> float:
    """Requests a second that get through: environments / seconds of a request, and the gateway's rate."""
    by_function = limits.environments / month.seconds(measured.request(kind.request), assumptions)
    return min(limits.rate, by_function) if door.gateway else by_function


def flow(kind: Kind, door: Door, limits: Limits, assumptions: Assumptions, *, one: bool) -> dict[str, float]:
    """Requests a second that are answered, by what they are measured as; from one address, or from any number."""
    rate = limits.rate if door.gateway else ENDLESS
    left = float(limits.environments)
    found: dict[str, float] = {}
    for name, most in _wanted(kind, door, limits, assumptions, one=one):
        takes = month.seconds(measured.request(name), assumptions)
        found[name] = max(0.0, min(most, rate, left / takes))
        rate -= found[name]
        left -= found[name] * takes
    return found


def an_hour(kind: Kind, door: Door, limits: Limits, assumptions: Assumptions, *, one: bool) -> Usage:
    """What an hour of it consumes. Answers go out uncompressed: nobody has to ask for compression."""
    sent = {name: count * HOUR for name, count in flow(kind, door, limits, assumptions, one=one).items()}
    usage = month.together(
        month.served(sent, door, assumptions),
        month.delivered(sent, door, assumptions, plain=True),
        _counted(sent.get(VIEW, 0), assumptions),
    )
    return month.with_kept_logs(usage, assumptions)


def dollars(kind: Kind, door: str, *, one: bool, region: str = bill.REGION) -> float:
    """Dollars an hour, beside what the readers cost."""
    usage = an_hour(kind, DOORS[door], Limits.default(), Assumptions(), one=one)
    return bill.bill(usage, bill.prices(region)).total


def of_the_cdn(per_second: float, assumptions: Assumptions, *, region: str = bill.REGION) -> float:
    """Dollars an hour of lists that CloudFront answers by itself: nothing of ours limits them."""
    usage = month.delivered({"list of 100 rows": per_second * HOUR}, DOORS["url-cdn"], assumptions)
    return bill.bill(usage, bill.prices(region)).total


def _wanted(
    kind: Kind, door: Door, limits: Limits, assumptions: Assumptions, *, one: bool
) -> Iterator[tuple[str, float]]:
    """What is sent, the dearest first, and how much of each the service lets one address have."""
    if not one:
        yield kind.request, ENDLESS
        return
    busy = limits.rate * month.seconds(measured.request(kind.request), assumptions)
    environments = min(limits.environments, math.ceil(busy)) if door.gateway else limits.environments
    capped = environments * limits.settings.requests_per_minute / 60
    if kind.paced:
        stored = 1 / limits.settings.comment_interval
        yield kind.request, stored
        yield "comment too soon", capped - stored
    else:
        yield kind.request, capped
    yield kind.capped, ENDLESS


def left_in_the_table(
    comments: float, assumptions: Assumptions, *, region: str = bill.REGION
) -> tuple[float, float]:
    """GB that so many of the longest comments leave, and what they cost a month until they are erased."""
    sizes = measured.known()["stored"]
    overhead = sizes["longest_comment_items"] * assumptions.item_overhead
    gb = comments * (sizes["longest_comment_bytes"] + overhead) / bill.GB
    return gb, bill.bill({"stored_gb": gb, "recovery_gb": gb}, bill.prices(region)).total


def of_a_network(limits: Limits) -> float:
    """Comments an hour that one /24 or /48 network may store."""
    return pace.WIDE_LIMIT * HOUR / limits.settings.comment_interval


def _counted(views: float, assumptions: Assumptions) -> Usage:
    """What an hour of so many views adds to the roll-ups."""
    with_them = month.rolled_up(views * assumptions.hours, assumptions)
    without = month.rolled_up(0, assumptions)
    return {name: (with_them[name] - without[name]) / assumptions.hours for name in with_them}
