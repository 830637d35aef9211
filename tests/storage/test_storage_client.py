"""The service's client: made of few operations, of few files, and able to do without them."""

import ast
import json
import shutil
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ReadTimeoutError

import app
from chalicelib import settings
from chalicelib.backend import build
from chalicelib.errors import Busy
from chalicelib.storage import schema
from chalicelib.storage.client import (
    ATTEMPTS,
    CONNECT_TIMEOUT,
    DATA,
    OPTIONS,
    READ_TIMEOUT,
    SERVICE,
    TrimmedData,
    make_client,
    make_full_client,
)
from chalicelib.storage.table import Table
from ops import build_botocore_data
from ops.engine import Engine
from tests.scene import MODERATOR, PUBLISHER, Clock, Service

SHIPPED = Path(app.__file__).parent / "chalicelib"
LAMBDA_TIMEOUT = 20
MODEL = "dynamodb/2012-08-10/service-2.json"


def knows_all(client: Any) -> bool:
    """Whether it is the full client."""
    return hasattr(client, "create_table")


class Body:
    """A body as botocore reads it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, *_: object, **__: object) -> list[bytes]:
        """All of it at once."""
        return [self._content]


def asked_by(client: Any, operation: str, content: bytes, **request: Any) -> tuple[str, str]:
    """Where a client sends a request, answered with `content`; for which day, region and service it signs it."""
    sent: list[Any] = []

    def answer(request: Any, **_: Any) -> AWSResponse:
        sent.append(request)
        return AWSResponse(request.url, 200, {}, Body(content))

    client.meta.events.register_first("before-send", answer)
    getattr(client, operation)(**request)
    (heard,) = sent
    credential = heard.headers["Authorization"].decode().partition("Credential=")[2].partition(",")[0]
    return heard.url, credential


def item_asked_by(client: Any) -> tuple[str, str]:
    return asked_by(client, "get_item", b"{}", TableName="t", Key={"pk": {"S": "x"}})


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of an engine with a table, as AWS_ENDPOINT_URL_DYNAMODB gives it."""
    with closing(Engine(None)) as engine:
        url = engine.listen().url
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", url)
        with closing(make_full_client()) as client:
            schema.create_if_missing(client, "tribune-local")
        yield url


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the shipped data, to be broken."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def test_the_shipped_data_is_what_botocore_gives() -> None:
    shipped = {path.relative_to(DATA).as_posix(): path.read_text("utf-8") for path in DATA.rglob("*.json")}

    assert shipped == build_botocore_data.generated()


def test_the_model_has_every_operation_that_the_service_calls_and_no_other() -> None:
    operations = make_full_client().meta.method_to_api_mapping
    called = {
        operations[node.attr]
        for path in SHIPPED.rglob("*.py")
        if path.name != "schema.py"  # operators make tables, with a client that knows everything
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in operations
        and ast.unparse(node.value).endswith("client")
    }

    assert called == set(build_botocore_data.OPERATIONS)
    assert called == set(make_client().meta.service_model.operation_names)


def test_the_service_works_on_a_client_that_knows_little(endpoint: str, clock: Clock) -> None:
    configured = settings.Settings(publisher_token=PUBLISHER, moderator_token=MODERATOR, comment_interval=0)
    client = make_client()
    service = Service(build(configured, client), clock)

    assert not knows_all(client)
    assert service.register().status == 201
    posted = service.post()
    assert posted.status == 202
    assert service.queue()["comments"]
    assert service.decide("approve", posted.json["id"]).status == 200
    assert posted.json["id"] in service.call("GET", "/articles/a1/comments").text
    assert service.view()["counted"]


