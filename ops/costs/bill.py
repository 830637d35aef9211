"""From quantities to dollars: the dated file of prices, and a bill whose parts add up to its total."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ops.errors import OperatorError

FILE = Path(__file__).with_name("prices.json")
REGION = "eu-west-3"
GB = 2**30

Usage = Mapping[str, float]
"""Quantities by the names of the prices: requests, units, GB."""


@dataclass(frozen=True)
class Price:
    """What `per` of a thing cost; `free` of it cost nothing each month, `page` is where AWS says so."""

    service: str
    unit: str
    per: float
    dollars: float
    free: float
    page: str

    def of(self, quantity: float) -> float:
        """Dollars for so many of it."""
        return quantity / self.per * self.dollars


@dataclass(frozen=True)
class Bill:
    """Dollars by the name of their price."""

    parts: Mapping[str, float]

    @property
    def total(self) -> float:
        """Dollars altogether."""
        return sum(self.parts.values())

    def by_service(self, prices: Mapping[str, Price]) -> dict[str, float]:
        """Dollars by service, the dearest first."""
        sums: dict[str, float] = defaultdict(float)
        for name, dollars in self.parts.items():
            sums[prices[name].service] += dollars
        return dict(sorted(sums.items(), key=lambda row: -row[1]))


def bill(usage: Usage, prices: Mapping[str, Price], *, free_tier: bool = False) -> Bill:
    """What quantities cost; with `free_tier` less what every account has for nothing."""
    return Bill(
        {
            name: prices[name].of(max(0.0, quantity - (prices[name].free if free_tier else 0)))
            for name, quantity in usage.items()
        }
    )


def prices(region: str = REGION) -> dict[str, Price]:
    """The prices of a region by their names. Raises OperatorError for a region that the file does not know."""
    if region not in content()["regions"]:
        raise OperatorError(f"no prices for {region}: take one of {', '.join(content()['regions'])}")
    return {
        name: Price(row["service"], row["unit"], row["per"], row[region], row["free"], row["page"])
        for name, row in content()["prices"].items()
    }


def as_of() -> str:
    """The day for which the prices are stated."""
    stated: str = content()["as_of"]
    return stated


@cache
def content() -> dict[str, Any]:
    """The file of prices."""
    read: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return read
