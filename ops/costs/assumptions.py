"""What is assumed of a site and its readers, where nothing can be measured: one table, printed in the docs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

SIZES = (100_000, 1_000_000, 10_000_000, 100_000_000)
"""Views a month that the tables show, and between which a roll-up's cost is interpolated."""
LEVER_SIZE = 1_000_000
"""Views a month for which it is measured what a roll-up costs without sections."""


def _assumed(value: float, meaning: str) -> Any:
    return field(default=value, metadata={"meaning": meaning})


@dataclass(frozen=True)
class Assumptions:
    """The numbers, each with its meaning; shares are of the views that count."""

    hours: float = _assumed(730, "hours in a month")
    articles_a_day: int = _assumed(
        30, "articles registered a day; those of 30 days are read, the n-th newest 1/n as often"
    )
    changes_an_article: float = _assumed(3, "requests of the CMS for each article: registered once, changed twice")
    sections: int = _assumed(8, "sections, each with lists of its own")
    repeats: float = _assumed(
        0.10, "repeated views sent beside those that count, each charged as written once more"
    )
    bots: float = _assumed(0.05, "views refused as a bot's or a prefetch's")
    lists_alone: float = _assumed(0.20, "lists read without a view, as home pages do")
    comment_pages: float = _assumed(0.25, "pages of 20 threads read")
    new_browsers: float = _assumed(
        0.15, "views by a browser that has not kept the script: its first, or after months"
    )
    comments: float = _assumed(0.002, "comments posted")
    held: float = _assumed(
        0.3, "share of comments that wait for a moderator, who decides on each by a request of its own"
    )
    queue_pages_a_day: float = _assumed(
        30, "pages of the moderation queue read a day, beside one for each decision"
    )
    months_kept: float = _assumed(12, "months of comments, articles and hours in the table")
    peak: float = _assumed(3, "requests in the busiest hours, in parts of the average")
    cdn_caches: int = _assumed(4, "caches of the CDN that ask for a list, each once a minute at most")
    lists_shown: int = _assumed(10, "different lists that pages ask for")
    milliseconds: float = _assumed(10, "milliseconds of a request without a call (512 MB, arm64)")
    milliseconds_a_call: float = _assumed(10, "milliseconds that each call to DynamoDB adds")
    milliseconds_a_kb: float = _assumed(1, "milliseconds that each KB of an answer adds")
    milliseconds_an_article: float = _assumed(
        0.5, "milliseconds of a roll-up for each article read in the open hours"
    )
    cold_starts: float = _assumed(0.01, "share of requests that begin a new environment")
    cold_start: float = _assumed(1_000, "milliseconds that this adds; Lambda charges for them")
    answer_overhead: int = _assumed(400, "bytes that the door adds to an answer's own headers and body")
    item_overhead: int = _assumed(100, "bytes that DynamoDB adds to each item and index entry in storage")


def rows(assumptions: Assumptions) -> Iterator[tuple[str, float, str]]:
    """Each assumption: its name, its value, its meaning."""
    for one in fields(assumptions):
        yield one.name, getattr(assumptions, one.name), one.metadata["meaning"]
