"""Files that ship with the service, each read once by an environment: the page for moderators, the elements."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.backend import Backend
from chalicelib.errors import NotFound
from chalicelib.model import Caller

WIDGET = Path(__file__).parents[1] / "widget"
MODERATION = WIDGET / "moderation"
EMBED = WIDGET / "embed"
STYLESHEET = "tribune.css"
ASSETS = {".css", ".js"}


def moderation(backend: Backend, caller: Caller) -> str:
    """The page itself, which tells nothing: what it shows it asks for with the moderator's token."""
    return _text(MODERATION / "index.html")


def moderation_asset(backend: Backend, caller: Caller, *, file: str) -> tuple[str, str]:
    """A script or a style sheet of the page: its suffix and its text. Raises NotFound for any other name."""
    if file not in _assets():
        raise NotFound("unknown_route")
    return Path(file).suffix, _text(MODERATION / file)


def embedded(backend: Backend, caller: Caller, *, version: str, file: str) -> tuple[str, str]:
    """A script or a style sheet of the elements, as it was published: its suffix and its text.

    Raises NotFound for a version or a file that was not.
    """
    if file not in _published()["versions"].get(version, {}):
        raise NotFound("unknown_route")
    return Path(file).suffix, _text(EMBED / version / file)


def stylesheet() -> str:
    """The path of the style sheet for pages without script, in the current version."""
    return f"/embed/{_published()['current']}/{STYLESHEET}"


@cache
def _published() -> dict[str, Any]:
    """The versions of the elements: the hash of each file, by version and name."""
    published: dict[str, Any] = json.loads((EMBED / "integrity.json").read_bytes())
    return published


@cache
def _assets() -> frozenset[str]:
    return frozenset(path.name for path in MODERATION.iterdir() if path.suffix in ASSETS)


@cache
def _text(path: Path) -> str:
    # Not as text, whose line ends Python would change: pages name the hash of what is in the file.
    return path.read_bytes().decode("utf-8")
