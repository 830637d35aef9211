"""One's own comments that wait for a moderator: shown to who wrote them, and kept up to date."""

from typing import TYPE_CHECKING

import pytest

from tests.widgets import writer
from tests.widgets.kiosk import Kiosk, kiosk_on
from tests.widgets.writer import at, fill, kept, opener, send, shown, status, write

pytest.importorskip("playwright.sync_api")
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

WAITS = "Votre commentaire est en attente de modération."
REDRESS = "mediateur@example.org"


@pytest.fixture(scope="module")
def kiosk(browser: "Browser") -> "Iterator[Kiosk]":
    """A service where a moderator sees everything first."""
    with kiosk_on(browser, moderation="all", redress=REDRESS) as made:
        yield made


def decide(kiosk: Kiosk, decision: str, article: str, **fields: str) -> None:
    """What a moderator says to the article's comment that waits."""
    [item] = kiosk.service.queue(f"status=held&article={article}")["comments"]
    kiosk.service.decide(decision, item["id"], **fields)


def test_a_comment_that_waits_is_shown_to_who_wrote_it_and_to_nobody_else(kiosk: Kiosk) -> None:
    with at(kiosk, "waits", width=320) as reader:
        write(kiosk, reader, "Patience")
        expect(shown(reader, "Patience")).to_be_focused()
        expect(shown(reader, "Patience")).to_contain_text(WAITS)
        expect(status(reader)).to_have_text(WAITS)
        expect(opener(reader)).to_have_text("Laisser un commentaire (0)")
        assert writer.NAME not in kept(reader)
        reader.page.reload()
        expect(shown(reader, "Patience")).to_contain_text(WAITS)
        expect(shown(reader, "Patience")).to_contain_text(writer.NAME)
        expect(shown(reader, "Patience").get_by_role("button", name="Répondre")).to_have_count(0)
        for scheme in ("light", "dark"):
            reader.page.emulate_media(color_scheme=scheme)
            assert reader.audit() == []
            reader.screenshot(f"form-waiting-{scheme}")
    with at(kiosk, "waits") as other:
        expect(other.page.locator("article")).to_have_count(0)


def test_a_reply_that_waits_stands_under_what_it_answers(kiosk: Kiosk) -> None:
    kiosk.register("waiting-reply")
    kiosk.service.post("waiting-reply", content="Premier")
    decide(kiosk, "approve", "waiting-reply")
    with at(kiosk, "waiting-reply") as reader:
        shown(reader, "Premier").get_by_role("button", name="Répondre").press("Enter")
        fill(reader, comment="En dessous")
        send(kiosk, reader)
        for _ in range(2):
            reply = reader.page.locator("li li").filter(has_text="En dessous")
            expect(reply).to_contain_text(WAITS)
            reader.page.reload()


@pytest.mark.parametrize("how", ["poll", "load"])
def test_an_approved_comment_becomes_public_without_being_called_new(kiosk: Kiosk, how: str) -> None:
    article = f"approved-{how}"
    with at(kiosk, article, timers=True) as reader:
        write(kiosk, reader, "Enfin")
        expect(shown(reader, "Enfin")).to_contain_text(WAITS)
        decide(kiosk, "approve", article)
        if how == "poll":
            reader.context.clock.run_for("01:00")
            expect(status(reader)).to_have_text("Votre commentaire est publié.")
        else:
            reader.page.reload()
        expect(shown(reader, "Enfin").get_by_role("button", name="Répondre")).to_be_visible()
        expect(shown(reader, "Enfin")).not_to_contain_text(WAITS)
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")
        reader.context.clock.run_for("04:00")
        expect(opener(reader)).to_have_text("Laisser un commentaire (1)")
        expect(reader.page.get_by_text("nouveau commentaire")).to_be_hidden()


@pytest.mark.parametrize("how", ["poll", "load"])
def test_a_rejected_comment_goes_with_honest_words_and_moves_no_focus(kiosk: Kiosk, how: str) -> None:
    article = f"rejected-{how}"
    with at(kiosk, article, timers=True) as reader:
        write(kiosk, reader, "Hors sujet")
        expect(shown(reader, "Hors sujet")).to_contain_text(WAITS)
        decide(kiosk, "reject", article, reason="off_topic")
        opener(reader).focus()
        if how == "poll":
            reader.context.clock.run_for("01:00")
        else:
            reader.page.reload()
        expect(status(reader)).to_have_text(
            f"Votre commentaire n’a pas été retenu par la modération. Réclamation : {REDRESS}"
        )
        expect(shown(reader, "Hors sujet")).to_have_count(0)
        if how == "poll":
            expect(opener(reader)).to_be_focused()
        else:
            assert reader.page.evaluate("document.activeElement === document.body")
        reader.page.reload()
        opener(reader).wait_for()
        assert "Hors sujet" not in kept(reader)


@pytest.mark.parametrize("status_code", [403, 404])
def test_what_the_service_does_not_know_any_more_is_forgotten(kiosk: Kiosk, status_code: int) -> None:
    article = f"unknown-{status_code}"
    with at(kiosk, article, but=("errors",)) as reader:
        write(kiosk, reader, "Oubliée")
        expect(shown(reader, "Oubliée")).to_contain_text(WAITS)
        with reader.failing("**/status", status_code):
            reader.page.reload()
            expect(opener(reader)).to_be_visible()
            expect(shown(reader, "Oubliée")).to_have_count(0)
        assert "Oubliée" not in kept(reader)
