"""Importing access logs: which lines count, that each counts once, and that the lists are right at once."""

import gzip
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chalicelib.storage import articles, views
from ops import import_views as command
from ops.errors import OperatorError
from ops.import_views import import_views
from tests.conftest import client_on
from tests.ops.logs import ARTICLES, GOOGLEBOT, SITE, Write, a_line, hour, kept, listed, views_of
from tests.scene import FIREFOX, PUBLISHER, Service


@pytest.fixture
def client() -> Iterator[Any]:
    """A client of the embedded engine, which is quicker than moto; `any_client` is of either."""
    with client_on("embedded") as made:
        yield made


def test_a_reader_counts_once_per_article_and_hour(any_service: Service, log: Write) -> None:
    any_service.register()
    path = log(
        a_line("2026-03-01T10:05:00"),
        a_line("2026-03-01T10:59:59"),
        a_line("2026-03-01T11:00:00"),
        a_line("2026-03-01T10:05:00", agent=f"{FIREFOX} other"),
        a_line("2026-03-01T10:05:00", address="203.0.113.8"),
        a_line("2026-03-01T12:30:00", offset="+0200", path="/articles/a1/?page=2"),
    )

    report = import_views(any_service.backend, [path], article=ARTICLES)

    assert (report.read["lines"], report.written["views"], report.skipped["repeat"]) == (6, 4, 2)
    assert views_of(any_service) == 4
    assert listed(any_service) == [("a1", 4)]
    imported = views.read_imported(any_service.backend.table, hour("2026-03-01T10:00:00"))
    assert imported["a1"].views.exact == (3, 0, 0, 0, 0, 0)


def test_only_pages_that_readers_got_count_and_each_other_line_says_why(service: Service, log: Write) -> None:
    service.register()
    service.register("gone")
    service.call("DELETE", "/articles/gone", token=PUBLISHER)
    path = log(
        a_line(),
        a_line("2026-03-01T11:05:00", status=304),
        a_line(method="HEAD"),
        a_line(method="POST"),
        '203.0.113.7 - - [01/Mar/2026:10:05:00 +0000] "-" 408 - "-" "-"',
        a_line(status=206),
        a_line(status=404),
        a_line(path="/articles/a1/picture.png"),
        a_line(path="/?next=/articles/a1"),
        a_line(path="/articles/caf%C3%A9"),
        a_line(path="/articles/.hidden"),
        a_line(agent=GOOGLEBOT),
        a_line(agent=""),
        a_line(agent="-"),
        a_line("2026-03-11T12:00:01"),
        a_line(path="/articles/a2"),
        a_line(path="/articles/gone"),
        "",
    )

    report = import_views(service.backend, [path], article=ARTICLES)

    assert report.written == {"views": 2, "article_hours": 2}
    assert +report.skipped == {
        "other_method": 3,
        "other_status": 2,
        "other_path": 2,
        "invalid_id": 2,
        "bot": 3,
        "future": 1,
        "unknown_article": 2,
    }
    assert report.read["lines"] == report.written["views"] + report.skipped.total()


def test_lines_in_no_known_format_are_counted_and_told(service: Service, log: Write) -> None:
    service.register()
    path = log(
        a_line(),
        a_line().removesuffix('"'),
        a_line("2026-02-30T10:05:00"),
        a_line(offset="+2500"),
        a_line(offset=""),
        f"www.example.org:443 {a_line()}",
        '203.0.113.7 - - [01/Mar/2026:10:05:00 +0000] "GET /articles/a1 HTTP/1.1" 200 512',
        "\udcff\udcfe",
    )

    report = import_views(service.backend, [path], article=ARTICLES)

    assert report.written["views"] == 1
    assert report.skipped["malformed"] == 7
    assert report.details == [f"malformed: {path}, line {number}" for number in range(2, 7)]


def test_agents_are_told_apart_by_every_byte(service: Service, log: Write) -> None:
    service.register()
    agents = (f'{FIREFOX} \\"a\\"', f'{FIREFOX} \\"b\\"', f"{FIREFOX} \udce9", f"{FIREFOX} \udce8", f"{FIREFOX} é")
    path = log(*(a_line(agent=agent) + ' "203.0.113.9" 0.004' for agent in agents))

    import_views(service.backend, [path], article=ARTICLES)

    assert views_of(service) == 5


def test_an_unknown_article_is_registered_when_asked(service: Service, log: Write) -> None:
    service.register("gone")
    service.call("DELETE", "/articles/gone", token=PUBLISHER)
    path = log(
        a_line("2026-03-01T11:00:00", path="/articles/a1/?from=mail"),
        a_line("2026-03-01T10:00:00", path="/articles/a1"),
        a_line(path="/articles/gone"),
        a_line(path="/articles/bad<tag"),
    )

    report = import_views(
        service.backend, [path], article=r"^/articles/(?P<article_id>[a-z0-9]+)", register=True, site=f"{SITE}/"
    )

    article = articles.read(service.backend.table, "a1")
    assert article
    assert (article.url, article.title, article.views) == (f"{SITE}/articles/a1", "a1", 2)
    assert articles.read(service.backend.table, "gone") is None
    assert +report.skipped == {"article_deleted": 1, "invalid_url": 1}


