"""What a reader hears when something of ours fails: a clean problem, in time, and nothing of what failed."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ConnectTimeoutError, EndpointConnectionError, ReadTimeoutError
from moto.core.models import botocore_stubber

import app
from chalicelib.api.door import Tribune
from chalicelib.api.route import Route
from chalicelib.backend import Backend
from chalicelib.settings import SettingsError
from tests.conftest import aws, client_on
from tests.scene import PUBLISHER, Clock, Heard, Service, make_backend

SECRET = "marker-5c1d@example.org"
ENDPOINT = "https://dynamodb.eu-west-3.amazonaws.com/"


def answered(status: int, code: str) -> Callable[[Any], AWSResponse]:
    """An answer of DynamoDB's that refuses a call."""

    class Raw:
        def stream(self, **options: Any) -> list[bytes]:
            return [b'{"__type": "com.amazonaws.dynamodb.v20120810#%s", "message": "arn:aws:x"}' % code.encode()]

    return lambda request: AWSResponse(ENDPOINT, status, {"x-amzn-requestid": "AWSREQUEST"}, Raw())


def raising(error: Exception) -> Callable[[Any], AWSResponse]:
    """A network that fails before the call, or after it."""

    def fail(request: Any) -> AWSResponse:
        raise error

    return fail


def lost_answer(request: Any) -> AWSResponse:
    """A call that DynamoDB carries out, and whose answer never arrives."""
    botocore_stubber(request=request, event_name="before-send.dynamodb")
    raise ReadTimeoutError(endpoint_url=ENDPOINT)


FAULTS = [
    pytest.param(answered(400, "ProvisionedThroughputExceededException"), id="throttled"),
    pytest.param(answered(400, "ThrottlingException"), id="throttled by the account"),
    pytest.param(answered(400, "RequestLimitExceeded"), id="too many requests"),
    pytest.param(answered(500, "InternalServerError"), id="internal error"),
    pytest.param(answered(503, "ServiceUnavailable"), id="unavailable"),
    pytest.param(answered(400, "ResourceNotFoundException"), id="no table"),
    pytest.param(raising(EndpointConnectionError(endpoint_url=ENDPOINT)), id="no connection"),
    pytest.param(raising(ConnectTimeoutError(endpoint_url=ENDPOINT)), id="no answer in time"),
    pytest.param(lost_answer, id="answer lost"),
]


@pytest.fixture
def client() -> Iterator[Any]:
    """A DynamoDB client on moto, whose place in the chain of a request is known."""
    with client_on("moto") as made:
        yield made


@pytest.fixture
def impatient(client: Any, clock: Clock) -> Service:
    """The app on a client that does not try again, so that no test waits for its pauses."""
    once = aws().client("dynamodb", config=Config(retries={"total_max_attempts": 1}))
    service = Service(make_backend(once, clock, moderation="none", comment_interval=0), clock)
    service.register()
    service.view()
    return service


def failing(service: Service, fault: Callable[[Any], AWSResponse]) -> None:
    """From now on, no call of the service reaches DynamoDB and comes back."""
    events = service.backend.table.client.meta.events
    events.unregister("before-send", botocore_stubber)
    events.register("before-send", lambda request, **_: fault(request))


