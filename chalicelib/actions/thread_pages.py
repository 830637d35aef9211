"""Pages of threads: newest, oldest or best first, each comment once; new comments do not move a cursor."""

import re
from dataclasses import dataclass, field

from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.model import Article, PublicComment, Sort
from chalicelib.rules import ranking, threads
from chalicelib.storage import keys, thread_index
from chalicelib.storage.comments import from_thread_entry
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

PAGE_LIMIT = 500
"""Comments of a page, whatever the number of threads."""
RANKED = 1_000
"""Comments that `best` ranks: the newest ones. Behind them the newest order goes on."""
SPARE = 1.15
"""Comments asked for beyond the expected, since threads are not all of one size."""
SCORE_WIDTH = 6
CURSOR = re.compile(rf"([nosb])([0-9a-v]{{{threads.WIDTH},{threads.WIDTH * 10}}})(?:\.([0-9a-v]{{6}}))?", re.ASCII)


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: `n` newest, `o` oldest after a whole thread, `s` oldest inside one, `b` best."""

    kind: str
    at: str
    score: int = 0

    def __str__(self) -> str:
        return self.kind + self.at + (f".{threads.base32(self.score, SCORE_WIDTH)}" if self.kind == "b" else "")


Found = tuple[list[Item], Cursor | None]


def read(
    table: Table, article: Article, sort: Sort, limit: int, cursor: str | None
) -> tuple[list[PublicComment], str | None]:
    """A page of at most `limit` threads and 500 comments, and the cursor of the next; None at the end.

    Raises InvalidFields for a cursor that this order never gave.
    """
    after = parse_cursor(cursor, sort) if cursor else None
    if sort == "oldest":
        page, following = _oldest(table, article, limit, after)
    elif sort == "best" and (after is None or after.kind == "b"):
        page, following = _best(table, article, limit, after)
    else:
        page, following = _newest(table, article, limit, after)
    return [from_thread_entry(item) for item in page], str(following) if following else None


def parse_cursor(text: str, sort: Sort) -> Cursor:
    """A cursor from its text. Raises InvalidFields if it is none of this order's."""
    match = CURSOR.fullmatch(text)
    kinds = {"newest": "n", "oldest": "os", "best": "bn"}[sort]
    if not match or match[1] not in kinds or (match[1] == "b") != (match[3] is not None):
        raise InvalidFields([FieldProblem("cursor", "invalid_format")])
    return Cursor(match[1], match[2], int(match[3] or "0", 32))


@dataclass
class _Reader:
    """Reads an article's thread index in one direction, in as few and as small Queries as can be foreseen."""

    table: Table
    article: Article
    forward: bool
    after: str | None
    found: list[Item] = field(default_factory=list)
    ended: bool = False
    read: int = 0
    seen: set[str] = field(default_factory=set)

    def read_on(self, wanted: int) -> None:
        """Read about as many comments as `wanted` more threads have."""
        page = thread_index.entries(
            self.table, self.article.id, after=self.after, forward=self.forward, limit=self._expected(wanted)
        )
        self.found += page.items
        self.read += len(page.items)
        self.seen |= set(map(root, page.items))
        self.ended = page.next_key is None
        if page.items:
            self.after = page.items[-1][keys.THREAD_AT]

    def _expected(self, wanted: int) -> int:
        if self.seen:
            per_thread = self.read / len(self.seen)
        else:
            per_thread = max(1.0, self.article.comments / max(self.article.threads, 1))
        return min(PAGE_LIMIT + 1, int(wanted * per_thread * SPARE) + 2)


def _newest(table: Table, article: Article, limit: int, after: Cursor | None) -> Found:
    reader = _Reader(table, article, forward=True, after=after.at if after else None)
    while not reader.ended and len(reader.seen) <= limit and len(reader.found) <= PAGE_LIMIT:
        reader.read_on(limit - len(reader.seen))
    kept = set(list(dict.fromkeys(map(root, reader.found)))[:limit])
    page = [item for item in reader.found if root(item) in kept][:PAGE_LIMIT]
    more = len(reader.found) > len(page)
    return page, Cursor("n", page[-1][keys.THREAD_AT]) if more else None


