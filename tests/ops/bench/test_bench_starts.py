"""What a cold start and a request cost: the benches measure, and see what would break a bound."""

from pathlib import Path

import pytest

from ops.bench import request_costs, start_costs


def test_a_program_costs_as_much_as_itself_and_more_with_more_to_do() -> None:
    slower = f"{start_costs.FLOOR}; import pydantic, xmlrpc.client, pydoc; sum(range(6_000_000))"

    same, more = start_costs.ratios((f"{start_costs.FLOOR} ", slower), most=1.0, rounds=2, series=1)

    assert 0.7 < same < 1.4
    assert more > start_costs.MOST


def test_what_does_not_run_is_not_measured() -> None:
    with pytest.raises(start_costs.subprocess.CalledProcessError):
        start_costs.cpu_seconds("raise SystemExit(3)")


@pytest.mark.parametrize(("megabytes", "holds"), [(5, True), (7, False)])
def test_a_package_must_be_small(megabytes: int, holds: bool, tmp_path: Path) -> None:
    package = tmp_path / "deployment.zip"
    with package.open("wb") as file:
        file.truncate(megabytes * start_costs.MEGABYTE)

    assert start_costs.package_row(package).holds is holds


def test_without_a_package_the_row_says_how_to_build_one(tmp_path: Path) -> None:
    row = start_costs.package_row(tmp_path / "deployment.zip")

    assert (row.holds, "make package" in row.measured) == (None, True)


def test_requests_are_measured_beside_a_bare_call() -> None:
    listed, viewed = request_costs.rows()

    assert listed.measured.startswith("x ")
    assert viewed.measured.startswith("x ")


def test_a_refused_request_is_not_measured_as_a_cheap_one() -> None:
    with pytest.raises(RuntimeError):
        request_costs.check_answered({"statusCode": 404})
