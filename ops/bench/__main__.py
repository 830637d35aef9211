"""`python -m ops.bench`: the costs that must hold, measured; ends with 1 when one does not."""

import sys
from collections.abc import Callable, Iterable

from ops.bench import (
    comment_costs,
    list_costs,
    page_costs,
    queue_costs,
    request_costs,
    roll_up_costs,
    start_costs,
    view_costs,
)
from ops.bench.row import Row, table

SCENARIOS: tuple[Callable[[], Iterable[Row]], ...] = (
    view_costs.rows,
    list_costs.rows,
    lambda: page_costs.rows(page_costs.conversations()),
    comment_costs.rows,
    roll_up_costs.rows,
    queue_costs.rows,
    request_costs.rows,
    start_costs.rows,
)


def main() -> int:
    """Measure everything and print the table: 0 when all bounds hold, 1 when one is broken."""
    rows = [row for scenario in SCENARIOS for row in scenario()]
    print(table(rows))
    return int(any(row.holds is False for row in rows))


if __name__ == "__main__":
    sys.exit(main())
