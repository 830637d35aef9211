"""How comments look: in every theme, at every width, on paper, in a page's own dress, and without a script."""

import urllib.request
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Locator, Page, expect

from tests.widgets.kiosk import PAPER, Kiosk
from tests.widgets.talk import article, moderate, outline, say, show, take_away, texts

LOOKS: dict[str, dict[str, Any]] = {
    "light-1280": {},
    "dark-1280": {"color_scheme": "dark"},
    "light-390": {"width": 390},
    "dark-320": {"color_scheme": "dark", "width": 320},
    "forced": {"forced_colors": "active", "width": 390},
    "forced-dark": {"forced_colors": "active", "color_scheme": "dark"},
    "still": {"reduced_motion": "reduce", "width": 320},
}
THEME = """
.comment-list { padding-left: 11px; } .comment-list li { border-top: 3px solid rgb(1, 2, 3); }
.comment-body { padding: 13px; } .comment-meta .fn { color: rgb(4, 5, 6); } .comment-metadata { font-size: 17px; }
.comment-content { margin: 19px; } .comment-author .avatar { border-radius: 23px; }
.reply .comment-reply-link { background-color: rgb(7, 8, 9); color: #fff; } .children { margin-left: 29px; }
.comment-respond { padding: 31px; } .comment-form label { display: block; }
.comment-form textarea { border: 2px solid rgb(10, 11, 12); box-sizing: border-box; width: 100%; }
.form-submit .submit { background-color: rgb(13, 14, 15); color: #fff; } .comments-title { letter-spacing: 2px; }
"""
DRESSED = {
    ".comment-list": {"padding-left": "11px"},
    ".comment-list li.comment.depth-1": {"border-top-width": "3px"},
    "article.comment-body": {"padding-top": "13px"},
    ".comment-author.vcard .fn": {"color": "rgb(4, 5, 6)"},
    ".comment-metadata": {"font-size": "17px"},
    ".comment-content": {"margin-top": "19px"},
    "svg.avatar": {"border-top-left-radius": "23px"},
    ".reply .comment-reply-link": {"background-color": "rgb(7, 8, 9)"},
    "ol.children": {"margin-left": "29px"},
    "#respond.comment-respond": {"padding-top": "31px"},
    "#commentform.comment-form textarea#comment": {"border-top-width": "2px"},
    ".form-submit #submit.submit": {"background-color": "rgb(13, 14, 15)"},
    "h2#comments.comments-title": {"letter-spacing": "2px"},
}


@pytest.fixture(scope="module")
def talked(kiosk: Kiosk) -> str:
    """An article with something of everything."""
    article(kiosk, "all")
    opinion = "Le marché couvert manquait au quartier : on y venait de loin, le samedi, pour les fromages."
    pinned = say(kiosk, "all", "Bienvenue dans la discussion.", author_name="Claire Moreau")
    first = say(
        kiosk, "all", f"{opinion}\n\nEt le <b>parking</b> ? Voir https://example.org/plan", author_name="Jean"
    )
    second = say(
        kiosk, "all", "D’accord avec vous.", first, author_name="Aïcha Koné", author_url="https://a.example"
    )
    third = say(kiosk, "all", "Moi aussi.", second, author_name="محمد علي")
    fourth = say(kiosk, "all", opinion, third, author_name="Marie-Thérèse de La Rochefoucauld")
    say(kiosk, "all", "Merci !", fourth, author_name="Zoé")
    gone = say(kiosk, "all", "Retiré", author_name="Bob")
    say(kiosk, "all", "Je ne comprends pas.", gone, author_name="Léa")
    take_away(kiosk, gone)
    moderate(kiosk, "all", pinned=pinned)
    show(kiosk, "all", attributes='rules="/regles" privacy="/donnees"')
    return "/all"


def write(page: Page) -> None:
    page.get_by_role("button", name="Laisser un commentaire").click()
    expect(page.get_by_role("textbox", name="Commentaire")).to_be_focused()


def css(locator: Locator, name: str) -> str:
    value: str = locator.evaluate("(one, name) => getComputedStyle(one).getPropertyValue(name)", name)
    return value


