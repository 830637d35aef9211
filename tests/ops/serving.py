"""A `python -m ops serve` of a test's own, started, spoken to over HTTP, and ended by its process id."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.scene import ADMIN, FIREFOX, MODERATOR, PUBLISHER

ROOT = Path(__file__).parents[2]
LISTENS = re.compile(r"listens at (http://\S+)")


def environment(state: Path, **variables: str) -> dict[str, str]:
    """The environment of an operator command that works on a state folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRIBUNE_", "AWS_"))}
    tokens = {
        "TRIBUNE_PUBLISHER_TOKEN": PUBLISHER,
        "TRIBUNE_MODERATOR_TOKEN": MODERATOR,
        "TRIBUNE_ADMIN_TOKEN": ADMIN,
    }
    return kept | tokens | {"STATE": str(state), "PORT": "0", "DEMO": "0"} | variables


def run_ops(state: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run an operator command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "ops", *arguments],
        cwd=ROOT,
        env=environment(state, **variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@dataclass
class Serving:
    """A running service."""

    process: subprocess.Popen[str]
    url: str
    hello: str

    def connection(self) -> HTTPConnection:
        """A connection of one's own, kept alive between requests."""
        return HTTPConnection(urlsplit(self.url).netloc, timeout=60)

    def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        """One request on a connection of its own: the status and the JSON of the answer."""
        connection = self.connection()
        try:
            return exchange(connection, method, path, body, token=token, **headers)
        finally:
            connection.close()

    def kill(self) -> None:
        """End it as a power cut of the program would: no chance to write anything any more."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)


def exchange(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: Any = None,
    *,
    token: str | None = None,
    **headers: str,
) -> tuple[int, Any]:
    """One request on a connection: the status and the JSON of the answer, its text where it is none."""
    given = {"User-Agent": FIREFOX, "Content-Type": "application/json"} | headers
    if token:
        given["Authorization"] = f"Bearer {token}"
    connection.request(method, path, None if body is None else json.dumps(body), given)
    answer = connection.getresponse()
    text = answer.read().decode()
    is_json = text and "json" in (answer.getheader("Content-Type") or "")
    return answer.status, json.loads(text) if is_json else text


@contextmanager
def serving(state: Path, **variables: str) -> Iterator[Serving]:
    """A service on a free port, terminated at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "ops", "serve"],
        cwd=ROOT,
        env=environment(state, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        hello = ""
        for line in process.stdout:
            hello += line
            if "Ctrl-C" in line:
                break
        found = LISTENS.search(hello)
        assert found, hello + process.stderr.read()
        yield Serving(process, found[1], hello)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(30)
        process.stdout.close()
        process.stderr.close()
