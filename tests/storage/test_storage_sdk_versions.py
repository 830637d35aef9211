"""Lambda brings a botocore of its own: the service works on an older and on a newer one than the pinned."""

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from chalicelib.storage import schema
from chalicelib.storage.client import make_full_client
from ops.engine import Engine

ROOT = Path(__file__).parents[2]
CACHE = ROOT / "build" / "botocore"
PROGRAM = """
import json, logging, sys
logging.basicConfig(stream=sys.stderr, format="%(message)s")
import botocore
from chalicelib import backend
from chalicelib.storage.client import make_full_client
from tests.scene import MODERATOR, PUBLISHER, Service

service = Service(backend.backend(), backend.backend().now)
posted = service.post().json if service.register().status == 201 else {}
client = backend.backend().table.client
sent = []
for made in (client, make_full_client()):
    made.meta.events.register("request-created.dynamodb", lambda request, **_: sent.append(request.url))
    made.get_item(TableName="tribune-local", Key={"pk": {"S": "x"}, "sk": {"S": "x"}})
print(json.dumps({
    "version": botocore.__version__,
    "knows_all": hasattr(client, "create_table"),
    "held": len(service.queue()["comments"]),
    "decided": service.decide("approve", posted["id"]).status,
    "listed": posted["id"] in service.call("GET", "/articles/a1/comments").text,
    "counted": [service.view()["counted"], service.view()["counted"]],
    "same place": sent[0] == sent[1],
}))
"""


def botocore_in_a_folder(version: str) -> Path:
    """The folder with that botocore, installed there once. Skips the test where PyPI cannot be reached."""
    folder = CACHE / version
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder)]
    if not (folder / "botocore" / "__init__.py").exists():
        done = subprocess.run([*pip, f"botocore=={version}"], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"botocore {version} cannot be had from PyPI: {done.stderr[-200:]}")
    return folder


@pytest.mark.long
@pytest.mark.parametrize("version", ["1.34.145", "1.44.5"])
def test_the_service_works_on_another_botocore(version: str) -> None:
    folder = botocore_in_a_folder(version)
    with closing(Engine(None)) as engine:
        url = engine.listen().url
        told = {
            "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
            "AWS_ENDPOINT_URL_DYNAMODB": url,
            "TRIBUNE_PUBLISHER_TOKEN": "publisher-token-of-the-tests",
            "TRIBUNE_MODERATOR_TOKEN": "moderator-token-of-the-tests",
        }
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("AWS_ENDPOINT_URL_DYNAMODB", url)
            with closing(make_full_client()) as client:
                schema.create_if_missing(client, "tribune-local")

        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env=os.environ | told,
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "version": version,
        "knows_all": False,
        "held": 1,
        "decided": 200,
        "listed": True,
        "counted": [True, False],
        "same place": True,
    }
