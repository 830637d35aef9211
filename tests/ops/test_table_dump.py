"""A dump holds every item exactly, and what is no dump loads nothing."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.storage import schema
from ops import table_dump
from ops.errors import OperatorError
from ops.progress import silent
from tests.conftest import client_on

ODD: list[dict[str, Any]] = [
    {"pk": {"S": "1"}, "sk": {"S": "B"}, "b": {"B": b"\x00\xff"}, "empty": {"B": b""}, "bs": {"BS": [b"a", b"b"]}},
    {"pk": {"S": "2"}, "sk": {"S": "N"}, "n": {"N": "12345678901234567890.123456789"}, "ns": {"NS": ["1", "2"]}},
    {"pk": {"S": "3"}, "sk": {"S": "S"}, "s": {"S": ""}, "u": {"S": "é\u2028\x00🙂"}, "ss": {"SS": ["a", "b"]}},
    {"pk": {"S": "4"}, "sk": {"S": "M"}, "m": {"M": {"base64": {"S": "x"}, "l": {"L": [{"B": b"z"}, {"M": {}}]}}}},
    {"pk": {"S": "5"}, "sk": {"S": "0"}, "null": {"NULL": True}, "no": {"BOOL": False}, "l": {"L": []}},
]


def items(client: Any, name: str) -> list[Any]:
    """All items of a table, their sets in order."""
    found = client.scan(TableName=name)["Items"]
    for item in found:
        for value in item.values():
            for kind in value.keys() & {"SS", "NS", "BS"}:
                value[kind] = sorted(value[kind])
    return sorted(found, key=lambda item: str(item["pk"]))


def test_a_dump_loaded_into_an_empty_table_makes_it_the_same(any_client: Any, tmp_path: Path) -> None:
    schema.create_if_missing(any_client, "before")
    schema.create_if_missing(any_client, "after")
    many = [{"pk": {"S": f"x{n}"}, "sk": {"S": "x"}} for n in range(60)]
    for item in [*ODD, *many]:
        any_client.put_item(TableName="before", Item=item)

    assert table_dump.write(any_client, "before", tmp_path / "dump.gz", silent) == 65
    assert table_dump.load(any_client, "after", tmp_path / "dump.gz", silent) == 65

    assert items(any_client, "after") == items(any_client, "before")
    assert len(items(any_client, "after")) == 65


NO_DUMPS = {
    "no archive": b"no archive",
    "no JSON": gzip.compress(b"no JSON\n"),
    "no item": gzip.compress(b"[1]\n"),
    "no type": gzip.compress(b'{"pk": {"X": "1"}}\n'),
    "no bytes": gzip.compress(b'{"pk": {"B": "1"}}\n'),
    "cut short": gzip.compress(b'{"pk": {"S": "1"}}\n' * 1000)[:-9],
    "damaged": gzip.compress(b"x" * 1000)[:12] + b"\xff" * 40,
}


@pytest.mark.parametrize("content", NO_DUMPS.values(), ids=NO_DUMPS.keys())
def test_what_is_no_dump_is_refused_and_loads_nothing(content: bytes, any_client: Any, tmp_path: Path) -> None:
    schema.create_if_missing(any_client, "table")
    (tmp_path / "dump.gz").write_bytes(content)

    with pytest.raises(OperatorError, match="damaged"):
        table_dump.load(any_client, "table", tmp_path / "dump.gz", silent)

    assert items(any_client, "table") == []


def test_a_dump_is_its_owners_only_and_follows_no_link(any_client: Any, tmp_path: Path) -> None:
    schema.create_if_missing(any_client, "table")
    (tmp_path / "other").write_text("kept", "utf-8")
    (tmp_path / "a.gz.part").touch(0o666)
    (tmp_path / "b.gz.part").symlink_to(tmp_path / "other")

    for name in ("a.gz", "b.gz"):
        table_dump.write(any_client, "table", tmp_path / name, silent)
        assert not (tmp_path / name).is_symlink()
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600

    assert (tmp_path / "other").read_text("utf-8") == "kept"


class Throttled:
    """A client whose table takes one item of each batch, and now and then nothing."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.calls = 0

    def batch_write_item(self, RequestItems: dict[str, list[Any]]) -> Any:
        """Write the first item; the others are left."""
        self.calls += 1
        ((name, requests),) = RequestItems.items()
        self._client.batch_write_item(RequestItems={name: requests[:20]})
        return {"UnprocessedItems": {name: requests[20:]} if requests[20:] else {}}


def test_what_a_throttled_table_leaves_is_sent_again_after_a_pause(tmp_path: Path) -> None:
    with client_on("embedded") as client:
        schema.create_if_missing(client, "table")
        lines = [json.dumps({"pk": {"S": str(n)}, "sk": {"S": "x"}}) + "\n" for n in range(50)]
        (tmp_path / "dump.gz").write_bytes(gzip.compress("".join(lines).encode()))
        throttled, pauses = Throttled(client), []

        table_dump.load(throttled, "table", tmp_path / "dump.gz", silent, pause=pauses.append)

        assert len(items(client, "table")) == 50
        assert throttled.calls == 4
        assert len(pauses) == 2
