"""What was measured last; `python -m ops costs --measure` renews it."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from ops.costs.usage import Request, RollUp

FILE = Path(__file__).with_name("measured.json")


@cache
def known() -> dict[str, Any]:
    """The file as `ops.costs.measure` wrote it."""
    read: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return read


def request(name: str) -> Request:
    """What one request of that kind consumes."""
    return Request(**known()["requests"][name])


def requests() -> dict[str, Request]:
    """Every kind of request."""
    return {name: request(name) for name in known()["requests"]}


def without_sections() -> RollUp:
    """A minute's roll-up, at `LEVER_SIZE`, of a site whose articles have no sections."""
    return RollUp(**known()["roll_up_without_sections"])


def roll_up(views: float) -> RollUp:
    """A minute's roll-up at so many views a month: between two measured sizes, or beyond, on a line."""
    sizes = sorted(map(int, known()["roll_up"]))
    below, above = next(
        (pair for pair in pairwise(sizes) if views <= pair[1]),
        (sizes[-2], sizes[-1]),
    )
    share = (views - below) / (above - below)
    low, high = (RollUp(**known()["roll_up"][str(size)]) for size in (below, above))
    return low * (1 - share) + high * share
