"""DynamoDB's sizing rules against examples worked out by hand from its guide."""

from typing import Any

import pytest

from chalicelib.storage import schema
from ops.bench.units import (
    Index,
    indexes_of,
    item_size,
    read_units,
    transaction_write_units,
    value_size,
    write_units,
)

KB = 1024


@pytest.mark.parametrize(
    ("value", "size"),
    [
        pytest.param({"S": ""}, 0, id="no text"),
        pytest.param({"S": "Zoé"}, 4, id="text in UTF-8"),
        pytest.param({"N": "0"}, 1, id="zero"),
        pytest.param({"N": "7"}, 2, id="one digit"),
        pytest.param({"N": "27"}, 2, id="two digits"),
        pytest.param({"N": "2700000"}, 2, id="trailing zeroes are trimmed"),
        pytest.param({"N": "0.00027"}, 2, id="leading zeroes are trimmed"),
        pytest.param({"N": "-27"}, 3, id="a minus sign"),
        pytest.param({"N": "1773230400000"}, 5, id="a time in milliseconds: 8 digits that count"),
        pytest.param({"B": b"\x00" * 32}, 32, id="bytes"),
        pytest.param({"BS": [b"1234", b"5678"]}, 8, id="a set of bytes"),
        pytest.param({"SS": ["é", "ab"]}, 4, id="a set of texts"),
        pytest.param({"NS": ["1", "222"]}, 5, id="a set of numbers"),
        pytest.param({"BOOL": False}, 1, id="a Boolean"),
        pytest.param({"NULL": True}, 1, id="null"),
        pytest.param({"L": []}, 3, id="an empty list"),
        pytest.param({"L": [{"S": "ab"}, {"BOOL": True}]}, 8, id="a list: 3, and 1 beside each element"),
        pytest.param({"M": {"ab": {"S": "cde"}}}, 9, id="a map: 3, and 1 beside each name and value"),
        pytest.param({"L": [{"M": {"a": {"L": []}}}]}, 12, id="nested"),
    ],
)
def test_a_value_has_its_published_size(value: dict[str, Any], size: int) -> None:
    assert value_size(value) == size


def test_an_item_has_the_size_of_its_names_and_values() -> None:
    assert item_size({"pk": {"S": "abc"}, "né": {"N": "12"}}) == (2 + 3) + (3 + 2)


def test_an_unknown_type_has_no_size() -> None:
    with pytest.raises(ValueError, match="no attribute type X"):
        value_size({"X": "1"})


@pytest.mark.parametrize(
    ("size", "eventual", "consistent"),
    [(0, 0.5, 1), (1, 0.5, 1), (4 * KB, 0.5, 1), (4 * KB + 1, 1, 2), (20 * KB, 2.5, 5)],
)
def test_reads_are_charged_by_4_kb_begun(size: int, eventual: float, consistent: float) -> None:
    assert (read_units(size, consistent=False), read_units(size, consistent=True)) == (eventual, consistent)


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        pytest.param(0, 1, 1, id="a new item"),
        pytest.param(0, KB, 1, id="exactly 1 KB"),
        pytest.param(0, KB + 1, 2, id="a byte more"),
        pytest.param(3 * KB, 10, 3, id="made smaller: by what it was"),
        pytest.param(10, 3 * KB, 3, id="made larger: by what it is"),
        pytest.param(2 * KB, 0, 2, id="deleted"),
        pytest.param(0, 0, 1, id="nothing there to change"),
    ],
)
def test_writes_are_charged_by_the_larger_of_before_and_after(before: int, after: int, units: int) -> None:
    assert write_units(before, after) == units
    assert transaction_write_units(before, after) == 2 * units


def an_item(**attributes: str) -> dict[str, Any]:
    return {name: {"S": text} for name, text in ({"pk": "p", "sk": "s"} | attributes).items()}


BY_SHELF = Index("by-shelf", ("shelf", "place"), ("pk", "sk"), frozenset({"title"}))
ON_SHELF = an_item(shelf="A", place="1", title="t", note="n")


@pytest.mark.parametrize(
    ("before", "after", "units"),
    [
        pytest.param(None, ON_SHELF, 1, id="put in"),
        pytest.param(ON_SHELF, None, 1, id="deleted"),
        pytest.param(ON_SHELF, an_item(place="1", title="t"), 1, id="taken out by losing a key attribute"),
        pytest.param(ON_SHELF, ON_SHELF | {"place": {"S": "2"}}, 2, id="moved: taken out and put in"),
        pytest.param(ON_SHELF, ON_SHELF | {"title": {"S": "u"}}, 1, id="a projected attribute changed"),
        pytest.param(ON_SHELF, ON_SHELF | {"note": {"S": "m"}}, 0, id="another attribute changed"),
        pytest.param(ON_SHELF, ON_SHELF, 0, id="nothing changed"),
        pytest.param(an_item(), an_item(title="t"), 0, id="never in the index"),
        pytest.param(None, ON_SHELF | {"title": {"S": "t" * KB}}, 2, id="by the size of the entry"),
        pytest.param(None, ON_SHELF | {"note": {"S": "n" * 9 * KB}}, 1, id="not by the size of the item"),
        pytest.param(
            ON_SHELF | {"title": {"S": "t" * 2 * KB}},
            ON_SHELF | {"shelf": {"S": "B"}},
            4,
            id="each by its own size",
        ),
    ],
)
def test_an_index_is_charged_by_its_own_entries(before: Any, after: Any, units: int) -> None:
    assert BY_SHELF.write_units(before, after) == units


def test_an_entry_holds_what_its_index_projects_and_the_table_s_keys() -> None:
    keys_only = Index("keys", ("shelf",), ("pk", "sk"))
    everything = Index("all", ("shelf",), ("pk", "sk"), None)

    assert set(BY_SHELF.entry(ON_SHELF) or ()) == {"pk", "sk", "shelf", "place", "title"}
    assert set(keys_only.entry(ON_SHELF) or ()) == {"pk", "sk", "shelf"}
    assert everything.entry(ON_SHELF) == ON_SHELF
    assert everything.entry(an_item()) is None


def test_the_table_s_own_indexes_are_read_from_its_definition() -> None:
    found = {index.name: index for index in indexes_of(schema.definition("any"))}

    assert set(found) == {"thread", "queue", "author"}
    assert found["thread"].keys == ("thread", "thread_at")
    assert found["thread"].attributes == frozenset(schema.PUBLIC_ATTRIBUTES)
    assert found["queue"].attributes == frozenset()
    assert found["author"].table_keys == ("pk", "sk")
