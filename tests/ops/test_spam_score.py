"""The learned filter on sorted comments: what is counted, and that the documented figures are measured ones."""

import json
from argparse import Namespace
from pathlib import Path

import pytest

from chalicelib.rules import spam
from chalicelib.rules.writing import as_read
from ops.__main__ import parser
from ops.errors import OperatorError
from ops.spam_score import command, comments, prequential
from ops.spam_score.comments import SortedComment
from ops.spam_score.prequential import Judged, Outcome

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "../shared/data/youtube-comments.jsonl"
DOCUMENT = ROOT / "docs/spam-filter.md"


def a_comment(text: str, *, is_spam: bool, thread: str = "") -> SortedComment:
    read = as_read(text)
    return SortedComment(read, is_spam, "2026-11-23", thread, spam.features(read))


def file_of(folder: Path, *rows: object) -> Path:
    path = folder / "sorted.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def test_the_documented_figures_are_those_that_are_measured() -> None:
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    document = DOCUMENT.read_text("utf-8")

    for table in command.tables(SAMPLE, 90):
        assert table in document


def test_comments_are_read_in_the_order_of_their_dates(tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        {"date": "2026-03-02", "text": "trois", "spam": 1},
        {"text": "quatre, sans date", "spam": 0},
        {"date": "2026-03-01", "text": "un", "spam": 0, "author_name": "Zoé", "thread": "42"},
        {"date": "", "text": "deux", "spam": True},
    )

    read = comments.read(path)

    assert [comment.read.text for comment in read] == ["un", "deux", "trois", "quatre, sans date"]
    assert [comment.is_spam for comment in read] == [False, True, True, False]
    assert "name:zoe" in read[0].seen
    assert read[0].thread == "42"


@pytest.mark.parametrize(
    "row",
    [
        {"spam": 1},
        {"text": "a"},
        {"text": 1, "spam": 1},
        {"text": "a", "spam": 2},
        {"text": "a", "spam": 1, "date": 7},
        [],
    ],
)
def test_a_line_that_is_no_sorted_comment_is_named(row: object, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"line 2 of .*sorted\.jsonl is not of the form"):
        comments.read(file_of(tmp_path, {"text": "a", "spam": 0}, row))


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"nowhere\.jsonl cannot be read"):
        comments.read(tmp_path / "nowhere.jsonl")
    with pytest.raises(OperatorError, match="must hold both spam and good comments"):
        command.tables(file_of(tmp_path, {"text": "a", "spam": 0}), 90)
    with pytest.raises(OperatorError, match="--percent 101 is no percentage"):
        command.tables(file_of(tmp_path, {"text": "a", "spam": 0}), 101)


def test_a_comment_is_judged_by_the_earlier_ones_only() -> None:
    known = [a_comment(text, is_spam=text == "casino") for _ in range(30) for text in ("casino", "article")]

    judged = prequential.in_order([*known, a_comment("casino", is_spam=False), a_comment("casino", is_spam=True)])

    assert [each.percent for each in judged[: spam.ENOUGH]] == [None] * spam.ENOUGH
    learned_from_it = judged[-2].percent, judged[-1].percent
    assert learned_from_it[0] is not None
    assert learned_from_it[1] is not None
    assert learned_from_it[0] > 90
    assert learned_from_it[1] < learned_from_it[0]


def test_a_thread_is_judged_by_all_the_others() -> None:
    known = [
        a_comment(text, is_spam=text == "casino", thread="1") for _ in range(30) for text in ("casino", "article")
    ]
    strange = [a_comment("casino", is_spam=False, thread="2")] * 3

    percents = [each.percent for each in prequential.elsewhere([*known, *strange], "2")]

    assert len(set(percents)) == 1 < len(percents)
    assert (percents[0] or 0) > 90


def test_a_rule_is_measured_by_what_it_held_rightly_and_wrongly() -> None:
    comments_and_scores = [("a", True, 95), ("b", True, 95), ("c", True, 10), ("d", False, 95), ("e", False, None)]
    judged = [Judged(a_comment(text, is_spam=bad), percent) for text, bad, percent in comments_and_scores]

    result = prequential.outcome(judged, prequential.learned(90))

    assert result == Outcome(caught=2, spam=3, wronged=1, good=2)
    assert (result.precision, result.recall, result.false_holds) == (2 / 3, 2 / 3, 1 / 2)
    assert result.precision_at(0.5) == pytest.approx((2 / 3) / (2 / 3 + 1 / 2))
    assert prequential.outcome(judged, prequential.nothing).precision is None
    assert Outcome(0, 0, 0, 0).precision_at(0.5) is None


def test_two_links_are_counted_as_readers_see_them() -> None:
    linked = [Judged(a_comment(text, is_spam=True), None) for text in ("a.fr b.fr", "www.a.fr http://b.fr")]

    assert [prequential.two_links(each) for each in linked] == [False, True]
    assert prequential.either(prequential.nothing, prequential.two_links)(linked[1])


def test_of_a_text_that_comes_again_the_first_counts() -> None:
    judged = [Judged(a_comment(text, is_spam=True), percent) for text, percent in [("a", 1), ("b", 2), ("a", 3)]]

    assert sorted(each.percent or 0 for each in prequential.first_of_each_text(judged)) == [1, 2]


def test_the_command_prints_its_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = file_of(tmp_path, *({"text": text, "spam": int(text == "casino")} for text in ("casino", "article")))
    given: Namespace = parser().parse_args(["spam-score", str(path), "--percent", "95"])

    assert command.run(given) == 0

    told = capsys.readouterr().out
    assert "| learned filter at 95 % | 2 | 1 | none held | 0.0 % | 0.0 % |" in told
    assert "thread" not in told
