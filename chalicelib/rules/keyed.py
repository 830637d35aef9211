"""Keyed hashes: what stands in the table for an e-mail address, a network or a reader, and proves nothing.

Every hash is an HMAC-SHA-256 (RFC 2104) under a secret, with its purpose in front, so that no value can be
checked against a guess without the secret, and none can be compared across purposes.
"""

import hashlib
import hmac

SEPARATOR = b"\x00"


def keyed_hash(secret: bytes, purpose: str, *parts: str) -> bytes:
    """32 bytes that stand for `parts` under `secret`, for one `purpose` only."""
    message = SEPARATOR.join(part.encode("utf-8", "surrogatepass") for part in (purpose, *parts))
    return hmac.digest(secret, message, hashlib.sha256)


def token_hash(token: str) -> str:
    """What is stored of a bearer token: tokens are random, so a plain SHA-256 cannot be searched."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def reader_hash(salt: bytes, article_id: str, network: str, address: str, user_agent: str) -> bytes:
    """A reader of one article on one day: 1 byte of the network, 3 of address and user agent.

    The article is part of both, so a reader cannot be followed from page to page with the table in hand.
    """
    wide = keyed_hash(salt, "network", article_id, network)[:1]
    return wide + keyed_hash(salt, "reader", article_id, address, user_agent)[:3]
