"""Documents as pages of their own, and as parts of others: where they lead, what they may do, and hostile text."""

from typing import Any

import pytest

from chalicelib.actions import roll_up
from tests.api.documents import COMMENTS, HOST
from tests.api.gateway import DOORS, STAGE, Sent, through
from tests.api.markup_tree import Node, parse
from tests.conftest import on_both_engines
from tests.scene import Clock, Service, an_app

HOSTILE = (
    "<script>alert(1)</script>",
    "</textarea></form></section></main><svg onload=alert(1)>",
    "\"'><img src=x onerror=alert(1)>",
    "{name} {title} {n} {0} %s &amp; &lt;b&gt;",
    "]]><!--<b>--><![CDATA[",
    "\u202egnp.exe \u2066 مرحبا \u0301",
    "👩‍👩‍👧‍👦 ﷽ \ufffe\uffff",
    "x" * 100,
)


def page(service: Service, path: str = COMMENTS, query: str = "", **headers: str) -> Node:
    """A document as a page of its own."""
    heard = service.call("GET", f"{path}?as=page{query}", **({"host": HOST} | headers))
    assert heard.status == 200
    return parse(heard.text.removeprefix("<!doctype html>"))


def policy(service: Service, path: str = COMMENTS) -> dict[str, list[str]]:
    """What a browser may do in a page."""
    heard = service.call("GET", f"{path}?as=page", host=HOST)
    parts = (part.split() for part in heard.headers["content-security-policy"].split("; "))
    return {name: values for name, *values in parts}


def test_a_page_has_a_title_leads_to_the_article_and_names_it_as_the_one_to_find(open_article: Service) -> None:
    tree = page(open_article)

    assert tree.one("title").words == "Commentaires sur «\u00a0Title a1\u00a0»"
    assert tree.one("h1").one("a").attributes == {"href": "https://news.example.org/a1"}
    assert tree.one("link", rel="canonical").attributes["href"] == "https://news.example.org/a1"
    feed = tree.one("link", rel="alternate").attributes
    assert feed["href"] == f"https://{HOST}/articles/a1/comments.atom"
    sheet = tree.one("link", rel="stylesheet").attributes["href"].removeprefix(f"https://{HOST}")
    assert open_article.call("GET", sheet).headers["content-type"] == "text/css; charset=utf-8"


def test_search_engines_find_pages_of_comments_and_nothing_that_stands_in_others(open_article: Service) -> None:
    found = {
        path: open_article.call("GET", path).headers.get("x-robots-tag")
        for path in (COMMENTS, f"{COMMENTS}?as=page", "/most-read.html", "/most-read.html?as=page")
    }

    assert [path for path, tag in found.items() if tag != "noindex"] == [f"{COMMENTS}?as=page"]


def test_a_page_of_comments_loads_no_picture_and_a_list_those_of_its_articles(service: Service) -> None:
    listed(service)

    assert policy(service)["img-src"] == ["data:"], "for its icon, which is none"
    assert policy(service, "/articles/unknown/comments.html")["img-src"] == ["data:"]
    assert policy(service, "/most-read.html")["img-src"] == ["http:", "https:", "data:"]


@pytest.mark.parametrize("path", [COMMENTS, "/most-read.html"])
def test_a_page_may_be_framed_by_the_sites_pages_and_run_nothing(path: str, client: Any) -> None:
    service = an_app(client, Clock(), origins="https://news.example.org, https://amp.example.org")

    may = policy(service, path)

    assert may["default-src"] == ["'none'"]
    assert may["base-uri"] == ["'none'"]
    assert may["frame-ancestors"] == ["'self'", "https://news.example.org", "https://amp.example.org"]
    assert may["style-src"][:2] == ["'self'", f"https://{HOST}"]
    assert may.keys() == {"default-src", "base-uri", "frame-ancestors", "style-src", "img-src"}


def test_any_page_may_frame_it_by_default(open_article: Service) -> None:
    assert policy(open_article)["frame-ancestors"] == ["'self'", "*"]


def test_in_a_frame_what_leads_elsewhere_leads_the_whole_window_there(open_article: Service) -> None:
    open_article.post(content="https://elsewhere.example", author_url="https://zoe.example")
    tree = page(open_article)

    assert tree.one("base").attributes == {"target": "_top"}
    staying = {node.attributes["href"] for node in tree.all("a", target="_self")}
    leaving = {node.attributes["href"] for node in tree.all("a") if "target" not in node.attributes}
    assert leaving == {"https://elsewhere.example", "https://zoe.example", "https://news.example.org/a1"}
    assert all(href.startswith(("#", f"https://{HOST}/")) for href in staying)


@pytest.mark.parametrize("door", DOORS)
def test_links_lead_through_the_door_that_was_asked(door: str, open_article: Service) -> None:
    heard = through(door, open_article, Sent("GET", f"{COMMENTS}?as=page"))

    before = "" if door == "Function URL" else f"/{STAGE}"
    action = parse(heard.text.removeprefix("<!doctype html>")).one("form").attributes["action"]
    assert action == f"https://api.example.org{before}/articles/a1/comments"


