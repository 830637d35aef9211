"""What each Lambda function may do, and no more: one policy each, shared by both ways of deploying.

Which function needs what follows from the calls of the code; a test takes every one away, and the story of a
comment and a view fails without it.
"""

from typing import Any

from chalicelib.storage import keys
from ops.cloud.stage import API_HANDLER, ROLL_UP

TABLE_ACTIONS = {
    API_HANDLER: ("BatchGetItem", "GetItem", "PutItem", "UpdateItem"),
    ROLL_UP: ("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
}
"""DynamoDB actions on the table; a transaction needs those of its writes, a Query of an index none at all."""
INDEXES = {API_HANDLER: (keys.AUTHOR, keys.QUEUE, keys.THREAD), ROLL_UP: (keys.QUEUE,)}
"""The indexes that a function queries."""


def policy(function: str, table_arn: Any, log_group_arn: Any, *, xray: bool = False) -> dict[str, Any]:
    """The policy of one of the functions; each ARN is a text, or what CloudFormation makes one of."""
    statements = [
        _allow("Table", [f"dynamodb:{action}" for action in TABLE_ACTIONS[function]], table_arn),
        _allow(
            "Indexes",
            ["dynamodb:Query"],
            [_below(table_arn, f"index/{index}") for index in INDEXES[function]],
        ),
        _never(["dynamodb:DeleteItem", "dynamodb:UpdateItem"], table_arn, keys.audit_lines()),
        _allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], _below(log_group_arn, "*", ":")),
    ]
    if xray:
        # These two actions know no resources (Service Authorization Reference, AWS X-Ray).
        statements.append(_allow("Tracing", ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], "*"))
    return {"Version": "2012-10-17", "Statement": statements}


def _allow(sid: str, actions: list[str], resource: Any) -> dict[str, Any]:
    return {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}


def _never(actions: list[str], table_arn: Any, partitions: str) -> dict[str, Any]:
    """No such action on the items of some partitions, whatever else is allowed: the audit is written once."""
    condition = {"ForAnyValue:StringLike": {"dynamodb:LeadingKeys": [partitions]}}
    return {"Sid": "Audit", "Effect": "Deny", "Action": actions, "Resource": table_arn, "Condition": condition}


def _below(arn: Any, rest: str, separator: str = "/") -> Any:
    """The ARN of something inside of a resource."""
    return f"{arn}{separator}{rest}" if isinstance(arn, str) else {"Fn::Join": [separator, [arn, rest]]}
