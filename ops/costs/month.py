"""A month of a site: what its readers, writers, moderators and timers consume, by what causes it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.actions import counting, identity
from chalicelib.backend import LAMBDA_ROLL_UP_SECONDS
from chalicelib.journal import NAMESPACE
from chalicelib.rules import instants
from chalicelib.storage.views import SET_LIFE
from ops.cloud import alarms, dashboard
from ops.cloud.alarms import Watched
from ops.cloud.logs import KEPT_DAYS
from ops.cloud.stage import FUNCTIONS
from ops.costs import measured
from ops.costs.assumptions import Assumptions
from ops.costs.bill import GB, Usage
from ops.costs.usage import Request, RollUp

CONFIG = Path(__file__).parents[2] / ".chalice" / "config.json"
LINE_BYTES = 26
"""What CloudWatch Logs adds to each line (PutLogEvents, Amazon CloudWatch Logs API Reference)."""
LAMBDAS_LINES = (
    "START RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd Version: $LATEST\n",
    "END RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\n",
    "REPORT RequestId: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\tDuration: 1234.56 ms\tBilled Duration: 1235 ms\t"
    "Memory Size: 512 MB\tMax Memory Used: 128 MB\t\n",
)
"""What Lambda itself logs of each request."""
KEY_KEPT_SECONDS = 300
"""How long DynamoDB keeps a table's key for a caller (Amazon DynamoDB Developer Guide, encryption at rest)."""


@dataclass(frozen=True)
class Door:
    """A way into the service."""

    name: str
    gateway: bool
    cdn: bool


DOORS = {
    "rest": Door("REST API", gateway=True, cdn=False),
    "url": Door("Function URL", gateway=False, cdn=False),
    "rest-cdn": Door("REST API behind CloudFront", gateway=True, cdn=True),
    "url-cdn": Door("Function URL behind CloudFront", gateway=False, cdn=True),
}


def month(views: float, door: Door, assumptions: Assumptions) -> dict[str, Usage]:
    """What a month with so many views that count consumes, by cause."""
    readers, writers = asked_by_readers(views, assumptions), asked_by_writers(views, assumptions)
    reaching = _past_cdn(readers, door, assumptions)
    causes = {
        "readers": together(
            served(reaching, door, assumptions),
            forgotten(reaching, door, assumptions),
            delivered(readers, door, assumptions),
        ),
        "comments, moderators and the CMS": together(
            served(writers, door, assumptions), delivered(writers, door, assumptions)
        ),
        "the roll-up": rolled_up(views, assumptions),
        "the table's storage": stored(views, assumptions),
        "metrics, alarms and dashboard": watched(assumptions),
    }
    return {cause: with_kept_logs(usage, assumptions) for cause, usage in causes.items()}


def asked_by_readers(views: float, assumptions: Assumptions) -> dict[str, float]:
    """Requests a month that any page causes. A repeat is charged as a view: most meet another environment."""
    return {
        "view": views * (1 + assumptions.repeats),
        "view refused": views * assumptions.bots,
        "list": views * assumptions.lists_alone,
        "page of 20 threads": views * assumptions.comment_pages,
        "script": views * assumptions.new_browsers,
    }


def asked_by_writers(views: float, assumptions: Assumptions) -> dict[str, float]:
    """Requests a month of those who comment, moderate and publish."""
    comments, days = views * assumptions.comments, assumptions.hours / 24
    return {
        "comment published": comments * (1 - assumptions.held),
        "comment held": comments * assumptions.held,
        "decision": comments * assumptions.held,
        "page of the queue": comments * assumptions.held + assumptions.queue_pages_a_day * days,
        "article registered": assumptions.articles_a_day * assumptions.changes_an_article * days,
    }


def served(requests: Mapping[str, float], door: Door, assumptions: Assumptions) -> Usage:
    """What requests that reach the service consume there: so many of each kind."""
    usage: dict[str, float] = defaultdict(float)
    for name, count in requests.items():
        request = measured.request(name)
        usage["lambda_requests"] += count
        usage["lambda_gb_seconds"] += count * seconds(request, assumptions) * _memory_gb()
        usage["write_units"] += count * request.write_units
        usage["read_units"] += count * request.read_units
        usage["log_gb"] += count * _logged(request.log_bytes) / GB
        if door.gateway:
            usage["gateway_requests"] += count
    return usage


def delivered(
    requests: Mapping[str, float], door: Door, assumptions: Assumptions, *, plain: bool = False
) -> Usage:
    """What their answers cost on the way out; `plain` of clients that take no compressed ones.

    The REST API compresses. A Function URL does not, and CloudFront compresses only what it caches; to both the
    service gives its scripts compressed.
    """
    total = sum(
        count
        * _answer_bytes(
            measured.request(name), assumptions, gzipped=(door.gateway or name == "script") and not plain
        )
        for name, count in requests.items()
    )
    if door.cdn:
        return {"cdn_requests": sum(requests.values()), "cdn_gb": total / GB}
    return {"transfer_gb": total / GB}


