"""What the page does when something is in the way: others, the network, tokens, new comments."""

from typing import Any

from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.pages.newsroom import Desk, Newsroom, outcome
from tests.scene import ADMIN, PUBLISHER

LIMITED = "a-token-limited-to-one-section"
SERVICE = "**/moderation/decisions"


def hurry(desk: Desk) -> None:
    """Let half a minute pass at once, and time flow on for what was not yet waiting for it."""
    desk.page.clock.run_for(30_000)
    desk.page.clock.resume()


def said_on(desk: Desk, id: str) -> str:
    """What a card says that did not follow a decision."""
    said: str = desk.page.locator(f'article[data-id="{id}"] .error').inner_text()
    return said


def test_of_two_moderators_one_wins_and_the_other_is_told_who_and_what(room: Newsroom) -> None:
    with room.desk() as slow, room.desk(token=ADMIN) as quick:
        quick.press("a")
        outcome(quick, "1 commentaire approuvé.")
        slow.press("x", "j", "x", "Shift+S")

        outcome(slow, "1 commentaire marqué comme indésirable. 1 commentaire n’a pas suivi")
        told = said_on(slow, room.held[-1])
        assert "admin:" in told
        assert "publié," in told
        assert room.statuses()["spam"] == 1
        assert room.statuses()["published"] == 1


def test_what_an_author_has_edited_meanwhile_comes_back_to_be_read_again(room: Newsroom) -> None:
    posted = room.service.post("marche", author_name="Ana", author_email="ana@example.org", content="Avant").json
    with room.desk() as desk:
        room.service.clock.forward(seconds=5)
        own = f"/articles/marche/comments/{posted['id']}"
        body = {"edit_token": posted["edit_token"], "content": "Après"}
        assert room.service.call("POST", f"{own}/edits", body).status == 200
        desk.press("a")
        card = desk.page.locator(f'article[data-id="{posted["id"]}"]')
        card.locator(".error", has_text="relisez").wait_for()
        assert card.locator(".text").inner_text() == "Après"

        card.focus()
        desk.press("a")
        outcome(desk, "1 commentaire approuvé.")
        assert room.statuses()["published"] == 1


def test_a_decision_that_cannot_be_sent_comes_back_and_can_be_sent_again(room: Newsroom) -> None:
    with room.desk(timers=True) as desk:
        desk.page.route(SERVICE, lambda route: route.abort())
        with desk.page.expect_event("requestfailed", lambda failed: "spam" in str(failed.post_data)):
            desk.press("a", "s")
        hurry(desk)
        outcome(desk, "2 décisions n’ont pas pu être envoyées. Le service ne répond pas.")
        assert "Le service ne répond pas" in said_on(desk, room.held[-1])
        assert room.statuses()["published"] == 0

        desk.page.unroute(SERVICE)
        desk.page.get_by_role("button", name="Tout réessayer").click()
        desk.page.locator("#queue .error").first.wait_for(state="detached")
        outcome(desk, "1 commentaire")
        assert (room.statuses()["published"], room.statuses()["spam"]) == (1, 1)
        assert desk.page.get_by_role("button", name="éessayer").count() == 0


def test_an_answer_that_was_lost_is_asked_for_again_and_counts_once(room: Newsroom) -> None:
    lost = []

    def lose_first(route: Any) -> None:
        if not lost:
            lost.append(route.fetch())
            route.abort()
        else:
            route.continue_()

    with room.desk(timers=True) as desk:
        desk.page.route(SERVICE, lose_first)
        with desk.page.expect_event("requestfailed"):
            desk.press("s")
        with desk.page.expect_request_finished(lambda request: request.url.endswith("/decisions")):
            hurry(desk)
        outcome(desk, "1 commentaire marqué comme indésirable.")

        assert len(lost) == 1
        assert desk.page.locator("#queue .error").count() == 0
        desk.press("z")
        outcome(desk, "Annulé : 1 commentaire est revenu.")
        assert room.statuses()["spam"] == 0


def test_what_comes_back_late_does_not_take_the_focus_from_who_writes(room: Newsroom) -> None:
    late: list[Any] = []
    with room.desk() as desk:
        desk.press("a")
        outcome(desk, "1 commentaire approuvé.")
        desk.page.route("**/moderation/undo", lambda route: late.append(route))
        with desk.page.expect_request("**/moderation/undo"):
            desk.press("z")
        desk.press("r")
        desk.page.keyboard.type("Bon")
        late[0].continue_()
        outcome(desk, "Annulé : 1 commentaire est revenu.")
        desk.page.keyboard.type("jour")

        assert desk.page.locator("form.reply textarea").input_value() == "Bonjour"


