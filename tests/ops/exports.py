"""WordPress exports for the tests, and what an import of one leaves for readers and moderators."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from chalicelib.storage import articles
from tests.scene import Service

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Le site</title><wp:wxr_version>1.2</wp:wxr_version>
"""
TAIL = "</channel></rss>\n"


def element(name: str, value: str) -> str:
    """One element with its text in CDATA, divided as WordPress divides it."""
    return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>\n"


def a_comment(id: int, **changes: Any) -> str:
    """A comment of an export, published and by Zoé unless changed."""
    facts = {
        "author": "Zoé",
        "author_email": "zoe@example.org",
        "author_url": "",
        "date": "2024-05-01 12:00:00",
        "date_gmt": f"2024-05-01 10:00:{id % 60:02}",
        "content": f"Texte {id}",
        "approved": "1",
        "type": "comment",
        "parent": "0",
    } | changes
    parts = [element(f"wp:comment_{name}", str(value)) for name, value in facts.items()]
    return f"<wp:comment><wp:comment_id>{id}</wp:comment_id>\n{''.join(parts)}</wp:comment>\n"


def an_item(id: int = 7, *comments_of_it: str, category: str = "", **changes: Any) -> str:
    """A post of an export."""
    title = escape(changes.pop("title", f"Titre {id}"))
    link = escape(changes.pop("link", f"https://news.example.org/?p={id}"))
    facts = {
        "post_id": id,
        "post_date": "2024-04-30 10:00:00",
        "post_date_gmt": "2024-04-30 08:00:00",
        "comment_status": "open",
        "status": "publish",
        "post_type": "post",
    } | changes
    parts = [element(f"wp:{name}", str(value)) for name, value in facts.items()]
    category = category and f'<category domain="category"><![CDATA[{category}]]></category>'
    head = f'<title>{title}</title><link>{link}</link><category domain="post_tag">mot</category>{category}'
    return f"<item>{head}{''.join(parts)}{''.join(comments_of_it)}</item>\n"


def write_export(folder: Path, *items: str) -> Path:
    """Write an export of some items."""
    path = folder / "export.xml"
    path.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
    return path


def listed(service: Service, article_id: str = "7") -> list[Any]:
    """An article's published comments, oldest thread first."""
    found: list[Any] = service.call("GET", f"/articles/{article_id}/comments?sort=oldest&limit=100").json[
        "comments"
    ]
    return found


def texts(service: Service, status: str) -> set[str]:
    """The texts of the comments of a status, as moderators see them."""
    return {comment["content"] for comment in service.queue(f"status={status}")["comments"]}


def counts_of(service: Service, article_id: str) -> tuple[int, int]:
    """How many published comments and threads an article says it has."""
    article = articles.read(service.backend.table, article_id)
    assert article
    return article.comments, article.threads
