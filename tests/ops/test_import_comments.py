"""Importing a WordPress export: threads and statuses are kept, and twice or by halves is safe."""

from argparse import ArgumentParser
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from chalicelib.rules import threads
from chalicelib.rules.rendering import plain_from_html
from chalicelib.storage import comments
from ops import import_comments as command
from ops.import_comments import import_comments
from tests.ops.exports import a_comment, an_item, counts_of, listed, texts, write_export
from tests.scene import Clock, Service, make_backend

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "themeunittestdata.wordpress.xml"
NAMESPACE = "{https://wordpress.org/export/1.2/}"
Write = Callable[..., Path]


@pytest.fixture
def export(tmp_path: Path) -> Write:
    """Writes an export of some items."""
    return partial(write_export, tmp_path)


@pytest.fixture
def sample() -> Path:
    """The theme unit tests of WordPress."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    return SAMPLE


def expected_threads() -> dict[str, list[tuple[str | None, int, str, str]]]:
    """By article: each comment's parent's text, depth, author and time, worked out from the export alone."""
    found: dict[str, list[tuple[str | None, int, str, str]]] = {}
    for item in ElementTree.parse(SAMPLE).iter("item"):  # noqa: S314  # a file that comes with the tests
        told = {
            node.findtext(f"{NAMESPACE}comment_id", ""): node
            for node in item.iter(f"{NAMESPACE}comment")
            if node.findtext(f"{NAMESPACE}comment_type") == ""
            and node.findtext(f"{NAMESPACE}comment_approved") == "1"
        }
        above: dict[str, list[str]] = {}
        for id in sorted(told, key=int):  # WordPress numbers replies after what they answer
            parent = told[id].findtext(f"{NAMESPACE}comment_parent", "0")
            above[id] = [*above[parent], parent][:4] if parent in told else []
        if told:
            found[item.findtext(f"{NAMESPACE}post_id", "")] = [
                (
                    plain_from_html(told[above[id][-1]].findtext(f"{NAMESPACE}comment_content", ""))
                    if above[id]
                    else None,
                    len(above[id]),
                    node.findtext(f"{NAMESPACE}comment_author", ""),
                    node.findtext(f"{NAMESPACE}comment_date_gmt", "").replace(" ", "T") + "Z",
                )
                for id, node in told.items()
            ]
    return found


def shown_threads(service: Service, article_id: str) -> list[tuple[str | None, int, str, str]]:
    """The same of an article as readers see it."""
    shown = listed(service, article_id)
    stored = comments.read_many(service.backend.table, [comment["id"] for comment in shown])
    return [
        (
            stored[comment["parent_id"]].content if comment["parent_id"] else None,
            comment["depth"],
            comment["author"]["name"],
            comment["created_at"],
        )
        for comment in shown
    ]


def test_the_sample_export_comes_in_with_its_threads_and_a_second_time_adds_nothing(
    any_client: Any, clock: Clock, sample: Path
) -> None:
    service = Service(make_backend(any_client, clock), clock)

    report = import_comments(service.backend, sample)

    assert report.read["comments"] == 32
    assert report.written["published comments"] == 25
    assert report.written["held comments"] == 3
    assert +report.skipped == {"pingback": 2, "trackback": 2}
    assert len(service.queue("status=held")["comments"]) == 3
    for article_id, wanted in expected_threads().items():
        assert sorted(shown_threads(service, article_id), key=str) == sorted(wanted, key=str)
        assert counts_of(service, article_id) == (len(wanted), sum(1 for row in wanted if row[1] == 0))
    again = import_comments(service.backend, sample)
    assert not +again.written
    assert +again.skipped == {"pingback": 2, "trackback": 2, "already_there": 28}
    assert sum(len(listed(service, id)) for id in expected_threads()) == 25


def test_what_is_no_readers_comment_is_skipped_by_its_type(service: Service, export: Write) -> None:
    types = ("pingback", "trackback", "note", "note", "order_note", "<b>\x08")
    path = export(
        an_item(7, *(a_comment(10 + n, type=type) for n, type in enumerate(types)), a_comment(20, type=""))
    )

    report = import_comments(service.backend, path)

    assert +report.skipped == {"pingback": 1, "trackback": 1, "note": 2, "order_note": 1, "other_type": 1}
    assert [comment["content_html"] for comment in listed(service)] == ["<p>Texte 20</p>"]


def test_comments_keep_their_status(service: Service, export: Write) -> None:
    statuses = ("1", "0", "spam", "trash", "post-trashed", "unheard-of")
    path = export(an_item(7, *(a_comment(n, approved=status) for n, status in enumerate(statuses, start=1))))

    report = import_comments(service.backend, path)

    assert texts(service, "published") == {"Texte 1"}
    assert texts(service, "held") == {"Texte 2", "Texte 6"}
    assert texts(service, "spam") == {"Texte 3"}
    assert texts(service, "trash") == {"Texte 4", "Texte 5"}
    assert +report.noted == {"status_unknown": 1}
    assert service.call("GET", "/counts?ids=7").json["counts"]["7"]["comments"] == 1


@pytest.mark.parametrize("levels", [1, 3, 5])
def test_a_reply_that_is_too_deep_goes_under_the_deepest_ancestor_that_may_have_one(
    client: Any, clock: Clock, export: Write, levels: int
) -> None:
    service = Service(make_backend(client, clock, thread_levels=levels), clock)
    # Children before their parents, as an export sorted by anything else may have them.
    chain = [a_comment(n, parent=n - 1 if n > 1 else 0) for n in range(8, 0, -1)]

    report = import_comments(service.backend, export(an_item(7, *chain)))

    shown = listed(service)
    depths = sorted(comment["depth"] for comment in shown)
    assert depths == sorted(min(n, levels - 1) for n in range(8))
    by_id = {comment["id"]: comment for comment in shown}
    assert all(by_id[one["parent_id"]]["depth"] == one["depth"] - 1 for one in shown if one["parent_id"])
    assert report.noted["moved_up"] == 8 - levels


def test_a_published_reply_stays_under_its_unpublished_parent(service: Service, export: Write) -> None:
    path = export(an_item(7, a_comment(1, approved="0"), a_comment(2, parent=1)))

    import_comments(service.backend, path)

    (reply,) = listed(service)
    (parent,) = service.queue("status=held")["comments"]
    assert (reply["parent_id"], reply["depth"]) == (parent["id"], 1)
    assert counts_of(service, "7") == (1, 0)


def test_a_reply_without_its_parent_begins_a_thread(service: Service, export: Write) -> None:
    path = export(
        an_item(7, a_comment(1, type="pingback"), a_comment(2, parent=1), a_comment(3, parent=99)),
        an_item(8, a_comment(4, parent=2)),
    )

    report = import_comments(service.backend, path)

    assert [comment["depth"] for comment in listed(service) + listed(service, "8")] == [0, 0, 0]
    assert +report.noted == {"parent_missing": 3}


def test_a_circle_of_parents_is_opened_at_its_oldest(service: Service, export: Write) -> None:
    path = export(an_item(7, a_comment(3, parent=1), a_comment(1, parent=2), a_comment(2, parent=3)))

    import_comments(service.backend, path)

    assert [(comment["content_html"], comment["depth"]) for comment in listed(service)] == [
        ("<p>Texte 1</p>", 0),
        ("<p>Texte 3</p>", 1),
        ("<p>Texte 2</p>", 2),
    ]


def test_a_later_export_adds_what_is_new_under_what_is_there(service: Service, export: Write) -> None:
    import_comments(service.backend, export(an_item(7, a_comment(1))))

    # Meanwhile the parent was deleted in WordPress.
    report = import_comments(service.backend, export(an_item(7, a_comment(2, parent=1))))

    assert [comment["depth"] for comment in listed(service)] == [0, 1]
    assert +report.written == {"published comments": 1}
    assert not report.noted


def test_an_import_that_was_interrupted_is_finished_by_running_it_again(
    any_client: Any, clock: Clock, export: Write
) -> None:
    service = Service(make_backend(any_client, clock), clock)
    path = export(an_item(7, *(a_comment(n, parent=n // 2) for n in range(1, 21))))
    calls = []

    def interrupt(**_: object) -> None:
        calls.append(1)
        if len(calls) == 8:
            raise KeyboardInterrupt

    any_client.meta.events.register("before-call.dynamodb.TransactWriteItems", interrupt)

    with pytest.raises(KeyboardInterrupt):
        import_comments(service.backend, path)
    report = import_comments(service.backend, path)

    assert +report.written == {"published comments": 13}
    assert +report.skipped == {"already_there": 7}
    assert len(listed(service)) == 20
    assert counts_of(service, "7") == (20, 1)


def test_the_report_is_readable_and_tells_no_address(
    service: Service, export: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export(an_item(7, a_comment(1), a_comment(2, type="pingback"), a_comment(3, approved="0")))
    parser = ArgumentParser()
    command.add_arguments(parser)

    status = command.run(parser.parse_args([str(path)]), service.backend)

    shown = capsys.readouterr()
    assert status == 0
    assert shown.err == ""
    assert shown.out.splitlines() == [
        "read     3  comments",
        "         1  items",
        "written  1  articles",
        "         1  held comments",
        "         1  published comments",
        "skipped  1  pingback            a link from another site",
    ]


def test_ids_are_those_of_comments_and_tell_sites_apart(any_client: Any, clock: Clock, export: Write) -> None:
    here = Service(make_backend(any_client, clock, table="here"), clock)
    backend = make_backend(any_client, clock, table="there")
    backend.random_bytes = lambda size: bytes(range(size))
    there = Service(backend, clock)
    path = export(an_item(7, a_comment(1)))

    for service in (here, there):
        import_comments(service.backend, path)

    (one,), (other,) = listed(here), listed(there)
    assert threads.is_comment_id(one["id"])
    assert one["id"] != other["id"]
