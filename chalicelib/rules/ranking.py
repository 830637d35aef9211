"""From sets of readers to ranked lists: uniques by slot, the cap per network, decay, and the order of ties."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from chalicelib.rules.instants import SLOTS_PER_HOUR

Slots = tuple[int, ...]
NO_VIEWS: Slots = (0,) * SLOTS_PER_HOUR
MINIMUM_CAP = 5
MEDIANS = 4
TRENDING_HALF_LIFE_SLOTS = 18
"""Three hours, in slots of ten minutes."""
WILSON_Z = 1.96


@dataclass(frozen=True, slots=True)
class HourViews:
    """An article's unique readers in one hour by the slot of their first view: exact, and capped by network."""

    exact: Slots
    capped: Slots

    def __add__(self, other: "HourViews") -> "HourViews":
        return HourViews(add(self.exact, other.exact), add(self.capped, other.capped))

    def beyond(self, other: "HourViews") -> "HourViews":
        """What this has, slot by slot, that `other` has not."""
        return HourViews(_beyond(self.exact, other.exact), _beyond(self.capped, other.capped))


def add(left: Slots, right: Slots) -> Slots:
    """Two hours' slots, added slot by slot."""
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _beyond(left: Slots, right: Slots) -> Slots:
    return tuple(max(a - b, 0) for a, b in zip(left, right, strict=True))


NOBODY = HourViews(NO_VIEWS, NO_VIEWS)
"""An hour without a reader."""


def count_readers(first_slots: Mapping[bytes, int]) -> HourViews:
    """Count an article's hour from each reader's first slot.

    The first byte of a reader's hash is its network bucket. A bucket counts for ranking with at most
    max(5, 4 x the median of the non-empty buckets), its earliest readers first, so that one network cannot
    carry an article up the list however many agents it invents.
    """
    buckets: dict[int, list[int]] = defaultdict(list)
    for reader, slot in first_slots.items():
        buckets[reader[0]].append(slot)
    cap = max(MINIMUM_CAP, int(MEDIANS * median(map(len, buckets.values())))) if buckets else 0
    exact, capped = list(NO_VIEWS), list(NO_VIEWS)
    for slots in buckets.values():
        for place, slot in enumerate(sorted(slots)):
            exact[slot] += 1
            capped[slot] += place < cap
    return HourViews(tuple(exact), tuple(capped))


def first_slots(sets: Iterable[tuple[int, Iterable[bytes]]]) -> dict[bytes, int]:
    """Unite sets of readers: each reader counts in the slot of the first view of the hour."""
    first: dict[bytes, int] = {}
    for slot, readers in sets:
        for reader in readers:
            first[reader] = min(slot, first.get(reader, slot))
    return first


def trending_weight(age_slots: int) -> float:
    """What a view counts after so many slots: halved every 3 hours."""
    return float(0.5 ** (age_slots / TRENDING_HALF_LIFE_SLOTS))


def wilson_lower_bound(up: int, down: int) -> float:
    """How good a comment surely is: the lower end of the 95 % Wilson score interval of its votes.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927).
    """
    votes = up + down
    if not votes:
        return 0.0
    share = up / votes
    z2 = WILSON_Z**2
    centre = share + z2 / (2 * votes)
    margin = WILSON_Z * math.sqrt((share * (1 - share) + z2 / (4 * votes)) / votes)
    return (centre - margin) / (1 + z2 / votes)


def total(counts: Iterable[Mapping[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    """Add (exact, capped) counts article by article."""
    exact: Counter[str] = Counter()
    capped: Counter[str] = Counter()
    for part in counts:
        for article_id, (views, fair) in part.items():
            exact[article_id] += views
            capped[article_id] += fair
    return {article_id: (views, capped[article_id]) for article_id, views in exact.items()}
