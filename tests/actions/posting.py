"""A process that posts: an environment of its own on a table that others share, told what to send and when.

It reads an order a line from its standard input, says `ready`, waits for another line, sends all requests of the
order, and answers with the status, the code and the seconds to wait of each.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from typing import Any

from chalicelib.storage.client import make_full_client
from tests.scene import NOON, Clock, Heard, Service, make_backend

ROOT = Path(__file__).parents[2]
Told = tuple[int, str | None, str | None]
"""The status of an answer, its code and its `Retry-After`."""


def a_post(name: str, address: str, **options: Any) -> dict[str, Any]:
    """A comment of somebody, unless `options` say otherwise of its fields or headers."""
    fields = {"author_name": name, "author_email": f"{name}@example.org", "content": f"de {name}"}
    body = {field: options.pop(field, value) for field, value in fields.items()}
    body |= {field: options.pop(field) for field in ("submission_id",) if field in options}
    return {"body": body, "address": address} | options


@dataclass
class Poster:
    """One such process."""

    process: subprocess.Popen[str]

    def prepare(self, posts: list[dict[str, Any]], at: int, settings: dict[str, Any]) -> None:
        """Have it ready to send."""
        self._say(json.dumps({"posts": posts, "at": at, "settings": settings}))
        assert self._hear() == "ready\n"

    def go(self) -> None:
        """Let it send."""
        self._say("go")

    def told(self) -> list[Told]:
        """What it was answered."""
        return [(status, code, wait) for status, code, wait in json.loads(self._hear())]

    def _say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def _hear(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()


def all_at_once(
    posters: list[Poster], posts: list[list[dict[str, Any]]], at: int = NOON, **settings: Any
) -> list[list[Told]]:
    """Let each process send its posts, all at the same time."""
    for poster, its_own in zip(posters, posts, strict=True):
        poster.prepare(its_own, at, settings)
    for poster in posters:
        poster.go()
    return [poster.told() for poster in posters]


@contextmanager
def posting(count: int, endpoint: str) -> Iterator[list[Poster]]:
    """So many processes that post into the tables of an engine, ended with their input."""
    environment = os.environ | {"AWS_ENDPOINT_URL_DYNAMODB": endpoint}
    command = [sys.executable, "-m", "tests.actions.posting"]
    with ExitStack() as ended:
        posters = []
        for _ in range(count):
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            ended.enter_context(process)
            posters.append(Poster(process))
        yield posters


def answered(heard: Heard) -> Told:
    """What is told of an answer."""
    return heard.status, heard.json.get("code"), heard.headers.get("retry-after")


def main() -> None:
    """Post what is ordered until there are no more orders."""
    client = make_full_client()
    while line := sys.stdin.readline():
        order = json.loads(line)
        clock = Clock(order["at"])
        service = Service(make_backend(client, clock, moderation="none", **order["settings"]), clock)
        service.backend.random_bytes = token_bytes
        print("ready", flush=True)
        sys.stdin.readline()
        told = [answered(service.call("POST", "/articles/a1/comments", **request)) for request in order["posts"]]
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
