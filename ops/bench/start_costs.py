"""How long does a cold start take beside its floor, and how large is the package?"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from ops.bench.row import Row

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "build" / "deployment.zip"
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 6
MOST = 1.1
ROUNDS = 15
SERIES = 4
CLOCK = "import time; began = time.process_time()\n{}\nprint(time.process_time() - began)"
FLOOR = "import chalice, boto3; boto3.client('dynamodb')"
OURS = "import app; from chalicelib.storage.client import make_client; make_client()"
WHOLE = f"{OURS}; import email_validator, nh3, linkify_it"
LAMBDA = dict.fromkeys(("AWS_REGION", "AWS_DEFAULT_REGION"), "eu-west-3") | dict.fromkeys(
    ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "bench"
)
"""Where the SDK looks first on Lambda; it would search the network for what is missing."""


def rows() -> Iterator[Row]:
    """Imports and the making of a client, against those of `chalice` and `boto3` alone; the package's size."""
    ours, whole = ratios((OURS, WHOLE))
    yield Row("cold start: the app and its client", f"x {MOST} of the floor", f"x {ours:.2f}", ours <= MOST)
    yield Row(
        "cold start, e-mail check and sanitiser too", f"x {MOST} of the floor", f"x {whole:.2f}", whole <= MOST
    )
    yield package_row(PACKAGE)


def ratios(programs: Iterable[str], most: float = MOST, rounds: int = ROUNDS, series: int = SERIES) -> list[float]:
    """What programs cost by the floor: the least CPU time of each, taken in turn in a random order.

    CPU time, since others on the machine make one wait; the least of it, since what they do to caches only
    ever adds. For the same reason a ratio above `most` is measured on, up to `series` times `rounds`.
    """
    least = dict.fromkeys((FLOOR, *programs), float("inf"))
    order = list(least)
    random = Random(1)  # noqa: S311  # no secret
    for program in order:
        cpu_seconds(program)  # the first run writes the bytecode
    for _ in range(series):
        for _ in range(rounds):
            random.shuffle(order)
            least |= {program: min(least[program], cpu_seconds(program)) for program in order}
        found = [least[program] / least[FLOOR] for program in least if program != FLOOR]
        if max(found) <= most:
            break
    return found


def cpu_seconds(program: str) -> float:
    """Of a fresh interpreter that runs a program, its own start left out."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", CLOCK.format(program)],
        cwd=ROOT,
        env=environment | LAMBDA,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def package_row(package: Path) -> Row:
    """The size of the package, where there is one."""
    operation, bound = "package, zipped", f"{MOST_MEGABYTES} MB"
    if not package.exists():
        return Row(operation, bound, "none: `make package` builds it", None)
    size = package.stat().st_size / MEGABYTE
    return Row(operation, bound, f"{size:.1f} MB", size <= MOST_MEGABYTES)
