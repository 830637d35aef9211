"""Sorted comments from a file: one JSON object a line, with `text`, `spam`, `date` and perhaps a `thread`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chalicelib.rules import spam
from chalicelib.rules.writing import AsRead, as_read
from ops.errors import OperatorError

KEYS = {"text": str, "date": str, "thread": str, "author_name": str, "author_url": str}


@dataclass(frozen=True)
class SortedComment:
    """A comment, whether it is spam, and when it was written; `seen` is what the filter learns of it."""

    read: AsRead
    is_spam: bool
    date: str
    thread: str
    seen: frozenset[str]


def read(path: Path) -> list[SortedComment]:
    """The comments of a file, oldest first.

    One without a date counts as of the date of the line before it. Raises OperatorError for a file
    that cannot be read, and for a line that is no such comment.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(f"{path} cannot be read as text in UTF-8") from error
    return sorted(_comments(path, lines), key=lambda comment: comment.date)


def _comments(path: Path, lines: list[str]) -> Iterator[SortedComment]:
    date = ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text, is_spam = row["text"], row["spam"]
            given = {name: row.get(name) or "" for name in KEYS}
            if is_spam not in (0, 1) or not all(isinstance(given[name], kind) for name, kind in KEYS.items()):
                raise ValueError
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            wanted = '{"date": "2026-11-23T08:00:00Z", "text": "...", "spam": 1}'
            raise OperatorError(f"line {number} of {path} is not of the form {wanted}") from error
        date = given["date"] or date
        shown = as_read(text)
        seen = spam.features(shown, given["author_name"], given["author_url"])
        yield SortedComment(shown, bool(is_spam), date, given["thread"], seen)
