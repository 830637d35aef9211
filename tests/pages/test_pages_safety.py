"""Nothing that readers write runs, nothing is told to anyone else, and nothing is kept longer than the tab."""

import pytest

from tests.pages.newsroom import Newsroom, outcome
from tests.scene import MODERATOR

ATTACKS = (
    "<img src=x onerror=\"window.taken='img'\">",
    "<script>window.taken='script'</script>",
    "</textarea><svg onload=\"window.taken='svg'\">",
    '"><iframe srcdoc="<script>parent.taken=\'frame\'</script>"></iframe>',
    "<a href=\"javascript:window.taken='link'\">x</a>",
    "{name} {n} $& $1 ${taken} \u202egnp.exe\u202c",
    "<style>*{display:none}</style><base href=https://evil.example/>",
)


def test_what_readers_write_is_shown_as_it_is_and_never_runs(room: Newsroom) -> None:
    hostile = [
        room.write(n, author_name=text[:100], content=f"{text} {n}", author_email=f"h{n}@example.org")
        for n, text in enumerate(ATTACKS)
    ]
    room.service.register("marche", title=ATTACKS[0], section=ATTACKS[1])
    with room.desk() as desk:
        for id, text in zip(hostile[::-1], ATTACKS[::-1], strict=True):
            card = desk.page.locator(f'article[data-id="{id}"]')
            assert text in (card.locator(".text").text_content() or "")
            assert desk.focused == id
            desk.press("o")
            desk.page.locator("dialog.drawer .context section").first.wait_for()
            desk.press("Escape", "n", "Escape", "r", "Escape", "j")
        desk.page.locator("#queue .where button").first.click()
        desk.press("Escape")
        desk.page.locator("#queue .where .links a", has_text="<script>").first.click()
        desk.page.locator(".chips", has_text="<script>").wait_for()
        desk.settled()
        desk.press("a")
        desk.page.locator("#outcome p", has_text="approuvé").wait_for()

        assert desk.page.evaluate("window.taken ?? null") is None
        assert desk.page.locator("#queue :is(img, script, svg, iframe, style)").count() == 0
        assert desk.violations() == []
        assert desk.errors == []
        assert desk.strangers == []


def test_nothing_leaves_and_nothing_is_kept_but_in_this_tab(room: Newsroom) -> None:
    with room.desk() as desk:
        desk.press("a", "s", "z", "o", "Escape", "r")
        desk.page.keyboard.type("Un brouillon")
        desk.press("Escape")
        outcome(desk, "Annulé")
        kept = desk.page.evaluate("Object.entries(sessionStorage)")

        assert MODERATOR in dict(kept).values()
        assert {name.split(".")[1] for name, _ in kept} == {"token", "draft", "undo"}
        assert desk.page.evaluate("localStorage.length") == 0
        assert desk.context.cookies() == []
        assert desk.strangers == []
        assert desk.violations() == []
        assert MODERATOR not in desk.page.content() + desk.page.url

        desk.page.get_by_role("button", name="Se déconnecter").click()
        desk.page.locator("dialog.sign-in").wait_for()
        assert desk.page.evaluate("sessionStorage.length") == 0


def test_the_policy_stops_what_a_mistake_of_ours_would_let_in(room: Newsroom) -> None:
    """The control: were a text made HTML, or another host asked, these tests would notice."""
    with room.desk() as desk:
        with pytest.raises(Exception, match="TrustedHTML"):
            desk.page.evaluate(f"document.querySelector('main').innerHTML = {ATTACKS[0]!r}")
        desk.page.evaluate("fetch('https://elsewhere.example/').catch(() => {})")
        desk.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'}))")
        desk.page.evaluate("document.body.setAttribute('style', 'color: red')")

        assert {"require-trusted-types-for", "connect-src", "img-src"} <= set(desk.violations())
        assert desk.errors != []


def test_without_the_policy_the_same_text_would_have_run(room: Newsroom) -> None:
    """The other control: the attacks are attacks, and what they do is seen."""
    page = room.browser.new_page()
    try:
        page.set_content(f"<p>{ATTACKS[0]}</p>")
        page.locator("img").wait_for(state="attached")
        page.wait_for_function("window.taken === 'img'")
    finally:
        page.close()
