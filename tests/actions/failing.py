"""A table that fails in the middle of a request."""

from typing import Any

from botocore.exceptions import EndpointConnectionError, ReadTimeoutError


class Failing:
    """Makes one call of a client fail, the n-th from now on: before it, or after DynamoDB has done its work."""

    def __init__(self, client: Any, event: str) -> None:
        self._left = -1
        client.meta.events.register(f"{event}.dynamodb.*", self._count)
        self._lost = event == "after-call"

    def arm(self, calls: int) -> None:
        """Let so many calls pass."""
        self._left = calls

    def _count(self, **_: Any) -> None:
        self._left -= 1
        if self._left == -1:
            raise (ReadTimeoutError if self._lost else EndpointConnectionError)(endpoint_url="the table")

    def disarm(self) -> bool:
        """Let all calls pass; whether one has failed."""
        failed, self._left = self._left < 0, -1
        return failed
