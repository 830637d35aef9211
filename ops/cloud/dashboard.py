"""The dashboard of a stage: what readers do, what it costs, and whether it keeps up."""

import json
from typing import Any

from chalicelib.journal import NAMESPACE
from ops.cloud.alarms import Watched

WIDTH, HEIGHT = 12, 6
OUTCOMES = ("published", "held", "refused")
REASONS = ("counted", "repeat", "bot", "prefetch", "opted_out", "unknown_article", "too_many")


def body(region: str, watched: Watched) -> str:
    """The dashboard's body. Names that CloudFormation fills in are written `${Name}` in `watched`."""
    own = ["Service", watched.service]
    gateway = ["ApiName", watched.api_name, "Stage", watched.api_stage]
    table = ["TableName", watched.service]
    function = ["FunctionName", watched.function]
    graphs = [
        ("Comments", "Sum", [[NAMESPACE, "Comments", *own, "Outcome", outcome] for outcome in OUTCOMES]),
        ("Views", "Sum", [[NAMESPACE, "Views", *own, "Reason", reason] for reason in REASONS]),
        ("Seconds behind", "Maximum", [[NAMESPACE, name, *own] for name in ("RollUpLag", "ListAge", "QueueAge")]),
        (
            "Refused",
            "Sum",
            [
                [NAMESPACE, "Throttles", *own],
                [NAMESPACE, "Failures", *own],
                ["AWS/ApiGateway", "4XXError", *gateway],
                ["AWS/ApiGateway", "5XXError", *gateway],
                ["AWS/Lambda", "Throttles", *function],
            ],
        ),
        (
            "Units of the table",
            "Sum",
            [["AWS/DynamoDB", f"Consumed{kind}CapacityUnits", *table] for kind in ("Read", "Write")],
        ),
        (
            "Milliseconds (p95)",
            "p95",
            [["AWS/ApiGateway", "Latency", *gateway], ["AWS/Lambda", "Duration", *function]],
        ),
    ]
    widgets = [
        _graph(region, place, title, statistic, metrics)
        for place, (title, statistic, metrics) in enumerate(graphs)
    ]
    return json.dumps({"widgets": widgets}, separators=(",", ":"))


def _graph(region: str, place: int, title: str, statistic: str, metrics: list[Any]) -> dict[str, Any]:
    row, column = divmod(place, 2)
    return {
        "type": "metric",
        "x": column * WIDTH,
        "y": row * HEIGHT,
        "width": WIDTH,
        "height": HEIGHT,
        "properties": {
            "title": title,
            "region": region,
            "stat": statistic,
            "period": 300,
            "view": "timeSeries",
            "metrics": metrics,
        },
    }
