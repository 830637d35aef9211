"""Importing access logs again, by halves, in another order, and over views that were counted already."""

import random
from collections.abc import Iterator
from typing import Any

import pytest

from ops.import_views import import_views
from tests.conftest import client_on
from tests.ops.logs import ARTICLES, DAYS, GOOGLEBOT, SITE, Write, a_line, kept, listed, views_of
from tests.scene import FIREFOX, Clock, Service, make_backend


@pytest.fixture
def client() -> Iterator[Any]:
    """A client of the embedded engine, which is quicker than moto; `any_client` is of either."""
    with client_on("embedded") as made:
        yield made


def many_lines() -> list[str]:
    """Reads of six articles by some readers over three days, old and new, out of order."""
    draw = random.Random(20260311)  # an arbitrary log, the same each time
    return [
        a_line(
            f"{draw.choice(DAYS)}T0{draw.randrange(3)}:{draw.randrange(60):02}:00",
            draw.choice(["/articles/a{}", "/articles/a{}/", "/articles/a{}?utm_source=x"]).format(
                draw.randrange(6)
            ),
            address=f"203.0.{draw.randrange(3)}.{draw.randrange(4)}",
            agent=draw.choice([FIREFOX, f"{FIREFOX} b", GOOGLEBOT]),
        )
        for _ in range(400)
    ]


def test_the_order_of_lines_and_files_changes_nothing(client: Any, clock: Clock, log: Write) -> None:
    lines = many_lines()
    shuffled = random.Random(1).sample(lines, len(lines))  # any other order
    whole = make_backend(client, clock, table="whole")
    parts = make_backend(client, clock, table="parts")

    import_views(whole, [log(*lines)], article=ARTICLES, register=True, site=SITE)
    files = [log(*shuffled[:200], name="one.log.gz"), log(*shuffled[200:], name="two.log")]
    import_views(parts, files, article=ARTICLES, register=True, site=SITE)

    assert kept(whole) == kept(parts)


def test_an_import_done_again_and_one_done_in_two_steps_end_alike(
    any_client: Any, clock: Clock, log: Write
) -> None:
    path = log(*many_lines())
    once = make_backend(any_client, clock, table="once")
    twice = make_backend(any_client, clock, table="twice")
    both = Service(once, clock), Service(twice, clock)
    for service in both:
        service.register("a1", title="Titre")

    import_views(once, [path], article=ARTICLES, register=True, site=SITE)
    import_views(twice, [path], article=ARTICLES)
    assert [id for id, _ in listed(both[1])] == ["a1"]
    import_views(twice, [path], article=ARTICLES, register=True, site=SITE)
    again = import_views(twice, [path], article=ARTICLES, register=True, site=SITE)

    assert kept(once) == kept(twice)
    assert not again.written
    assert again.skipped["already_counted"] + again.skipped["bot"] == 400
    assert len(listed(both[0])) == 6


@pytest.mark.parametrize("writes", range(1, 30, 2))
def test_an_import_that_was_interrupted_is_finished_by_running_it_again(
    client: Any, clock: Clock, log: Write, writes: int
) -> None:
    lines = [
        a_line(f"{day}T10:05:00", f"/articles/a{n}")
        for n in range(2)
        for day in ("2015-05-17", "2026-03-09", "2026-03-10")
    ]
    path = log(*lines)
    whole = make_backend(client, clock, table="whole")
    halved = make_backend(client, clock, table="halved")
    import_views(whole, [path], article=ARTICLES, register=True, site=SITE)
    left = [writes]

    def interrupt(**_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise KeyboardInterrupt

    for action in ("PutItem", "UpdateItem"):
        client.meta.events.register(f"before-call.dynamodb.{action}", interrupt)

    with pytest.raises(KeyboardInterrupt):
        import_views(halved, [path], article=ARTICLES, register=True, site=SITE)
    import_views(halved, [path], article=ARTICLES, register=True, site=SITE)

    assert kept(halved) == kept(whole)


def test_an_hour_with_live_views_is_left_alone_unless_recounted(any_service: Service, log: Write) -> None:
    any_service.register()
    assert any_service.view()["counted"]
    any_service.clock.forward(hours=2)
    lines = [a_line("2026-03-11T12:30:00", address=f"203.0.113.{n}") for n in range(3)]
    path = log(*lines, a_line("2026-03-11T09:30:00"))

    report = import_views(any_service.backend, [path], article=ARTICLES)
    assert (report.written["views"], report.skipped["already_counted"]) == (1, 3)
    assert views_of(any_service) == 2

    report = import_views(any_service.backend, [path], article=ARTICLES, recount=True)
    assert (report.written["views"], report.written["replaced_hours"]) == (4, 2)
    assert views_of(any_service) == 4

    import_views(any_service.backend, [path], article=ARTICLES)
    assert views_of(any_service) == 4
    assert listed(any_service, "24h") == [("a1", 4)]


def test_live_views_of_the_running_hour_are_added_to_imported_ones(service: Service, log: Write) -> None:
    service.register()
    path = log(a_line("2026-03-11T12:00:00"))
    for recount in (False, True):
        import_views(service.backend, [path], article=ARTICLES, recount=recount)

    assert service.view()["counted"]
    import_views(service.backend, [path], article=ARTICLES)

    assert views_of(service) == 2


def test_a_recount_that_finds_less_takes_views_back(service: Service, log: Write) -> None:
    service.register()
    lines = [a_line("2020-01-01T10:30:00", address=f"203.0.113.{n}") for n in range(3)]
    import_views(service.backend, [log(*lines)], article=ARTICLES)

    import_views(service.backend, [log(lines[0])], article=ARTICLES, recount=True)

    assert views_of(service) == 1
    assert listed(service) == [("a1", 1)]


def test_a_live_view_after_a_recount_of_the_running_hour_counts(service: Service, log: Write) -> None:
    service.register()
    assert service.view(address="198.51.100.20")["counted"]
    path = log(*[a_line("2026-03-11T12:00:00", address=f"192.0.2.{n}") for n in range(5)])
    import_views(service.backend, [path], article=ARTICLES, recount=True)
    assert views_of(service) == 5

    assert service.view(address="198.51.100.21")["counted"]
    import_views(service.backend, [path], article=ARTICLES)

    assert views_of(service) == 6
