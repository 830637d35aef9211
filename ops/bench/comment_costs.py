"""What does a comment cost to post?"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from chalicelib.actions import comments
from chalicelib.backend import Backend
from chalicelib.model import Comment
from ops.bench.meter import Cost
from ops.bench.row import Row
from ops.bench.site import Site, open_site, reader, register

MOST = (12 + 4, 2.0 + 2, 2 + 2)
"""Write units, read units and calls of a comment within 1 KB, with what moderation rules may add."""
PER_KB = 3
LETTERS_PER_KB = 1024
KILOBYTES = (2, 3, 4, 5)


def rows() -> Iterator[Row]:
    """A comment published, held, answered, sent twice, and longer ones."""
    with open_site() as site:
        backend = site.environment(moderation="none")
        first = posted(site, backend, 0, "warms the environment")[1]
        cost, comment = posted(site, backend, 1, "x" * 300, submission_id="submission-1")
        yield bounded("comment published", cost)
        yield bounded("comment held", posted(site, site.environment(moderation="all"), 2, "x" * 300, warm=True)[0])
        yield bounded("reply published", posted(site, backend, 3, "x" * 300, parent_id=first.id)[0])
        again, same = posted(site, backend, 1, "x" * 300, submission_id="submission-1")
        found = (again.write_units, again.calls) == (0, 1) and again.read_units <= MOST[1] and same == comment
        yield Row("submission sent again", f"0 WU, {MOST[1]:g} RU, 1 call", str(again), found)
        yield longer_row(site, backend, cost)


def posted(
    site: Site, backend: Backend, n: int, content: str, *, warm: bool = False, **fields: Any
) -> tuple[Cost, Comment]:
    """A comment of the n-th author, from a network of its own."""
    register(backend, "article")
    if warm:
        posted(site, backend, 1_000 + n, "warms the environment")
    with site.meter.measured() as cost:
        result = comments.post(
            backend,
            reader(n * 250),
            article_id="article",
            author_name="Zoé Martin",
            author_email=f"zoe.martin.{n}@example.org",
            content=content,
            **fields,
        )
    return cost, result.comment


def bounded(operation: str, cost: Cost) -> Row:
    """A row that holds when the cost is within the bound of a comment of 1 KB."""
    units, reads, calls = MOST
    holds = cost.write_units <= units and cost.read_units <= reads and cost.calls <= calls
    return Row(operation, f"{units} WU, {reads:g} RU, {calls} calls", str(cost), holds)


def longer_row(site: Site, backend: Backend, short: Cost) -> Row:
    """What each further KB of a published comment adds."""
    units = [short.write_units]
    for kilobytes in KILOBYTES:
        letters = (kilobytes - 1) * LETTERS_PER_KB + 300
        units.append(posted(site, backend, 10 + kilobytes, "x" * letters)[0].write_units)
    added = [after - before for before, after in pairwise(units)]
    measured = ", ".join(f"{extra:+}" for extra in added)
    return Row("each further KB of a comment", f"+{PER_KB} WU", f"{measured} WU", max(added) <= PER_KB)
