"""The DynamoDB client of an environment: one, with time-outs well inside the gateway's 29 seconds."""

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

CONNECT_TIMEOUT = 1
READ_TIMEOUT = 3
"""Seconds; with three attempts and their pauses a silent table is given up after about 12 s."""
ATTEMPTS = 3
OPTIONS: dict[str, Any] = {
    "connect_timeout": CONNECT_TIMEOUT,
    "read_timeout": READ_TIMEOUT,
    "retries": {"mode": "standard", "total_max_attempts": ATTEMPTS},
    "tcp_keepalive": True,
    "parameter_validation": False,
    "max_pool_connections": 32,
    "disable_request_compression": True,
}
"""Of botocore's Config, for whoever makes a client."""
DEFAULT_REGION = "eu-west-3"


def make_client() -> "DynamoDBClient":
    """A client by the usual AWS environment variables, AWS_ENDPOINT_URL_DYNAMODB included."""
    import boto3
    from botocore.config import Config

    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
    return boto3.session.Session(region_name=region).client("dynamodb", config=Config(**OPTIONS))
