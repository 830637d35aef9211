"""docs/costs.md is what the command prints, and the command refuses what it cannot estimate."""

import re
from pathlib import Path

import pytest

from ops.__main__ import main
from ops.costs import bill
from ops.costs.assumptions import SIZES, Assumptions, rows
from ops.costs.attack import KINDS
from ops.costs.command import DOCUMENT
from ops.costs.markdown import money, table
from ops.costs.month import DOORS
from ops.costs.page import page

PAGE = DOCUMENT.read_text("utf-8")
ROOT = Path(__file__).parents[3]


def test_the_document_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["costs"]) == 0

    assert capsys.readouterr().out == PAGE, "python -m ops costs --write"


def test_the_document_is_in_the_docs() -> None:
    assert DOCUMENT == ROOT / "docs" / "costs.md"


def test_the_document_has_every_door_and_every_size() -> None:
    lines = PAGE.splitlines()
    headings = [line for line in lines if line.startswith("| dollars a month |")]

    assert len(headings) == 2
    assert all(f"{size:,} views" in line for line in headings for size in SIZES)
    for door in DOORS.values():
        assert sum(line.startswith(f"| {door.name} | $") for line in lines) == 2


def test_the_document_prints_every_assumption_every_price_and_every_attack() -> None:
    for name, value, meaning in rows(Assumptions()):
        assert f"| `{name}` | {value:g} | {meaning} |" in PAGE
    for price in bill.prices().values():
        assert f"| {price.service}: {price.unit} |" in PAGE
    for kind in KINDS:
        assert PAGE.count(f"| {kind.name} | $") == 2
        assert f"- {kind.name}: {kind.stopped_by}." in " ".join(PAGE.split())


def test_the_document_says_how_old_its_prices_are_and_that_they_must_be_checked() -> None:
    assert f"as of **{bill.as_of()}**" in PAGE
    assert "check them before you rely on them" in PAGE


def test_prices_of_another_region_are_printed_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["costs", "--region", "us-east-1"]) == 0

    assert capsys.readouterr().out == page("us-east-1") != PAGE


def test_one_estimate_is_printed_by_cause_and_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["costs", "--views", "300_000", "--door", "url"]) == 0

    told = capsys.readouterr().out
    assert told.startswith("300,000 views a month, Function URL, eu-west-3")
    assert "the roll-up" in told
    assert re.search(r"by service: .*DynamoDB \$\d", told)


@pytest.mark.parametrize("junk", ["many", "", "-1", "1e6", "1.5", "100000000000"])
def test_views_that_are_no_number_are_refused(junk: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["costs", f"--views={junk}"]) == 2

    assert capsys.readouterr().err == (
        f"costs: --views {junk!r} is no number of views a month: take one from 0 to 10000000000\n"
    )


def test_an_unknown_region_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["costs", "--region", "mars-north-1"]) == 2

    assert "eu-west-3" in capsys.readouterr().err


def test_dollars_have_cents_below_a_hundred() -> None:
    assert [money(one) for one in (0, 1.005, 99.99, 1234.5, -2)] == [
        "$0.00",
        "$1.00",
        "$99.99",
        "$1,234",
        "-$2.00",
    ]


def test_columns_of_numbers_stand_on_the_right() -> None:
    assert table(["a", "b"], [["x", "$1.00"], ["y", "2"]]).splitlines()[1] == "| --- | ---: |"
