"""Reports: what a notice must say, how many hold a comment, and what its maker is told in the end."""

from typing import Any

import pytest

from chalicelib.rules.statements import REPORT_REASONS
from tests.actions.test_comments_together import at_once
from tests.actions.test_requests_sent_again import lose_next
from tests.api.readers import at, bad_fields, codes, counted, dossier, refusal, report, state, stored
from tests.scene import MODERATOR, Clock, Service, an_app

NOTICE = {
    "explanation": "Diffamation, article 29 de la loi de 1881.",
    "name": "Camille Notifiante",
    "email": "camille.notifiante@example.org",
    "good_faith": True,
}
ALL_FIELDS = {"explanation", "name", "email", "good_faith"}
REQUIRED = {"illegal": ALL_FIELDS, "child_abuse": {"explanation", "good_faith"}}
CHROME = "Mozilla/5.0 Chrome/140"


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock, redress="mediateur@example.org")


def readers(count: int) -> list[str]:
    """So many addresses."""
    return [f"203.0.113.{n}" for n in range(count)]


def receipt(service: Service, posted: Any, reason: str = "hate", **fields: Any) -> str:
    """The receipt of a report."""
    heard = report(service, posted, reason, **fields)
    assert heard.status == 201, heard.text
    found: str = heard.json["receipt"]
    return found


def told_of(service: Service, receipt: str) -> Any:
    """What came of a report."""
    heard = service.call("GET", f"/reports/{receipt}")
    assert heard.status == 200, heard.text
    return heard.json


def undo(service: Service, decided: Any) -> None:
    """Take a decision back."""
    body = {"undo_token": decided.json["undo_token"]}
    assert service.call("POST", "/moderation/undo", body, token=MODERATOR).status == 200


@pytest.mark.parametrize("reason", REPORT_REASONS)
def test_a_report_needs_what_the_law_asks_of_a_notice_for_its_reason(
    reason: str, client: Any, clock: Clock
) -> None:
    house = an_app(client, clock, report_limit=0)
    own = house.post().json
    required = REQUIRED.get(reason, set())

    for field in ALL_FIELDS:
        for nothing in (False,) if field == "good_faith" else (None, "", "  "):
            heard = report(house, own, reason, **(NOTICE | {field: nothing}), address=f"203.0.113.{len(field)}")
            if field in required:
                assert bad_fields(heard) == [(field, "required")]
            else:
                assert heard.status == 201
    bare = report(house, own, reason, address="203.0.113.99")
    assert {field for field, _ in bad_fields(bare)} == required if required else bare.status == 201


def test_a_whole_notice_is_taken_for_any_reason(any_service: Service) -> None:
    any_service.register()
    for reason in REPORT_REASONS:
        own = any_service.post(content=f"un commentaire ({reason})").json

        heard = report(any_service, own, reason, **NOTICE)

        assert heard.status == 201
        assert heard.json == {
            "receipt": heard.json["receipt"],
            "status": "received",
            "article_id": "a1",
            "comment_id": own["id"],
            "reason": reason,
            "reported_at": "2026-03-11T12:00:00Z",
            "decided_at": None,
            "statement": None,
        }
        assert told_of(any_service, heard.json["receipt"]) == heard.json
        (kept,) = dossier(any_service, own)["reports"]
        assert (kept["reason"], kept["explanation"]) == (reason, NOTICE["explanation"])
        assert kept["is_notice"] == (reason in ("illegal", "child_abuse"))


@pytest.mark.parametrize(
    ("fields", "bad"),
    [
        ({"reason": "boring"}, ("reason", "invalid_choice")),
        ({"reason": None}, ("reason", "invalid_choice")),
        ({"email": "camille(at)example.org"}, ("email", "invalid_email")),
        ({"explanation": "x" * 1_001}, ("explanation", "too_long")),
        ({"name": "x" * 101}, ("name", "too_long")),
        ({"good_faith": "perhaps"}, ("good_faith", "invalid_type")),
        ({"comment": "x"}, ("comment", "unknown_field")),
    ],
)
def test_a_report_with_a_bad_field_is_refused(
    fields: dict[str, Any], bad: tuple[str, str], house: Service
) -> None:
    own = house.post().json
    before = stored(house)

    assert bad_fields(house.call("POST", at(own, "reports"), {"reason": "hate"} | NOTICE | fields)) in (
        [bad],
        [(bad[0], "required")],
    )
    assert stored(house) == before


