"""What survives a `kill -9`: the tables, items and request tokens of one engine, in one SQLite file."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ops.engine.errors import EngineError

ItemKey = tuple[str, str, str]
"""Table name, partition key and sort key, the keys as ministack spells them."""

FORMAT = 1
SCHEMA = """
CREATE TABLE definitions (name TEXT PRIMARY KEY, definition TEXT NOT NULL);
CREATE TABLE items (
    name TEXT NOT NULL, pk TEXT NOT NULL, sk TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (name, pk, sk)
);
CREATE TABLE tokens (token TEXT PRIMARY KEY, completed_at REAL NOT NULL, outcome TEXT NOT NULL);
"""
UPSERT_ITEM = """
INSERT INTO items VALUES (?, ?, ?, ?) ON CONFLICT (name, pk, sk) DO UPDATE SET item = excluded.item
"""


@dataclass
class Changes:
    """What one request changed. An item of None was deleted; definitions of None were not touched."""

    items: dict[ItemKey, dict[str, Any] | None] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    definitions: dict[str, dict[str, Any]] | None = None

    def __bool__(self) -> bool:
        return bool(self.items or self.tokens or self.definitions is not None)


class Rows:
    """The file. Without a path the rows live in memory, and go with the engine."""

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", 0, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        # Exclusive: a second engine on this file would answer from its own memory. In WAL mode `normal`
        # leaves every commit with the operating system: it survives the process, not a power cut.
        for pragma in ("locking_mode = exclusive", "journal_mode = wal", "synchronous = normal"):
            self._db.execute(f"PRAGMA {pragma}")
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version not in (0, FORMAT):
            raise EngineError(f"the engine's file has format {version}, this version reads {FORMAT}")
        if version == 0:
            self._db.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT")

    def commit(self, changes: Changes) -> None:
        """All of the changes or, when this raises, none."""
        kept = [(*key, json.dumps(item)) for key, item in changes.items.items() if item is not None]
        gone = [key for key, item in changes.items.items() if item is None]
        tokens = [(name, done["completed_at"], json.dumps(done)) for name, done in changes.tokens.items()]
        with self._db:
            self._db.execute("BEGIN")
            if changes.definitions is not None:
                self._define(changes.definitions)
            self._db.executemany(UPSERT_ITEM, kept)
            self._db.executemany("DELETE FROM items WHERE name = ? AND pk = ? AND sk = ?", gone)
            self._db.executemany("INSERT OR REPLACE INTO tokens VALUES (?, ?, ?)", tokens)

    def _define(self, definitions: dict[str, dict[str, Any]]) -> None:
        before = [name for (name,) in self._db.execute("SELECT name FROM definitions")]
        dropped = [(name,) for name in before if name not in definitions]
        self._db.executemany("DELETE FROM items WHERE name = ?", dropped)
        self._db.executemany("DELETE FROM definitions WHERE name = ?", dropped)
        rows = [(name, json.dumps(definition)) for name, definition in definitions.items()]
        self._db.executemany("INSERT OR REPLACE INTO definitions VALUES (?, ?)", rows)

    def definitions(self) -> dict[str, dict[str, Any]]:
        rows = self._db.execute("SELECT name, definition FROM definitions")
        return {name: json.loads(definition) for name, definition in rows}

    def items(self) -> Iterator[tuple[ItemKey, dict[str, Any]]]:
        with closing(self._db.execute("SELECT name, pk, sk, item FROM items")) as rows:
            for name, pk, sk, item in rows:
                yield (name, pk, sk), json.loads(item)

    def tokens(self) -> dict[str, dict[str, Any]]:
        rows = self._db.execute("SELECT token, outcome FROM tokens")
        return {token: json.loads(outcome) for token, outcome in rows}

    def forget_tokens(self, before: float) -> None:
        """Drop the tokens of transactions completed before this time, in seconds since 1970."""
        self._db.execute("DELETE FROM tokens WHERE completed_at < ?", (before,))

    def close(self) -> None:
        self._db.close()
