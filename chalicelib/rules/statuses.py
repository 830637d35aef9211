"""Who may move a comment from which status to which: all of it in one table."""

from collections.abc import Mapping
from typing import Literal

from chalicelib.model import Decision, Label, Status

By = Literal["moderator", "author", "readers"]
Verb = Literal[Decision, "withdraw", "edit", "report"]

ANY: frozenset[Status] = frozenset({"published", "held", "rejected", "spam", "trash"})
TAKEN_AWAY: frozenset[Status] = frozenset({"rejected", "spam", "trash"})
SHOWN_OR_WAITING: frozenset[Status] = frozenset({"published", "held"})
SPAM: frozenset[Status] = frozenset({"spam"})
PUBLIC: frozenset[Status] = frozenset({"published"})

# fmt: off
MOVES: Mapping[tuple[By, Verb], tuple[frozenset[Status], Status]] = {
    # who          does what       with a comment that is   makes it
    ("moderator", "approve"):     (ANY,                    "published"),
    ("moderator", "reject"):      (ANY,                    "rejected"),
    ("moderator", "spam"):        (ANY,                    "spam"),
    ("moderator", "trash"):       (ANY,                    "trash"),
    ("moderator", "hold"):        (ANY,                    "held"),
    ("moderator", "restore"):     (TAKEN_AWAY,             "held"),
    ("author",    "withdraw"):    (SHOWN_OR_WAITING | SPAM, "withdrawn"),  # spam by a rule: it looks held to them
    ("author",    "edit"):        (PUBLIC,                 "held"),  # where a rule holds the new text
    ("readers",   "report"):      (PUBLIC,                 "held"),  # once enough of them have
}
# fmt: on
"""What a comment's author has withdrawn is nobody else's to show again: no row takes it anywhere."""


def is_for_its_author(status: Status, *, decided: bool) -> bool:
    """Whether a comment's author may still change it, as far as its status goes.

    What a rule sent to spam looks held to whoever wrote it, so that nobody learns from it what the rules look for.
    """
    return status in SHOWN_OR_WAITING or (status == "spam" and not decided)


LABELS: Mapping[Status, Label] = {"published": "ham", "spam": "spam"}
"""What a moderator's decision for a status tells the spam filter; a rejected comment is no spam."""


def status_after(by: By, verb: Verb, status: Status) -> Status | None:
    """The status a move leads to, None where it may not be made.

    Restoring takes a comment back to the queue, to be looked at again; what nobody took away stays as it is.
    """
    sources, target = MOVES[by, verb]
    if verb == "restore" and status in SHOWN_OR_WAITING:
        return status
    return target if status in sources else None


def status_after_undo(status: Status, before: Status) -> Status | None:
    """The status that undoing a decision leads back to, None where the author has withdrawn the comment."""
    return before if status in ANY and before in ANY else None
