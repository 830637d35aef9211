"""Count the page views of access logs in combined format, by the rules by which live views are counted.

A GET that was answered 200 or 304 is a view, if the path (without its query, as logged) names an article and
the user agent is no known bot. One reader is an address and a user agent, counted once per article and hour.
REGEX is looked for anywhere in the path; its group `article_id` is the article. Anchor it with ^ and $, or
pictures and pages below an article count as well:

  /articles/ski-jumping/ or /articles/4711      '^/articles/(?P<article_id>[^/]+)/?$'
  /2026/03/11/ski-jumping/ (WordPress)          '^/\\d{4}/\\d\\d/\\d\\d/(?P<article_id>[^/]+)/?$'
  /sport/ski-jumping,4711.html                  '^/[^/]+/[^/]+,(?P<article_id>\\d+)\\.html$'
  /blog/any/ski-jumping.html, /articles/cold/   '^/(?:blog/\\w+|articles)/(?P<article_id>[\\w.-]+?)(?:\\.html)?/?$'

  python -m ops import-views access.log access.log.1.gz --article '^/articles/(?P<article_id>[^/]+)/?$'

Give all files of an hour in one call: they are counted together, in any order. An article's hour that already
holds views is left as it is, so importing a log again changes nothing and an interrupted import is simply run
again; --recount puts the log's count in the place of all that was counted of that hour.
--shift-to-now is for trying things out: another hour, another shift, and the log counts once more.
"""

import argparse
import re
from pathlib import Path

from chalicelib.backend import Backend
from chalicelib.rules import instants
from chalicelib.rules.fields import FieldError
from chalicelib.rules.ranking import NOBODY
from chalicelib.rules.web_address import clean_url
from chalicelib.storage import articles, views
from chalicelib.storage.views import Imported
from ops.errors import OperatorError
from ops.log_tally import Tally, read_logs
from ops.progress import Progress, on_terminal, silent
from ops.recounting import count_live_views, sum_again
from ops.report import Report

HELP = "count the page views of access logs"
WORDS = {
    "malformed": "not in combined format",
    "other_method": "not a GET",
    "other_status": "not answered 200 or 304",
    "other_path": "the path names no article",
    "invalid_id": "what REGEX finds is no article's id: 1 to 128 of A-Z a-z 0-9 . _ ~ -, a letter or digit first",
    "bot": "asked for by a known bot, or by who does not say what it is",
    "future": "later than now",
    "unknown_article": "the article is not registered: --register does so",
    "article_deleted": "the article was deleted here, and stays so",
    "invalid_url": "the article cannot be registered: --site and path make no web address",
    "already_counted": "of an article's hour that holds views already: --recount counts it again",
    "repeat": "the same reader of the same article in the same hour",
    "article_hours": "hours of one article",
    "replaced_hours": "hours of one article, counted again",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files and what they mean."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="an access log, plain or gzipped")
    parser.add_argument(
        "--article",
        metavar="REGEX",
        required=True,
        help="finds an article in a path; its group article_id is the article's id",
    )
    parser.add_argument(
        "--register",
        action="store_true",
        help="register articles that are not here, with their id as title; needs --site",
    )
    parser.add_argument("--site", metavar="URL", help="what stands before the paths, as https://www.example.org")
    parser.add_argument(
        "--recount",
        action="store_true",
        help="replace what was counted of the articles' hours in the log, live views included",
    )
    parser.add_argument(
        "--shift-to-now",
        action="store_true",
        help="move all times by whole hours, so that the last line falls within the last hour",
    )


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """Import, and say what was done. Raises OperatorError."""
    report = import_views(
        backend,
        arguments.files,
        article=arguments.article,
        register=arguments.register,
        site=arguments.site,
        recount=arguments.recount,
        shift_to_now=arguments.shift_to_now,
        progress=on_terminal,
    )
    print(report)
    return 0


def import_views(
    backend: Backend,
    files: list[Path],
    *,
    article: str,
    register: bool = False,
    site: str | None = None,
    recount: bool = False,
    shift_to_now: bool = False,
    progress: Progress = silent,
) -> Report:
    """Count the logs' views and bring every list up to date.

    Raises OperatorError, before anything is written, for options or files that cannot be used.
    """
    report = Report(WORDS)
    pattern = _pattern(article)
    base = _site(site) if register else None
    now = backend.now()
    tally = read_logs(backend, files, pattern, report, latest=None if shift_to_now else now, progress=progress)
    shift = (now - tally.last) // instants.HOUR if shift_to_now else 0
    taken = _known_articles(backend, tally, base, report)
    count_live_views(backend)
    hours = {hour + shift: ids & taken for hour, ids in sorted(tally.articles_by_hour().items()) if ids & taken}
    with progress("writing", len(hours), "hour") as step:
        for hour, ids in hours.items():
            _write_hour(backend, tally, hour, hour - shift, ids, recount=recount, report=report)
            step(1)
    sum_again(backend, hours, taken)
    return report


def _write_hour(
    backend: Backend, tally: Tally, hour: int, logged: int, ids: set[str], *, recount: bool, report: Report
) -> None:
    """Add some articles' views, which the log has at the hour `logged`, to an hour's document."""
    live, imported = views.read_live(backend.table, hour), views.read_imported(backend.table, hour)
    changed = False
    for id in sorted(ids):
        held = id in live or id in imported
        if held and not recount:
            report.skipped["already_counted"] += tally.lines[logged, id]
            continue
        imported[id] = Imported(tally.views_of(logged, id), instead=live.get(id, NOBODY))
        changed = True
        unique = sum(imported[id].views.exact)
        report.written["views"] += unique
        report.skipped["repeat"] += tally.lines[logged, id] - unique
        report.written["replaced_hours" if held else "article_hours"] += 1
    if changed:
        views.write_imported(backend.table, hour, imported)


def _known_articles(backend: Backend, tally: Tally, base: str | None, report: Report) -> set[str]:
    """The articles of the logs that are registered, or, with a `base` for their addresses, are so now."""
    known = set(articles.read_many(backend.table, tally.first, consistent=True))
    lines = tally.lines_by_article()
    for id in sorted(tally.first.keys() - known):
        reason = "unknown_article" if base is None else _registered(backend, id, base + tally.first[id][1])
        if reason is None:
            known.add(id)
            report.written["articles"] += 1
        else:
            report.skipped[reason] += lines[id]
    return known


def _registered(backend: Backend, article_id: str, address: str) -> str | None:
    """Register an article; the reason why not, if so."""
    if articles.read_any(backend.table, article_id):
        return "article_deleted"
    try:
        url = clean_url(address)
    except FieldError:
        return "invalid_url"
    articles.register(backend.table, article_id, {"url": url, "title": article_id}, backend.now())
    return None


def _pattern(text: str) -> re.Pattern[str]:
    try:
        pattern = re.compile(text)
    except re.error as error:
        raise OperatorError(f"--article {text!r} is no regular expression: {error}") from error
    if "article_id" not in pattern.groupindex:
        raise OperatorError(
            f"--article {text!r} has no group article_id: write (?P<article_id>...) around the article's id"
        )
    return pattern


def _site(text: str | None) -> str:
    if text is None:
        raise OperatorError("--register needs --site, the address that stands before the paths of the log")
    try:
        return clean_url(text).rstrip("/")
    except FieldError as error:
        raise OperatorError(f"--site {text!r} is no address as https://www.example.org") from error
