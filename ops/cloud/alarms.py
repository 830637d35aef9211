"""The alarms that matter, each with its entry in the runbook: shared by both ways of deploying."""

from dataclasses import dataclass
from typing import Any

from chalicelib.actions.health import LATE
from chalicelib.journal import NAMESPACE
from chalicelib.rules import instants

RUNBOOK = "docs/operating.md"
LATE_SECONDS = LATE // instants.SECOND
OLD_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Watched:
    """What alarms and the dashboard look at; each is a text, or what CloudFormation makes one of."""

    service: Any
    """The table's name, by which the service calls itself in its metrics."""
    api_name: Any
    api_stage: Any
    function: Any
    topic: Any
    rate: float = 0
    """Requests a second that the gateway lets through."""


def alarms(label: str, watched: Watched) -> list[dict[str, Any]]:
    """The arguments of PutMetricAlarm, which are the properties of AWS::CloudWatch::Alarm as well."""
    found = [*_of_the_service(watched.service), *_of_the_function(watched.function, watched.rate)]
    actions = {"AlarmActions": [watched.topic], "OKActions": [watched.topic]}
    return [{**alarm, "AlarmName": f"{label}-{alarm['AlarmName']}", **actions} for alarm in found]


def names(label: str) -> list[str]:
    """The names of a stage's alarms."""
    return [alarm["AlarmName"] for alarm in alarms(label, Watched("", "", "", "", ""))]


def _of_the_service(service: Any) -> list[dict[str, Any]]:
    own = [{"Name": "Service", "Value": service}]
    return [
        _alarm(
            "roll-up-late",
            "The most-read lists are not brought up to date any more.",
            _metric(NAMESPACE, "RollUpLag", own, "Maximum", 60),
            above=LATE_SECONDS,
            periods=5,
            when_missing="breaching",
        ),
        _alarm(
            "throttled",
            "DynamoDB throttles, or does not answer: readers are told to come back.",
            _metric(NAMESPACE, "Throttles", own, "Sum", 300),
            above=5,
        ),
        _alarm(
            "failing",
            "Requests end with 500: a fault of the service's own.",
            _metric(NAMESPACE, "Failures", own, "Sum", 300),
            above=5,
        ),
        _alarm(
            "queue-old",
            "A comment has waited for a moderator for more than a day.",
            _metric(NAMESPACE, "QueueAge", own, "Maximum", 3600),
            above=OLD_SECONDS,
        ),
    ]


def _of_the_function(name: Any, rate: float) -> list[dict[str, Any]]:
    function = [{"Name": "FunctionName", "Value": name}]
    return [
        _alarm(
            "crashing",
            "The function ends without an answer, or takes too long: readers get 5xx from the door.",
            _metric("AWS/Lambda", "Errors", function, "Sum", 300),
            above=5,
        ),
        _alarm(
            "at-its-limit",
            "Lambda refuses work: the function's reserved concurrency is used up.",
            _metric("AWS/Lambda", "Throttles", function, "Sum", 300),
            above=10,
        ),
        _alarm(
            "rush",
            "For a quarter of an hour requests have come at more than a quarter of what the gateway lets through.",
            _metric("AWS/Lambda", "Invocations", function, "Sum", 300),
            above=int(rate * 300 / 4),
            periods=3,
        ),
    ]


def _metric(namespace: str, name: str, dimensions: list[Any], statistic: str, seconds: int) -> dict[str, Any]:
    return {
        "Namespace": namespace,
        "MetricName": name,
        "Dimensions": dimensions,
        "Statistic": statistic,
        "Period": seconds,
    }


def _alarm(
    name: str,
    meaning: str,
    metric: dict[str, Any],
    *,
    above: int,
    periods: int = 1,
    when_missing: str = "notBreaching",
) -> dict[str, Any]:
    return {
        "AlarmName": name,
        "AlarmDescription": f"{meaning} {RUNBOOK}#{name}",
        **metric,
        "Threshold": float(above),
        "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationPeriods": periods,
        "DatapointsToAlarm": periods,
        "TreatMissingData": when_missing,
    }
