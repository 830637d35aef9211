"""`python -m ops address`: where a deployed stage answers, or what to paste into an article's page for it."""

import argparse

from ops import snippet
from ops.cloud import doors
from ops.cloud.entrance import enter

NAME = "address"
HELP = "print where a stage answers, or the snippet for a page"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage, and the article whose snippet is wanted."""
    parser.add_argument("--stage", required=True, help="a stage that is deployed")
    parser.add_argument("--snippet", metavar="ARTICLE_ID", help="print what to paste into this article's page")


def run(arguments: argparse.Namespace) -> int:
    """Print one or the other."""
    stage, account, configuration = enter(arguments.stage)
    url = doors.best(doors.addresses(account, stage), configuration.settings())
    print(snippet.form(url, arguments.snippet) if arguments.snippet else url)
    return 0
