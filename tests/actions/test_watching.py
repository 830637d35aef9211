"""The learned filter as roll-ups keep it: each decision is learned once, whatever becomes of a roll-up."""

import contextlib
import re
import threading
from dataclasses import replace
from random import Random
from string import ascii_lowercase
from typing import Any

import pytest

from chalicelib.actions import identity, roll_up, watching
from chalicelib.backend import Memory
from chalicelib.errors import Busy
from chalicelib.model import Decided
from chalicelib.rules import spam
from chalicelib.rules.spam import SpamModel
from chalicelib.storage import audit, comments, watch
from ops.bench.units import item_size
from tests.actions.failing import Failing
from tests.scene import MODERATOR, Service

SPAM = "casino bonus gratuit sans dépôt numéro {n}"
HAM = "merci pour cet article très clair numéro {n}"


def another(service: Service) -> Service:
    """Another environment on the same table."""
    return Service(replace(service.backend, memory=Memory(), _own={}), service.clock)


def learned(service: Service) -> SpamModel:
    """What the table has of what was learned."""
    item = watch.spam_model(service.backend.table)
    return spam.load(item["model"]) if item else SpamModel()


def counts(service: Service) -> tuple[int, int]:
    """How many comments were learned as spam, and as good ones."""
    model = learned(service)
    return model.spam, model.good


def post(service: Service, content: str, number: int = 0) -> str:
    """A comment of a reader, whose id is given."""
    heard = service.post(content=content.format(n=number), author_email=f"r{number % 20}@example.org")
    assert heard.status in (201, 202), heard.text
    id: str = heard.json["id"]
    return id


def settle(service: Service, *environments: Service) -> None:
    """Let what was decided grow old enough, and roll up: here, or in these environments."""
    service.clock.forward(seconds=11)
    for one in environments or (service,):
        watching.keep_up(one.backend)


def teach(service: Service, spam_count: int, good_count: int) -> None:
    """Decide on so many comments of either kind, and learn them."""
    service.register()
    service.call("POST", "/moderation/articles/a1", {"comments": "hold"}, token=MODERATOR)
    bad = [post(service, SPAM, n) for n in range(spam_count)]
    good = [post(service, HAM, n) for n in range(good_count)]
    for decision, ids in (("spam", bad), ("approve", good)):
        if ids:
            assert service.decide(decision, *ids).status == 200
    service.call("POST", "/moderation/articles/a1", {"comments": "open"}, token=MODERATOR)
    settle(service)


def undo(service: Service, heard: Any) -> Any:
    """Take a decision back."""
    body = {"undo_token": heard.json["undo_token"]}
    return service.call("POST", "/moderation/undo", body, token=MODERATOR)


def test_each_decision_is_learned_once_however_often_roll_ups_come(any_service: Service) -> None:
    service = any_service
    service.register()
    bad, good = post(service, SPAM), post(service, HAM)
    service.decide("spam", bad)
    service.decide("trash", good)
    service.decide("approve", good)

    settle(service)
    first = learned(service)
    for one in (service, another(service), service):
        service.clock.forward(minutes=1)
        roll_up.roll_up(one.backend)

    assert (first.spam, first.good) == (1, 1)
    assert learned(service) == first
    assert first.words["casino"] == (1, 0)
    assert first.words["merci"] == (0, 1)


