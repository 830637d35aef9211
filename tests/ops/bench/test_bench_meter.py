"""The meter against small operations whose cost can be counted on one's fingers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.storage.items import to_item
from ops.bench.meter import Cost
from ops.bench.site import Site, open_site

TABLE = {"TableName": "tribune-local"}
LARGE = "x" * 5_000


@pytest.fixture
def site() -> Iterator[Site]:
    with open_site() as opened:
        yield opened


def key(name: str) -> dict[str, Any]:
    return to_item({"pk": name, "sk": "s"})


def queued(name: str, text: str = "", status: str = "held") -> dict[str, Any]:
    return to_item({"pk": name, "sk": "s", "queue": status, "queue_at": name, "text": text})


def cost_of(site: Site, call: Callable[[Any], object]) -> Cost:
    with site.meter.measured() as cost:
        call(site.client)
    return cost


def put(site: Site, *items: dict[str, Any]) -> None:
    for item in items:
        site.plain.put_item(**TABLE, Item=item)


def update(name: str, expression: str, **values: Any) -> dict[str, Any]:
    return {
        **TABLE,
        "Key": key(name),
        "UpdateExpression": expression,
        "ExpressionAttributeValues": to_item({f":{name}": value for name, value in values.items()}),
    }


MOVE = update("a", "SET queue = :to", to="spam")


@pytest.mark.parametrize(
    ("call", "units"),
    [
        pytest.param(lambda c: c.put_item(**TABLE, Item=key("new")), 1, id="a new item"),
        pytest.param(lambda c: c.put_item(**TABLE, Item=queued("new")), 2, id="with an index entry"),
        pytest.param(lambda c: c.put_item(**TABLE, Item=queued("new", LARGE)), 6, id="5 KB, keys-only entry"),
        pytest.param(lambda c: c.delete_item(**TABLE, Key=key("large")), 6, id="deleting 5 KB and an entry"),
        pytest.param(lambda c: c.delete_item(**TABLE, Key=key("none")), 1, id="deleting nothing"),
        pytest.param(lambda c: c.update_item(**MOVE), 3, id="a key of the index changed"),
        pytest.param(lambda c: c.update_item(**update("a", "ADD seen :n", n=1)), 1, id="outside of the index"),
        pytest.param(
            lambda c: c.transact_write_items(
                TransactItems=[{"Put": {**TABLE, "Item": queued("new")}}, {"Update": MOVE}]
            ),
            2 + 1 + 2 + 2,
            id="a transaction: items twice, entries once",
        ),
    ],
)
def test_a_write_costs_its_units(site: Site, call: Callable[[Any], object], units: int) -> None:
    put(site, queued("a"), queued("large", LARGE))

    cost = cost_of(site, call)

    assert (cost.write_units, cost.read_units, cost.calls) == (units, 0, 1)
    assert sum(cost.partitions.values()) == units


def test_a_write_that_is_refused_costs_what_is_there(site: Site) -> None:
    put(site, queued("large", LARGE))

    def refused(client: Any) -> None:
        with pytest.raises(ClientError):
            client.put_item(**TABLE, Item=key("large"), ConditionExpression="attribute_not_exists(pk)")

    assert cost_of(site, refused).write_units == 5


def batch(*names: str, consistent: bool = False) -> dict[str, Any]:
    return {
        "RequestItems": {"tribune-local": {"Keys": [key(name) for name in names], "ConsistentRead": consistent}}
    }


def query(**options: Any) -> dict[str, Any]:
    return {
        **TABLE,
        "IndexName": "queue",
        "KeyConditionExpression": "queue = :held",
        "ExpressionAttributeValues": to_item({":held": "held"}),
        **options,
    }


@pytest.mark.parametrize(
    ("call", "units"),
    [
        pytest.param(lambda c: c.get_item(**TABLE, Key=key("a")), 0.5, id="get"),
        pytest.param(lambda c: c.get_item(**TABLE, Key=key("none")), 0.5, id="get nothing"),
        pytest.param(lambda c: c.get_item(**TABLE, Key=key("large"), ConsistentRead=True), 2, id="get 5 KB"),
        pytest.param(
            lambda c: c.get_item(**TABLE, Key=key("large"), ProjectionExpression="pk"), 1, id="a part of 5 KB"
        ),
        pytest.param(lambda c: c.batch_get_item(**batch("a", "none", "large")), 2, id="a batch, each rounded"),
        pytest.param(lambda c: c.batch_get_item(**batch("a", "large", consistent=True)), 3, id="consistent batch"),
        pytest.param(lambda c: c.query(**query()), 0.5, id="a Query of keys, rounded once"),
        pytest.param(lambda c: c.query(**query(Select="COUNT")), 0.5, id="a count reads as much"),
        pytest.param(
            lambda c: c.query(
                **TABLE,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues=to_item({":pk": "large"}),
                ConsistentRead=True,
            ),
            2,
            id="a Query on the table",
        ),
    ],
)
def test_a_read_costs_its_units(site: Site, call: Callable[[Any], object], units: float) -> None:
    put(site, queued("a"), queued("large", LARGE))

    cost = cost_of(site, call)

    assert (cost.read_units, cost.write_units, cost.calls) == (units, 0, 1)


def test_a_query_counts_the_bytes_it_went_through(site: Site) -> None:
    put(site, queued("a"), queued("b", LARGE))
    entry = len("pkasksqueueheldqueue_ata")

    for options in ({}, {"Select": "COUNT"}):
        assert cost_of(site, lambda client: client.query(**query(**options))).bytes_read["Query"] == 2 * entry  # noqa: B023
    assert cost_of(site, lambda client: client.query(**query(Limit=1))).bytes_read["Query"] == entry


def test_writes_are_told_apart_by_partition(site: Site) -> None:
    cost = cost_of(site, lambda client: [client.put_item(**TABLE, Item=queued(name)) for name in "aab"])

    assert cost.partitions == {("tribune-local", "a"): 2, ("tribune-local", "b"): 1, ("queue", "held"): 2}
    assert cost.largest_written == len("pkbsksqueueheldqueue_atbtext")


def test_nothing_is_counted_outside_or_for_another_client(site: Site) -> None:
    with site.meter.measured() as cost:
        site.plain.put_item(**TABLE, Item=key("a"))
    site.client.put_item(**TABLE, Item=key("b"))

    assert (cost.calls, cost.write_units) == (0, 0)


def test_what_has_no_rule_is_not_passed_over(site: Site) -> None:
    with site.meter.measured(), pytest.raises(NotImplementedError, match="Scan"):
        site.client.scan(**TABLE)