@pytest.mark.parametrize(
    ("headers", "action"),
    [
        ({"host": "127.0.0.1:8000", "x_forwarded_proto": "http"}, "http://127.0.0.1:8000/articles/a1/comments"),
        ({"host": "Example.ORG", "x_forwarded_proto": "https"}, "https://example.org/articles/a1/comments"),
        ({"host": "[::1]:80", "x_forwarded_proto": "gopher"}, "https://[::1]:80/articles/a1/comments"),
        *(
            ({"host": host}, "/articles/a1/comments")
            for host in (
                *("", "a b", "x/../y", "x@y", '"><script>', "x?y", "x#", "x:port", "é.example", "a,b"),
                *("[ffff]", "[:::]", "[1.2.3.4]", "[::1", "[]", "x:99999", "[::1]:65536", "x:٨", "\u212a.org"),
            )
        ),
    ],
)
def test_an_address_is_made_of_a_host_only_where_it_is_one(
    headers: dict[str, str], action: str, open_article: Service
) -> None:
    assert page(open_article, **headers).one("form").attributes["action"] == action


def test_the_public_address_stands_above_whatever_a_request_says(client: Any) -> None:
    service = an_app(client, Clock(), public_url="https://cdn.example.net/comments/")
    tree = page(service)

    assert tree.one("form").attributes["action"] == "https://cdn.example.net/comments/articles/a1/comments"
    assert f"https://{HOST}" not in tree.one("link", rel="stylesheet").attributes["href"]
    assert policy(service)["style-src"][1] == "https://cdn.example.net"


@pytest.mark.parametrize("query", ["", "&skin=wordpress"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_whatever_readers_and_publishers_write_is_text(query: str, language: str, any_service: Service) -> None:
    service = any_service
    service.register(title=HOSTILE[0], url="https://news.example.org/?a=1&b='x'#y")
    for n, text in enumerate(HOSTILE):
        url = f"https://x.example/?q='&<{n}>".replace("<", "%3C").replace(">", "%3E")
        id = service.post(author_name=text, content=f"{text} {n}", author_url=url).json["id"]
        service.post(parent_id=id, author_name=text, content=f"réponse {n} {text}")

    tree = page(service, query=f"&lang={language}{query}&reply_to={id}")

    assert [node.words for node in tree.one("h1")] == [HOSTILE[0]]
    shown = tree.one("ol", class_="comment-list" if query else "tribune-comment-list").words
    for n, text in enumerate(HOSTILE):
        assert text.replace("\u202e", "").replace("\u2066", "").split()[0] in shown, n
    assert not tree.all("script") + tree.all("img")
    assert "@" not in tree.words


def test_no_address_is_in_any_document(client: Any) -> None:
    service = an_app(client, Clock())
    for n in range(3):
        service.post(content=f"n {n}", author_email=f"reader-{n}@secret.example", address="203.0.113.77")

    for path in (COMMENTS, f"{COMMENTS}?as=page", "/articles/a1/comments.atom", "/comments.atom"):
        text = service.call("GET", path).text
        assert not [found for found in ("secret.example", "203.0.113", "reader-", "mailto:") if found in text]


def listed(service: Service) -> None:
    """Two articles in the list."""
    service.register(title="L’été <i>", section="Météo & <b>", image_url="https://img.example.org/1.jpg?a=1&b=2")
    service.register("a2")
    for agent in ("x", "y"):
        service.view(user_agent=f"Mozilla/5.0 {agent}")
    service.view("a2")
    roll_up.roll_up(service.backend)


@on_both_engines
def test_the_list_is_drawn_with_rank_section_title_and_picture(any_service: Service) -> None:
    listed(any_service)

    tree = parse(any_service.call("GET", "/most-read.html?article=a2").text)

    section = tree.one("section", class_="tribune-most-read")
    heading = section.one("h2")
    assert section.attributes["aria-labelledby"] == heading.attributes["id"]
    assert heading.words == "Les + Lus"
    first, second = section.one("ol").children
    assert [item.attributes["value"] for item in (first, second)] == ["1", "2"]
    picture = {"src": "https://img.example.org/1.jpg?a=1&b=2", "alt": "", "loading": "lazy"}
    assert first.one("img").attributes == picture | {"width": "80", "height": "60"}
    assert first.one("span", class_="tribune-section").words == "Météo & <b>"
    assert first.one("span", class_="tribune-headline").words == "L’été <i>"
    assert "aria-current" not in first.one("a").attributes
    assert second.one("a").attributes == {"href": "https://news.example.org/a2", "aria-current": "page"}
    updated = section.one("p", class_="tribune-updated")
    assert updated.words == "mis à jour le 11 mars 2026 à 12\u00a0h\u00a000 (UTC)"


def test_two_lists_on_a_page_have_headings_of_their_own(service: Service) -> None:
    listed(service)

    both = "".join(service.call("GET", f"/most-read.html?window={window}").text for window in ("24h", "7d"))

    assert len(parse(both).all("section")) == 2


def test_an_empty_list_is_nothing_and_its_page_says_so(open_article: Service) -> None:
    heard = open_article.call("GET", "/most-read.html", accept_language="en")

    assert (heard.status, heard.text, heard.headers["content-language"]) == (200, "", "fr")
    assert page(open_article, "/most-read.html").one("main").words == "Rien à afficher pour l’instant."