@pytest.mark.parametrize("look", LOOKS)
def test_the_comments_are_for_everyone_in_every_look(kiosk: Kiosk, talked: str, look: str) -> None:
    with kiosk.reader(talked, **LOOKS[look]) as reader:
        assert len(texts(reader.page)) == 8
        reader.screenshot(f"comments-{look}")
        write(reader.page)
        reader.screenshot(f"comments-form-{look}")
        assert reader.audit() == []
        assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = """(all) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 24)
            .map((one) => one.outerHTML)"""
        assert reader.page.locator("tribune-comments :is(button, select, input)").evaluate_all(small) == []


def test_paper_has_the_comments_and_nothing_to_press(kiosk: Kiosk, talked: str) -> None:
    with kiosk.reader(talked) as reader:
        texts(reader.page)
        write(reader.page)
        reader.page.emulate_media(media="print")
        assert len(texts(reader.page)) == 8
        for control in reader.page.locator("tribune-comments :is(button, select, input, textarea, form)").all():
            expect(control).to_be_hidden()
        time = reader.page.locator("tribune-comments time").first
        printed = time.evaluate("(time) => getComputedStyle(time, '::after').content")
        assert str(time.get_attribute("title")) in printed, "of when it was said, not of how long ago"
        assert reader.audit() == []
        reader.screenshot("comments-print")


def test_a_page_sets_colours_and_spaces_by_its_own_properties(kiosk: Kiosk, talked: str) -> None:
    kiosk.publish(
        "/own.css",
        PAPER
        + "tribune-comments { --tribune-accent: rgb(120, 0, 60); --tribune-on-accent: rgb(255, 255, 250); "
        + "--tribune-text: rgb(40, 0, 0); --tribune-muted: rgb(80, 0, 0); --tribune-line: rgb(9, 9, 9); "
        + "--tribune-surface: rgb(255, 250, 240); --tribune-radius: 7px; --tribune-gap: 30px; }",
        "text/css",
    )
    kiosk_path = show(
        kiosk, "all", attributes='rules="/regles"', path="/own", head='<link rel="stylesheet" href="/own.css">'
    )
    with kiosk.reader(kiosk_path) as reader:
        texts(reader.page)
        write(reader.page)
        opener = reader.page.locator(".tribune-bar button")
        assert css(opener, "background-color") == "rgb(120, 0, 60)"
        assert css(opener, "color") == "rgb(255, 255, 250)"
        assert css(opener, "border-top-left-radius") == "7px"
        assert css(reader.page.locator(".tribune-comment-content").first, "color") == "rgb(40, 0, 0)"
        assert css(reader.page.locator(".tribune-comment-metadata").first, "color") == "rgb(80, 0, 0)"
        assert css(reader.page.locator(".tribune-comment-list > li").first, "border-top-color") == "rgb(9, 9, 9)"
        assert css(reader.page.locator(".tribune-comment-list > li").first, "padding-top") == "30px"
        assert css(reader.page.locator("#comment"), "background-color") == "rgb(255, 250, 240)"
        assert reader.audit() == []
        reader.screenshot("comments-own-colours")


def test_the_font_is_the_pages_own(kiosk: Kiosk, talked: str) -> None:
    kiosk.publish("/serif.css", "html { font: 21px/1.7 'DejaVu Serif', serif !important; }", "text/css")
    path = show(kiosk, "all", path="/serif", head='<link rel="stylesheet" href="/serif.css">')
    with kiosk.reader(path) as reader:
        texts(reader.page)
        write(reader.page)
        for selector in (
            ".tribune-comment-content",
            "#comment",
            ".tribune-submit",
            ".tribune-comment-reply-link",
            "h2",
        ):
            assert "DejaVu Serif" in css(reader.page.locator(f"tribune-comments {selector}").first, "font-family")
        assert css(reader.page.locator("#comment"), "font-size") == "21px"


def test_a_theme_for_wordpress_dresses_the_comments(kiosk: Kiosk, talked: str) -> None:
    kiosk.publish("/theme.css", THEME, "text/css")
    path = show(
        kiosk,
        "all",
        path="/theme",
        attributes='skin="wordpress"',
        head='<link rel="stylesheet" href="/theme.css">',
    )
    with kiosk.reader(path) as reader:
        expect(reader.page.locator(".comment-list")).to_be_visible()
        write(reader.page)
        for selector, styles in DRESSED.items():
            found = reader.page.locator(selector).first
            assert {name: css(found, name) for name in styles} == styles, selector
        assert reader.page.locator("article.comment-body").first.get_attribute("id", timeout=0) is not None
        assert reader.audit() == []
        reader.screenshot("comments-wordpress")


