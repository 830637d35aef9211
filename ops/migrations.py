"""From one version of the table's schema to the next, while the service goes on.

A migration only adds what the next release reads, so that the release before it works on; it may be run again at
any time, and be cut short. Never edit one that was released: write the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chalicelib.storage import schema, secrets
from chalicelib.storage.table import Table
from ops.errors import OperatorError


@dataclass(frozen=True)
class Migration:
    """What brings a table from the version before to this one."""

    what: str
    apply: Callable[[Table], None]


def list_all_tokens(table: Table) -> None:
    """Name every token in the list of tokens, so that listing them reads a partition and not the table."""
    for token_hash, told in secrets.scan_tokens(table):
        secrets.list_token(table, token_hash, told)


MIGRATIONS: dict[int, Migration] = {2: Migration("tokens have a list", list_all_tokens)}
"""By the version they lead to."""


def missing(table: Table, migrations: Mapping[int, Migration] = MIGRATIONS) -> list[int]:
    """The versions that a table has not reached yet, in order.

    Raises OperatorError for a table more than one version ahead: this release does not know what it holds.
    """
    reached, known = schema.version(table), max(migrations)
    if reached > known + 1:
        raise OperatorError(
            f"the table has schema {reached}, this release knows {known}: deploy a newer release, at least the "
            "one that came before the table's"
        )
    return list(range(reached + 1, known + 1))


def migrate(table: Table, migrations: Mapping[int, Migration] = MIGRATIONS, *, loaded: int | None = None) -> None:
    """Bring a table to the version of this release; nothing where it is there or one ahead.

    What was `loaded` into it from a dump of a version is brought along, whatever the table's own mark says.
    """
    versions = missing(table, migrations) if loaded is None else sorted(migrations)
    for version in versions:
        if loaded is not None and version <= loaded:
            continue
        migrations[version].apply(table)
        schema.mark(table, version)
