"""A DynamoDB that fails: every way in which a call does not come back, for the client of a service on moto."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from moto.core.models import botocore_stubber

from tests.scene import Service

ENDPOINT = "https://dynamodb.eu-west-3.amazonaws.com/"
Fault = Callable[[Any], AWSResponse]


def answered(status: int, code: str) -> Fault:
    """An answer of DynamoDB's that refuses a call."""

    class Raw:
        def stream(self, **options: Any) -> list[bytes]:
            return [b'{"__type": "com.amazonaws.dynamodb.v20120810#%s", "message": "arn:aws:x"}' % code.encode()]

    return lambda request: AWSResponse(ENDPOINT, status, {"x-amzn-requestid": "AWSREQUEST"}, Raw())


def raising(error: Exception) -> Fault:
    """A network that fails before the call, or after it."""

    def fail(request: Any) -> AWSResponse:
        raise error

    return fail


def lost_answer(request: Any) -> AWSResponse:
    """A call that DynamoDB carries out, and whose answer never arrives."""
    botocore_stubber(request=request, event_name="before-send.dynamodb")
    raise ReadTimeoutError(endpoint_url=ENDPOINT)


NO_CONNECTION = raising(EndpointConnectionError(endpoint_url=ENDPOINT))
FAULTS = [
    pytest.param(answered(400, "ProvisionedThroughputExceededException"), id="throttled"),
    pytest.param(answered(400, "ThrottlingException"), id="throttled by the account"),
    pytest.param(answered(400, "RequestLimitExceeded"), id="too many requests"),
    pytest.param(answered(500, "InternalServerError"), id="internal error"),
    pytest.param(answered(503, "ServiceUnavailable"), id="unavailable"),
    pytest.param(answered(400, "ResourceNotFoundException"), id="no table"),
    pytest.param(NO_CONNECTION, id="no connection"),
    pytest.param(raising(ConnectTimeoutError(endpoint_url=ENDPOINT)), id="no answer in time"),
    pytest.param(lost_answer, id="answer lost"),
]


class Outage:
    """Makes every call of a service's client fail while it lasts, and counts the tries."""

    def __init__(self, service: Service, fault: Fault) -> None:
        self._events = service.backend.table.client.meta.events
        self._fault = fault
        self.tries = 0
        self._events.unregister("before-send", botocore_stubber)
        self._events.register("before-send", self._fail)

    def _fail(self, request: Any, **_: Any) -> AWSResponse:
        self.tries += 1
        return self._fault(request)

    def end(self) -> None:
        """Let calls reach the table again."""
        self._events.unregister("before-send", self._fail)
        self._events.register("before-send", botocore_stubber)


class Calls:
    """The calls that a client has made, by operation."""

    def __init__(self, client: Any) -> None:
        self.made: list[str] = []
        client.meta.events.register("before-call.dynamodb.*", self._note)

    def _note(self, model: Any, **_: Any) -> None:
        self.made.append(model.name)
