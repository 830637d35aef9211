"""Secrets: the site's own, the salts of the days, and bearer tokens by their hashes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import cast

from chalicelib.model import Role
from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import ConditionFailed, Table

SECRET_BYTES = 32
SALT_LIFE = 25 * instants.HOUR
"""From the start of its day: readers' hashes cannot be made again once it is gone."""
TOLD = ("role", "note", "created_at", "sections")
"""What is kept of a token; `sections` only where it is limited to some."""
LIMITED = "limited "
"""Before the role of a token that is limited to sections: a release that knows no sections knows no such role, and
so refuses the token instead of letting it see everything."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a token: what it opens, and to which sections it is limited; None is no limit.

    `name` is what the operator noted of it.
    """

    role: Role
    token_hash: str
    sections: frozenset[str] | None = None
    name: str | None = None

    @property
    def actor(self) -> str:
        """A name for the holder that does not tell the token."""
        return f"{self.role}:{self.token_hash[:8]}"


def site_secret(table: Table, random_bytes: Callable[[int], bytes]) -> bytes:
    """The site's secret, made once by whoever first needs it."""
    return _made_once(table, keys.site_secret(), random_bytes, None)


def has_site_secret(table: Table) -> bool:
    """Whether the site's secret is there."""
    return table.get(keys.site_secret(), consistent=True) is not None


def salt_of_day(table: Table, day: int, random_bytes: Callable[[int], bytes]) -> bytes:
    """The salt of a day, random, gone after 25 hours."""
    expires = (day * instants.DAY + SALT_LIFE) // instants.SECOND
    return _made_once(table, keys.salt(day), random_bytes, expires)


def forget_salt(table: Table, day: int) -> None:
    """Delete a day's salt: DynamoDB's own expiry may lag by days."""
    table.delete(keys.salt(day))


def _made_once(table: Table, key: keys.Key, random_bytes: Callable[[int], bytes], expires_at: int | None) -> bytes:
    item = table.get(key, consistent=True)
    if item is None:
        fresh = {**key, "secret": random_bytes(SECRET_BYTES), keys.EXPIRES: expires_at}
        try:
            table.put(fresh, condition="attribute_not_exists(#pk)")
            item = fresh
        except ConditionFailed as lost:
            item = lost.item or table.get(key, consistent=True) or fresh
    return cast(bytes, item["secret"])


def holder_of_token(table: Table, token_hash: str) -> Holder | None:
    """Who holds a token, by its hash; None if nobody made it or it was revoked."""
    item = table.get(keys.token(token_hash))
    if item is None:
        return None
    sections = item.get("sections")
    role = cast(Role, item["role"].removeprefix(LIMITED))
    return Holder(role, token_hash, None if sections is None else frozenset(sections), item.get("note") or None)


def keep_token(table: Table, holder: Holder, note: str, now: int) -> None:
    """Store a token's hash with what it opens and what the operator noted of it."""
    sections = None if holder.sections is None else set(holder.sections)
    told = {"role": holder.role, "note": note, "created_at": now, "sections": sections}
    list_token(table, holder.token_hash, told)
    limited = LIMITED if holder.sections is not None else ""
    table.put({**keys.token(holder.token_hash), **told, "role": limited + holder.role})


def list_token(table: Table, token_hash: str, told: Item) -> None:
    """Put a token on the list of tokens, with what is TOLD of it."""
    table.put({**keys.listed_token(token_hash), **told})


def revoke_token(table: Table, token_hash: str) -> None:
    """Forget a token; if this is cut short, the list may still name one that is dead."""
    table.delete(keys.token(token_hash))
    table.delete(keys.listed_token(token_hash))


def list_tokens(table: Table) -> Iterator[Item]:
    """All tokens: the `hash` of each, and what is TOLD of it."""
    for item in table.query_all("#pk = :pk", {":pk": keys.tokens()}, consistent=True):
        yield {"hash": item["sk"], **_told(item)}


def scan_tokens(table: Table) -> Iterator[tuple[str, Item]]:
    """Every token by its hash, listed or not: reads the whole table."""
    for item in table.scan_prefix(keys.token_prefix()):
        yield item["pk"].removeprefix(keys.token_prefix()), _told(item)


def _told(item: Item) -> Item:
    told = {name: item[name] for name in TOLD if name in item}
    return told | {"role": told["role"].removeprefix(LIMITED)}
