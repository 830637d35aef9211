"""What readers have said, and the page that they said it about."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.scene import MODERATOR
from tests.widgets.kiosk import Kiosk

ELEMENT = '<tribune-comments article="{id}"{attributes}>{inside}</tribune-comments>'
FAR = "<p>Lorem ipsum</p>" * 150


def article(kiosk: Kiosk, id: str, **fields: Any) -> None:
    """Register an article and publish its page, with our element in it."""
    kiosk.register(id, **fields)
    show(kiosk, id)


def show(
    kiosk: Kiosk, id: str, *, inside: str = "", attributes: str = "", before: str = "", **options: Any
) -> str:
    """Publish an article's page, with the element after some words `before` it: its path."""
    element = ELEMENT.format(id=id, inside=inside, attributes=attributes and f" {attributes}")
    return kiosk.page(before + element, **({"path": f"/{id}", "script": "comments.js"} | options))


def say(kiosk: Kiosk, id: str, text: str, parent: str | None = None, **fields: Any) -> str:
    """Say something a minute after what was said before: its id."""
    kiosk.service.clock.forward(minutes=1)
    heard = kiosk.service.post(id, content=text, parent_id=parent, **fields)
    assert heard.status in (201, 202), heard.text
    return str(heard.json["id"])


def talk(kiosk: Kiosk, id: str, count: int) -> list[str]:
    """Let so many people say something, « Mot 1 » first: the ids."""
    return [say(kiosk, id, f"Mot {n}", author_name=f"Zoé {n}") for n in range(1, count + 1)]


def take_away(kiosk: Kiosk, *ids: str) -> None:
    """Have moderators reject comments."""
    assert kiosk.service.decide("reject", *ids, reason="off_topic").status == 200


def moderate(kiosk: Kiosk, id: str, **fields: Any) -> None:
    """Have moderators set something of an article: `pinned`, `comments`."""
    answer = kiosk.service.call("POST", f"/moderation/articles/{id}", fields, token=MODERATOR)
    assert answer.status == 200, answer.text


def comment(page: Page, id: str) -> Locator:
    """A comment on a page, without its replies."""
    return page.locator(f"#comment-{id} > article")


def texts(page: Page) -> list[str]:
    """What is said on a page, in order."""
    expect(page.locator(".tribune-comments-title")).to_be_visible()
    return page.locator(".tribune-comment-content, .tribune-missing").all_inner_texts()


def outline(page: Page) -> list[str]:
    """The same with a dash before each for its level below the first."""
    expect(page.locator(".tribune-comments-title")).to_be_visible()
    found: list[str] = page.locator("tribune-comments").evaluate(
        """(host) => [...host.querySelectorAll("li")].map((item) => {
            let depth = 0;
            for (let at = item.parentNode.closest("li"); at; at = at.parentNode.closest("li")) depth += 1;
            const said = item.firstElementChild;
            return "-".repeat(depth) + (said.querySelector(".tribune-comment-content") ?? said).textContent;
        })"""
    )
    return found


def answer(page: Page, pattern: str, *bodies: Any) -> None:
    """Let requests to a pattern be answered with these, one after the other, the last one again and again."""
    left = [json.dumps(body) for body in bodies]

    def fulfil(route: Route) -> None:
        body = left.pop(0) if len(left) > 1 else left[0]
        route.fulfill(body=body, content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})

    page.route(pattern, fulfil)
