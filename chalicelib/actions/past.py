"""What was counted before yesterday: finished days summed once a day, for the windows that reach back so far.

Yesterday and today are always summed from their hours, so a day is only summed when all its hours are final.
"""

from dataclasses import dataclass, field

from chalicelib.backend import Backend
from chalicelib.model import Article, Window
from chalicelib.rules import instants, ranking
from chalicelib.storage import articles, queue, views
from chalicelib.storage.views import Counts

DAYS: dict[Window, int | None] = {"7d": 7, "30d": 30, "all": None}
"""Days of each window that reaches behind yesterday, today included; None is for ever."""
RECENT_DAYS = 2
OVERLAP = 2 * instants.MINUTE
NOTHING = (0, 0)


@dataclass(frozen=True)
class Facts:
    """What ranks an article beside its views."""

    section: str | None
    published_at: int | None
    comments: int


@dataclass
class Past:
    """Counts of the days before yesterday by window, and the facts of their articles as of a time.

    Articles that were deleted have counts and no facts.
    """

    day: int
    as_of: int = 0
    counts: dict[Window, Counts] = field(default_factory=dict)
    facts: dict[str, Facts | None] = field(default_factory=dict)


def facts_of(article: Article | None) -> Facts | None:
    """An article's facts, None for one that is not there."""
    return Facts(article.section, article.published_at, article.comments) if article else None


def load(backend: Backend, day: int) -> Past:
    """The past as seen from a day, made and kept if this is the first time it is asked for."""
    content = views.read_past(backend.table, day)
    if content is None:
        return build(backend, day, previous=views.read_past(backend.table, day - 1))
    return _from_content(day, content)


def build(backend: Backend, day: int, previous: object | None = None) -> Past:
    """Sum the past as seen from a day and keep it: from the day before's, or from every day with views."""
    last = day - RECENT_DAYS
    before = _from_content(day - 1, previous) if previous is not None else None
    past = Past(day, as_of=backend.now())
    finished = [known for known in views.days_with_views(backend.table) if known <= last]
    needed = [known for known in finished if before is None or known > day - max(filter(None, DAYS.values()))]
    sums = {known: sum_day(backend, known) for known in needed}
    for window, days in DAYS.items():
        if days is None and before is not None:
            past.counts[window] = ranking.total([before.counts[window], sums.get(last, {})])
        else:
            kept = [known for known in needed if days is None or known > day - days]
            past.counts[window] = ranking.total(sums[known] for known in kept)
    past.facts = _current_facts(backend, before or Past(day - 1), past.counts["all"])
    views.write_past(backend.table, day, _to_content(past))
    return past


def sum_day(backend: Backend, day: int, *, again: bool = False) -> Counts:
    """A finished day's counts, summed from its hours the first time, or `again`."""
    counts = None if again else views.read_day(backend.table, day)
    if counts is None:
        hours = views.read_hours(backend.table, range(day * 24, day * 24 + 24))
        counts = ranking.total(views.counts_of(hours[hour]) for hour in sorted(hours))
        views.write_day(backend.table, day, counts)
    return counts


def changed_since(backend: Backend, since: int) -> set[str]:
    """Articles changed, decided on or commented on since a time; a little before it too, since indexes lag."""
    since -= OVERLAP
    changed = articles.changed_since(backend.table, since, backend.now())
    return changed | set(queue.articles_since(backend.table, "published", since))


def _current_facts(backend: Backend, before: Past, counts: Counts) -> dict[str, Facts | None]:
    changed = changed_since(backend, before.as_of) if before.facts else set()
    stale = [id for id in counts if id not in before.facts or id in changed]
    fresh = articles.look_up(backend.table, stale)
    updates = {id: facts_of(article) for id, article in fresh.items()}
    return {id: updates[id] if id in updates else before.facts[id] for id in counts}


def _to_content(past: Past) -> object:
    rows = {}
    for id, facts in past.facts.items():
        sums = [past.counts[window].get(id, NOTHING) for window in DAYS]
        rows[id] = [sums, [facts.section, facts.published_at, facts.comments] if facts else None]
    return {"as_of": past.as_of, "articles": rows}


def _from_content(day: int, content: object) -> Past:
    assert isinstance(content, dict)  # noqa: S101  # documents.read gives what _to_content made
    past = Past(day, content["as_of"], {window: {} for window in DAYS})
    for id, (sums, facts) in content["articles"].items():
        past.facts[id] = Facts(*facts) if facts else None
        for window, (exact, capped) in zip(DAYS, sums, strict=True):
            if exact:
                past.counts[window][id] = (exact, capped)
    return past
