"""How fast comments may come, per exact address and e-mail and more widely per network; how fast requests."""

import threading
from collections import OrderedDict

from chalicelib.rules.instants import MINUTE, SECOND

WIDE_LIMIT = 40
"""Comments a /24 or /48 may post in one interval: a mobile carrier's readers share one."""
MOST_NETWORKS = 20_000
"""Networks whose requests an environment remembers, about 6 MB: those that asked last."""


def slot(now: int, interval: int) -> int:
    """The number of the interval (seconds) that holds `now` (milliseconds), for the wide limit."""
    return now // (interval * SECOND)


def seconds_left(last: int, now: int, interval: int) -> int:
    """Whole seconds, at least 1, until `interval` seconds have passed since `last` (milliseconds)."""
    return max(1, -(-(last + interval * SECOND - now) // SECOND))


class Requests:
    """The requests that each network made of this environment in a minute of its own. Safe between threads.

    The minute begins with a network's first request, and the next one after it is over: no minute ever sees more
    than twice the limit. What is refused does not lengthen the wait.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minutes: OrderedDict[str, tuple[int, int]] = OrderedDict()

    def count(self, network: str, now: int, limit: int) -> int:
        """Count a request: 0 if it is within `limit`, else the whole seconds until the next may come."""
        with self._lock:
            since, before = self._minute(network, now)
            self._minutes[network] = (since, before + 1)
            self._minutes.move_to_end(network)
            if len(self._minutes) > MOST_NETWORKS:
                self._minutes.popitem(last=False)
        return seconds_left(since, now, MINUTE // SECOND) if before >= limit else 0

    def wait(self, network: str, now: int, limit: int) -> int:
        """The same without counting: 0 if another is within `limit`, else the seconds until it may come."""
        with self._lock:
            since, before = self._minute(network, now)
        return seconds_left(since, now, MINUTE // SECOND) if before >= limit else 0

    def _minute(self, network: str, now: int) -> tuple[int, int]:
        since, before = self._minutes.get(network, (now, 0))
        return (since, before) if since <= now < since + MINUTE else (now, 0)


class UnknownTokens(Requests):
    """The requests that each network made with tokens that nobody knows."""
