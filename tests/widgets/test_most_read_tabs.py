"""« Les + Lus » with a tab for each of several windows, by keyboard alone."""

import pytest

from tests.widgets.kiosk import Kiosk

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import expect

TABS = '<tribune-most-read windows="24h,7d,all"{}></tribune-most-read>'
BELOW = '<p id="below">Au-dessous.</p>'


@pytest.fixture(scope="module")
def kiosk(kiosk: Kiosk) -> Kiosk:
    """One article read yesterday, and one today."""
    kiosk.register("old", title="Hier")
    kiosk.register("new", title="Aujourd’hui", section="Ville")
    kiosk.most_read({"old": 2})
    kiosk.service.clock.forward(hours=30)
    kiosk.most_read({"new": 1})
    return kiosk


def test_a_tablist_is_worked_with_arrows_home_and_end(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(""))) as reader:
        page = reader.page
        tabs = page.get_by_role("tablist", name="Les + Lus").get_by_role("tab")
        tabs.first.wait_for()
        assert tabs.all_inner_texts() == ["24\u00a0h", "7\u00a0jours", "Depuis toujours"]
        panel = page.get_by_role("tabpanel", name="24\u00a0h")
        assert panel.get_by_role("listitem").all_inner_texts() == ["Ville\nAujourd’hui"]

        page.keyboard.press("Tab")
        assert reader.focused.endswith("-24h")
        page.keyboard.press("ArrowRight")
        panel = page.get_by_role("tabpanel", name="7\u00a0jours")
        panel.get_by_role("listitem").nth(1).wait_for()
        assert panel.get_by_role("listitem").all_inner_texts() == ["Hier", "Ville\nAujourd’hui"]
        for key, window in [("End", "all"), ("ArrowRight", "24h"), ("ArrowLeft", "all"), ("Home", "24h")]:
            page.keyboard.press(key)
            page.locator(f"[role=tab][id$='-{window}'][aria-selected=true]:focus").wait_for()
            assert page.locator("[role=tab][tabindex='0']").count() == 1
        # The tab is chosen at once, and its list comes when it comes: till then there are two articles.
        expect(page.get_by_role("tabpanel", name="24\u00a0h").get_by_role("listitem")).to_have_count(1)
        page.keyboard.press("Tab")
        assert reader.focused.endswith("Aujourd’hui"), "the other tabs are no stops"
        assert reader.audit() == []


def test_arrows_go_the_way_of_the_writing(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(""), direction="rtl")) as reader:
        reader.page.get_by_role("tab").first.focus()
        reader.page.keyboard.press("ArrowLeft")
        reader.page.locator("[id$='-7d'][aria-selected=true]:focus").wait_for()


def test_the_first_window_with_something_in_it_is_shown(kiosk: Kiosk) -> None:
    # The style sheet alone keeps room for five; the script, from then on, for one.
    with kiosk.reader(height=1200, but=("shifts",)) as reader:
        with reader.holding("**/most-read?window=7d*") as held:
            reader.open(kiosk.page(TABS.format(' limit="1" exclude="new"') + BELOW, styles=True))
            reader.until(lambda: held)
            below = reader.page.locator("#below")
            before = below.bounding_box()
            assert reader.page.get_by_role("heading", name="Les + Lus").count() == 0
        panel = reader.page.get_by_role("tabpanel", name="7\u00a0jours")
        panel.wait_for()
        assert panel.get_by_role("listitem").all_inner_texts() == ["Hier"]
        assert below.bounding_box() == before
        assert reader.page.get_by_role("tab", selected=True).all_inner_texts() == ["7\u00a0jours"]
        assert reader.asked == [f"GET /most-read?window={window}&limit=1&exclude=new" for window in ("24h", "7d")]


def test_the_window_that_the_page_wishes_comes_before_the_first(kiosk: Kiosk) -> None:
    body = '<tribune-most-read windows="all,7d,24h" window="24h" exclude="{}"></tribune-most-read>'
    for exclude, shown in (("", "24\u00a0h"), ("new", "Depuis toujours")):
        with kiosk.reader(kiosk.page(body.format(exclude)), but=("shifts",)) as reader:
            reader.page.get_by_role("tabpanel", name=shown).get_by_role("listitem").first.wait_for()


def test_where_no_window_has_anything_nothing_is_shown(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(' exclude="new,old"')), but=("shifts",)) as reader:
        reader.page.locator("tribune-most-read[hidden]").wait_for(state="attached")
        assert reader.page.get_by_role("tab").count() == 0
        assert len(reader.asked) == 3


