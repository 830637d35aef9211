"""Which entry of a list of words is in a text?

Whole words, without regard to case and accents: "classe" is not caught by "ass", "ÉTÉ" is by "ete". White space of
any kind and length is one space. An entry that ends in `*` catches every word that begins so. In scripts without
spaces an entry is caught wherever its characters follow each other.

A text is read once, however many entries there are: from each word the tree of the entries is followed down.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from chalicelib.rules.fields import FieldError
from chalicelib.rules.folding import fold, tokens
from chalicelib.rules.text import clean_line

ANY_END = "*"


@dataclass(slots=True)
class _Node:
    """Where one may be in the middle of some entries: what may come next, and the entry that is complete here."""

    entry: str | None = None
    after: dict[str, "_Node"] = field(default_factory=dict)
    beginnings: dict[str, str] = field(default_factory=dict)
    lengths: frozenset[int] = frozenset()


def clean_word(value: str, limit: int) -> str:
    """An entry as it is kept. Raises FieldError: `too_long`, `invalid_text`, `required` where there is no sign."""
    entry = clean_line(value, limit)
    if not _parts(entry):
        raise FieldError("required")
    return entry


def found_word(entries: tuple[str, ...], texts: Iterable[str]) -> str | None:
    """The first entry that is in one of the texts, as it stands in the list."""
    tree = _tree(entries)
    for text in texts if entries else ():
        parts = tokens(fold(text))
        for place in range(len(parts)):
            if entry := _entry_at(tree, parts, place):
                return entry
    return None


def _entry_at(node: _Node, parts: list[str], start: int) -> str | None:
    for place in range(start, len(parts)):
        part = parts[place]
        for length in node.lengths:
            if entry := node.beginnings.get(part[:length]):
                return entry
        following = node.after.get(part)
        if following is None:
            return None
        if following.entry:
            return following.entry
        node = following
    return None


@lru_cache(maxsize=8)
def _tree(entries: tuple[str, ...]) -> _Node:
    root = _Node()
    for entry in entries:
        node, parts = root, _parts(entry)
        last = parts.pop() if parts and entry.endswith(ANY_END) else None
        for part in parts:
            node = node.after.setdefault(part, _Node())
        if last is None:
            node.entry = entry
        else:
            node.beginnings.setdefault(last, entry)
            node.lengths |= {len(last)}
    return root


def _parts(entry: str) -> list[str]:
    return tokens(fold(entry.removesuffix(ANY_END)).strip())
