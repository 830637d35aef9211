"""What is done with what roll-ups have learned and counted: by whom it is held, and what it costs to know it."""

from collections import Counter
from typing import Any

import pytest

from chalicelib.actions import roll_up, watching
from chalicelib.rules import spam
from chalicelib.rules.spam import SpamModel
from chalicelib.rules.writing import as_read
from chalicelib.storage import keys, watch
from tests.actions.test_comments_together import at_once
from tests.actions.test_watching import HAM, SPAM, another, counts, post, settle, teach, undo
from tests.scene import ADMIN, MODERATOR, Clock, Service

NEW_SPAM = "un bonus gratuit au casino"
NEW_HAM = "merci, un article très clair"


def told_of(service: Service, content: str) -> Any:
    """What moderators are told of a comment of somebody new, and the status of the answer."""
    heard = service.post(content=content, author_name="Ali", author_email=f"{len(content)}@example.com")
    dossier = service.call("GET", f"/moderation/comments/{heard.json['id']}", token=MODERATOR).json
    return heard.status, dossier["comment"]


def know(service: Service) -> None:
    """Give a service what it would have learned of thirty spam and thirty good comments."""
    service.register()
    model = SpamModel()
    for n in range(30):
        for text, is_spam in ((SPAM, True), (HAM, False)):
            model = spam.learn(model, spam.features(as_read(text.format(n=n))), is_spam=is_spam)
    watch.put_spam_model(service.backend.table, spam.dump(model), service.clock.at, 0)


def reads_of(service: Service) -> Counter[str]:
    """The calls that read single items from now on, by the beginning of the items' keys."""
    read: Counter[str] = Counter()

    def note(params: dict[str, Any], **_: Any) -> None:
        wanted = [key for table in params.get("RequestItems", {}).values() for key in table["Keys"]]
        found = [key["pk"]["S"].partition("#")[0] for key in wanted or [params["Key"]]]
        read.update(set(found))

    for operation in ("GetItem", "BatchGetItem"):
        service.backend.table.client.meta.events.register(f"provide-client-params.dynamodb.{operation}", note)
    return read


@pytest.mark.parametrize(("bad", "good"), [(39, 10), (9, 50), (0, 0)])
def test_below_fifty_decisions_or_ten_of_a_kind_the_filter_only_watches(
    bad: int, good: int, embedded_service: Service
) -> None:
    service = embedded_service
    teach(service, bad, good)
    service.clock.forward(minutes=1)

    status, comment = told_of(service, NEW_SPAM)

    assert counts(service) == (bad, good)
    assert (status, comment["held_for"], comment["spam_percent"]) == (201, [], None)


def test_with_enough_of_each_it_holds_and_says_for_which_words(embedded_service: Service) -> None:
    service = embedded_service
    teach(service, 40, 10)
    service.clock.forward(minutes=1)

    status, comment = told_of(service, NEW_SPAM)

    assert (status, comment["status"]) == (202, "held"), "it never sends to spam"
    (reason,) = comment["held_for"]
    assert reason["code"] == "learned_spam"
    assert reason["evidence"]["percent"] == comment["spam_percent"] >= 90
    words = reason["evidence"]["words"].split(", ")
    assert 0 < len(words) <= 6
    assert {word.rpartition(" ")[0] for word in words} & {"casino", "bonus", "gratuit", "bonus gratuit"}
    assert reason["message"].startswith(f"ressemble à {comment['spam_percent']}")
    assert told_of(service, NEW_HAM)[0] == 201
    assert told_of(service, NEW_HAM + " !")[1]["spam_percent"] < 50


@pytest.mark.parametrize(("percent", "status"), [(0, 201), (1, 202), (100, 201)])
def test_the_newsroom_says_from_which_percentage_on(percent: int, status: int, embedded_service: Service) -> None:
    service = embedded_service
    know(service)
    policy = {"policy": {"spam_percent": percent}}
    service.call("PUT", "/moderation/policy", policy, token=ADMIN)
    service.clock.forward(minutes=1)

    answered, comment = told_of(service, NEW_SPAM)

    assert answered == status
    assert 1 <= comment["spam_percent"] < 100


def test_the_filter_looks_at_edits_too(embedded_service: Service) -> None:
    service = embedded_service
    know(service)
    own = service.post(content="rien de tel", author_email="ali@example.com").json

    heard = service.call(
        "POST",
        f"/articles/a1/comments/{own['id']}/edits",
        {"edit_token": own["edit_token"], "content": NEW_SPAM},
    )

    assert heard.json["status"] == "held"
    assert service.queue()["comments"][0]["held_for"][0]["code"] == "learned_spam"


