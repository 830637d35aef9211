"""The page for moderators: files that ship with the service, each read once by an environment."""

from functools import cache
from pathlib import Path

from chalicelib.backend import Backend
from chalicelib.errors import NotFound
from chalicelib.model import Caller

MODERATION = Path(__file__).parents[1] / "widget" / "moderation"
ASSETS = {".css", ".js"}


def moderation(backend: Backend, caller: Caller) -> str:
    """The page itself, which tells nothing: what it shows it asks for with the moderator's token."""
    return _text("index.html")


def moderation_asset(backend: Backend, caller: Caller, *, file: str) -> tuple[str, str]:
    """A script or a style sheet of the page: its suffix and its text. Raises NotFound for any other name."""
    if file not in _assets():
        raise NotFound("unknown_route")
    return Path(file).suffix, _text(file)


@cache
def _assets() -> frozenset[str]:
    return frozenset(path.name for path in MODERATION.iterdir() if path.suffix in ASSETS)


@cache
def _text(name: str) -> str:
    return (MODERATION / name).read_text("utf-8")