def test_a_tab_with_nothing_in_its_list_says_so_and_the_others_stay(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(' exclude="new"'), styles=True)) as reader:
        reader.page.get_by_role("tab", name="24\u00a0h").click()
        panel = reader.page.get_by_role("tabpanel", name="24\u00a0h")
        panel.get_by_text("Rien à afficher pour l’instant.").wait_for()
        assert reader.audit() == []
        reader.page.get_by_role("tab", name="7\u00a0jours").click()
        reader.page.get_by_role("tabpanel", name="7\u00a0jours").get_by_role("listitem").wait_for()


@pytest.mark.parametrize("status", [None, 503])
def test_a_tab_whose_list_cannot_be_had_leaves_the_one_before_and_may_be_tried_again(
    kiosk: Kiosk, status: int | None
) -> None:
    with kiosk.reader(kiosk.page(TABS.format(""), styles=True), but=("errors",), timers=True) as reader:
        today, week = (reader.page.get_by_role("tab", name=name) for name in ("24\u00a0h", "7\u00a0jours"))
        panel = reader.page.get_by_role("tabpanel", name="24\u00a0h")
        panel.get_by_role("listitem").wait_for()
        with reader.failing("**/most-read?window=7d*", status):
            with reader.page.expect_event("console"):
                week.click()
            expect(today).to_have_attribute("aria-selected", "true")
            expect(week).to_have_attribute("aria-selected", "false")
        assert panel.get_by_role("listitem").all_inner_texts() == ["Ville\nAujourd’hui"]
        reader.context.clock.fast_forward("05:00")
        panel.get_by_text("il y a 5 minutes").wait_for()
        week.click()
        reader.page.get_by_role("tabpanel", name="7\u00a0jours").get_by_text("Hier").wait_for()


def test_the_last_tab_that_is_chosen_is_the_one_that_is_shown(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(""), styles=True)) as reader:
        with reader.holding("**/most-read?window=7d*"):
            reader.page.get_by_role("tab", name="7\u00a0jours").click()
            reader.page.get_by_role("tab", name="24\u00a0h").click()
            reader.page.get_by_role("tabpanel", name="24\u00a0h").get_by_text("Aujourd’hui").wait_for()
        reader.settled()
        assert reader.page.get_by_role("tab", selected=True).all_inner_texts() == ["24\u00a0h"]
        assert reader.page.get_by_role("listitem").count() == 1


def test_another_section_has_the_tab_that_the_reader_has_chosen(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(""), styles=True), but=("shifts",)) as reader:
        reader.page.get_by_role("tab", name="7\u00a0jours").click()
        panel = reader.page.get_by_role("tabpanel", name="7\u00a0jours")
        panel.get_by_text("Hier").wait_for()
        reader.page.locator("tribune-most-read").evaluate("(list) => list.setAttribute('section', 'Ville')")
        panel.get_by_role("listitem").filter(has_text="Aujourd’hui").and_(panel.locator(":only-child")).wait_for()
        assert reader.page.get_by_role("tab", selected=True).all_inner_texts() == ["7\u00a0jours"]


def test_where_the_first_list_cannot_be_had_there_are_no_tabs_either(kiosk: Kiosk) -> None:
    body = TABS.format("").replace("></", "><section><h2>Archives</h2></section></")
    with kiosk.reader(but=("errors", "shifts")) as reader, reader.failing("**/most-read*", 503):
        with reader.page.expect_event("console"):
            reader.open(kiosk.page(body))
        reader.settled()
        assert reader.page.get_by_role("heading", name="Archives").is_visible()
        assert reader.page.get_by_role("tab").count() == 0


def test_one_window_needs_no_tab_and_the_plain_script_has_none(kiosk: Kiosk) -> None:
    one = TABS.replace("24h,7d,all", " 7d")
    for body, script, window in ((one, "tribune.js", "7d"), (TABS, "most-read.js", "24h")):
        with kiosk.reader(kiosk.page(body.format(""), script=script)) as reader:
            reader.page.get_by_role("listitem").first.wait_for()
            assert reader.page.get_by_role("tab").count() == 0
            assert reader.asked == [f"GET /most-read?window={window}"]


def test_the_view_is_counted_once_whatever_tab_is_chosen(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(' article="new"'), lang="en")) as reader:
        reader.page.get_by_role("tab", name="7\u00a0days").click()
        reader.page.get_by_role("tabpanel", name="7\u00a0days").get_by_role("listitem").nth(1).wait_for()
        assert reader.asked == ["POST /articles/new/views?most_read=24h", "GET /most-read?window=7d"]
