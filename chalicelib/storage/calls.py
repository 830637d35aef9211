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


class Calls(threading.local):
    """The calls of one table; each thread has a sum of its own, so that requests side by side do not mix."""

    spent = Spent()
    """All that this thread has spent so far."""

    def make(self, call: Callable[..., Any], **request: Any) -> Any:
        """Make a call. Raises Busy for throttles and silence, CallInConflict for conflicts of transactions."""
        sofar = self.spent
        self.spent = Spent(sofar.calls + 1, sofar.read_units, sofar.write_units)
        answer = guarded(lambda: call(ReturnConsumedCapacity="TOTAL", **request))
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
