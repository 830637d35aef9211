"""The roll-up: from sets of readers to hours, from hours to windows, from windows to lists.

Everything is computed anew from what is stored, nothing is incremented: run twice, late, or in parallel, it
writes the same bytes. What an environment remembers between two runs only spares it reading again.
"""

import contextlib
from dataclasses import dataclass, field

from chalicelib import journal
from chalicelib.actions import past as past_counts
from chalicelib.actions import watching
from chalicelib.actions.past import Past
from chalicelib.actions.ranked_lists import Lists
from chalicelib.actions.recent import CountedHour, Recent
from chalicelib.backend import Backend, Measure
from chalicelib.errors import Busy
from chalicelib.model import Article
from chalicelib.rules import instants, ranking
from chalicelib.storage import articles, lists, queue, secrets, views
from chalicelib.storage.items import Item
from chalicelib.storage.views import Hour

GRACE = 5 * instants.MINUTE
"""After its end an hour stays open this long for writes still under way."""
KEPT_HOURS = 47
"""Sets live 48 hours at least."""
CATCH_UP_HOURS = 7 * 24
"""How far back a roll-up that was away looks for sets that have outlived their time."""


@dataclass
class Memory:
    """What an environment knows between roll-ups."""

    version: int | None = None
    live: dict[int, Hour] = field(default_factory=dict)
    hours: dict[int, CountedHour] = field(default_factory=dict)
    past: Past | None = None
    articles: dict[str, Article | None] = field(default_factory=dict)
    checked: int = 0
    salt_forgotten: int | None = None
    noted_day: int | None = None
    lists: Lists = field(default_factory=Lists)

    def forget_counts(self, version: int) -> None:
        """Read all counts again: some were rewritten."""
        self.version, self.past = version, None
        self.live.clear()
        self.hours.clear()

    def forget_closed(self, closed: int) -> None:
        """Read the hours again that another environment has closed since they were counted here."""
        for hour in [hour for hour in self.live if hour <= closed]:
            del self.live[hour]
            self.hours.pop(hour, None)


def roll_up(backend: Backend) -> None:
    """Count the open hours, bring every list up to date, and tell how late all that is."""
    measure, now = backend.measure(), backend.now()
    running = instants.hour_of(now)
    state = views.read_state(backend.table)
    memory = backend.own(Memory)
    if state.get("by") != backend.environment:
        # Whoever rolled up last has written lists that differ from what this environment wrote before.
        memory.lists.written.clear()
        views.take_over(backend.table, backend.environment)
    if memory.version != state.get("version", 0):
        memory.forget_counts(state.get("version", 0))
    _count_open_hours(backend, memory, state.get("closed"), now)
    _load_recent_hours(backend, memory, running)
    past = _load_past(backend, memory, instants.day_of_hour(running))
    _forget_salt(backend, memory, running)
    recent = Recent.of(memory.hours, now)
    changed = past_counts.changed_since(backend, memory.checked)
    changed = {id for id in changed if id in past.facts or id in recent.total}
    unknown = recent.total.keys() - memory.articles.keys()
    memory.articles |= articles.look_up(backend.table, changed | unknown)
    memory.checked = now
    memory.lists.publish(backend, recent, past, memory.articles, now)
    _record_totals(backend, memory, recent, past)
    watching.keep_up(backend)
    ended = backend.now()
    views.finish(backend.table, state, ended)
    with contextlib.suppress(Busy):  # what was to be done is done
        _tell(backend, memory, state, ended, measure)


def _tell(backend: Backend, memory: Memory, state: Item, ended: int, measure: Measure) -> None:
    before, listed = state.get("finished_at"), lists.read(backend.table, "24h", "views", None).generated_at
    held = queue.oldest(backend.table, "held")
    metrics = journal.ages(
        RollUpLag=None if before is None else ended - before,
        ListAge=None if listed is None else ended - listed,
        QueueAge=0 if held is None else ended - held,
    )
    counted = {id for hour in memory.live.values() for id in hour}
    backend.tell("roll_up", {"articles": len(counted), **measure()}, metrics)


def _count_open_hours(backend: Backend, memory: Memory, closed: int | None, now: int) -> None:
    running = instants.hour_of(now)
    if closed is None:
        first = running - KEPT_HOURS
    else:
        memory.forget_closed(closed)
        first = max(closed + 1, running - CATCH_UP_HOURS)
    for hour in range(first, running + 1):
        ended = now >= (hour + 1) * instants.HOUR + GRACE
        live = _count(backend, memory, hour, final=ended, complete=hour >= running - KEPT_HOURS)
        memory.live[hour] = live
        imported = views.read_imported(backend.table, hour)
        memory.hours[hour] = CountedHour.of(views.together(live, imported))
        if ended:
            views.close_hour(backend.table, hour)
            del memory.live[hour]


def _count(backend: Backend, memory: Memory, hour: int, *, final: bool, complete: bool) -> Hour:
    """Count an hour from its sets and write it if that changes what is stored.

    The `final` count compares with the table itself, where another roll-up may have written an older count
    over a newer one. Of an hour that is not `complete` any more, sets may be gone: then the larger count holds.
    """
    sets = views.read_sets(backend.table, hour, backend.settings.view_partitions)
    live = {id: ranking.count_readers(ranking.first_slots(found)) for id, found in sorted(sets.items())}
    before = None if final else memory.live.get(hour)
    if before is None:
        before = views.read_live(backend.table, hour)
    if not complete:
        larger = {id: row for id, row in before.items() if id not in live or sum(row.exact) > sum(live[id].exact)}
        live |= larger
    if live != before:
        day = instants.day_of_hour(hour)
        if memory.noted_day != day:
            # First, so that no crash leaves views in a day that nobody sums.
            views.note_day(backend.table, day)
            memory.noted_day = day
        views.write_live(backend.table, hour, live)
    return live


def _load_recent_hours(backend: Backend, memory: Memory, running: int) -> None:
    first = (instants.day_of_hour(running) - past_counts.RECENT_DAYS + 1) * 24
    for hour in [hour for hour in memory.hours if hour < first]:
        del memory.hours[hour]
    missing = [hour for hour in range(first, running + 1) if hour not in memory.hours]
    for hour, rows in views.read_hours(backend.table, missing).items():
        memory.hours[hour] = CountedHour.of(rows)


def _load_past(backend: Backend, memory: Memory, today: int) -> Past:
    if memory.past is None or memory.past.day != today:
        memory.past = past_counts.load(backend, today)
        memory.checked = memory.past.as_of
        # Once a day what was learned goes, so that it does not grow with every article ever read.
        memory.articles.clear()
    return memory.past


def _forget_salt(backend: Backend, memory: Memory, running: int) -> None:
    """Delete yesterday's salt once the first hour of the day is over: DynamoDB's own expiry may lag."""
    today = instants.day_of_hour(running)
    if running % 24 >= 1 and memory.salt_forgotten != today:
        secrets.forget_salt(backend.table, today - 1)
        memory.salt_forgotten = today


def _record_totals(backend: Backend, memory: Memory, recent: Recent, past: Past) -> None:
    """Write the all-time count of every article whose count changed; each write brings its facts back."""
    for id, (exact, _) in sorted(recent.total.items()):
        article = memory.articles[id]
        total = exact + past.counts["all"].get(id, past_counts.NOTHING)[0]
        if article is not None and article.views != total:
            memory.articles[id] = articles.record_views(backend.table, id, total)
