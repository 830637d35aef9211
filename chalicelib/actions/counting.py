"""What an environment remembers to count views cheaply: that an article exists, and the readers it has written."""

import threading
from collections import Counter, defaultdict

from chalicelib.backend import Backend
from chalicelib.model import Article
from chalicelib.rules import instants
from chalicelib.storage import articles
from chalicelib.storage.views import READERS_PER_SET

ARTICLE_REMEMBERED = 60 * instants.SECOND
MOST_READERS = 500_000
"""Readers remembered, about 50 MB; beyond it the memory starts afresh, which costs writes but no count."""


class WrittenReaders:
    """The readers of the running hours that this environment has written, or is writing just now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers: dict[tuple[int, str], set[bytes]] = defaultdict(set)
        self._in_slot: Counter[tuple[int, int, str]] = Counter()
        self._size = 0

    def claim(self, hour: int, slot: int, article_id: str, reader: bytes) -> int | None:
        """Take a reader to write: the number of the set that is to hold it, None if it is a repeat."""
        with self._lock:
            self._make_room(hour)
            readers = self._readers[hour, article_id]
            if reader in readers:
                return None
            readers.add(reader)
            self._size += 1
            self._in_slot[hour, slot, article_id] += 1
            return (self._in_slot[hour, slot, article_id] - 1) // READERS_PER_SET

    def release(self, hour: int, article_id: str, reader: bytes) -> None:
        """Give a reader back whose write failed, so that its next view counts."""
        with self._lock:
            if reader in self._readers[hour, article_id]:
                self._readers[hour, article_id].remove(reader)
                self._size -= 1

    def _make_room(self, hour: int) -> None:
        full = self._size >= MOST_READERS
        past = [key for key in self._readers if full or key[0] < hour - 1] if full or self._is_old(hour) else []
        for key in past:
            self._size -= len(self._readers.pop(key))
        if past:
            self._in_slot = Counter({key: n for key, n in self._in_slot.items() if key[0] >= hour - 1})

    def _is_old(self, hour: int) -> bool:
        oldest = next(iter(self._readers), None)
        return oldest is not None and oldest[0] < hour - 1


def known_article(backend: Backend, article_id: str) -> Article | None:
    """An article as last known; that one exists is remembered for a minute, that one does not never."""
    return backend.memory.recall(
        ("article", article_id),
        backend.now(),
        ARTICLE_REMEMBERED,
        lambda: articles.read(backend.table, article_id),
        keep_none=False,
    )


def remembered_article(backend: Backend, article_id: str) -> Article | None:
    """The same, without asking the table."""
    article: Article | None = backend.memory.remembered(("article", article_id), backend.now(), ARTICLE_REMEMBERED)
    return article


def forget(backend: Backend, article_id: str) -> None:
    """Drop what is remembered of an article that changed."""
    backend.memory.forget(("article", article_id))
