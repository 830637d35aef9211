"""What does each kind of request consume? Asked of the whole app on the embedded engine, through the meter.

All of it is kept in measured.json, so that a bill takes no measuring; a test measures again.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from random import Random
from typing import Any

import app
from chalicelib.actions import counting, identity, views
from chalicelib.backend import Backend
from chalicelib.model import Comment
from chalicelib.rules import instants
from chalicelib.storage import keys
from ops.bench import shapes
from ops.bench.list_costs import fill
from ops.bench.site import Site, open_site, register
from ops.bench.units import indexes_of, item_size
from ops.build_embed import VERSION
from ops.costs import roll_ups
from ops.costs.assumptions import LEVER_SIZE, SIZES, Assumptions
from ops.costs.measured import FILE
from ops.costs.usage import Request, RollUp
from ops.costs.visitor import ARTICLE, TOKEN, Visitor
from ops.demo.articles_fr import FRENCH

LISTED = 200
"""Articles read on the site: enough for lists of their full length."""
BUSY = "busy-article"
WAITING = 50
WORDS = sorted({word for article in FRENCH for text in article.paragraphs for word in text.split()})
VIEWS = f"/articles/{ARTICLE}/views?most_read=24h&limit=5"
VIEWS_WITH_ALL = f"/articles/{ARTICLE}/views?most_read=24h&limit=100"
COMMENTS = f"/articles/{ARTICLE}/comments"


def measured() -> dict[str, Any]:
    """Everything that a bill is made of; takes minutes."""
    return {
        "requests": requests(),
        "remembered": remembered(),
        "stored": stored(),
        "list_max_age": next(route.max_age for route in app.ROUTES if route.path == "/most-read"),
        "roll_up": roll_up_minutes(),
        "roll_up_without_sections": without_sections(),
    }


def write() -> None:
    """Measure everything and keep it."""
    FILE.write_text(json.dumps(measured(), indent=2) + "\n", "utf-8")


def without_sections(size: int = LEVER_SIZE) -> dict[str, float]:
    """A minute's roll-up on a site whose articles have no sections, so that only the site's own lists are made."""
    return _rounded(roll_ups.measured(size, replace(Assumptions(), sections=0)))


def roll_up_minutes(sizes: tuple[int, ...] = (0, *SIZES)) -> dict[str, dict[str, float]]:
    """A minute's roll-up on average at each size of a month."""
    return {str(size): _rounded(roll_ups.measured(size, Assumptions())) for size in sizes}


def requests() -> dict[str, dict[str, float]]:
    """Each kind of request, of an environment that remembers what it can."""
    with open_site() as site:
        fill(site, LISTED)
        visitor = Visitor(site, {"moderation": "none"})
        _converse(site, visitor.backend)
        found = [*_read(visitor), *_written(visitor), *_refused(visitor), *_moderated(site), *_hasty(site)]
    return {name: asdict(request) for name, request in found}


