"""`python -m ops tokens`: make, list and revoke bearer tokens. Only their hashes are stored."""

import argparse
import secrets
from collections.abc import Sequence
from typing import get_args

from chalicelib.api.fields import SECTION_LIMIT
from chalicelib.backend import Backend
from chalicelib.model import Role
from chalicelib.rules import instants, keyed, text
from chalicelib.rules.fields import FieldError
from chalicelib.storage import secrets as stored
from chalicelib.storage.items import Item
from ops import migrations
from ops.errors import OperatorError

HELP = "make, list and revoke tokens of publishers, moderators and admins"
TOKEN_BYTES = 32
SHOWN = 12
"""Characters of a hash that are shown, and enough to name it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`make ROLE`, `list` and `revoke HASH`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    make = verbs.add_parser("make", help="make a token and print it, this once")
    make.add_argument("role", choices=get_args(Role))
    make.add_argument("--note", default="", help="who or what it is for")
    make.add_argument(
        "--section",
        action="append",
        default=[],
        help="for moderators: a section to which it is limited, spelled as articles have it; may be repeated",
    )
    listed = verbs.add_parser("list", help="list tokens by the beginning of their hash")
    listed.add_argument(
        "--all",
        action="store_true",
        help="look through the whole table first, for tokens that an older release made after a rollback",
    )
    revoke = verbs.add_parser("revoke", help="revoke a token; it dies within a minute")
    revoke.add_argument("hash", help="the beginning of its hash, as `list` shows it")


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """Do one of the three."""
    if arguments.verb == "make":
        token = f"trb-{arguments.role}-{secrets.token_urlsafe(TOKEN_BYTES)}"
        holder = stored.Holder(arguments.role, keyed.token_hash(token), _limit(arguments.role, arguments.section))
        stored.keep_token(backend.table, holder, arguments.note, backend.now())
        print(token)
    elif arguments.verb == "list":
        if arguments.all:
            migrations.list_all_tokens(backend.table)
        for kept in stored.list_tokens(backend.table):
            print(_row(kept))
    else:
        _revoke(backend, arguments.hash)
    return 0


def _limit(role: Role, sections: Sequence[str]) -> frozenset[str] | None:
    """The sections of a token as articles' sections are stored, None for all. Raises OperatorError."""
    if not sections:
        return None
    if role != "moderator":
        raise OperatorError(f"a {role} is for the whole site: leave --section out, or make a moderator's token")
    try:
        return frozenset(text.clean_line(section, SECTION_LIMIT) for section in sections)
    except FieldError as error:
        raise OperatorError(
            f"--section takes the name of a section, 1 to {SECTION_LIMIT} characters; leave it out for all"
        ) from error


def _row(kept: Item) -> str:
    limited = f"only {', '.join(map(repr, sorted(kept['sections'])))}  " if "sections" in kept else ""
    made = instants.text(kept["created_at"])
    return f"{kept['hash'][:SHOWN]}  {kept['role']:<10} {made}  {limited}{kept['note']}"


def _revoke(backend: Backend, beginning: str) -> None:
    meant = [str(kept["hash"]) for kept in stored.list_tokens(backend.table)]
    meant = [hash for hash in meant if beginning and hash.startswith(beginning)]
    if len(meant) != 1:
        raise OperatorError(f"{len(meant)} tokens have a hash that begins so: give one that `list` shows")
    stored.revoke_token(backend.table, meant[0])
    print(f"{meant[0][:SHOWN]} is revoked")
