"""How are an article's published comments read when nothing tells where a thread ends before it is read?"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from statistics import mean

from chalicelib.model import Article
from chalicelib.rules import threads
from chalicelib.storage import keys, thread_index
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

PAGE_LIMIT = 500
"""Comments of a page, whatever the number of threads."""
FIRST_SPARE = 1.25
SPARE = 1.4
"""A Query asks for so many times what is surely still needed, at most: a page costs 1.5 times its own bytes.

The first one knows less, and the few comments it reads are of less even length.
"""
SMALLER = 0.6
"""The share of the threads seen, the smallest first, that tells what a thread surely has."""
UNSEEN = (1, 1)
"""Sizes counted with those of the first threads of a page, which alone would say little."""
LARGEST_EVEN = 10
LAST_QUERY = 3
"""Queries a page should take at most."""
LONG = 10
"""A thread of so many comments, if they are a third of all that was read, is read to its end by itself."""


@dataclass
class Reader:
    """Reads an article's thread index in one direction, in as few and as small Queries as can be foreseen.

    Nothing tells the size of a thread before it is read, so the first Query trusts what the cursor or the
    article's counts say of it, and the next ones grow with what was read.
    """

    table: Table
    article: Article
    forward: bool
    after: str | None
    limit: int
    per_thread: float | None = None
    found: list[Item] = field(default_factory=list)
    ended: bool = False
    sizes: Counter[str] = field(default_factory=Counter)
    complete: str | None = None
    queries: int = 0

    def read_on(self, most: int = PAGE_LIMIT + 1) -> None:
        """Read what the page probably still lacks, and the entry behind it."""
        page = thread_index.entries(
            self.table,
            self.article.id,
            after=self.after,
            forward=self.forward,
            limit=min(most, self._expected()),
        )
        self._add(page.items)
        self.ended = page.next_key is None

    def in_long_thread(self) -> bool:
        """Whether what was read ends in a thread so long that the rest of it is best read by itself."""
        if not self.found or root(self.found[-1]) == self.complete:
            return False
        size = self.sizes[root(self.found[-1])]
        return size >= LONG and size * 3 >= self.sizes.total()

    def finish_thread(self) -> None:
        """Forwards: read the thread that was read last to its end, and nothing else."""
        last = self.found[-1]
        room = PAGE_LIMIT + 1 - len(self.found)
        self._add(thread_index.thread_entries(self.table, self.article.id, last[keys.THREAD_AT], room, after=True))
        self.complete = root(last)

    def take_thread(self, room: int) -> list[Item]:
        """Backwards: take the one thread in hand, the beginning it lacks read forwards, cut behind `room`."""
        seen, self.found = self.found[::-1], []
        first, oldest_seen = root(seen[0]), seen[0][keys.THREAD_AT]
        start = thread_index.thread_entries(self.table, self.article.id, first, room + 1, until=oldest_seen)
        if len(start) > room:
            thread = start
        else:
            thread = [item for item in start if item[keys.THREAD_AT] < oldest_seen] + seen
        self.sizes[first] = len(thread)
        self.after = first
        return thread

    def _add(self, items: list[Item]) -> None:
        self.queries += 1
        self.found += items
        self.sizes.update(map(root, items))
        if items:
            self.after = items[-1][keys.THREAD_AT]

    def _expected(self) -> int:
        read, missing = self.sizes.total(), max(self.limit - len(self.sizes), 0)
        if self.forward and self.queries >= LAST_QUERY - 1 and self._fills_page():
            ahead = PAGE_LIMIT
        elif read:
            needed = read + missing * surely([*self.sizes.values(), *UNSEEN])
            ahead = int(SPARE * needed) - read
        else:
            ahead = int(missing * self._first_guess()) + 1
        return max(missing + 1, min(ahead, PAGE_LIMIT + 1 - len(self.found)))

    def _fills_page(self) -> bool:
        """Whether threads are so long that a page of them is full: then one Query may read all that fits."""
        return self.in_long_thread() or mean([*self.sizes.values(), *UNSEEN]) >= LONG

    def _first_guess(self) -> float:
        """Comments per thread before any was read.

        The article's average is only trusted where all threads are on this page, or where it is a small whole
        number, as it is when all are of one size: else a long thread anywhere could make short ones costly.
        """
        if self.per_thread is not None:
            return self.per_thread
        average = max(self.article.comments, 1) / max(self.article.threads, 1)
        if self.article.threads <= self.limit or (average.is_integer() and average <= LARGEST_EVEN):
            return average
        return min(average, FIRST_SPARE)


def surely(sizes: Collection[int]) -> float:
    """What a thread has at least, to judge by the smaller ones of these sizes."""
    return mean(sorted(sizes)[: max(1, int(len(sizes) * SMALLER))])


def per_thread(page: list[Item], limit: int) -> float:
    """What the next page's threads will have, to judge by this one's: threads it had no room for count one."""
    sizes = list(Counter(map(root, page)).values())
    sizes += [1] * (limit - len(sizes))
    return min(mean(sizes), FIRST_SPARE * surely(sizes))


def is_root(item: Item) -> bool:
    """Whether an entry is the first of its thread."""
    return len(item[keys.THREAD_AT]) == threads.WIDTH


def root(item: Item) -> str:
    """The part of an entry's sort key that its whole thread shares."""
    return threads.root_of(item[keys.THREAD_AT])