REQUESTS: list[tuple[str, str, Any]] = [
    ("GET", "/health", None),
    ("GET", "/articles/a1", None),
    ("GET", "/articles/a1/comments", None),
    ("GET", "/articles/a1/comments/" + "0" * 20, None),
    ("POST", "/articles/a1/comments", {"author_name": "x", "author_email": "a@b.fr", "content": "x"}),
    ("GET", "/most-read", None),
    ("GET", "/counts?ids=a1", None),
    ("PUT", "/articles/a1", {"title": "x"}),
    ("DELETE", "/articles/a1", None),
    ("POST", "/articles/a2/views", None),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_while_the_table_fails_every_route_says_busy_and_when_to_try_again(
    fault: Callable[[Any], AWSResponse], impatient: Service
) -> None:
    failing(impatient, fault)

    for method, path, body in REQUESTS:
        heard = impatient.call(method, path, body, token=PUBLISHER)
        assert (heard.status, heard.json["code"]) == (503, "busy"), path
        assert int(heard.headers["retry-after"]) > 0
        assert heard.headers["access-control-allow-origin"] == "*"
        assert heard.headers["cache-control"] == "no-store"
        assert_tells_nothing(heard)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_view_that_may_not_have_been_written_is_never_told_as_counted(
    fault: Callable[[Any], AWSResponse], impatient: Service
) -> None:
    failing(impatient, fault)

    heard = impatient.call("POST", "/articles/a1/views", user_agent="Mozilla/5.0 another reader")

    assert (heard.status, heard.json["code"]) == (503, "busy")


def test_a_form_that_meets_a_failing_table_keeps_the_text(impatient: Service) -> None:
    failing(impatient, raising(EndpointConnectionError(endpoint_url=ENDPOINT)))

    heard = impatient.call(
        "POST", "/articles/a1/comments", form={"author": "Léa", "email": "lea@example.org", "comment": "Mon texte"}
    )

    assert heard.status == 503
    assert "Mon texte" in heard.text
    assert heard.headers["retry-after"]


def test_without_a_table_the_service_is_unwell(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock), clock)
    client.delete_table(TableName=service.backend.table.name)

    assert service.call("GET", "/health").status == 503


def assert_tells_nothing(heard: Heard) -> None:
    said = heard.text + str(heard.headers)
    for secret in ("Traceback", "arn:", "tribune-local", "AWSREQUEST", "dynamodb", "Exception", 'Error"', SECRET):
        assert secret not in said


def broken(service: Service, *, error: Exception) -> Service:
    """The app with an action that fails in an unforeseen way."""

    def fail(*args: Any, **fields: Any) -> Any:
        raise error

    routes = [
        Route(row.method, row.path, row.who, row.takes, fail, row.answer, query=row.query) for row in app.ROUTES
    ]
    service.app = Tribune("tribune", routes, lambda: service.backend)
    return service


@pytest.mark.parametrize(
    "error",
    [ValueError(SECRET), KeyError(SECRET), RecursionError(SECRET), AssertionError(SECRET), OSError(SECRET)],
)
def test_an_unforeseen_failure_is_a_clean_problem_and_logs_nothing_a_reader_sent(
    error: Exception, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    broken(service, error=error)

    with caplog.at_level(logging.DEBUG):
        heard = service.post(author_email=SECRET, content=SECRET)
        page = service.call(
            "POST", "/articles/a1/comments", form={"author": "x", "email": SECRET, "comment": "Mon texte"}
        )

    assert (heard.status, heard.json["code"]) == (500, "internal_error")
    assert heard.headers["content-type"] == "application/problem+json"
    assert heard.headers["access-control-allow-origin"] == "*"
    assert "test" in heard.json["detail"], "the number to report"
    assert_tells_nothing(heard)
    assert page.status == 500
    assert "Mon texte" in page.text
    assert SECRET not in page.text + caplog.text
    assert type(error).__name__ in caplog.text


def misconfigured() -> Backend:
    raise SettingsError("TRIBUNE_LANGUAGE: should be 'fr' or 'en'")


@pytest.mark.parametrize(("method", "path"), [("GET", "/articles/a1"), ("GET", "/nowhere"), ("PATCH", "/counts")])
def test_settings_that_cannot_be_used_are_a_clean_problem_too(
    method: str, path: str, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    service.app = Tribune("tribune", app.ROUTES, misconfigured)

    heard = service.call(method, path, accept_language="en")

    assert heard.headers["content-type"] == "application/problem+json"
    assert heard.headers["access-control-allow-origin"] == "*"
    assert heard.headers["content-language"] == "en"
    assert heard.status == {"/articles/a1": 500, "/nowhere": 404, "/counts": 405}[path]
    assert ("TRIBUNE_LANGUAGE" in caplog.text) == (heard.status == 500)
