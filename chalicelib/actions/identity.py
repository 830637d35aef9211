"""Who is who: the site's secret and what it makes of addresses, texts and tokens."""

import base64
import hmac

from chalicelib.backend import Backend
from chalicelib.model import Role
from chalicelib.rules import instants, keyed
from chalicelib.storage import secrets

REMEMBERED = 60 * instants.SECOND
AUTHOR_KEY_BYTES = 16
SHORT_HASH_BYTES = 8
EDIT_TOKEN_BYTES = 24


def site_secret(backend: Backend) -> bytes:
    """The site's secret, remembered for a minute."""
    return backend.memory.recall(
        "secret", backend.now(), REMEMBERED, lambda: secrets.site_secret(backend.table, backend.random_bytes)
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


def role_of(backend: Backend, token: str) -> tuple[Role, str] | None:
    """The role of a bearer token and a name for its holder that does not tell the token; None if unknown."""
    hashed = keyed.token_hash(token)
    configured: dict[Role, str | None] = {
        "publisher": backend.settings.publisher_token,
        "moderator": backend.settings.moderator_token,
    }
    for role, secret in configured.items():
        if secret and hmac.compare_digest(keyed.token_hash(secret), hashed):
            return role, f"{role}:{hashed[:8]}"
    stored = backend.memory.recall(
        ("token", hashed), backend.now(), REMEMBERED, lambda: secrets.role_of_token(backend.table, hashed)
    )
    return (stored, f"{stored}:{hashed[:8]}") if stored else None
