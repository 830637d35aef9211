"""How the document is set: paragraphs, tables, dollars."""

import re
import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 115
NUMBER = re.compile(r"-?\$?\d")


def paragraph(text: str) -> str:
    """A text in lines of the width of the house."""
    return _lines(text) + "\n"


def bullets(texts: Iterable[str]) -> str:
    """A list of texts."""
    return "".join(_lines(f"- {text}", indent="  ") + "\n" for text in texts)


def table(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table; columns that hold nothing but numbers stand on the right."""
    rows = list(lines)
    rule = ["---:" if all(NUMBER.match(cell) for cell in column) else "---" for column in zip(*rows, strict=True)]
    return "".join(f"| {' | '.join(line)} |\n" for line in (headings, rule, *rows))


def money(dollars: float) -> str:
    """Dollars, with cents where they matter."""
    sign, size = "-" if dollars < 0 else "", abs(dollars)
    return f"{sign}${size:,.2f}" if size < 100 else f"{sign}${size:,.0f}"


def _lines(text: str, indent: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()), WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
