"""How a call to DynamoDB is made: its failures are given names, and what it consumed is added up."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.errors import Busy

RETRY_AFTER = 2
UNAVAILABLE = {
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "ThrottlingError",
    "ProvisionedThroughputExceeded",
    "InternalServerError",
    "ServiceUnavailable",
    "ResourceNotFoundException",
}
CONFLICTS = {"TransactionConflictException", "TransactionConflict", "TransactionInProgressException"}
ENOUGH = 2
"""Calls in a row without an answer that are no accident any more."""
SILENT = 15_000
"""Milliseconds: more than the 9 s after which a call is given up."""
READS = {"get_item", "batch_get_item", "query", "scan"}


class CallInConflict(Exception):
    """Another transaction holds an item of this write; trying again is safe."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Calls made, and the units that DynamoDB said they consumed; of a call it refused it says nothing."""

    calls: int = 0
    read_units: float = 0
    write_units: float = 0

    def since(self, before: "Spent") -> "Spent":
        """What was spent after `before`."""
        return Spent(
            self.calls - before.calls,
            self.read_units - before.read_units,
            self.write_units - before.write_units,
        )


class Silence:
    """Whether DynamoDB has left calls without any answer; then most are refused at once. Safe between threads.

    A call is given up after seconds. Were each request to wait so long, a few a second would take up all
    environments, and what could be answered from memory would not be. So after two calls in a row without an
    answer only one in each SILENT milliseconds tries, until one is answered. A throttle is an answer.
    """

    def __init__(self, now: Callable[[], int]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._unanswered = 0
        self._until = 0

    def check(self) -> None:
        """Raise Busy if DynamoDB is silent, and this call is not the one that tries."""
        with self._lock:
            if self._unanswered < ENOUGH:
                return
            now = self._now()
            if now < self._until:
                raise Busy(retry_after=RETRY_AFTER)
            self._until = now + SILENT

    def heard(self, answered: bool) -> None:
        """Note how a call ended."""
        with self._lock:
            self._unanswered = 0 if answered else self._unanswered + 1
            if self._unanswered == ENOUGH:
                self._until = self._now() + SILENT


class Calls(threading.local):
    """The calls of one table; each thread has a sum of its own, so that requests side by side do not mix."""

    spent = Spent()
    """All that this thread has spent so far."""

    def __init__(self, silence: Silence) -> None:
        self._silence = silence

    def make(self, call: Callable[..., Any], **request: Any) -> Any:
        """Make a call. Raises Busy for throttles and silence, CallInConflict for conflicts of transactions."""
        self._silence.check()
        sofar = self.spent
        self.spent = Spent(sofar.calls + 1, sofar.read_units, sofar.write_units)
        try:
            answer = guarded(lambda: call(ReturnConsumedCapacity="TOTAL", **request))
        except Exception as error:
            # botocore keeps DynamoDB's response on the error, where there was one.
            self._silence.heard(answered=hasattr(error.__cause__ or error, "response"))
            raise
        self._silence.heard(answered=True)
        units = _units(answer.get("ConsumedCapacity"))
        read, written = (units, 0.0) if call.__name__ in READS else (0.0, units)
        self.spent = Spent(sofar.calls + 1, sofar.read_units + read, sofar.write_units + written)
        return answer


def guarded(call: Callable[[], Any]) -> Any:
    """Make a call; throttles and silence become Busy, conflicts with a transaction CallInConflict."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return call()
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in UNAVAILABLE:
            raise Busy(retry_after=RETRY_AFTER) from error
        if code in CONFLICTS:
            raise CallInConflict from error
        raise
    except (BotoCoreError, ConnectionError) as error:
        raise Busy(retry_after=RETRY_AFTER) from error


def _units(consumed: Any) -> float:
    """Of one table, or of each table that a batch or a transaction touched."""
    tables = consumed if isinstance(consumed, list) else [consumed or {}]
    return float(sum(table.get("CapacityUnits", 0) for table in tables))
