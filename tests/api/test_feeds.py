"""Atom: what feeds hold, in which order, under which names for ever, and what they cost."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from chalicelib.rules.instants import parse
from tests.api.faults import Calls
from tests.api.test_fragment_pages import HOSTILE
from tests.scene import Clock, Service, an_app

ATOM, THREAD = "{http://www.w3.org/2005/Atom}", "{http://purl.org/syndication/thread/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
HOST = "comments.example.org"
SITE, ARTICLE = "/comments.atom", "/articles/a1/comments.atom"


def feed(service: Service, path: str, **headers: str) -> Element:
    """A feed, which has what RFC 4287 asks of every feed and every entry."""
    heard = service.call("GET", path, **({"host": HOST} | headers))
    assert (heard.status, heard.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")
    found: Element = fromstring(heard.text.encode())
    assert found.tag == f"{ATOM}feed"
    for part in (found, *found.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1, name
        parse(word(part, "updated"))
        assert word(part, "id").startswith(("https://", "tag:"))
    for entry in found.findall(f"{ATOM}entry"):
        assert len(entry.findall(f"{ATOM}author")) == 1
        assert "@" not in (entry.findtext(f"{ATOM}author/{ATOM}name") or "@")
        assert link(entry, "alternate").startswith("https://")
    ids = [word(entry, "id") for entry in entries(found)]
    assert len(set(ids)) == len(ids)
    return found


def entries(found: Element) -> list[Element]:
    return found.findall(f"{ATOM}entry")


def word(part: Element, name: str) -> str:
    """The text of an element."""
    return part.findtext(ATOM + name) or ""


def link(part: Element, rel: str) -> str:
    """Where the only link of a kind leads."""
    (found,) = [one for one in part.findall(f"{ATOM}link") if one.get("rel") == rel]
    return found.get("href") or ""


def post(service: Service, content: str, article: str = "a1", **fields: Any) -> str:
    service.clock.forward(seconds=1)
    return str(service.post(article, content=content, **fields).json["id"])


def contents(found: Element) -> list[str]:
    return [word(entry, "content") for entry in entries(found)]


def test_the_feed_of_an_article_tells_whose_it_is_and_where(any_service: Service) -> None:
    any_service.register(title="L’été & <la> pluie", url="https://news.example.org/été?a=1&b=2#top")
    root = post(any_service, "Bonjour <b>à tous</b> & bye", author_url="https://zoe.example.org/é?a&b")
    reply = post(any_service, "réponse", parent_id=root, author_name="Léa <i>")

    found = feed(any_service, ARTICLE)

    assert word(found, "title") == "Commentaires sur «\u00a0L’été & <la> pluie\u00a0»"
    assert word(found, "id") == link(found, "self") == f"https://{HOST}{ARTICLE}"
    assert link(found, "alternate") == "https://news.example.org/%C3%A9t%C3%A9?a=1&b=2#top"
    assert word(found, "updated") == "2026-03-11T12:00:02Z"
    assert found.get(f"{XML}lang") == "fr"
    answer, first = entries(found)
    assert contents(found) == ["<p>réponse</p>", "<p>Bonjour <b>à tous</b> &amp; bye</p>"]
    content = first.find(f"{ATOM}content")
    assert content is not None
    assert content.get("type") == "html"
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Zoé"
    assert first.findtext(f"{ATOM}author/{ATOM}uri") == "https://zoe.example.org/%C3%A9?a&b"
    assert word(answer, "title") == "Commentaire de Léa <i>"
    assert link(first, "alternate") == f"https://news.example.org/%C3%A9t%C3%A9?a=1&b=2#comment-{root}"
    answered = answer.find(f"{THREAD}in-reply-to")
    assert answered is not None
    assert answered.get("ref") == word(first, "id") == f"tag:news.example.org,2026-03-11:comment/{root}"
    assert answered.get("href") == link(first, "alternate")
    assert first.find(f"{THREAD}in-reply-to") is None
    assert reply in word(answer, "id")


def test_the_newest_twenty_come_first_replies_to_old_threads_included(any_service: Service) -> None:
    any_service.register()
    root = post(any_service, "racine")
    for n in range(25):
        post(any_service, f"fil {n}")
    post(any_service, "réponse", parent_id=root)

    wanted = ["<p>réponse</p>", *(f"<p>fil {n}</p>" for n in range(24, 5, -1))]
    assert contents(feed(any_service, ARTICLE)) == wanted
    assert contents(feed(any_service, SITE)) == wanted


def test_the_feed_of_the_site_goes_over_all_articles_but_deleted_ones(any_service: Service) -> None:
    for id in ("a1", "a2", "a3"):
        any_service.register(id)
        post(any_service, f"de {id}", id)
    any_service.call("DELETE", "/articles/a2", token="publisher-token-of-the-tests")

    found = feed(any_service, SITE)

    assert contents(found) == ["<p>de a3</p>", "<p>de a1</p>"]
    assert [word(entry, "title") for entry in entries(found)] == [
        f"Zoé sur «\u00a0Title {id}\u00a0»" for id in ("a3", "a1")
    ]
    assert word(found, "title") == "Derniers commentaires"
    assert any_service.call("GET", "/articles/a2/comments.atom").json["code"] == "unknown_article"


@pytest.mark.parametrize("path", [SITE, ARTICLE])
def test_only_what_is_published_is_in_a_feed(path: str, any_service: Service) -> None:
    any_service.register()
    kept, removed, held = (post(any_service, text) for text in ("reste", "retiré", "retenu"))
    any_service.decide("reject", removed)
    any_service.decide("hold", held)

    assert contents(feed(any_service, path)) == ["<p>reste</p>"]
    any_service.decide("reject", kept)
    assert contents(feed(any_service, path)) == []


@pytest.mark.parametrize("path", [SITE, ARTICLE])
def test_an_edit_is_an_update_of_the_same_entry(path: str, open_article: Service) -> None:
    own = open_article.post().json
    before = entries(feed(open_article, path))[0]
    open_article.clock.forward(minutes=5)
    at = f"/articles/a1/comments/{own['id']}/edits"
    open_article.call("POST", at, {"edit_token": own["edit_token"], "content": "Mieux"})

    found = feed(open_article, path)

    (after,) = entries(found)
    assert word(after, "id") == word(before, "id")
    assert (word(after, "published"), word(after, "updated")) == ("2026-03-11T12:00:00Z", "2026-03-11T12:05:00Z")
    assert word(found, "updated") == "2026-03-11T12:05:00Z"


@pytest.mark.parametrize("path", [SITE, ARTICLE])
def test_a_feed_without_comments_is_one_and_stays_the_same(path: str, open_article: Service) -> None:
    first = open_article.call("GET", path, host=HOST)
    open_article.clock.forward(hours=1)

    assert entries(feed(open_article, path)) == []
    assert open_article.call("GET", path, host=HOST, if_none_match=first.headers["etag"]).status == 304


@pytest.mark.parametrize("path", [SITE, ARTICLE])
def test_a_feed_may_be_kept_for_five_minutes_in_the_sites_language_or_the_one_asked_for(
    path: str, open_article: Service
) -> None:
    heard = open_article.call("GET", path, accept_language="en")
    english = feed(open_article, f"{path}?lang=en")

    assert heard.headers["cache-control"].startswith("public, max-age=300,")
    assert (heard.headers["content-language"], "vary" in heard.headers) == ("fr", False)
    assert english.get(f"{XML}lang") == "en"
    assert link(english, "self") == f"https://{HOST}{path}?lang=en"
    assert word(english, "id") == f"https://{HOST}{path}"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", [SITE, ARTICLE])
def test_whatever_readers_and_publishers_write_is_well_formed(
    path: str, language: str, any_service: Service
) -> None:
    any_service.register(title=f"{HOSTILE[4]} {HOSTILE[6]}", section=HOSTILE[0])
    for n, text in enumerate(HOSTILE):
        post(any_service, f"{text} {n}", author_name=text, author_url=f"https://x.example/?q=']]&{n}\ufffe")

    found = feed(any_service, f"{path}?lang={language}")

    assert len(entries(found)) == len(HOSTILE)
    for n, entry in enumerate(reversed(entries(found))):
        cleaned = HOSTILE[n].translate(dict.fromkeys([0x202E, 0x2066])).strip()
        name = cleaned.translate(dict.fromkeys([0xFFFE, 0xFFFF]))
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == name
        assert name in word(entry, "title")


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://journal-été.example/x", "xn--journal-t-i4ab.example"),
        ("http://127.0.0.1:8000/x", "127.0.0.1"),
        ("https://a_b.example.org/", "a_b.example.org"),
        (f"https://{'é' * 60}.example/", "%C3%A9" * 60 + ".example"),
    ],
)
def test_a_name_for_ever_is_made_of_any_host(url: str, authority: str, open_article: Service) -> None:
    open_article.register(url=url)
    id = open_article.post().json["id"]

    heard = open_article.call("GET", ARTICLE, host=HOST)

    assert f"<id>tag:{authority},2026-03-11:comment/{id}</id>" in heard.text


def test_the_feed_of_an_article_costs_an_item_and_a_query(embedded_service: Service) -> None:
    embedded_service.register()
    for n in range(30):
        post(embedded_service, f"n {n}")
    calls = Calls(embedded_service.backend.table.client)

    feed(embedded_service, ARTICLE)

    assert calls.made == ["GetItem", "Query"]


def test_the_feed_of_the_site_costs_three_calls_and_one_for_each_comment(embedded_service: Service) -> None:
    for article in ("a1", "a2", "a3"):
        embedded_service.register(article)
        for n in range(15):
            post(embedded_service, f"n {n}", article)
    embedded_service.call("DELETE", "/articles/a3", token="publisher-token-of-the-tests")
    calls = Calls(embedded_service.backend.table.client)

    found = feed(embedded_service, SITE)

    assert len(entries(found)) == 20
    assert calls.made == ["Query", "BatchGetItem", "BatchGetItem", *["Query"] * 20]


def test_of_comments_own_items_the_public_reads_nothing_but_their_place(client: Any) -> None:
    service = an_app(client, Clock())
    service.post()
    asked: list[dict[str, Any]] = []
    client.meta.events.register(
        "provide-client-params.dynamodb.*", lambda params, **_: asked.append(params) or params
    )

    feed(service, SITE)
    feed(service, ARTICLE)

    for request in asked:
        for keys in request.get("RequestItems", {}).values():
            about = {key["pk"]["S"].partition("#")[0] for key in keys["Keys"]}
            assert about == {"ARTICLE"} or set(keys["ExpressionAttributeNames"].values()) == {
                "thread",
                "thread_at",
            }
        if "Key" in request:
            assert request["Key"]["pk"]["S"].startswith("ARTICLE#")
        if "IndexName" in request:
            assert request["IndexName"] in ("thread", "queue")
