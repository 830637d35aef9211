"""The most-read lists of every window, order and section, ranked and written when they changed."""

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from chalicelib.actions.past import NOTHING, Facts, Past, facts_of
from chalicelib.actions.recent import Recent
from chalicelib.backend import Backend
from chalicelib.model import LIST_SORTS, WINDOWS, Article, ListedArticle, ListSort, MostRead, Window
from chalicelib.rules import instants, ranking
from chalicelib.storage import lists
from chalicelib.storage.articles import look_up
from chalicelib.storage.views import Counts

REFRESHED = 10 * instants.MINUTE
"""A list is written again when its rows changed or it is this old."""
AT_ONCE = ("1h", "24h")
"""Any change of these windows' lists by views is written at once, and of the whole site's in every window."""
HELD_BACK = 5
"""Whole minutes of a roll-up's interval, times this: so long any other list may wait for what is no news. Written
each minute for numbers alone, these lists would be most of a small site's bill."""
PLACES = 20
"""As far down as a change of places is news."""
OLD_AGE_SLOTS = 48 * instants.SLOTS_PER_HOUR
"""Views of the days before yesterday count in `trending` as if they were two days old."""

Name = tuple[Window, ListSort, str | None]
Order = tuple[float, float, str]


@dataclass
class Lists:
    """The lists as this environment wrote them last."""

    written: dict[Name, MostRead] = field(default_factory=dict)
    _past: Past | None = None
    _settled: dict[tuple[Window, ListSort], dict[str | None, list[str]]] = field(default_factory=dict)

    def publish(
        self, backend: Backend, recent: Recent, past: Past, known: dict[str, Article | None], now: int
    ) -> None:
        """Rank every list and write those that changed or are ten minutes old.

        `known` are the articles read since the past was summed, None for those not there; the listed are added.
        """
        if self._past is not past:
            self._past, self._settled = past, {}
        facts = {id: facts_of(article) for id, article in known.items()}
        tops: dict[Name, list[str]] = {}
        for window in WINDOWS:
            for sort in LIST_SORTS:
                order = _Ranking(window, sort, recent, past, facts)
                for section, ids in self._top(order).items():
                    tops[window, sort, section] = ids
        known |= look_up(backend.table, {id for ids in tops.values() for id in ids} - known.keys())
        generated_at = instants.minute_start(now)
        made: dict[Name, MostRead] = {}
        for name, ids in tops.items():
            order = _Ranking(name[0], name[1], recent, past, facts)
            made[name] = _list(name, ids, order, known, generated_at)
        self._write(backend, made, known, generated_at)

    def _top(self, order: "_Ranking") -> dict[str | None, list[str]]:
        """The best of each section, and of the whole site under None.

        Only what moved since the past was summed is ranked again: of the rest the first hundred that did not
        move are all that can be listed.
        """
        candidates: dict[str | None, list[str]] = defaultdict(list)
        candidates[None] = []
        for id in order.moved():
            _add(candidates, id, order.facts[id])
        for section, ids in self._settled_order(order).items():
            settled = (id for id in ids if id not in order.facts)
            candidates[section] += islice(settled, lists.LENGTH)
        return {section: heapq.nsmallest(lists.LENGTH, ids, key=order.key) for section, ids in candidates.items()}

    def _settled_order(self, order: "_Ranking") -> dict[str | None, list[str]]:
        """The articles of the past by section, as they stand while nothing moves them."""
        if (order.window, order.sort) not in self._settled:
            by_section: dict[str | None, list[str]] = defaultdict(list)
            for id in sorted(order.before, key=order.key):
                _add(by_section, id, order.past.facts.get(id))
            self._settled[order.window, order.sort] = by_section
        return self._settled[order.window, order.sort]

    def _write(
        self,
        backend: Backend,
        made: dict[Name, MostRead],
        known: Mapping[str, Article | None],
        generated_at: int,
    ) -> None:
        # Read each time: another environment may have made lists since.
        named = lists.read_names(backend.table)
        with_rows: set[tuple[str, str, str | None]] = {name for name, row in made.items() if row.articles}
        for window, sort, section in (named | self.written.keys()) - made.keys():
            gone = MostRead(window, section, sort, generated_at, ())  # type: ignore[arg-type]  # names of ours
            made[gone.window, gone.sort, section] = gone
        if not with_rows <= named:
            # Before the lists, so that no crash leaves one that nobody will empty.
            lists.write_names(backend.table, named | with_rows)
        for name, most_read in made.items():
            last = self.written.get(name)
            if last is None or _is_due(last, most_read, known, backend.roll_up_seconds):
                lists.write(backend.table, most_read)
                self.written[name] = most_read
        if named - with_rows:
            lists.write_names(backend.table, with_rows)
        for name in self.written.keys() - with_rows:
            if name[2] is not None:
                del self.written[name]


