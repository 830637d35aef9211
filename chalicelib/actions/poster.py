"""Who posts a comment, in the keyed hashes that stand for a person, a text and a network in the table."""

from dataclasses import dataclass

from chalicelib.actions import identity
from chalicelib.backend import Backend
from chalicelib.rules import email, instants, keyed, network, threads

NETWORK_KEPT = 30 * instants.DAY
"""After this long the same network has another key, so that nobody is followed for ever."""


@dataclass(frozen=True)
class Written:
    """What somebody wrote, and where."""

    article_id: str
    parent_id: str | None
    author_name: str
    author_url: str | None
    author_email: str
    content: str


@dataclass(frozen=True)
class Poster:
    """Who posts, in keyed hashes: the author, the name, the text, and where it comes from.

    `network` and `address` are for the pace; `network_key` is what moderators see.
    """

    key: str
    name: bytes
    text: bytes
    network: str
    address: str
    network_key: str


def poster(backend: Backend, address: str, written: Written) -> Poster:
    """The poster of a comment, from an address."""
    author_key = identity.author_key(backend, email.email_key_form(written.author_email))
    wide = network.wide_network(address)
    month = str(backend.now() // NETWORK_KEPT)
    return Poster(
        key=author_key,
        name=name_hash(backend, author_key, written.author_name),
        text=text_hash(backend, author_key, written),
        network=identity.short_hash(backend, "network", wide).hex(),
        address=identity.short_hash(backend, "address", network.exact_network(address))[:2].hex(),
        network_key=identity.short_hash(backend, "network of a month", month, wide).hex(),
    )


def name_hash(backend: Backend, author_key: str, name: str) -> bytes:
    """What the author's record holds of a name a comment was approved under; case does not matter."""
    return identity.short_hash(backend, "name", author_key, name.casefold())


def text_hash(backend: Backend, author_key: str, written: Written) -> bytes:
    """What the author's record holds of a text, for the place it was written for."""
    place = (written.article_id, written.parent_id or "")
    return identity.short_hash(backend, "text", *place, author_key, written.content)


def submission_key(backend: Backend, submission_id: str | None, purpose: str, *parts: str) -> str:
    """The id of what is sent under an id of its sender's: the same again; a random one where it has none."""
    if submission_id is None:
        return threads.comment_id(backend.random_bytes(13))
    return submission_hash(backend, purpose, *parts, submission_id)


def submission_hash(backend: Backend, purpose: str, *parts: str) -> str:
    """An id for what was sent, the same whenever the same is sent: 20 characters nobody else can find."""
    return threads.comment_id(keyed.keyed_hash(identity.site_secret(backend), purpose, *parts))
