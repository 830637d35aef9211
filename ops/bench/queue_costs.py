"""What does a page of the moderation queue cost, however many comments wait?"""

from collections.abc import Iterator

from chalicelib.actions import queue
from ops.bench import shapes
from ops.bench.meter import Cost
from ops.bench.row import Row
from ops.bench.site import ANYONE, open_site, register

LIMIT = 50


def rows(waiting: tuple[int, int] = (1_000, 10_000)) -> Iterator[Row]:
    """The first page of what is held; the counts beside it stop at 1,000 of each status."""
    few, many = (measure(count) for count in waiting)
    yield Row(
        f"moderation queue, a page of {LIMIT}, {waiting[0]:,} and {waiting[1]:,} held",
        "the same",
        f"{few}; {many}",
        (few.operations, few.read_units) == (many.operations, many.read_units),
    )


def measure(waiting: int) -> Cost:
    """The newest page of a queue with so many comments in it."""
    with open_site() as site:
        backend = site.environment()
        register(backend, "article")
        site.store_comments(backend, "article", shapes.held(site.random, "article", waiting, site.now))
        with site.meter.measured() as cost:
            queue.list_queue(backend, ANYONE, status="held", limit=LIMIT)
    return cost