def test_the_windows_hold_what_belongs_to_them(service: Service, log: Write) -> None:
    service.register()
    times = (
        "2015-05-17T10:00:00",
        "2026-02-09T23:59:59",
        "2026-02-10T00:00:00",
        "2026-03-04T23:59:59",
        "2026-03-05T00:00:00",
        "2026-03-10T12:59:59",
        "2026-03-10T13:00:00",
        "2026-03-11T11:09:59",
        "2026-03-11T11:10:00",
    )

    import_views(service.backend, [log(*map(a_line, times))], article=ARTICLES)

    windows = ("all", "30d", "7d", "24h", "1h")
    # 24h and 1h: from 13:00 the day before, and from 11:10. The last hour holds one reader, who came at 11:09.
    assert [listed(service, window) for window in windows] == [
        [("a1", 8)],
        [("a1", 6)],
        [("a1", 4)],
        [("a1", 2)],
        [],
    ]


@pytest.mark.parametrize(
    ("last", "falls"),
    [
        pytest.param("2015-05-20T21:00:00", "2026-03-11T12:00:00", id="at a full hour, as it is now"),
        pytest.param("2015-05-20T21:05:17", "2026-03-11T11:05:17", id="later in the hour than it is now"),
        pytest.param("2030-05-20T21:05:17", "2026-03-11T11:05:17", id="in the future"),
    ],
)
def test_a_shifted_log_ends_just_before_now(service: Service, log: Write, last: str, falls: str) -> None:
    service.register()
    path = log(a_line(last, path="/robots.txt"), a_line(last))

    import_views(service.backend, [path], article=ARTICLES, shift_to_now=True)

    imported = views.read_imported(service.backend.table, hour(falls))
    assert imported["a1"].views.exact == (1, 0, 0, 0, 0, 0)
    assert listed(service, "24h") == [("a1", 1)]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param({"article": "/articles/(.*)"}, "has no group article_id", id="no group"),
        pytest.param({"article": "/articles/(?P<article_id>"}, "is no regular expression", id="no expression"),
        pytest.param({"register": True}, "--register needs --site", id="no site"),
        pytest.param({"register": True, "site": "www.example.org"}, "is no address", id="site without scheme"),
    ],
)
def test_options_that_cannot_be_used_are_refused(
    service: Service, log: Write, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(OperatorError, match=said):
        import_views(service.backend, [log(a_line())], **({"article": ARTICLES} | options))


@pytest.mark.parametrize("kind", ["missing", "a folder", "cut off"])
def test_a_file_that_cannot_be_read_writes_nothing(
    service: Service, log: Write, tmp_path: Path, kind: str
) -> None:
    service.register()
    bad = {"missing": tmp_path / "missing.log", "a folder": tmp_path, "cut off": tmp_path / "cut.log.gz"}[kind]
    (tmp_path / "cut.log.gz").write_bytes(gzip.compress(a_line().encode())[:-12])
    before = kept(service.backend)

    with pytest.raises(OperatorError, match="cannot be read"):
        import_views(service.backend, [log(a_line()), bad], article=ARTICLES)

    assert kept(service.backend) == before


def test_the_report_is_readable_and_tells_no_reader(
    service: Service, log: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = ArgumentParser()
    command.add_arguments(parser)
    path = log(a_line(), a_line(), a_line(agent=GOOGLEBOT), "203.0.113.7 speaks")
    given = parser.parse_args([str(path), "--article", ARTICLES, "--register", "--site", SITE])

    status = command.run(given, service.backend)

    shown = capsys.readouterr()
    assert (status, shown.err) == (0, "")
    assert shown.out.splitlines() == [
        "read     4  lines",
        "written  1  article_hours  hours of one article",
        "         1  articles",
        "         1  views",
        "skipped  1  bot            asked for by a known bot, or by who does not say what it is",
        "         1  malformed      not in combined format",
        "         1  repeat         the same reader of the same article in the same hour",
        f"malformed: {path}, line 4",
    ]


@pytest.mark.parametrize(
    ("path", "article_id"),
    [
        ("/articles/ski-jumping/", "ski-jumping"),
        ("/articles/4711", "4711"),
        ("/2026/03/11/ski-jumping/", "ski-jumping"),
        ("/sport/ski-jumping,4711.html", "4711"),
        ("/blog/any/ski-jumping.html", "ski-jumping"),
        ("/articles/cold/", "cold"),
    ],
)
def test_each_pattern_of_the_help_finds_its_article(
    service: Service, log: Write, path: str, article_id: str
) -> None:
    shown = (command.__doc__ or "").splitlines()
    (example,) = [line for line in shown if line.partition("'")[0].find(path) >= 0]
    pattern = example.split("'")[1]

    import_views(service.backend, [log(a_line(path=path))], article=pattern, register=True, site=SITE)

    assert listed(service) == [(article_id, 1)]
