"""What comes again (a connection, a try, a poll) changes nothing that is settled, and takes nobody's place."""

from typing import TYPE_CHECKING

import pytest

from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import article, comment, say, show, talk
from tests.widgets.writer import alert, at, field, fill, kept, opener, send, shown, status, stored, write

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Route

COMMENTS = "**/comments"
OFF_AND_ON = "dispatchEvent(new Event('online'))"


def test_what_has_arrived_is_not_sent_again_when_the_connection_comes_back(kiosk: Kiosk) -> None:
    with at(kiosk, "tunnel") as reader:
        write(kiosk, reader, "Arrivé")
        expect(shown(reader, "Arrivé")).to_be_focused()
        reader.page.evaluate(OFF_AND_ON)
        reader.page.reload()
        expect(shown(reader, "Arrivé")).to_be_visible()
        expect(field(reader, "comment")).to_have_count(0)
        assert "draft" not in kept(reader)
        assert reader.asked.count("POST /articles/tunnel/comments") == 1


def test_who_cancels_between_two_tries_sends_nothing_more(kiosk: Kiosk) -> None:
    with at(kiosk, "undecided", timers=True, but=("errors",)) as reader:
        with reader.failing(COMMENTS, 503), reader.page.expect_response(COMMENTS):
            write(kiosk, reader, "Finalement non")
        reader.page.get_by_role("button", name="Annuler").press("Enter")
        reader.context.clock.run_for("00:10")
        expect(status(reader)).to_have_text("Busy.")
        assert stored(kiosk, "undecided") == []
        opener(reader).press("Enter")
        expect(field(reader, "comment")).to_have_value("Finalement non")


def test_a_second_try_that_is_pressed_twice_asks_once(kiosk: Kiosk) -> None:
    article(kiosk, "impatient")
    say(kiosk, "impatient", "Bonjour")
    waiting: list[Route] = []
    with kiosk.reader(but=("errors", "shifts")) as reader:
        with reader.failing("**/comments?*", 503):
            reader.open("/impatient")
            retry = reader.page.get_by_role("button", name="Réessayer")
            expect(retry).to_be_visible()
        reader.page.route("**/comments?*", lambda route: waiting.append(route))
        retry.evaluate("(button) => [1, 2, 3].forEach(() => button.click())")
        expect(retry).to_have_attribute("aria-disabled", "true")
        reader.until(lambda: waiting)
        assert len(waiting) == 1
        waiting[0].fulfill(status=503, body="")
        expect(retry).not_to_have_attribute("aria-disabled", "true")
        reader.page.unroute("**/comments?*")
        retry.click()
        expect(reader.page.get_by_text("Bonjour")).to_be_visible()


def test_a_comment_that_has_not_changed_is_left_alone(kiosk: Kiosk) -> None:
    with at(kiosk, "steady", timers=True) as reader:
        write(kiosk, reader, "Sans changement")
        expect(shown(reader, "Sans changement")).to_be_focused()
        edit = shown(reader, "Sans changement").get_by_role("button", name="Modifier")
        edit.focus()
        with reader.page.expect_response("**/counts*"):
            reader.context.clock.run_for("01:00")
        expect(edit).to_be_focused()
        with reader.page.expect_response("**/status"), reader.holding("**/status"):
            reader.page.reload()
            edit.focus()
        reader.settled()
        expect(edit).to_be_focused()


def test_new_answers_that_are_not_on_the_page_take_nobody_to_an_old_comment(kiosk: Kiosk) -> None:
    article(kiosk, "elsewhere")
    ids = talk(kiosk, "elsewhere", 25)
    with kiosk.reader("/elsewhere", timers=True, but=("shifts",)) as reader:
        expect(comment(reader.page, ids[20])).to_be_visible()
        say(kiosk, "elsewhere", "Réponse", ids[0])
        reader.context.clock.run_for("01:00")
        reader.page.get_by_role("button", name="1 nouveau commentaire").click()
        expect(reader.page.get_by_role("status")).to_have_text("Il y a du nouveau plus bas.")
        assert reader.focused == "comments"


