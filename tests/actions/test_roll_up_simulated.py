"""Days of views on several environments with roll-ups now and then, against an exact model of every window."""

import random
from dataclasses import replace

import pytest

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.rules import instants
from tests.conftest import client_on
from tests.scene import NOON, Clock, Service, make_backend

ARTICLES = ("a1", "a2", "a3")
ENVIRONMENTS = 3
STEPS_MINUTES = (1, 3, 7, 20, 45, 61, 130, 400, 1_500)


class Model:
    """Each reader once an article and hour, in the slot of the first view."""

    def __init__(self) -> None:
        self.first: dict[tuple[str, int, int], int] = {}

    def view(self, article: str, reader: int, at: int) -> None:
        """Note a view."""
        self.first.setdefault((article, reader, instants.hour_of(at)), at // instants.SLOT)

    def counts(self, window: str, now: int) -> dict[str, int]:
        """The views of a window that ends now."""
        hour, day, slot = instants.hour_of(now), now // instants.DAY, now // instants.SLOT
        since = {
            "1h": lambda seen, at: seen > slot - 6,
            "24h": lambda seen, at: at > hour - 24,
            "7d": lambda seen, at: instants.day_of_hour(at) > day - 7,
            "30d": lambda seen, at: instants.day_of_hour(at) > day - 30,
            "all": lambda seen, at: True,
        }[window]
        found: dict[str, int] = {}
        for (article, _, at), seen in self.first.items():
            if since(seen, at):
                found[article] = found.get(article, 0) + 1
        return found


def simulate(seed: int, steps: int) -> None:
    """Views, roll-ups on any environment and passing time; every window is compared after each roll-up."""
    draw, model, clock = random.Random(seed), Model(), Clock(NOON)
    with client_on("embedded") as client:
        first = make_backend(client, clock, moderation="none", comment_interval=0)
        services = [
            Service(replace(first, environment=f"e{n}", memory=Memory(), _own={}), clock)
            for n in range(ENVIRONMENTS)
        ]
        for article in ARTICLES:
            services[0].register(article)
        for _ in range(steps):
            for _ in range(draw.randrange(6)):
                article, reader = draw.choice(ARTICLES), draw.randrange(8)
                draw.choice(services).view(
                    article, address=f"198.51.{reader}.7", user_agent=f"Mozilla/5.0 (reader {reader})"
                )
                model.view(article, reader, clock.at)
            if draw.random() < 0.7:
                roll_up.roll_up(draw.choice(services).backend)
                compare(services[0], model, clock)
            clock.forward(minutes=draw.choice(STEPS_MINUTES))


def compare(service: Service, model: Model, clock: Clock) -> None:
    cold = Service(replace(service.backend, memory=Memory(), _own={}), clock)
    for window in ("1h", "24h", "7d", "30d", "all"):
        rows = cold.call("GET", f"/most-read?window={window}").json["articles"]
        listed = {row["article_id"]: row["views"] for row in rows}
        assert listed == model.counts(window, clock.at), (window, instants.text(clock.at))


@pytest.mark.parametrize("seed", range(2))
def test_a_few_days_of_views_on_several_environments_are_exact(seed: int) -> None:
    simulate(seed, 25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_days_of_views_on_several_environments_are_exact(seed: int) -> None:
    simulate(seed, 150)
