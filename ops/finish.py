"""`python -m ops finish`: after `chalice deploy`, what Chalice cannot set; run again, it changes nothing.

The gateway's own answers with CORS and our 404, its throttle, the function's reserved concurrency, alarms, a
dashboard, a budget, and, where asked for, the function's own URL and a CloudFront distribution. What it is told is
kept in .chalice/config.json, so that the next deploy need not say it again.
"""

import argparse
import math
from collections.abc import Iterator
from itertools import chain
from typing import Any

from chalicelib.actions import identity
from chalicelib.settings import variable
from ops import snippet
from ops.cloud import cdn, doors
from ops.cloud.account import Account
from ops.cloud.alerts import Alerts
from ops.cloud.backend import open_stage
from ops.cloud.concurrency import Concurrency
from ops.cloud.configuration import Configuration
from ops.cloud.deployed import Deployed
from ops.cloud.entrance import enter
from ops.cloud.function_url import FunctionUrl
from ops.cloud.gateway import Gateway
from ops.cloud.logs import LogGroups
from ops.cloud.resource import Resource
from ops.cloud.stage import Stage
from ops.cloud.steps import Step, take
from ops.costs.estimate import door_of, sentence
from ops.errors import OperatorError

HELP = "set what Chalice cannot, and print what to paste"
CLOUDFRONT = ".cloudfront.net"
DEFAULTS: dict[str, Any] = {
    "budget": 20.0,
    "rate": 100.0,
    "burst": 200,
    "concurrency": 20,
    "function_url": False,
    "cdn": False,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The stage and its limits; what is left out keeps its value, at first the default."""
    parser.add_argument("--stage", required=True, help="the stage that was deployed")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--email", help="who is told of alarms; has to confirm a mail once")
    parser.add_argument("--budget", type=amount, help="US dollars a month that are no alarm (20; 0: no budget)")
    parser.add_argument("--rate", type=rate, help="requests a second that the gateway lets through (100)")
    parser.add_argument("--burst", type=whole, help="requests at once that it lets through (200)")
    parser.add_argument("--concurrency", type=whole, help="environments of the function at once (20; 0 stops it)")
    yes_no = argparse.BooleanOptionalAction
    parser.add_argument(
        "--function-url", action=yes_no, default=None, help="the function's own URL, a cheaper door"
    )
    parser.add_argument("--cdn", action=yes_no, default=None, help="a CloudFront distribution in front of it")


def run(arguments: argparse.Namespace) -> int:
    """Take the steps, then say where the service is and what to paste."""
    stage, account, configuration = enter(arguments.stage)
    stack = Deployed(account, stage).stack
    if stack and not arguments.dry_run:
        raise OperatorError(f"the stack {stack} made this stage: its limits and doors are parameters of the stack")
    told = {name: getattr(arguments, name) for name in DEFAULTS if getattr(arguments, name) is not None}
    options = DEFAULTS | configuration.options | told
    print(f"stage {stage.name} in account {account.id}, region {account.region}")
    unwanted = {name for name, value in told.items() if value is False}
    finishing = Finishing(account, stage, configuration, options, unwanted, arguments.email)
    steps = chain([configuration.keep_options(options)], finishing.steps())
    taken = take(steps, dry_run=arguments.dry_run, say=print)
    if arguments.dry_run:
        print(f"{taken} steps would be taken; nothing was changed")
        return 0
    print("\n".join(finishing.farewell()))
    return 0


class Finishing:
    """What is left to do for a deployed stage; doors that are `unwanted` are taken away."""

    def __init__(
        self,
        account: Account,
        stage: Stage,
        configuration: Configuration,
        options: dict[str, Any],
        unwanted: set[str],
        email: str | None,
    ) -> None:
        self._account = account
        self._stage = stage
        self._configuration = configuration
        self._configured = configured = configuration.settings()
        self._options = options
        self._unwanted = unwanted
        self._deployed = Deployed(account, stage)
        self._concurrency = Concurrency(account, self._deployed, most=options["concurrency"])
        self._alerts = Alerts(
            account,
            stage,
            email=email,
            budget=options["budget"],
            service=configured.table,
            rate=options["rate"],
        )
        self._url = FunctionUrl(account, stage)

    def steps(self) -> Iterator[Step]:
        """All steps, in order."""
        options = self._options
        gateway = Gateway(
            self._account,
            self._deployed,
            language=self._configured.language,
            rate=options["rate"],
            burst=options["burst"],
        )
        yield from gateway.steps()
        yield from self._concurrency.steps()
        yield self._configuration.keep_concurrency(self._concurrency.wanted)
        yield from LogGroups(self._account, self._stage).steps()
        yield from self._alerts.steps(self._deployed)
        if options["function_url"]:
            yield from self._url.steps()
        if options["cdn"]:
            yield from self._cdn().steps()  # which looks for the URL that the steps before may have made
        if "cdn" in self._unwanted:
            yield from map(_removal, cdn.resources(self._account, self._stage))
        yield from self._stale_address()
        if "function_url" in self._unwanted:
            yield from map(_removal, self._url.resources())

    def _stale_address(self) -> Iterator[Step]:
        """Forget a public address at CloudFront that is not, or no more, this stage's."""
        url = self._configured.public_url or ""
        if url.endswith(CLOUDFRONT) and url not in doors.addresses(self._account, self._stage).values():
            yield self._configuration.forget(variable("public_url"))

    def farewell(self) -> Iterator[str]:
        """Where the service is, what is still to be done by hand, and what to paste."""
        warning = self._concurrency.warning()
        if warning:
            yield f"note: {warning}"
        found = doors.addresses(self._account, self._stage)
        configured = self._configuration.settings()
        yield ""
        for name, url in found.items():
            yield f"{name:<13} {url}"
        if doors.CDN in found and not configured.public_url:
            yield (
                "Say so to the service, then deploy again: "
                f"python -m ops provision --stage {self._stage.name} --set TRIBUNE_PUBLIC_URL={found[doors.CDN]}"
            )
        yield f"A token for the CMS: python -m ops tokens --stage {self._stage.name} make publisher"
        yield f"A token for moderators: python -m ops tokens --stage {self._stage.name} make moderator"
        door = door_of(function_url=doors.FUNCTION_URL in found, cdn=doors.CDN in found)
        yield f"What it costs: {sentence(door, region=self._account.region)}"
        yield ""
        yield "Paste into an article's page, with the article's id in place of 42:"
        yield from snippet.lines(doors.best(found, configured), "42")

    def _cdn(self) -> cdn.Cdn:
        with open_stage(self._stage.name) as backend:
            secret = identity.proxy_secret(backend)
        if secret is None:
            raise OperatorError(
                "the service would not know its CDN: "
                f"python -m ops provision --stage {self._stage.name} --set TRIBUNE_PROXY_SECRET=site"
            )
        host, path = self._deployed.api_host, f"/{self._deployed.api_stage}"
        if self._options["function_url"] and self._url.url:
            host, path = self._url.url.removeprefix("https://"), ""
        return cdn.Cdn(self._account, self._stage, host=host, path=path, secret=secret)


def whole(text: str) -> int:
    """A number of 0 or more, as an argument."""
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


def amount(text: str) -> float:
    """A finite number of 0 or more, as an argument."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount of 0 or more")
    return number


def rate(text: str) -> float:
    """A finite number above 0, as an argument."""
    if amount(text) == 0:
        raise argparse.ArgumentTypeError("0 would let nothing through: `--concurrency 0` stops the function")
    return amount(text)


def _removal(resource: Resource) -> Step:
    name = f"{resource.kind} {resource.name}"
    return Step(f"no {name}", lambda: "remove it" if resource.exists() else None, resource.remove)
