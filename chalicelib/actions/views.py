"""Page views: who counts as a reader, and the most-read lists that come of it."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.actions import counting, identity
from chalicelib.backend import Backend
from chalicelib.model import Caller, ListSort, MostRead, ViewOutcome, Window
from chalicelib.rules import bots, instants, keyed, network
from chalicelib.storage import lists, views

LIST_STALE = instants.HOUR
"""How old a list may be that is given because the table does not answer, or must not be asked."""


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
    """Count a view of an article, or say why not; gives the list `most_read` as well if it is asked for.

    Of an address that asks too often the table hears nothing: it is told what this environment remembers.
    """
    too_many = bool(identity.seconds_to_wait(backend, caller.address))
    article = (counting.remembered_article if too_many else counting.known_article)(backend, article_id)
    reason = "too_many" if too_many else bots.refusal_of_view(caller.headers)
    if reason is None and article is None:
        reason = "unknown_article"
    if reason is None and not count(backend, article_id, caller.address, caller.user_agent):
        reason = "repeat"
    listed = None
    if most_read:
        whole = (remembered_list if too_many else known_list)(backend, most_read, sort, section)
        listed = chosen(whole, backend.now(), limit, exclude, published_within) if whole else None
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
    whole = known_list(backend, window, sort, section)
    return chosen(whole, backend.now(), limit, exclude, published_within)


def known_list(backend: Backend, window: Window, sort: ListSort, section: str | None) -> MostRead:
    """A whole list, remembered for half the time between roll-ups, and longer while the table does not answer."""
    return backend.memory.recall(
        ("list", window, sort, section),
        backend.now(),
        backend.roll_up_seconds * instants.SECOND // 2,
        lambda: lists.read(backend.table, window, sort, section),
        stale=LIST_STALE,
    )


def remembered_list(backend: Backend, window: Window, sort: ListSort, section: str | None) -> MostRead | None:
    """The same, without asking the table."""
    whole: MostRead | None = backend.memory.remembered(("list", window, sort, section), backend.now(), LIST_STALE)
    return whole


def chosen(
    whole: MostRead, now: int, limit: int, exclude: Sequence[str], published_within: int | None
) -> MostRead:
    """The first `limit` of a list without those in `exclude` and those published more than so many days ago."""
    since = None if published_within is None else now - published_within * instants.DAY
    rows = [
        row
        for row in whole.articles
        if row.article_id not in exclude
        and (since is None or (row.published_at is not None and row.published_at >= since))
    ]
    ranked = tuple(replace(row, rank=place) for place, row in enumerate(rows[:limit], start=1))
    return replace(whole, articles=ranked)
