"""What comes of reports: decisions settle them, undoing opens them again, and nobody learns who reported."""

from typing import Any

import pytest

from tests.api.readers import counted, dossier, edit, refusal, report, seen_by_anyone, state, stored
from tests.api.test_api_reports import CHROME, NOTICE, readers, receipt, told_of, undo
from tests.conftest import on_both_engines
from tests.scene import MODERATOR, Clock, Service, an_app

HOUR = 3_600


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article, where two reports hold a comment."""
    return an_app(client, clock, redress="mediateur@example.org", report_limit=2)


@pytest.mark.parametrize(
    ("decision", "given", "measure", "reason", "ground"),
    [
        ("approve", None, "kept", None, None),
        ("reject", "hate", "removed", "hate", "rules"),
        ("reject", "illegal", "removed", "illegal", "illegal"),
        ("trash", "un mot à nous", "removed", "other", "rules"),
        ("spam", None, "removed", "spam", "rules"),
        ("hold", None, "held", None, None),
    ],
)
def test_a_receipt_opens_the_statement_of_reasons(
    decision: str,
    given: str | None,
    measure: str,
    reason: str | None,
    ground: str | None,
    client: Any,
    clock: Clock,
) -> None:
    service = an_app(client, clock, redress="https://example.org/recours")
    own = service.post().json
    kept = receipt(service, own, "illegal", **NOTICE)
    clock.forward(minutes=90)
    service.decide(decision, own["id"], **({"reason": given} if given else {}), note="entre nous")

    told = told_of(service, kept)

    assert (told["status"], told["decided_at"]) == ("decided", "2026-03-11T13:30:00Z")
    assert told["statement"] == {
        "measure": measure,
        "reason": reason,
        "ground": ground,
        "decided_at": "2026-03-11T13:30:00Z",
        "by_notice": True,
        "detected_by_machine": False,
        "decided_by_machine": False,
        "territory": None,
        "until": None,
        "redress": "https://example.org/recours",
    }
    assert service.queue("status=reported")["counts"]["reported"] == 0
    assert "entre nous" not in str(told)
    assert "moderator:" not in str(told)
    assert state(service, own)["statement"] == told["statement"]


@pytest.mark.parametrize("decision", ["approve", "reject"])
def test_what_reports_have_held_is_settled_by_the_decision(decision: str, any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, report_limit=2)
    own = service.post().json
    receipts = [receipt(service, own, address=address) for address in readers(2)]
    assert [told_of(service, one)["status"] for one in receipts] == ["received"] * 2

    service.decide(decision, own["id"], reason="hate")

    for told in (told_of(service, one) for one in receipts):
        assert told["status"] == "decided"
        statement = told["statement"]
        assert statement["measure"] == ("kept" if decision == "approve" else "removed")
        assert (statement["by_notice"], statement["detected_by_machine"]) == (True, False)
    assert counted(service) == {int(decision == "approve")}
    assert service.queue("status=reported")["counts"]["reported"] == 0
    assert dossier(service, own)["comment"]["reports"] == 0


def test_what_a_moderator_has_approved_is_not_held_by_reports_until_it_is_edited(house: Service) -> None:
    own = house.post().json
    for address in readers(2):
        report(house, own, address=address)
    house.decide("approve", own["id"])

    for address in readers(8):
        assert report(house, own, address=address).status == 201
    assert counted(house) == {1}
    assert dossier(house, own)["comment"]["reports"] == 6, "two of the eight had reported before"
    edit(house, own, "Autre chose")
    report(house, own, address="203.0.113.99")

    assert counted(house) == {0}


@on_both_engines
def test_a_report_that_comes_while_a_moderator_decides_stays_open(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    report(service, own, address="203.0.113.1")
    late: list[str] = []

    def come(**_: Any) -> None:
        if not late:
            late.append("")
            late[0] = receipt(service, own, address="203.0.113.2")

    client = service.backend.table.client
    client.meta.events.register_first("before-parameter-build.dynamodb.TransactWriteItems", come)
    service.decide("approve", own["id"])

    assert service.queue("status=reported")["comments"][0]["reports"] == 1
    assert told_of(service, late[0])["status"] == "received"
    service.decide("reject", own["id"])
    assert told_of(service, late[0])["status"] == "decided"
    assert service.queue("status=reported")["counts"]["reported"] == 0


@on_both_engines
def test_undoing_settles_no_report_that_came_since(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    report(service, own, address="203.0.113.1")
    decided = service.decide("approve", own["id"])
    late = receipt(service, own, address="203.0.113.2")

    undo(service, decided)

    assert told_of(service, late)["status"] == "received"
    assert service.queue("status=reported")["comments"][0]["reports"] == 2


@pytest.mark.parametrize("decision", ["approve", "reject"])
@on_both_engines
def test_undoing_the_decision_opens_the_reports_again(decision: str, any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, report_limit=2)
    own = service.post().json
    receipts = [receipt(service, own, address=address) for address in readers(2)]
    decided = service.decide(decision, own["id"])

    undo(service, decided)

    assert [(told_of(service, one)["status"], told_of(service, one)["statement"]) for one in receipts] == [
        ("received", None)
    ] * 2
    assert service.queue("status=reported")["counts"]["reported"] == 2
    assert service.queue()["comments"][0]["reports"] == 2
    service.decide("reject", own["id"])
    assert [told_of(service, one)["statement"]["measure"] for one in receipts] == ["removed"] * 2


def test_a_receipt_keeps_the_statement_of_its_own_decision(house: Service, clock: Clock) -> None:
    own = house.post().json
    first = receipt(house, own, address="203.0.113.1")
    clock.forward(minutes=1)
    house.decide("approve", own["id"])
    clock.forward(minutes=1)
    second = receipt(house, own, address="203.0.113.2")
    clock.forward(minutes=1)
    house.decide("reject", own["id"], reason="hate")

    measures = [told_of(house, one)["statement"]["measure"] for one in (first, second)]

    assert measures == ["kept", "removed"]


def test_one_address_makes_twenty_reports_an_hour(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    posted = [service.post(content=f"texte {n}").json for n in range(22)]
    clock.forward(minutes=20)
    assert {report(service, own).status for own in posted[:20]} == {201}
    before = stored(service)

    refused = report(service, posted[20])

    assert refusal(refused) == (429, "too_many_reports")
    assert refused.headers["retry-after"] == str(40 * 60)
    assert stored(service) == before
    assert report(service, posted[3]).status == 201, "the first again"
    assert report(service, posted[20], address="198.51.100.8").status == 201
    clock.forward(seconds=40 * 60 - 1)
    assert report(service, posted[21]).headers["retry-after"] == "1"
    clock.forward(seconds=1)
    assert report(service, posted[21]).status == 201


def test_the_report_that_would_hold_is_paced_too(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, report_limit=1)
    posted = [service.post(content=f"texte {n}").json for n in range(21)]
    assert {report(service, own).status for own in posted[:20]} == {201}

    refused = report(service, posted[20])

    assert refusal(refused) == (429, "too_many_reports")
    assert refused.headers["retry-after"] == str(HOUR)
    assert counted(service) == {1}


def test_ninety_open_reports_of_a_comment_are_enough(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, report_limit=0)
    own = service.post().json
    assert {report(service, own, address=address).status for address in readers(60)} == {201}
    assert refusal(report(service, own, address="203.0.114.1")) == (429, "too_many_reports")
    notices = [report(service, own, "illegal", address=f"192.0.2.{n}", **NOTICE).status for n in range(31)]

    assert notices == [201] * 30 + [429], "notices are taken longest"

    (decided,) = service.decide("reject", own["id"]).json["decisions"]
    assert (decided["status"], decided["error"]) == ("rejected", None)
    assert service.queue("status=reported")["counts"]["reported"] == 0


def test_nobody_is_told_who_has_reported(any_service: Service) -> None:
    service = any_service
    lines = service.journal()
    service.register()
    own = service.post().json
    fields = NOTICE | {"address": "203.0.113.77"}
    first, again = report(service, own, "illegal", **fields), report(service, own, "illegal", **fields)
    kept = first.json["receipt"]
    said = [first.text, again.text, str(told_of(service, kept)), str(dossier(service, own))]
    said += [str(service.queue(f"status={status}")) for status in ("published", "reported")]
    decided = service.decide("reject", own["id"], reason="illegal")
    said += [decided.text, str(told_of(service, kept)), str(dossier(service, own)), str(state(service, own))]
    undo(service, decided)
    said += [seen_by_anyone(service, own), str(service.queue("status=reported"))]
    said += [service.call("GET", "/moderation/policy", token=MODERATOR).text]

    everything = "\n".join(said + lines).lower()

    for secret in ("camille", "notifiante", "203.0.113.77", CHROME.lower()):
        assert secret not in everything
    assert NOTICE["explanation"] not in seen_by_anyone(service, own)
    assert "loi de 1881" not in "\n".join(lines)
    assert kept not in seen_by_anyone(service, own) + "\n".join(lines)
