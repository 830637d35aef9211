"""The journal of `make serve`: nowhere unless LOG says so, and nobody ever waits for whoever reads it."""

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from ops.errors import OperatorError
from ops.serve.lines import Heard, Lines, sink
from ops.serve.timers import Timers
from tests.ops.serving import run_ops, serving
from tests.scene import Service


def test_without_a_name_nothing_is_written(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        for _ in range(20):
            service.call("GET", "/nowhere")
        service.process.terminate()
        output, errors = service.process.communicate(timeout=60)

    assert (output, errors) == ("", "")


def test_a_named_file_gets_a_line_for_each_request_after_those_it_holds(tmp_path: Path) -> None:
    log = tmp_path / "journal.log"
    log.write_text('{"event": "before"}\n')

    with serving(tmp_path, LOG=str(log)) as service:
        service.call("GET", "/nowhere")
        service.call("GET", "/health")

    told = [json.loads(line) for line in log.read_text().splitlines()]
    assert told[0] == {"event": "before"}
    requests = [line for line in told if line["event"] == "request"]
    assert [line["route"] for line in requests] == ["unknown", "GET /health"]
    assert any(line["event"] == "roll_up" for line in told)


def test_standard_error_that_nobody_reads_stops_nothing(tmp_path: Path) -> None:
    with serving(tmp_path, LOG="-") as service:
        connection = service.connection()
        for _ in range(500):
            connection.request("GET", "/nowhere")
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 404
        connection.close()
        service.process.terminate()
        _, errors = service.process.communicate(timeout=60)

    told = [json.loads(line) for line in errors.splitlines()]
    assert 0 < len(told) < 500, "what the pipe had room for, in whole lines"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    ended = run_ops(tmp_path, "serve", LOG="/dev/null/journal")

    assert ended.returncode == 2
    assert "LOG" in ended.stderr
    with pytest.raises(OperatorError, match="/dev/null/journal"):
        sink({"LOG": "/dev/null/journal"})


def test_a_line_too_long_for_a_pipe_is_left_out_whole() -> None:
    reading, writing = os.pipe()
    write = Lines(writing)

    write("x" * 5_000)
    write("short")

    assert os.read(reading, 10_000) == b"short\n"
    os.close(reading)
    os.close(writing)


def test_what_a_timer_raises_is_passed_on_and_it_ticks_again() -> None:
    failures: list[Exception] = []
    ticked = threading.Event()

    def tick() -> None:
        if len(failures) == 2:
            ticked.set()
            return
        raise ValueError("marker")

    timers = Timers(0, [tick], failed=failures.append)
    timers.start()
    assert ticked.wait(60)
    timers.stop()

    assert [type(error) for error in failures] == [ValueError, ValueError]


def test_of_what_libraries_log_only_the_kind_and_the_place_is_told(service: Service) -> None:
    lines = service.journal()
    library = logging.getLogger("tests.library")
    library.propagate = False
    heard: Any = Heard(service.backend)
    library.addHandler(heard)

    try:
        raise KeyError("marker@example.org")
    except KeyError:
        library.exception("failed for %s", "marker@example.org")
    library.info("nothing of note")
    library.removeHandler(heard)

    (told,) = map(json.loads, lines)
    assert (told["event"], told["logger"], told["kind"]) == ("library", "tests.library", "KeyError")
    assert "marker" not in lines[0]
