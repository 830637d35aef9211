"""Rushes: many comments on an article or on the site are held for a moderator, never refused."""

from typing import Any

import pytest

from chalicelib.actions import roll_up
from chalicelib.api.reason_messages import REASONS
from tests.api.readers import codes, counted, edit, set_policy
from tests.scene import Clock, Heard, Service, an_app


@pytest.fixture
def rushed(client: Any, clock: Clock) -> Service:
    """The app with two articles, a pace of 15 s, and limits that few comments reach."""
    service = an_app(client, clock, comment_interval=15)
    service.register("a2")
    set_policy(service, article_pace=25, site_pace=40)
    return service


def come(service: Service, name: str, article_id: str = "a1", **fields: Any) -> Heard:
    """A comment of a reader who is nobody else."""
    number = sum(name.encode()) * 7 % 60_000
    address = f"10.{len(name)}.{number // 250}.{number % 250}"
    who = {"author_name": name, "author_email": f"{name}@example.org", "content": f"de {name}"}
    return service.post(article_id, address=address, **(who | fields))


def rush(service: Service, count: int, article_id: str = "a1", kind: str = "r") -> None:
    """So many comments, a tenth of a second after one another, and the roll-up's next turn."""
    for n in range(count):
        service.clock.forward(seconds=0.1)
        address = f"10.{ord(kind[0])}.{n}.7"
        who = {"author_name": f"{kind}{n}", "author_email": f"{kind}{n}@example.org", "content": f"{kind} {n}"}
        assert service.post(article_id, address=address, **who).status in (201, 202)
    roll_up.roll_up(service.backend)


def test_a_rush_on_an_article_holds_what_comes_next_on_it(any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, comment_interval=15)
    service.register("a2")
    set_policy(service, article_pace=25, site_pace=40)
    rush(service, 24)
    assert come(service, "presque").status == 201
    roll_up.roll_up(service.backend)

    heard = come(service, "trop")

    assert heard.status == 202
    (held,) = service.queue()["comments"]
    (reason,) = held["held_for"]
    assert (reason["code"], reason["evidence"]) == ("article_pace", {"count": 25, "limit": 25})
    assert reason["message"] == REASONS["article_pace"].say("fr", count=25, limit=25)
    assert come(service, "ailleurs", "a2").status == 201
    assert counted(service) == {25}


def test_a_rush_on_the_site_holds_what_comes_next_anywhere(rushed: Service) -> None:
    rush(rushed, 20, "a1", "r")
    rush(rushed, 20, "a2", "s")

    for article_id in ("a1", "a2"):
        assert come(rushed, f"sur-{article_id}", article_id).status == 202
    found = [(codes(one), one["held_for"][0]["evidence"]) for one in rushed.queue()["comments"]]
    assert found == [(["site_pace"], {"count": 40, "limit": 40})] * 2


def test_what_rules_sent_to_spam_holds_nobody_elses_comment(rushed: Service) -> None:
    rush(rushed, 20)
    for n in range(9):
        assert come(rushed, f"robot{n}{'x' * n}", subject="x").status == 202
    roll_up.roll_up(rushed.backend)

    assert come(rushed, "suivante").status == 201


def test_a_rush_is_never_refused_however_large(rushed: Service) -> None:
    for kind in "rstu":
        rush(rushed, 30, "a1", kind)

    assert come(rushed, "encore").status == 202
    assert rushed.queue()["counts"] == {
        "held": 91,
        "published": 30,
        "spam": 0,
        "rejected": 0,
        "trash": 0,
        "withdrawn": 0,
        "reported": 0,
    }


def test_a_rush_is_over_after_ten_minutes_with_roll_ups_and_without(rushed: Service) -> None:
    rush(rushed, 30)
    assert come(rushed, "pendant").status == 202
    rushed.clock.forward(minutes=9, seconds=59)
    assert come(rushed, "juste-avant").status == 202
    rushed.clock.forward(seconds=1)
    assert come(rushed, "dix-minutes-apres").status == 201

    rush(rushed, 30, kind="s")
    assert come(rushed, "pendant-encore").status == 202
    for _ in range(11):
        rushed.clock.forward(minutes=1)
        roll_up.roll_up(rushed.backend)
    assert come(rushed, "tout-est-fini").status == 201


def test_an_edit_during_a_rush_is_held_too(rushed: Service) -> None:
    own = come(rushed, "avant").json
    rush(rushed, 30)

    assert edit(rushed, own, "changé").json["status"] == "held"


@pytest.mark.parametrize(
    ("settings", "policy"),
    [({"comment_interval": 0}, {}), ({"comment_interval": 15}, {"article_pace": 0, "site_pace": 0})],
)
def test_a_rush_holds_nothing_where_the_pace_is_off(
    settings: dict[str, int], policy: dict[str, int], client: Any, clock: Clock
) -> None:
    service = an_app(client, clock, **settings)
    set_policy(service, **({"article_pace": 25, "site_pace": 40} | policy))
    rush(service, 50)

    assert come(service, "suivante").status == 201


def test_a_rush_is_what_the_roll_up_last_counted(rushed: Service) -> None:
    rush(rushed, 24)
    for n in range(3):
        assert come(rushed, f"pas-encore-compte{n}").status == 201

    roll_up.roll_up(rushed.backend)

    assert come(rushed, "maintenant").status == 202
