"""After hours were rewritten: their days, the past, all-time counts and lists, all computed anew."""

from collections.abc import Iterable

from chalicelib.actions import past, roll_up
from chalicelib.backend import Backend
from chalicelib.rules import instants
from chalicelib.storage import articles, views


def count_live_views(backend: Backend) -> None:
    """Bring the documents of the open hours up to date, so that they tell which hours hold live views."""
    roll_up.roll_up(backend)


def sum_again(backend: Backend, hours: Iterable[int], article_ids: Iterable[str]) -> None:
    """Sum the days of these hours and all that follows from them, even if they were summed before.

    Every sum comes of what is stored: done twice, or after an interruption, it ends with the same bytes.
    """
    days = sorted(set(map(instants.day_of_hour, hours)))
    for day in days:
        views.note_day(backend.table, day)
    today = instants.day_of_hour(instants.hour_of(backend.now()))
    for day in days:
        if day <= today - past.RECENT_DAYS:
            past.sum_day(backend, day, again=True)
    summed = past.build(backend, today)
    views.counts_changed(backend.table)
    roll_up.roll_up(backend)
    hours_now = backend.own(roll_up.Memory).hours
    recent = {id for hour in hours_now.values() for id in hour.rows}
    for id in sorted(article_ids):
        # The roll-up itself records the articles of yesterday and today.
        if id not in recent and id in summed.counts["all"]:
            articles.record_views(backend.table, id, summed.counts["all"][id][0])
