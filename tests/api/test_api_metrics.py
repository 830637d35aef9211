"""The metrics in the lines: what is counted, when, and in the format that CloudWatch takes them out of a line."""

import json
from typing import Any

import pytest

from chalicelib.actions.roll_up import roll_up
from chalicelib.api.door import Tribune
from chalicelib.api.route import Route
from tests.api.faults import NO_CONNECTION, Outage
from tests.scene import PUBLISHER, Clock, Service, make_backend

UNITS = {
    *("Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Count", "Percent", "None"),
}
Measured = tuple[str, float, dict[str, str]]


def metrics_of(line: str) -> list[Measured]:
    """The metrics that CloudWatch takes out of a line, each with its dimensions; fails where it would not."""
    document = json.loads(line)
    if "_aws" not in document:
        return []
    assert set(document["_aws"]) == {"Timestamp", "CloudWatchMetrics"}
    assert isinstance(document["_aws"]["Timestamp"], int)
    assert len(str(document["_aws"]["Timestamp"])) == 13, "milliseconds"
    found = []
    for directive in document["_aws"]["CloudWatchMetrics"]:
        assert set(directive) == {"Namespace", "Dimensions", "Metrics"}
        assert directive["Namespace"] == "Tribune"
        assert 1 <= len(directive["Metrics"]) <= 100
        (names,) = directive["Dimensions"]
        assert len(set(names)) == len(names) <= 30
        for name in names:
            assert isinstance(document[name], str)
            assert 1 <= len(document[name]) <= 1_024
            assert document[name].isascii()
        for metric in directive["Metrics"]:
            assert set(metric) == {"Name", "Unit"}
            assert metric["Unit"] in UNITS
            assert type(document[metric["Name"]]) in (int, float)
            found.append((metric["Name"], document[metric["Name"]], {name: document[name] for name in names}))
    return found


def metrics(lines: list[str]) -> list[Measured]:
    """The metrics of all lines, in order."""
    return [metric for line in lines for metric in metrics_of(line)]


def of(service: Service, **more: str) -> dict[str, str]:
    """The dimensions of a service's metric."""
    return {"Service": service.backend.table.name} | more


@pytest.mark.parametrize(("moderation", "outcome"), [("none", "published"), ("all", "held")])
def test_a_comment_is_counted_once_by_what_became_of_it(
    moderation: str, outcome: str, client: Any, clock: Clock
) -> None:
    service = Service(make_backend(client, clock, moderation=moderation, comment_interval=0), clock)
    service.register()
    lines = service.journal()

    service.post(submission_id="submission-1")
    service.post(submission_id="submission-1")

    assert metrics(lines) == [("Comments", 1, of(service, Outcome=outcome))]


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"content": ""}, id="field"),
        pytest.param({"article_id": "unknown"}, id="article"),
        pytest.param({"content": "Déjà dit"}, id="duplicate"),
    ],
)
def test_a_refused_comment_is_counted_as_refused(fields: dict[str, str], client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, moderation="none", comment_interval=15), clock)
    service.register()
    service.post(content="Déjà dit")
    clock.forward(minutes=1)
    lines = service.journal()

    assert service.post(**fields).status >= 400

    assert metrics(lines) == [("Comments", 1, of(service, Outcome="refused"))]


def test_a_form_counts_like_json(open_article: Service) -> None:
    lines = open_article.journal()

    open_article.call(
        "POST", "/articles/a1/comments", form={"author": "Léa", "email": "lea@example.org", "comment": "Oui"}
    )
    open_article.call("POST", "/articles/a1/comments", form={"author": "Léa", "email": "lea", "comment": "Oui"})

    assert [dimensions["Outcome"] for _, _, dimensions in metrics(lines)] == ["published", "refused"]


def test_a_view_is_counted_by_its_reason(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, requests_per_minute=6), clock)
    service.register()
    lines = service.journal()

    asked = {"address": "203.0.113.9"}
    service.view(**asked)
    service.view(**asked)
    service.view("unknown", **asked)
    service.view(**asked, sec_gpc="1")
    service.view(**asked, user_agent="Googlebot/2.1")
    service.view(**asked, sec_purpose="prefetch")
    service.view(**asked)

    expected = ["counted", "repeat", "unknown_article", "opted_out", "bot", "prefetch", "too_many"]
    assert metrics(lines) == [("Views", 1, of(service, Reason=reason)) for reason in expected]


def test_what_the_table_refuses_is_a_throttle_and_no_refused_comment(impatient: Service) -> None:
    lines = impatient.journal()
    Outage(impatient, NO_CONNECTION)

    impatient.post()
    impatient.call("GET", "/articles/a1")

    assert metrics(lines) == [("Throttles", 1, of(impatient))] * 2


def test_a_failure_of_ours_is_counted(service: Service) -> None:
    def fail(*args: Any, **fields: Any) -> None:
        raise ValueError

    route = Route("GET", "/fails", "anyone", None, fail, lambda result, request: result)
    service.app = Tribune("tribune", [route], lambda: service.backend)
    lines = service.journal()

    service.call("GET", "/fails")

    assert metrics(lines) == [("Failures", 1, of(service))]


def test_what_needs_no_counting_carries_no_metric(open_article: Service) -> None:
    lines = open_article.journal()

    open_article.call("GET", "/articles/a1")
    open_article.call("GET", "/nowhere")
    open_article.call("GET", "/moderation/comments")

    assert len(lines) == 3
    assert metrics(lines) == []
    assert "_aws" not in "".join(lines)


def test_a_roll_up_tells_how_far_everything_is_behind(any_client: Any, clock: Clock) -> None:
    service = Service(make_backend(any_client, clock, moderation="all", comment_interval=0), clock)
    service.register()
    roll_up(service.backend)
    service.post()
    service.view()
    lines = service.journal()

    clock.forward(seconds=90)
    roll_up(service.backend)
    clock.forward(seconds=30)
    roll_up(service.backend)

    assert [(name, value) for name, value, _ in metrics(lines)] == [
        *[("RollUpLag", 90), ("ListAge", 30), ("QueueAge", 90)],
        *[("RollUpLag", 60), ("ListAge", 60), ("QueueAge", 120)],
    ]
    assert {tuple(dimensions.items()) for _, _, dimensions in metrics(lines)} == {tuple(of(service).items())}
    told = json.loads(lines[0])
    assert (told["event"], told["articles"]) == ("roll_up", 1)
    assert told["calls"] > 0


def test_before_there_is_a_list_or_a_former_roll_up_neither_has_an_age(service: Service) -> None:
    lines = service.journal()

    roll_up(service.backend)

    assert [(name, value) for name, value, _ in metrics(lines) if name != "ListAge"] == [("QueueAge", 0)]
    assert len(lines) == 1


def test_the_comments_of_deleted_articles_wait_for_nobody(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, moderation="all", comment_interval=0), clock)
    service.register("a1")
    service.register("a2")
    service.post("a1")
    clock.forward(minutes=1)
    service.post("a2", content="Autre")
    service.call("DELETE", "/articles/a1", token=PUBLISHER)
    lines = service.journal()

    clock.forward(minutes=1)
    roll_up(service.backend)

    assert ("QueueAge", 60, of(service)) in metrics(lines)
