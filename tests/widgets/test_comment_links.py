"""Links to a comment lead to it wherever it is, and to the focus."""

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, expect

from tests.scene import NOTHING
from tests.widgets.kiosk import PAPER, Kiosk
from tests.widgets.talk import FAR, article, comment, outline, say, show, take_away, talk

HEADER = "header { position: sticky; inset-block-start: 0; block-size: 4rem; background: Canvas; }"


def leads_to(page: Page, id: str) -> None:
    """The comment has the focus, and its beginning is in sight, below a page's header."""
    expect(comment(page, id)).to_be_focused()
    top = page.evaluate("document.activeElement.getBoundingClientRect().y")
    assert 64 <= top < 700


def test_a_link_to_a_comment_on_the_first_page_needs_no_other_request(kiosk: Kiosk) -> None:
    article(kiosk, "near")
    ids = talk(kiosk, "near", 12)
    kiosk.publish("/sticky.css", PAPER + HEADER, "text/css")
    head = '<link rel="stylesheet" href="/sticky.css">'
    show(kiosk, "near", before="<header>Le journal</header>" + FAR, head=head)
    with kiosk.reader() as reader:
        with reader.page.expect_response("**/views"):
            reader.open(f"/near#comment-{ids[3]}")
        leads_to(reader.page, ids[3])
        assert reader.asked == ["GET /articles/near/comments?sort=newest", "POST /articles/near/views"]


def test_a_link_leads_deep_into_a_thread_forty_pages_away(kiosk: Kiosk) -> None:
    article(kiosk, "far")
    first = say(kiosk, "far", "Vieux")
    second = say(kiosk, "far", "Réponse", first)
    third = say(kiosk, "far", "Suite", second)
    fourth = say(kiosk, "far", "Fin", third)
    talk(kiosk, "far", 41)
    take_away(kiosk, second)
    show(kiosk, "far", before=FAR)
    with kiosk.reader(f"/far#comment-{fourth}", but=("shifts",)) as reader:
        leads_to(reader.page, fourth)
        gone = "Ce commentaire a été retiré."
        assert outline(reader.page)[:5] == ["Vieux", "-" + gone, "--Suite", "---Fin", "Mot 41"]
        more = reader.page.get_by_role("button", name="Commentaires suivants")
        for word in ("Mot 2", "Mot 1"):
            more.click()
            expect(reader.page.get_by_text(word, exact=True)).to_be_visible()
        expect(more).to_have_count(0)
        # Its page brings it no second time.
        assert len(outline(reader.page)) == 45
        reader.screenshot("comments-linked")


def test_a_link_to_a_comment_that_is_gone_says_so_and_shows_the_others(kiosk: Kiosk) -> None:
    article(kiosk, "gone")
    id = say(kiosk, "gone", "Retiré")
    say(kiosk, "gone", "Bonjour")
    take_away(kiosk, id)
    for lost in (id, NOTHING):
        with kiosk.reader(f"/gone#comment-{lost}", but=("errors",)) as reader:
            expect(reader.page.get_by_role("status")).to_have_text("Ce commentaire a été retiré.")
            assert outline(reader.page) == ["Bonjour"]


def test_a_link_that_cannot_be_followed_now_is_not_called_gone(kiosk: Kiosk) -> None:
    article(kiosk, "lost")
    id = talk(kiosk, "lost", 21)[0]
    with kiosk.reader(but=("errors",)) as reader, reader.failing("**/comments/*"):
        reader.open(f"/lost#comment-{id}")
        expect(reader.page.get_by_role("status")).to_have_text(
            "Le service ne répond pas. Réessayez dans un instant."
        )
        expect(reader.page.locator("li")).to_have_count(20)


def test_links_followed_later_lead_there_too(kiosk: Kiosk) -> None:
    article(kiosk, "later")
    ids = talk(kiosk, "later", 25)
    show(kiosk, "later", before=f'<a href="#comment-{ids[0]}">Le premier</a>' + FAR)
    with kiosk.reader(f"/later#comment-{ids[20]}", but=("shifts",)) as reader:
        leads_to(reader.page, ids[20])
        reader.page.get_by_role("link", name="Le premier").click()
        leads_to(reader.page, ids[0])
        link = comment(reader.page, ids[22]).get_by_role("link", name="il y a")
        link.click()
        leads_to(reader.page, ids[22])
        assert reader.page.url.endswith(f"#comment-{ids[22]}")
        reader.page.go_back()
        leads_to(reader.page, ids[0])


def test_a_link_to_ones_own_comment_that_waits_leads_to_it(kiosk: Kiosk) -> None:
    article(kiosk, "held")
    talk(kiosk, "held", 25)
    show(kiosk, "held", before=FAR)
    with kiosk.reader("/held#respond") as reader:
        # As the comment was answered, and kept, when it was posted.
        own = kiosk.service.post("held", content="De moi", subject="x").json
        assert own["status"] == "held"
        kept = [own]
        reader.page.evaluate("(kept) => localStorage.setItem('tribune.own.held', JSON.stringify(kept))", kept)
        reader.page.goto("about:blank")
        reader.open(f"/held#comment-{own['id']}")
        leads_to(reader.page, own["id"])
        expect(comment(reader.page, own["id"])).to_contain_text("en attente de modération")
        assert not [asked for asked in reader.asked if asked.endswith(own["id"])]


def test_words_that_only_look_like_a_link_to_a_comment_are_let_alone(kiosk: Kiosk) -> None:
    article(kiosk, "odd")
    say(kiosk, "odd", "Bonjour")
    with kiosk.reader() as reader:
        for odd in ("comment-", "comment-%00", "comment-../../views", "commentaires", "comment-" + "Z" * 20):
            reader.page.goto("about:blank")
            reader.open(f"/odd#{odd}")
            assert outline(reader.page) == ["Bonjour"]
        assert {asked for asked in reader.asked if "GET" in asked} == {"GET /articles/odd/comments?sort=newest"}
