"""What a reader is told when something is wrong, and what the page keeps meanwhile."""

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, Route, expect

from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import answer, article, outline, say, show, talk, texts

INSIDE = '<a href="/avis">Trois avis de nos lecteurs</a>'
FAILED = "Le service ne répond pas. Réessayez dans un instant."


def retry(page: Page) -> None:
    page.get_by_role("button", name="Réessayer").click()


def test_an_article_that_is_not_registered_shows_nothing_and_the_console_says_why_once(kiosk: Kiosk) -> None:
    show(kiosk, "unknown", inside=INSIDE)
    with kiosk.reader(but=("errors",)) as reader:
        with reader.page.expect_response("**/views"):
            reader.open("/unknown")
        expect(reader.page.locator("tribune-comments")).to_be_empty()
        assert len(reader.said) == 1
        assert "unknown" in reader.said[0]
        assert reader.audit() == []


@pytest.mark.parametrize("status", [None, 503, 429])
def test_without_an_answer_the_page_keeps_what_it_had_and_another_try_mends_it(
    kiosk: Kiosk, status: int | None
) -> None:
    id = f"down-{status}"
    said = "Busy." if status else FAILED
    article(kiosk, id)
    say(kiosk, id, "Bonjour")
    show(kiosk, id, inside=INSIDE)
    with kiosk.reader(but=("errors",)) as reader:
        with reader.failing("**/comments?*", status):
            reader.open(f"/{id}")
            expect(reader.page.get_by_role("status")).to_contain_text(said)
            expect(reader.page.get_by_text("Trois avis")).to_be_visible()
            assert reader.audit() == []
            reader.screenshot("comments-failed")
            with reader.page.expect_request("**/comments?*"):
                retry(reader.page)
            expect(reader.page.get_by_role("status")).to_contain_text(said)
            assert reader.focused == "Réessayer"
        retry(reader.page)
        assert texts(reader.page) == ["Bonjour"]
        expect(reader.page.get_by_text("Trois avis")).to_have_count(0)
        assert reader.focused == "comments"


GARBAGE = ["<!doctype html><p>Portail", '{"comments": [', "{}", "[]", "null"]


def test_an_answer_that_is_none_is_said_to_have_failed(kiosk: Kiosk) -> None:
    article(kiosk, "garbage")
    show(kiosk, "garbage", inside=INSIDE)
    left = list(GARBAGE)

    def garble(route: Route) -> None:
        route.fulfill(body=left.pop(), headers={"Access-Control-Allow-Origin": "*"})

    with kiosk.reader() as reader:
        reader.page.route("**/comments?*", garble)
        for _ in GARBAGE:
            reader.open("/garbage")
            expect(reader.page.get_by_role("status")).to_contain_text(FAILED)
            expect(reader.page.get_by_text("Trois avis")).to_be_visible()
        assert left == []


def test_a_slow_answer_is_waited_for_with_what_the_page_had(kiosk: Kiosk) -> None:
    article(kiosk, "slow")
    say(kiosk, "slow", "Bonjour")
    show(kiosk, "slow", inside=INSIDE)
    with kiosk.reader() as reader:
        with reader.holding("**/comments?*"):
            reader.open("/slow")
            expect(reader.page.get_by_role("status")).to_contain_text("Chargement des commentaires…")
            expect(reader.page.get_by_text("Trois avis")).to_be_visible()
            reader.screenshot("comments-loading")
        assert texts(reader.page) == ["Bonjour"]


def test_offline_a_reader_is_told_and_loses_nothing(kiosk: Kiosk) -> None:
    article(kiosk, "offline")
    talk(kiosk, "offline", 21)
    with kiosk.reader("/offline", but=("errors", "shifts")) as reader:
        more = reader.page.get_by_role("button", name="Commentaires suivants")
        expect(more).to_be_visible()
        reader.context.set_offline(True)
        more.click()
        expect(reader.page.get_by_role("status")).to_contain_text("hors connexion")
        expect(more).to_be_focused()
        assert len(texts(reader.page)) == 20
        reader.context.set_offline(False)
        more.click()
        expect(reader.page.get_by_text("Mot 1", exact=True)).to_be_visible()


