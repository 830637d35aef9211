"""Yesterday's and today's views, summed from their hours for every window and for the trend."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Self

from chalicelib.model import Window
from chalicelib.rules import instants, ranking
from chalicelib.storage import views
from chalicelib.storage.views import Counts, Hour

LAST_DAY_HOURS = 24


@dataclass(frozen=True)
class CountedHour:
    """An hour's views, with its sums: by article, and as the trend weighs them at the hour's first slot."""

    rows: Hour
    counts: Counts
    trend: dict[str, float]

    @classmethod
    def of(cls, rows: Hour) -> Self:
        """Sum an hour once, however many roll-ups need it."""
        trend = {
            id: sum(views / ranking.trending_weight(slot) for slot, views in enumerate(row.capped))
            for id, row in rows.items()
        }
        return cls(rows, views.counts_of(rows), trend)


@dataclass(frozen=True)
class Recent:
    """The views of yesterday and today: of all, of the last day and of the last hour, and their trends."""

    total: Counts
    last_day: Counts
    last_hour: Counts
    trends: dict[Window, dict[str, float]]

    @classmethod
    def of(cls, hours: dict[int, CountedHour], now: int) -> Self:
        """Add up the hours up to now."""
        running, slot = instants.hour_of(now), instants.slot_of(now)
        last_day = [hour for hour in sorted(hours) if hour > running - LAST_DAY_HOURS]
        total_trend = _trend(hours, sorted(hours), now)
        return cls(
            total=ranking.total(hours[hour].counts for hour in sorted(hours)),
            last_day=ranking.total(hours[hour].counts for hour in last_day),
            last_hour=_last_six_slots(hours, running, slot),
            trends={
                "1h": _last_hour_trend(hours, running, slot),
                "24h": _trend(hours, last_day, now),
                "7d": total_trend,
                "30d": total_trend,
                "all": total_trend,
            },
        )

    def counts(self, window: Window) -> Counts:
        """What a window has of yesterday and today."""
        return {"1h": self.last_hour, "24h": self.last_day}.get(window, self.total)


def _trend(hours: dict[int, CountedHour], summed: list[int], now: int) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for hour in summed:
        weight = ranking.trending_weight(now // instants.SLOT - hour * instants.SLOTS_PER_HOUR)
        for id, trend in hours[hour].trend.items():
            sums[id] += trend * weight
    return sums


def _last_hour_trend(hours: dict[int, CountedHour], running: int, slot: int) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for hour, kept in _last_hour(running, slot):
        for id, row in hours[hour].rows.items():
            for place in kept:
                age = (running - hour) * instants.SLOTS_PER_HOUR + slot - place
                sums[id] += row.capped[place] * ranking.trending_weight(max(age, 0))
    return sums


def _last_six_slots(hours: dict[int, CountedHour], running: int, slot: int) -> Counts:
    return ranking.total(
        {
            id: (sum(row.exact[place] for place in kept), sum(row.capped[place] for place in kept))
            for id, row in hours[hour].rows.items()
            if any(row.exact[place] for place in kept)
        }
        for hour, kept in _last_hour(running, slot)
    )


def _last_hour(running: int, slot: int) -> list[tuple[int, range]]:
    """The running slot and the five before: which slots of which hour."""
    return [(running - 1, range(slot + 1, instants.SLOTS_PER_HOUR)), (running, range(slot + 1))]
