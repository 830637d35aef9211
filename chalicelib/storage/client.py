"""The DynamoDB client of an environment: one, soon made, with time-outs well inside the gateway's 29 seconds."""

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

log = logging.getLogger("tribune")
SERVICE = "dynamodb"
API_VERSION = "2012-08-10"
DATA = Path(__file__).parent / "botocore_data"
"""The part of botocore's data that the service needs, written by `python -m ops.build_botocore_data`."""
DEFAULT_REGION = "eu-west-3"
CONNECT_TIMEOUT = 1
READ_TIMEOUT = 2
"""Seconds, both, of one attempt."""
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
"""Of botocore's Config, for whoever makes a client. A silent table is given up after 9 s at most: three attempts
of 2 s, and pauses between them of up to 1 and 2 s. The first call that is given up ends a request as busy."""


class TrimmedData(Loader):
    """botocore's data, with the short files of a folder before its own.

    A file that the folder lacks, and every other service (credentials may come from STS), are botocore's own.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(extra_search_paths=[str(folder)])

    def load_service_model(self, service_name: str, type_name: str, api_version: str | None = None) -> Any:
        """A model by its name; that of DynamoDB without looking through the folders of 400 other services."""
        if service_name == SERVICE:
            return self.load_data(f"{SERVICE}/{API_VERSION}/{type_name}")
        return super().load_service_model(service_name, type_name, api_version)

    def is_builtin_path(self, path: str) -> bool:
        """Always: botocore asks the endpoint rules only where the list of endpoints is its own, as ours is."""
        return True


def make_client(data: Path = DATA) -> "DynamoDBClient":
    """The service's client, which knows the operations it calls and no other, by the usual AWS variables.

    AWS_ENDPOINT_URL_DYNAMODB is one of them. Where the botocore of a runtime cannot read our data, it is
    a full client.
    """
    session = botocore.session.get_session()
    session.register_component("data_loader", TrimmedData(data))
    try:
        return _client(session)
    except Exception as error:  # whatever another version makes of them: slow is better than not at all
        client = make_full_client()
        log.warning("botocore cannot read the data in %s: %s", data.name, type(error).__name__)
        return client


def make_full_client() -> "DynamoDBClient":
    """A client by the same variables that knows every operation and waiter, for operators."""
    return _client(botocore.session.get_session())


def _client(session: botocore.session.Session) -> "DynamoDBClient":
    region = os.environ.get("AWS_REGION") or session.get_config_variable("region") or DEFAULT_REGION
    client: Any = session.create_client(SERVICE, region_name=region, config=Config(**OPTIONS))
    return client  # type: ignore[no-any-return]  # botocore makes its classes as it goes