def test_words_of_the_page_stand_in_the_place_of_ours(kiosk: Kiosk) -> None:
    article(kiosk, "words")
    say(kiosk, "words", "Bonjour")
    words = '{"Laisser un commentaire": "Réagir", "{n} commentaire": "{n} réaction"}'
    show(kiosk, "words", inside=f'<script type="application/json">{words}</script>')
    show(kiosk, "broken", inside='<script type="application/json">{"leave": </script>')
    with kiosk.reader("/words") as reader:
        expect(reader.page.get_by_role("button", name="Réagir (1)")).to_be_visible()
        expect(reader.page.get_by_role("heading", name="1 réaction")).to_be_visible()


def test_words_of_the_page_that_cannot_be_read_are_left_out(kiosk: Kiosk) -> None:
    article(kiosk, "broken")
    show(kiosk, "broken", inside='<script type="application/json">{"leave": </script>')
    with kiosk.reader("/broken") as reader:
        expect(reader.page.get_by_role("button", name="Laisser un commentaire (0)")).to_be_visible()
        assert len(reader.said) == 1


def test_words_of_the_page_that_are_none_are_shown_as_they_are(kiosk: Kiosk) -> None:
    article(kiosk, "odd-words")
    say(kiosk, "odd-words", "Bonjour")
    words = '{"Répondre": 5, "Trier par": null, "Signaler": {}}'
    show(kiosk, "odd-words", inside=f'<script type="application/json">{words}</script>')
    with kiosk.reader("/odd-words") as reader:
        expect(reader.page.get_by_text("Bonjour")).to_be_visible()
        expect(reader.page.get_by_role("button", name="Répondre à Zoé")).to_have_text("5")


def test_rules_and_privacy_are_links_beside_the_button_and_never_a_program(kiosk: Kiosk) -> None:
    article(kiosk, "rules")
    show(kiosk, "rules", attributes='rules="/regles" privacy="https://example.org/donnees"')
    with kiosk.reader("/rules") as reader:
        links = reader.page.locator(".tribune-bar").get_by_role("link")
        expect(links).to_have_text(["Règles de la discussion", "Vos données"])
        hrefs = links.evaluate_all("(all) => all.map(({href}) => href)")
        assert hrefs == [f"{kiosk.site}/regles", "https://example.org/donnees"]
    show(kiosk, "rules", attributes='rules="javascript:alert(1)" privacy=" JaVa\tscript:alert(1)"')
    with kiosk.reader("/rules") as reader:
        expect(reader.page.get_by_role("button", name="Laisser")).to_be_visible()
        expect(reader.page.locator(".tribune-bar").get_by_role("link")).to_have_count(0)


def test_the_service_may_be_another_than_the_script_comes_from(kiosk: Kiosk) -> None:
    article(kiosk, "service")
    say(kiosk, "service", "Bonjour")
    other = kiosk.url.replace("127.0.0.1", "localhost")
    show(kiosk, "service", attributes=f'service="{other}/"', policy="")
    with kiosk.reader("/service", but=("strangers",)) as reader:
        assert texts(reader.page) == ["Bonjour"]
        assert reader.asked == []
        assert {one.rpartition("/articles")[0] for one in reader.strangers} == {other}


def test_another_article_or_language_starts_anew(kiosk: Kiosk) -> None:
    for id in ("first", "second"):
        article(kiosk, id)
        say(kiosk, id, f"Sur {id}")
    with kiosk.reader("/first") as reader:
        element = reader.page.locator("tribune-comments")
        assert texts(reader.page) == ["Sur first"]
        element.evaluate("(one) => one.setAttribute('article', 'second')")
        expect(reader.page.get_by_text("Sur second")).to_be_visible()
        assert texts(reader.page) == ["Sur second"]
        element.evaluate("(one) => { one.lang = 'en'; }")
        expect(reader.page.get_by_role("heading", name="1 comment")).to_be_visible()
        reader.settled()
        assert reader.views == 2


