"""The page for everyone: axe finds nothing, every target can be hit, and nothing has to be moved sideways."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.pages.newsroom import Desk, Newsroom, newsroom

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOKS = {"fr": ((320, "light"), (1280, "dark")), "en": ((320, "dark"), (1280, "light"))}
"""Widths and colour schemes: each language at each width and in each scheme, each width in each scheme."""
TARGET = 44
SMALL = f"""() => [...document.querySelectorAll("a, button, input, select, textarea, summary, label.box")]
    .filter((e) => e.checkVisibility({{visibilityProperty: true}}) && !e.closest(".unseen, .skip"))
    .filter((e) => !(e.matches("input") && e.closest("label")))
    .filter((e) => e.getBoundingClientRect().height < {TARGET} - .5)
    .map((e) => e.outerHTML.slice(0, 120))"""
UNLABELLED = """() => [...document.querySelectorAll("input, select, textarea")]
    .filter((e) => !e.labels.length).map((e) => e.outerHTML)"""


def full(desk: Desk) -> None:
    """The queue, a comment chosen and one decided on."""
    desk.press("x", "j", "a")
    desk.page.locator("#outcome").wait_for()


def empty(desk: Desk) -> None:
    """A queue with nothing in it."""
    desk.page.locator("#tabs [data-status=trash]").click()
    desk.page.locator(".empty").wait_for()


def filtered(desk: Desk) -> None:
    """All filters open, and one in use."""
    desk.page.locator("#queue .who .links a").first.click()
    desk.page.locator(".chips").wait_for()
    desk.settled()


def shortcuts(desk: Desk) -> None:
    """The keys."""
    desk.press("?")


def rejecting(desk: Desk) -> None:
    """The reasons to reject."""
    desk.press("n")


def context(desk: Desk) -> None:
    """The context of a comment."""
    desk.press("o")
    desk.page.locator("dialog.drawer section").nth(2).wait_for()


def replying(desk: Desk) -> None:
    """A reply half written."""
    desk.press("r")
    desk.page.keyboard.type("Bonjour")


def settings(desk: Desk) -> None:
    """An article, to be closed."""
    desk.page.locator("#queue .where button").first.click()


def job(desk: Desk) -> None:
    """A decision on all that match."""
    desk.page.locator("[data-bulk=job]").click()
    desk.page.locator("dialog button.primary:enabled").wait_for()


def rules(desk: Desk) -> None:
    """What the rules are told, tried out."""
    desk.page.locator("#tools button").first.click()
    desk.page.locator("form.policy .actions button").first.click()
    desk.page.locator(".trial p").wait_for()


def signing_in(desk: Desk) -> None:
    """The form for the token, which was mistyped."""
    desk.page.locator("#tools button").last.click()
    desk.page.locator("dialog.sign-in input").fill("mistyped")
    desk.press("Enter")
    desk.page.locator(".error:not(:empty)").wait_for()


VIEWS = (full, empty, filtered, shortcuts, rejecting, context, replying, settings, job, rules, signing_in)
TURNS = [
    pytest.param(
        view, language, id=f"{view.__name__}-{language}", marks=pytest.mark.long if (place + turn) % 2 else ()
    )
    for place, view in enumerate(VIEWS)
    for turn, language in enumerate(LOOKS)
]
"""Each view in one language, and in the other one among the longer tests."""


@pytest.fixture
def room(browser: "Browser") -> Iterator[Newsroom]:
    """A newsroom where something of everything has happened."""
    with newsroom(browser, held=9) as made:
        made.service.decide("approve", made.held[0])
        body = {"reason": "harassment", "explanation": "Il vise une personne."}
        made.service.call("POST", f"/articles/marche/comments/{made.held[0]}/reports", body)
        made.service.decide("reject", made.held[7], reason="hate", note="Encore")
        made.service.decide("restore", made.held[7])
        yield made


@pytest.mark.parametrize(("view", "language"), TURNS)
def test_axe_finds_nothing_and_every_target_can_be_hit(
    view: Callable[[Desk], None], language: str, room: Newsroom
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    with room.desk(f"?lang={language}", reduced_motion="reduce") as desk:
        view(desk)
        for width, scheme in LOOKS[language]:
            desk.page.set_viewport_size({"width": width, "height": 900})
            desk.page.emulate_media(color_scheme=scheme)
            assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
            assert desk.page.evaluate(SMALL) == []
            assert desk.page.evaluate(UNLABELLED) == []
            found = axe.run(desk.page)
            assert found.violations_count == 0, f"{width} {scheme}: {found.generate_report()}"
        assert desk.violations() == []


def test_the_page_speaks_the_browsers_language_and_the_one_that_was_chosen(browser: "Browser") -> None:
    with newsroom(browser) as room:
        for locale, query, lang in (
            ("en-GB", "", "en"),
            ("fr-CI", "", "fr"),
            ("de-DE", "", "fr"),
            ("en-GB", "?lang=fr", "fr"),
        ):
            page = browser.new_page(locale=locale)
            page.goto(f"{room.url}/moderation{query}")
            page.locator("dialog").wait_for()
            assert page.locator("html").get_attribute("lang") == lang
            page.close()
        with room.desk("?lang=fr") as desk:
            desk.page.get_by_role("link", name="EN", exact=True).click()
            desk.page.get_by_role("heading", name="Pending").wait_for()
            assert desk.page.url.endswith("?lang=en")


def test_the_page_has_its_landmarks_and_headings(browser: "Browser") -> None:
    with newsroom(browser, held=2) as room, room.desk() as desk:
        tree = desk.page.locator("body").aria_snapshot()

    for part in (
        "- banner:",
        '- navigation "Commentaires par état":',
        "- main:",
        "- search:",
        '- heading "En attente" [level=1]',
        '- heading "Jean-Baptiste Mérimée" [level=2]',
        '- group "Actions sur le commentaire de Nadège Konan":',
        "- status",
    ):
        assert part in tree, tree
