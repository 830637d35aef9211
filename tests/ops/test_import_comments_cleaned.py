"""Importing a WordPress export: what becomes of posts, of authors and of texts."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from chalicelib.actions import identity
from chalicelib.rules import instants
from chalicelib.storage import articles, comments
from ops.import_comments import import_comments
from tests.ops.exports import a_comment, an_item, listed, texts, write_export
from tests.scene import PUBLISHER, Clock, Service, make_backend

Write = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Write:
    """Writes an export of some items."""
    return partial(write_export, tmp_path)


def test_a_post_becomes_an_article_with_its_own_facts(service: Service, export: Write) -> None:
    path = export(
        an_item(
            7, title="Arts &amp; <em>vie</em> de quartier", category="Culture &amp; Co", comment_status="closed"
        ),
        an_item(8, title="", post_date_gmt="0000-00-00 00:00:00", post_type="recette"),
        an_item(9, post_date="", post_date_gmt="0000-00-00 00:00:00", comment_status="registered_only"),
    )

    import_comments(service.backend, path)

    first, second, third = (articles.read(service.backend.table, id) for id in "789")
    assert first
    assert second
    assert third
    assert (first.url, first.title) == ("https://news.example.org/?p=7", "Arts & vie de quartier")
    assert (first.section, first.comments_mode) == ("Culture & Co", "closed")
    assert first.published_at == instants.parse("2024-04-30T08:00:00Z")
    assert (second.title, second.section) == ("Sans titre", None)
    assert second.published_at == instants.parse("2024-04-30T10:00:00Z")
    assert (third.published_at, third.comments_mode) == (None, "auto")


def test_a_long_title_is_cut_and_says_so(service: Service, export: Write) -> None:
    import_comments(service.backend, export(an_item(7, title="m" * 400)))

    article = articles.read(service.backend.table, "7")
    assert article
    assert article.title == "m" * 299 + "…"


def test_what_wordpress_does_not_show_is_no_article(service: Service, export: Write) -> None:
    path = export(
        an_item(1, status="draft"),
        an_item(2, a_comment(21), status="private"),
        an_item(3, post_type="nav_menu_item"),
        an_item(4, post_type="attachment", status="inherit"),
        an_item(5, a_comment(51), post_type="attachment", status="inherit"),
        an_item(6, a_comment(61, approved="post-trashed"), status="trash"),
        an_item(7, link="ftp://news.example.org/7"),
    )

    report = import_comments(service.backend, path)

    found = articles.read_many(service.backend.table, map(str, range(1, 8)))
    assert set(found) == {"5", "6"}
    assert found["6"].comments_mode == "closed"
    assert +report.left_out == {"not_public": 2, "not_an_article": 2, "no_id_or_link": 1}
    assert +report.skipped == {"article_left_out": 1}
    assert texts(service, "trash") == {"Texte 61"}


def test_an_article_that_is_here_keeps_its_fields(service: Service, export: Write) -> None:
    service.register("7", title="Notre titre", section="Sport")

    report = import_comments(service.backend, export(an_item(7, a_comment(1), category="Monde")))

    article = articles.read(service.backend.table, "7")
    assert article
    assert (article.title, article.section, article.comments) == ("Notre titre", "Sport", 1)
    assert +report.written == {"published comments": 1}


def test_an_article_that_was_deleted_stays_deleted(service: Service, export: Write) -> None:
    service.register("7")
    service.call("DELETE", "/articles/7", token=PUBLISHER)

    report = import_comments(service.backend, export(an_item(7, a_comment(1))))

    assert articles.read(service.backend.table, "7") is None
    assert +report.left_out == {"article_deleted": 1}
    assert +report.skipped == {"article_deleted": 1}
    assert not report.written


def test_an_imported_author_is_published_at_once_under_the_same_name(
    client: Any, clock: Clock, export: Write
) -> None:
    service = Service(make_backend(client, clock, moderation="first", comment_interval=0), clock)
    held = a_comment(2, author="Luc", author_email="luc@example.org", approved="0")

    import_comments(service.backend, export(an_item(7, a_comment(1), held)))

    assert service.post("7", author_email="ZOE@example.org").status == 201
    assert service.post("7", content="Re", author_name="Quelqu'un d'autre").status == 202
    assert service.post("7", author_name="Luc", author_email="luc@example.org").status == 202


def test_authors_without_an_address_are_kept_and_share_no_key(service: Service, export: Write) -> None:
    bad = [
        a_comment(1, author_email=""),
        a_comment(2, author_email=""),
        a_comment(3, author_email="zoe@localhost", author_url="javascript:alert(1)"),
        a_comment(4, author="", author_url="http://"),
        a_comment(5, author="Tom &amp; Jerry", author_url="http://example.org/~tom"),
    ]

    report = import_comments(service.backend, export(an_item(7, *bad)))

    shown = listed(service)
    stored = comments.read_many(service.backend.table, [comment["id"] for comment in shown])
    keys = [stored[comment["id"]].author_key for comment in shown]
    assert len(set(keys)) == 4  # the last two wrote under one address
    assert keys[3] == identity.author_key(service.backend, "zoe@example.org")
    assert [stored[comment["id"]].author_email.partition("@")[2] for comment in shown] == [
        *["imported.invalid"] * 3,
        *["example.org"] * 2,
    ]
    assert [comment["author"]["name"] for comment in shown] == [*["Zoé"] * 3, "Anonyme", "Tom & Jerry"]
    assert [comment["author"]["url"] for comment in shown] == [None] * 4 + ["http://example.org/~tom"]
    assert +report.noted == {"email_missing": 2, "email_invalid": 1, "url_dropped": 1, "name_missing": 1}
    assert "zoe" not in str(report)


def test_nothing_is_cut_silently(service: Service, export: Write) -> None:
    path = export(
        an_item(
            7,
            a_comment(1, content="m" * 50_000),
            a_comment(2, content="m" * 50_001),
            a_comment(3, author="m" * 256),
            a_comment(4, content="<!-- rien -->"),
            a_comment(5, content="e" + "\u0301" * 31),
        )
    )

    report = import_comments(service.backend, path)

    assert report.written["published comments"] == 1
    assert +report.skipped == {"too_long": 2, "empty": 1, "invalid_text": 1}


def test_texts_come_as_their_readers_saw_them(service: Service, export: Write) -> None:
    typed = "Un \x0bmot &amp; ]]> <strong>gras</strong><br />puis\x08 <script>alert(1)</script>&lt;fin&gt;"
    path = export(an_item(7, a_comment(1, content=typed, author="Zo\x01é")))

    import_comments(service.backend, path)

    (comment,) = listed(service)
    assert comment["author"]["name"] == "Zoé"
    assert comment["content_html"] == ("<p>Un mot &amp; ]]&gt; <strong>gras</strong><br>\npuis &lt;fin&gt;</p>")


def test_a_missing_time_is_taken_from_the_next_best(service: Service, export: Write) -> None:
    none = "0000-00-00 00:00:00"
    path = export(
        an_item(7, a_comment(1, date_gmt=none), a_comment(2, date_gmt=none, date=none)),
        an_item(8, a_comment(3, date_gmt="", date=""), post_date_gmt=none, post_date=none),
    )

    report = import_comments(service.backend, path)

    assert {comment["created_at"] for comment in listed(service)} == {
        "2024-05-01T12:00:00Z",
        "2024-04-30T08:00:00Z",
    }
    assert +report.skipped == {"no_date": 1}
