"""Secrets: the site's own, the salts of the days, and bearer tokens by their hashes."""

from collections.abc import Callable, Iterator
from typing import cast

from chalicelib.model import Role
from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import ConditionFailed, Table

SECRET_BYTES = 32
SALT_LIFE = 25 * instants.HOUR
"""From the start of its day: readers' hashes cannot be made again once it is gone."""


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


def role_of_token(table: Table, token_hash: str) -> Role | None:
    """The role of a token by its hash, None if nobody made it or it was revoked."""
    item = table.get(keys.token(token_hash))
    return cast(Role, item["role"]) if item else None


def keep_token(table: Table, token_hash: str, role: Role, note: str, now: int) -> None:
    """Store a token's hash with its role and what the operator noted of it."""
    told = {"role": role, "note": note, "created_at": now}
    list_token(table, token_hash, told)
    table.put({**keys.token(token_hash), **told})


def list_token(table: Table, token_hash: str, told: Item) -> None:
    """Put a token on the list of tokens, with its role, note and birth."""
    table.put({**keys.listed_token(token_hash), **told})


def revoke_token(table: Table, token_hash: str) -> None:
    """Forget a token; if this is cut short, the list may still name one that is dead."""
    table.delete(keys.token(token_hash))
    table.delete(keys.listed_token(token_hash))


def list_tokens(table: Table) -> Iterator[dict[str, str | int]]:
    """All tokens by hash, with role, note and birth."""
    for item in table.query_all("#pk = :pk", {":pk": keys.tokens()}, consistent=True):
        yield {
            "hash": item["sk"],
            "role": item["role"],
            "note": item["note"],
            "created_at": item["created_at"],
        }


def scan_tokens(table: Table) -> Iterator[tuple[str, Item]]:
    """Every token by its hash, listed or not: reads the whole table."""
    for item in table.scan_prefix(keys.token_prefix()):
        told = {name: item[name] for name in ("role", "note", "created_at")}
        yield item["pk"].removeprefix(keys.token_prefix()), told
