"""Nothing is stored twice or under another: lost answers, reloads, two clicks, two boxes, two tabs."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.widgets import writer
from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader
from tests.widgets.writer import (
    alert,
    at,
    field,
    fill,
    opener,
    send,
    shown,
    stored,
    until_given_up,
    write,
)

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Route

COMMENTS = "**/comments"


def lose_answers(reader: Reader) -> list[str]:
    """Let comments arrive and their answers get lost, till `page.unroute`; the bodies that were sent."""
    sent: list[str] = []

    def lose(route: "Route") -> None:
        sent.append(route.request.post_data or "")
        route.fetch()
        route.abort()

    reader.page.route(COMMENTS, lose)
    return sent


def test_a_lost_answer_makes_no_second_comment(kiosk: Kiosk) -> None:
    with at(kiosk, "lost", timers=True, but=("errors",)) as reader:
        sent = lose_answers(reader)
        write(kiosk, reader, "Une fois")
        until_given_up(reader)
        expect(alert(reader)).to_contain_text("Le service ne répond pas.")
        assert len({json.loads(body)["submission_id"] for body in sent}) == 1
        reader.page.unroute(COMMENTS)
        send(kiosk, reader)
        expect(shown(reader, "Une fois")).to_be_focused()
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")
        assert stored(kiosk, "lost") == ["Une fois"]


def test_a_text_changed_after_a_lost_answer_is_what_is_stored(kiosk: Kiosk) -> None:
    with at(kiosk, "changed", timers=True, but=("errors",)) as reader:
        lose_answers(reader)
        write(kiosk, reader, "Avec une fote")
        until_given_up(reader)
        expect(alert(reader)).to_contain_text("Le service ne répond pas.")
        reader.page.unroute(COMMENTS)
        field(reader, "comment").fill("Sans faute")
        reader.page.reload()
        expect(field(reader, "comment")).to_have_value("Sans faute")
        send(kiosk, reader)
        expect(shown(reader, "Sans faute")).to_be_focused()
        assert stored(kiosk, "changed") == ["Sans faute"]


def test_a_change_that_comes_too_late_is_a_comment_of_its_own(kiosk: Kiosk) -> None:
    with at(kiosk, "late", timers=True, but=("errors",)) as reader:
        lose_answers(reader)
        write(kiosk, reader, "Le premier")
        until_given_up(reader)
        expect(alert(reader)).to_contain_text("Le service ne répond pas.")
        reader.page.unroute(COMMENTS)
        kiosk.service.clock.forward(minutes=20)
        field(reader, "comment").fill("Le second")
        send(kiosk, reader)
        expect(alert(reader)).to_contain_text("Le délai pour modifier ou retirer ce commentaire est passé.")
        expect(shown(reader, "Le premier")).to_be_visible()
        send(kiosk, reader)
        expect(shown(reader, "Le second")).to_be_focused()
        assert stored(kiosk, "late") == ["Le second", "Le premier"]


def test_a_reload_while_it_is_on_its_way_loses_and_doubles_nothing(kiosk: Kiosk) -> None:
    with at(kiosk, "reloaded") as reader:
        waiting: list[Route] = []
        reader.page.route(COMMENTS, lambda route: waiting.append(route))
        write(kiosk, reader, "En chemin")
        reader.until(lambda: waiting)
        waiting[0].fetch()
        reader.page.reload()
        reader.page.unroute(COMMENTS)
        expect(field(reader, "comment")).to_have_value("En chemin")
        send(kiosk, reader)
        expect(shown(reader, "En chemin")).to_be_focused()
        expect(shown(reader, "En chemin")).to_have_count(1)
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")
        assert stored(kiosk, "reloaded") == ["En chemin"]


def test_sending_twice_is_sending_once_and_what_is_on_its_way_stays_as_it_is(kiosk: Kiosk) -> None:
    with at(kiosk, "twice") as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Pressé")
        reader.settled()
        kiosk.service.clock.forward(seconds=writer.UNHURRIED)
        with reader.holding(COMMENTS) as waiting:
            reader.page.locator("#submit").dblclick()
            field(reader, "author").press("Enter")
            expect(field(reader, "comment")).not_to_be_editable()
            expect(reader.page.locator("#submit")).to_have_attribute("aria-disabled", "true")
            reader.settled()
            assert len(waiting) == 1
        expect(shown(reader, "Pressé")).to_be_focused()
        assert stored(kiosk, "twice") == ["Pressé"]


def test_an_answer_begun_while_another_comment_is_on_its_way_is_left_alone(kiosk: Kiosk) -> None:
    kiosk.register("both")
    kiosk.service.post("both", content="Premier")
    with at(kiosk, "both", but=("errors",)) as reader:
        with reader.holding(COMMENTS) as waiting:
            write(kiosk, reader, "À tous")
            shown(reader, "Premier").get_by_role("button", name="Répondre").press("Enter")
            expect(reader.page.locator("#submit")).to_have_attribute("aria-disabled", "false")
            field(reader, "comment").fill("À toi")
            reader.settled()
            assert len(waiting) == 1
        expect(shown(reader, "À tous")).to_be_visible()
        expect(field(reader, "comment")).to_be_focused()
        expect(field(reader, "comment")).to_have_value("À toi")
        send(kiosk, reader)
        expect(shown(reader, "À toi")).to_be_focused()
        assert stored(kiosk, "both") == ["À toi", "À tous", "Premier"]


def test_a_second_tab_with_the_same_draft_sends_a_comment_of_its_own(kiosk: Kiosk) -> None:
    with at(kiosk, "tabs") as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Du premier onglet")
        tab = Reader(reader.context.new_page(), reader.homes)
        tab.page.goto(reader.page.url)
        expect(field(tab, "comment")).to_have_value("Du premier onglet")
        fill(tab, comment="Du second onglet")
        send(kiosk, reader)
        expect(shown(reader, "Du premier onglet")).to_be_focused()
        send(kiosk, tab)
        expect(shown(tab, "Du second onglet")).to_be_focused()
        assert stored(kiosk, "tabs") == ["Du second onglet", "Du premier onglet"]