def test_the_slow_answer_about_an_article_is_not_shown_for_the_next_one(kiosk: Kiosk) -> None:
    for id in ("before", "after"):
        article(kiosk, id)
        say(kiosk, id, f"Sur {id}")
    with kiosk.reader() as reader:
        with reader.page.expect_response("**/before/comments?*"), reader.holding("**/before/comments?*"):
            reader.open("/before")
            expect(reader.page.get_by_text("Chargement")).to_be_visible()
            reader.page.locator("tribune-comments").evaluate("(one) => one.setAttribute('article', 'after')")
            expect(reader.page.get_by_text("Sur after")).to_be_visible()
        assert texts(reader.page) == ["Sur after"]


def test_two_elements_on_a_page_do_not_know_of_each_other(kiosk: Kiosk) -> None:
    for id in ("one", "two"):
        article(kiosk, id)
        say(kiosk, id, f"Sur {id}")
    path = kiosk.page(
        '<tribune-comments article="one"></tribune-comments><tribune-comments article="two"></tribune-comments>',
        script="comments.js",
    )
    # What stands below another one moves when that grows.
    with kiosk.reader(path, but=("shifts",)) as reader:
        expect(reader.page.locator("tribune-comments")).to_contain_text(["Sur one", "Sur two"])


def test_an_element_may_be_added_by_a_script_and_taken_away_while_it_loads(kiosk: Kiosk) -> None:
    article(kiosk, "made")
    say(kiosk, "made", "Bonjour")
    path = kiosk.page("<p>Rien</p>", script="comments.js")
    make = "document.querySelector('main').append(document.createElement('tribune-comments'))"
    name = "document.querySelector('tribune-comments').setAttribute('article', 'made')"
    with kiosk.reader(path) as reader:
        reader.page.evaluate(make)
        reader.page.evaluate(name)
        assert texts(reader.page) == ["Bonjour"]
        away = "(one) => { window.away = one; one.remove(); }"
        reader.page.locator("tribune-comments").evaluate(away)
        with reader.page.expect_response("**/comments?*"), reader.holding("**/comments?*"):
            reader.page.evaluate("document.querySelector('main').append(away)")
            expect(reader.page.get_by_text("Chargement")).to_be_visible()
            reader.page.evaluate("away.remove()")
        assert reader.page.evaluate("away.querySelector('li')") is None
        reader.page.evaluate("document.querySelector('main').append(away)")
        assert outline(reader.page) == ["Bonjour"]


def test_a_page_in_which_a_reader_writes_already_keeps_what_is_typed_and_the_focus(kiosk: Kiosk) -> None:
    article(kiosk, "typing")
    say(kiosk, "typing", "Bonjour")
    served = kiosk.service.call("GET", "/articles/typing/comments.html?lang=fr").text
    show(kiosk, "typing", inside=served)
    with kiosk.reader(but=("shifts",)) as reader:
        with reader.holding("**/comments?*"):
            reader.open("/typing")
            reader.page.get_by_role("textbox", name="Commentaire").fill("Ce que je pense")
            expect(reader.page.get_by_text("Chargement")).to_be_visible()
            assert reader.focused == "comment"
        expect(reader.page.get_by_role("heading", name="1 commentaire")).to_be_visible()
        expect(reader.page.get_by_role("textbox", name="Commentaire")).to_have_value("Ce que je pense")
        assert reader.focused == "comment"


def test_more_comments_that_are_garbage_change_nothing(kiosk: Kiosk) -> None:
    article(kiosk, "odd")
    talk(kiosk, "odd", 21)
    with kiosk.reader("/odd", but=("shifts",)) as reader:
        more = reader.page.get_by_role("button", name="Commentaires suivants")
        expect(more).to_be_visible()
        answer(reader.page, "**cursor=*", {})
        more.click()
        expect(reader.page.get_by_role("status")).to_have_text(
            "Le service ne répond pas. Réessayez dans un instant."
        )
        assert len(texts(reader.page)) == 20
        reader.page.unroute("**cursor=*")
        more.click()
        expect(reader.page.get_by_text("Mot 1", exact=True)).to_be_visible()
