"""Fixtures of the HTTP contract's tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.conftest import client_on
from tests.scene import Clock, Service, make_backend

SHARED = {"table": "tribune-shared", "moderation": "none", "comment_interval": 0}
"""Another table than that of the tests beside it: moto listens to their clients as well."""


@pytest.fixture
def client() -> Iterator[Any]:
    """A DynamoDB client on the embedded engine, which stores much in little time."""
    with client_on("embedded") as made:
        yield made


@pytest.fixture(params=[pytest.param("moto", marks=pytest.mark.long), "embedded"])
def any_client(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A client on the embedded engine; on moto in `make test-long`, and where a test is to be `on_both_engines`.

    What an action makes of the table is the same on either: requests of each form are made to both in every run.
    """
    with client_on(request.param) as made:
        yield made


@pytest.fixture(scope="module")
def shared() -> Iterator[Service]:
    """The app with the article `a1` and a comment, for tests of a file that need not be alone with it."""
    with client_on("moto") as client:
        clock = Clock()
        service = Service(make_backend(client, clock, **SHARED), clock)
        service.register()
        service.post()
        yield service


@pytest.fixture(scope="module")
def shared_with(shared: Service) -> Callable[..., Service]:
    """Another app on the same table, with other settings."""

    def another(**options: Any) -> Service:
        client = shared.backend.table.client
        return Service(make_backend(client, shared.clock, **(SHARED | options)), shared.clock)

    return another


@pytest.fixture
def open_article(service: Service) -> Service:
    """The app with an article."""
    service.register()
    return service


@pytest.fixture
def impatient(clock: Clock) -> Iterator[Service]:
    """The app with the article `a1` and a view of it, on moto: its client can be made to fail, and tries once."""
    with client_on("moto") as client:
        service = Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)
        service.register()
        service.view()
        yield service
