"""Fixtures: an interpreter that holds what Lambda holds, and an account with nothing in it."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.ops.cloud.account import ROOT, Cloud, copy_project, run_on_this_machine, stand_in
from tests.ops.cloud.ministack import ministack

RUNTIME = ROOT / "build" / f"lambda-runtime-{version('boto3')}"


@pytest.fixture(scope="session")
def lambda_python() -> Path:
    """The interpreter of an environment that holds boto3 and nothing else, as Lambda's does; made once."""
    python = RUNTIME / "bin" / "python"
    RUNTIME.parent.mkdir(exist_ok=True)
    with RUNTIME.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (RUNTIME / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(RUNTIME)], check=True)
            pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, f"boto3=={version('boto3')}"], check=True)
            (RUNTIME / "ready").touch()
    return python


@pytest.fixture(scope="module")
def empty_account(tmp_path_factory: pytest.TempPathFactory, lambda_python: Path) -> Iterator[Cloud]:
    """An account with nothing in it, and the project, to be packaged for this machine."""
    folder = tmp_path_factory.mktemp("account")
    project = copy_project(folder / "project")
    run_on_this_machine(project)
    (folder / "functions").mkdir()
    (folder / "ministack").mkdir()
    with (
        stand_in(folder / "functions", lambda_python) as endpoint,
        # moto knows no cache policies: ministack plays CloudFront.
        ministack(folder / "ministack", lambda_python) as cloudfront,
    ):
        yield Cloud(endpoint, project, endpoints={"AWS_ENDPOINT_URL_CLOUDFRONT": cloudfront})
