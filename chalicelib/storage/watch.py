"""What the rules of moderation know of the site: the policy, what is spam here, and the pace of comments."""

from dataclasses import dataclass, field
from typing import Any, cast

from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table

PACE_VALID = 10 * instants.MINUTE


@dataclass(frozen=True)
class Pace:
    """Comments in the ten minutes before `at`: on the whole site, and on the articles that had many."""

    site: int = 0
    articles: dict[str, int] = field(default_factory=dict)
    at: int = 0


def policy(table: Table) -> tuple[dict[str, Any], int]:
    """What differs from the defaults in what the rules are told, and its version."""
    item = table.get(keys.policy(), consistent=True)
    return (item["facts"], item["version"]) if item else ({}, 0)


def rules(table: Table) -> tuple[dict[str, Any], bytes | None]:
    """What differs from the defaults in the policy, and what was learned of spam, as they were a moment ago."""
    found = table.get_many([keys.policy(), keys.spam_model()])
    told, learned = found.get(keys.policy()["pk"]), found.get(keys.spam_model()["pk"])
    return cast(dict[str, Any], told["facts"]) if told else {}, learned["model"] if learned else None


def put_policy(table: Table, facts: dict[str, Any], version: int) -> None:
    """Replace what differs from the defaults. Raises ConditionFailed if somebody else has since `version`."""
    _put_version(table, {**keys.policy(), "facts": facts}, version)


def spam_model(table: Table) -> Item | None:
    """What was learned of spam: `model` in bytes, the time `at` up to which, and its `version`."""
    return table.get(keys.spam_model(), consistent=True)


def put_spam_model(table: Table, model: bytes, at: int, version: int) -> None:
    """Replace what was learned of spam. Raises ConditionFailed if somebody else has since `version`."""
    _put_version(table, {**keys.spam_model(), "model": model, "at": at}, version)


def _put_version(table: Table, item: Item, version: int) -> None:
    condition = "#version = :version" if version else "attribute_not_exists(#pk)"
    values = {":version": version} if version else None
    table.put(item | {"version": version + 1}, condition=condition, values=values)


def pace_of(item: Item | None, now: int) -> Pace:
    """The pace of comments as an item tells it; nothing if it is out of date."""
    if item is None or not now - PACE_VALID < item["at"] <= now + instants.MINUTE:
        return Pace()
    return Pace(item["site"], item["articles"], item["at"])


def put_pace(table: Table, pace: Pace) -> None:
    """Replace the pace of comments."""
    expires = (pace.at + PACE_VALID) // instants.SECOND
    table.put(
        {
            **keys.site_pace(),
            "site": pace.site,
            "articles": pace.articles,
            "at": pace.at,
            keys.EXPIRES: expires,
        }
    )
