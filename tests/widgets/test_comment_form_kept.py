"""Nothing that was typed is ever lost: drafts, failures, offline, without storage."""

import pytest

from tests.widgets import writer
from tests.widgets.kiosk import Kiosk
from tests.widgets.writer import (
    alert,
    at,
    field,
    fill,
    kept,
    opener,
    send,
    shown,
    status,
    stored,
    until_given_up,
    write,
)

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

COMMENTS = "**/comments"
RESTORED = "Votre brouillon est retrouvé."
DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }});"


def test_a_draft_comes_back_after_a_reload_and_goes_once_it_is_sent(kiosk: Kiosk) -> None:
    with at(kiosk, "draft") as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Je n’ai pas fini")
        reader.page.reload()
        expect(field(reader, "comment")).to_have_value("Je n’ai pas fini")
        expect(field(reader, "author")).to_have_value(writer.NAME)
        expect(status(reader)).to_have_text(RESTORED)
        expect(opener(reader)).to_have_attribute("aria-expanded", "true")
        assert reader.page.evaluate("document.activeElement === document.body")
        send(kiosk, reader)
        expect(shown(reader, "Je n’ai pas fini")).to_be_focused()
        assert "tribune.draft" not in kept(reader)
        reader.page.reload()
        opener(reader).wait_for()
        expect(field(reader, "comment")).to_have_count(0)


def test_two_answers_keep_two_drafts_beside_that_of_the_article(kiosk: Kiosk) -> None:
    kiosk.register("drafts")
    for text in ("Premier", "Second"):
        kiosk.service.post("drafts", content=text)
    with at(kiosk, "drafts") as reader:
        opener(reader).press("Enter")
        field(reader, "comment").fill("À tous")
        for text in ("Premier", "Second"):
            shown(reader, text).get_by_role("button", name="Répondre").press("Enter")
            expect(field(reader, "comment")).to_have_value("")
            expect(field(reader, "comment")).to_be_focused()
            field(reader, "comment").fill(f"Au {text}")
        expect(reader.page.locator("textarea")).to_have_count(1)
        shown(reader, "Premier").get_by_role("button", name="Répondre").press("Enter")
        expect(field(reader, "comment")).to_have_value("Au Premier")
        reader.page.reload()
        expect(field(reader, "comment")).to_have_value("À tous")
        shown(reader, "Second").get_by_role("button", name="Répondre").press("Enter")
        expect(field(reader, "comment")).to_have_value("Au Second")
        expect(status(reader)).to_have_text(RESTORED)
        fill(reader)
        send(kiosk, reader)
        expect(shown(reader, "Au Second")).to_be_focused()
        opener(reader).press("Enter")
        expect(field(reader, "comment")).to_have_value("À tous")


def test_a_service_that_fails_is_asked_again_and_then_the_reader(kiosk: Kiosk) -> None:
    with at(kiosk, "failing", timers=True, but=("errors",)) as reader:
        with reader.failing(COMMENTS, 503):
            write(kiosk, reader, "Encore là")
            expect(status(reader)).to_have_text("Envoi…")
            until_given_up(reader)
            expect(alert(reader)).to_have_text("Busy. Votre texte est gardé.")
        expect(field(reader, "comment")).to_have_value("Encore là")
        posts = [one for one in reader.asked if one == "POST /articles/failing/comments"]
        assert len(posts) == 3
        send(kiosk, reader)
        expect(shown(reader, "Encore là")).to_be_focused()
        assert stored(kiosk, "failing") == ["Encore là"]


