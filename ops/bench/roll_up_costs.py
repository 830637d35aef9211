"""Is a roll-up proportional to the articles read, whatever is registered?"""

from collections.abc import Iterator

from chalicelib.actions import roll_up, views
from ops.bench.meter import Cost
from ops.bench.row import Row
from ops.bench.site import open_site, reader, register

READ = 10


def rows(registered: tuple[int, int] = (READ, 1_000)) -> Iterator[Row]:
    """Roll-ups of one site with few and of one with many articles, of which ten are read on both."""
    few, many = (measure(count) for count in registered)
    for name, small, large in zip(("after views of", "with nothing new since, of"), few, many, strict=True):
        yield Row(
            f"roll-up {name} {READ} articles, {registered[0]} and {registered[1]:,} registered",
            "the same",
            f"{small}; {large}",
            (small.operations, small.read_units, small.write_units)
            == (large.operations, large.read_units, large.write_units),
        )


def measure(registered: int) -> tuple[Cost, Cost]:
    """A roll-up of a running timer after new views, and the next one."""
    with open_site() as site:
        backend = site.environment()
        for n in range(registered):
            register(backend, f"article-{n:04}", section="culture")
        roll_up.roll_up(backend)
        site.forward(60)
        for n in range(READ):
            views.record(backend, reader(n), article_id=f"article-{n:04}")
        with site.meter.measured() as first:
            roll_up.roll_up(backend)
        site.forward(60)
        with site.meter.measured() as second:
            roll_up.roll_up(backend)
    return first, second
