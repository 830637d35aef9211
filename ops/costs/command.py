"""`python -m ops costs`: what the service costs in US dollars, computed; no AWS account is asked.

Prints docs/costs.md, or with --views one estimate. The prices are those of ops/costs/prices.json: check them.
"""

import argparse
from pathlib import Path

from ops.costs import bill, page
from ops.costs.month import DOORS
from ops.errors import OperatorError

HELP = "what a month costs, by views and door, and what an attacker can cost"
DOCUMENT = Path(__file__).parents[2] / "docs" / "costs.md"
MOST_VIEWS = 10_000_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to print; --write and --measure are for whoever changes the service."""
    parser.add_argument("--views", help="one estimate: views a month that count, such as 300000")
    parser.add_argument("--door", choices=DOORS, default="rest", help="how readers come in (rest)")
    parser.add_argument("--region", default=bill.REGION, help=f"whose prices, such as us-east-1 ({bill.REGION})")
    parser.add_argument("--write", action="store_true", help="write docs/costs.md")
    parser.add_argument("--measure", action="store_true", help="measure all units again first; takes minutes")


def run(arguments: argparse.Namespace) -> int:
    """Print or write. Raises OperatorError for views that are no number and for an unknown region."""
    bill.prices(arguments.region)
    if arguments.measure:
        from ops.costs import measure  # the whole app and the engine, which no estimate needs

        measure.write()
    if arguments.views is not None:
        print(page.breakdown(views_of(arguments.views), arguments.door, arguments.region))
    elif arguments.write:
        DOCUMENT.write_text(page.page(), "utf-8")
        print(f"wrote {DOCUMENT}")
    else:
        print(page.page(arguments.region), end="")
    return 0


def views_of(text: str) -> int:
    """Views a month, `1_000_000` and `1000000` alike. Raises OperatorError for what is none."""
    try:
        views = int(text)
    except ValueError:
        views = -1
    if not 0 <= views <= MOST_VIEWS:
        raise OperatorError(f"--views {text!r} is no number of views a month: take one from 0 to {MOST_VIEWS}")
    return views
