"""Bytecode that goes with the package: Lambda's disk keeps none, so each cold start would compile all it imports.

Chalice zips `vendor/` as it is, which is how a `__pycache__` comes to lie beside the modules of the dependencies
and of Chalice itself; `chalicelib/` is zipped with its own. The bytecode is checked by the hash of its source
(PEP 552), since the zip dates every file alike; a source that was edited since is compiled as if there were none.
"""

import importlib.metadata
import importlib.util
import json
import py_compile
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from ops.cloud.steps import Step

FOLDER = Path("vendor")
CHALICE = {"chalice/__init__.py", "chalice/app.py"}
"""All of Chalice that goes into a package."""
STARTED = """
import json, sys
import app
from chalicelib.storage.client import make_client
make_client()
import email_validator, linkify_it, nh3
print(json.dumps([module.__file__ for module in list(sys.modules.values()) if getattr(module, "__file__", None)]))
"""


class Bytecode:
    """The bytecode of what a cold start of the project imports."""

    def __init__(self) -> None:
        self._root = Path.cwd()
        self._vendor = self._root / FOLDER

    def steps(self) -> list[Step]:
        """One."""
        return [Step("bytecode of the package", self._lacking, self._compile)]

    @cached_property
    def sources(self) -> dict[Path, Path]:
        """What is to be compiled, by where its bytecode goes."""
        found = {}
        for source in self._imported():
            place = self._in_package(source)
            if place:
                found[self._vendor / _cached(place)] = source
        for source in sorted((self._root / "chalicelib").rglob("*.py")):
            found[_cached(source)] = source
        return found

    def _lacking(self) -> str | None:
        stale = [target for target, source in self.sources.items() if not _fits(target, source)]
        return f"compile {len(stale)} modules" if stale else None

    def _compile(self) -> None:
        for stale in set(self._ours()) - self.sources.keys():
            stale.unlink()
        for target, source in self.sources.items():
            py_compile.compile(
                str(source),
                cfile=str(target),
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH,
            )

    def _ours(self) -> Iterator[Path]:
        """The bytecode in `vendor/` without a source beside it; all else there is the developer's own."""
        for path in self._vendor.rglob("__pycache__/*.pyc"):
            if not (path.parent.parent / f"{path.name.partition('.')[0]}.py").exists():
                yield path

    def _imported(self) -> list[Path]:
        done = subprocess.run(
            [sys.executable, "-c", STARTED], cwd=self._root, capture_output=True, text=True, check=True
        )
        return [Path(name) for name in json.loads(done.stdout.splitlines()[-1]) if name.endswith(".py")]

    def _in_package(self, source: Path) -> Path | None:
        """Where a module lies in the package; None if it is not in it, or lies in `chalicelib/`."""
        if source == self._root / "app.py":
            return Path("app.py")
        for folder in map(Path, sys.path):
            if folder.name == "site-packages" and source.is_relative_to(folder):
                place = source.relative_to(folder)
                return place if place.as_posix() in CHALICE or self._is_required(place) else None
        return None

    def _is_required(self, place: Path) -> bool:
        return place.parts[0].removesuffix(".py") in self._packages

    @cached_property
    def _packages(self) -> set[str]:
        """The top-level names that the distributions of requirements.txt bring."""
        wanted = set(_required((self._root / "requirements.txt").read_text("utf-8")))
        distributions = importlib.metadata.packages_distributions().items()
        return {name for name, brought_by in distributions if wanted & {_plain(one) for one in brought_by}}


def _required(requirements: str) -> Iterator[str]:
    for line in requirements.splitlines():
        name = re.match(r"[A-Za-z0-9._-]+", line)
        if name:
            yield _plain(name[0])


def _plain(distribution: str) -> str:
    """A distribution's name in the one spelling that compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _cached(source: Path) -> Path:
    return source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"


def _fits(target: Path, source: Path) -> bool:
    """Whether Python will take the bytecode for a source: its magic number, the flags, the hash of the source."""
    if not target.exists():
        return False
    head = target.read_bytes()[:16]
    expected = importlib.util.MAGIC_NUMBER + b"\x03\x00\x00\x00" + importlib.util.source_hash(source.read_bytes())
    return head == expected
