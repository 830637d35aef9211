"""Test, then train: each comment is judged by what was decided on those before it.

After A. P. Dawid, "Statistical Theory: The Prequential Approach", 1984.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from chalicelib.rules import spam
from ops.spam_score.comments import SortedComment

ROLL_UP = 25
"""Decisions between two times that the model is stored, and so cut to size."""
LINKS = 2


@dataclass(frozen=True)
class Judged:
    """A comment and what the filter made of it: None while it only watched."""

    comment: SortedComment
    percent: int | None


@dataclass(frozen=True)
class Outcome:
    """How a rule did: spam it held, spam there was, good comments it held, and those there were."""

    caught: int
    spam: int
    wronged: int
    good: int

    @property
    def precision(self) -> float | None:
        """The share of spam among what was held."""
        held = self.caught + self.wronged
        return self.caught / held if held else None

    @property
    def recall(self) -> float:
        """The share of the spam that was held."""
        return self.caught / self.spam if self.spam else 0.0

    @property
    def false_holds(self) -> float:
        """The share of the good comments that were held."""
        return self.wronged / self.good if self.good else 0.0

    def precision_at(self, share: float) -> float | None:
        """What the precision would be where this share of the comments is spam."""
        caught, wronged = share * self.recall, (1 - share) * self.false_holds
        return caught / (caught + wronged) if caught + wronged else None


Holds = Callable[[Judged], bool]


def in_order(comments: Iterable[SortedComment]) -> list[Judged]:
    """Every comment judged by the model of the earlier ones, as it is when stored every ROLL_UP comments."""
    model, judged = spam.SpamModel(), list[Judged]()
    for place, comment in enumerate(comments, 1):
        judged.append(Judged(comment, spam.score(model, comment.seen).percent))
        model = spam.learn(model, comment.seen, is_spam=comment.is_spam)
        if place % ROLL_UP == 0:
            model = spam.load(spam.dump(model))
    return judged


def elsewhere(comments: Sequence[SortedComment], thread: str) -> list[Judged]:
    """The comments of one thread, judged by the model of all the others."""
    model = spam.SpamModel()
    for comment in comments:
        if comment.thread != thread:
            model = spam.learn(model, comment.seen, is_spam=comment.is_spam)
    model = spam.load(spam.dump(model))
    return [
        Judged(comment, spam.score(model, comment.seen).percent)
        for comment in comments
        if comment.thread == thread
    ]


def outcome(judged: Iterable[Judged], holds: Holds) -> Outcome:
    """How a rule does on judged comments."""
    found = [(holds(each), each.comment.is_spam) for each in judged]
    return Outcome(
        caught=found.count((True, True)),
        spam=found.count((True, True)) + found.count((False, True)),
        wronged=found.count((True, False)),
        good=found.count((True, False)) + found.count((False, False)),
    )


def learned(percent: int) -> Holds:
    """The learned filter, at a threshold."""
    return lambda judged: judged.percent is not None and judged.percent >= percent


def two_links(judged: Judged) -> bool:
    """What WordPress does from the start."""
    return len(judged.comment.read.links) >= LINKS


def nothing(judged: Judged) -> bool:
    """No filter."""
    return False


def either(first: Holds, second: Holds) -> Holds:
    """One rule or the other."""
    return lambda judged: first(judged) or second(judged)


def first_of_each_text(judged: Iterable[Judged]) -> list[Judged]:
    """Without the comments whose text has come before, letter for letter."""
    return list({each.comment.read.text: each for each in reversed(list(judged))}.values())
