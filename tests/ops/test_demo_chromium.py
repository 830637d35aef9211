"""The demonstration in a browser: nothing goes wrong, for no reader, on any screen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.rules import instants
from tests.chromium import PATIENCE
from tests.ops.demo_site import Demo, demo_site
from tests.widgets.reader import WATCH, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = ("/", "/en/", "/demo/rubrique/ville", "/demo/marche-couvert", "/en/market-hall", "/demo/jardins-partages")
DRAWN = re.compile(r"il y a|ago")
"""What a list says that script has drawn; the one that comes with the page names the hour."""
ARTICLE = "/demo/marche-couvert"
WIDTHS = (320, 390, 768, 1280, 1600)


@pytest.fixture(scope="module")
def demo(browser: "Browser") -> Iterator[Demo]:
    """One demonstration for all tests; without a browser none is made."""
    with demo_site() as made:
        yield made


@contextmanager
def reader(browser: "Browser", demo: Demo, path: str, **options: Any) -> Iterator[Reader]:
    """A reader of the demonstration's own time, who goes down a page to its end."""
    context = browser.new_context(**({"locale": "fr-FR", "timezone_id": "Europe/Paris"} | options))
    context.set_default_timeout(PATIENCE)
    context.clock.set_fixed_time(datetime.fromtimestamp(demo.service.clock.at / instants.SECOND, UTC))
    context.add_init_script(WATCH)
    made = Reader(context.new_page(), (demo.url, demo.url))
    made.open(path)
    made.page.locator(".colophon").scroll_into_view_if_needed()
    if options.get("java_script_enabled", True):
        for list in made.page.locator("tribune-most-read").all():
            list.get_by_text(DRAWN).wait_for()
        for thread in made.page.locator("tribune-comments").all():
            thread.scroll_into_view_if_needed()
            thread.get_by_role("combobox").wait_for()
    yield made
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_in_light_and_dark_on_any_screen_without_an_error(
    browser: "Browser", demo: Demo, path: str
) -> None:
    with reader(browser, demo, path) as who:
        for scheme in ("light", "dark"):
            who.page.emulate_media(color_scheme=scheme)
            assert who.audit() == []
        for width in WIDTHS:
            who.page.set_viewport_size({"width": width, "height": 900})
            assert who.page.evaluate("document.documentElement.scrollWidth") <= width
        wrong = who.wrong()
    assert {kind: wrong[kind] for kind in ("errors", "violations", "strangers", "cookies") if wrong[kind]} == {}


@pytest.mark.parametrize("path", ["/", ARTICLE, "/demo/jardins-partages"])
def test_a_page_is_whole_without_script(browser: "Browser", demo: Demo, path: str) -> None:
    with reader(browser, demo, path, java_script_enabled=False, viewport={"width": 390, "height": 800}) as who:
        assert who.errors == []
        for list in who.page.locator("tribune-most-read").all():
            assert list.get_by_role("link").count() >= 2
        if who.page.locator("tribune-comments").count():
            assert who.page.locator("#commentform").is_visible()
            assert who.page.locator("#respond textarea").is_visible()


def test_a_comment_written_on_the_page_waits_for_a_moderator(browser: "Browser", demo: Demo) -> None:
    with reader(browser, demo, "/demo/fontaines", java_script_enabled=False) as who:
        page = who.page
        page.locator("#comment").fill("Celle de la gare est tiède.")
        page.locator("#author").fill("Adèle")
        page.locator("#email").fill("adele@example.org")
        page.get_by_role("button", name="Laisser un commentaire").click()
        page.wait_for_url("**/demo/fontaines?tribune=held**")
        assert "en attente de modération" in page.locator("#respond").inner_text()
    assert demo.service.queue()["comments"][0]["content"] == "Celle de la gare est tiède."


def test_paper_has_the_article_and_its_comments_but_no_form(browser: "Browser", demo: Demo) -> None:
    with reader(browser, demo, ARTICLE) as who:
        who.page.emulate_media(media="print")
        assert who.page.locator(".text").is_visible()
        assert who.page.get_by_text("Les bancs, les bancs, les bancs.").is_visible()
        assert not who.page.locator(".beside").is_visible()
        assert not who.page.locator("#commentform").is_visible()
