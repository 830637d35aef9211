"""Times as integers: milliseconds UTC, and the hours, slots and days that views are counted in."""

import re
from datetime import UTC, datetime, timedelta

from chalicelib.rules.fields import FieldError

SECOND = 1_000
MINUTE = 60 * SECOND
SLOT = 10 * MINUTE
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SLOTS_PER_HOUR = HOUR // SLOT

RFC3339 = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse(text: str) -> int:
    """An RFC 3339 time with any offset, as milliseconds UTC. Raises FieldError("invalid_time")."""
    match = RFC3339.fullmatch(text)
    if not match:
        raise FieldError("invalid_time")
    date, time, fraction, offset = match.groups()
    leap = time.endswith(":60")
    try:
        moment = datetime.fromisoformat(
            f"{date}T{time[:6] + '59' if leap else time}{offset.upper().replace('Z', '+00:00')}"
        )
        moment = moment.astimezone(UTC) + timedelta(seconds=1 if leap else 0)
    except (ValueError, OverflowError) as error:
        raise FieldError("invalid_time") from error
    return milliseconds(moment) + int(((fraction or ".0")[1:] + "00")[:3])


def milliseconds(moment: datetime) -> int:
    """An aware datetime as milliseconds since 1970, cut to the millisecond."""
    return (moment - EPOCH) // timedelta(milliseconds=1)


def text(at: int) -> str:
    """Milliseconds as RFC 3339 in UTC; whole seconds are written without a fraction."""
    moment = EPOCH + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds" if at % SECOND else "seconds").replace("+00:00", "Z")


def hour_of(at: int) -> int:
    """The number of the UTC hour that holds this time."""
    return at // HOUR


def slot_of(at: int) -> int:
    """Which 10-minute slot of its hour a time falls in, 0 to 5."""
    return at % HOUR // SLOT


def day_of_hour(hour: int) -> int:
    """The number of the UTC day that holds this hour."""
    return hour // 24


def hour_label(hour: int) -> str:
    """An hour's number as people read it, `2026-11-23T03`."""
    return text(hour * HOUR)[:13]


def day_label(day: int) -> str:
    """A day's number as people read it, `2026-11-23`."""
    return text(day * DAY)[:10]


def minute_start(at: int) -> int:
    """The time cut to the minute."""
    return at - at % MINUTE