def test_a_token_that_is_known_no_longer_brings_the_form_back_and_loses_nothing(room: Newsroom) -> None:
    with room.desk() as desk:
        desk.press("r")
        desk.page.keyboard.type("À moitié écrit")
        desk.press("Escape", "j", "x")
        desk.page.evaluate("sessionStorage.setItem('tribune.token', 'revoked-meanwhile')")
        desk.press("Shift+A")
        desk.page.locator("dialog.sign-in").wait_for()
        assert len(desk.shown) == 11
        desk.press("Escape", "Escape")
        desk.page.keyboard.type("mistyped")
        desk.press("Enter")
        desk.page.locator("dialog.sign-in .error", has_text="inconnu").wait_for()
        desk.page.locator("dialog.sign-in input").fill("")
        desk.sign_in()

        outcome(desk, "1 commentaire approuvé.")
        desk.page.locator("dialog").wait_for(state="detached")
        desk.page.locator(f'article[data-id="{room.held[-1]}"]').focus()
        desk.press("r")
        assert desk.page.locator("form.reply textarea").input_value() == "À moitié écrit"
        assert room.statuses()["published"] == 1


def test_a_token_of_another_role_is_told_so(room: Newsroom) -> None:
    with room.desk(token=None) as desk:
        desk.page.locator("dialog.sign-in input").fill(PUBLISHER)
        desk.press("Enter")

        desk.page.locator("dialog.sign-in .error", has_text="« moderator »").wait_for()


def test_a_token_limited_to_a_section_says_so_and_shows_no_other(room: Newsroom) -> None:
    holder = secrets.Holder("moderator", keyed.token_hash(LIMITED), frozenset({"Sport"}))
    secrets.keep_token(room.service.backend.table, holder, "sport desk", room.service.clock.at)
    with room.desk(token=LIMITED) as desk:
        assert "rubrique\u00a0: Sport" in desk.page.locator("#me").inner_text()
        assert desk.shown == room.held[::-1][::3]


def test_what_comes_in_is_offered_and_never_pushed_under_the_moderators_eyes(room: Newsroom) -> None:
    with room.desk(timers=True) as desk:
        before = desk.shown
        desk.press("j")
        new = [room.write(50), room.write(51)]
        with desk.page.expect_response(lambda answer: "limit=20" in answer.url):
            hurry(desk)
        offer = desk.page.get_by_role("button", name="Afficher 2 nouveaux commentaires")
        offer.wait_for()
        assert desk.shown == before
        assert desk.focused == before[1]
        assert desk.page.locator("#tabs [data-status=held] .count").inner_text() == "14"

        offer.click()
        desk.page.locator(f'article[data-id="{new[0]}"]').wait_for()
        assert desk.shown == [*new[::-1], *before]


def test_where_the_queue_cannot_be_had_the_page_says_so_and_tries_again(room: Newsroom) -> None:
    with room.desk(timers=True) as desk:
        desk.page.route("**/moderation/comments?*", lambda route: route.abort())
        desk.page.locator("#tabs [data-status=spam]").click()
        desk.page.locator(".waiting").wait_for()
        hurry(desk)
        desk.page.locator(".notice", has_text="Le service ne répond pas.").wait_for()

        desk.page.unroute("**/moderation/comments?*")
        desk.page.get_by_role("button", name="Réessayer").click()
        desk.page.locator(".empty").wait_for()


def test_reported_comments_have_a_queue_of_their_own_and_can_be_kept(room: Newsroom) -> None:
    id = room.held[0]
    room.service.decide("approve", id)
    body = {"reason": "harassment", "explanation": "Il vise une personne."}
    heard = room.service.call("POST", f"/articles/marche/comments/{id}/reports", body, address="203.0.113.9")
    assert heard.status == 201, heard.text
    again = room.service.call("POST", f"/articles/marche/comments/{id}/reports", body, address="203.0.114.9")
    assert again.status == 201, again.text
    with room.desk("?lang=fr&status=reported") as desk:
        assert desk.shown == [id]
        desk.press("o")
        desk.page.locator("dialog.drawer", has_text="Il vise une personne.").wait_for()
        assert desk.page.locator("dialog.drawer button.approve").inner_text() == "Garder"
        desk.press("Escape")
        desk.page.get_by_role("button", name="Garder").click()
        outcome(desk, "1 commentaire gardé.")
        assert desk.page.locator("#tabs [data-status=reported] .count").inner_text() == "0"
        desk.page.locator(".empty", has_text="Aucun signalement").wait_for()

        counts = room.statuses()
        assert (counts["reported"], counts["published"]) == (0, 1)
