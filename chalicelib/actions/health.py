"""Whether the service can do its work, and for those who run it how well it keeps up."""

from chalicelib.backend import Backend
from chalicelib.model import Caller, Health
from chalicelib.rules import instants
from chalicelib.storage import lists, queue, schema, views

LATE = 5 * instants.MINUTE
"""After so long without a roll-up, which comes every minute, something keeps it from finishing."""


def check(backend: Backend, caller: Caller) -> Health | None:
    """Whether the table answers, by one small item; to an admin, also how far roll-up, list and queue are behind.

    Raises Busy if the table does not answer.
    """
    finished = views.read_state(backend.table).get("finished_at")
    if caller.role != "admin":
        return None
    now = backend.now()
    hidden = queue.deleted_articles(backend.table)
    return Health(
        at=now,
        rolled_up_at=finished,
        listed_at=lists.read(backend.table, "24h", "views", None).generated_at,
        held=queue.count(backend.table, "held", hidden),
        oldest_held_at=queue.oldest(backend.table, "held"),
        schema_version=schema.version(backend.table),
        late=finished is None or now - finished > LATE,
    )
