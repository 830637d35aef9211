"""Somebody who writes comments: opens the form, fills it in, and sends it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Locator

NAME, EMAIL = "Zoé Konan", "zoe@example.org"
UNHURRIED = 5
"""Seconds that people take to write; who is faster than three is held."""


@contextmanager
def at(
    kiosk: Kiosk,
    article: str,
    *,
    inside: str = "",
    lang: str = "fr",
    but: Collection[str] = (),
    **options: Any,
) -> Iterator[Reader]:
    """A reader on the page of an article with comments, `inside` being what the page has put into the element.

    A form that goes and a comment that comes move what is below them, however late the service answers.
    """
    kiosk.register(article)
    path = kiosk.page(f'<tribune-comments article="{article}">{inside}</tribune-comments>', lang=lang)
    with kiosk.reader(path, but=("shifts", *but), **options) as reader:
        opener(reader).wait_for()
        yield reader


def opener(reader: Reader) -> "Locator":
    """The button with the number of comments."""
    return reader.page.locator(".tribune-bar > button")


def field(reader: Reader, id: str) -> "Locator":
    """A control by its id: comment, author, email, url."""
    return reader.page.locator(f"#{id}")


def fill(reader: Reader, **typed: str) -> None:
    """Type into the open form; name and e-mail are somebody's unless they are given."""
    for id, text in ({"author": NAME, "email": EMAIL} | typed).items():
        field(reader, id).fill(text)


def send(kiosk: Kiosk, reader: Reader) -> None:
    """Press the button of the form, by keyboard, after the time that people take since the form has its token."""
    reader.settled()
    kiosk.service.clock.forward(seconds=UNHURRIED)
    reader.page.locator("#submit").press("Enter")


def write(kiosk: Kiosk, reader: Reader, text: str, **typed: str) -> None:
    """Open the form, fill it in and send it."""
    opener(reader).press("Enter")
    fill(reader, comment=text, **typed)
    send(kiosk, reader)


def shown(reader: Reader, text: str) -> "Locator":
    """The comment with a text."""
    return reader.page.locator("article").filter(has_text=text)


def alert(reader: Reader) -> "Locator":
    """Where the form says what went wrong."""
    return reader.page.locator("#commentform [role=alert]")


def status(reader: Reader) -> "Locator":
    """Where the element says what has happened."""
    return reader.page.locator(".tribune-status")


def stored(kiosk: Kiosk, article: str) -> list[str]:
    """The texts of the comments that the service has, newest first, public and held."""
    found = []
    for wanted in ("published", "held"):
        queue = kiosk.service.queue(f"status={wanted}&article={article}")
        found += [item["content"] for item in queue["comments"]]
    return found


def kept(reader: Reader) -> str:
    """All that the browser keeps for the page's site beyond the tab."""
    text: str = reader.page.evaluate("JSON.stringify(localStorage)")
    return text


def until_given_up(reader: Reader) -> None:
    """Let the pauses between the tries pass, till the form says that it has given up."""
    for _ in range(500):
        if alert(reader).text_content():
            return
        reader.context.clock.run_for(100)
