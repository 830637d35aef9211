"""The pages of the demonstration, as they come over HTTP: whole without script, strict, and without a dead end."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ops.demo import layout, places, site
from ops.demo.content import ARTICLES
from tests.ops.demo_site import Demo, Links, demo_site, is_page
from tests.scene import PUBLISHER

HASH = r'integrity="sha384-[\w+/]{64}" crossorigin>'
HOSTS = {"www.example.org", *(urlsplit(url).netloc for _, url in layout.NETWORKS)}


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """One demonstration for all tests, which only read but for the last."""
    with demo_site() as made:
        yield made


@pytest.fixture(scope="module")
def pages(demo: Demo) -> dict[str, str]:
    """All its pages."""
    return demo.pages()


def test_all_pages_can_be_reached_from_the_front_page(pages: dict[str, str]) -> None:
    assert pages.keys() >= {places.article(article) for article in ARTICLES}
    assert pages.keys() >= {*places.HOME.values(), *places.RULES.values(), *places.DATA.values()}
    assert {places.section("fr", "Économie"), places.section("en", "City")} <= pages.keys()
    assert "/demo/rubrique/economie" in pages


def test_each_page_has_a_strict_policy_and_the_script_with_its_hash(demo: Demo, pages: dict[str, str]) -> None:
    for path, html in pages.items():
        answer, _ = demo.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        assert policy.endswith(
            "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tribune"
        )
        assert "unsafe" not in policy
        scripts = re.findall(r"<script.*?</script>", html)
        assert len(scripts) == 1
        assert re.fullmatch(
            r'<script type="module" src="/embed/[\d.]+/tribune.(fr|en).js" ' + HASH + "</script>", scripts[0]
        )
        assert not re.search(r"<style|\sstyle=|\son\w+=", html)


def test_every_link_of_a_page_leads_somewhere(demo: Demo, pages: dict[str, str]) -> None:
    seen: dict[str, list[str]] = {}
    for path, html in pages.items():
        for to, fragment in demo.links(path, html, {"a", "link", "img", "script"}):
            if to not in seen:
                answer, body = demo.get(to)
                assert answer.status == 200, f"{path} leads to {to}"
                seen[to] = Links(body).ids if "html" in answer.headers["Content-Type"] else []
            assert not fragment or fragment in seen[to], f"{path} leads to {to}#{fragment}"


def test_no_other_host_is_named_but_examples_and_networks(demo: Demo, pages: dict[str, str]) -> None:
    for path, html in pages.items():
        hosts = {urlsplit(link).netloc for link in re.findall(r"https?://[^\s\"'<>]+", html)}
        assert hosts <= HOSTS | {urlsplit(demo.url).netloc}, path
        assert not [link for tag, link in Links(html).found if tag != "a" and urlsplit(link).netloc in HOSTS]


def test_drawings_are_small_and_have_their_room_reserved(demo: Demo, pages: dict[str, str]) -> None:
    for html in pages.values():
        for picture in Links(html).pictures:
            assert int(str(picture["width"])) > 0
            assert int(str(picture["height"])) > 0
            assert picture["alt"] == ""
    for file in Path(site.STATIC).glob("*.svg"):
        answer, text = demo.get(places.FILES + file.name)
        assert answer.headers["Content-Type"] == "image/svg+xml"
        assert len(text.encode()) < 3_000
        assert not re.search(r"<script|href|<style", text)
    assert {f"{article.image}.svg" for article in ARTICLES} <= {file.name for file in site.STATIC.iterdir()}


def test_a_hostile_host_is_not_repeated(demo: Demo) -> None:
    for path in ("/", "/en/", places.article(ARTICLES[0])):
        _, html = demo.get(path, Host="evil.example")
        assert "evil.example" not in html


def test_comments_counts_form_and_lists_are_there_without_script(pages: dict[str, str]) -> None:
    article, front = pages["/demo/marche-couvert"], pages["/"]

    assert ">17 commentaires</tribune-count>" in front
    assert ">Aucun commentaire</tribune-count>" in front
    assert front.count('<ol class="tribune-ranks"') == 2
    assert 'rules="/demo/regles" privacy="/demo/donnees"' in article
    assert article.count('<li id="comment-') + article.count('" class="tribune-comment depth-') >= 17
    assert '<form id="commentform"' in article
    assert 'action="/articles/marche-couvert/comments"' in article
    assert 'aria-current="page"' in article.partition('class="tribune-ranks"')[2]
    assert "Les commentaires sont fermés." in pages["/demo/cinema-rex"]


def test_a_list_has_articles_of_its_pages_language_only(pages: dict[str, str]) -> None:
    paths = {places.article(article): article.language for article in ARTICLES}
    for path, html in pages.items():
        language = "en" if path.startswith("/en/") else "fr"
        for ranks in re.findall(r'<ol class="tribune-ranks".*?</ol>', html, re.DOTALL):
            listed = {urlsplit(link).path for tag, link in Links(ranks).found if tag == "a"}
            assert listed
            assert {paths[one] for one in listed} == {language}


def test_each_page_is_in_its_language_and_leads_to_the_other(demo: Demo, pages: dict[str, str]) -> None:
    for path, html in pages.items():
        language, other = ("en", "fr") if path.startswith("/en/") else ("fr", "en")
        assert f'<html lang="{language}">' in html
        there = re.search(rf'<link rel="alternate" hreflang="{other}" href="([^"]+)">', html)
        assert there
        assert f'<html lang="{other}">' in pages[there[1]]
    assert "Mercredi 11 mars 2026" in pages["/"]
    assert "Wednesday 11 March 2026" in pages["/en/"]
    assert "16 comments" in pages["/en/market-hall"]


def test_the_classic_theme_has_wordpresss_ids_and_classes(demo: Demo, pages: dict[str, str]) -> None:
    html = pages["/demo/jardins-partages"]

    for known in (
        'class="comment-list"',
        'class="comment-body"',
        'id="respond" class="comment-respond"',
        'class="fn"',
    ):
        assert known in html
    assert 'skin="wordpress"' in html
    _, sheet = demo.get(f"{places.FILES}classic.css")
    assert "tribune" not in sheet


def test_who_comes_back_with_a_comment_that_waits_is_told_so(demo: Demo) -> None:
    told = "en attente de modération"

    assert told in demo.get("/demo/marche-couvert?tribune=held")[1]
    assert told not in demo.get("/demo/marche-couvert")[1]
    assert told not in demo.get("/demo/marche-couvert?tribune=else")[1]


def test_what_is_no_page_of_the_demonstration_is_the_services(demo: Demo) -> None:
    for path in ("/demo/", "/demo/files/../site.py", "/demo/files/", "/en/nothing", "/demo/files/paper.js"):
        assert demo.get(path)[0].status == 404


def test_an_article_that_was_deleted_is_said_to_be_gone_and_linked_no_more(demo: Demo) -> None:
    demo.service.call("DELETE", "/articles/fontaines", token=PUBLISHER)

    answer, html = demo.get("/demo/fontaines")

    assert answer.status == 404
    assert "Cet article a été retiré." in html
    assert not [to for to, _ in demo.links("/", demo.get("/")[1], {"a"}) if is_page(to) and "fontaines" in to]
