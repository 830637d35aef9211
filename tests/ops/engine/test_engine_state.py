"""One process at a time has the engine of a state folder; the others find it, even after a `kill -9`."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import BotoCoreError

from ops.engine import Engine, EngineError, StateError, open_store

ROOT = Path(__file__).parents[3]
SERVE = """
import pathlib, signal, sys
from ops.engine import open_store
with open_store(pathlib.Path(sys.argv[1])) as store:
    print(store.listen(), flush=True)
    signal.pause()
"""
ONCE = {"retries": {"total_max_attempts": 1}, "max_pool_connections": 16}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "state"


@contextmanager
def serving(state: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder and listens."""
    command = [sys.executable, "-c", SERVE, str(state)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline().startswith("http://127.0.0.1:")
            yield child
        finally:
            child.kill()


def test_the_first_owns_the_folder_and_the_second_reaches_it_through_the_first(state, schema):
    with open_store(state) as first:
        assert (first.owner, first.url) == (True, None)
        url = first.listen()
        first.client().create_table(**schema)
        with open_store(state) as second:
            assert (second.owner, second.url) == (False, url)
            assert second.client().list_tables()["TableNames"] == ["tribune"]
            assert second.expire(0) == 0
            with pytest.raises(StateError, match="only that one can listen"):
                second.listen()
    assert not (state / "endpoint").exists()
    with open_store(state) as third:
        assert third.owner
        assert third.client().list_tables()["TableNames"] == ["tribune"]


def test_a_client_takes_settings_of_botocore_and_ignores_those_of_the_machine(state, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "a-profile-that-is-not-there")
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "http://elsewhere.invalid")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with open_store(state) as store:
        client = store.client(retries={"total_max_attempts": 1})
        assert client.list_tables()["TableNames"] == []
        assert client.meta.region_name == "eu-west-3"


@pytest.mark.parametrize("left", ["http://127.0.0.1:9", "http://127.0.0.1:99999", "", "half a u"])
def test_an_endpoint_left_by_a_killed_process_does_no_harm(state, left):
    state.mkdir(parents=True)
    (state / "endpoint").write_text(left)
    with open_store(state) as store:
        assert store.owner
        assert not (state / "endpoint").exists()


def test_a_folder_whose_owner_does_not_listen_is_refused_with_a_sentence(state):
    state.mkdir(parents=True)
    (state / "endpoint").write_text("http://127.0.0.1:9")
    with open(state / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(StateError, match="in use by a process that does not listen"):
            open_store(state, patience=0)


def test_a_folder_that_cannot_be_used_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    for state in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StateError, match="name a folder you can write"):
            open_store(state)


def test_a_damaged_file_is_refused_and_the_folder_let_go(state):
    state.mkdir(parents=True)
    (state / "tribune.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(StateError, match="cannot be opened"):
        open_store(state)
    (state / "tribune.sqlite3").unlink()
    with open_store(state) as store:
        assert store.owner


def test_the_file_of_a_running_process_is_refused(state):
    with serving(state), pytest.raises(EngineError, match="locked"):
        Engine(state / "tribune.sqlite3")


class Writers:
    """16 threads; each transaction puts one item and counts it."""

    def __init__(self, client: Any, name: str, enough: int) -> None:
        self._client = client
        self._name = name
        self._enough = enough
        self.acknowledged: set[str] = set()
        self.sent = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(number,)) for number in range(16)]
        for thread in self._threads:
            thread.start()

    def _write(self, writer: int) -> None:
        for number in count():
            name = f"{self._name}-{writer}-{number}"
            item = {"pk": {"S": "A"}, "sk": {"S": name}, "thread": {"S": "A"}, "at": {"S": name}}
            add = {
                "TableName": "tribune",
                "Key": {"pk": {"S": "count"}, "sk": {"S": "count"}},
                "UpdateExpression": "ADD n :one, written :name",
                "ExpressionAttributeValues": {":one": {"N": "1"}, ":name": {"SS": [name]}},
            }
            put = {"TableName": "tribune", "Item": item}
            try:
                self._client.transact_write_items(TransactItems=[{"Put": put}, {"Update": add}])
            except BotoCoreError:
                return
            self.acknowledged.add(name)
            if len(self.acknowledged) >= self._enough:
                self.sent.set()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()


def test_what_was_acknowledged_survives_a_kill_and_the_count_is_exact(state, schema):
    acknowledged: set[str] = set()
    with open_store(state) as store:
        store.client().create_table(**schema)
    for name in ("first", "second"):
        with serving(state) as child, open_store(state) as store:
            assert not store.owner
            writers = Writers(store.client(**ONCE), name, enough=300)
            assert writers.sent.wait(timeout=30)
            os.kill(child.pid, signal.SIGKILL)
            writers.join()
            acknowledged |= writers.acknowledged
        assert (state / "endpoint").exists()
    with open_store(state) as store:
        assert store.owner
        check_counts(store.client(), acknowledged)


def check_counts(client: Any, acknowledged: set[str]) -> None:
    kept: set[str] = set()
    for page in client.get_paginator("query").paginate(
        TableName="tribune",
        IndexName="thread",
        KeyConditionExpression="thread = :t",
        ExpressionAttributeValues={":t": {"S": "A"}},
    ):
        kept |= {item["sk"]["S"] for item in page["Items"]}
    counted = client.get_item(TableName="tribune", Key={"pk": {"S": "count"}, "sk": {"S": "count"}})["Item"]
    assert acknowledged <= kept
    assert set(counted["written"]["SS"]) == kept
    assert int(counted["n"]["N"]) == len(kept)
