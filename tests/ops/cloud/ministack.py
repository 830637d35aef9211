"""A stand-in for AWS that makes CloudFormation stacks and enforces IAM policies: a process with ministack.

Run as a program (`python -m tests.ops.cloud.ministack`) it serves at GATEWAY_PORT. The shims, each for what AWS
does and ministack does not:

1. `indexes_have_a_status`: the indexes of a table that a stack makes are ACTIVE, as DescribeTable tells.
2. `budgets_are_taken`: AWS::Budgets::Budget, which it does not know, is taken, and nothing is made.
3. `functions_run_as_on_lambda`: on an interpreter that holds boto3 and nothing else, instead of ministack's own.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.ops.cloud.account import ACCOUNT, REGION, ROOT

PATIENCE = 60
"""Seconds after which a ministack that says nothing is given up."""


@contextmanager
def ministack(folder: Path, lambda_python: Path) -> Iterator[str]:
    """The endpoint of a ministack that enforces policies; `folder` holds its files."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "AUTH": "true",
        # The root user, whom no policy binds.
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "MINISTACK_REGION": REGION,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_PYTHON": str(lambda_python),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.ops.cloud.ministack"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        said: list[str] = []
        ready = threading.Event()
        listener = threading.Thread(target=_listen, args=(process, said, ready))
        listener.start()
        try:
            assert ready.wait(PATIENCE), "".join(said)
            assert process.poll() is None, "".join(said)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            listener.join()


def _listen(process: subprocess.Popen[str], said: list[str], ready: threading.Event) -> None:
    """Keep what it says, so that its pipe never fills up."""
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if "Running on http" in line:
            ready.set()
    ready.set()


def indexes_have_a_status(handlers: dict[str, Any]) -> None:
    """Shim 1."""
    table = handlers["AWS::DynamoDB::Table"]
    create = table["create"]

    def made(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        for index in properties["GlobalSecondaryIndexes"]:
            index["IndexStatus"] = "ACTIVE"
        return create(logical_id, properties, stack)

    table["create"] = made


def budgets_are_taken(handlers: dict[str, Any]) -> None:
    """Shim 2."""

    def made(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        return properties["Budget"]["BudgetName"], {}

    handlers["AWS::Budgets::Budget"] = {"create": made, "delete": lambda identifier, properties: None}


def functions_run_as_on_lambda(runtime: Any) -> None:
    """Shim 3."""
    detect = runtime._detect_runtime_binary

    def found(name: str) -> tuple[str, str]:
        _, worker = detect(name)
        return os.environ["LAMBDA_PYTHON"], worker

    runtime._detect_runtime_binary = found


def main() -> None:
    """Serve, with the shims in place."""
    from ministack import app
    from ministack.core import lambda_runtime
    from ministack.services.cloudformation import provisioners

    indexes_have_a_status(provisioners._RESOURCE_HANDLERS)
    budgets_are_taken(provisioners._RESOURCE_HANDLERS)
    functions_run_as_on_lambda(lambda_runtime)
    app.main()


if __name__ == "__main__":
    main()
