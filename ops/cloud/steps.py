"""Steps towards a state: each looks whether it is so already, so that a command can be run again at any time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One thing that must be so.

    `lacking()` says what is to be done, None where nothing is; it only reads. `apply()` does it.
    """

    what: str
    lacking: Callable[[], str | None]
    apply: Callable[[], object]


def take(steps: Iterable[Step], *, dry_run: bool, say: Callable[[str], None]) -> int:
    """Take each step that is not so yet, or only say so; gives how many there were."""
    taken = 0
    for step in steps:
        lacking = step.lacking()
        if lacking is None:
            say(f"  ok       {step.what}")
            continue
        taken += 1
        say(f"  {'would do' if dry_run else 'doing'}{'' if dry_run else '   '} {step.what}: {lacking}")
        if not dry_run:
            step.apply()
    return taken
