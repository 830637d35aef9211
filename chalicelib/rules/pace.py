"""How fast comments may come: per exact address and e-mail, and more widely per network."""

from chalicelib.rules.instants import SECOND

WIDE_LIMIT = 40
"""Comments a /24 or /48 may post in one interval: a mobile carrier's readers share one."""


def slot(now: int, interval: int) -> int:
    """The number of the interval (seconds) that holds `now` (milliseconds), for the wide limit."""
    return now // (interval * SECOND)


def seconds_left(last: int, now: int, interval: int) -> int:
    """Whole seconds, at least 1, until `interval` seconds have passed since `last` (milliseconds)."""
    return max(1, -(-(last + interval * SECOND - now) // SECOND))
