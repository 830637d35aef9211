"""The timers that `app.py` declares, ticked on this machine as EventBridge ticks them on AWS."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from types import ModuleType
from typing import Any

Tick = Callable[[], Any]


class Timers:
    """A thread that does each of `ticks` every so many seconds, the first time at once.

    `failed` is told of what a tick raises; the next one computes everything anew.
    """

    def __init__(self, seconds: int, ticks: Sequence[Tick], failed: Callable[[Exception], None]) -> None:
        self._ticks = ticks
        self._failed = failed
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timers", daemon=True)

    def start(self) -> None:
        """Begin to tick."""
        self._thread.start()

    def stop(self) -> None:
        """Tick no more; returns when a tick under way has ended."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            for tick in self._ticks:
                try:
                    tick()
                except Exception as error:
                    self._failed(error)
            if self._stopped.wait(self._seconds):
                return


def scheduled(module: ModuleType) -> list[Tick]:
    """What a module's app has on a schedule, each to be called with the event that EventBridge would send."""
    functions = [
        getattr(module, source.handler_string.rpartition(".")[2])
        for source in module.app.event_sources
        if hasattr(source, "schedule_expression")
    ]
    return [partial(_call, function) for function in functions]


def _call(function: Callable[[dict[str, Any], object], object]) -> None:
    function(scheduled_event(), None)


def scheduled_event() -> dict[str, Any]:
    """The event that EventBridge sends to a scheduled function."""
    return {
        "version": "0",
        "id": "local",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "region": "local",
        "resources": [],
        "detail": {},
    }
