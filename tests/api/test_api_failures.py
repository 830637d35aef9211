"""What a reader hears when something of ours fails: a clean problem, in time, and nothing of what failed."""

import json
import logging
from typing import Any

import pytest

import app
from chalicelib.api.door import Tribune
from chalicelib.api.route import Route
from chalicelib.backend import Backend
from chalicelib.settings import SettingsError
from tests.api.faults import FAULTS, NO_CONNECTION, Fault, Outage
from tests.scene import NOTHING, TOKEN_OF, Heard, Service, path_of

SECRET = "marker-5c1d@example.org"


ARTICLE = "a2"
"""One that no environment remembers."""
BODIES: dict[tuple[str, str], Any] = {
    ("POST", "/articles/{article_id}/comments"): {
        "author_name": "x",
        "author_email": "a@b.fr",
        "content": "x",
    },
    ("PUT", "/articles/{article_id}"): {"title": "x"},
    ("POST", "/moderation/decisions"): {"comment_ids": [NOTHING], "decision": "approve"},
    ("POST", "/articles/{article_id}/comments/{comment_id}/votes"): {"vote": 1},
    ("POST", "/articles/{article_id}/comments/{comment_id}/reports"): {"reason": "hate"},
    ("POST", "/moderation/comments/{comment_id}/replies"): {"content": "x"},
    ("POST", "/moderation/articles/{article_id}"): {"comments": "hold"},
    ("POST", "/moderation/jobs"): {"filter": {}, "decision": "approve"},
    ("POST", "/moderation/undo"): {"undo_token": NOTHING},
    ("PUT", "/moderation/policy"): {"policy": {"max_links": 1}},
    ("POST", "/moderation/policy/trials"): {"policy": {}},
}
OWN = "/articles/{article_id}/comments/{comment_id}"
BODIES |= {("POST", f"{OWN}/{what}"): {"edit_token": "x"} for what in ("status", "withdrawals")}
BODIES["POST", f"{OWN}/edits"] = {"edit_token": "x", "content": "x"}
QUERIES = {"/counts": "?ids=a2"}
NEEDS_NO_TABLE = {
    *("/openapi.json", "/embed/{version}/{file}"),
    *("/moderation", "/moderation/assets/{file}", "/moderation/me"),
}
"""With a token that is configured."""


def asked(service: Service, row: Route) -> Heard:
    """A sound request of a row."""
    path = path_of(row.path, article_id=ARTICLE) + QUERIES.get(row.path, "")
    return service.call(row.method, path, BODIES.get((row.method, row.path)), token=TOKEN_OF[row.who])


def assert_is_busy(heard: Heard) -> None:
    assert (heard.status, heard.code) == (503, "busy")
    assert int(heard.headers["retry-after"]) > 0
    assert heard.headers["access-control-allow-origin"] == "*"
    assert heard.headers["cache-control"] == "no-store"
    assert_tells_nothing(heard)


@pytest.mark.parametrize("fault", FAULTS)
def test_while_the_table_fails_every_row_says_busy_and_when_to_try_again(fault: Fault, impatient: Service) -> None:
    Outage(impatient, fault)

    for row in app.ROUTES:
        heard = asked(impatient, row)
        if row.path in NEEDS_NO_TABLE:
            assert heard.status == 200
        else:
            assert_is_busy(heard)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_that_cannot_be_looked_up_is_neither_known_nor_refused(fault: Fault, impatient: Service) -> None:
    outage = Outage(impatient, fault)

    for row in (row for row in app.ROUTES if row.who != "anyone"):
        impatient.clock.forward(seconds=15)  # after which a network that has failed is tried again
        before, path = outage.tries, path_of(row.path, article_id=ARTICLE)
        assert_is_busy(impatient.call(row.method, path, token=f"a token that the table would know, of {row.name}"))
        assert outage.tries > before, row.name


@pytest.mark.parametrize("fault", FAULTS)
def test_a_view_that_may_not_have_been_written_is_never_told_as_counted(fault: Fault, impatient: Service) -> None:
    Outage(impatient, fault)

    assert_is_busy(impatient.call("POST", "/articles/a1/views", user_agent="Mozilla/5.0 another reader"))


def test_a_form_that_meets_a_failing_table_keeps_the_text(impatient: Service) -> None:
    Outage(impatient, NO_CONNECTION)

    heard = impatient.call(
        "POST", "/articles/a1/comments", form={"author": "Léa", "email": "lea@example.org", "comment": "Mon texte"}
    )

    assert heard.status == 503
    assert "Mon texte" in heard.text
    assert heard.headers["retry-after"]


def test_without_a_table_the_service_is_unwell(impatient: Service) -> None:
    impatient.backend.table.client.delete_table(TableName=impatient.backend.table.name)

    assert_is_busy(impatient.call("GET", "/health"))


def test_what_was_busy_is_done_once_the_table_answers_again(impatient: Service) -> None:
    outage = Outage(impatient, NO_CONNECTION)
    for row in app.ROUTES:
        asked(impatient, row)
    outage.end()
    impatient.clock.forward(seconds=15)

    assert impatient.register(ARTICLE).status == 201
    assert max(asked(impatient, row).status for row in app.ROUTES) < 500


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
    lines = service.journal()

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
    assert SECRET not in page.text + caplog.text + "".join(lines)
    for line in map(json.loads, lines):
        assert line["kind"] == type(error).__name__
        assert line["where"][-1].startswith("tests/api/test_api_failures.py:")
        assert line["where"][-1].endswith(":fail")


def misconfigured() -> Backend:
    raise SettingsError("TRIBUNE_LANGUAGE: should be 'fr' or 'en'")


@pytest.mark.parametrize(("method", "path"), [("GET", "/articles/a1"), ("GET", "/nowhere"), ("PATCH", "/counts")])
def test_settings_that_cannot_be_used_are_a_clean_problem_too(
    method: str, path: str, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    service.app = Tribune("tribune", app.ROUTES, misconfigured)

    heard = service.call(method, path, accept_language="en")

    assert heard.headers["content-type"] == "application/problem+json"
    assert heard.headers["access-control-allow-origin"] == "*"
    assert heard.headers["content-language"] == "en"
    assert heard.status == {"/articles/a1": 500, "/nowhere": 404, "/counts": 405}[path]
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert line["status"] == heard.status
    assert ("TRIBUNE_LANGUAGE" in line.get("settings", "")) == (heard.status == 500)
