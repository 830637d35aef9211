"""What does counting a view cost, and can one article make a key hot?"""

from collections import Counter
from collections.abc import Iterator
from random import Random

from chalicelib import settings
from chalicelib.actions import views
from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.views import READERS_PER_SET
from ops.bench.row import Row
from ops.bench.site import START, open_site, reader, register
from ops.bench.units import WRITE_BLOCK

LONGEST_ID = "a" * 128
ENVIRONMENTS = 100
VIEWS_PER_SECOND = 10_000
SECONDS = 60
PARTITION_LIMIT = 1_000
"""Write units per second that one partition takes."""


def rows() -> Iterator[Row]:
    """A view counted, repeated, and in the fullest set of the longest article id."""
    with open_site() as site:
        backend = site.environment()
        register(backend, LONGEST_ID)
        with site.meter.measured() as cold:
            views.record(backend, reader(0), article_id=LONGEST_ID)
        with site.meter.measured() as warm:
            outcome = views.record(backend, reader(1), article_id=LONGEST_ID)
        with site.meter.measured() as repeated:
            repeat = views.record(backend, reader(1), article_id=LONGEST_ID)
        for n in range(2, READERS_PER_SET - 1):
            views.record(backend, reader(n), article_id=LONGEST_ID)
        with site.meter.measured() as last:
            views.record(backend, reader(READERS_PER_SET - 1), article_id=LONGEST_ID)
    one = (1, 1, 0)
    counted = (warm.write_units, warm.calls, warm.read_units) == one and outcome.counted
    full = (last.write_units, last.calls, last.read_units) == one and last.largest_written <= WRITE_BLOCK
    yield Row("view counted, first of an environment", "-", str(cold), None)
    yield Row("view counted, warm", "1 WU, 0 RU, 1 call", str(warm), counted)
    yield Row("view repeated on its environment", "0 calls", str(repeated), not (repeated.calls or repeat.counted))
    yield Row(
        f"view counted, reader {READERS_PER_SET} of a set, id of {len(LONGEST_ID)} characters",
        f"1 WU, 0 RU, 1 call, {WRITE_BLOCK:,} bytes",
        f"{last}, {last.largest_written:,} bytes",
        full,
    )
    yield busiest_row()


def busiest_row() -> Row:
    """The hottest second of a minute at 10,000 views a second on one article, the worst of five draws."""
    partitions = settings.read({}).view_partitions
    busiest = max(busiest_partition(Random(draw), partitions) for draw in range(5))  # noqa: S311  # no secret
    return Row(
        f"{VIEWS_PER_SECOND:,} views/s on one article, {ENVIRONMENTS} environments, {partitions} partitions",
        f"{PARTITION_LIMIT:,} WU/s on a partition",
        f"{busiest:,} WU/s on the busiest",
        busiest <= PARTITION_LIMIT,
    )


def busiest_partition(random: Random, partitions: int) -> int:
    """Write units of the busiest partition in the busiest second of a minute: each environment fills its sets."""
    names = [random.randbytes(6).hex() for _ in range(ENVIRONMENTS)]
    per_second = VIEWS_PER_SECOND // ENVIRONMENTS
    hour, slot = instants.hour_of(START), instants.slot_of(START)
    busiest = 0
    for second in range(SECONDS):
        written: Counter[str] = Counter()
        for name in names:
            sets = Counter(n // READERS_PER_SET for n in range(second * per_second, (second + 1) * per_second))
            for n, count in sets.items():
                written[keys.view_set(hour, slot, "article", name, n, partitions)["pk"]] += count
        busiest = max(busiest, max(written.values()))
    return busiest
