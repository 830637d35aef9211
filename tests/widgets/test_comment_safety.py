"""Whatever people write is text: on the page, in the order it was written, and never a program."""

import random
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import expect

from chalicelib.rules.rendering import TAGS, render_html
from ops.build_embed import SOURCES
from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import answer, article, comment, say, show, texts

TEXTS = 600
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS * 2),
    *(
        "<b >",
        "</B>",
        "<i",
        "<br>",
        "<p>",
        "</p>",
        "<script>",
        "</script>",
        "<img src=x onerror=hit()>",
        "<!-- x -->",
    ),
    *(
        '<a href="https://e.example/?a=1&amp;b=2&copy=3">',
        "<a href=https://e.example>",
        "<a href='javascript:hit()'>",
    ),
    *(
        '<a href="https://e.example" title="a &gt; b &quot;q&quot; href=">',
        "<a title='é \"' href='http://e.example/é'>",
    ),
    *("https://e.example/a?b=c&d=<e>", "www.e.example.", "http://[::1]/", "https://e.example/\"x'y"),
    *("&", "&amp;", "&lt;b&gt;", "&#39;", "&#x27;", "&nbsp;", "&copy", "&nosuch;", "<", ">", '"', "'", "`", "="),
    *("\u00a0", "\u202f", "\u200f", "\u202e", "\u2067", "\u200d", "😀", "👩‍👩‍👧", "é", "e\u0301", "שלום", "مرحبا"),
    *("\n", "\r\n", "\n\n", "\r\n\r\n", "\t", "  ", "\x0b", "\u2028", "a", "Bonjour", "1 < 2 && 3 > 2"),
]
COMPARE = """async (htmls) => {
  const { drawText } = await import("/elements/comments/text.js");
  const parser = new DOMParser();
  return htmls.filter((html) => {
    const theirs = parser.parseFromString(`<div dir="auto">${html}</div>`, "text/html").body.firstChild;
    const ours = drawText(html);
    ours.removeAttribute("class");
    return !ours.isEqualNode(theirs);
  });
}"""
HIT = "(window.hits ??= []).push(1)"
HOSTILE = [
    f"<img src=x onerror='{HIT}'>",
    f"<script>{HIT}</script>",
    f"<svg onload='{HIT}'><path d=''></svg>",
    f"\"><img src=x onerror='{HIT}'>",
    f'<a href="javascript:{HIT}">clic</a>',
    f"<a href=\"https://e.example\" onfocus='{HIT}' autofocus tabindex=1>clic</a>",
    f'<iframe srcdoc="<script>parent.{HIT}</script>"></iframe>',
    f"<b style=\"animation: x\" onanimationstart='{HIT}'>gras</b>",
    f"<p onclick='{HIT}'>clic</p><style>* {{ display: none }}</style>",
    f"${{{HIT}}} {{{{{HIT}}}}} %3Cscript%3E",
]


def test_a_text_becomes_what_the_browsers_own_parser_makes_of_it(kiosk: Kiosk) -> None:
    for path in ("comments/text.js", "shared/dom.js"):
        kiosk.publish(f"/elements/{path}", (SOURCES / path).read_text("utf-8"), "text/javascript")
    drawn = random.Random(5)
    typed = ["".join(drawn.choices(PIECES, k=drawn.randint(1, 14))) for _ in range(TEXTS)]
    htmls = [render_html(text) for text in [*typed, *PIECES]]
    assert sum("<a " in html for html in htmls) > 50
    with kiosk.reader(kiosk.page("", script=None, policy="")) as reader:
        assert reader.page.evaluate(COMPARE, htmls) == []
        # Where they differ it would be seen.
        assert reader.page.evaluate(COMPARE, ["<p>&copy;</p>"]) != []


@pytest.fixture(scope="module")
def hostile(kiosk: Kiosk) -> str:
    """An article with all that somebody might try, which the service takes as text."""
    article(kiosk, "hostile", title=HOSTILE[0])
    for n, text in enumerate(HOSTILE):
        say(kiosk, "hostile", f"{text} {n}", author_name=text[:100])
    return "hostile"


def test_hostile_names_and_texts_are_shown_as_they_were_typed(kiosk: Kiosk, hostile: str) -> None:
    # Without a policy, so that nothing but the element itself stands in the way.
    show(kiosk, hostile, policy="")
    with kiosk.reader(f"/{hostile}") as reader:
        shown = texts(reader.page)
        assert len(shown) == len(HOSTILE)
        for text in (HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[6]):
            assert any(text in one for one in shown), text
        names = reader.page.locator("bdi").all_inner_texts()
        assert {HOSTILE[0], HOSTILE[1]} <= set(names)
        assert reader.page.evaluate("window.hits") is None


