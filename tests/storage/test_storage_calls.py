"""What calls consume is added up in each thread, on both engines, as DynamoDB reports it."""

import threading
from typing import Any

import pytest

from chalicelib.storage.calls import Spent
from chalicelib.storage.table import Table, Write
from tests.consumption import reports
from tests.scene import Clock, make_backend

KEY = {"pk": "ARTICLE#a1", "sk": "ARTICLE"}
READS = {
    "get": lambda table: table.get(KEY),
    "get_many": lambda table: table.get_many([KEY]),
    "query": lambda table: table.query("#pk = :pk", {":pk": "ARTICLE#a1"}),
}
WRITES = {
    "put": lambda table: table.put(KEY),
    "update": lambda table: table.update(KEY, "SET #title = :title", {":title": "x"}),
    "delete": lambda table: table.delete(KEY),
    "transact": lambda table: table.transact([Write("Put", item=KEY)]),
}


@pytest.fixture
def table(any_client: Any, clock: Clock) -> Table:
    """The table, once on each engine; each call consumes 1.5 units."""
    made = make_backend(any_client, clock).table
    reports(any_client, 1.5)
    return made


@pytest.mark.parametrize("act", READS.values(), ids=READS)
def test_a_read_consumes_read_units(act: Any, table: Table) -> None:
    table.put(KEY)
    before = table.spent

    act(table)

    assert table.spent.since(before) == Spent(calls=1, read_units=1.5, write_units=0)


@pytest.mark.parametrize("act", WRITES.values(), ids=WRITES)
def test_a_write_consumes_write_units(act: Any, table: Table) -> None:
    before = table.spent

    act(table)

    assert table.spent.since(before) == Spent(calls=1, read_units=0, write_units=1.5)


def test_another_thread_begins_at_nothing(table: Table) -> None:
    table.put(KEY)
    seen: list[Spent] = []

    other = threading.Thread(target=lambda: seen.append(table.spent))
    other.start()
    other.join()

    assert seen == [Spent()]
    assert table.spent != Spent()
