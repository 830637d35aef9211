"""Votes, and the order that they and the times give."""

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import expect

from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import article, comment, say, talk, texts


def test_a_vote_counts_changes_is_taken_back_and_is_remembered(kiosk: Kiosk) -> None:
    article(kiosk, "votes")
    id = say(kiosk, "votes", "Bonjour", author_name="Léa")
    with kiosk.reader("/votes") as reader:
        one = comment(reader.page, id)
        up = one.get_by_role("button", name="D’accord avec Léa", exact=True)
        down = one.get_by_role("button", name="Pas d’accord avec Léa")

        def shows(votes: str, *pressed: str) -> None:
            expect(one.locator(".tribune-votes")).to_contain_text(f"{votes} vote")
            expect(up).to_have_attribute("aria-pressed", pressed[0])
            expect(down).to_have_attribute("aria-pressed", pressed[1])

        shows("0", "false", "false")
        up.click()
        shows("1", "true", "false")
        down.click()
        shows("-1", "false", "true")
        reader.page.reload()
        shows("-1", "false", "true")
        assert reader.audit() == []
        reader.screenshot("comments-voted")
        down.press("Enter")
        shows("0", "false", "false")
        assert kiosk.service.call("GET", f"/articles/votes/comments/{id}").json["votes"] == 0


def test_a_vote_that_fails_is_said_and_changes_nothing(kiosk: Kiosk) -> None:
    article(kiosk, "failed")
    id = say(kiosk, "failed", "Bonjour")
    with kiosk.reader("/failed", but=("errors",)) as reader:
        up = comment(reader.page, id).get_by_role("button", name="D’accord", exact=False).first
        with reader.failing("**/votes"):
            up.click()
            expect(reader.page.get_by_role("status")).to_have_text(
                "Le service ne répond pas. Réessayez dans un instant."
            )
        expect(up).to_have_attribute("aria-pressed", "false")
        expect(comment(reader.page, id).locator(".tribune-votes")).to_contain_text("0")

        up.click()
        expect(up).to_have_attribute("aria-pressed", "true")
        expect(reader.page.get_by_role("status")).to_have_text("")


def test_the_reader_chooses_the_order(kiosk: Kiosk) -> None:
    article(kiosk, "order")
    ids = talk(kiosk, "order", 3)
    path = f"/articles/order/comments/{ids[1]}/votes"
    assert kiosk.service.call("POST", path, {"vote": 1}).status == 200
    with kiosk.reader("/order") as reader:
        order = reader.page.get_by_label("Trier par")
        assert texts(reader.page) == ["Mot 3", "Mot 2", "Mot 1"]
        order.focus()
        for name, first in (
            ("Les plus anciens", "Mot 1"),
            ("Les mieux notés", "Mot 2"),
            ("Les plus récents", "Mot 3"),
        ):
            order.select_option(name)
            expect(reader.page.locator(".tribune-comment-content").first).to_have_text(first)
            expect(reader.page.locator(".tribune-comment-content")).to_have_count(3)
            expect(order).to_be_focused()


def test_where_another_order_cannot_be_had_the_choice_is_as_before(kiosk: Kiosk) -> None:
    article(kiosk, "kept")
    talk(kiosk, "kept", 21)
    with kiosk.reader("/kept", but=("errors", "shifts")) as reader:
        order = reader.page.get_by_label("Trier par")
        expect(order).to_be_visible()
        with reader.failing("**sort=oldest*", 503):
            order.select_option("Les plus anciens")
            expect(order).to_have_value("newest")
        assert texts(reader.page)[0] == "Mot 21"
        reader.page.get_by_role("button", name="Commentaires suivants").click()
        expect(reader.page.get_by_text("Mot 1", exact=True)).to_be_visible()


def test_the_last_choice_of_an_order_wins_however_slow_the_first_is(kiosk: Kiosk) -> None:
    article(kiosk, "race")
    talk(kiosk, "race", 2)
    with kiosk.reader("/race") as reader:
        order = reader.page.get_by_label("Trier par")
        expect(order).to_be_visible()
        order.select_option("Les mieux notés")
        with reader.page.expect_response("**sort=oldest*"), reader.holding("**sort=oldest*"):
            order.select_option("Les plus anciens")
            order.select_option("Les plus récents")
            expect(reader.page.get_by_role("status")).to_have_text("")
        assert texts(reader.page) == ["Mot 2", "Mot 1"]
        expect(order).to_have_value("newest")