def remembered() -> dict[str, float]:
    """Read units of each thing that an environment remembers for a while, when it has to ask for it."""
    with open_site() as site:
        fill(site, LISTED)
        register(site.environment(), ARTICLE)
        asked: dict[str, Callable[[Backend], object]] = {
            "article": lambda backend: counting.known_article(backend, ARTICLE),
            "salt": lambda backend: identity.salt_of_day(backend, site.now // instants.DAY),
            "secret": identity.site_secret,
            "list": lambda backend: views.known_list(backend, "24h", "views", None),
        }
        costs = {}
        for name, ask in asked.items():
            ask(site.environment())  # salt and secret are made by whoever asks first
            with site.meter.measured() as cost:
                ask(site.environment())
            costs[name] = cost.read_units
    return costs


def stored() -> dict[str, int]:
    """What stays in the table of each noun: bytes, and items with their index entries."""
    with open_site() as site:
        visitor = Visitor(site)
        visitor.ask("POST", VIEWS)
        comment = json.loads(visitor.ask("POST", COMMENTS, _comment(0), status=202))
        longest = json.loads(visitor.ask("POST", COMMENTS, _longest_comment(visitor), status=202))
        hour, slot = instants.hour_of(site.now), instants.slot_of(site.now)
        environment, partitions = visitor.backend.environment, visitor.backend.settings.view_partitions
        kept = {
            "comment": keys.comment(comment["id"]),
            "longest_comment": keys.comment(longest["id"]),
            "article": keys.article(ARTICLE),
            "set": keys.view_set(hour, slot, ARTICLE, environment, 0, partitions),
        }
        indexes = indexes_of(site.plain.describe_table(TableName=visitor.backend.table.name)["Table"])
        sizes: dict[str, int] = {}
        for name, key in kept.items():
            item = visitor.item(key)
            entries = [item, *filter(None, (index.entry(item) for index in indexes))]
            sizes |= {f"{name}_bytes": sum(map(item_size, entries)), f"{name}_items": len(entries)}
    return sizes


def _rounded(minute: RollUp) -> dict[str, float]:
    return {name: round(value, 1) for name, value in asdict(minute).items()}


def _read(visitor: Visitor) -> Iterator[tuple[str, Request]]:
    visitor.ask("GET", "/most-read")  # which the environment remembers
    visitor.ask("GET", "/most-read?limit=5")
    yield "list", visitor.told
    visitor.ask("GET", "/most-read?limit=100")
    yield "list of 100 rows", visitor.told
    visitor.ask("GET", "/most-read?section=none&limit=5")
    yield "list of an unknown section", visitor.told
    visitor.ask("GET", COMMENTS)
    yield "page of 20 threads", visitor.told
    visitor.ask("GET", f"/articles/{BUSY}/comments?limit=100")
    yield "page of 100 long threads", visitor.told
    visitor.ask("GET", f"{COMMENTS}.html")
    yield "page of 20 threads as HTML", visitor.told
    visitor.ask("GET", "/most-read.html?limit=5")
    yield "list as HTML", visitor.told
    visitor.ask("GET", f"{COMMENTS}.atom")
    yield "feed of an article", visitor.told
    visitor.ask("GET", "/comments.atom")
    yield "feed of the site", visitor.told
    visitor.ask("GET", f"/embed/{VERSION}/tribune.fr.js")
    yield "script", visitor.told


def _written(visitor: Visitor) -> Iterator[tuple[str, Request]]:
    visitor.ask("POST", VIEWS, reader=1)  # after which the environment remembers the article
    visitor.ask("POST", VIEWS)
    yield "view", visitor.told
    visitor.ask("POST", VIEWS_WITH_ALL)
    yield "view with 100 rows", visitor.told
    visitor.ask("POST", VIEWS, reader=1)
    yield "view repeated", visitor.told
    visitor.ask("POST", COMMENTS, _comment(1), status=201)
    yield "comment published", visitor.told
    article = {"title": "The news, changed", "url": f"https://news.example.org/{ARTICLE}"}
    visitor.ask("PUT", f"/articles/{ARTICLE}", article, token=TOKEN)
    yield "article registered", visitor.told


def _refused(visitor: Visitor) -> Iterator[tuple[str, Request]]:
    visitor.ask("POST", VIEWS)  # the article has changed
    visitor.ask("POST", VIEWS, agent="Googlebot/2.1")
    yield "view refused", visitor.told
    visitor.ask("POST", COMMENTS, _comment(2) | {"author_email": "none"}, status=422)
    yield "comment refused", visitor.told
    visitor.ask("GET", "/nowhere", status=404)
    yield "unknown route", visitor.told
    visitor.ask("GET", "/moderation/comments", token="unknown", status=401)  # noqa: S106  # on purpose
    yield "bad token", visitor.told


def _moderated(site: Site) -> Iterator[tuple[str, Request]]:
    visitor = Visitor(site, {"moderation": "all"})
    held = json.loads(visitor.ask("POST", COMMENTS, _comment(3), status=202))
    yield "comment held", visitor.told
    visitor.ask("POST", COMMENTS, _longest_comment(visitor), status=202)
    yield "longest comment held", visitor.told
    decision = {"comment_ids": [held["id"]], "decision": "approve"}
    visitor.ask("POST", "/moderation/decisions", decision, token=TOKEN)
    yield "decision", visitor.told
    waiting = shapes.held(site.random, ARTICLE, WAITING, site.now)
    site.store_comments(visitor.backend, ARTICLE, _worded(site.random, waiting))
    visitor.ask("GET", "/moderation/comments", token=TOKEN)
    yield "page of the queue", visitor.told


def _hasty(site: Site) -> Iterator[tuple[str, Request]]:
    """Refused for coming too fast: by the pace of comments, and by the cap on an address's requests."""
    visitor = Visitor(site, {"moderation": "all"})
    visitor.ask("POST", COMMENTS, _comment(4), reader=1, status=202)
    visitor.ask("POST", COMMENTS, _comment(5), reader=1, status=429)
    yield "comment too soon", visitor.told
    visitor = Visitor(site, {"requests_per_minute": 1})
    visitor.ask("POST", VIEWS)
    visitor.ask("GET", "/most-read", reader=1)
    visitor.ask("GET", "/most-read", reader=1, status=429)
    yield "request too many", visitor.told
    visitor.ask("POST", VIEWS_WITH_ALL, reader=1)
    yield "view too many", visitor.told


def _converse(site: Site, backend: Backend) -> None:
    """Threads of two comments on the article, and a busy one whose pages are as long as pages get."""
    register(backend, BUSY)
    for article_id, mean, count in ((ARTICLE, 2, 60), (BUSY, 6, 150)):
        sizes = shapes.geometric(site.random, mean, count)
        written = shapes.from_sizes(site.random, article_id, sizes, site.now - instants.HOUR)
        site.store_comments(backend, article_id, _worded(site.random, written))


def _worded(random: Random, comments: Iterable[Comment]) -> Iterator[Comment]:
    """The same comments of as many letters, but of words, which compress as words do."""
    for comment in comments:
        words = " ".join(random.choices(WORDS, k=len(comment.content) // 4 + 1))
        yield replace(comment, content=words[: len(comment.content)].strip() or "x")


def _longest_comment(visitor: Visitor) -> dict[str, str]:
    """As many characters as a comment may have, each of four bytes."""
    return _comment(6) | {"content": "\U00020000" * visitor.backend.settings.max_content}


def _comment(n: int) -> dict[str, str]:
    content = " ".join(Random(n).choices(WORDS, k=50))  # noqa: S311  # no secret
    return {"author_name": "Zoé Martin", "author_email": f"zoe.martin.{n}@example.org", "content": content}