def test_only_a_published_comment_of_that_article_is_reported(any_service: Service) -> None:
    service = any_service
    service.register()
    service.register("a2")
    held = service.post(content="http://a.example http://b.example").json
    shown = service.post().json
    before = stored(service)

    for path, code in (
        (at(held, "reports"), "unknown_comment"),
        (at("0" * 20, "reports"), "unknown_comment"),
        (at("junk", "reports"), "unknown_comment"),
        (at(shown, "reports", "a2"), "unknown_comment"),
        (at(shown, "reports", "a3"), "unknown_article"),
    ):
        assert refusal(service.call("POST", path, {"reason": "hate"})) == (404, code), path
    assert stored(service) == before


def test_an_unknown_receipt_is_404(house: Service) -> None:
    for unknown in ("0" * 20, "v" * 20, "x", "A" * 20, "%00", "..", "é", "x" * 3_000):
        heard = house.call("GET", f"/reports/{unknown}")
        assert refusal(heard) in [(404, "unknown_report"), (404, "unknown_route")], unknown


def test_a_form_reports_too(house: Service) -> None:
    own = house.post().json
    form = {"reason": "illegal", **{name: str(value).lower() for name, value in NOTICE.items()}, "submit": "x"}

    assert house.call("POST", at(own, "reports"), form=form).status == 201
    assert dossier(house, own)["reports"][0]["is_notice"] is True


def test_the_same_readers_second_report_is_the_first_again(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    own = service.post().json
    first = report(service, own, "hate", explanation="la première fois")
    before = stored(service)
    clock.forward(minutes=5)

    again = report(service, own, "spam", explanation="autre chose")

    assert (again.status, again.json) == (201, first.json)
    assert stored(service) == before


def test_a_report_whose_answer_was_lost_is_kept_once(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    lose_next(service.backend.table.client, "TransactWriteItems")

    assert report(service, own).status == 503
    assert report(service, own).status == 201
    assert service.queue("status=reported")["comments"][0]["reports"] == 1


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_as_many_addresses_as_the_setting_says_hold_a_comment(limit: int, any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, report_limit=limit)
    own = service.post(content="contesté").json

    for address in readers(limit):
        assert counted(service) == {1}
        assert report(service, own, address=address).json["status"] == "received"

    assert counted(service) == {0}
    assert service.call("GET", at(own)).status == 404
    (queued,) = service.queue()["comments"]
    assert (codes(queued), queued["held_for"][0]["evidence"]) == (["reports"], {"count": limit})
    assert queued["reports"] == limit
    (line,) = dossier(service, own)["audit"]
    assert (line["by"], line["decision"], line["to"], line["intact"]) == ("readers", "report", "held", True)
    assert state(service, own)["status"] == "held"
    assert report(service, own, address="203.0.113.99").status == 404


def test_a_limit_of_nothing_holds_nothing(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, report_limit=0)
    own = service.post().json

    for address in readers(20):
        assert report(service, own, address=address).status == 201
    assert counted(service) == {1}
    assert service.queue("status=reported")["comments"][0]["reports"] == 20


@pytest.mark.parametrize(
    ("addresses", "held"),
    [
        (["198.51.100.1", "198.51.100.2", "198.51.100.3"], True),
        (["198.51.100.1", "::ffff:198.51.100.1", "198.51.100.1"], False),
        (["2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:1:ff::3"], False),
        (["2001:db8:1:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1"], False),
        (["2001:db8:1::1", "2001:db8:2::1", "2001:db8:3::1"], True),
        (["junk", "rubbish", "nonsense"], False),
    ],
)
def test_readers_are_told_apart_by_their_addresses(addresses: list[str], held: bool, house: Service) -> None:
    own = house.post().json

    for n, address in enumerate(addresses):
        heard = house.call(
            "POST",
            at(own, "reports"),
            {"reason": "hate", "email": f"r{n}@example.org"},
            address=address,
            user_agent=f"{CHROME} {n}",
            x_forwarded_for=f"203.0.113.{n}",
        )
        assert heard.status == 201

    assert counted(house) == {int(not held)}


def test_reports_that_come_at_once_are_all_kept_and_hold_once(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    own = service.post().json
    statuses: list[int] = []

    def come(number: int) -> None:
        statuses.append(report(service, own, address=f"203.0.113.{number}").status)

    at_once(16, come)

    assert set(statuses) <= {201, 404, 503}
    assert statuses.count(201) == 3
    assert counted(service) == {0}
    told = dossier(service, own)
    assert (len(told["reports"]), told["comment"]["reports"], len(told["audit"])) == (3, 3, 1)


def test_the_staffs_own_comments_are_reported_and_not_held(house: Service) -> None:
    root = house.post().json["id"]
    path = f"/moderation/comments/{root}/replies"
    own = house.call("POST", path, {"content": "Merci"}, token=MODERATOR).json

    for address in readers(5):
        assert report(house, own, address=address).status == 201

    assert counted(house) == {2}
    assert house.queue("status=reported")["counts"]["reported"] == 5