def forgotten(requests: Mapping[str, float], door: Door, assumptions: Assumptions) -> Usage:
    """What environments read that remember for a while only: of n requests in a life, one in 1 + n finds nothing.

    Readers spread evenly over articles and environments, which costs the most.
    """
    month_seconds = assumptions.hours * 3600
    busy = sum(count * seconds(measured.request(name), assumptions) for name, count in requests.items())
    environments = 1 + assumptions.peak * busy / month_seconds
    articles = assumptions.articles_a_day * 30
    views = sum(count for name, count in requests.items() if name.startswith("view"))
    lists = views + requests.get("list", 0)
    asked = {
        "article": (views, articles, counting.ARTICLE_REMEMBERED / instants.SECOND),
        "salt": (views, 1, identity.REMEMBERED / instants.SECOND),
        "list": (lists, assumptions.lists_shown, LAMBDA_ROLL_UP_SECONDS / 2),
        "secret": (sum(requests.values()) if door.cdn else 0, 1, identity.REMEMBERED / instants.SECOND),
    }
    units = 0.0
    for name, (count, places, life) in asked.items():
        units += missed(count, environments * places * month_seconds / life) * measured.known()["remembered"][name]
    return {"read_units": units}


def missed(count: float, lives: float) -> float:
    """Of `count` requests that come by chance, how many find nothing remembered, where that lasts for `lives`."""
    return count / (1 + count / lives)


def rolled_up(views: float, assumptions: Assumptions) -> Usage:
    """The timer's month."""
    return rolled_up_by(measured.roll_up(views), assumptions)


def rolled_up_by(minute: RollUp, assumptions: Assumptions) -> Usage:
    """A month of such roll-ups, one a minute."""
    minutes = assumptions.hours * 60
    milliseconds = (
        assumptions.milliseconds
        + minute.calls * assumptions.milliseconds_a_call
        + minute.articles * assumptions.milliseconds_an_article
    )
    return {
        "lambda_requests": minutes,
        "lambda_gb_seconds": minutes * milliseconds / 1000 * _memory_gb(),
        "write_units": minutes * minute.write_units,
        "read_units": minutes * minute.read_units,
        "log_gb": minutes * _logged(minute.log_bytes) / GB,
    }


def stored(views: float, assumptions: Assumptions) -> Usage:
    """The table after so many months, its backup, and the requests for its key."""
    kept, days = assumptions.months_kept, assumptions.hours / 24
    items = {
        "comment": views * assumptions.comments * kept,
        "article": assumptions.articles_a_day * days * kept,
        "set": views * (1 + assumptions.repeats) * SET_LIFE / instants.HOUR / assumptions.hours,
    }
    sizes = measured.known()["stored"]
    total = measured.roll_up(views).hour_bytes * assumptions.hours * kept
    for name, count in items.items():
        total += count * (sizes[f"{name}_bytes"] + sizes[f"{name}_items"] * assumptions.item_overhead)
    key_requests = len(FUNCTIONS) * assumptions.hours * 3600 / KEY_KEPT_SECONDS
    return {"stored_gb": total / GB, "recovery_gb": total / GB, "key_requests": key_requests}


def watched(assumptions: Assumptions) -> Usage:
    """What watches over a stage: the metrics that its dashboard shows, its alarms, the dashboard."""
    nobody = Watched("", "", "", "", "")
    widgets = json.loads(dashboard.body("", nobody))["widgets"]
    shown = {tuple(metric) for widget in widgets for metric in widget["properties"]["metrics"]}
    own = [metric for metric in shown if metric[0] == NAMESPACE]
    return {"metrics": len(own), "alarms": len(alarms.names("")), "dashboards": 1}


def seconds(request: Request, assumptions: Assumptions) -> float:
    """How long a request takes, as assumed, its share of cold starts included."""
    milliseconds = (
        assumptions.milliseconds
        + request.calls * assumptions.milliseconds_a_call
        + request.body_bytes / 1024 * assumptions.milliseconds_a_kb
        + assumptions.cold_starts * assumptions.cold_start
    )
    return milliseconds / 1000


def with_kept_logs(usage: Usage, assumptions: Assumptions) -> Usage:
    """The same, with the logs that are kept of what came in."""
    months = KEPT_DAYS / (assumptions.hours / 24)
    return {**usage, "kept_log_gb": usage["log_gb"] * months} if "log_gb" in usage else dict(usage)


def together(*parts: Usage) -> Usage:
    """Quantities added up by name."""
    total: dict[str, float] = defaultdict(float)
    for part in parts:
        for name, quantity in part.items():
            total[name] += quantity
    return dict(total)


def _past_cdn(requests: Mapping[str, float], door: Door, assumptions: Assumptions) -> dict[str, float]:
    """The requests that reach the service: of lists only what the CDN does not have, and hardly ever a script."""
    if not door.cdn:
        return dict(requests)
    lives = assumptions.hours * 3600 / measured.known()["list_max_age"]
    places = assumptions.cdn_caches * assumptions.lists_shown
    lists = missed(requests["list"], places * lives)
    return {**requests, "list": lists, "script": min(requests["script"], assumptions.cdn_caches)}


def _answer_bytes(request: Request, assumptions: Assumptions, *, gzipped: bool) -> float:
    compressed = gzipped and request.body_bytes >= _config()["minimum_compression_size"]
    body = request.gzip_bytes if compressed else request.body_bytes
    return request.header_bytes + body + assumptions.answer_overhead


def _logged(own_bytes: float) -> float:
    return own_bytes + LINE_BYTES + sum(len(line) + LINE_BYTES for line in LAMBDAS_LINES)


def _memory_gb() -> float:
    return float(_config()["lambda_memory_size"]) / 1024


@cache
def _config() -> dict[str, Any]:
    """What Chalice is told of every stage."""
    config: dict[str, Any] = json.loads(CONFIG.read_text("utf-8"))
    return config
