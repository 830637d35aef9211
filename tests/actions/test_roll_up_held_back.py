"""Where roll-ups come each minute, lists that few look at wait a little for numbers alone, and never for news."""

from dataclasses import replace

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from tests.scene import PUBLISHER, Clock, Service

EVERY_LIST = [
    f"/most-read?limit=100&window={window}&sort={sort}"
    for window in ("1h", "24h", "7d", "30d", "all")
    for sort in ("views", "comments", "trending")
]
EVERY_LIST += [f"{path}&section=Ville" for path in EVERY_LIST]
AT_ONCE = {
    path
    for path in EVERY_LIST
    if "sort=views" in path and ("section" not in path or "window=1h" in path or "window=24h" in path)
}


@pytest.fixture
def site(embedded_service: Service) -> Service:
    """A site on AWS: thirty articles, the first ones read most, rolled up each minute."""
    service = embedded_service
    service.backend.roll_up_seconds = 60
    for place in range(30):
        service.register(f"a{place:02}", title=f"Titre {place}", section="Ville")
        for reader in range(31 - place):
            service.view(f"a{place:02}", address=f"203.0.{reader}.7")
    tick(service)
    return service


def tick(service: Service) -> None:
    """A minute goes by."""
    service.clock.forward(minutes=1)
    roll_up.roll_up(service.backend)


def rows(service: Service, path: str) -> dict[str, tuple[str, int]]:
    """Title and views of the articles of a list, best first, as an environment without memory reads it."""
    reader = Service(replace(service.backend, memory=Memory(), _own={}), service.clock)
    return {row["article_id"]: (row["title"], row["views"]) for row in reader.call("GET", path).json["articles"]}


def test_numbers_alone_are_at_once_in_the_lists_most_looked_at_and_five_minutes_later_everywhere(
    site: Service,
) -> None:
    site.view("a00", address="198.51.100.9")
    tick(site)

    assert {path for path in EVERY_LIST if rows(site, path)["a00"][1] == 32} == AT_ONCE
    for _ in range(4):
        tick(site)
    assert {path for path in EVERY_LIST if rows(site, path)["a00"][1] == 32} == set(EVERY_LIST)


def test_a_new_order_of_the_first_places_is_everywhere_at_once(site: Service) -> None:
    for reader in range(5):
        site.view("a01", address=f"198.51.{reader}.9")
    tick(site)

    by_reading = [path for path in EVERY_LIST if "sort=comments" not in path]
    assert [next(iter(rows(site, path))) for path in by_reading] == ["a01"] * len(by_reading)


def test_a_new_title_and_a_deleted_article_are_everywhere_at_once_however_low_they_stand(site: Service) -> None:
    site.register("a29", title="Un autre titre")
    tick(site)
    assert {rows(site, path)["a29"][0] for path in EVERY_LIST} == {"Un autre titre"}

    site.call("DELETE", "/articles/a28", token=PUBLISHER)
    tick(site)
    assert not [path for path in EVERY_LIST if "a28" in rows(site, path)]


def test_where_roll_ups_come_every_few_seconds_nothing_waits(site: Service, clock: Clock) -> None:
    site.backend.roll_up_seconds = 2
    site.view("a00", address="198.51.100.9")
    tick(site)

    assert {rows(site, path)["a00"][1] for path in EVERY_LIST} == {32}
