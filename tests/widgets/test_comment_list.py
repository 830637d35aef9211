"""The comments as a reader meets them: what is asked, how threads nest, and what stands at each comment."""

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import expect

from tests.scene import MODERATOR
from tests.widgets.kiosk import Kiosk
from tests.widgets.talk import FAR, answer, article, comment, moderate, outline, say, show, take_away, talk, texts

GONE = "Ce commentaire a été retiré."
LIST = "GET /articles/{}/comments?sort=newest"
VIEW = "POST /articles/{}/views"


def test_the_comments_are_there_after_one_request_and_the_view_is_counted_behind_it(kiosk: Kiosk) -> None:
    article(kiosk, "asked")
    talk(kiosk, "asked", 3)
    with kiosk.reader() as reader:
        with reader.page.expect_response("**/views"):
            reader.open("/asked")
        expect(reader.page.get_by_role("heading", name="3 commentaires")).to_be_visible()
        assert texts(reader.page) == ["Mot 3", "Mot 2", "Mot 1"]
        assert reader.asked == [LIST.format("asked"), VIEW.format("asked")]


def test_an_element_far_below_asks_for_nothing_but_the_view_until_the_reader_comes_near(kiosk: Kiosk) -> None:
    article(kiosk, "far")
    say(kiosk, "far", "Bonjour")
    show(kiosk, "far", before=FAR, inside="<p>Plus bas</p>")
    with kiosk.reader() as reader:
        with reader.page.expect_response("**/views"):
            reader.open("/far")
        assert reader.asked == [VIEW.format("far")]

        reader.page.get_by_text("Plus bas").scroll_into_view_if_needed()
        expect(reader.page.get_by_text("Bonjour")).to_be_visible()
        assert reader.asked == [VIEW.format("far"), LIST.format("far")]


def test_replies_stand_under_what_they_answer_five_levels_deep_and_no_deeper(kiosk: Kiosk) -> None:
    article(kiosk, "deep")
    id = say(kiosk, "deep", "Un")
    for word in ("Deux", "Trois", "Quatre", "Cinq", "Six"):
        id = say(kiosk, "deep", word, id)
    say(kiosk, "deep", "Autre")
    with kiosk.reader("/deep") as reader:
        assert outline(reader.page) == ["Autre", "Un", "-Deux", "--Trois", "---Quatre", "----Cinq", "----Six"]
        depths = reader.page.locator("li").evaluate_all("(all) => all.map((one) => one.className)")
        assert [one[-1] for one in depths] == ["1", "1", "2", "3", "4", "5", "5"]


def test_a_word_stands_for_each_comment_that_was_removed_under_its_answers(kiosk: Kiosk) -> None:
    article(kiosk, "gaps")
    old = say(kiosk, "gaps", "Vieux")
    first = say(kiosk, "gaps", "Réponse", old)
    second = say(kiosk, "gaps", "Suite", first)
    say(kiosk, "gaps", "Fin", second)
    say(kiosk, "gaps", "Autre fin", second)
    new = say(kiosk, "gaps", "Neuf")
    answer = say(kiosk, "gaps", "Oui", new)
    say(kiosk, "gaps", "Non", new)
    say(kiosk, "gaps", "Bon", answer)
    take_away(kiosk, old, first, second, answer)
    with kiosk.reader("/gaps") as reader:
        # A chain whose thread has nothing above it is no part of the thread before it.
        threads = ["Neuf", "-" + GONE, "--Bon", "-Non"]
        chain = [GONE, "-" + GONE, "--" + GONE, "---Fin", "---Autre fin"]
        assert outline(reader.page) == threads + chain
        assert reader.audit() == []


def test_a_page_may_begin_with_what_answers_a_removed_comment(kiosk: Kiosk) -> None:
    article(kiosk, "begin")
    old = say(kiosk, "begin", "Vieux")
    say(kiosk, "begin", "Réponse", old)
    talk(kiosk, "begin", 20)
    take_away(kiosk, old)
    with kiosk.reader("/begin", but=("shifts",)) as reader:
        reader.page.get_by_role("button", name="Commentaires suivants").click()
        expect(reader.page.get_by_text("Réponse", exact=True)).to_be_visible()
        expect(reader.page.get_by_text(GONE)).to_be_visible()
        assert outline(reader.page)[-3:] == ["Mot 1", GONE, "-Réponse"]


def test_a_pinned_comment_comes_first_with_its_badge_and_only_once(kiosk: Kiosk) -> None:
    article(kiosk, "pinned")
    ids = talk(kiosk, "pinned", 3)
    say(kiosk, "pinned", "Réponse", ids[0])
    moderate(kiosk, "pinned", pinned=ids[0])
    with kiosk.reader("/pinned") as reader:
        assert outline(reader.page) == ["Mot 1", "-Réponse", "Mot 3", "Mot 2"]
        expect(comment(reader.page, ids[0]).get_by_text("Épinglé")).to_be_visible()
        expect(reader.page.get_by_text("Épinglé")).to_have_count(1)


def test_a_pinned_answer_comes_first_and_what_it_answers_is_not_called_removed(kiosk: Kiosk) -> None:
    article(kiosk, "question")
    first = say(kiosk, "question", "Question")
    pinned = say(kiosk, "question", "Réponse", first)
    say(kiosk, "question", "Merci", pinned)
    say(kiosk, "question", "Non", first)
    moderate(kiosk, "question", pinned=pinned)
    with kiosk.reader("/question") as reader:
        assert outline(reader.page) == ["Réponse", "-Merci", "Question", "-Non"]


