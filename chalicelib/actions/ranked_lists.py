"""The most-read lists of every window, order and section, ranked and written when they changed."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chalicelib.actions.past import NOTHING, Facts, Past, facts_of
from chalicelib.backend import Backend
from chalicelib.model import LIST_SORTS, Article, ListedArticle, ListSort, MostRead, Window
from chalicelib.rules import instants, ranking
from chalicelib.storage import articles, lists
from chalicelib.storage.views import Counts, Hour

REFRESHED = 10 * instants.MINUTE
"""A list is written again when its rows changed or it is this old."""
OLD_AGE_SLOTS = 48 * instants.SLOTS_PER_HOUR
"""Views of the days before yesterday count in `trending` as if they were two days old."""

Name = tuple[Window, ListSort, str | None]
Order = tuple[float, float, str]


@dataclass
class Lists:
    """The lists as this environment wrote them last."""

    written: dict[Name, MostRead] = field(default_factory=dict)
    named: set[tuple[str, str, str | None]] | None = None
    _past: Past | None = None
    _settled: dict[tuple[Window, ListSort], dict[str | None, list[str]]] = field(default_factory=dict)

    def publish(
        self,
        backend: Backend,
        *,
        counts: dict[Window, Counts],
        hours: dict[int, Hour],
        past: Past,
        articles: dict[str, Article | None],
        now: int,
    ) -> None:
        """Rank every list and write those that changed or are ten minutes old."""
        trend = _trends(hours, now)
        if self._past is not past:
            self._past, self._settled = past, {}
        tops: dict[Name, list[str]] = {}
        for window, window_counts in counts.items():
            for sort in LIST_SORTS:
                ranking_of = _Ranking(window, sort, window_counts, trend[window], past, articles)
                for section, ids in self._top(ranking_of).items():
                    tops[window, sort, section] = ids
        _read_listed(backend, articles, {id for ids in tops.values() for id in ids})
        generated_at = instants.minute_start(now)
        made = {name: _list(name, ids, counts[name[0]], articles, generated_at) for name, ids in tops.items()}
        self._write(backend, made, generated_at)

    def _top(self, order: "_Ranking") -> dict[str | None, list[str]]:
        """The best of each section, and of the whole site under None.

        Only what moved since the past was summed is ranked again: of the rest the first hundred that did not
        move are all that can be listed.
        """
        moved = {id for id in order.counts if id in order.articles}
        candidates: dict[str | None, list[str]] = defaultdict(list)
        candidates[None] = []
        for id in moved:
            facts = order.facts(id)
            if facts:
                candidates[None].append(id)
                if facts.section is not None:
                    candidates[facts.section].append(id)
        for section, ids in self._settled_order(order).items():
            settled = (id for id in ids if id not in order.articles)
            candidates[section] += [id for id, _ in zip(settled, range(lists.LENGTH), strict=False)]
        return {section: heapq.nsmallest(lists.LENGTH, ids, key=order.key) for section, ids in candidates.items()}

    def _settled_order(self, order: "_Ranking") -> dict[str | None, list[str]]:
        if (order.window, order.sort) not in self._settled:
            by_section: dict[str | None, list[str]] = defaultdict(list)
            static = _Ranking(
                order.window, order.sort, order.past.counts.get(order.window, {}), {}, order.past, {}
            )
            for id in sorted((id for id in static.counts if static.facts(id)), key=static.key):
                facts = static.facts(id)
                by_section[None].append(id)
                if facts and facts.section is not None:
                    by_section[facts.section].append(id)
            self._settled[order.window, order.sort] = by_section
        return self._settled[order.window, order.sort]

    def _write(self, backend: Backend, made: dict[Name, MostRead], generated_at: int) -> None:
        if self.named is None:
            self.named = lists.read_names(backend.table)
        with_rows = {name for name, most_read in made.items() if most_read.articles}
        for window, sort, section in (self.named | self.written.keys()) - made.keys():
            gone = MostRead(window, section, sort, generated_at, ())  # type: ignore[arg-type]  # names of ours
            made[gone.window, gone.sort, section] = gone
        for name, most_read in made.items():
            last = self.written.get(name)
            if (
                last is None
                or last.articles != most_read.articles
                or generated_at - (last.generated_at or 0) >= REFRESHED
            ):
                lists.write(backend.table, most_read)
                self.written[name] = most_read
        for name in self.written.keys() - with_rows:
            if name[2] is not None:
                del self.written[name]
        if self.named != with_rows:
            lists.write_names(backend.table, set(with_rows))
            self.named = set(with_rows)


@dataclass(frozen=True)
class _Ranking:
    """How the articles of one window stand in one order."""

    window: Window
    sort: ListSort
    counts: Counts
    trend: Mapping[str, float]
    past: Past
    articles: Mapping[str, Article | None]

    def facts(self, id: str) -> Facts | None:
        """What is known of an article; None for one that must not be listed."""
        return facts_of(self.articles[id]) if id in self.articles else self.past.facts.get(id)

    def key(self, id: str) -> Order:
        """Best first; ties by the newer publication, then by id."""
        facts = self.facts(id) or Facts(None, None, 0)
        published = float("inf") if facts.published_at is None else -facts.published_at
        return -self._weight(id, facts), published, id

    def _weight(self, id: str, facts: Facts) -> float:
        if self.sort == "comments":
            return facts.comments
        if self.sort == "views":
            return self.counts[id][1]
        old = self.past.counts.get(self.window, {}).get(id, NOTHING)[1]
        return round(self.trend.get(id, 0.0) + old * ranking.trending_weight(OLD_AGE_SLOTS), 9)


def _trends(hours: dict[int, Hour], now: int) -> dict[Window, dict[str, float]]:
    """Each article's views halved every 3 hours: of the last hour, of the last day, and of all kept hours."""
    current = now // instants.SLOT
    first = {"1h": current - 5, "24h": (instants.hour_of(now) - 23) * instants.SLOTS_PER_HOUR}
    sums: dict[Window, dict[str, float]] = {
        window: defaultdict(float) for window in ("1h", "24h", "7d", "30d", "all")
    }
    for hour in sorted(hours):
        for id, row in hours[hour].items():
            for slot, views in enumerate(row.capped):
                place = hour * instants.SLOTS_PER_HOUR + slot
                weight = views * ranking.trending_weight(max(current - place, 0))
                for window, sum_of in sums.items():
                    if views and place >= first.get(window, 0):
                        sum_of[id] += weight
    return sums


def _read_listed(backend: Backend, known: dict[str, Article | None], ids: Iterable[str]) -> None:
    missing = [id for id in ids if id not in known]
    found = articles.read_many(backend.table, missing, consistent=True)
    known.update({id: found.get(id) for id in missing})


def _list(
    name: Name, ids: list[str], counts: Counts, known: dict[str, Article | None], generated_at: int
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
            views=counts[article.id][0],
            comments=article.comments,
        )
        for rank, article in enumerate(present, start=1)
    )
    return MostRead(window, section, sort, generated_at, rows)
