"""Whether the service can do its work."""

from chalicelib.backend import Backend
from chalicelib.model import Caller
from chalicelib.storage import views


def check(backend: Backend, caller: Caller) -> None:
    """Read one small item. Raises Busy if the table does not answer."""
    views.read_state(backend.table)