def test_the_staff_has_a_badge_and_an_edited_comment_says_so(kiosk: Kiosk) -> None:
    article(kiosk, "marks")
    heard = kiosk.service.post("marks", content="Avant").json
    changed = {"edit_token": heard["edit_token"], "content": "Après"}
    kiosk.service.call("POST", f"/articles/marks/comments/{heard['id']}/edits", changed)
    reply = {"content": "Bonjour", "author_name": "La rédaction", "submission_id": "submission-1"}
    id = kiosk.service.call("POST", f"/moderation/comments/{heard['id']}/replies", reply, token=MODERATOR).json[
        "id"
    ]
    with kiosk.reader("/marks") as reader:
        expect(comment(reader.page, heard["id"])).to_contain_text("(modifié)")
        expect(comment(reader.page, heard["id"])).to_contain_text("Après")
        expect(comment(reader.page, heard["id"]).get_by_text("Rédaction", exact=True)).to_have_count(0)
        expect(comment(reader.page, id).get_by_text("Rédaction", exact=True)).to_be_visible()
        expect(comment(reader.page, id)).not_to_contain_text("(modifié)")


def test_a_name_leads_to_its_site_without_vouching_for_it(kiosk: Kiosk) -> None:
    article(kiosk, "sites")
    id = say(kiosk, "sites", "Bonjour", author_name="Léa", author_url="https://lea.example.org/?a=1&b=2")
    none = say(kiosk, "sites", "Bonsoir", author_name="Bob")
    with kiosk.reader("/sites") as reader:
        link = comment(reader.page, id).get_by_role("link", name="Léa")
        expect(link).to_have_attribute("href", "https://lea.example.org/?a=1&b=2")
        expect(link).to_have_attribute("rel", "nofollow ugc noopener")
        expect(comment(reader.page, none).get_by_role("link", name="Bob")).to_have_count(0)


def test_a_portrait_is_the_same_for_the_same_name_and_as_the_server_draws_it(kiosk: Kiosk) -> None:
    article(kiosk, "faces")
    for n, name in enumerate(("Léa", "Bob", "Léa", "🦊", "محمد")):
        say(kiosk, "faces", f"Mot {n}", author_name=name)
    drawn = "(all) => all.map((one) => [one.getAttribute('d'), one.getAttribute('fill')].join(' '))"
    with kiosk.reader("/faces") as reader:
        texts(reader.page)
        faces = reader.page.locator("svg path").evaluate_all(drawn)
        assert faces[2] == faces[4]
        assert len(set(faces)) == 4
    served = kiosk.service.call("GET", "/articles/faces/comments.html?lang=fr").text
    kiosk.page(served, path="/served", script=None)
    with kiosk.reader("/served") as reader:
        assert reader.page.locator("svg path").evaluate_all(drawn) == faces


@pytest.mark.parametrize(("lang", "none"), [("fr", "Aucun commentaire"), ("en", "No comments")])
def test_an_empty_article_invites_the_first_comment(kiosk: Kiosk, lang: str, none: str) -> None:
    article(kiosk, f"empty-{lang}")
    show(kiosk, f"empty-{lang}", lang=lang)
    with kiosk.reader(f"/empty-{lang}") as reader:
        expect(reader.page.get_by_role("heading", name=none)).to_be_visible()
        first = {"fr": "Soyez la première personne à commenter.", "en": "Be the first to comment."}[lang]
        expect(reader.page.get_by_role("status")).to_have_text(first)
        expect(reader.page.get_by_role("combobox")).to_have_count(0)
        assert reader.audit() == []
        reader.screenshot(f"comments-empty-{lang}")


def test_a_closed_article_shows_its_comments_and_takes_no_answers(kiosk: Kiosk) -> None:
    article(kiosk, "closed")
    say(kiosk, "closed", "Dernier mot")
    moderate(kiosk, "closed", comments="closed")
    with kiosk.reader("/closed") as reader:
        expect(reader.page.get_by_text("Les commentaires sont fermés.")).to_be_visible()
        assert texts(reader.page) == ["Dernier mot"]
        names = reader.page.get_by_role("button").evaluate_all("(all) => all.map((one) => one.textContent)")
        assert not [name for name in names if "Répondre" in name or "Laisser" in name]
        assert reader.audit() == []
        reader.screenshot("comments-closed")


COUNTED = {
    "fr": ["1 commentaire", "2 commentaires", "1\u202f234 commentaires", "1\u202f000\u202f000 de commentaires"],
    "en": ["1 comment", "2 comments", "1,234 comments", "1,000,000 comments"],
}
LEAVE = {"fr": "Laisser un commentaire ({})", "en": "Leave a comment ({})"}


@pytest.mark.parametrize("lang", COUNTED)
def test_numbers_are_written_as_the_language_writes_them(kiosk: Kiosk, lang: str) -> None:
    id = f"numbers-{lang}"
    article(kiosk, id)
    say(kiosk, id, "Bonjour")
    show(kiosk, id, lang=lang)
    known = kiosk.service.call("GET", f"/articles/{id}/comments").json
    with kiosk.reader() as reader:
        answer(reader.page, "**/comments?*", *({**known, "total": n} for n in (1, 2, 1_234, 1_000_000)))
        for words in COUNTED[lang]:
            reader.open(f"/{id}")
            expect(reader.page.get_by_role("heading", level=2)).to_have_text(words)
            number = (
                words.removesuffix("s").removesuffix("commentaire").removesuffix("comment").removesuffix(" de ")
            )
            expect(reader.page.get_by_role("button", name=LEAVE[lang].format(number.strip()))).to_be_visible()