def test_new_comments_that_cannot_be_had_leave_the_reader_where_they_are(kiosk: Kiosk) -> None:
    article(kiosk, "stuck")
    talk(kiosk, "stuck", 3)
    with kiosk.reader("/stuck", timers=True, but=("shifts", "errors")) as reader:
        expect(reader.page.get_by_text("Mot 3")).to_be_visible()
        say(kiosk, "stuck", "Neuf")
        reader.context.clock.run_for("01:00")
        fresh = reader.page.get_by_role("button", name="1 nouveau commentaire")
        with reader.failing("**/comments?*", 500):
            fresh.press("Enter")
            expect(reader.page.get_by_role("status")).to_contain_text("Busy.")
        expect(fresh).to_be_focused()
        fresh.press("Enter")
        expect(reader.page.get_by_text("Neuf")).to_be_visible()


def test_nobody_is_remembered_once_a_comment_is_sent_without_consent(kiosk: Kiosk) -> None:
    with at(kiosk, "library") as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Incognito", email="awa@example.org")
        assert "awa@example.org" in reader.page.evaluate("JSON.stringify(sessionStorage)")
        send(kiosk, reader)
        expect(shown(reader, "Incognito")).to_be_focused()
        opener(reader).press("Enter")
        expect(field(reader, "email")).to_have_value("awa@example.org")
        everything = reader.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
        assert "awa@example.org" not in everything
        reader.page.reload()
        opener(reader).press("Enter")
        expect(field(reader, "email")).to_have_value("")


GARBAGE = ["{}", "5", '"x"', "true", "[null]", "[[]]", '[{"id": "x"}]', '{"a": {"id": "x"}}', "not JSON", ""]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_whatever_is_in_the_browsers_storage_the_comments_are_there(kiosk: Kiosk, garbage: str) -> None:
    id = f"garbage-{GARBAGE.index(garbage)}"
    article(kiosk, id)
    say(kiosk, id, "Bonjour")
    with kiosk.reader(f"/{id}", but=("shifts",)) as reader:
        for name in ("own", "draft", "vote", "me"):
            reader.page.evaluate(
                "([name, text]) => localStorage.setItem(name, text)", [f"tribune.{name}.{id}", garbage]
            )
        reader.page.evaluate("(text) => localStorage.setItem('tribune.me', text)", garbage)
        reader.page.reload()
        expect(reader.page.get_by_text("Bonjour")).to_be_visible()
        opener(reader).press("Enter")
        expect(field(reader, "comment")).to_be_focused()
        expect(alert(reader)).to_have_text("")


IN_SIGHT = """() => {
  const {x, y, width, height} = document.activeElement.getBoundingClientRect();
  const at = (part) => document.elementFromPoint(x + width / 2, y + height * part);
  return [0.2, 0.5, 0.8].some((part) => document.activeElement.contains(at(part)));
}"""


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_said_hides_nothing_that_has_the_focus(kiosk: Kiosk, width: int) -> None:
    id = f"sticky-{width}"
    article(kiosk, id)
    talk(kiosk, id, 12)
    with kiosk.reader(f"/{id}", width=width, height=568, timers=True, but=("shifts", "errors")) as reader:
        expect(reader.page.get_by_text("Mot 12", exact=True)).to_be_visible()
        say(kiosk, id, "Neuf")
        reader.context.clock.run_for("01:00")
        expect(reader.page.get_by_role("button", name="1 nouveau commentaire")).to_be_visible()
        with reader.failing("**/votes", 503):
            reader.page.get_by_role("button", name="D’accord avec Zoé 12", exact=True).press("Enter")
            expect(status(reader)).to_have_text("Busy.")
        for _ in range(36):
            reader.page.keyboard.press("Tab")
            assert reader.page.evaluate(IN_SIGHT), reader.focused


@pytest.mark.parametrize("anchor", ["comments", "respond"])
def test_an_address_of_the_comments_leads_to_their_heading(kiosk: Kiosk, anchor: str) -> None:
    article(kiosk, anchor)
    say(kiosk, anchor, "Bonjour")
    show(kiosk, anchor, before="<p>Long</p>" * 100)
    with kiosk.reader(f"/{anchor}#{anchor}", but=("shifts",)) as reader:
        heading = reader.page.get_by_role("heading", name="1 commentaire")
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
