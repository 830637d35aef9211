"""Reads access logs in combined format, as Apache and nginx write them, plain or compressed with gzip."""

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from chalicelib.rules import instants
from ops.errors import OperatorError
from ops.progress import Step

GZIP = b"\x1f\x8b"
QUOTED = r'"((?:[^"\\]++|\\.)*+)"'
LINE = re.compile(
    rf"(?P<address>\S+) \S+ \S+ \[(?P<time>[^\]]+)\] {QUOTED} (?P<status>\d{{3}}) \S+ {QUOTED} {QUOTED}(?: .*)?",
    re.ASCII,
)
TIME = re.compile(
    r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])([01]\d|2[0-3])([0-5]\d)",
    re.ASCII,
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Request:
    """One line. `at` in milliseconds UTC; `path` as logged, neither decoded nor with its query."""

    address: str
    at: int
    method: str
    path: str
    status: int
    user_agent: str


def parse(line: str) -> Request | None:
    """The request of a line, which may go on after the agent; None for a line that is not in the format."""
    match = LINE.fullmatch(line)
    at = _milliseconds(match["time"]) if match else None
    if match is None or at is None:
        return None
    _, _, request, _, _, agent = match.groups()
    method, _, rest = request.partition(" ")
    target = rest.rpartition(" HTTP/")[0] or rest
    return Request(match["address"], at, method, target.partition("?")[0], int(match["status"]), agent)


def lines(path: Path, step: Step) -> Iterator[str]:
    """The lines of a log, without their ends; `step` is told of every byte read from the file.

    Bytes that are not UTF-8 come as lone surrogates, so that no two agents become one. Raises OperatorError.
    """
    try:
        with path.open("rb", buffering=0) as file:
            for line in _unpacked(io.BufferedReader(_Watched(file, step))):
                yield line.decode("utf-8", "surrogateescape").rstrip("\r\n")
    except (OSError, EOFError, zlib.error) as error:
        raise OperatorError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _unpacked(file: io.BufferedReader) -> Iterable[bytes]:
    return gzip.open(file) if file.peek(len(GZIP))[: len(GZIP)] == GZIP else file


class _Watched(io.RawIOBase):
    """A file that tells how much of it was read."""

    def __init__(self, file: io.RawIOBase, step: Step) -> None:
        self._file = file
        self._step = step

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]  # what io passes
        """Fill a buffer."""
        count = self._file.readinto(buffer)
        self._step(count or 0)
        return count


@lru_cache(maxsize=4096)
def _milliseconds(time: str) -> int | None:
    match = TIME.fullmatch(time)
    if not match:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    try:
        local = datetime(
            int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except ValueError:
        return None
    offset = int(hours) * instants.HOUR + int(minutes) * instants.MINUTE
    at = instants.milliseconds(local) + (offset if sign == "-" else -offset)
    return at if at >= 0 else None
