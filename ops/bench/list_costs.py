"""What does a most-read list cost, whatever the number of articles?"""

from collections.abc import Iterator
from itertools import product

from chalicelib.actions import roll_up, views
from chalicelib.backend import Backend
from chalicelib.model import LIST_SORTS, WINDOWS
from chalicelib.rules import instants
from chalicelib.rules.ranking import HourViews
from chalicelib.storage import views as stored_views
from chalicelib.storage.lists import LENGTH
from chalicelib.storage.views import Imported
from ops.bench.row import Row
from ops.bench.site import ANYONE, Site, open_site, register

SECTIONS = ("politics", "culture")
MOST_READ_UNITS = 2.0


def rows(counts: tuple[int, ...] = (100, 10_000)) -> Iterator[Row]:
    """Every list of a site with so many articles read, from the table and from memory."""
    for articles in counts:
        with open_site() as site:
            fill(site, articles)
            yield from _rows(site, articles)


def fill(site: Site, articles: int) -> None:
    """Articles with long titles, all of them read in the running hour, rolled up."""
    backend = site.environment()
    ids = [f"{n:05}-{site.random.randbytes(14).hex()}" for n in range(articles)]
    for n, article_id in enumerate(ids):
        register(
            backend,
            article_id,
            title=f"{site.random.randbytes(40).hex()} {n}",
            section=SECTIONS[n % len(SECTIONS)],
            image_url=f"https://media.example.org/{site.random.randbytes(16).hex()}.jpg",
            published_at=site.now - n * instants.MINUTE,
        )
    _count_views(site, backend, ids)
    roll_up.roll_up(backend)


def _count_views(site: Site, backend: Backend, ids: list[str]) -> None:
    hour = instants.hour_of(site.now)
    read = {}
    for article_id in ids:
        slots = (site.random.randrange(1, 100_000), *(0,) * (instants.SLOTS_PER_HOUR - 1))
        read[article_id] = Imported(HourViews(slots, slots))
    stored_views.write_imported(backend.table, hour, read)
    stored_views.note_day(backend.table, instants.day_of_hour(hour))


def _rows(site: Site, articles: int) -> Iterator[Row]:
    backend = site.environment()
    costs = []
    rows_listed = 0
    wanted = list(product(WINDOWS, LIST_SORTS, (None, *SECTIONS)))
    for window, sort, section in wanted:
        with site.meter.measured() as cost:
            listed = views.top(backend, ANYONE, window=window, sort=sort, section=section, limit=100)
        costs.append(cost)
        rows_listed = max(rows_listed, len(listed.articles))
    with site.meter.measured() as again:
        for window, sort, section in wanted:
            views.top(backend, ANYONE, window=window, sort=sort, section=section, limit=100)
    worst = max(cost.read_units for cost in costs)
    size = max(cost.bytes_read.total() for cost in costs)
    yield Row(
        f"most-read, any of {len(costs)} lists, {articles:,} articles read",
        f"{MOST_READ_UNITS:g} RU, 1 call",
        f"{worst:g} RU, 1 call ({rows_listed} rows, {size:,} bytes)",
        worst <= MOST_READ_UNITS and all(cost.calls == 1 for cost in costs) and rows_listed == LENGTH,
    )
    yield Row("most-read, from memory", "0 calls", f"{again.calls} calls", again.calls == 0)
