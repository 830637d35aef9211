"""How far long work has come: a bar on the terminal, and nothing where nobody watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

Step = Callable[[int], object]
"""Told how much more was done."""
Progress = Callable[[str, int, str], AbstractContextManager[Step]]
"""Opens a bar by its label, its total and its unit (`B` for bytes)."""


@contextmanager
def silent(label: str, total: int, unit: str) -> Iterator[Step]:
    """Show nothing."""
    yield lambda done: None


@contextmanager
def on_terminal(label: str, total: int, unit: str) -> Iterator[Step]:
    """Show a bar on the standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        with silent(label, total, unit) as step:
            yield step
        return
    from tqdm import tqdm

    with tqdm(desc=label, total=total, unit=unit, unit_scale=unit == "B", file=sys.stderr) as bar:
        yield bar.update
