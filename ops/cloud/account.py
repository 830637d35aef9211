"""The AWS account and region that a command works in, by the usual environment variables and profiles."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    HTTPClientError,
    NoCredentialsError,
    NoRegionError,
    WaiterError,
)

from ops.errors import OperatorError

PATIENCE = Config(retries={"mode": "standard", "total_max_attempts": 6})
"""An operator waits rather than starts again."""
NO_REGION = "no region is set: export AWS_DEFAULT_REGION, for example eu-west-3"
MENDED = "mend that and run the command again: what is done already stays"
DENIED = {"AuthorizationError", "UnauthorizedOperation", "SubscriptionRequiredException"}
ABSENT = {"NoSuchEntity", "NoSuchDistribution", "NoSuchCachePolicy", "ResourceNotFoundException"}


class Account:
    """Clients of one account in one region, each made once. `session` takes the place of the usual one."""

    def __init__(self, session: boto3.session.Session | None = None) -> None:
        self._session = session or boto3.session.Session()
        self._clients: dict[tuple[str, str | None], Any] = {}

    def client(self, service: str, region: str | None = None) -> Any:
        """The client of a service. Raises OperatorError where no region is set."""
        if (service, region) not in self._clients:
            try:
                made = self._session.client(service, region_name=region, config=PATIENCE)  # type: ignore[call-overload]
            except NoRegionError as error:
                raise OperatorError(
                    "no region is set: export AWS_DEFAULT_REGION, for example eu-west-3"
                ) from error
            self._clients[service, region] = made
        return self._clients[service, region]

    @cached_property
    def id(self) -> str:
        """The account's number."""
        identity: str = self.client("sts").get_caller_identity()["Account"]
        return identity

    @cached_property
    def partition(self) -> str:
        """`aws`, or another partition such as `aws-cn`."""
        partition: str = self._session.get_partition_for_region(self.region)
        return partition

    @property
    def region(self) -> str:
        """The region's name."""
        region: str = self.client("dynamodb").meta.region_name
        return region

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource of this account and region."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.id}:{resource}"


class Anywhere:
    """No account in particular: for what is written before there is one."""

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a resource in whatever account and region it will be."""
        return f"arn:aws:{service}:*:*:{resource}"


def said(error: ClientError | BotoCoreError) -> str:
    """A failure of AWS, or on the way there, as a sentence with its remedy."""
    if isinstance(error, NoCredentialsError):
        return "no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    if isinstance(error, NoRegionError):
        return NO_REGION
    if isinstance(error, WaiterError):
        return f"AWS is not done yet ({error}); run the command again, it goes on where it is"
    if isinstance(error, ClientError):
        return f"AWS refused {error.operation_name} ({why(error)}); {MENDED}"
    if isinstance(error, HTTPClientError):
        return f"AWS does not answer ({error}); run the command again"
    return f"AWS cannot be asked: {error}; mend the configuration of your AWS credentials"


def why(error: ClientError) -> str:
    """AWS's own reason."""
    problem = error.response.get("Error", {})
    return f"{problem.get('Code')}: {problem.get('Message')}"


def denied(error: ClientError) -> bool:
    """Whether AWS says that this account or its operator may not do that."""
    code = error.response.get("Error", {}).get("Code", "")
    return code in DENIED or "AccessDenied" in code


def look_for(call: Callable[..., Any], **request: Any) -> Any | None:
    """What AWS answers to a call that looks for one thing, None where it says that there is no such thing."""
    try:
        return call(**request)
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in ABSENT or "NotFound" in code:
            return None
        raise
