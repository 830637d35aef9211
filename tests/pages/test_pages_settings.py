"""What is set from the page: an article's comments, what is pinned, and the rules."""

from tests.pages.newsroom import Newsroom, outcome
from tests.scene import ADMIN


def test_a_comment_is_pinned_and_its_article_closed_from_its_card(room: Newsroom) -> None:
    id = room.held[0]
    room.service.decide("approve", id)
    with room.desk("?lang=fr&status=published") as desk:
        desk.page.get_by_role("button", name="Épingler").click()
        outcome(desk, "Le commentaire de Nadège Konan est épinglé")
        assert room.service.call("GET", "/articles/marche/comments").json["pinned"]["id"] == id
        desk.page.get_by_role("button", name="Désépingler").click()
        outcome(desk, "n’est plus épinglé")
        assert room.service.call("GET", "/articles/marche/comments").json.get("pinned") is None

        desk.page.get_by_role("button", name="Réglages").click()
        desk.page.get_by_label("Fermés").check()
        desk.page.get_by_role("button", name="Enregistrer").click()
        outcome(desk, "fermés")
        assert room.service.call("GET", "/articles/marche").json["comments_open"] is False


def test_an_admin_tries_the_rules_before_they_are_saved_and_a_moderator_only_tries(room: Newsroom) -> None:
    with room.desk(token=ADMIN) as desk:
        desk.page.get_by_role("button", name="Règles").click()
        desk.page.get_by_label("Mots indésirables").fill("commerçants\n\n casino ")
        desk.page.get_by_role("button", name="Essayer").click()
        desk.page.locator(".trial", has_text="Sur 12 commentaires, 3 changeraient d’état.").wait_for()
        assert "en attente → indésirable\u00a0: 3" in desk.page.locator(".trial").inner_text()
        assert room.service.call("GET", "/moderation/policy", token=ADMIN).json["policy"]["spam_words"] == []

        links = desk.page.get_by_label("Liens à partir desquels retenir")
        for wrong, said in (("", "donnez un nombre entier"), ("101", "retenir\u00a0: Choisissez un nombre entre")):
            links.fill(wrong)
            desk.page.get_by_role("button", name="Enregistrer").click()
            desk.page.locator(".trial .error", has_text=said).wait_for()
        links.fill("2")
        desk.page.get_by_role("button", name="Enregistrer").click()
        desk.page.locator("#outcome p", has_text="Règles enregistrées").wait_for()
        told = room.service.call("GET", "/moderation/policy", token=ADMIN).json["policy"]
        assert told["spam_words"] == ["commerçants", "casino"]
    with room.desk() as desk:
        desk.page.get_by_role("button", name="Règles").click()
        desk.page.get_by_role("button", name="Essayer").click()
        desk.page.locator(".trial", has_text="0 changerait").wait_for()
        assert "Seule l’administration enregistre" in desk.page.locator("form.policy .notice").inner_text()
        desk.page.get_by_label("E-mails indésirables").fill("someone@example.org")
        desk.page.get_by_role("button", name="Essayer").click()
        desk.page.locator(".trial .error", has_text="Seule l’administration peut essayer").wait_for()
        desk.page.get_by_label("E-mails indésirables").fill("")
        desk.page.get_by_label("Mots indésirables").fill("Merci")
        desk.page.get_by_role("button", name="Essayer").click()
        desk.page.locator(".changed button").first.click()
        desk.page.locator("dialog.wide .context section").first.wait_for()
        desk.press("Escape")
        assert desk.page.get_by_role("button", name="Enregistrer").count() == 0
