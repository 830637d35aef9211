"""Where the journal of a local service goes: nowhere, unless LOG names a file or is `-` for standard error."""

import logging
import os
import select
import sys
import threading
from collections.abc import Callable, Mapping

from chalicelib import journal
from chalicelib.backend import Backend
from ops.errors import OperatorError

VARIABLE = "LOG"
STANDARD_ERROR = "-"


def sink(environ: Mapping[str, str]) -> Callable[[str], None]:
    """What takes a line. Raises OperatorError for a file that cannot be written."""
    name = environ.get(VARIABLE)
    if not name:
        return journal.nowhere
    if name == STANDARD_ERROR:
        return Lines(sys.stderr.fileno())
    try:
        return Lines(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, 0o600))
    except OSError as error:
        raise OperatorError(f"{name} cannot be written ({error.strerror}): set LOG to another file") from error


class Lines:
    """Writes lines to an open file. What a full pipe has no room for is dropped, so that nobody waits for it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def __call__(self, text: str) -> None:
        """Write a line and its end in one piece."""
        data = f"{text}\n".encode()
        with self._lock:
            # A pipe that can be written has room for PIPE_BUF bytes, and no more may be had without waiting.
            _, writable, _ = select.select([], [self._descriptor], [], 0)
            if writable and len(data) <= select.PIPE_BUF:
                os.write(self._descriptor, data)


class Heard(logging.Handler):
    """Tells the journal what libraries log, as far as it tells nothing of anyone: by whom, and what failed."""

    def __init__(self, backend: Backend) -> None:
        super().__init__(logging.WARNING)
        self._backend = backend

    def emit(self, record: logging.LogRecord) -> None:
        """Write the logger's name, and the kind and place of the exception if there is one."""
        error = record.exc_info[1] if record.exc_info else None
        self._backend.tell("library", {"logger": record.name} | (journal.failure(error) if error else {}))
