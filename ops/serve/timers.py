"""The timers that `app.py` declares, ticked on this machine as EventBridge ticks them on AWS."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

log = logging.getLogger("tribune")


class Timers:
    """A thread that calls each scheduled function of an app module every `seconds`, until it is stopped.

    Every timer of the app is a roll-up of something, so all tick at the pace of `make serve`'s roll-up.
    """

    def __init__(self, module: ModuleType, seconds: int) -> None:
        self._functions = scheduled_functions(module)
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timers", daemon=True)

    def start(self) -> None:
        """Begin to tick, at once."""
        self._thread.start()

    def stop(self) -> None:
        """Tick no more; returns when a tick under way has ended."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            for function in self._functions:
                try:
                    function(scheduled_event(), None)
                except Exception as error:  # the next tick computes everything anew
                    log.error("%s failed with %s; it is tried again", function.__name__, type(error).__name__)
            if self._stopped.wait(self._seconds):
                return


def scheduled_functions(module: ModuleType) -> list[Callable[..., Any]]:
    """The functions that a module's app has on a schedule."""
    return [
        getattr(module, source.handler_string.rpartition(".")[2])
        for source in module.app.event_sources
        if hasattr(source, "schedule_expression")
    ]


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
