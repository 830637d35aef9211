"""A moderator's day at the page, by keyboard alone, on the real service."""

from typing import TYPE_CHECKING

import pytest

from tests.pages.newsroom import Desk, Newsroom, newsroom, outcome
from tests.scene import MODERATOR

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def tab(desk: Desk, status: str) -> str:
    """The count on the tab of a status."""
    said: str = desk.page.locator(f"#tabs [data-status={status}] .count").inner_text()
    return said


def search(desk: Desk, words: str) -> None:
    """Look for words, by keyboard, and wait for what is found."""
    desk.press("/")
    desk.page.keyboard.type(words)
    with desk.page.expect_response(lambda answer: "text=" in answer.url):
        desk.press("Enter")
    desk.settled()


def approve_a_page(desk: Desk, newest: list[str]) -> None:
    """All fifty on the screen; the next fifty come by themselves."""
    desk.press("Shift+X", "Shift+A")
    outcome(desk, "50 commentaires approuvés.")
    desk.page.locator(f'article[data-id="{newest[50]}"]').wait_for()
    assert desk.focused == newest[50]
    assert (tab(desk, "held"), tab(desk, "published")) == ("150", "50")


def mark_three_and_think_better_of_it(desk: Desk, room: Newsroom, newest: list[str]) -> None:
    """Choose three, mark them as spam, and undo it."""
    desk.press("x", "j", "x", "j", "j", "x", "Shift+S")
    outcome(desk, "3 commentaires marqués comme indésirables.")
    assert desk.focused == newest[54]
    desk.press("z")
    outcome(desk, "Annulé : 3 commentaires sont revenus.")
    assert desk.focused == newest[50]
    assert desk.shown[:5] == newest[50:55]
    assert room.statuses()["spam"] == 0


def reply_to_what_is_sought(desk: Desk, room: Newsroom) -> None:
    """Look for words, go back, look for others, and answer the first comment that has them."""
    before = desk.shown
    search(desk, "maman")
    assert desk.page.locator(".empty").inner_text() == "Aucun commentaire ne correspond à ces filtres."
    desk.page.go_back()
    desk.page.locator(f'article[data-id="{before[0]}"]').wait_for()
    search(desk, "ma mère")
    assert "text=ma+m%C3%A8re" in desk.page.url
    found = desk.shown
    assert len(found) > 30
    desk.press("r")
    desk.page.keyboard.type("Bonne visite à toutes les deux.")
    desk.press("Control+Enter")
    desk.page.locator("#said", has_text="Votre réponse").wait_for()
    published = room.service.queue("status=published&limit=100")["comments"]
    (reply,) = (comment for comment in published if "staff" in comment["author"])
    assert (reply["content"], reply["parent_id"]) == ("Bonne visite à toutes les deux.", found[0])
    desk.press("z")
    desk.page.locator("#outcome p", has_text="votre réponse à").wait_for()
    assert room.service.queue("status=trash")["comments"][0]["id"] == reply["id"]


def test_two_hundred_held_comments_are_moderated_by_keyboard_alone(browser: "Browser") -> None:
    with newsroom(browser, held=200) as room, room.desk(token=None) as desk:
        desk.page.locator("dialog.sign-in input").wait_for()
        desk.page.keyboard.type(MODERATOR)
        desk.press("Enter")
        desk.settled()
        newest = room.held[::-1]
        assert desk.shown == newest[:50]
        assert desk.focused == newest[0]
        assert tab(desk, "held") == "200"

        approve_a_page(desk, newest)
        mark_three_and_think_better_of_it(desk, room, newest)
        desk.press("d", "s", "a")
        outcome(desk, "1 commentaire approuvé.")
        assert desk.focused == newest[53]
        desk.press("k")
        assert desk.focused == newest[53], "there is none before it"
        reply_to_what_is_sought(desk, room)

        counts = room.statuses()
        assert (counts["published"], counts["spam"], counts["trash"]) == (52, 1, 2)
        assert desk.errors == []


