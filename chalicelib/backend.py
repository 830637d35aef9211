"""What an action may touch: settings, table, clock, randomness, and what this environment remembers."""

import contextlib
import os
import random
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any, TypeVar, cast

from chalicelib import journal, settings
from chalicelib.errors import Busy
from chalicelib.storage.table import Table

Kept = TypeVar("Kept")
Measure = Callable[[], journal.Facts]
CAPACITY = 20_000
LAMBDA_ROLL_UP_SECONDS = 60
NOT_AGAIN = 5_000
"""Milliseconds after a try that failed for which a stale value is used without another."""


class Memory:
    """Values an environment remembers for a while, those least used dropped first. Safe between threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._values: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._failed: dict[Hashable, int] = {}

    def recall(
        self,
        key: Hashable,
        now: int,
        life: int,
        load: Callable[[], Kept],
        *,
        keep_none: bool = True,
        stale: int = 0,
    ) -> Kept:
        """The value of `key`, loaded again once it is `life` milliseconds old.

        Where the table cannot tell it may be `stale` milliseconds old; older, or unknown, Busy is raised.
        """
        held = self._entry(key, now, max(life, stale) if self._failed_lately(key, now) else life)
        if held:
            return cast(Kept, held[1])
        try:
            fresh = load()
        except Busy:
            held = self._entry(key, now, stale)
            if held is None:
                raise
            with self._lock:
                self._failed[key] = now
            return cast(Kept, held[1])
        if fresh is None and not keep_none:
            self.forget(key)
            return fresh
        with self._lock:
            self._values[key] = (now, fresh)
            self._values.move_to_end(key)
            while len(self._values) > self._capacity:
                self._values.popitem(last=False)
        return fresh

    def remembered(self, key: Hashable, now: int, age: int) -> Any | None:
        """The value of `key` if it is less than `age` milliseconds old, else None; nothing is loaded."""
        held = self._entry(key, now, age)
        return held[1] if held else None

    def _failed_lately(self, key: Hashable, now: int) -> bool:
        with self._lock:
            failed = self._failed.get(key)
            if failed is not None and not failed <= now < failed + NOT_AGAIN:
                del self._failed[key]
                return False
        return failed is not None

    def _entry(self, key: Hashable, now: int, age: int) -> tuple[int, Any] | None:
        with self._lock:
            held = self._values.get(key)
            if held:
                # What is asked for all the time outlasts any number of things that are asked for once.
                self._values.move_to_end(key)
        return held if held and held[0] <= now < held[0] + age else None

    def forget(self, key: Hashable) -> None:
        """Drop one value."""
        with self._lock:
            self._values.pop(key, None)


@dataclass
class Backend:
    """All that actions share with the world. Times are milliseconds since 1970, UTC."""

    settings: settings.Settings
    table: Table
    now: Callable[[], int]
    random_bytes: Callable[[int], bytes]
    roll_up_seconds: int
    memory: Memory = field(default_factory=Memory)
    environment: str = ""
    sink: Callable[[str], None] = journal.nowhere
    _own: dict[type, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Draw the name under which this environment writes its view sets."""
        self.environment = self.environment or self.random_bytes(6).hex()

    def own(self, kind: type[Kept]) -> Kept:
        """This environment's one object of a class, made when it is first asked for."""
        if kind not in self._own:
            self._own.setdefault(kind, kind())
        kept: Kept = self._own[kind]
        return kept

    def measure(self) -> Measure:
        """Begin to measure; what is given back tells this thread's milliseconds, calls and units since then."""
        began, before = self.now(), self.table.spent

        def told() -> journal.Facts:
            return {"milliseconds": max(self.now() - began, 0), **asdict(self.table.spent.since(before))}

        return told

    def tell(self, event: str, facts: journal.Facts, metrics: Iterable[journal.Metric] = ()) -> None:
        """Write an event and its metrics to the journal; what the journal cannot take stops nobody's work."""
        with contextlib.suppress(Exception):
            self.sink(journal.line(event, self.now(), self.settings.table, facts, metrics))


def clock() -> int:
    """The real time."""
    return time.time_ns() // 1_000_000


def build(
    configured: settings.Settings,
    client: Any,
    *,
    roll_up_seconds: int | None = None,
    sink: Callable[[str], None] = journal.nowhere,
) -> Backend:
    """A backend on a DynamoDB client, with the real clock and the system's randomness; `sink` takes its lines."""
    table = Table(client, configured.table, pause=time.sleep, jitter=random.SystemRandom().random, now=clock)
    return Backend(
        settings=configured,
        table=table,
        now=clock,
        random_bytes=secrets.token_bytes,
        roll_up_seconds=roll_up_seconds or configured.roll_up_seconds,
        sink=sink,
    )


@cache
def backend() -> Backend:
    """The backend of this process, made on first use from the environment variables."""
    from chalicelib.storage.client import make_client

    on_lambda = "AWS_LAMBDA_FUNCTION_NAME" in os.environ
    return build(
        settings.read(os.environ),
        make_client(),
        roll_up_seconds=LAMBDA_ROLL_UP_SECONDS if on_lambda else None,
        sink=journal.standard_output if on_lambda else journal.nowhere,
    )