@dataclass(frozen=True)
class _Ranking:
    """How the articles of one window stand in one order; `facts` are those learned since the past was summed."""

    window: Window
    sort: ListSort
    recent: Recent
    past: Past
    facts: Mapping[str, Facts | None]

    @property
    def before(self) -> Counts:
        """What the window has of the days before yesterday."""
        return self.past.counts.get(self.window, {})

    def moved(self) -> list[str]:
        """The articles of the window that were read lately, or changed, and may be listed."""
        recent = self.recent.counts(self.window)
        return [id for id, facts in self.facts.items() if facts and (id in recent or id in self.before)]

    def views(self, id: str) -> tuple[int, int]:
        """An article's views in the window: exact, and capped by network."""
        exact, capped = self.recent.counts(self.window).get(id, NOTHING)
        exact_before, capped_before = self.before.get(id, NOTHING)
        return exact + exact_before, capped + capped_before

    def key(self, id: str) -> Order:
        """Best first; ties by the newer publication, then by id."""
        facts = self.facts[id] if id in self.facts else self.past.facts.get(id)
        published = facts.published_at if facts else None
        return (
            -self._weight(id, facts.comments if facts else 0),
            float("inf") if published is None else -published,
            id,
        )

    def _weight(self, id: str, comments: int) -> float:
        if self.sort == "comments":
            return comments
        if self.sort == "views":
            return self.views(id)[1]
        trend = self.recent.trends[self.window].get(id, 0.0)
        return round(trend + self.before.get(id, NOTHING)[1] * ranking.trending_weight(OLD_AGE_SLOTS), 9)


def _add(by_section: dict[str | None, list[str]], id: str, facts: Facts | None) -> None:
    """Put an article into its section's list and the whole site's; one without facts is not there."""
    if facts:
        by_section[None].append(id)
        if facts.section is not None:
            by_section[facts.section].append(id)


def _is_due(last: MostRead, made: MostRead, known: Mapping[str, Article | None], roll_up_seconds: int) -> bool:
    """Whether a list is to be written over the one that was written last."""
    age = (made.generated_at or 0) - (last.generated_at or 0)
    if last.articles == made.articles:
        return age >= REFRESHED
    at_once = made.sort == "views" and (made.section is None or made.window in AT_ONCE)
    wait = 0 if at_once else roll_up_seconds // 60 * HELD_BACK * instants.MINUTE
    return age >= wait or _is_news(last.articles, made.articles, known)


def _is_news(
    last: tuple[ListedArticle, ...], made: tuple[ListedArticle, ...], known: Mapping[str, Article | None]
) -> bool:
    """Whether the first places changed, or what is told of any article but its numbers, or one is gone."""
    before, after = ({row.article_id: _told(row) for row in rows} for rows in (last, made))
    if list(before.items())[:PLACES] != list(after.items())[:PLACES]:
        return True
    return any(known.get(id) is None or after.get(id, told) != told for id, told in before.items())


def _told(row: ListedArticle) -> tuple[str, str, str | None, str | None, int | None]:
    return row.title, row.url, row.section, row.image_url, row.published_at


def _list(
    name: Name, ids: list[str], order: _Ranking, known: dict[str, Article | None], generated_at: int
) -> MostRead:
    window, sort, section = name
    present = [article for id in ids if (article := known[id])]
    rows = tuple(
        ListedArticle(
            rank=rank,
            article_id=article.id,
            title=article.title,
            url=article.url,
            section=article.section,
            image_url=article.image_url,
            published_at=article.published_at,
            views=order.views(article.id)[0],
            comments=article.comments,
        )
        for rank, article in enumerate(present, start=1)
    )
    return MostRead(window, section, sort, generated_at, rows)
