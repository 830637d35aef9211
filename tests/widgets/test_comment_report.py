"""The dialog that tells moderators of a comment."""

from typing import TYPE_CHECKING

import pytest

from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader
from tests.widgets.writer import at, shown

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator

REQUIRED = "Ce champ est obligatoire."


def dialog(reader: Reader) -> "Locator":
    return reader.page.get_by_role("dialog", name="Signaler le commentaire de Zoé")


def report_button(reader: Reader) -> "Locator":
    return shown(reader, "Bonjour").get_by_role("button", name="Signaler le commentaire de Zoé")


def ask(kiosk: Kiosk, article: str) -> None:
    kiosk.register(article)
    kiosk.service.post(article)


def test_a_report_is_sent_by_keyboard_and_has_a_receipt(kiosk: Kiosk) -> None:
    ask(kiosk, "spam")
    with at(kiosk, "spam") as reader:
        report_button(reader).press("Enter")
        reason = dialog(reader).get_by_label("Pourquoi ?")
        expect(reason).to_be_focused()
        controls = dialog(reader).locator("input, textarea, select")
        assert controls.evaluate_all("all => all.filter((one) => !one.labels.length).length") == 0
        expect(controls.locator("visible=true")).to_have_count(2)
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.insert_text("Trois fois le même lien")
        reader.page.keyboard.press("Tab")
        reader.page.keyboard.press("Enter")
        expect(dialog(reader)).to_contain_text("Merci, votre signalement est enregistré.")
        expect(dialog(reader).locator("p[tabindex]")).to_be_focused()
        link = dialog(reader).get_by_role("link", name="Suivre son traitement")
        receipt = str(link.get_attribute("href")).removeprefix(kiosk.url)
        told = kiosk.service.call("GET", receipt).json
        assert (told["status"], told["reason"]) == ("received", "spam")
        dialog(reader).get_by_role("button", name="Fermer").press("Enter")
        expect(dialog(reader)).to_have_count(0)
        expect(report_button(reader)).to_be_focused()


def test_what_is_illegal_needs_who_says_so_and_a_declaration(kiosk: Kiosk) -> None:
    ask(kiosk, "illegal")
    with at(kiosk, "illegal", but=("errors",)) as reader:
        report_button(reader).press("Enter")
        dialog(reader).get_by_label("Pourquoi ?").select_option("illegal")
        dialog(reader).get_by_role("button", name="Envoyer").press("Enter")
        expect(dialog(reader).get_by_role("alert")).to_have_text("4 champs sont à corriger.")
        fields = [
            dialog(reader).get_by_label(label)
            for label in ("Précisions", "Nom", "E-mail", "Je crois de bonne foi")
        ]
        for control in fields:
            expect(control).to_have_accessible_description(REQUIRED)
            expect(control).to_have_attribute("aria-invalid", "true")
        expect(fields[0]).to_be_focused()
        for control, text in zip(fields, ("Diffamation", "Awa", "awa"), strict=False):
            control.fill(text)
        fields[3].press("Space")
        dialog(reader).get_by_role("button", name="Envoyer").press("Enter")
        expect(fields[2]).to_be_focused()
        expect(dialog(reader).get_by_text(REQUIRED)).to_have_count(0)
        fields[2].fill("awa@example.org")
        dialog(reader).get_by_role("button", name="Envoyer").press("Enter")
        expect(dialog(reader)).to_contain_text("Merci, votre signalement est enregistré.")


def test_the_abuse_of_a_child_needs_the_declaration_and_no_name(kiosk: Kiosk) -> None:
    ask(kiosk, "child")
    with at(kiosk, "child", but=("errors",)) as reader:
        report_button(reader).press("Enter")
        dialog(reader).get_by_label("Pourquoi ?").select_option("child_abuse")
        expect(dialog(reader).get_by_label("Nom")).to_be_hidden()
        dialog(reader).get_by_label("Précisions").fill("Voyez la photo")
        dialog(reader).get_by_role("button", name="Envoyer").press("Enter")
        expect(dialog(reader).get_by_label("Je crois de bonne foi")).to_be_focused()
        dialog(reader).get_by_label("Je crois de bonne foi").press("Space")
        dialog(reader).get_by_role("button", name="Envoyer").press("Enter")
        expect(dialog(reader)).to_contain_text("Merci, votre signalement est enregistré.")


def test_escape_closes_it_and_gives_the_focus_back(kiosk: Kiosk) -> None:
    ask(kiosk, "escape")
    with at(kiosk, "escape") as reader:
        report_button(reader).press("Enter")
        dialog(reader).get_by_label("Précisions").fill("Non, rien")
        reader.page.keyboard.press("Escape")
        expect(dialog(reader)).to_have_count(0)
        expect(report_button(reader)).to_be_focused()


def test_a_service_that_is_down_is_said_and_what_was_typed_stays(kiosk: Kiosk) -> None:
    ask(kiosk, "down")
    with at(kiosk, "down", but=("errors",)) as reader:
        report_button(reader).press("Enter")
        dialog(reader).get_by_label("Précisions").fill("Voyez vous-mêmes")
        with reader.failing("**/reports"):
            dialog(reader).get_by_role("button", name="Envoyer").press("Enter")
            expect(dialog(reader).get_by_role("alert")).to_have_text(
                "Le service ne répond pas. Réessayez dans un instant."
            )
        expect(dialog(reader).get_by_label("Précisions")).to_have_value("Voyez vous-mêmes")
        dialog(reader).get_by_role("button", name="Envoyer").dblclick()
        expect(dialog(reader)).to_contain_text("Merci, votre signalement est enregistré.")
