"""The form for a comment: opened, filled in and sent by keyboard, and what the service says beside the fields."""

import re

import pytest

from tests.widgets import writer
from tests.widgets.kiosk import Kiosk
from tests.widgets.writer import alert, at, field, fill, opener, send, shown, status, stored

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect


def test_the_button_with_the_count_opens_the_form_and_closes_it(kiosk: Kiosk) -> None:
    with at(kiosk, "open") as reader:
        button = opener(reader)
        expect(button).to_have_text("Laisser un commentaire (0)")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(field(reader, "comment")).to_be_focused()
        expect(reader.page.get_by_role("form", name="Laisser un commentaire")).to_be_visible()
        button.press("Space")
        expect(field(reader, "comment")).to_have_count(0)
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(button).to_be_focused()


def test_every_control_has_a_label_and_what_browsers_need_to_fill_it_in(kiosk: Kiosk) -> None:
    with at(kiosk, "labels") as reader:
        opener(reader).press("Enter")
        notes = "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *"
        expect(reader.page.get_by_text(notes)).to_be_visible()
        controls = reader.page.locator("tribune-comments :is(input, textarea, select)")
        unlabelled = controls.evaluate_all("all => all.filter((one) => !one.labels.length).map((one) => one.id)")
        assert unlabelled == []
        about = "all => all.map((one) => [one.id, one.type, one.autocomplete, one.required, one.maxLength])"
        assert reader.page.locator("#commentform :is(textarea, input)").evaluate_all(about) == [
            ["comment", "textarea", "", True, 5000],
            ["author", "text", "name", True, 100],
            ["email", "email", "email", True, 254],
            ["url", "url", "url", False, 2000],
            ["wp-comment-cookies-consent", "checkbox", "", False, -1],
        ]


def test_fields_of_the_page_with_our_ids_take_nothing_of_ours(kiosk: Kiosk) -> None:
    kiosk.register("clash")
    newsletter = '<form><label>Lettre <input id="email"></label><p id="author">Ana</p></form>'
    path = kiosk.page(newsletter + '<tribune-comments article="clash"></tribune-comments>')
    with kiosk.reader(path, but=("shifts",)) as reader:
        opener(reader).press("Enter")
        form = reader.page.locator("#commentform")
        for name, label in (("author_name", "Nom"), ("author_email", "E-mail"), ("author_url", "Site web")):
            control = form.get_by_role("textbox", name=label)
            expect(control).to_have_attribute("name", name)
            form.locator("label").filter(has_text=re.compile(f"^{label}")).click()
            expect(control).to_be_focused()


def test_the_focus_goes_through_the_form_in_its_order(kiosk: Kiosk) -> None:
    with at(kiosk, "order") as reader:
        opener(reader).press("Enter")
        order = []
        for _ in range(7):
            order.append(reader.focused)
            reader.page.keyboard.press("Tab")
        assert order == ["comment", "author", "email", "url", "wp-comment-cookies-consent", "submit", "Annuler"]


def test_a_comment_is_written_by_keyboard_and_shown_in_its_place(kiosk: Kiosk) -> None:
    with at(kiosk, "posted") as reader:
        reader.page.evaluate(
            "addEventListener('tribune:posted', (event) => "
            "{ window.told = [event.detail.status, event.target.localName] })"
        )
        opener(reader).press("Enter")
        for typed in ("Bonjour à tous", "Zoé", "zoe@example.org", "https://example.org/zoe"):
            reader.page.keyboard.insert_text(typed)
            reader.page.keyboard.press("Tab")
        reader.settled()
        kiosk.service.clock.forward(seconds=writer.UNHURRIED)
        reader.page.keyboard.press("Tab")
        assert reader.focused == "submit"
        reader.page.keyboard.press("Enter")

        expect(shown(reader, "Bonjour à tous")).to_be_focused()
        expect(status(reader)).to_have_text("Votre commentaire est publié.")
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")
        expect(reader.page.get_by_role("heading", name="1 commentaire")).to_be_visible()
        expect(reader.page.get_by_role("link", name="Zoé")).to_have_attribute("href", "https://example.org/zoe")
        expect(field(reader, "comment")).to_have_count(0)
        assert reader.page.evaluate("told") == ["published", "tribune-comments"]
        assert stored(kiosk, "posted") == ["Bonjour à tous"]
        assert reader.page.evaluate("Object.keys(localStorage).filter((name) => name.includes('draft'))") == []

        opener(reader).press("Enter")
        assert field(reader, "comment").input_value() == ""
        assert field(reader, "author").input_value() == "Zoé"


