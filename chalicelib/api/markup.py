"""HTML made of elements: what is put into one is text, and escaped, unless it was made here."""

from collections.abc import Mapping
from html import escape

EMPTY = frozenset({"base", "img", "input", "link", "meta", "rect"})
"""Elements that hold nothing and are not closed; `rect` closes itself, as in any XML."""
WEB = ("http://", "https://")

Value = str | int | bool | None


class Html(str):
    """A text that is HTML."""

    __slots__ = ()


def el(tag: str, attributes: Mapping[str, Value] | None = None, *children: str | None) -> Html:
    """An element. True is an attribute without a value; None and False leave an attribute out, None a child."""
    written = "".join(_attribute(name, value) for name, value in (attributes or {}).items())
    if tag in EMPTY:
        return Html(f"<{tag}{written}{'/' if tag == 'rect' else ''}>")
    return Html(f"<{tag}{written}>{joined(*children)}</{tag}>")


def joined(*parts: str | None) -> Html:
    """Parts one after the other."""
    return Html("".join(part if isinstance(part, Html) else escape(part) for part in parts if part is not None))


def web_address(url: str | None) -> str | None:
    """An address that a link may lead to, None for any that is not http or https."""
    return url if url is not None and url.lower().startswith(WEB) else None


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
