"""What an operator command says when it is done: how much was read, written and skipped, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

COUNTERS = ("read", "written", "left_out", "skipped", "noted")


@dataclass
class Report:
    """Counts by what they count or by reason; `details` are sentences about single cases.

    `words` explains each code that is counted, as far as it does not explain itself.
    """

    words: Mapping[str, str]
    read: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """The report as aligned text, a line for each count that is not 0."""
        rows = [
            (name.replace("_", " "), f"{count:,}", code)
            for name in COUNTERS
            for code, count in sorted(getattr(self, name).items())
            if count
        ]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
        lines, last = [], ""
        for name, count, code in rows:
            head = "" if name == last else name
            row = f"{head:<{widths[0]}}  {count:>{widths[1]}}  {code:<{widths[2]}}  {self.words.get(code, '')}"
            lines.append(row.rstrip())
            last = name
        return "\n".join(lines + self.details)
