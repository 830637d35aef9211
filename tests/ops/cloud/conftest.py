"""Fixtures: an interpreter that holds what Lambda holds, what is packaged for it, and an empty account."""

import fcntl
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.ops.cloud.account import ROOT, Cloud, copy_project, run_on_this_machine, stand_in
from tests.ops.cloud.ministack import ministack

REQUIREMENTS = ROOT / "requirements.txt"
RUNTIME = ROOT / "build" / f"lambda-runtime-{version('boto3')}"
WHEELS = ROOT / "build" / f"wheels-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]}"
QUIETLY = ("--quiet", "--disable-pip-version-check")


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """Whether the folder is still to be made, here: other processes wait meanwhile."""
    folder.parent.mkdir(exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        missing = not (folder / "ready").exists()
        yield missing
        if missing:
            (folder / "ready").touch()


@pytest.fixture(scope="session")
def lambda_python() -> Path:
    """The interpreter of an environment that holds boto3 and nothing else, as Lambda's does."""
    python = RUNTIME / "bin" / "python"
    with made_once(RUNTIME) as missing:
        if missing:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(RUNTIME)], check=True)
            pip = [str(python), "-m", "pip", "install", *QUIETLY]
            subprocess.run([*pip, f"boto3=={version('boto3')}"], check=True)
    return python


@pytest.fixture(scope="session")
def wheels() -> Path:
    """What the requirements bring to Lambda: to ask an index for it anew for each package takes seconds."""
    with made_once(WHEELS) as missing:
        if missing:
            pip = [sys.executable, "-m", "pip", "download", *QUIETLY, "--only-binary=:all:"]
            lambdas = ["--platform", "manylinux2014_x86_64", "--python-version", "3.11"]
            subprocess.run([*pip, *lambdas, "--dest", str(WHEELS), "-r", str(REQUIREMENTS)], check=True)
    return WHEELS


@pytest.fixture(scope="module")
def empty_account(tmp_path_factory: pytest.TempPathFactory, lambda_python: Path, wheels: Path) -> Iterator[Cloud]:
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
        yield Cloud(endpoint, project, wheels, endpoints={"AWS_ENDPOINT_URL_CLOUDFRONT": cloudfront})