def test_the_next_page_comes_when_the_last_card_is_passed(browser: "Browser") -> None:
    with newsroom(browser, held=60) as room, room.desk() as desk:
        desk.press(*["j"] * 49)
        assert desk.focused == room.held[::-1][49]
        desk.press("j")
        desk.page.locator(f'article[data-id="{room.held[0]}"]').wait_for()
        desk.page.locator(f'article[data-id="{room.held[9]}"][aria-current]').wait_for()

        assert desk.shown == room.held[::-1]


def test_rejecting_asks_for_a_reason_and_a_note(room: Newsroom) -> None:
    with room.desk() as desk:
        desk.press("n", "ArrowDown", "Tab")
        desk.page.keyboard.type("Troisième fois")
        desk.press("Enter")
        outcome(desk, "1 commentaire refusé.")

        (rejected,) = room.service.queue("status=rejected")["comments"]
        assert (rejected["decided"]["reason"], rejected["decided"]["note"]) == ("harassment", "Troisième fois")
        assert desk.focused == room.held[-2]
        desk.press("n", "Escape")
        assert desk.focused == room.held[-2]
        assert room.statuses()["rejected"] == 1


def test_the_context_follows_from_one_comment_to_the_next(room: Newsroom) -> None:
    room.service.decide("approve", room.held[4])
    room.service.decide("reject", room.held[3], reason="hate")
    with room.desk() as desk:
        drawer = desk.page.locator("dialog.drawer")
        desk.press("o")
        drawer.get_by_role("heading", name="Ses autres commentaires").wait_for()
        assert drawer.locator("h2").inner_text() == "Commentaire de Zoé"
        assert "1 publié · 0 refusé" in drawer.inner_text()
        desk.press("j")
        drawer.locator("p", has_text="0 publié · 1 refusé").wait_for()
        assert drawer.locator("h2").inner_text() == "Commentaire de Ibrahim T."

        desk.press("a")
        outcome(desk, "1 commentaire approuvé.")
        drawer.locator("h2", has_text="Awa D.").wait_for()
        desk.press("Escape")
        desk.page.locator(f'article[data-id="{room.held[9]}"]:focus').wait_for()


def test_a_reply_is_begun_from_the_context_and_goes_on_where_it_was_left(room: Newsroom) -> None:
    with room.desk() as desk:
        desk.press("j", "o")
        desk.page.locator("dialog.drawer section").first.wait_for()
        desk.press("r")
        desk.page.locator("dialog").wait_for(state="detached")
        desk.page.keyboard.type("Bonjour, a s d")
        assert desk.page.locator("form.reply textarea").input_value() == "Bonjour, a s d"
        desk.press("Escape")
        assert desk.focused == room.held[-2]
        desk.page.reload()
        desk.settled()
        desk.press("j", "r")

        assert desk.page.locator("form.reply textarea").input_value() == "Bonjour, a s d"
        assert room.statuses()["held"] == 12


def test_keys_are_silent_while_a_field_is_typed_in_and_with_other_keys(room: Newsroom) -> None:
    with room.desk() as desk:
        desk.press("/")
        desk.page.keyboard.type("asdzujkxrno?")
        desk.press("Escape", "Tab")
        desk.press("Control+a", "Alt+s", "Meta+d")

        assert desk.shown == room.held[::-1]
        assert room.statuses()["held"] == 12


def test_keys_can_be_switched_off(room: Newsroom) -> None:
    with room.desk() as desk:
        desk.press("?")
        switch = desk.page.get_by_label("Raccourcis actifs")
        switch.press("Space")
        desk.press("Escape", "a", "s", "d")
        assert desk.shown == room.held[::-1]

        desk.page.reload()
        desk.settled()
        desk.press("a")
        assert desk.shown == room.held[::-1]
        desk.page.get_by_role("button", name="Raccourcis").click()
        switch.press("Space")
        desk.press("Escape", "a")
        outcome(desk, "1 commentaire approuvé.")


