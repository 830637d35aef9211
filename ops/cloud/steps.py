"""Steps towards a state: each looks whether it is so already, so that a command can be run again at any time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from botocore.exceptions import ClientError

from ops.cloud.account import denied, why


@dataclass(frozen=True)
class Step:
    """One thing that must be so.

    `lacking()` says what is to be done, None where nothing is; it only reads. `apply()` does it. Where AWS does
    not let the operator, an `optional` one is left out with a word about it.
    """

    what: str
    lacking: Callable[[], str | None]
    apply: Callable[[], object]
    optional: bool = False


def take(steps: Iterable[Step], *, dry_run: bool, say: Callable[[str], None]) -> int:
    """Take each step that is not so yet, or only say so; gives how many there were."""
    taken = 0
    for step in steps:
        try:
            taken += _take(step, dry_run=dry_run, say=say)
        except ClientError as error:
            if not (step.optional and denied(error)):
                raise
            say(f"  left out {step.what}: AWS refused {error.operation_name} ({why(error)})")
    return taken


def _take(step: Step, *, dry_run: bool, say: Callable[[str], None]) -> bool:
    lacking = step.lacking()
    if lacking is None:
        say(f"  ok       {step.what}")
        return False
    say(f"  {'would do' if dry_run else 'doing   '} {step.what}: {lacking}")
    if not dry_run:
        step.apply()
    return True
