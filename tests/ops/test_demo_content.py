"""What the demonstration shows: all that comments can be, in two languages, and a month of readers."""

from collections.abc import Iterator
from typing import Any

import pytest

from ops.demo.content import ARTICLES, BY_ID, CONVERSATIONS
from tests.ops.demo_site import demo_site
from tests.scene import Service

LEAD = "marche-couvert"


@pytest.fixture(scope="module")
def demo() -> Iterator[Service]:
    """A service with the demonstration, for tests that only read."""
    with demo_site() as made:
        yield made.service


def comments_of(service: Service, article_id: str) -> list[dict[str, Any]]:
    """An article's published comments."""
    found: list[dict[str, Any]] = service.call("GET", f"/articles/{article_id}/comments?limit=100").json[
        "comments"
    ]
    return found


def test_no_rule_holds_any_comment_but_those_that_are_to_be_held(demo: Service) -> None:
    held = [comment["author"]["name"] for comment in demo.queue()["comments"]]
    meant = [said.name for conversation in CONVERSATIONS.values() for said in conversation if said.held]
    published = sum(len(comments_of(demo, demo_article.id)) for demo_article in ARTICLES)
    others = sum(not (said.held or said.removed) for said in sum(CONVERSATIONS.values(), ()))

    assert sorted(held) == sorted(meant)
    assert published == others


def test_its_conversations_show_all_that_comments_can_be(demo: Service) -> None:
    for article_id in (LEAD, "market-hall"):
        found = demo.call("GET", f"/articles/{article_id}/comments?limit=100").json
        comments = found["comments"]
        known = {comment["id"] for comment in comments}
        assert max(comment["depth"] for comment in comments) == 4
        assert any(comment["author"].get("staff") for comment in comments)
        assert any(comment["edited_at"] for comment in comments)
        assert any(comment["votes"] > 5 for comment in comments)
        assert any(comment["parent_id"] and comment["parent_id"] not in known for comment in comments)
        assert any(max(map(len, comment["content_html"].split())) > 60 for comment in comments)
        assert any(comment["author"]["name"] == "ليلى" for comment in comments)
        assert found["pinned"]["author"]["url"].startswith("https://www.example.org/")
    crowd = demo.call("GET", "/articles/tram-nocturne/comments").json
    assert crowd["total"] >= 60
    assert crowd["next_cursor"]
    assert demo.call("GET", "/articles/cinema-rex/comments").json["open"] is False
    assert comments_of(demo, "cinema-rex")
    assert comments_of(demo, "fontaines") == comments_of(demo, "school-meals") == []


def test_each_language_has_articles_and_sections_of_its_own(demo: Service) -> None:
    sections = {
        language: {
            demo.call("GET", f"/articles/{one.id}").json["section"] for one in ARTICLES if one.language == language
        }
        for language in ("fr", "en")
    }

    assert min(map(len, sections.values())) >= 5
    assert not sections["fr"] & sections["en"]
    for one in ARTICLES:
        assert not one.translation or BY_ID[one.translation].translation == one.id


def test_what_is_read_most_depends_on_how_far_one_looks_back(demo: Service) -> None:
    def first(query: str) -> list[str]:
        return [row["article_id"] for row in demo.call("GET", f"/most-read?{query}").json["articles"]]

    assert len(first("window=24h")) == len(first("window=30d")) == 5
    assert first("window=24h") != first("window=30d")
    assert set(first("section=Ville&window=7d")) <= {one.id for one in ARTICLES if one.section == "Ville"}
