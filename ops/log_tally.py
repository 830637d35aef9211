"""Who read which article in which hour, by access logs: readers are kept, 4 bytes each, lines are not."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from chalicelib.actions import identity
from chalicelib.backend import Backend
from chalicelib.rules import bots, instants, keyed, network, ranking
from chalicelib.rules.articles import is_article_id
from ops import access_log
from ops.access_log import Request
from ops.errors import OperatorError
from ops.progress import Progress
from ops.report import Report

COUNTED_STATUSES = frozenset({200, 304})
MALFORMED_SHOWN = 5

wide_network = lru_cache(maxsize=65_536)(network.wide_network)


@dataclass
class Tally:
    """What counts of the lines read: readers and lines by hour and article, in hours of the log."""

    secret: bytes
    readers: dict[tuple[int, str], dict[int, set[bytes]]] = field(default_factory=dict)
    lines: Counter[tuple[int, str]] = field(default_factory=Counter)
    first: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The earliest time of each article, and the path it was asked for by."""
    last: int = 0
    """The time of the latest line in the format, whether it counts or not."""
    _salts: dict[int, bytes] = field(default_factory=dict)

    def count(self, request: Request, article_id: str) -> None:
        """Count a request for an article."""
        hour, slot = instants.hour_of(request.at), instants.slot_of(request.at)
        salt = self._salt(instants.day_of_hour(hour))
        reader = keyed.reader_hash(
            salt, article_id, wide_network(request.address), request.address, request.user_agent
        )
        slots = self.readers.setdefault((hour, article_id), defaultdict(set))
        slots[slot].add(reader)
        self.lines[hour, article_id] += 1
        found = (request.at, request.path)
        self.first[article_id] = min(found, self.first.get(article_id, found))

    def views_of(self, hour: int, article_id: str) -> ranking.HourViews:
        """An article's readers in one hour."""
        return ranking.count_readers(ranking.first_slots(self.readers[hour, article_id].items()))

    def articles_by_hour(self) -> dict[int, set[str]]:
        """The articles that were read in each hour."""
        found: dict[int, set[str]] = defaultdict(set)
        for hour, article_id in self.readers:
            found[hour].add(article_id)
        return found

    def lines_by_article(self) -> Counter[str]:
        """How many lines count for each article."""
        found: Counter[str] = Counter()
        for (_, article_id), lines in self.lines.items():
            found[article_id] += lines
        return found

    def _salt(self, day: int) -> bytes:
        """An imported day's salt: made of the site's secret, so that the same log gives the same readers."""
        if day not in self._salts:
            self._salts[day] = keyed.keyed_hash(self.secret, "imported-salt", str(day))
        return self._salts[day]


def read_logs(
    backend: Backend,
    files: list[Path],
    pattern: re.Pattern[str],
    report: Report,
    *,
    latest: int | None,
    progress: Progress,
) -> Tally:
    """Read logs in one go. Lines later than `latest` (milliseconds) do not count. Raises OperatorError."""
    tally = Tally(identity.site_secret(backend))
    with progress("reading", sum(map(_size, files)), "B") as step:
        for path in files:
            for number, line in enumerate(access_log.lines(path, step), start=1):
                if not line or line.isspace():
                    continue
                report.read["lines"] += 1
                request = access_log.parse(line)
                if request is None:
                    report.skipped["malformed"] += 1
                    if report.skipped["malformed"] <= MALFORMED_SHOWN:
                        report.details.append(f"malformed: {path}, line {number}")
                    continue
                tally.last = max(tally.last, request.at)
                reason, article_id = _judged(request, pattern, latest)
                if reason is None:
                    tally.count(request, article_id)
                else:
                    report.skipped[reason] += 1
    return tally


def _judged(request: Request, pattern: re.Pattern[str], latest: int | None) -> tuple[str | None, str]:
    """Why a request does not count, None if it does, and its article."""
    match = pattern.search(request.path)
    article_id = (match["article_id"] if match else None) or ""
    reasons = (
        ("other_method", request.method != "GET"),
        ("other_status", request.status not in COUNTED_STATUSES),
        ("other_path", not match or match["article_id"] is None),
        ("invalid_id", not is_article_id(article_id)),
    )
    reason = next((reason for reason, applies in reasons if applies), None)
    if reason is None and bots.is_bot(request.user_agent):
        reason = "bot"
    if reason is None and latest is not None and request.at > latest:
        reason = "future"
    return reason, article_id


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise OperatorError(f"{path} cannot be read: {error.strerror}") from error
