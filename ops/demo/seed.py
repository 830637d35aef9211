"""Fills an empty store with the demonstration: articles, conversations, and a month of views."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from urllib.parse import urlsplit

from chalicelib.actions import articles, comments, decisions, moderation, own_comments, past, roll_up, votes
from chalicelib.backend import Backend
from chalicelib.model import Caller, PostedComment
from chalicelib.rules import instants
from chalicelib.rules.ranking import NOBODY, HourViews
from chalicelib.storage import keys, views
from chalicelib.storage.views import Imported
from ops.demo import places
from ops.demo.content import ARTICLES, BY_ID, CONVERSATIONS
from ops.demo.story import DemoArticle, DemoComment

OPERATOR = Caller("127.0.0.1", actor="demo")
EDITED_AFTER = 4 * instants.MINUTE
DAYS_OF_VIEWS = 30
SHARE_OF_HOUR = (4, 3, 3, 3, 3, 4, 5, 7, 8, 7, 6, 6, 8, 7, 6, 5, 5, 6, 8, 9, 8, 6, 5, 4)
"""How a day's readers spread over its hours, in parts of their sum."""


def fill(backend: Backend, url: str) -> None:
    """Make the demonstration in an empty store; in one that has it, let its articles' addresses follow the door's.

    Articles that an older release did not have are added with their conversations, and with no views of before.
    What was changed or deleted stays so, and a store that only holds articles of somebody's own stays as it is.
    """
    known = {keys.id_of(item["pk"]) for item in backend.table.scan_prefix("ARTICLE")}
    if known and not known & BY_ID.keys():
        return
    now = backend.now()
    for demo in ARTICLES:
        if demo.id in known:
            _follow(backend, demo, url)
        else:
            _register(backend, demo, url, now)
            _converse(backend, demo.id, now)
            if demo.closed:
                articles.register(backend, OPERATOR, article_id=demo.id, comments="closed")
    if not known:
        _count(backend, now)


def _follow(backend: Backend, demo: DemoArticle, url: str) -> None:
    """Let the addresses of a page that is still the demonstration's own follow the door's."""
    known = articles.counts(backend, OPERATOR, ids=[demo.id])
    page, image = url + places.article(demo), url + places.image(demo)
    if known and urlsplit(known[0].url).path == places.article(demo) and known[0].url != page:
        articles.register(backend, OPERATOR, article_id=demo.id, url=page, image_url=image)


def _register(backend: Backend, demo: DemoArticle, url: str, now: int) -> None:
    articles.register(
        backend,
        OPERATOR,
        article_id=demo.id,
        url=url + places.article(demo),
        title=demo.title,
        section=demo.section,
        image_url=url + places.image(demo),
        published_at=now - demo.age_hours * instants.HOUR,
    )


def _converse(backend: Backend, article_id: str, now: int) -> None:
    said = CONVERSATIONS.get(article_id, ())
    ids: dict[str, str] = {}
    removed = []
    for place, demo in enumerate(said):
        then = _at(backend, now - demo.minutes * instants.MINUTE, "all" if demo.held else "none")
        write = _answer if demo.staff else _post
        comment = write(
            then, article_id, demo, ids.get(demo.answers), f"demonstration-{article_id}-{place}"
        ).comment
        if demo.mark:
            ids[demo.mark] = comment.id
        for reader in range(demo.up + demo.down):
            voter = Caller(f"198.51.100.{reader + 1}", "Mozilla/5.0 (demonstration)")
            cast = 1 if reader < demo.up else -1
            votes.vote(then, voter, article_id=article_id, comment_id=comment.id, vote=cast)
        if demo.pinned:
            moderation.set_article(backend, OPERATOR, article_id=article_id, pinned=comment.id)
        if demo.removed:
            removed.append(comment.id)
    if removed:
        decisions.decide(backend, OPERATOR, comment_ids=removed, decision="reject")


def _at(backend: Backend, at: int, moderation: str) -> Backend:
    """The service as it was at a time, with no pause between two comments."""
    settings = backend.settings.model_copy(update={"moderation": moderation, "comment_interval": 0})
    clock: Callable[[], int] = lambda: at  # noqa: E731  # a name for its type
    return replace(backend, settings=settings, now=clock)


def _post(
    then: Backend, article_id: str, demo: DemoComment, parent: str | None, submission_id: str
) -> PostedComment:
    posted = comments.post(
        then,
        OPERATOR,
        article_id=article_id,
        author_name=demo.name,
        author_email=f"{submission_id}@example.org",
        author_url=demo.url,
        content=demo.edited or demo.text,
        parent_id=parent,
        submission_id=submission_id,
    )
    if not demo.edited:
        return posted
    return own_comments.edit(
        _at(then, then.now() + EDITED_AFTER, "none"),
        OPERATOR,
        article_id=article_id,
        comment_id=posted.comment.id,
        edit_token=posted.edit_token,
        content=demo.text,
    )


def _answer(
    then: Backend, article_id: str, demo: DemoComment, parent: str | None, submission_id: str
) -> PostedComment:
    """As the staff, who only answer."""
    return moderation.reply(
        then,
        OPERATOR,
        comment_id=parent or "",
        content=demo.text,
        author_name=demo.name,
        submission_id=submission_id,
    )


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
