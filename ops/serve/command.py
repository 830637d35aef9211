"""`python -m ops serve`: embedded DynamoDB, HTTP door, timers and demonstration in one process."""

import argparse
import logging
import os
import signal
import threading
from dataclasses import replace
from types import FrameType

import app
from chalicelib import journal
from chalicelib.backend import Backend
from chalicelib.rules import instants
from ops import environment, snippet
from ops.demo import seed, site
from ops.engine import Store
from ops.errors import OperatorError
from ops.serve import lines
from ops.serve.door import Door
from ops.serve.timers import Tick, Timers, scheduled

HELP = "run everything on this machine (PORT=8000, STATE=.local, DEMO=0 for an empty store, LOG=- for a journal)"
DEFAULT_PORT = 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: PORT, STATE, DEMO and LOG are environment variables."""


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted or terminated."""
    configured = environment.local_tokens(environment.read_settings())
    sink = lines.sink(os.environ)
    port = environment.number(os.environ, "PORT", DEFAULT_PORT, 65_535)
    demo = os.environ.get("DEMO", "1") != "0"
    with environment.open_table() as (client, store):
        if store and not store.owner:
            raise OperatorError(f"{environment.state_folder()} is in use: let that command end, or set STATE")
        backend = replace(environment.ready_backend(client, configured), sink=sink)
        logging.getLogger().addHandler(lines.Heard(backend))
        _serve(backend, store, port, demo)
    return 0


def _serve(backend: Backend, store: Store | None, port: int, demo: bool) -> None:
    app.app.backend = lambda: backend
    try:
        door = Door(port, app.app, site.Site(app.app) if demo else None)
    except OSError as error:
        raise OperatorError(f"port {port} cannot be had ({error.strerror}): set PORT to another one") from error
    if demo:
        seed.fill(backend, door.url)
    timers = Timers(
        backend.settings.roll_up_seconds,
        ticked(backend, store),
        failed=lambda error: backend.tell("timer", journal.failure(error)),
    )
    timers.start()
    _stop_on_signals(door)
    _say_hello(door.url, backend, demo)
    try:
        door.serve_forever(poll_interval=0.1)
    finally:
        door.server_close()
        timers.stop()


def ticked(backend: Backend, store: Store | None) -> list[Tick]:
    """What the timers do: what the app has on a schedule, and what DynamoDB does by itself on AWS."""
    ticks = scheduled(app)
    if store:
        ticks.append(lambda: store.expire(backend.now() / instants.SECOND))
    return ticks


def _stop_on_signals(door: Door) -> None:
    def stop(signum: int, frame: FrameType | None) -> None:
        # shutdown() waits for serve_forever, which runs in this very thread.
        threading.Thread(target=door.shutdown, daemon=True).start()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _say_hello(url: str, backend: Backend, demo: bool) -> None:
    lines = [
        f"Tribune listens at {url}",
        f"  publisher token  {backend.settings.publisher_token}",
        f"  moderator token  {backend.settings.moderator_token}",
        f"  admin token      {backend.settings.admin_token}",
        f"  moderation       {url}/moderation",
        f"  data             {environment.state_folder()}",
    ]
    if demo:
        lines.append(f"  a page to try    {url}/")
    lines += ["", "Paste into an article's page, with its id in place of 42:", *snippet.lines(url, "42"), ""]
    lines.append("Stop it with Ctrl-C; nothing acknowledged is lost either way.")
    print("\n".join(lines), flush=True)
