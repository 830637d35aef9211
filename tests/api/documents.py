"""Documents as tests ask for them, and what they say of an article's comments."""

from typing import Any

from tests.api.markup_tree import Node, parse
from tests.scene import Service

COMMENTS = "/articles/a1/comments.html"
HOST = "comments.example.org"


def drawn(service: Service, query: str = "", article: str = "a1") -> Node:
    """The comments of an article as HTML."""
    heard = service.call("GET", f"/articles/{article}/comments.html{query}", host=HOST)
    assert (heard.status, heard.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "@" not in heard.text
    return parse(heard.text)


def ids(tree: Node) -> list[str]:
    """The comments in a document, in order."""
    found = (node.attributes.get("id", "") for node in tree.all("li"))
    return [id.removeprefix("comment-") for id in found if id]


def nesting(items: list[Node]) -> list[Any]:
    """Lists of comments as lists of texts, each text followed by the list of its replies."""
    told: list[Any] = []
    for item in items:
        assert item.tag == "li"
        text, *lists = item.children
        told.append(
            text.all("div", class_="tribune-comment-content")[0].words if text.tag == "article" else text.words
        )
        told += [nesting(inner.children) for inner in lists]
    return told


def post(service: Service, content: str, parent: str | None = None, **fields: Any) -> str:
    service.clock.forward(seconds=1)
    return str(service.post(content=content, parent_id=parent, **fields).json["id"])
