"""The roll-up: from sets of readers to hours, from hours to windows, from windows to lists.

Everything is computed anew from what is stored, nothing is incremented: run twice, late, or in parallel, it
writes the same bytes. What an environment remembers between two runs only spares it reading again.
"""

from dataclasses import dataclass, field

from chalicelib.actions import past as past_counts
from chalicelib.actions.past import Past
from chalicelib.actions.ranked_lists import Lists
from chalicelib.backend import Backend
from chalicelib.model import WINDOWS, Article, Window
from chalicelib.rules import instants, ranking
from chalicelib.storage import articles, queue, secrets, views
from chalicelib.storage.views import Counts, Hour

GRACE = 5 * instants.MINUTE
"""After its end an hour stays open this long for writes still under way."""
KEPT_HOURS = 47
"""Sets live 48 hours: what a roll-up that was away can still make good."""
OVERLAP = 2 * instants.MINUTE
"""Changes are looked for this far back again: indexes lag, and clocks differ."""


@dataclass
class Memory:
    """What an environment knows between roll-ups."""

    version: int | None = None
    live: dict[int, Hour] = field(default_factory=dict)
    hours: dict[int, Hour] = field(default_factory=dict)
    past: Past | None = None
    articles: dict[str, Article | None] = field(default_factory=dict)
    views: dict[str, int] = field(default_factory=dict)
    checked: int | None = None
    salt_forgotten: int | None = None
    lists: Lists = field(default_factory=Lists)

    def forget_counts(self, version: int) -> None:
        """Read all counts again: some were rewritten."""
        self.version, self.past, self.checked = version, None, None
        for kept in (self.live, self.hours, self.articles, self.views):
            kept.clear()


def roll_up(backend: Backend) -> None:
    """Count the open hours and bring every list up to date."""
    now = backend.now()
    state = views.read_state(backend.table)
    memory = backend.own(Memory)
    if memory.version != state.get("version", 0):
        memory.forget_counts(state.get("version", 0))
    _count_open_hours(backend, memory, state.get("closed"), now)
    _load_recent_hours(backend, memory, instants.hour_of(now))
    today = instants.day_of_hour(instants.hour_of(now))
    if memory.past is None or memory.past.day != today:
        memory.past = past_counts.load(backend, today)
        memory.checked = memory.past.as_of if memory.checked is None else memory.checked
    if instants.hour_of(now) % 24 >= 1 and memory.salt_forgotten != today:
        secrets.forget_salt(backend.table, today - 1)
        memory.salt_forgotten = today
    recent = {id for hour in memory.hours.values() for id in hour}
    _notice_changes(backend, memory, memory.past, recent, now)
    _record_totals(backend, memory, memory.past)
    _learn(backend, memory, [id for id in recent if id not in memory.articles])
    memory.lists.publish(
        backend,
        counts={window: window_counts(memory.hours, memory.past, window, now) for window in WINDOWS},
        hours=memory.hours,
        past=memory.past,
        articles=memory.articles,
        now=now,
    )


def _count_open_hours(backend: Backend, memory: Memory, closed: int | None, now: int) -> None:
    running = instants.hour_of(now)
    first = running - KEPT_HOURS if closed is None else max(closed + 1, running - KEPT_HOURS)
    for hour in range(first, running + 1):
        sets = views.read_sets(backend.table, hour, backend.settings.view_partitions)
        live = {id: ranking.count_readers(ranking.first_slots(found)) for id, found in sorted(sets.items())}
        before = memory.live.get(hour)
        if before is None:
            before = views.read_live(backend.table, hour)
        if live != before:
            views.write_live(backend.table, hour, live)
            views.note_day(backend.table, instants.day_of_hour(hour))
        memory.live[hour] = live
        memory.hours[hour] = views.read_hour(backend.table, hour, live)
        if now >= (hour + 1) * instants.HOUR + GRACE:
            views.close_hour(backend.table, hour)
            memory.live.pop(hour)


def _load_recent_hours(backend: Backend, memory: Memory, running: int) -> None:
    first = (instants.day_of_hour(running) - past_counts.RECENT_DAYS + 1) * 24
    for hour in [hour for hour in memory.hours if hour < first]:
        del memory.hours[hour]
    for hour in range(first, running + 1):
        if hour not in memory.hours:
            memory.hours[hour] = views.read_hour(backend.table, hour)


def _notice_changes(backend: Backend, memory: Memory, past: Past, recent: set[str], now: int) -> None:
    """Read again the articles that were changed, deleted or commented on since the last time."""
    since = (memory.checked or 0) - OVERLAP
    changed = articles.changed_since(backend.table, since, now)
    changed |= queue.published_since(backend.table, max(since, past.as_of - OVERLAP))
    memory.checked = now
    _learn(backend, memory, [id for id in changed if id in past.facts or id in recent])


def _learn(backend: Backend, memory: Memory, ids: list[str]) -> None:
    found = articles.read_many(backend.table, ids, consistent=True)
    memory.articles |= {id: found.get(id) for id in ids}


def _record_totals(backend: Backend, memory: Memory, past: Past) -> None:
    """Write the all-time count of every article whose count changed; each write brings its facts back."""
    recent = ranking.total(map(views.counts_of, memory.hours.values()))
    for id, (exact, _) in sorted(recent.items()):
        total = exact + past.counts["all"].get(id, past_counts.NOTHING)[0]
        if memory.views.get(id) != total:
            memory.articles[id] = articles.record_views(backend.table, id, total)
            memory.views[id] = total


def window_counts(hours: dict[int, Hour], past: Past, window: Window, now: int) -> Counts:
    """The views of each article in a window that ends now."""
    running = instants.hour_of(now)
    if window == "1h":
        return _last_six_slots(hours, running, instants.slot_of(now))
    if window == "24h":
        return ranking.total(views.counts_of(hours[hour]) for hour in range(running - 23, running + 1))
    return ranking.total([past.counts[window], *map(views.counts_of, hours.values())])


def _last_six_slots(hours: dict[int, Hour], running: int, slot: int) -> Counts:
    parts = []
    for hour, kept in ((running, slice(0, slot + 1)), (running - 1, slice(slot + 1, None))):
        parts.append(
            {
                id: (sum(row.exact[kept]), sum(row.capped[kept]))
                for id, row in hours[hour].items()
                if any(row.exact[kept])
            }
        )
    return ranking.total(parts)
