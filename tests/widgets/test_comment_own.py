"""One's own comments: edited and taken back, in the browser that wrote them."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.widgets import writer
from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader
from tests.widgets.writer import at, kept, opener, shown, status, stored, write

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator


def dialog(reader: Reader) -> "Locator":
    return reader.page.get_by_role("dialog")


def press(reader: Reader, text: str, name: str) -> None:
    """Press a button of a comment, by keyboard."""
    shown(reader, text).get_by_role("button", name=name).press("Enter")


def test_an_own_comment_is_edited_in_its_place(kiosk: Kiosk) -> None:
    with at(kiosk, "edited") as reader:
        write(kiosk, reader, "Avec *une* fote & <b>deux</b>")
        expect(shown(reader, "fote")).to_contain_text("encore 15 min")  # the page's clock is a little behind
        press(reader, "fote", "Modifier")
        text = dialog(reader).get_by_label("Commentaire")
        expect(text).to_be_focused()
        expect(text).to_have_value("Avec *une* fote & <b>deux</b>")
        text.fill("Sans faute")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Enter")
        expect(shown(reader, "Sans faute")).to_be_focused()
        expect(shown(reader, "Sans faute")).to_contain_text("(modifié)")
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")
        assert stored(kiosk, "edited") == ["Sans faute"]
        reader.page.reload()
        press(reader, "Sans faute", "Modifier")
        expect(text).to_have_value("Sans faute")


def test_escape_closes_the_dialog_and_keeps_what_was_typed(kiosk: Kiosk) -> None:
    with at(kiosk, "escaped") as reader:
        write(kiosk, reader, "Un début")
        press(reader, "Un début", "Modifier")
        dialog(reader).get_by_label("Commentaire").fill("Une suite")
        reader.page.keyboard.press("Escape")
        expect(dialog(reader)).to_have_count(0)
        expect(shown(reader, "Un début").get_by_role("button", name="Modifier")).to_be_focused()
        reader.page.reload()
        press(reader, "Un début", "Modifier")
        expect(dialog(reader).get_by_label("Commentaire")).to_have_value("Une suite")


def test_the_time_to_change_it_runs_out(kiosk: Kiosk) -> None:
    with at(kiosk, "time", timers=True) as reader:
        write(kiosk, reader, "Minuté")
        left = shown(reader, "Minuté").locator(".tribune-left")
        expect(left).to_have_text("encore 15 min")
        reader.context.clock.run_for("03:00")
        expect(left).to_have_text("encore 12 min")
        reader.context.clock.run_for("13:00")
        expect(left).to_have_count(0)
        for name in ("Modifier", "Retirer"):
            expect(shown(reader, "Minuté").get_by_role("button", name=name)).to_have_count(0)


def test_a_refused_change_is_said_and_the_text_stays(kiosk: Kiosk) -> None:
    with at(kiosk, "answered", but=("errors",)) as reader:
        write(kiosk, reader, "Une question")
        expect(shown(reader, "Une question")).to_be_focused()
        press(reader, "Une question", "Modifier")
        text = dialog(reader).get_by_label("Commentaire")
        text.fill("")
        dialog(reader).get_by_role("button", name="Enregistrer").press("Enter")
        expect(text).to_be_focused()
        expect(text).to_have_accessible_description("Ce champ est obligatoire.")
        [comment] = kiosk.service.queue("status=published&article=answered")["comments"]
        kiosk.service.post("answered", content="Une réponse", parent_id=comment["id"])
        text.fill("Une autre question")
        dialog(reader).get_by_role("button", name="Enregistrer").press("Enter")
        expect(dialog(reader).get_by_role("alert")).to_contain_text("Quelqu’un a répondu à ce commentaire")
        expect(text).to_have_value("Une autre question")
        expect(text).to_have_attribute("aria-invalid", "false")


def test_taking_a_comment_back_asks_first(kiosk: Kiosk) -> None:
    with at(kiosk, "withdrawn") as reader:
        write(kiosk, reader, "Je regrette")
        press(reader, "Je regrette", "Retirer")
        expect(dialog(reader)).to_contain_text("Plus personne ne verra ce commentaire.")
        dialog(reader).get_by_role("button", name="Annuler").press("Enter")
        assert stored(kiosk, "withdrawn") == ["Je regrette"]
        expect(shown(reader, "Je regrette").get_by_role("button", name="Retirer")).to_be_focused()
        press(reader, "Je regrette", "Retirer")
        dialog(reader).get_by_role("button", name="Retirer").press("Enter")
        expect(shown(reader, "Je regrette")).to_have_count(0)
        expect(status(reader)).to_have_text("Votre commentaire est retiré.")
        expect(reader.page.get_by_role("heading", name="Aucun commentaire")).to_be_focused()
        expect(opener(reader)).to_have_text("Laisser un commentaire (0)")
        assert stored(kiosk, "withdrawn") == []
        assert "Je regrette" not in kept(reader)


def test_a_comment_taken_back_that_has_replies_leaves_a_word(kiosk: Kiosk) -> None:
    with at(kiosk, "answered-own") as reader:
        write(kiosk, reader, "Je regrette")
        expect(shown(reader, "Je regrette")).to_be_focused()
        [comment] = kiosk.service.queue("status=published&article=answered-own")["comments"]
        answer = kiosk.service.post("answered-own", content="Une réponse", parent_id=comment["id"]).json
        reader.page.reload()
        expect(shown(reader, "Une réponse")).to_be_visible()
        reader.settled()
        kiosk.service.decide("reject", answer["id"], reason="spam")
        press(reader, "Je regrette", "Retirer")
        dialog(reader).get_by_role("button", name="Retirer").press("Enter")
        expect(reader.page.locator("li").first).to_contain_text("Ce commentaire a été retiré.")
        expect(shown(reader, "Une réponse")).to_be_visible()


def test_what_was_just_published_is_there_after_a_reload_though_lists_are_kept_for_a_minute(kiosk: Kiosk) -> None:
    with at(kiosk, "cached") as reader:
        write(kiosk, reader, "Tout neuf")
        expect(shown(reader, "Tout neuf")).to_be_focused()
        reader.page.reload()
        expect(shown(reader, "Tout neuf")).to_be_visible()
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")


def test_the_email_is_never_kept_with_a_comment(kiosk: Kiosk) -> None:
    with at(kiosk, "no-email") as reader:
        write(kiosk, reader, "Sans adresse")
        expect(shown(reader, "Sans adresse")).to_be_focused()
        kept_own = json.loads(json.loads(kept(reader))["tribune.own.no-email"])
        [own] = kept_own
        assert own["author"] == {"name": "Vous", "avatar": "0"}
        assert writer.EMAIL not in kept(reader)
