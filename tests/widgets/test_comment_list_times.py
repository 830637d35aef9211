"""When a comment was written, by whatever clock the reader's device has."""

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from chalicelib.rules import instants
from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import article, comment, say, show

AGES = {
    0: ("maintenant", "now"),
    1: ("il y a 1 minute", "1 minute ago"),
    59: ("il y a 59 minutes", "59 minutes ago"),
    61: ("il y a 1 heure", "1 hour ago"),
    23 * 60: ("il y a 23 heures", "23 hours ago"),
    25 * 60: ("hier", "yesterday"),
    3 * 24 * 60: ("il y a 3 jours", "3 days ago"),
    8 * 24 * 60: ("11 mars 2026", "March 11, 2026"),
}


def later(kiosk: Kiosk, minutes: float) -> datetime:
    """The service's time and so many minutes."""
    return datetime.fromtimestamp(kiosk.service.clock.at / instants.SECOND, UTC) + timedelta(minutes=minutes)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_time_is_said_as_long_ago_as_it_is_and_exactly_where_one_looks(own_kiosk: Kiosk, lang: str) -> None:
    own_kiosk.service.clock.forward(minutes=-1)
    article(own_kiosk, "a1")
    id = say(own_kiosk, "a1", "Bonjour")
    show(own_kiosk, "a1", lang=lang)
    with own_kiosk.reader() as reader:
        time = comment(reader.page, id).locator("time")
        for minutes, words in AGES.items():
            reader.context.clock.set_fixed_time(later(own_kiosk, minutes))
            reader.open("/a1")
            expect(time).to_have_text(words[lang == "en"])
        expect(time).to_have_attribute("datetime", "2026-03-11T12:00:00Z")
        exactly = {"fr": "mercredi 11 mars 2026 à 13:00", "en": "Wednesday, March 11, 2026 at 1:00"}
        expect(time).to_have_attribute("title", re.compile(exactly[lang]))


def test_no_comment_comes_from_the_future_by_a_clock_that_is_slow(kiosk: Kiosk) -> None:
    article(kiosk, "slow")
    id = say(kiosk, "slow", "Bonjour")
    with kiosk.reader() as reader:
        reader.context.clock.set_fixed_time(later(kiosk, -600))
        reader.open("/slow")
        expect(comment(reader.page, id).locator("time")).to_have_text("maintenant")


def test_times_are_kept_up_to_date(kiosk: Kiosk) -> None:
    article(kiosk, "page")
    id = say(kiosk, "page", "Bonjour")
    with kiosk.reader("/page", timers=True) as reader:
        time = comment(reader.page, id).locator("time")
        expect(time).to_have_text("maintenant")
        reader.context.clock.run_for("03:00")
        expect(time).to_have_text("il y a 3 minutes")