@pytest.mark.parametrize("stage", ["", "/prod"])
def test_the_filter_is_in_the_address_also_behind_a_stage(stage: str, room: Newsroom) -> None:
    path = f"{stage}/moderation"
    room.service.decide("approve", room.held[1])
    with room.desk(stage=stage) as desk:
        desk.page.locator("#queue article").nth(3).get_by_role("link", name="Cet auteur").click()
        desk.page.locator("#queue .state").first.wait_for()
        assert f"{path}?status=all&author=" in desk.page.url
        assert desk.page.get_by_role("heading", level=1).inner_text() == "Tous"
        assert "tous les états" in desk.page.locator(".chips").inner_text()
        assert desk.page.locator("#queue .state").all_inner_texts() == ["en attente", "publié"]
        assert desk.shown == [room.held[8], room.held[1]]
        address = desk.page.url

        desk.page.locator("#tabs [data-status=spam]").click()
        desk.page.locator(".empty").wait_for()
        assert "author=" in desk.page.url
        desk.press("?")
        assert "Maj" in desk.page.locator("dialog kbd").all_inner_texts()
        desk.page.go_back()
        desk.page.locator("dialog").wait_for(state="detached")
        desk.page.locator("#queue article").first.wait_for()
        assert desk.page.url == address
        desk.page.reload()
        desk.settled()
        assert desk.shown == [room.held[8], room.held[1]]
        desk.page.locator(".chips a").click()
        desk.page.locator("#queue article").nth(10).wait_for()
        assert desk.page.url == f"{room.url}{path}?lang=fr"


def test_everything_that_matches_is_decided_on_as_one_job_and_undone(browser: "Browser") -> None:
    with newsroom(browser, held=130) as room, room.desk() as desk:
        desk.page.get_by_role("button", name="Tout ce qui correspond…").click()
        desk.page.get_by_label("Décision", exact=True).select_option("trash")
        desk.page.get_by_role("button", name="Mettre 130 commentaires à la corbeille").click()
        outcome(desk, "130 commentaires mis à la corbeille.")
        desk.page.locator(".empty").wait_for()
        assert room.statuses()["trash"] == 130

        desk.press("z")
        outcome(desk, "Annulé : 130 commentaires sont revenus.")
        desk.page.locator("#queue article").first.wait_for()
        assert room.statuses()["held"] == 130


def test_what_can_be_undone_outlives_a_reload_and_another_language(room: Newsroom) -> None:
    with room.desk("?lang=fr&status=foo") as desk:
        desk.press("z")
        outcome(desk, "Il n’y a rien à annuler")
        desk.press("u")
        outcome(desk, "Cette décision ne s’applique pas ici\u00a0: le commentaire est en attente.")
        desk.press("s", "a")
        outcome(desk, "1 commentaire approuvé.")
        desk.page.get_by_role("link", name="EN", exact=True).click()
        outcome(desk, "1 comment approved.")
        desk.settled()
        for status in ("published", "spam"):
            with desk.page.expect_response("**/moderation/undo"):
                desk.press("z")
            outcome(desk, "Undone: 1 comment is back.")
            assert room.statuses()[status] == 0
            desk.settled()
        desk.press("s")
        outcome(desk, "marked as spam.")
        desk.page.locator("#tabs [data-status=spam]").click()
        desk.page.locator("#queue button.restore").wait_for()
        assert "Last decision: you · " in desk.page.locator("#queue .decided").inner_text()
        desk.press("r", "n")
        outcome(desk, "This decision does not apply here: the comment is spam.")
        assert desk.page.locator("form.reply, dialog").count() == 0


def test_on_a_phone_the_comments_come_first(room: Newsroom) -> None:
    with room.desk(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True) as desk:
        box = desk.page.locator("#queue article").first.bounding_box()
        assert box is not None
        assert box["y"] < 300
        assert desk.page.locator(".hint:visible").count() == 0
        desk.press("/")
        desk.page.keyboard.type("mère")
        assert desk.page.locator("#search-text").input_value() == "mère"
        desk.press("Escape")


def test_an_empty_queue_has_a_kind_word(browser: "Browser") -> None:
    with newsroom(browser, held=1) as room, room.desk() as desk:
        desk.press("a")
        desk.page.locator(".empty", has_text="Tout est lu").wait_for()

        assert desk.page.evaluate("document.activeElement.id") == "heading"
