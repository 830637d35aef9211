"""« Les + Lus » with a tab for each of several windows, by keyboard alone."""

import pytest

from tests.widgets.kiosk import Kiosk

TABS = '<tribune-most-read windows="24h,7d,all"{}></tribune-most-read>'


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
        page.get_by_role("tabpanel", name="24\u00a0h").get_by_role("listitem").first.wait_for()
        page.keyboard.press("Tab")
        assert reader.focused.endswith("Aujourd’hui"), "the other tabs are no stops"
        assert reader.audit() == []


def test_arrows_go_the_way_of_the_writing(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(""), direction="rtl")) as reader:
        reader.page.get_by_role("tab").first.focus()
        reader.page.keyboard.press("ArrowLeft")
        reader.page.locator("[id$='-7d'][aria-selected=true]:focus").wait_for()


def test_a_tab_without_a_list_says_so_and_the_others_stay(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format("")), but=("errors",)) as reader:
        tab = reader.page.get_by_role("tab", name="7\u00a0jours")
        tab.wait_for()
        with reader.failing("**/most-read?window=7d*"):
            tab.click()
            reader.page.get_by_role("tabpanel").get_by_text("Rien à afficher pour l’instant.").wait_for()
        reader.page.get_by_role("tab", name="24\u00a0h").click()
        reader.page.get_by_role("tabpanel", name="24\u00a0h").get_by_role("listitem").wait_for()


def test_where_the_first_list_cannot_be_had_there_are_no_tabs_either(kiosk: Kiosk) -> None:
    body = TABS.format("").replace("></", "><section><h2>Archives</h2></section></")
    with kiosk.reader(but=("errors", "shifts")) as reader, reader.failing("**/most-read*", 503):
        with reader.page.expect_event("console"):
            reader.open(kiosk.page(body))
        reader.page.wait_for_load_state("networkidle")
        assert reader.page.get_by_role("heading", name="Archives").is_visible()
        assert reader.page.get_by_role("tab").count() == 0


def test_one_window_needs_no_tab_and_the_plain_script_has_none(kiosk: Kiosk) -> None:
    for body, script in ((TABS.replace("24h,7d,all", "7d"), "tribune.js"), (TABS, "most-read.js")):
        with kiosk.reader(kiosk.page(body.format(""), script=script)) as reader:
            reader.page.get_by_role("listitem").first.wait_for()
            assert reader.page.get_by_role("tab").count() == 0


def test_the_view_is_counted_once_whatever_tab_is_chosen(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(TABS.format(' article="new"'), lang="en")) as reader:
        reader.page.get_by_role("tab", name="7\u00a0days").click()
        reader.page.get_by_role("tabpanel", name="7\u00a0days").get_by_role("listitem").nth(1).wait_for()
        assert reader.asked == ["POST /articles/new/views?most_read=24h", "GET /most-read?window=7d"]
