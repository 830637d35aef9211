"""What does a page of threads cost, whatever the conversation looks like and whatever else the article holds?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from statistics import median

from chalicelib.actions import comments
from chalicelib.backend import Backend
from chalicelib.model import Comment, Sort
from chalicelib.storage import keys, schema
from chalicelib.storage.comments import to_item as comment_item
from chalicelib.storage.items import to_item
from ops.bench import shapes
from ops.bench.row import Row
from ops.bench.site import ANYONE, Site, open_site, register
from ops.bench.units import indexes_of, item_size

LIMIT = 20
PAGES = 10
MOST_QUERIES = 3
OVER_READ = 1.5
SURE = 0.8
"""The share of pages of very uneven threads that must keep both bounds: nothing tells a thread's size ahead."""
ORDERS: tuple[Sort, ...] = ("newest", "oldest")


@dataclass(frozen=True)
class Conversation:
    """An article's comments, and whether its threads are all of one size, so that a page takes one Query."""

    name: str
    written: Callable[[Random, str, int], Iterable[Comment]]
    even: bool = False


@dataclass(frozen=True)
class PageCost:
    """One page: its Queries, and what they read in parts of the page's own bytes."""

    queries: int
    share: float


def conversations() -> list[Conversation]:
    """Every shape that is measured."""
    return [
        Conversation("10,000 single comments beside 10,000 held", _crowded, even=True),
        *(_even(size) for size in (1, 2, 3, 5, 10)),
        _sized("threads of 1, 3 or 5", lambda random: random.choices((1, 3, 5), k=300)),
        _sized("threads of geometric size, 2 on average", lambda random: shapes.geometric(random, 2, 600)),
        _sized("threads of geometric size, 4 on average", lambda random: shapes.geometric(random, 4, 400)),
        _sized("two threads of 2,001 among 700 comments", lambda random: _with_giants(random, 700)),
        _sized("two threads of 2,001 among 3,000 comments", lambda random: _with_giants(random, 3_000)),
        _tree(300),
        _tree(3_000),
    ]


def rows(chosen: Iterable[Conversation], articles: int = 3) -> Iterator[Row]:
    """Each conversation walked page by page in both orders, those of uneven threads on so many articles."""
    with open_site() as site:
        backend = site.environment()
        for number, conversation in enumerate(chosen):
            pages: dict[Sort, list[PageCost]] = {sort: [] for sort in ORDERS}
            for copy in range(1 if conversation.even else articles):
                article_id = f"article-{number}-{copy}"
                register(backend, article_id)
                written = list(conversation.written(site.random, article_id, site.now))
                site.store_comments(backend, article_id, written)
                own = entry_sizes(written)
                for sort in ORDERS:
                    pages[sort] += walk(site, backend, article_id, sort, own)
            for sort in ORDERS:
                yield _row(conversation, sort, pages[sort])


def walk(site: Site, backend: Backend, article_id: str, sort: Sort, own: dict[str, int]) -> Iterator[PageCost]:
    """The first pages of an article in one order; `own` tells the bytes of each comment's index entry."""
    cursor = None
    for _ in range(PAGES):
        with site.meter.measured() as cost:
            page = comments.list_threads(
                backend, ANYONE, article_id=article_id, sort=sort, limit=LIMIT, cursor=cursor
            )
        shown = sum(own[comment.id] for comment in page.comments)
        yield PageCost(cost.operations["Query"], cost.bytes_read["Query"] / shown)
        cursor = page.next_cursor
        if cursor is None:
            return


def entry_sizes(written: Iterable[Comment]) -> dict[str, int]:
    """Bytes of each published comment's entry in the thread index, by its id."""
    index = next(index for index in indexes_of(schema.definition("any")) if index.name == keys.THREAD)
    entries = {comment.id: index.entry(to_item(comment_item(comment))) for comment in written}
    return {id: item_size(entry) for id, entry in entries.items() if entry}


def _row(conversation: Conversation, sort: Sort, pages: list[PageCost]) -> Row:
    most, sure = (1, 1.0) if conversation.even else (MOST_QUERIES, SURE)
    queries, shares = [page.queries for page in pages], [page.share for page in pages]
    kept = sum(page.queries <= most and page.share <= OVER_READ for page in pages) / len(pages)
    scope = "" if conversation.even else f", {SURE:.0%} of pages"
    return Row(
        f"page of {LIMIT}, {sort}: {conversation.name}",
        f"{most} {'Query' if most == 1 else 'Queries'}, x {OVER_READ} bytes{scope}",
        f"median {median(queries):g}, x {median(shares):.2f}; worst {max(queries)}, x {max(shares):.2f}"
        f"; {kept:.0%} of {len(pages)}",
        kept >= sure,
    )


def _even(size: int) -> Conversation:
    name = "no replies" if size == 1 else f"threads of {size}"
    return _sized(name, lambda random: [size] * (LIMIT * (PAGES + 1)), even=True)


def _sized(name: str, sizes: Callable[[Random], list[int]], *, even: bool = False) -> Conversation:
    def written(random: Random, article_id: str, now: int) -> Iterable[Comment]:
        return shapes.from_sizes(random, article_id, sizes(random), now)

    return Conversation(name, written, even)


def _tree(size: int) -> Conversation:
    def written(random: Random, article_id: str, now: int) -> Iterable[Comment]:
        return shapes.random_tree(random, article_id, size, now)

    return Conversation(f"a random tree of {size:,}", written)


def _with_giants(random: Random, singles: int) -> list[int]:
    """Single comments, but for one within the first pages and one within the last."""
    sizes = [1] * singles
    for end in (0, singles - LIMIT * PAGES):
        sizes[end + random.randrange(LIMIT * PAGES)] += 2_000
    return sizes


def _crowded(random: Random, article_id: str, now: int) -> Iterable[Comment]:
    yield from shapes.from_sizes(random, article_id, [1] * 10_000, now)
    yield from shapes.held(random, article_id, 10_000, now)
