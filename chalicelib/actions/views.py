"""Page views: who counts as a reader, and the most-read lists that come of it."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.actions import counting, identity
from chalicelib.backend import Backend
from chalicelib.model import Caller, ListSort, MostRead, ViewOutcome, Window
from chalicelib.rules import bots, instants, keyed, network
from chalicelib.storage import lists, views


def record(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    most_read: Window | None = None,
    section: str | None = None,
    sort: ListSort = "views",
    limit: int = 5,
    exclude: Sequence[str] = (),
    published_within: int | None = None,
) -> ViewOutcome:
    """Count a view of an article, or say why not; gives the list `most_read` as well if it is asked for."""
    article = counting.known_article(backend, article_id)
    reason = bots.refusal_of_view(caller.headers)
    if reason is None and article is None:
        reason = "unknown_article"
    if reason is None and not count(backend, article_id, caller.address, caller.user_agent):
        reason = "repeat"
    listed = None
    if most_read:
        listed = top(
            backend,
            caller,
            window=most_read,
            section=section,
            sort=sort,
            limit=limit,
            exclude=exclude,
            published_within=published_within,
        )
    return ViewOutcome(reason is None, reason, article.views if article else None, listed)


def count(backend: Backend, article_id: str, address: str, user_agent: str) -> bool:
    """Write a reader into the running slot's set; False if this environment has already done so this hour.

    One write unit, no read, no condition: written twice, it counts once. Raises Busy if it was not written.
    """
    now = backend.now()
    hour, slot = instants.hour_of(now), instants.slot_of(now)
    salt = identity.salt_of_day(backend, instants.day_of_hour(hour))
    reader = keyed.reader_hash(salt, article_id, network.wide_network(address), address, user_agent)
    written = backend.own(counting.WrittenReaders)
    n = written.claim(hour, slot, article_id, reader)
    if n is None:
        return False
    try:
        views.add_reader(
            backend.table,
            hour=hour,
            slot=slot,
            article_id=article_id,
            environment=backend.environment,
            n=n,
            reader=reader,
            partitions=backend.settings.view_partitions,
        )
    except BaseException:
        written.release(hour, article_id, reader)
        raise
    return True


def top(
    backend: Backend,
    caller: Caller,
    *,
    window: Window = "24h",
    section: str | None = None,
    sort: ListSort = "views",
    limit: int = 5,
    exclude: Sequence[str] = (),
    published_within: int | None = None,
) -> MostRead:
    """A most-read list, without the articles in `exclude` and those published more than so many days ago."""
    now = backend.now()
    life = backend.roll_up_seconds * instants.SECOND // 2
    whole = backend.memory.recall(
        ("list", window, sort, section),
        now,
        life,
        lambda: lists.read(backend.table, window, sort, section),
    )
    since = None if published_within is None else now - published_within * instants.DAY
    chosen = [
        row
        for row in whole.articles
        if row.article_id not in exclude
        and (since is None or (row.published_at is not None and row.published_at >= since))
    ]
    rows = tuple(replace(row, rank=place) for place, row in enumerate(chosen[:limit], start=1))
    return MostRead(window, section, sort, whole.generated_at, rows)
