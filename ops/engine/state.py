"""Whose is the state folder: this process's, with an engine of its own, or that of a running `make serve`?"""

import fcntl
import os
import socket
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import boto3
import botocore.session
from botocore.config import Config

from ops.engine.doors import PLAIN
from ops.engine.engine import Engine
from ops.engine.errors import EngineError, StateError
from ops.engine.interpreter import REGION

LOCK, DATABASE, ENDPOINT = "lock", "tribune.sqlite3", "endpoint"
# Never looked up: an attached client opens no socket.
IN_PROCESS = "http://engine.invalid"
PATIENCE_SECONDS = 5.0
PROBE_SECONDS = 0.05


class Store:
    """The DynamoDB of one state folder, wherever its engine runs. Close it, or use it in a `with`."""

    def __init__(self, folder: Path, *, engine: Engine | None, lock: int | None, url: str | None) -> None:
        self._folder = folder
        self._engine = engine
        self._lock = lock
        self._session = _session()
        self.url = url
        """Where the engine listens; None while it does not."""

    @property
    def owner(self) -> bool:
        """Whether the engine runs in this process."""
        return self._engine is not None

    def client(self, **config: Any) -> Any:
        """A botocore client of DynamoDB; config is that of `botocore.config.Config`."""
        url = self.url if self._engine is None else IN_PROCESS
        client = self._session.client("dynamodb", endpoint_url=url, config=Config(**config).merge(PLAIN))
        if self._engine:
            self._engine.attach(client)
        return client

    def listen(self, port: int = 0) -> str:
        """Let other processes use this engine; returns the URL, which they find in the folder."""
        if self._engine is None:
            raise StateError(f"{self._folder} belongs to a running process: only that one can listen")
        self.url = self._engine.listen(port).url
        _write(self._folder / ENDPOINT, self.url)
        return self.url

    def expire(self, now: float) -> int:
        """Delete what has outlived its time to live, if the engine runs here (seconds since 1970)."""
        return self._engine.expire(now) if self._engine else 0

    def close(self) -> None:
        """Let the next process have the folder."""
        if self._engine and self._lock is not None:
            # The file first: whoever gets the lock next writes its own.
            (self._folder / ENDPOINT).unlink(missing_ok=True)
            self._engine.close()
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(state: Path, *, patience: float = PATIENCE_SECONDS) -> Store:
    """The store kept in this folder, made if it is missing.

    While another process holds the folder, waits `patience` seconds for it to listen.
    """
    try:
        # It holds addresses of readers.
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        deadline = time.monotonic() + patience
        while True:
            lock = _take(state / LOCK)
            if lock is not None:
                return _own(state, lock)
            url = _reachable(state / ENDPOINT)
            if url:
                return Store(state, engine=None, lock=None, url=url)
            if time.monotonic() >= deadline:
                raise StateError(f"{state} is in use by a process that does not listen: let it end first")
            time.sleep(PROBE_SECONDS)
    except OSError as error:
        problem = f"{state} cannot keep the state ({error.strerror}): name a folder you can write"
        raise StateError(problem) from error


def _own(state: Path, lock: int) -> Store:
    try:
        # Left by a process that was killed.
        (state / ENDPOINT).unlink(missing_ok=True)
        return Store(state, engine=Engine(state / DATABASE), lock=lock, url=None)
    except EngineError as error:
        os.close(lock)
        raise StateError(f"{state} cannot be opened: {error}") from error
    except BaseException:
        os.close(lock)
        raise


def _take(path: Path) -> int | None:
    """The lock, held until it is closed or its process ends; None while another has it."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    except BaseException:
        os.close(lock)
        raise
    return lock


def _reachable(path: Path) -> str | None:
    """The URL in the file, if something answers there."""
    try:
        url = path.read_text("utf-8")
        address = urlsplit(url)
        socket.create_connection((address.hostname or "", address.port or 0), timeout=1).close()
    except (OSError, ValueError):
        return None
    return url


def _write(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    draft.write_text(text, "utf-8")
    draft.replace(path)


def _session() -> boto3.session.Session:
    # Not the caller's profile, which need not exist: nothing here leaves the machine.
    unprofiled = botocore.session.Session(session_vars={"profile": (None, None, None, None)})
    return boto3.session.Session(region_name=REGION, botocore_session=unprofiled)