def _oldest(table: Table, article: Article, limit: int, after: Cursor | None) -> Found:
    page: list[Item] = []
    if after and after.kind == "s":
        page = thread_index.thread_entries(table, article.id, after.at, PAGE_LIMIT + 1, after=True)
        if len(page) > PAGE_LIMIT:
            return page[:PAGE_LIMIT], Cursor("s", page[PAGE_LIMIT - 1][keys.THREAD_AT])
        limit -= bool(page)
    reader = _Reader(table, article, forward=False, after=threads.root_of(after.at) if after else None)
    while limit and len(page) < PAGE_LIMIT:
        room = PAGE_LIMIT - len(page)
        thread = _next_thread(reader, limit, room)
        if not thread:
            return page, None
        if len(thread) > room:
            # Read backwards, the thread came without its beginning: read it again from there.
            page += thread_index.thread_entries(table, article.id, root(thread[0]), room)
            return page, Cursor("s", page[-1][keys.THREAD_AT])
        page += thread
        limit -= 1
    while not reader.found and not reader.ended:
        reader.read_on(1)
    return page, Cursor("o", page[-1][keys.THREAD_AT]) if reader.found else None


def _next_thread(reader: _Reader, wanted: int, room: int) -> list[Item]:
    """Take the next thread off a descending reader, turned round: whole, or more than `room` of its comments."""
    while True:
        first = root(reader.found[0]) if reader.found else None
        length = sum(1 for item in reader.found if root(item) == first)
        whole = reader.ended or length < len(reader.found) or (length and _is_root(reader.found[-1]))
        if whole or length > room:
            thread, reader.found = reader.found[:length], reader.found[length:]
            return thread[::-1]
        reader.read_on(wanted)


def _best(table: Table, article: Article, limit: int, after: Cursor | None) -> Found:
    newest = thread_index.newest_entries(table, article.id, RANKED)
    by_root: dict[str, list[Item]] = {}
    for item in newest:
        by_root.setdefault(root(item), []).append(item)
    ranked = sorted((-_score(thread[0]), first, thread) for first, thread in by_root.items())
    page: list[Item] = []
    for score, first, thread in ranked:
        rest = thread
        if after and (score, first) <= (-after.score, root_of(after)):
            inside = (score, first) == (-after.score, root_of(after))
            rest = [item for item in thread if inside and item[keys.THREAD_AT] > after.at]
        if rest and (not limit or len(page) + len(rest) > PAGE_LIMIT):
            page += rest[: PAGE_LIMIT - len(page)] if limit else []
            return page, _best_cursor(page[-1], by_root)
        page += rest
        limit -= bool(rest)
    more = len(newest) == RANKED
    return page, Cursor("n", newest[-1][keys.THREAD_AT]) if more else None


def _best_cursor(last: Item, by_root: dict[str, list[Item]]) -> Cursor:
    return Cursor("b", last[keys.THREAD_AT], _score(by_root[root(last)][0]))


def _score(first: Item) -> int:
    """How a thread ranks by its first comment, as a whole number that fits a cursor."""
    if not _is_root(first):
        return 0
    return int(ranking.wilson_lower_bound(first.get("up", 0), first.get("down", 0)) * 2**29)


def _is_root(item: Item) -> bool:
    return len(item[keys.THREAD_AT]) == threads.WIDTH


def root(item: Item) -> str:
    """The part of an entry's sort key that its whole thread shares."""
    return threads.root_of(item[keys.THREAD_AT])


def root_of(cursor: Cursor) -> str:
    """The thread that a cursor stands in."""
    return threads.root_of(cursor.at)
