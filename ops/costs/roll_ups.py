"""What does a roll-up cost, a minute on average, on a site with so many views a month? Measured, not modelled.

A month of articles is registered and its days are filled. Then views come as evenly as they may, which costs the
most: ten minutes in the middle of an hour, one with two hours open, one that closes an hour, the first of a day.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain
from typing import Any

from chalicelib.actions import roll_up
from chalicelib.backend import Backend
from chalicelib.rules import instants
from chalicelib.rules.ranking import HourViews
from chalicelib.storage import keys, views
from chalicelib.storage.views import READERS_PER_SET, SET_LIFE, Imported
from ops.bench.meter import Cost
from ops.bench.site import Site, open_site, register
from ops.bench.units import item_size
from ops.costs.assumptions import Assumptions
from ops.costs.usage import RollUp

DAYS = 30
ENVIRONMENTS = 3
"""Environments of the service that count the views: each has sets of its own."""
MINUTES = 10
"""As long as a list that did not change is left alone."""
TWO_OPEN = roll_up.GRACE // instants.MINUTE
"""Minutes of each hour in which the hour before is open as well."""
HASH_BYTES = 4


def measured(views_a_month: int, assumptions: Assumptions) -> RollUp:
    """A minute's roll-up on average."""
    with open_site() as site:
        press = Press(site, assumptions, views_a_month)
        press.fill_days()
        usual = press.usual_minute()
        both, closing = press.turn_of_the_hour()
        first_of_day = press.turn_of_the_day()
        hour_bytes = press.hour_bytes()
    hour = usual * (60 - TWO_OPEN - 1) + both * TWO_OPEN + closing
    minute = hour * (1 / 60) + first_of_day * (1 / (24 * 60))
    return replace(minute, hour_bytes=hour_bytes)


@dataclass
class Press:
    """A newspaper whose articles are read so often a month."""

    site: Site
    assumptions: Assumptions
    views_a_month: int
    timer: Backend = field(init=False)
    _due: float = 0
    _written: Counter[tuple[int, str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Register the articles of the last days, the newest first."""
        self.timer = self.site.environment()
        count = self.assumptions.articles_a_day * DAYS
        self.ids = [f"{n:04}-{self.site.random.randbytes(8).hex()}" for n in range(count)]
        self.weights = [*accumulate(1 / (n + 1) for n in range(count))]
        for n, id in enumerate(self.ids):
            register(
                self.timer,
                id,
                section=f"section-{n % self.assumptions.sections}" if self.assumptions.sections else None,
                image_url=f"https://media.example.org/{self.site.random.randbytes(16).hex()}.jpg",
                published_at=self.site.now - n * instants.DAY // self.assumptions.articles_a_day,
            )

    def fill_days(self) -> None:
        """An hour of each day before, and one of today, holds what that day was read."""
        now = instants.hour_of(self.site.now)
        for hour in chain(range(now - DAYS * 24 + 2, now, 24), (now - 2,)):
            views.write_imported(self.timer.table, hour, dict(self._day()))
            views.note_day(self.timer.table, instants.day_of_hour(hour))

    def usual_minute(self) -> RollUp:
        """The average of ten minutes with one hour open, half of it over."""
        self._count(minutes=30)
        roll_up.roll_up(self.timer)
        return self._sum(self._minute() for _ in range(MINUTES)) * (1 / MINUTES)

    def turn_of_the_hour(self) -> tuple[RollUp, RollUp]:
        """A minute in which two hours are open, and the one that closes the first of them."""
        self._count(minutes=20 + 1)
        roll_up.roll_up(self.timer)
        both = self._minute()
        self._count(minutes=TWO_OPEN - 3)
        roll_up.roll_up(self.timer)
        return both, self._minute()

    def turn_of_the_day(self) -> RollUp:
        """The first roll-up of a day, which sums the past anew."""
        self.site.now = (self.site.now // instants.DAY + 1) * instants.DAY - instants.MINUTE
        roll_up.roll_up(self.timer)
        return self._minute()

    def hour_bytes(self) -> int:
        """Bytes of the document of an hour that was read to its end."""
        hour = instants.hour_of(self.site.now) - 12
        key = keys.document_head(keys.live_hour(hour))
        found = self.site.plain.get_item(
            TableName=self.timer.table.name, Key={name: {"S": value} for name, value in key.items()}
        )
        return item_size(found.get("Item", {}))

    def _minute(self) -> RollUp:
        self._count(minutes=1)
        lines: list[str] = []
        self.timer.sink = lines.append
        with self.site.meter.measured() as cost:
            roll_up.roll_up(self.timer)
        return _told(cost, lines)

    def _sum(self, minutes: Iterable[RollUp]) -> RollUp:
        return sum(minutes, RollUp())

    def _day(self) -> Iterable[tuple[str, Imported]]:
        total = self.views_a_month / DAYS / self.weights[-1]
        for n, id in enumerate(self.ids):
            slots = (max(1, round(total / (n + 1))), *(0,) * (instants.SLOTS_PER_HOUR - 1))
            yield id, Imported(HourViews(slots, slots))

    def _count(self, *, minutes: int) -> None:
        """Let minutes pass, each with its views; many readers in one write leave the same items."""
        for _ in range(minutes):
            self.site.forward(60)
            self._due += self.views_a_month / (self.assumptions.hours * 60)
            readers: dict[tuple[str, str], set[bytes]] = {}
            for id in self.site.random.choices(self.ids, cum_weights=self.weights, k=int(self._due)):
                environment = f"environment-{self.site.random.randrange(ENVIRONMENTS)}"
                readers.setdefault((id, environment), set()).add(self.site.random.randbytes(HASH_BYTES))
            self._due %= 1
            for (id, environment), hashes in readers.items():
                self._add(id, environment, hashes)

    def _add(self, id: str, environment: str, hashes: set[bytes]) -> None:
        hour, slot = instants.hour_of(self.site.now), instants.slot_of(self.site.now)
        before = self._written[hour * instants.SLOTS_PER_HOUR + slot, id, environment]
        self._written[hour * instants.SLOTS_PER_HOUR + slot, id, environment] += len(hashes)
        key = keys.view_set(
            hour, slot, id, environment, before // READERS_PER_SET, self.timer.settings.view_partitions
        )
        expires = ((hour + 1) * instants.HOUR + SET_LIFE) // instants.SECOND
        self.timer.table.update(
            key, f"ADD #readers :readers SET #{keys.EXPIRES} = :expires", {":readers": hashes, ":expires": expires}
        )


def _told(cost: Cost, lines: list[str]) -> RollUp:
    told: list[dict[str, Any]] = [json.loads(line) for line in lines]
    articles = sum(line["articles"] for line in told)
    size = sum(len(line.encode()) for line in lines)
    return RollUp(cost.write_units, cost.read_units, cost.calls, articles, size)
