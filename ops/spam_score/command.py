"""`python -m ops spam-score FILE`: how good the learned spam filter would have been on comments sorted already.

FILE has a JSON object a line: {"date": "2026-11-23T08:00:00Z", "text": "...", "spam": 1}, and if they are known
"thread", "author_name" and "author_url". Each comment is judged by what was learned from the earlier ones. Nothing
is stored.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from chalicelib.rules.policy import Policy
from ops.costs.markdown import table
from ops.errors import OperatorError
from ops.spam_score import comments, prequential
from ops.spam_score.comments import SortedComment
from ops.spam_score.prequential import Holds, Judged, Outcome

HELP = "how good the learned spam filter is, on comments sorted already"
THRESHOLDS = (50, 80, 90, 95, 99)
SHARES = (5, 20)
"""Percent of comments that are spam elsewhere."""
FIGURES = ("precision", "recall", "false holds")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file."""
    parser.add_argument("file", type=Path, metavar="FILE", help="sorted comments, a JSON object a line")
    parser.add_argument(
        "--percent",
        type=int,
        default=Policy().spam_percent,
        help="from which score a comment is held (%(default)s)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Print the tables. Raises OperatorError for a file that cannot be used."""
    print("\n".join(tables(arguments.file, arguments.percent)), end="")
    return 0


def tables(path: Path, percent: int) -> list[str]:
    """What is measured, as Markdown: rules, thresholds, other shares of spam, and threads if there are several.

    Raises OperatorError for a file that cannot be used.
    """
    if not 0 <= percent <= 100:
        raise OperatorError(f"--percent {percent} is no percentage: take one from 0 to 100")
    known = comments.read(path)
    if len({comment.is_spam for comment in known}) < 2:
        raise OperatorError(f"{path} must hold both spam and good comments")
    judged = prequential.in_order(known)
    found = [_rules(judged, percent), _thresholds(judged), _shares(judged, percent)]
    threads = sorted({comment.thread for comment in known})
    return [*found, _threads(known, judged, threads, percent)] if len(threads) > 1 else found


def _rules(judged: Sequence[Judged], percent: int) -> str:
    filtered = prequential.learned(percent)
    distinct = prequential.first_of_each_text(judged)
    rows: list[tuple[str, Sequence[Judged], Holds]] = [
        ("no filter", judged, prequential.nothing),
        ("hold at two links", judged, prequential.two_links),
        (f"learned filter at {percent} %", judged, filtered),
        ("both", judged, prequential.either(filtered, prequential.two_links)),
        (f"learned filter at {percent} %, each text once", distinct, filtered),
    ]
    lines = [
        (name, f"{result.spam + result.good:,}", f"{result.spam:,}", *_figures(result))
        for name, among, holds in rows
        for result in [prequential.outcome(among, holds)]
    ]
    return table(("rule", "comments", "spam", *FIGURES), lines)


def _thresholds(judged: Sequence[Judged]) -> str:
    lines = [
        (f"{percent} %", *_figures(prequential.outcome(judged, prequential.learned(percent))))
        for percent in THRESHOLDS
    ]
    return table(("learned filter at", *FIGURES), lines)


def _shares(judged: Sequence[Judged], percent: int) -> str:
    result = prequential.outcome(judged, prequential.learned(percent))
    lines = [(f"{share} %", _percent(result.precision_at(share / 100))) for share in SHARES]
    return table(("if so many comments were spam", "precision would be"), lines)


def _threads(
    known: Sequence[SortedComment], judged: Sequence[Judged], threads: Sequence[str], percent: int
) -> str:
    filtered = prequential.learned(percent)
    lines = []
    for thread in threads:
        in_order = [each for each in judged if each.comment.thread == thread]
        here = prequential.outcome(in_order, filtered)
        alone = prequential.outcome(prequential.elsewhere(known, thread), filtered)
        lines.append((thread, *_figures(here), *_figures(alone)))
    elsewhere = tuple(f"{figure}, learned elsewhere" for figure in FIGURES)
    return table(("thread", *(f"{figure}, in order" for figure in FIGURES), *elsewhere), lines)


def _figures(result: Outcome) -> tuple[str, str, str]:
    return _percent(result.precision), _percent(result.recall), _percent(result.false_holds)


def _percent(share: float | None) -> str:
    return "none held" if share is None else f"{100 * share:.1f} %"