def test_a_rejection_teaches_nothing_and_what_rules_do_neither(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    service.decide("reject", post(service, SPAM, 1))
    service.decide("trash", post(service, SPAM, 2))
    service.decide("hold", post(service, SPAM, 3))
    assert service.post(content="du robot", subject="x").status == 202
    settle(service)

    assert counts(service) == (0, 0)


def test_a_decision_is_learned_when_it_is_ten_seconds_old_and_not_before(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    service.decide("spam", post(service, SPAM))

    for seconds, expected in ((0, 0), (9.999, 0), (0.001, 1), (60, 1)):
        service.clock.forward(seconds=seconds)
        watching.keep_up(service.backend)
        assert counts(service) == (expected, 0)


def test_a_roll_up_whose_clock_is_behind_learns_nothing_twice_and_does_not_fail(any_service: Service) -> None:
    service = any_service
    service.register()
    service.decide("spam", post(service, SPAM))
    settle(service)
    ranges: list[tuple[str, str]] = []

    def note(params: dict[str, Any], **_: Any) -> None:
        if found := re.search(r"BETWEEN (\S+) AND (\S+)", params["KeyConditionExpression"]):
            low, high = (params["ExpressionAttributeValues"][name]["S"] for name in found.groups())
            ranges.append((low, high))

    service.backend.table.client.meta.events.register("provide-client-params.dynamodb.Query", note)
    for seconds in (-2, 1, 1):
        service.clock.forward(seconds=seconds)
        for one in (service, another(service)):
            watching.keep_up(one.backend)

    assert counts(service) == (1, 0)
    # Real DynamoDB refuses a range that ends before it begins; neither engine here does.
    assert [(low, high) for low, high in ranges if low > high] == []
    settle(service, another(service))
    assert counts(service) == (1, 0)


@pytest.mark.parametrize("after", [False, True])
def test_undoing_a_decision_unlearns_it(after: bool, any_service: Service) -> None:
    service = any_service
    service.register()
    service.decide("spam", post(service, SPAM, 1))
    settle(service)
    before = learned(service)
    decided = service.decide("spam", post(service, "bonus de bienvenue numéro {n}", 2))
    if after:
        settle(service)
        assert counts(service) == (2, 0)

    undone = undo(service, decided)
    settle(service)
    assert learned(service) == before

    undo(service, undone)
    settle(service)
    assert counts(service) == (2, 0)


def test_another_decision_unlearns_the_one_before(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    id = post(service, SPAM)

    for decision, expected in (
        *(("spam", (1, 0)), ("approve", (0, 1)), ("spam", (1, 0)), ("restore", (0, 0))),
        *(("approve", (0, 1)), ("approve", (0, 1)), ("reject", (0, 0)), ("spam", (1, 0)), ("trash", (0, 0))),
    ):
        service.decide(decision, id)
        settle(service)
        assert counts(service) == expected, decision
    assert learned(service).words == {}


def test_decisions_between_two_roll_ups_are_learned_in_their_order(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    id, other = post(service, SPAM, 1), post(service, SPAM, 2)
    for decision in ("spam", "approve", "spam", "restore", "approve"):
        service.decide(decision, id)
    for decision in ("trash", "approve", "spam"):
        service.decide(decision, other)
    settle(service)

    assert counts(service) == (1, 1)


def test_roll_ups_in_parallel_learn_each_decision_once(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    environments = [another(service) for _ in range(4)]

    def keep_up(one: Service) -> None:
        with contextlib.suppress(Busy):
            watching.keep_up(one.backend)

    for turn in range(12):
        service.decide("spam" if turn % 3 else "trash", post(service, SPAM, turn))
        service.clock.forward(seconds=11)
        threads = [threading.Thread(target=keep_up, args=(one,)) for one in environments]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    settle(service, *environments)

    assert counts(service) == (8, 0)
    assert learned(service).words["casino"] == (8, 0)


@pytest.mark.parametrize("next_one", ["the same environment", "another environment"])
@pytest.mark.parametrize("event", ["before-call", "after-call"])
def test_wherever_a_roll_up_is_interrupted_the_next_one_has_learned_all(
    event: str, next_one: str, embedded_service: Service
) -> None:
    service = embedded_service
    service.register()
    failing = Failing(service.backend.table.client, event)
    calls, failed, expected = 0, True, [0, 0]
    while failed:
        kind = calls % 2
        id = post(service, (SPAM, HAM)[kind], calls)
        if kind:
            service.decide("trash", id)
        service.decide(("spam", "approve")[kind], id)
        expected[kind] += 1
        service.clock.forward(seconds=11)
        failing.arm(calls)
        with contextlib.suppress(Busy):
            watching.keep_up(service.backend)
        failed = failing.disarm()
        service.clock.forward(minutes=1)
        watching.keep_up((service if next_one == "the same environment" else another(service)).backend)

        assert counts(service) == tuple(expected), f"after a failure of call {calls}"
        calls += 1
    assert calls > 5


def test_decisions_of_one_moment_are_learned_however_many_they_are(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    table, secret = service.backend.table, identity.site_secret(service.backend)
    known = comments.read(table, post(service, SPAM))
    assert known
    decided = Decided("moderator:1", service.clock.at, decision="spam", label="spam")
    for n in range(520):
        comment = replace(known, id=f"{n:020}")
        line = audit.line_write(secret, comment, "spam", decided, ())
        table.transact([comments.put_write(comment), line])
    for _ in range(3):
        settle(service)

    assert counts(service) == (520, 0)


def test_a_bulk_job_that_takes_its_time_is_learned_whole(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    ids = [post(service, SPAM, n) for n in range(101)]
    job = {"filter": {"status": "published"}, "decision": "spam"}
    begun = service.call("POST", "/moderation/jobs", job, token=MODERATOR).json
    settle(service)
    assert counts(service) == (100, 0)
    service.clock.forward(minutes=10)

    service.call("POST", f"/moderation/jobs/{begun['job_id']}", {}, token=MODERATOR)
    settle(service)

    assert counts(service) == (len(ids), 0)


def test_what_is_in_the_table_stays_within_twelve_kilobytes(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    draw = Random(11)
    for n in range(60):
        words = ("".join(draw.choices(ascii_lowercase, k=8)) for _ in range(300))
        service.decide("spam", post(service, " ".join(words), n))
        if n % 10 == 9:
            settle(service)
    client = service.backend.table.client
    (item,) = [
        one for one in client.scan(TableName=service.backend.table.name)["Items"] if one["pk"]["S"] == "SPAM"
    ]

    assert len(item["model"]["B"]) > 11_000, "the limit was felt"
    assert item_size(item) <= 12 * 1024 + 100
    assert counts(service) == (60, 0)
