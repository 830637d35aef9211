"""An empty AWS account for tests: the stand-in's process, a copy of the project, and commands run in it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3

ROOT = Path(__file__).parents[3]
REGION = "eu-west-3"
ACCOUNT = "123456789012"
FOLDERS = ("chalicelib", "ops", ".chalice", "docs")
FILES = ("app.py", "Makefile", "requirements.txt", "requirements-dev.txt")
STAND_IN = Path(__file__).with_name("stand_in.py")


def copy_project(folder: Path) -> Path:
    """The project as a clone has it, with this environment's interpreter as its `.venv`."""
    folder.mkdir(parents=True)
    unwanted = shutil.ignore_patterns("__pycache__", "deployed", "deployments", "venv")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (folder / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    (folder / ".venv" / "ready").touch()
    return folder


def run_on_this_machine(project: Path) -> None:
    """Have Chalice package for this machine's processor instead of arm64, so that the zip can be started here."""
    path = project / ".chalice" / "config.json"
    path.write_text(path.read_text("utf-8").replace('"arm64"', '"x86_64"'), "utf-8")


@dataclass
class Cloud:
    """An account of the stand-in at `endpoint`, and the project that is deployed to it."""

    endpoint: str
    project: Path
    wheels: Path | None = None
    """Where pip finds all that is packaged, instead of in an index."""
    printed: str = ""
    endpoints: dict[str, str] = field(default_factory=dict)
    """Of services that another stand-in plays, by the variables that name them."""
    _clients: dict[str, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def environment(self) -> dict[str, str]:
        """What a command's environment holds: the account, and nothing of Tribune."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {
            **kept,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_EC2_METADATA_DISABLED": "true",
            **({"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)} if self.wheels else {}),
            **self.endpoints,
        }

    def run(self, *command: str, status: int = 0, typed: str = "") -> str:
        """What a command prints, both ways; it must end with `status`."""
        done = subprocess.run(
            command,
            cwd=self.project,
            env=self.environment,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == status, done.stdout
        return done.stdout

    def ops(self, *arguments: str, **options: Any) -> str:
        """`python -m ops` in the project."""
        return self.run(sys.executable, "-m", "ops", *arguments, **options)

    def chalice(self, *arguments: str, **options: Any) -> str:
        """`chalice` in the project."""
        return self.run(str(Path(sys.executable).with_name("chalice")), *arguments, **options)

    def client(self, service: str) -> Any:
        """A client of the account, the same each time: to make one takes longer than most calls."""
        if service not in self._clients:
            variable = f"AWS_ENDPOINT_URL_{service.upper()}"
            session: Any = boto3.session.Session("testing", "testing", region_name=REGION)
            self._clients[service] = session.client(
                service, endpoint_url=self.endpoints.get(variable, self.endpoint)
            )
        return self._clients[service]

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        """What a deployed function answers to an event."""
        answer = self.client("lambda").invoke(FunctionName=function, Payload=json.dumps(event).encode())
        said = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, said
        return said

    def rest_api(self) -> str:
        """The id of the only REST API."""
        (api,) = self.client("apigateway").get_rest_apis()["items"]
        return str(api["id"])


@contextmanager
def stand_in(folder: Path, lambda_python: Path | None = None) -> Iterator[str]:
    """The endpoint of a stand-in in its own process; functions run on `lambda_python`, unpacked in `folder`."""
    environment = {**os.environ, "LAMBDA_PYTHON": str(lambda_python or sys.executable), "TMPDIR": str(folder)}
    environment.pop("AWS_ENDPOINT_URL", None)
    with subprocess.Popen(
        [sys.executable, str(STAND_IN)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        try:
            endpoint = process.stdout.readline().strip()
            assert endpoint, "the stand-in did not start"
            yield endpoint
        finally:
            process.terminate()


def steps_taken(printed: str) -> list[str]:
    """What a command of a stage says that it has done."""
    return [line.split(maxsplit=1)[1] for line in printed.splitlines() if line.startswith("  doing ")]


def names(items: Sequence[dict[str, Any]], key: str) -> set[str]:
    """One attribute of each of several answers."""
    return {item[key] for item in items}