REGIONS = [
    "eu-west-3",
    "us-east-1",
    "cn-north-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-isob-east-1",
    "eusc-de-east-1",
    "eu-nowhere-9",
]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("account", [None, "123456789012"])
def test_requests_go_where_the_full_client_sends_them(
    region: str, account: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_REGION", region)
    if account:
        monkeypatch.setenv("AWS_ACCOUNT_ID", account)

    client = make_client()

    assert not knows_all(client)
    assert item_asked_by(client) == item_asked_by(make_full_client())


@pytest.mark.parametrize("region", ["eu-west-3", "us-east-1", "cn-north-1", "us-gov-west-1"])
def test_credentials_may_come_from_other_services(region: str) -> None:
    session = botocore.session.get_session()
    session.register_component("data_loader", TrimmedData(DATA))

    asked = [
        asked_by(
            maker.create_client("sts", region_name=region),
            "get_caller_identity",
            b"<Answer><GetCallerIdentityResult/></Answer>",
        )
        for maker in (session, botocore.session.get_session())
    ]

    assert asked[0] == asked[1]


def test_the_region_may_come_from_a_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("[profile news]\nregion = ca-central-1\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_PROFILE", "news")
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    assert make_client().meta.region_name == "ca-central-1"


def test_data_of_a_customer_is_left_alone(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (broken / MODEL).write_text("{")
    monkeypatch.setenv("AWS_DATA_PATH", str(broken))

    assert not knows_all(make_client())


@pytest.mark.parametrize("name", [MODEL, "endpoints.json"])
@pytest.mark.parametrize("text", ["{", "{}", '{"version": "9", "partitions": 3, "operations": 3}'])
def test_a_client_that_cannot_read_its_data_is_a_full_one(
    name: str, text: str, broken: Path, endpoint: str, caplog: pytest.LogCaptureFixture
) -> None:
    (broken / name).write_text(text)

    client = make_client(broken)

    assert knows_all(client)
    assert "Item" not in client.get_item(TableName="tribune-local", Key={"pk": {"S": "x"}, "sk": {"S": "x"}})
    assert [record.levelname for record in caplog.records if record.name == "tribune"] == ["WARNING"]


@pytest.mark.parametrize("name", [MODEL, "endpoints.json", ""])
def test_what_is_missing_of_the_data_is_botocore_s_own(name: str, broken: Path, endpoint: str) -> None:
    missing = broken / name
    missing.unlink() if missing.is_file() else shutil.rmtree(missing)

    client = make_client(broken)

    assert knows_all(client) == (name in (MODEL, ""))
    assert "Item" not in client.get_item(TableName="tribune-local", Key={"pk": {"S": "x"}, "sk": {"S": "x"}})


def test_a_wrong_setting_is_told_as_botocore_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "nobody")

    with pytest.raises(botocore.exceptions.ProfileNotFound):
        make_client()


def test_a_call_without_an_answer_ends_well_before_the_function_does() -> None:
    pauses = sum(2**attempt for attempt in range(ATTEMPTS - 1))  # at most, of botocore's standard mode
    longest = ATTEMPTS * max(CONNECT_TIMEOUT, READ_TIMEOUT) + pauses
    deployed = json.loads((SHIPPED.parent / ".chalice" / "config.json").read_text("utf-8"))

    assert OPTIONS["retries"] == {"mode": "standard", "total_max_attempts": ATTEMPTS}
    assert deployed["lambda_timeout"] == LAMBDA_TIMEOUT
    assert longest < LAMBDA_TIMEOUT / 2


def test_a_table_that_takes_a_call_and_never_answers_is_given_up_after_the_attempts() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=8) as silent:
        port = silent.getsockname()[1]
        hurried = Config(**OPTIONS).merge(
            Config(read_timeout=0.05, retries={"mode": "standard", "total_max_attempts": 2})
        )
        client = botocore.session.get_session().create_client(
            SERVICE, region_name="eu-west-3", endpoint_url=f"http://127.0.0.1:{port}", config=hurried
        )
        table = Table(client, "tribune-local", pause=lambda seconds: None, jitter=lambda: 0.5, now=lambda: 0)

        with pytest.raises(Busy):
            table.get({"pk": "x", "sk": "x"})

        silent.settimeout(0)
        for _ in range(2):
            silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_request_ends_with_the_first_call_that_is_not_answered(service: Service) -> None:
    calls: list[str] = []

    def answer(model: Any, **_: Any) -> None:
        calls.append(model.name)
        raise ReadTimeoutError(endpoint_url="https://table.test")

    service.backend.table.client.meta.events.register_first("before-call.dynamodb", answer)

    for method, path, body in (
        ("GET", "/articles/a1", None),
        ("GET", "/articles/a1/comments", None),
        ("GET", "/most-read", None),
        ("POST", "/articles/a1/views", None),
        ("POST", "/articles/a1/comments", {"author_name": "x", "author_email": "a@b.fr", "content": "x"}),
    ):
        calls.clear()
        service.clock.forward(seconds=15)  # so long a silent table is not asked again
        heard = service.call(method, path, body)
        assert (heard.status, len(calls)) == (503, 1), path
