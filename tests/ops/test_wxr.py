"""Reading a WordPress export: bad files are refused with their place, large ones take no memory."""

import tracemalloc
from pathlib import Path

import pytest

from chalicelib.storage import articles
from ops import wxr
from ops.errors import OperatorError
from ops.import_comments import import_comments
from tests.ops.exports import HEAD, TAIL, a_comment, an_item
from tests.scene import Service

GOOD = HEAD + an_item(7, a_comment(1))
NEWLINE = "\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            GOOD + "<item>\n  <title>a & b</title></item>" + TAIL,
            f"line {GOOD.count(NEWLINE) + 2}, column 13: not well-formed",
            id="ill-formed",
        ),
        pytest.param(GOOD, f"line {GOOD.count(NEWLINE) + 1}, column 1: no element found", id="cut off"),
        pytest.param("", "line 1, column 1: no element found", id="empty"),
        pytest.param(
            HEAD.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "b">]><rss') + TAIL, "document type", id="entities"
        ),
        pytest.param(HEAD.replace("UTF-8", "x-unheard-of") + TAIL, "encoding", id="unknown encoding"),
        pytest.param("<rss><channel><item/></channel></rss>", "no WordPress export", id="another feed"),
    ],
)
def test_a_file_that_cannot_be_read_to_its_end_writes_nothing(
    service: Service, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "export.xml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(OperatorError, match=said):
        import_comments(service.backend, path)

    assert articles.read(service.backend.table, "7") is None


def test_a_file_that_is_not_there_is_said_so(service: Service, tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="cannot be read"):
        import_comments(service.backend, tmp_path / "missing.xml")


def test_columns_are_right_behind_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    path.write_text("<rss>\x01\x02 &</rss>")

    with pytest.raises(OperatorError, match="line 1, column 10: not well-formed"):
        list(wxr.items(path, lambda done: None))


def test_one_item_is_held_in_memory_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    with path.open("w") as file:
        file.write(HEAD)
        for id in range(400):
            file.write(an_item(id, a_comment(id, content="mot " * 5_000)))
        file.write(TAIL)

    tracemalloc.start()
    count = sum(1 for _ in wxr.items(path, lambda done: None))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == 400
    assert path.stat().st_size > 8_000_000
    assert peak < 1_000_000