@pytest.mark.parametrize(
    ("lang", "summary", "said"),
    [
        ("fr", "3 champs sont à corriger.", "Ce champ est obligatoire."),
        ("en", "3 fields need correcting.", "This field is required."),
    ],
)
def test_an_empty_form_says_everything_that_is_missing_beside_its_field(
    kiosk: Kiosk, lang: str, summary: str, said: str
) -> None:
    with at(kiosk, f"empty-{lang}", lang=lang, but=("errors",)) as reader:
        opener(reader).press("Enter")
        send(kiosk, reader)
        expect(alert(reader)).to_have_text(summary)
        for id in ("comment", "author", "email"):
            expect(field(reader, id)).to_have_attribute("aria-invalid", "true")
            expect(field(reader, id)).to_have_accessible_description(re.compile(f"^{re.escape(said)}"))
        expect(field(reader, "url")).to_have_attribute("aria-invalid", "false")
        expect(field(reader, "comment")).to_be_focused()

        fill(reader, comment="Bonjour", email="zoe")
        send(kiosk, reader)
        expect(field(reader, "email")).to_be_focused()
        expect(field(reader, "comment")).to_have_attribute("aria-invalid", "false")
        expect(reader.page.get_by_text(said)).to_have_count(0)
        fill(reader)
        send(kiosk, reader)
        expect(shown(reader, "Bonjour")).to_be_focused()


def test_a_text_may_have_as_many_characters_as_the_service_counts(kiosk: Kiosk) -> None:
    with at(kiosk, "long") as reader:
        opener(reader).press("Enter")
        text = field(reader, "comment")
        left = reader.page.locator("#comment-left")
        reader.page.keyboard.insert_text("a" * 4_000)
        expect(left).to_have_text("")
        # An emoji has two halves, and e with its accent apart is two characters of which the service makes one.
        reader.page.keyboard.insert_text("😀" * 700 + "e\u0301" * 299)
        expect(left).to_have_text("1 caractère restant")
        reader.page.keyboard.insert_text("😀😀")
        expect(left).to_have_text("0 caractère restant")
        assert len(text.input_value()) == 4_000 + 701 + 2 * 299
        fill(reader)
        send(kiosk, reader)
        expect(status(reader)).to_have_text("Votre commentaire est publié.")
        [content] = stored(kiosk, "long")
        assert len(content) == 5_000


def test_a_paste_is_counted_as_the_service_counts(kiosk: Kiosk) -> None:
    with at(kiosk, "paste", permissions=["clipboard-read", "clipboard-write"]) as reader:
        reader.page.evaluate("(text) => navigator.clipboard.writeText(text)", "😀" * 5_000)
        opener(reader).press("Enter")
        reader.page.keyboard.press("Control+v")
        expect(reader.page.locator("#comment-left")).to_have_text("0 caractère restant")
        assert field(reader, "comment").input_value() == "😀" * 5_000


def test_what_is_too_long_all_the_same_is_said_beside_the_field(kiosk: Kiosk) -> None:
    typed = f'<form><textarea name="comment">{"a" * 5_002}</textarea></form>'
    with at(kiosk, "too-long", inside=typed, but=("errors",)) as reader:
        fill(reader)
        expect(reader.page.locator("#comment-left")).to_have_text("2 caractères de trop")
        send(kiosk, reader)
        expect(alert(reader)).to_have_text("1 champ est à corriger.")
        expect(field(reader, "comment")).to_be_focused()
        expect(reader.page.locator("#comment-error")).to_have_text("Écrivez au plus 5000 caractères.")
