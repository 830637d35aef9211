"""Fixtures: DynamoDB on moto and on the embedded engine, the app on each, and a browser."""

import gc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from hypothesis import HealthCheck, settings
from moto import mock_aws

from ops.engine import PLAIN, Engine
from tests.chromium import launched
from tests.scene import Clock, Service, make_backend

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REGION = "eu-west-3"
settings.register_profile("whatever time it takes", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever time it takes")
LONGEST = ("ops", "pages", "widgets")
"""Folders of tests that start programs and browsers."""
AT_ONCE = PLAIN.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
"""The SDK's own pauses between attempts would make each injected failure take seconds."""


on_both_engines = pytest.mark.parametrize("any_client", ["moto", "embedded"], indirect=True)
"""For a test of the HTTP contract that makes a request to the table which no test of storage or actions makes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files come first, so that no process of several is left alone with one at the end."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(here).parts[0] not in LONGEST)


def pytest_collection_finish() -> None:
    """What is imported by now stays: looking through it for garbage time and again takes a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def aws_environment() -> Iterator[None]:
    """No test may ever reach an AWS account."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            environment.setenv(name, "testing")
        environment.setenv("AWS_DEFAULT_REGION", REGION)
        environment.delenv("AWS_ENDPOINT_URL_DYNAMODB", raising=False)
        yield


@pytest.fixture
def clock() -> Clock:
    """A clock at noon of a day in March."""
    return Clock()


@cache
def aws() -> boto3.session.Session:
    """One session for all tests: a new one reads botocore's data anew, 0.1 s each time."""
    return boto3.session.Session(region_name=REGION)


@contextmanager
def client_on(engine: str) -> Iterator[Any]:
    """A DynamoDB client on an empty `moto` or `embedded` engine."""
    if engine == "moto":
        with mock_aws():
            yield aws().client("dynamodb", config=AT_ONCE)
        return
    with (
        closing(Engine(None)) as embedded,
        closing(aws().client("dynamodb", config=AT_ONCE)) as client,
    ):
        embedded.attach(client)
        yield client


@pytest.fixture(params=["moto", "embedded"])
def any_client(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A DynamoDB client, once on moto and once on the embedded engine."""
    with client_on(request.param) as client:
        yield client


@pytest.fixture
def client() -> Iterator[Any]:
    """A DynamoDB client on moto, for tests that store little."""
    with client_on("moto") as made:
        yield made


@pytest.fixture
def service(client: Any, clock: Clock) -> Service:
    """The app on moto, publishing at once and without a pace, so that tests say what they need of either."""
    return Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)


@pytest.fixture
def any_service(any_client: Any, clock: Clock) -> Service:
    """The same on both engines."""
    return Service(make_backend(any_client, clock, moderation="none", comment_interval=0), clock)


@pytest.fixture
def embedded_service(clock: Clock) -> Iterator[Service]:
    """The same on the embedded engine, for tests that store much."""
    with client_on("embedded") as client:
        yield Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Chromium, for the tests of pages."""
    with launched() as started:
        yield started
