"""How a document is drawn: its words, the classes of its parts, and where its links lead."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from chalicelib.api import wording
from chalicelib.api.markup import Html, Value, el
from chalicelib.model.documents import Skin

OURS = "tribune-"
KNOWN_TO_WORDPRESS = re.compile("comment|avatar|fn|reply|children|required|form-submit|submit|no-comments")
"""How the names begin that themes for WordPress have styles for; the elements know the same (widget/elements)."""


@dataclass(frozen=True)
class Drawing:
    """A document's language and skin; as a page of its own it is at `address`, with the parameters of `query`."""

    language: str
    skin: Skin | None
    is_page: bool
    address: str
    query: dict[str, str | None]

    def named(self, *parts: str) -> str:
        """The classes of a part. They are WordPress's behind a prefix, which its skin leaves out."""
        bare = self.skin == "wordpress"
        return " ".join(part if bare and KNOWN_TO_WORDPRESS.match(part) else OURS + part for part in parts)

    def say(self, key: str, **params: str | int) -> str:
        """One of the sentences of `wording`."""
        return wording.say(self.language, key, **params)

    def link(self, href: str, attributes: dict[str, Value], *children: str) -> Html:
        """A link within the document, or to another one like it: in a frame it stays there."""
        target = "_self" if self.is_page else None
        return el("a", {"href": href, "target": target} | attributes, *children)

    def page(self, fragment: str, **query: str | None) -> str:
        """The address of a page like this document, but for the parameters given; None leaves one out."""
        given = {"as": "page", "lang": self.language, "skin": self.skin} | self.query | query
        asked = urlencode({name: value for name, value in given.items() if value is not None})
        return f"{self.address}?{asked}#{fragment}"