def test_undoing_a_bulk_decision_takes_the_filter_back_to_watching(embedded_service: Service) -> None:
    service = embedded_service
    teach(service, 10, 30)
    more = [post(service, "un pari gagnant numéro {n}", n) for n in range(10)]
    decided = service.decide("spam", *more)
    settle(service)
    assert counts(service) == (20, 30)
    service.clock.forward(minutes=1)
    assert told_of(service, NEW_SPAM)[0] == 202

    undo(service, decided)
    settle(service)
    service.clock.forward(minutes=1)

    assert counts(service) == (10, 30)
    assert told_of(service, NEW_SPAM + " encore")[0] == 201


def test_two_environments_say_the_same_of_a_comment(embedded_service: Service) -> None:
    service = embedded_service
    know(service)
    other = another(service)

    for n, content in enumerate((NEW_SPAM, NEW_HAM, "ni l’un ni l’autre", "un bonus, merci pour cet article")):
        here, there = told_of(service, f"{content} a{n}")[1], told_of(other, f"{content} b{n}")[1]
        assert here["spam_percent"] == there["spam_percent"]
        assert here["held_for"] == there["held_for"]


def test_an_environment_follows_what_another_has_learned_within_a_minute(embedded_service: Service) -> None:
    service, other = embedded_service, another(embedded_service)
    service.register()
    assert told_of(other, NEW_SPAM)[0] == 201
    know(service)

    service.clock.forward(seconds=60)
    assert told_of(other, NEW_SPAM + " !")[0] == 202


def test_the_policy_and_the_model_are_read_at_most_once_a_minute(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    read = reads_of(service)

    for minute in range(1, 4):
        for n in range(4):
            assert service.post(content=f"texte {minute} {n}", author_email=f"r{n}@example.org").status == 201
            clock.forward(seconds=14.7)
        assert (read["POLICY"], read["SPAM"]) == (minute, minute)
        clock.forward(seconds=1.2)


def test_a_comment_costs_two_calls_whatever_the_filter_has_learned(embedded_service: Service) -> None:
    service = embedded_service
    know(service)
    service.post(content="la minute commence")
    measured = service.backend.measure()

    service.post(content="une de plus", author_email="lea@example.org")

    assert measured()["calls"] == 2


def test_a_change_of_the_policy_holds_here_at_once_and_elsewhere_within_a_minute(any_service: Service) -> None:
    service, other = any_service, another(any_service)
    service.register()
    assert other.post(content="avant").status == 201

    service.call("PUT", "/moderation/policy", {"policy": {"mode": "all"}}, token=ADMIN)

    assert service.post(content="ici").status == 202
    service.clock.forward(seconds=60)
    assert other.post(content="là").status == 202


def pace_of(service: Service) -> watch.Pace:
    """The pace of comments as the table has it."""
    return watch.pace_of(service.backend.table.get(keys.site_pace()), service.clock.at)


def test_the_pace_is_what_came_in_the_last_ten_minutes(any_service: Service, clock: Clock) -> None:
    service = any_service
    for id in ("a1", "a2"):
        service.register(id)
    for n in range(24):
        clock.forward(seconds=1)
        service.post("a2" if n % 12 == 0 else "a1", content=f"texte {n}")
    for one in (service, another(service), service):
        watching.keep_up(one.backend)

    assert pace_of(service) == watch.Pace(24, {"a1": 22}, clock.at)
    clock.forward(minutes=9, seconds=41)
    roll_up.roll_up(service.backend)
    assert pace_of(service).site == 20
    clock.forward(seconds=16)
    roll_up.roll_up(service.backend)
    assert (pace_of(service).site, pace_of(service).articles) == (0, {})


def test_a_pace_that_stays_is_written_anew_before_it_is_out_of_date(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    for minute in range(20):
        for n in range(3):
            service.post(content=f"texte {minute} {n}")
        watching.keep_up(service.backend)
        if minute >= 10:
            assert pace_of(service).articles == {"a1": 33}, "from ten minutes ago on"
        service.clock.forward(minutes=1)


def test_a_quiet_site_writes_no_pace(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    for n in range(4):
        service.post(content=f"texte {n}")
    watching.keep_up(service.backend)

    assert list(service.backend.table.scan_prefix("SITEPACE")) == []


def test_comments_that_come_at_once_are_all_in_the_pace(embedded_service: Service) -> None:
    service = embedded_service
    service.register()

    def come(number: int) -> None:
        posted = service.post(author_email=f"r{number}@example.org", content=f"texte {number}")
        assert posted.status == 201

    at_once(80, come)
    watching.keep_up(service.backend)

    assert pace_of(service).articles == {"a1": 80}
