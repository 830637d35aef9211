"""What operator commands share: the settings, the table they work on, and the tokens of a local service."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from chalicelib import settings
from chalicelib.backend import Backend, build
from chalicelib.model import ROLES
from chalicelib.rules import instants
from chalicelib.settings import Settings
from chalicelib.storage import schema, views
from chalicelib.storage.client import OPTIONS, make_full_client
from ops import migrations
from ops.engine import StateError, Store, open_store
from ops.errors import OperatorError

DEFAULT_STATE = ".local"
ENDPOINT = "AWS_ENDPOINT_URL_DYNAMODB"
TOKENS = "tokens.json"


def read_settings() -> Settings:
    """The settings of the environment. Raises OperatorError naming those that cannot be used."""
    try:
        return settings.read(os.environ)
    except settings.SettingsError as error:
        raise OperatorError(str(error)) from error


def state_folder() -> Path:
    """Where a local service keeps its data: STATE, or `.local` here."""
    return Path(os.environ.get("STATE") or DEFAULT_STATE)


@contextmanager
def open_table() -> Iterator[tuple[Any, Store | None]]:
    """A DynamoDB client and, unless AWS_ENDPOINT_URL_DYNAMODB names another engine, the local store behind it."""
    if os.environ.get(ENDPOINT):
        # Local engines take any credentials; the SDK wants some all the same.
        os.environ.setdefault("AWS_ACCESS_KEY_ID", "local")
        os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "local")
        with closing(make_full_client()) as client:
            yield client, None
        return
    try:
        with open_store(state_folder()) as store:
            if store.owner:
                store.listen()  # so that another command can work beside this one
            yield store.client(**OPTIONS), store
    except StateError as error:
        raise OperatorError(str(error)) from error


@contextmanager
def open_backend() -> Iterator[Backend]:
    """A backend beside a running `make serve` of the same STATE, or alone; its table is made if need be."""
    configured = read_settings()
    with open_table() as (client, _):
        yield ready_backend(client, configured)


def ready_backend(client: Any, configured: Settings) -> Backend:
    """A backend whose table exists and has this release's schema."""
    made = schema.create_if_missing(client, configured.table)
    backend = build(configured, client)
    if made:
        views.start_counting(backend.table, instants.hour_of(backend.now()))
    migrations.migrate(backend.table)
    return backend


def local_tokens(configured: Settings) -> Settings:
    """The settings with a token for each role: the one given, or one made once and kept in the state folder."""
    path = state_folder() / TOKENS
    try:
        kept: dict[str, str] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        kept = {}
    made = {role: kept.get(role) or f"local-{role}-{secrets.token_urlsafe(24)}" for role in ROLES}
    if made != kept:
        _keep_private(path, json.dumps(made))
    given = {f"{role}_token": getattr(configured, f"{role}_token") or token for role, token in made.items()}
    return configured.model_copy(update=given)


def _keep_private(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise OperatorError(f"{path} cannot be written ({error.strerror}): set STATE to another folder") from error


def number(environ: Mapping[str, str], name: str, default: int, most: int) -> int:
    """A whole number of the environment. Raises OperatorError."""
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise OperatorError(f"{name}={text} is no number from 0 to {most}: give one, or leave it out")
    return int(text)
