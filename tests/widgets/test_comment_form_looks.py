"""The form and the dialogs in every state, for axe: on small and wide screens, light, dark, in forced colours."""

from typing import Any

import pytest

from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader
from tests.widgets.writer import alert, at, field, fill, opener, send, shown

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

LOOKS: dict[str, dict[str, Any]] = {
    "light-320": {"width": 320},
    "dark-390": {"width": 390, "color_scheme": "dark"},
    "light-1280": {"width": 1280},
    "forced-1280": {"width": 1280, "forced_colors": "active", "color_scheme": "dark"},
}

HIDE_WHAT_IS_BEHIND_A_DIALOG = """(visibility) => {
  const dialog = document.querySelector("dialog");
  if (dialog) dialog.scrollTop = 0;
  const behind = dialog ? document.querySelectorAll("h1, tribune-comments > :not(dialog)") : [];
  for (const one of behind) one.style.visibility = visibility;
}"""
"""Nobody can reach it, and axe does not know that a modal dialog is above all else."""


def sound(reader: Reader, state: str, look: str) -> None:
    reader.screenshot(f"form-{state}-{look}")
    # Where a browser forces its colours, axe reads those of the page, which nobody sees.
    rules = {"color-contrast": {"enabled": not look.startswith("forced")}}
    reader.page.evaluate(HIDE_WHAT_IS_BEHIND_A_DIALOG, "hidden")
    assert reader.audit(rules=rules) == [], state
    reader.page.evaluate(HIDE_WHAT_IS_BEHIND_A_DIALOG, "")
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state


def write(kiosk: Kiosk, reader: Reader, look: str) -> None:
    opener(reader).press("Enter")
    sound(reader, "open", look)
    send(kiosk, reader)
    expect(alert(reader)).not_to_be_empty()
    sound(reader, "errors", look)
    fill(reader, comment="Un mot très long : " + "anticonstitutionnellement" * 7 + " et\nla suite" * 20)
    field(reader, "comment").press("End")
    with reader.holding("**/comments"):
        send(kiosk, reader)
        reader.screenshot(f"form-sending-{look}")
    expect(shown(reader, "anticonst")).to_be_focused()
    sound(reader, "own", look)


def answer_offline(kiosk: Kiosk, reader: Reader, look: str) -> None:
    shown(reader, "Bonjour").get_by_role("button", name="Répondre").press("Enter")
    fill(reader, comment="Bonjour")
    reader.context.set_offline(True)
    send(kiosk, reader)
    expect(alert(reader)).to_contain_text("hors connexion")
    sound(reader, "offline", look)
    reader.context.set_offline(False)
    expect(shown(reader, "Bonjour")).to_have_count(2)


def report(reader: Reader, look: str) -> None:
    shown(reader, "Jean-Baptiste").get_by_role("button", name="Signaler").press("Enter")
    reader.screenshot(f"form-report-{look}")
    reader.page.get_by_label("Pourquoi ?").select_option("illegal")
    reader.page.get_by_role("button", name="Envoyer").press("Enter")
    expect(reader.page.get_by_role("dialog").get_by_role("alert")).not_to_be_empty()
    sound(reader, "report-errors", look)
    reader.page.get_by_label("Pourquoi ?").select_option("spam")
    reader.page.get_by_role("button", name="Envoyer").press("Enter")
    reader.page.get_by_text("Merci, votre signalement").wait_for()
    sound(reader, "reported", look)
    reader.page.keyboard.press("Escape")


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_is_sound_and_fits(kiosk: Kiosk, look: str) -> None:
    kiosk.register(look, title="Le marché")
    kiosk.service.post(look, content="Bonjour", author_name="Jean-Baptiste Mérimée")
    with at(kiosk, look, but=("errors",), **LOOKS[look]) as reader:
        write(kiosk, reader, look)
        answer_offline(kiosk, reader, look)
        report(reader, look)
        for name, state in (("Modifier", "edit"), ("Retirer", "withdraw")):
            shown(reader, "anticonst").get_by_role("button", name=name).press("Enter")
            sound(reader, state, look)
            reader.page.keyboard.press("Escape")
