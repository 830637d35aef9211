"""More comments, page by page, and those that come while somebody reads."""

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Locator, Page, expect

from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import article, comment, outline, say, show, talk, texts
from tests.widgets.writer import write

AWAY = """
window.away = false;
Object.defineProperty(document, "hidden", {get: () => window.away});
Object.defineProperty(document, "visibilityState", {get: () => window.away ? "hidden" : "visible"});
"""


def more(page: Page) -> Locator:
    return page.get_by_role("button", name="Commentaires suivants")


def fresh(page: Page, n: int) -> Locator:
    name = f"{n} nouveaux commentaires" if n > 1 else f"{n} nouveau commentaire"
    return page.get_by_role("button", name=name, exact=True)


def focused(page: Page) -> str:
    """The text of the comment that has the focus."""
    said: str = page.evaluate("document.activeElement.querySelector('.tribune-comment-content')?.textContent")
    return said


def test_every_comment_is_reached_once_while_others_are_posted(kiosk: Kiosk) -> None:
    article(kiosk, "many")
    ids = talk(kiosk, "many", 120)
    seen = set(ids)
    with kiosk.reader("/many", but=("shifts",)) as reader:
        expect(reader.page.get_by_role("heading", name="120 commentaires")).to_be_visible()
        for n in range(5):
            say(kiosk, "many", f"Entre-temps {n}", ids[n] if n % 2 else None)
            next = f"Mot {120 - 20 * (n + 1)}"
            assert reader.page.get_by_text(next, exact=True).count() == 0
            more(reader.page).click()
            expect(reader.page.get_by_text(next, exact=True)).to_be_visible()
            assert focused(reader.page) == next
        expect(more(reader.page)).to_have_count(0)
        found = reader.page.locator("li").evaluate_all("(all) => all.map(({id}) => id.slice(8))")
        assert len(found) == len(set(found))
        assert seen <= set(found)
        # Those that came meanwhile in front of the first ones, and no others, are offered.
        fresh(reader.page, 125 - len(found)).click()
        expect(reader.page.get_by_text("Entre-temps 4")).to_be_visible()
        assert focused(reader.page) == "Entre-temps 4"


def test_new_comments_are_offered_and_move_nothing_until_they_are_asked_for(kiosk: Kiosk) -> None:
    article(kiosk, "new")
    ids = talk(kiosk, "new", 25)
    with kiosk.reader("/new", timers=True, but=("shifts",)) as reader:
        expect(more(reader.page)).to_be_visible()
        comment(reader.page, ids[20]).scroll_into_view_if_needed()
        say(kiosk, "new", "Neuf 1")
        say(kiosk, "new", "Neuf 2")
        say(kiosk, "new", "Réponse", ids[20])
        before = comment(reader.page, ids[20]).bounding_box()
        reader.context.clock.run_for("01:00")
        expect(fresh(reader.page, 3)).to_be_visible()
        assert comment(reader.page, ids[20]).bounding_box() == before
        assert reader.seen()["shifts"] == []
        assert reader.audit() == []
        reader.screenshot("comments-new")

        fresh(reader.page, 3).click()
        expect(reader.page.get_by_text("Neuf 2")).to_be_visible()
        assert outline(reader.page)[:7] == ["Neuf 2", "Neuf 1", "Mot 25", "Mot 24", "Mot 23", "Mot 22", "Mot 21"]
        assert outline(reader.page)[7] == "-Réponse"
        assert focused(reader.page) == "Neuf 2"
        expect(reader.page.get_by_role("heading", name="28 commentaires")).to_be_visible()
        expect(fresh(reader.page, 3)).to_have_count(0)
        # Nothing of it stands in the way of the older ones.
        more(reader.page).click()
        expect(reader.page.locator("li")).to_have_count(28)