def test_a_failure_without_words_is_put_into_words(kiosk: Kiosk) -> None:
    with at(kiosk, "wordless", timers=True, but=("errors",)) as reader:
        reader.page.route(COMMENTS, lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
        write(kiosk, reader, "Encore là")
        until_given_up(reader)
        expect(alert(reader)).to_have_text(
            "Le service ne répond pas. Réessayez dans un instant. Votre texte est gardé."
        )


def test_what_was_sent_offline_goes_out_once_by_itself(kiosk: Kiosk) -> None:
    with at(kiosk, "offline", but=("errors",)) as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Du tunnel")
        reader.context.set_offline(True)
        send(kiosk, reader)
        expect(alert(reader)).to_have_text(
            "Vous êtes hors connexion. Votre texte est gardé, et partira au retour de la connexion."
        )
        assert stored(kiosk, "offline") == []
        reader.context.set_offline(False)
        expect(shown(reader, "Du tunnel")).to_be_focused()
        reader.context.set_offline(True)
        reader.context.set_offline(False)
        assert stored(kiosk, "offline") == ["Du tunnel"]


@pytest.mark.parametrize("last", ["typing", "cancelling"])
def test_who_has_gone_on_is_not_sent_by_surprise(kiosk: Kiosk, last: str) -> None:
    with at(kiosk, f"offline-{last}", but=("errors",)) as reader:
        opener(reader).press("Enter")
        fill(reader, comment="Du tunnel")
        reader.context.set_offline(True)
        send(kiosk, reader)
        expect(alert(reader)).to_contain_text("hors connexion")
        if last == "typing":
            field(reader, "comment").press("!")
            expect(alert(reader)).to_have_text("")
        else:
            reader.page.get_by_role("button", name="Annuler").press("Enter")
        reader.context.set_offline(False)
        reader.page.reload()
        expect(field(reader, "comment")).to_have_value("Du tunnel!" if last == "typing" else "Du tunnel")
        assert stored(kiosk, f"offline-{last}") == []


def test_without_storage_all_works_for_as_long_as_the_page_is_there(kiosk: Kiosk) -> None:
    kiosk.register("denied")
    kiosk.service.post("denied", content="Premier")
    with at(kiosk, "unused") as reader:
        reader.context.add_init_script(DENIED + DENIED.replace("local", "session"))
        reader.open(kiosk.page('<tribune-comments article="denied"></tribune-comments>'))
        opener(reader).press("Enter")
        fill(reader, comment="Sans mémoire")
        shown(reader, "Premier").get_by_role("button", name="Répondre").press("Enter")
        expect(field(reader, "comment")).to_have_value("")
        expect(reader.page.get_by_label("Enregistrer mon nom")).not_to_be_checked()
        opener(reader).press("Enter")
        expect(field(reader, "comment")).to_have_value("Sans mémoire")
        send(kiosk, reader)
        expect(shown(reader, "Sans mémoire")).to_be_focused()
        shown(reader, "Sans mémoire").get_by_role("button", name="Modifier").press("Enter")
        expect(reader.page.get_by_role("dialog").get_by_label("Commentaire")).to_have_value("Sans mémoire")


def test_what_was_typed_before_the_script_came_is_taken_over(kiosk: Kiosk) -> None:
    form = """<form id="commentform"><textarea id="comment" name="comment"></textarea>
    <input id="author" name="author"><input id="email" name="email"></form>"""
    with at(kiosk, "unused") as reader:
        kiosk.register("early")
        with reader.holding("**/comments?*"):
            reader.open(kiosk.page(f'<tribune-comments article="early">{form}</tribune-comments>'))
            reader.page.get_by_text("Chargement des commentaires").wait_for()
            fill(reader, comment="Tôt levée")
            field(reader, "comment").focus()
            reader.page.keyboard.press("End")
            reader.page.keyboard.type(" et")
        opener(reader).wait_for()
        expect(field(reader, "comment")).to_be_focused()
        reader.page.keyboard.type(" contente")
        expect(field(reader, "comment")).to_have_value("Tôt levée et contente")
        expect(field(reader, "author")).to_have_value(writer.NAME)
        send(kiosk, reader)
        expect(shown(reader, "Tôt levée et contente")).to_be_focused()


def test_an_order_or_a_further_page_takes_nothing_from_who_is_answering(kiosk: Kiosk) -> None:
    kiosk.register("sorted")
    for n in range(21):
        kiosk.service.clock.forward(seconds=1)
        kiosk.service.post("sorted", content=f"Avis {n:02}")
    with at(kiosk, "sorted") as reader:
        shown(reader, "Avis 20").get_by_role("button", name="Répondre").press("Enter")
        fill(reader, comment="Je réponds")
        reader.page.get_by_role("button", name="Commentaires suivants").press("Enter")
        expect(shown(reader, "Avis 00")).to_be_focused()
        expect(field(reader, "comment")).to_have_value("Je réponds")
        for order in ("oldest", "newest"):
            reader.page.get_by_label("Trier par").select_option(order)
            reader.settled()
            expect(shown(reader, "Avis 00" if order == "oldest" else "Avis 20")).to_be_visible()
            expect(field(reader, "comment")).to_have_value("Je réponds")
            expect(reader.page.get_by_role("heading", name="Répondre à Zoé")).to_be_visible()
        send(kiosk, reader)
        expect(shown(reader, "Je réponds")).to_be_focused()
        assert (
            shown(reader, "Je réponds")
            .evaluate("(one) => one.closest('ol').previousSibling.textContent")
            .count("Avis 20")
        )
