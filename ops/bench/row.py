"""One line of the table: what was done, what it may cost, what it cost."""

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("operation", "bound", "measured", "")
MARKS = {True: "ok", False: "BROKEN", None: "not bound yet"}


@dataclass(frozen=True)
class Row:
    """An operation with its bound and its measured cost; `holds` is None where nothing is promised yet."""

    operation: str
    bound: str
    measured: str
    holds: bool | None


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned text under their headings."""
    cells = [HEADINGS, *((row.operation, row.bound, row.measured, MARKS[row.holds]) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines)
