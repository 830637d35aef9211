"""A configuration of CloudFront's with what we want of it laid over it; what others have added stays.

Lists come as `{"Quantity": n, "Items": [...]}`; their members are known by one of KEYS.
"""

from collections.abc import Mapping
from typing import Any

KEYS = ("Id", "PathPattern", "ErrorCode", "HeaderName")


def overlaid(given: Any, wanted: Any) -> Any:
    """`given` as it should be; the same again where it says all that is wanted already."""
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        merged = {**given, **{name: overlaid(given.get(name), value) for name, value in wanted.items()}}
        if isinstance(merged.get("Items"), list):
            merged["Quantity"] = len(merged["Items"])
        return merged
    if isinstance(wanted, list) and isinstance(given, list):
        return _members(given, wanted)
    return wanted


def _members(given: list[Any], wanted: list[Any]) -> list[Any]:
    keys = [_key(member) for member in wanted]
    if None in keys:  # plain values, whose order says nothing
        return given if set(given) == set(wanted) else wanted
    known = dict(zip(keys, wanted, strict=True))
    merged = [overlaid(member, known.pop(_key(member), {})) for member in given]
    return merged + list(known.values())


def _key(member: Any) -> Any:
    if not isinstance(member, Mapping):
        return None
    return next((member[name] for name in KEYS if name in member), None)
