"""Most-read lists as the roll-up leaves them: one compressed item of at most 100 rows each."""

from dataclasses import astuple

from chalicelib.model import ListedArticle, ListSort, MostRead, Window
from chalicelib.storage import documents, keys
from chalicelib.storage.table import Table

LENGTH = 100
"""Rows of a list."""


def write(table: Table, most_read: MostRead) -> None:
    """Replace a list."""
    table.put(
        {
            **keys.most_read(most_read.window, most_read.sort, most_read.section),
            "generated_at": most_read.generated_at,
            "rows": documents.packed([astuple(row) for row in most_read.articles]),
        }
    )


def write_names(table: Table, names: set[tuple[str, str, str | None]]) -> None:
    """Remember which lists have rows, as (window, sort, section)."""
    content = sorted([window, sort, section or ""] for window, sort, section in names)
    documents.write(table, keys.listed(), content)


def read_names(table: Table) -> set[tuple[str, str, str | None]]:
    """The lists that have rows, as (window, sort, section)."""
    content = documents.read(table, keys.listed()) or []
    return {(window, sort, section or None) for window, sort, section in content}


def read(table: Table, window: Window, sort: ListSort, section: str | None) -> MostRead:
    """A list; without rows and without a time where none was ever made."""
    item = table.get(keys.most_read(window, sort, section))
    if item is None:
        return MostRead(window, section, sort, None, ())
    rows = tuple(ListedArticle(*row) for row in documents.unpacked(item["rows"]))
    return MostRead(window, section, sort, item["generated_at"], rows)
