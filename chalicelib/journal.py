"""What is told of the service as it works: one line of JSON for each event, with its metrics in the same line.

Metrics are in CloudWatch's embedded metric format ("Specification: Embedded metric format", Amazon CloudWatch
User Guide): CloudWatch Logs reads them out of the lines, so that nothing is called for them. A line never holds
what a reader sent: no address, agent, query, referer, name or text, and of an exception never its message.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, Literal

from chalicelib.rules import instants

Facts = dict[str, Any]
NAMESPACE = "Tribune"
SERVICE = "Service"
"""The dimension of every metric: the table's name."""
ROOT = f"{Path(__file__).parents[1]}/"
MOST_FRAMES = 20
CODE = re.compile(r"[a-z0-9_]{1,40}", re.ASCII)


@dataclass(frozen=True)
class Metric:
    """One number for CloudWatch; `of` names a second dimension and its value."""

    name: str
    value: float = 1
    unit: Literal["Count", "Seconds"] = "Count"
    of: tuple[str, str] | None = None


THROTTLED = Metric("Throttles")
FAILED = Metric("Failures")


def comment_taken(status: str) -> Metric:
    """A comment that was published, or held for a moderator."""
    return Metric("Comments", of=("Outcome", "published" if status == "published" else "held"))


COMMENT_REFUSED = Metric("Comments", of=("Outcome", "refused"))


def view(reason: str | None) -> Metric:
    """A view, counted or not for a reason."""
    return Metric("Views", of=("Reason", reason or "counted"))


def ages(**milliseconds: int | None) -> list[Metric]:
    """Ages by the metric's name, in seconds; those that are None are not there to be measured."""
    return [
        Metric(name, max(age, 0) / instants.SECOND, "Seconds")
        for name, age in milliseconds.items()
        if age is not None
    ]


def line(event: str, at: int, service: str, facts: Facts, metrics: Iterable[Metric] = ()) -> str:
    """An event as one line, without its end; `at` in milliseconds, `service` is whose metrics they are."""
    body: Facts = {"event": event, "at": instants.text(at), **facts}
    directives: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for metric in metrics:
        dimensions = {SERVICE: service} | dict([metric.of] if metric.of else [])
        directives.setdefault(tuple(dimensions), []).append({"Name": metric.name, "Unit": metric.unit})
        body |= dimensions | {metric.name: metric.value}
    if directives:
        body["_aws"] = {
            "Timestamp": at,
            "CloudWatchMetrics": [
                {"Namespace": NAMESPACE, "Dimensions": [list(dimensions)], "Metrics": named}
                for dimensions, named in directives.items()
            ],
        }
    return json.dumps(body, separators=(",", ":"))


def failure(error: BaseException) -> Facts:
    """What kind of exception it was, or was made of, and where it happened; never what it says."""
    cause = error.__cause__ or error
    frames = [*_frames(error.__traceback__ or cause.__traceback__)]
    return {"kind": _kind(cause), "where": frames[-MOST_FRAMES:]}


def code(text: str | None) -> str | None:
    """A reason if it is a code; whatever a person wrote in words is `other`."""
    return text if text is None or CODE.fullmatch(text) else "other"


def standard_output(text: str) -> None:
    """Write a bare line: Lambda's own logging would put words before it, and CloudWatch parse none of it."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def nowhere(text: str) -> None:
    """Drop a line."""


def _kind(error: BaseException) -> str:
    """The exception's class; of what DynamoDB refused the code says more, as botocore keeps it."""
    response = getattr(error, "response", None)
    refused = response.get("Error", {}).get("Code") if isinstance(response, dict) else None
    return str(refused or type(error).__name__)


def _frames(trace: TracebackType | None) -> Iterator[str]:
    for frame, number in walk_tb(trace):
        called = frame.f_code
        yield f"{called.co_filename.removeprefix(ROOT)}:{number}:{called.co_name}"
