"""The moderation queue: what it is filtered by, what it tells of a comment, and what a limited token sees."""

from collections import Counter
from typing import Any

import pytest

from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, Service

LIMITED = "a-token-limited-to-sport"


@pytest.fixture
def queue(any_service: Service) -> Service:
    """Two articles in two sections with held comments of three readers, an hour apart."""
    service = any_service
    service.register("a1", section="monde")
    service.register("a2", section="sport")
    service.backend.settings = service.backend.settings.model_copy(update={"moderation": "all"})
    for article, name, address, content in (
        ("a1", "Ana", "203.0.113.7", "Un café, svp"),
        ("a2", "Bob", "203.0.113.8", "Bravo https://a.example https://b.example"),
        ("a2", "Ana", "192.0.2.1", "Trois à zéro"),
    ):
        service.post(
            article, author_name=name, author_email=f"{name}@example.org", address=address, content=content
        )
        service.clock.forward(hours=1)
    holder = secrets.Holder("moderator", keyed.token_hash(LIMITED), frozenset({"sport"}))
    secrets.keep_token(service.backend.table, holder, "", service.clock.at)
    return service


def contents(service: Service, query: str, token: str = MODERATOR) -> list[str]:
    heard = service.call("GET", f"/moderation/comments?{query}", token=token)
    return [comment["content"].split()[0] for comment in heard.json["comments"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("", ["Trois", "Bravo", "Un"], id="newest first"),
        pytest.param("order=oldest", ["Un", "Bravo", "Trois"], id="oldest first"),
        pytest.param("section=sport", ["Trois", "Bravo"], id="section"),
        pytest.param("article=a1", ["Un"], id="article"),
        pytest.param("since=2026-03-11T13:00:00Z", ["Trois", "Bravo"], id="since"),
        pytest.param("until=2026-03-11T13:00:00Z", ["Bravo", "Un"], id="until"),
        pytest.param("since=2026-03-11T13:00:00Z&until=2026-03-11T14:00:00%2B01:00", ["Bravo"], id="moment"),
        pytest.param("reason=links", ["Bravo"], id="reason"),
        pytest.param("text=CAF%C3%89", ["Un"], id="text"),
        pytest.param("text=ana", ["Trois", "Un"], id="name"),
        pytest.param("section=sport&text=ana", ["Trois"], id="two at once"),
        pytest.param("status=spam", [], id="status"),
        pytest.param("section=nulle+part", [], id="nothing"),
    ],
)
def test_the_queue_is_filtered(query: str, expected: list[str], queue: Service) -> None:
    assert contents(queue, query) == expected


@on_both_engines
def test_the_queue_is_filtered_by_author_and_network_as_it_shows_them(queue: Service) -> None:
    newest = queue.queue()["comments"][0]

    assert contents(queue, f"author={newest['author_key']}") == ["Trois", "Un"]
    assert contents(queue, f"author={newest['author_key']}&order=oldest&limit=1") == ["Un"]
    assert contents(queue, f"network={newest['network_key']}") == ["Trois"]
    near = queue.queue("text=Bravo")["comments"][0]
    assert contents(queue, f"network={near['network_key']}") == ["Bravo", "Un"], "one /24"


@pytest.mark.parametrize("query", ["order=newest", "order=oldest", "section=sport", "text=a", "author=KEY"])
@on_both_engines
def test_every_page_goes_on_where_the_last_one_ended(query: str, queue: Service) -> None:
    query = query.replace("KEY", queue.queue()["comments"][0]["author_key"])
    whole = [comment["id"] for comment in queue.queue(query)["comments"]]

    found: list[str] = []
    page: Any = queue.queue(f"{query}&limit=1")
    for _ in range(9):
        found += [comment["id"] for comment in page["comments"]]
        if page["next_cursor"] is None:
            break
        page = queue.queue(f"{query}&limit=1&cursor={page['next_cursor']}")

    assert (found, page["next_cursor"]) == (whole, None)


def test_an_unfiltered_page_is_one_query_beside_those_that_count(queue: Service) -> None:
    made: Counter[str] = Counter()
    queue.backend.table.client.meta.events.register(
        "after-call.dynamodb.*", lambda model, **_: made.update([model.name])
    )

    page = queue.queue("limit=2")

    assert len(page["comments"]) == 2
    assert made["Query"] == 1 + len(page["counts"])


def test_a_comment_says_why_it_waits_in_the_moderators_language(queue: Service) -> None:
    def reasons(language: str) -> list[tuple[str, str]]:
        heard = queue.call("GET", "/moderation/comments?text=Bravo", token=MODERATOR, accept_language=language)
        return [(reason["code"], reason["message"]) for reason in heard.json["comments"][0]["held_for"]]

    assert reasons("en") == [
        ("moderation_of_all", "every comment is looked at"),
        ("links", "links: 2 (limit: 2)"),
    ]
    assert reasons("fr")[1] == ("links", "liens\u00a0: 2 (limite\u00a0: 2)")


def test_a_limited_moderator_sees_and_decides_in_their_sections_only(queue: Service) -> None:
    everything = {c["content"].split()[0]: c["id"] for c in queue.queue()["comments"]}

    heard = queue.call("GET", "/moderation/comments", token=LIMITED).json
    assert [comment["article"]["section"] for comment in heard["comments"]] == ["sport", "sport"]
    assert heard["counts"]["held"] == 2
    body = {"comment_ids": [everything["Un"], everything["Trois"]], "decision": "approve"}
    decided = queue.call("POST", "/moderation/decisions", body, token=LIMITED).json["decisions"]

    assert [outcome["error"] for outcome in decided] == ["wrong_section", None]
    dossier = queue.call("GET", f"/moderation/comments/{everything['Trois']}", token=LIMITED).json
    assert dossier["author_comments"] == [], "what the author wrote in another section"


def test_a_dossier_tells_all_that_is_known_and_no_address(queue: Service) -> None:
    parent = queue.queue("text=caf%C3%A9")["comments"][0]["id"]
    queue.decide("approve", parent)
    child = queue.post("a1", content="Deux alors", parent_id=parent, author_email="ana@example.org").json["id"]

    heard = queue.call("GET", f"/moderation/comments/{child}", token=MODERATOR)

    told = heard.json
    assert told["comment"]["article"]["title"] == "Title a1"
    assert told["parent"]["id"] == parent
    assert told["author"] == {
        "key": told["comment"]["author_key"],
        "approved": False,  # under another name
        "published": 1,
        "rejected": 0,
    }
    assert [comment["content"].split()[0] for comment in told["author_comments"]] == ["Trois", "Un"]
    assert "example.org" not in heard.text.replace("news.example.org", "")
    assert "203.0.113" not in heard.text
