"""How long does a cold start take beside its floor, and how large is the package?"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from ops.bench.row import Row

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "build" / "deployment.zip"
MEGABYTE = 1024 * 1024
RUNS = 15
CLOCK = "import time; began = time.perf_counter()\n{}\nprint(time.perf_counter() - began)"
FLOOR = "import chalice, boto3; boto3.client('dynamodb')"
OURS = "import app; from chalicelib.storage.client import make_client; make_client()"
WHOLE = f"{OURS}; import email_validator, nh3, linkify_it"


def rows(runs: int = RUNS) -> Iterator[Row]:
    """Imports and the making of a client, against those of `chalice` and `boto3` alone; the package's size."""
    seconds: dict[str, list[float]] = {FLOOR: [], OURS: [], WHOLE: []}
    for _ in range(runs):
        for program, measured in seconds.items():
            measured.append(time_of(program))
    floor, ours, whole = (median(measured) for measured in seconds.values())
    yield Row("cold start: the app and its client", "x 1.1 of the floor", f"x {ours / floor:.2f}", None)
    yield Row("cold start, e-mail check and sanitiser too", "x 1.1 of the floor", f"x {whole / floor:.2f}", None)
    if PACKAGE.exists():
        size = PACKAGE.stat().st_size / MEGABYTE
        yield Row("package, zipped", "6 MB", f"{size:.1f} MB", None)


def time_of(program: str) -> float:
    """Seconds that a fresh interpreter takes to run a program, its own start left out."""
    environment = {**os.environ, "AWS_DEFAULT_REGION": "eu-west-3"}
    done = subprocess.run(
        [sys.executable, "-c", CLOCK.format(program)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
