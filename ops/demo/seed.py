"""Fills an empty store with the demonstration: articles, a conversation, and a month of views."""

from dataclasses import replace
from random import Random

from chalicelib.actions import articles, comments, decisions, past, roll_up
from chalicelib.backend import Backend
from chalicelib.model import Caller
from chalicelib.rules import instants
from chalicelib.rules.ranking import NOBODY, HourViews
from chalicelib.storage import views
from chalicelib.storage.views import Imported
from ops.demo.content import ARTICLES, COMMENTS, DemoArticle

PATH = "/demo/"
OPERATOR = Caller("127.0.0.1", actor="demo")
DAYS_OF_VIEWS = 30
SHARE_OF_HOUR = (4, 3, 3, 3, 3, 4, 5, 7, 8, 7, 6, 6, 8, 7, 6, 5, 5, 6, 8, 9, 8, 6, 5, 4)
"""How a day's readers spread over its hours, in parts of their sum."""


def fill(backend: Backend, url: str) -> None:
    """Make the demonstration if the store has no article, and let its articles' addresses follow the door's."""
    if next(backend.table.scan_prefix("ARTICLE"), None) is None:
        now = backend.now()
        for demo in ARTICLES:
            _register(backend, demo, url, now)
        _converse(backend, now)
        _count(backend, now)
    else:
        for demo in ARTICLES:
            known = articles.counts(backend, OPERATOR, ids=[demo.id])
            if known and known[0].url != address(url, demo.id) and PATH in known[0].url:
                articles.register(backend, OPERATOR, article_id=demo.id, url=address(url, demo.id))


def address(url: str, article_id: str) -> str:
    """Where the demonstration shows an article."""
    return f"{url}{PATH}{article_id}"


def _register(backend: Backend, demo: DemoArticle, url: str, now: int) -> None:
    articles.register(
        backend,
        OPERATOR,
        article_id=demo.id,
        url=address(url, demo.id),
        title=demo.title,
        section=demo.section,
        published_at=now - demo.age_hours * instants.HOUR,
    )


def _converse(backend: Backend, now: int) -> None:
    open_house = backend.settings.model_copy(update={"moderation": "none", "comment_interval": 0})
    ids: list[str] = []
    for place, demo in enumerate(COMMENTS):
        at = now - demo.minutes * instants.MINUTE
        settings = open_house.model_copy(update={"moderation": "all"}) if demo.held else open_house
        then = replace(backend, settings=settings, now=lambda at=at: at)  # type: ignore[misc]
        posted = comments.post(
            then,
            OPERATOR,
            article_id=demo.article,
            author_name=demo.name,
            author_email=f"{demo.name.split()[0].lower()}@example.org",
            content=demo.text,
            parent_id=None if demo.answers is None else ids[demo.answers],
            submission_id=f"demonstration-{place}",
        )
        ids.append(posted.comment.id)
    approved = [id for id, demo in zip(ids, COMMENTS, strict=True) if not demo.held]
    decisions.decide(backend, OPERATOR, comment_ids=approved, decision="approve")


def _count(backend: Backend, now: int) -> None:
    drawn = Random(20260311)  # noqa: S311  # the same demonstration everywhere, no secret
    running = instants.hour_of(now)
    for hour in range(running - DAYS_OF_VIEWS * 24, running):
        rows = {demo.id: _hour(demo, hour, now, drawn) for demo in ARTICLES}
        read = {id: Imported(row) for id, row in rows.items() if sum(row.exact)}
        if read:
            views.write_imported(backend.table, hour, read)
            views.note_day(backend.table, instants.day_of_hour(hour))
    past.build(backend, instants.day_of_hour(running))
    views.counts_changed(backend.table)
    roll_up.roll_up(backend)


def _hour(demo: DemoArticle, hour: int, now: int, drawn: Random) -> HourViews:
    """An hour's readers: most on the first day, a third fewer each day after."""
    age = hour - instants.hour_of(now - demo.age_hours * instants.HOUR)
    if age < 0:
        return NOBODY
    expected = demo.readers * SHARE_OF_HOUR[hour % 24] / sum(SHARE_OF_HOUR) * 0.67 ** (age / 24)
    slots = tuple(int(expected / 6 + drawn.random()) for _ in range(instants.SLOTS_PER_HOUR))
    return HourViews(slots, slots)
