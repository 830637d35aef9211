"""What the service refuses, what a browser may remember, and pages that change under a comment on its way."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.widgets import writer
from tests.widgets.kiosk import Kiosk
from tests.widgets.writer import alert, at, field, fill, kept, opener, send, shown, status, stored, write

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Route

COMMENTS = "**/comments"
CONSENT = "Enregistrer mon nom, mon e-mail et mon site dans ce navigateur pour mon prochain commentaire."
HOSTILE = '<img src=x onerror="hit=1"><script>hit=1</script>&lt;b&gt;'


def test_a_text_sent_before_is_refused_with_the_services_words(kiosk: Kiosk) -> None:
    kiosk.register("again")
    kiosk.service.post("again", content="Déjà dit", author_name=writer.NAME, author_email=writer.EMAIL)
    with at(kiosk, "again", but=("errors",)) as reader:
        write(kiosk, reader, "Déjà dit")
        expect(alert(reader)).to_have_text(
            "Vous avez déjà envoyé ce texte ici. Inutile de le renvoyer : il est bien arrivé."
        )
        expect(field(reader, "comment")).to_have_value("Déjà dit")
        assert stored(kiosk, "again") == ["Déjà dit"]


def test_comments_closed_meanwhile_are_said_to_be_closed_and_the_text_stays(kiosk: Kiosk) -> None:
    with at(kiosk, "closed", but=("errors",)) as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Trop tard")
        kiosk.register("closed", comments="closed")
        send(kiosk, reader)
        expect(alert(reader)).to_contain_text("Les commentaires de cet article sont fermés.")
        expect(field(reader, "comment")).to_have_value("Trop tard")


def test_an_answer_to_a_comment_that_is_gone_is_refused_above_the_button(kiosk: Kiosk) -> None:
    kiosk.register("gone")
    first = kiosk.service.post("gone", content="Bientôt parti").json
    with at(kiosk, "gone", but=("errors",)) as reader:
        shown(reader, "Bientôt parti").get_by_role("button", name="Répondre").press("Enter")
        fill(reader, comment="À toi")
        kiosk.service.decide("reject", first["id"], reason="spam")
        send(kiosk, reader)
        expect(alert(reader)).to_have_text(
            "Le commentaire auquel vous répondez n’est plus public. Répondez à un autre."
        )
        expect(field(reader, "comment")).to_have_value("À toi")


@pytest.mark.parametrize(
    ("code", "status_code", "detail"),
    [
        ("too_many_comments", 429, "Réessayez dans 20 s : votre texte n’est pas perdu."),
        ("too_large", 413, "Le corps de la requête dépasse 65536 octets. Raccourcissez-le."),
    ],
)
def test_too_often_and_too_much_are_said_at_once(kiosk: Kiosk, code: str, status_code: int, detail: str) -> None:
    with at(kiosk, code.replace("_", "-"), but=("errors",)) as reader:
        body = json.dumps({"code": code, "status": status_code, "detail": detail})

        def refuse(route: "Route") -> None:
            route.fulfill(status=status_code, headers={"Access-Control-Allow-Origin": "*"}, body=body)

        reader.page.route(COMMENTS, refuse)
        write(kiosk, reader, "Encore")
        expect(alert(reader)).to_have_text(detail)
        assert sum(one.startswith("POST") and one.endswith("/comments") for one in reader.asked) == 1
        reader.page.unroute(COMMENTS)
        send(kiosk, reader)
        expect(shown(reader, "Encore")).to_be_focused()


def test_nobody_is_remembered_beyond_the_tab_without_consent(kiosk: Kiosk) -> None:
    with at(kiosk, "forgetful") as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Incognito", url="https://example.org/zoe")
        for wanted in (writer.NAME, writer.EMAIL, "example.org"):
            assert wanted not in kept(reader)
        send(kiosk, reader)
        expect(shown(reader, "Incognito")).to_be_focused()
        for wanted in (writer.NAME, writer.EMAIL, "example.org"):
            assert wanted not in kept(reader)
        opener(reader).press("Enter")
        expect(field(reader, "author")).to_have_value(writer.NAME)
        tab = reader.context.new_page()
        tab.goto(reader.page.url)
        tab.locator(".tribune-bar > button").press("Enter")
        expect(tab.locator("#author")).to_have_value("")
        expect(tab.locator("#email")).to_have_value("")


def test_with_consent_the_form_knows_who_one_is_until_it_is_withdrawn(kiosk: Kiosk) -> None:
    with at(kiosk, "known") as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Souvenez-vous", url="https://example.org/zoe")
        reader.page.get_by_label(CONSENT).press("Space")
        send(kiosk, reader)
        expect(shown(reader, "Souvenez-vous")).to_be_focused()
        tab = reader.context.new_page()
        tab.goto(reader.page.url)
        tab.locator(".tribune-bar > button").press("Enter")
        for id, value in {"author": writer.NAME, "email": writer.EMAIL, "url": "https://example.org/zoe"}.items():
            expect(tab.locator(f"#{id}")).to_have_value(value)
        expect(tab.get_by_label(CONSENT)).to_be_checked()
        tab.get_by_label(CONSENT).press("Space")
        assert writer.EMAIL not in kept(reader)


def test_another_article_takes_nothing_of_a_comment_on_its_way_to_the_first(kiosk: Kiosk) -> None:
    kiosk.register("second")
    with at(kiosk, "first") as reader:
        with reader.holding(COMMENTS):
            write(kiosk, reader, "Pour le premier")
            expect(status(reader)).to_have_text("Envoi…")
            element = reader.page.locator("tribune-comments")
            element.evaluate("(one) => one.setAttribute('article', 'second')")
            expect(status(reader)).to_have_text("Soyez la première personne à commenter.")
        with reader.page.expect_event("console", lambda said: said.text == "own"):
            reader.page.evaluate(
                "setInterval(() => localStorage['tribune.own.first'] && console.log('own'), 20) && undefined"
            )
        expect(opener(reader)).to_have_text("Laisser un commentaire (0)")
        expect(reader.page.locator("article")).to_have_count(0)
        assert "tribune.draft" not in kept(reader)
        assert (stored(kiosk, "first"), stored(kiosk, "second")) == (["Pour le premier"], [])
        element.evaluate("(one) => one.setAttribute('article', 'first')")
        expect(shown(reader, "Pour le premier").get_by_role("button", name="Modifier")).to_be_visible()


def test_an_element_that_leaves_while_a_comment_is_on_its_way_sends_it_once(kiosk: Kiosk) -> None:
    with at(kiosk, "leaving") as reader:
        with reader.page.expect_response(COMMENTS), reader.holding(COMMENTS):
            write(kiosk, reader, "En partant")
            expect(status(reader)).to_have_text("Envoi…")
            reader.page.evaluate("document.querySelector('tribune-comments').remove()")
        assert stored(kiosk, "leaving") == ["En partant"]


def test_hostile_names_and_texts_stay_text_all_the_way(kiosk: Kiosk) -> None:
    with at(kiosk, "hostile", but=("errors",)) as reader:
        write(kiosk, reader, HOSTILE, author=HOSTILE, email=HOSTILE)
        expect(field(reader, "email")).to_be_focused()
        fill(reader, author=HOSTILE)
        send(kiosk, reader)
        expect(shown(reader, "onerror")).to_be_focused()
        expect(reader.page.locator("b bdi")).to_have_text(HOSTILE)
        expect(reader.page.locator(".tribune-comment-content")).to_contain_text("<script>hit=1</script>")
        shown(reader, "onerror").get_by_role("button", name="Répondre").press("Enter")
        expect(reader.page.locator("#reply-title")).to_have_text(f"Répondre à {HOSTILE}")
        shown(reader, "onerror").get_by_role("button", name="Modifier").press("Enter")
        text = reader.page.get_by_role("dialog").get_by_label("Commentaire")
        expect(text).to_have_value(HOSTILE)
        text.fill("$& $1 {name} " + HOSTILE)
        text.press("Tab")
        reader.page.keyboard.press("Enter")
        expect(reader.page.locator(".tribune-comment-content")).to_contain_text("$& $1 {name} <img")
        assert reader.page.evaluate("window.hit === undefined && !document.querySelector('tribune-comments img')")
