"""What an action may touch: settings, table, clock, randomness, and what this environment remembers."""

import os
import random
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from chalicelib import settings
from chalicelib.storage.table import Table

Kept = TypeVar("Kept")
CAPACITY = 20_000
LAMBDA_ROLL_UP_SECONDS = 60


class Memory:
    """Values an environment remembers for a while, the oldest dropped first. Safe between threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._values: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def recall(
        self, key: Hashable, now: int, life: int, load: Callable[[], Kept], *, keep_none: bool = True
    ) -> Kept:
        """The value of `key`, loaded again once it is `life` milliseconds old."""
        with self._lock:
            if key in self._values:
                loaded_at, value = self._values[key]
                if loaded_at <= now < loaded_at + life:
                    kept: Kept = value
                    return kept
        fresh = load()
        if fresh is not None or keep_none:
            with self._lock:
                self._values[key] = (now, fresh)
                self._values.move_to_end(key)
                while len(self._values) > self._capacity:
                    self._values.popitem(last=False)
        return fresh

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


def build(configured: settings.Settings, client: Any, *, roll_up_seconds: int | None = None) -> Backend:
    """A backend on a DynamoDB client, with the real clock and the system's randomness."""
    table = Table(client, configured.table, pause=time.sleep, jitter=random.SystemRandom().random)
    return Backend(
        settings=configured,
        table=table,
        now=lambda: time.time_ns() // 1_000_000,
        random_bytes=secrets.token_bytes,
        roll_up_seconds=roll_up_seconds or configured.roll_up_seconds,
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
    )
