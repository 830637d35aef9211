"""HTML read strictly, into a tree: every element closed where it must be, no attribute twice, no id twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

EMPTY = {"base", "img", "input", "link", "meta"}
KNOWN = EMPTY | {
    *(
        "html",
        "head",
        "title",
        "style",
        "body",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "nav",
        "ol",
        "li",
        "section",
        "div",
    ),
    *("article", "footer", "span", "b", "bdi", "em", "a", "time", "small", "svg", "path"),
    *("form", "label", "textarea", "button", "br"),
}
"""What documents are made of; whatever else is in one came from a reader."""


@dataclass
class Node:
    """An element: its attributes, and what is in it in order, texts and elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Node | str"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All text in it."""
        return "".join(part if isinstance(part, str) else part.words for part in self.inside)

    @property
    def children(self) -> list["Node"]:
        """The elements right in it."""
        return [part for part in self.inside if isinstance(part, Node)]

    def __iter__(self) -> Iterator["Node"]:
        """Every element in it, in order."""
        for child in self.children:
            yield child
            yield from child

    def all(self, tag: str = "", **attributes: str) -> list["Node"]:
        """The elements in it of a kind, with these attributes; `class_` is one of the classes."""
        part = attributes.pop("class_", None)
        return [
            node
            for node in self
            if (not tag or node.tag == tag)
            and (part is None or part in node.attributes.get("class", "").split())
            and attributes.items() <= node.attributes.items()
        ]

    def one(self, tag: str = "", **attributes: str) -> "Node":
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found


class _Strict(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        assert len(node.attributes) == len(attrs), f"an attribute twice: {attrs}"
        self.open[-1].inside.append(node)
        if tag not in {*EMPTY, "br"}:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "path", f"closes itself: {tag}"
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"closed where it is not open: {tag}"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment of HTML: {data}")


def parse(html: str) -> Node:
    """The tree of a document or a fragment; its elements are those that documents are made of."""
    reader = _Strict()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], "not closed"
    ids = [node.attributes["id"] for node in reader.root if "id" in node.attributes]
    assert len(set(ids)) == len(ids), f"an id twice: {sorted(ids)}"
    for node in reader.root:
        assert node.tag in KNOWN, f"an element of nobody's: {node.tag}"
        assert not {name for name in node.attributes if name.startswith("on") or name == "style"}
    return reader.root


def followed(href: str) -> str:
    """The path and the query of an address of the service, as a test asks for it."""
    parts = urlsplit(href)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def query_of(href: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(href).query, strict_parsing=True))