def test_what_a_wrong_service_might_answer_runs_nothing_either(kiosk: Kiosk, hostile: str) -> None:
    answered = kiosk.service.call("GET", f"/articles/{hostile}/comments").json
    for said, text in zip(answered["comments"], HOSTILE, strict=True):
        said["content_html"] = text
        said["author"] |= {"name": text, "url": f"javascript:{HIT}", "avatar": text}
    show(kiosk, hostile, policy="")
    with kiosk.reader() as reader:
        answer(reader.page, "**/comments?*", answered)
        reader.open(f"/{hostile}")
        assert len(texts(reader.page)) == len(HOSTILE)
        for kind in ("img", "script:not([src])", "iframe", "style", "[onclick]", "[onfocus]", "[style]"):
            expect(reader.page.locator(f"tribune-comments {kind}")).to_have_count(0)
        hrefs = reader.page.locator("tribune-comments a").evaluate_all("(all) => all.map(({href}) => href)")
        assert not [href for href in hrefs if "script" in href]
        assert reader.page.evaluate("window.hits") is None


def test_a_program_that_runs_would_be_noticed(kiosk: Kiosk, hostile: str) -> None:
    show(kiosk, hostile, policy="")
    with kiosk.reader(f"/{hostile}", but=("errors", "shifts")) as reader:
        put = "(html) => { document.querySelector('main').innerHTML = html; }"
        reader.page.evaluate(put, HOSTILE[0])
        reader.page.wait_for_function("window.hits")


NAMES = ["שלום 5", "محمد (علي)", "\u202eJean", "Jean\u202e", "5 - ‏א", "\u2067x", "Zoé", "א" * 100]


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_name_of_another_direction_moves_nothing_beside_it(kiosk: Kiosk, direction: str) -> None:
    id = f"names-{direction}"
    article(kiosk, id)
    ids = [say(kiosk, id, f"Mot {n}", author_name=name) for n, name in enumerate(NAMES)]
    show(kiosk, id, direction=direction)
    with kiosk.reader(f"/{id}") as reader:
        texts(reader.page)
        for one in ids:
            name: Any = comment(reader.page, one).locator("bdi").bounding_box()
            time: Any = comment(reader.page, one).locator("time").bounding_box()
            beside = abs(name["y"] - time["y"]) < name["height"]
            before, after = (name, time) if direction == "ltr" else (time, name)
            assert not beside or before["x"] + before["width"] <= after["x"]
        # Each text has its own direction.
        directions = reader.page.locator(".tribune-comment-content").evaluate_all(
            "(all) => all.map((one) => one.dir)"
        )
        assert set(directions) == {"auto"}
        assert reader.audit() == []
        reader.screenshot(f"comments-names-{direction}")


def test_marks_piled_up_on_letters_stay_within_their_comment(kiosk: Kiosk) -> None:
    article(kiosk, "marks")
    say(kiosk, "marks", ("e" + "\u0301" * 30) * 40)
    for skin in ("", 'skin="wordpress"'):
        show(kiosk, "marks", attributes=skin)
        with kiosk.reader("/marks", but=("shifts",)) as reader:
            content = reader.page.locator("[class$=comment-content]")
            expect(content).to_have_css("overflow", "clip")


FIRST_IS_LEFT = """(heading) => {
  const left = (at) => {
    const range = new Range();
    range.setStart(heading.firstChild, at);
    range.setEnd(heading.firstChild, at + 1);
    return range.getBoundingClientRect().left;
  };
  return left(0) < left(heading.textContent.length - 1);
}"""


def test_our_own_words_go_from_left_to_right_on_a_page_that_does_not(kiosk: Kiosk) -> None:
    article(kiosk, "way")
    for n in range(2):
        say(kiosk, "way", f"Mot {n}")
    show(kiosk, "way", direction="rtl")
    with kiosk.reader("/way") as reader:
        for words in (reader.page.get_by_text("2 commentaires"), reader.page.get_by_text("0 vote").first):
            assert words.evaluate(FIRST_IS_LEFT)


@pytest.mark.parametrize("larger", [False, True])
def test_words_without_an_end_stay_in_a_narrow_page(kiosk: Kiosk, larger: bool) -> None:
    id = f"long-{larger}"
    article(kiosk, id)
    parent = None
    for n in range(5):
        word = "https://e.example/" + "a" * 400 if n % 2 else "Donaudampfschiff" * 30
        parent = say(kiosk, id, f"{word} {n}", parent, author_name="W" * 98 + f"{n}")
    kiosk.publish("/larger.css", "html { font-size: 200% !important }", "text/css")
    show(kiosk, id, head='<link rel="stylesheet" href="/larger.css">' if larger else "")
    with kiosk.reader(f"/{id}", width=320) as reader:
        texts(reader.page)
        reader.page.get_by_role("button", name="Laisser un commentaire").click()
        expect(reader.page.get_by_role("textbox", name="Commentaire")).to_be_focused()
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        reader.screenshot(f"comments-{id}")