def test_more_new_threads_than_a_page_has_leave_no_gap(kiosk: Kiosk) -> None:
    article(kiosk, "crowd")
    talk(kiosk, "crowd", 22)
    with kiosk.reader("/crowd", timers=True, but=("shifts",)) as reader:
        expect(more(reader.page)).to_be_visible()
        for n in range(30):
            say(kiosk, "crowd", f"Neuf {n}")
        reader.context.clock.run_for("01:00")
        fresh(reader.page, 30).click()
        expect(reader.page.get_by_text("Neuf 29")).to_be_visible()
        expect(reader.page.get_by_role("status")).to_have_text("Il y a du nouveau plus bas.")
        for count in (40, 52):
            more(reader.page).click()
            expect(reader.page.locator("li")).to_have_count(count)
        news = [f"Neuf {n}" for n in reversed(range(30))]
        assert texts(reader.page) == news + [f"Mot {n}" for n in range(22, 0, -1)]


def test_new_answers_in_threads_further_down_are_said_to_be_there(kiosk: Kiosk) -> None:
    article(kiosk, "below")
    ids = talk(kiosk, "below", 25)
    with kiosk.reader("/below", timers=True, but=("shifts",)) as reader:
        expect(more(reader.page)).to_be_visible()
        say(kiosk, "below", "Réponse", ids[0])
        reader.context.clock.run_for("01:00")
        fresh(reader.page, 1).click()
        expect(reader.page.get_by_role("status")).to_contain_text("Il y a du nouveau plus bas.")
        more(reader.page).click()
        expect(reader.page.get_by_text("Réponse", exact=True)).to_be_visible()
        assert outline(reader.page)[-2:] == ["Mot 1", "-Réponse"]


def test_new_comments_come_first_whatever_order_was_chosen(kiosk: Kiosk) -> None:
    article(kiosk, "turned")
    talk(kiosk, "turned", 3)
    with kiosk.reader("/turned", timers=True) as reader:
        reader.page.get_by_label("Trier par").select_option("oldest")
        expect(reader.page.locator(".tribune-comment-content").first).to_have_text("Mot 1")
        say(kiosk, "turned", "Neuf")
        reader.context.clock.run_for("01:00")
        fresh(reader.page, 1).click()
        expect(reader.page.locator(".tribune-comment-content").first).to_have_text("Neuf")
        expect(reader.page.get_by_label("Trier par")).to_have_value("newest")
        assert focused(reader.page) == "Neuf"


def test_nobody_asks_for_new_comments_while_nobody_looks(kiosk: Kiosk) -> None:
    article(kiosk, "hidden")
    say(kiosk, "hidden", "Bonjour")
    with kiosk.reader(timers=True) as reader:
        reader.page.add_init_script(AWAY)
        reader.open("/hidden")
        expect(reader.page.get_by_text("Bonjour")).to_be_visible()
        reader.page.evaluate("away = true")
        reader.context.clock.run_for("01:00")
        assert not [one for one in reader.asked if "counts" in one]
        reader.page.evaluate("away = false")
        with reader.page.expect_response("**/counts*"):
            reader.context.clock.run_for("01:00")


def test_ones_own_comments_are_not_offered_as_new(kiosk: Kiosk) -> None:
    article(kiosk, "mine")
    say(kiosk, "mine", "Bonjour")
    # A form that goes and a comment that comes move what is below them.
    with kiosk.reader("/mine", timers=True, but=("shifts",)) as reader:
        write(kiosk, reader, "De moi", author="Léa", email="lea@example.org")
        expect(reader.page.get_by_text("De moi")).to_be_visible()
        expect(reader.page.get_by_role("heading", name="2 commentaires")).to_be_visible()
        with reader.page.expect_response("**/counts*"):
            reader.context.clock.run_for("01:00")
        expect(reader.page.get_by_role("button", name="nouveau")).to_have_count(0)


@pytest.mark.long
def test_an_article_of_a_thousand_comments_opens_with_its_first_page(kiosk: Kiosk) -> None:
    article(kiosk, "huge")
    talk(kiosk, "huge", 1_000)
    show(kiosk, "huge", lang="en")
    with kiosk.reader("/huge") as reader:
        expect(reader.page.get_by_role("heading", name="1,000 comments")).to_be_visible()
        expect(reader.page.locator("li")).to_have_count(20)
