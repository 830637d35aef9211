"""When was a comment's form opened, and for which article?

A token is given when the form opens and comes back with the comment. It holds its time and a signature that is
also over the article, so nothing is stored. It tells how long somebody took and proves nothing more; it may be
used again.
"""

import base64
import hmac
import re

from chalicelib.model import FormCheck
from chalicelib.rules.instants import SECOND
from chalicelib.rules.keyed import keyed_hash

CLOCK_SKEW = 60
"""Seconds by which the clock of the environment that gave a token may be ahead of this one's."""

_TIME_BYTES = 5
_SIGNATURE_BYTES = 13
_TOKEN = re.compile(r"[A-Za-z0-9_-]{24}", re.ASCII)  # 18 bytes exactly, so that no two texts are one token
_HOUR = 3_600


def make(secret: bytes, article_id: str, now: int) -> str:
    """A token of 24 characters for the form of an article, opened `now` (milliseconds)."""
    time = (now // SECOND).to_bytes(_TIME_BYTES)
    return base64.urlsafe_b64encode(time + _signature(secret, article_id, time)).decode()


def check(
    secret: bytes, token: str | None, article_id: str, now: int, *, form_seconds: int, form_hours: int
) -> tuple[FormCheck, int | None]:
    """What a token says of a comment that comes in `now` (milliseconds), and its age in seconds.

    `form_seconds` and `form_hours` are those of the policy: `fast` under the one, `old` over the other; 0 turns
    either off. `none` where there is no token, `invalid` for another article's, one from the future, and junk.
    """
    if not token:
        return "none", None
    if not _TOKEN.fullmatch(token):
        return "invalid", None
    raw = base64.urlsafe_b64decode(token)
    time, signature = raw[:_TIME_BYTES], raw[_TIME_BYTES:]
    age = now // SECOND - int.from_bytes(time)
    if not hmac.compare_digest(signature, _signature(secret, article_id, time)) or age < -CLOCK_SKEW:
        return "invalid", None
    age = max(age, 0)
    if age < form_seconds:
        return "fast", age
    return ("old" if form_hours and age > form_hours * _HOUR else "good"), age


def _signature(secret: bytes, article_id: str, time: bytes) -> bytes:
    return keyed_hash(secret, "form", article_id, str(int.from_bytes(time)))[:_SIGNATURE_BYTES]
