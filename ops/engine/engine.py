"""How does one process offer DynamoDB: answered in memory, kept in one file before each answer?"""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from botocore.client import BaseClient

from ops.engine.doors import Endpoint, attach
from ops.engine.errors import EngineError
from ops.engine.interpreter import Answer, Interpreter, refusal
from ops.engine.rows import Changes, Rows

log = logging.getLogger(__name__)

TOKEN_SECONDS = 600
"""How long AWS remembers the token of a transaction."""


class Engine:
    """A DynamoDB in this process, kept in the file `path`, or in memory only when that is None.

    Requests run one at a time. What one changed is committed before it is answered, so that what was
    acknowledged survives a `kill -9`; a power cut may lose the last moments. One per process, at most.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        self._endpoints: list[Endpoint] = []
        self._open = True
        with ExitStack() as undo:
            self._interpreter = Interpreter()
            undo.callback(self._interpreter.close)
            try:
                self._rows = Rows(path)
                undo.callback(self._rows.close)
                self._interpreter.load(self._rows)
            except sqlite3.Error as error:
                raise EngineError(f"{path} cannot be read: {error}") from error
            undo.pop_all()

    def respond(self, target: str, body: bytes) -> Answer:
        """Answer one request of the JSON 1.0 protocol; target is its `X-Amz-Target`."""
        with self._lock:
            if not self._open:
                raise EngineError("the engine is closed")
            try:
                return self._answer(target, body)
            except (UnicodeError, RecursionError):
                return refusal("SerializationException", "the body must be UTF-8, nested 32 levels at most")
            except Exception:
                log.exception("%s failed and was undone", target)
                return refusal("InternalServerError", "the engine failed; its log says why", status=500)

    def expire(self, now: float) -> int:
        """Delete the items whose time to live ended by now (seconds since 1970); returns how many.

        Nothing else deletes them: whoever serves calls this now and then. Takes time with the table's size.
        """
        with self._lock, self._all_or_nothing():
            count = self._interpreter.expire(now)
            self._commit()
            self._rows.forget_tokens(before=now - TOKEN_SECONDS)
        return count

    def attach(self, client: BaseClient) -> None:
        """Make a botocore client of DynamoDB call this engine in process, without a socket."""
        attach(client, self.respond)

    def listen(self, port: int = 0) -> Endpoint:
        """Serve other processes of this machine on 127.0.0.1 (port 0: any free one), until it is closed."""
        endpoint = Endpoint(self.respond, port)
        self._endpoints.append(endpoint)
        return endpoint

    def close(self) -> None:
        for endpoint in self._endpoints:
            endpoint.close()
        with self._lock:
            if self._open:
                self._open = False
                self._interpreter.close()
                self._rows.close()

    def _answer(self, target: str, body: bytes) -> Answer:
        with self._all_or_nothing():
            answer = self._interpreter.run(target, body)
            self._commit()
        return answer

    def _commit(self) -> None:
        if self._interpreter.changes:
            self._rows.commit(self._interpreter.changes)
            self._interpreter.changes = Changes()

    @contextmanager
    def _all_or_nothing(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            # Memory may be ahead of the file: be what the file holds.
            self._interpreter.load(self._rows)
            raise
