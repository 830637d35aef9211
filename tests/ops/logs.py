"""Access logs for the tests, and what an import of one leaves in the table."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chalicelib.backend import Backend
from chalicelib.rules import instants
from tests.scene import FIREFOX, Service

Write = Callable[..., Path]
ARTICLES = r"^/articles/(?P<article_id>[^/]+)/?$"
DAYS = ("2015-05-17", "2026-03-09", "2026-03-11")
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
SITE = "https://news.example.org"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def a_line(
    at: str = "2026-03-01T10:05:00",
    path: str = "/articles/a1",
    *,
    address: str = "203.0.113.7",
    agent: str = FIREFOX,
    method: str = "GET",
    status: int = 200,
    offset: str = "+0000",
) -> str:
    """A line in combined format; `at` is the local time at `offset`."""
    date, time = at.split("T")
    year, month, day = date.split("-")
    stamp = f"{day}/{MONTHS[int(month) - 1]}/{year}:{time} {offset}"
    return f'{address} - - [{stamp}] "{method} {path} HTTP/1.1" {status} 512 "-" "{agent}"'


def write_log(folder: Path, *lines: str, name: str = "access.log") -> Path:
    """Write lines to a log; one whose name ends in .gz is compressed."""
    path = folder / name
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def kept(backend: Backend) -> dict[str, Any]:
    """All that an import may write: articles, hours, days, the past and the lists."""
    return {
        f"{item['pk']} {item['sk']}": item
        for prefix in ("ARTICLE#", "HOUR#", "DAY#", "PAST#", "LIST#", "DAYS", "LISTED")
        for item in backend.table.scan_prefix(prefix)
    }


def listed(service: Service, window: str = "all") -> list[tuple[str, int]]:
    """A list of the whole site as readers see it, read anew."""
    service.clock.forward(seconds=3)
    rows = service.call("GET", f"/most-read?window={window}&limit=100").json["articles"]
    service.clock.forward(seconds=-3)
    return [(row["article_id"], row["views"]) for row in rows]


def views_of(service: Service, article_id: str = "a1") -> Any:
    """An article's all-time count."""
    return service.call("GET", f"/articles/{article_id}").json.get("views")


def hour(at: str) -> int:
    """The number of an hour, by any time in it."""
    return instants.hour_of(instants.parse(f"{at}Z"))
