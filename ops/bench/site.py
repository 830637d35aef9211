"""A site to measure on: the embedded engine, a meter, a clock that is moved, and environments of the service."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import boto3

from chalicelib import settings
from chalicelib.backend import Backend
from chalicelib.model import Caller, Comment
from chalicelib.rules import instants
from chalicelib.storage import articles, comments, schema, views
from chalicelib.storage.items import to_item
from chalicelib.storage.table import Table
from ops.bench.meter import Meter
from ops.engine import PLAIN, Engine

START = instants.parse("2026-03-11T12:00:00Z")
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0"
BATCH = 25
ANYONE = Caller("198.51.100.7", BROWSER, {"user-agent": BROWSER})


@dataclass
class Site:
    """One table, empty at first. `plain` is a client that the meter does not listen to."""

    client: Any
    plain: Any
    meter: Meter
    random: Random
    now: int = START

    def environment(self, **options: Any) -> Backend:
        """A new environment of the service, which remembers nothing yet; `options` are settings."""
        configured = settings.read({}).model_copy(update=options)
        table = Table(
            self.client,
            configured.table,
            pause=lambda seconds: None,
            jitter=self.random.random,
            now=lambda: self.now,
        )
        return Backend(
            settings=configured,
            table=table,
            now=lambda: self.now,
            random_bytes=self.random.randbytes,
            roll_up_seconds=60,
        )

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += int(seconds * instants.SECOND)

    def store_comments(self, backend: Backend, article_id: str, written: Iterable[Comment]) -> None:
        """Store comments as if they had been posted, and count the published ones on their article."""
        stored = list(written)
        name = backend.settings.table
        puts = [{"PutRequest": {"Item": to_item(comments.to_item(comment))}} for comment in stored]
        for start in range(0, len(puts), BATCH):
            self.plain.batch_write_item(RequestItems={name: puts[start : start + BATCH]})
        published = [comment for comment in stored if comment.status == "published"]
        roots = sum(comment.parent_id is None for comment in published)
        backend.table.transact([articles.count_write(article_id, comments=len(published), threads=roots)])


@contextmanager
def open_site() -> Iterator[Site]:
    """An empty site on an engine of its own, in memory only."""
    with closing(Engine(None)) as engine, closing(_client(engine)) as client, closing(_client(engine)) as plain:
        site = Site(client, plain, Meter(client, plain), Random(20260311))  # noqa: S311  # the same every time
        backend = site.environment()
        schema.create_if_missing(plain, backend.settings.table)
        views.start_counting(backend.table, instants.hour_of(site.now))
        yield site


def reader(n: int) -> Caller:
    """The n-th reader: each has an address of its own, 250 to a /24 network."""
    return Caller(f"10.{n // 62_500}.{n // 250 % 250}.{n % 250 + 1}", BROWSER, {"user-agent": BROWSER})


def register(backend: Backend, article_id: str, **fields: Any) -> None:
    """Register an article with a title and an address of ordinary length."""
    given = {"url": f"https://news.example.org/2026/03/11/{article_id}", "title": f"The news of {article_id} " * 3}
    articles.register(backend.table, article_id, given | fields, backend.now())


def _client(engine: Engine) -> Any:
    client = boto3.session.Session(region_name="eu-west-3").client("dynamodb", config=PLAIN)
    engine.attach(client)
    return client