def served(kiosk: Kiosk, id: str, query: str = "") -> str:
    """What the site's server puts into the element."""
    with urllib.request.urlopen(f"{kiosk.url}/articles/{id}/comments.html?lang=fr{query}") as answer:
        text: str = answer.read().decode()
    return text


def test_without_a_script_the_comments_are_a_list_and_the_form_posts_and_comes_back(
    kiosk: Kiosk, talked: str
) -> None:
    article(kiosk, "plain")
    id = say(kiosk, "plain", "Bonjour", author_name="Léa")
    say(kiosk, "plain", "Bonsoir", id)
    head = f'<link rel="stylesheet" href="{kiosk.url}/embed/1.0.0/tribune.css">'
    policy = f"style-src 'self' {kiosk.url}; form-action 'self' {kiosk.url}"
    show(kiosk, "plain", inside=served(kiosk, "plain"), head=head, policy=policy)
    with kiosk.reader("/plain", java_script_enabled=False) as reader:
        expect(reader.page.locator("ol > li > ol > li")).to_contain_text("Bonsoir")
        reader.screenshot("comments-no-script")
        reader.page.get_by_role("textbox", name="Commentaire").fill("Sans script")
        reader.page.get_by_role("textbox", name="Nom").fill("Bob")
        reader.page.get_by_role("textbox", name="E-mail").fill("bob@example.org")
        reader.page.get_by_role("button", name="Laisser un commentaire").click()
        newest = kiosk.service.call("GET", "/articles/plain/comments").json["comments"][0]
        assert newest["content_html"] == "<p>Sans script</p>"
        assert reader.page.url == f"{kiosk.site}/plain#comment-{newest['id']}"


def test_without_a_script_a_comment_that_waits_is_said_to_wait(kiosk: Kiosk) -> None:
    article(kiosk, "waits")
    moderate(kiosk, "waits", comments="hold")
    show(kiosk, "waits", inside=served(kiosk, "waits", "&notice=held"))
    with kiosk.reader("/waits", java_script_enabled=False) as reader:
        expect(reader.page.get_by_text("Votre commentaire est en attente de modération.")).to_be_visible()
        reader.page.get_by_role("textbox", name="Commentaire").fill("Sans script")
        reader.page.get_by_role("textbox", name="Nom").fill("Bob")
        reader.page.get_by_role("textbox", name="E-mail").fill("bob@example.org")
        reader.page.get_by_role("button", name="Laisser un commentaire").click()
        assert reader.page.url == f"{kiosk.site}/waits?tribune=held#respond"


def test_the_element_takes_the_place_of_what_the_server_drew_and_says_the_same(kiosk: Kiosk) -> None:
    article(kiosk, "same")
    parent = say(kiosk, "same", "Vieux")
    gone = say(kiosk, "same", "Retiré", parent)
    say(kiosk, "same", "Suite", gone)
    root = say(kiosk, "same", "Autre retiré")
    chain = say(kiosk, "same", "Encore", root)
    say(kiosk, "same", "Fin", chain)
    say(kiosk, "same", "Neuf")
    take_away(kiosk, gone, root, chain)
    show(kiosk, "same", inside=served(kiosk, "same"))
    with kiosk.reader("/same", java_script_enabled=False) as reader:
        before = outline_without_script(reader.page)
    with kiosk.reader("/same", but=("shifts",)) as reader:
        assert outline(reader.page) == before
        expect(reader.page.locator("tribune-comments h2")).to_have_count(1)


def outline_without_script(page: Page) -> list[str]:
    """The texts of a page and their levels, as `outline` tells them."""
    found: list[str] = []
    for item in page.locator("tribune-comments li").all():
        depth = item.locator("xpath=ancestor::li").count()
        said = item.locator("xpath=./*[1]")
        body = said.locator(".tribune-comment-content")
        found.append("-" * depth + (body if body.count() else said).first.inner_text())
    return found
