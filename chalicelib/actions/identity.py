"""Who is who: the site's secret and what it makes of addresses, texts and tokens, and who asks too often."""

import base64
import hmac
from collections.abc import Mapping

from chalicelib.backend import Backend
from chalicelib.errors import TooMany
from chalicelib.model import Caller, Role
from chalicelib.rules import instants, keyed, network, pace
from chalicelib.storage import secrets
from chalicelib.storage.secrets import Holder

REMEMBERED = 60 * instants.SECOND
UNKNOWN_TOKENS = 100
"""Tokens that nobody knows, from one exact address in a minute, about which an environment asks the table."""
WAS_KNOWN = instants.DAY
"""For so long a token that was good once may be asked about again, whatever else its address sends."""
AUTHOR_KEY_BYTES = 16
SHORT_HASH_BYTES = 8
EDIT_TOKEN_BYTES = 24
PROXY_HEADER = "X-Tribune-Proxy"
DERIVED = "site"
"""Instead of a secret: it is made from the site's, so that no file and no variable holds it."""


def site_secret(backend: Backend) -> bytes:
    """The site's secret, remembered for a minute, and for an hour while the table does not answer."""
    return backend.memory.recall(
        "secret",
        backend.now(),
        REMEMBERED,
        lambda: secrets.site_secret(backend.table, backend.random_bytes),
        stale=instants.HOUR,
    )


def salt_of_day(backend: Backend, day: int) -> bytes:
    """The salt under which readers are counted on a day, remembered for a minute."""
    return backend.memory.recall(
        ("salt", day),
        backend.now(),
        REMEMBERED,
        lambda: secrets.salt_of_day(backend.table, day, backend.random_bytes),
    )


def author_key(backend: Backend, email_key_form: str) -> str:
    """The opaque key of an author."""
    return keyed.keyed_hash(site_secret(backend), "author", email_key_form)[:AUTHOR_KEY_BYTES].hex()


def short_hash(backend: Backend, purpose: str, *parts: str) -> bytes:
    """8 bytes that stand for a text or a name."""
    return keyed.keyed_hash(site_secret(backend), purpose, *parts)[:SHORT_HASH_BYTES]


def edit_token(backend: Backend, comment_id: str) -> str:
    """What only the poster of a comment is given: signed with the site's secret, so it need not be stored."""
    signed = keyed.keyed_hash(site_secret(backend), "edit", comment_id)[:EDIT_TOKEN_BYTES]
    return base64.urlsafe_b64encode(signed).decode()


def proxy_secret(backend: Backend) -> str | None:
    """What the site's own proxies send with each request, None where nothing is agreed with them."""
    configured = backend.settings.proxy_secret
    if configured != DERIVED:
        return configured
    return keyed.keyed_hash(site_secret(backend), "proxy").hex()


def client_address(backend: Backend, source_ip: str, headers: Mapping[str, str]) -> str:
    """Whose address a request comes from, by its headers (names in lower case).

    Where a secret is agreed with the site's proxies, they are believed only on requests that carry it: whoever
    comes to the door directly can claim no other address.
    """
    hops = backend.settings.trusted_hops
    if (
        hops
        and backend.settings.proxy_secret
        and not _has_come_by_proxy(backend, headers.get(PROXY_HEADER.lower()))
    ):
        hops = 0
    return network.client_address(source_ip, headers.get("x-forwarded-for"), hops)


def seconds_to_wait(backend: Backend, address: str) -> int:
    """Count a request of an address: 0 if it may be served, else the seconds until the next one may come."""
    limit = backend.settings.requests_per_minute
    if not limit:
        return 0
    return backend.own(pace.Requests).count(network.exact_network(address), backend.now(), limit)


def _has_come_by_proxy(backend: Backend, given: str | None) -> bool:
    if not given:
        return False
    secret = proxy_secret(backend) or ""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode())


def holder_of(backend: Backend, token: str, address: str) -> Holder | None:
    """Who holds a bearer token, remembered for a minute; None if nobody does.

    An unknown one is not remembered, so that no number of them drives out what is. Raises TooMany, before the
    table is asked, for an address that has sent too many unknown ones, unless this one was good before.
    """
    hashed = keyed.token_hash(token)
    return _configured_holder(backend, hashed) or _stored_holder(backend, hashed, network.exact_network(address))


def knows(backend: Backend, token: str) -> bool:
    """Whether this environment knows a bearer token without asking the table."""
    hashed = keyed.token_hash(token)
    return bool(_configured_holder(backend, hashed)) or _was_known(backend, hashed, REMEMBERED)


def me(backend: Backend, caller: Caller) -> Caller:
    """Who asks, as the service knows them."""
    return caller


def _configured_holder(backend: Backend, hashed: str) -> Holder | None:
    configured: dict[Role, str | None] = {
        "publisher": backend.settings.publisher_token,
        "moderator": backend.settings.moderator_token,
        "admin": backend.settings.admin_token,
    }
    # All are looked at, so that the time taken tells nothing of which one it is.
    roles = [
        role
        for role, secret in configured.items()
        if hmac.compare_digest(keyed.token_hash(secret or ""), hashed) and secret
    ]
    return Holder(roles[0], hashed) if roles else None


def _stored_holder(backend: Backend, hashed: str, exact_network: str) -> Holder | None:
    now, failures = backend.now(), backend.own(pace.UnknownTokens)
    seconds = failures.wait(exact_network, now, UNKNOWN_TOKENS)
    if seconds and not _was_known(backend, hashed, WAS_KNOWN):
        raise TooMany("too_many_requests", retry_after=seconds, seconds=seconds)
    holder = backend.memory.recall(
        ("token", hashed),
        now,
        REMEMBERED,
        lambda: secrets.holder_of_token(backend.table, hashed),
        keep_none=False,
    )
    if holder is None:
        failures.count(exact_network, now, UNKNOWN_TOKENS)
    return holder


def _was_known(backend: Backend, hashed: str, age: int) -> bool:
    return backend.memory.remembered(("token", hashed), backend.now(), age) is not None
