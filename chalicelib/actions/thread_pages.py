"""Pages of threads: newest, oldest or best first, each comment once; new comments do not move a cursor."""

import re
from dataclasses import dataclass, replace

from chalicelib.actions.thread_reader import LAST_QUERY, PAGE_LIMIT, Reader, is_root, per_thread, root
from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.model import Article, PublicComment, Sort, ThreadPage
from chalicelib.rules import ranking, threads
from chalicelib.storage import keys, thread_index
from chalicelib.storage.comments import from_thread_entry
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

RANKED = 1_000
"""Comments that `best` ranks: the newest ones. Behind them the newest order goes on."""
FRACTIONS = 32
"""A cursor tells the comments per thread in parts of this."""
SCORE_WIDTH = 6
SIZE_WIDTH = 3
CURSOR = re.compile(
    rf"([nosb])([0-9a-v]{{{threads.WIDTH},{threads.WIDTH * 10}}})(?:\.([0-9a-v]{{6}})|-([0-9a-v]{{3}}))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Cursor:
    """Where a page ended: `n` newest, `o` oldest after a whole thread, `s` oldest inside one, `b` best.

    `per_thread` is what the page's threads let expect of the next ones, in comments; it only spares reading.
    """

    kind: str
    at: str
    score: int = 0
    per_thread: float | None = None

    def __str__(self) -> str:
        if self.kind == "b":
            return f"b{self.at}.{threads.base32(self.score, SCORE_WIDTH)}"
        if self.per_thread is None:
            return self.kind + self.at
        return f"{self.kind}{self.at}-{threads.base32(int(self.per_thread * FRACTIONS), SIZE_WIDTH)}"


Found = tuple[list[Item], Cursor | None]


def read(table: Table, article: Article, is_open: bool, sort: Sort, limit: int, cursor: str | None) -> ThreadPage:
    """A page of at most `limit` threads and 500 comments; the first has the comment that is pinned, if any is.

    Raises InvalidFields for a cursor that this order never gave.
    """
    after = parse_cursor(cursor, sort) if cursor else None
    if sort == "oldest":
        page, following = _oldest(table, article, limit, after)
    elif sort == "best" and (after is None or after.kind == "b"):
        page, following = _best(table, article, limit, after)
    else:
        page, following = _newest(table, article, limit, after)
    return ThreadPage(
        article.id,
        article.comments,
        is_open,
        tuple(map(from_thread_entry, page)),
        str(following) if following else None,
        pinned=_pinned(table, article) if after is None else None,
        continues=bool(after and page and root(page[0]) == threads.root_of(after.at)),
    )


def _pinned(table: Table, article: Article) -> PublicComment | None:
    if article.pinned is None:
        return None
    return thread_index.comment_at(table, article.id, threads.thread_at(article.pinned))


def parse_cursor(text: str, sort: Sort) -> Cursor:
    """A cursor from its text. Raises InvalidFields if it is none of this order's."""
    match = CURSOR.fullmatch(text)
    kinds = {"newest": "n", "oldest": "os", "best": "bn"}[sort]
    if not match or match[1] not in kinds or (match[1] == "b") != (match[3] is not None):
        raise InvalidFields([FieldProblem("cursor", "invalid_format")])
    size = int(match[4], 32) / FRACTIONS if match[4] else None
    return Cursor(match[1], match[2], score=int(match[3] or "0", 32), per_thread=size)


def _newest(table: Table, article: Article, limit: int, after: Cursor | None) -> Found:
    reader = _reader(table, article, limit, after, forward=True)
    while not reader.ended and len(reader.sizes) <= limit and len(reader.found) <= PAGE_LIMIT:
        if reader.in_long_thread() and reader.queries < LAST_QUERY - 1:
            reader.finish_thread()
        else:
            reader.read_on()
    kept = set(list(reader.sizes)[:limit])
    page = [item for item in reader.found if root(item) in kept][:PAGE_LIMIT]
    more = len(reader.found) > len(page)
    return page, _after(page, "n", limit) if more else None


def _oldest(table: Table, article: Article, limit: int, after: Cursor | None) -> Found:
    page: list[Item] = []
    threads_wanted = limit
    if after and after.kind == "s":
        page = thread_index.thread_entries(table, article.id, after.at, PAGE_LIMIT + 1, after=True)
        if len(page) > PAGE_LIMIT:
            return page[:PAGE_LIMIT], _after(page[:PAGE_LIMIT], "s", limit)
        threads_wanted -= bool(page)
    whole = replace(after, at=threads.root_of(after.at)) if after else None
    reader = _reader(table, article, threads_wanted, whole, forward=False)
    while threads_wanted and len(page) < PAGE_LIMIT:
        room = PAGE_LIMIT - len(page)
        thread = _next_thread(reader, room)
        if not thread:
            return page, None
        page += thread[:room]
        if len(thread) > room:
            return page, _after(page, "s", limit)
        threads_wanted -= 1
    if not reader.found and not reader.ended:
        reader.read_on(most=1)
    return page, _after(page, "o", limit) if reader.found else None


def _next_thread(reader: Reader, room: int) -> list[Item]:
    """Take the next thread off a descending reader, turned round: whole, or more than `room` of its comments."""
    while True:
        first = root(reader.found[0]) if reader.found else None
        length = sum(1 for item in reader.found if root(item) == first)
        if reader.ended or length < len(reader.found) or (length and is_root(reader.found[-1])):
            thread, reader.found = reader.found[:length], reader.found[length:]
            return thread[::-1]
        if length > room or reader.in_long_thread():
            return reader.take_thread(room)
        reader.read_on()


def _reader(table: Table, article: Article, limit: int, after: Cursor | None, *, forward: bool) -> Reader:
    at, size = (after.at, after.per_thread) if after else (None, None)
    return Reader(table, article, forward=forward, after=at, limit=limit, per_thread=size)


def _after(page: list[Item], kind: str, limit: int) -> Cursor:
    return Cursor(kind, page[-1][keys.THREAD_AT], per_thread=per_thread(page, limit))


def _best(table: Table, article: Article, limit: int, after: Cursor | None) -> Found:
    newest = thread_index.newest_entries(table, article.id, RANKED)
    by_root: dict[str, list[Item]] = {}
    for item in newest:
        by_root.setdefault(root(item), []).append(item)
    ranked = sorted((-_score(thread[0]), first, thread) for first, thread in by_root.items())
    reached = (-after.score, threads.root_of(after.at)) if after else None
    page: list[Item] = []
    for score, first, thread in ranked:
        rest = thread
        if after and reached and (score, first) <= reached:
            inside = (score, first) == reached
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
    if not is_root(first):
        return 0
    return int(ranking.wilson_lower_bound(first.get("up", 0), first.get("down", 0)) * 2**29)
