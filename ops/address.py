"""`python -m ops address`: where a stage answers, what to paste into a page for it, or what its CDN must send."""

import argparse

from chalicelib.actions import identity
from ops import snippet
from ops.cloud import doors
from ops.cloud.backend import open_stage
from ops.cloud.entrance import enter

HELP = "print where a stage answers, the snippet for a page, or the secret for a CDN"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage, and the article whose snippet is wanted."""
    parser.add_argument("--stage", required=True, help="a stage that is deployed")
    wanted = parser.add_mutually_exclusive_group()
    wanted.add_argument("--snippet", metavar="ARTICLE_ID", help="print what to paste into this article's page")
    wanted.add_argument(
        "--proxy-secret", action="store_true", help="print what a CDN of your own must send as X-Tribune-Proxy"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print one of the three."""
    if arguments.proxy_secret:
        with open_stage(arguments.stage) as backend:
            print(identity.proxy_secret(backend))
        return 0
    stage, account, configuration = enter(arguments.stage)
    url = doors.best(doors.addresses(account, stage), configuration.settings())
    print("\n".join(snippet.lines(url, arguments.snippet)) if arguments.snippet else url)
    return 0
