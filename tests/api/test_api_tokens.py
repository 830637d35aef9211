"""Bearer tokens: what each opens, how soon a change of one is heard, and what unknown ones cost."""

from typing import Any

import pytest

from chalicelib.backend import Memory
from chalicelib.model import Role
from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.api.faults import NO_CONNECTION, Calls, Outage
from tests.scene import ADMIN, MODERATOR, PUBLISHER, Clock, Heard, Service, make_backend

TOKEN = "a token of the table"
PATIENCE = 100
ATTACKER = "203.0.113.7"


def keep(service: Service, role: Role = "moderator", *sections: str, token: str = TOKEN) -> None:
    """Store a token, limited to sections if there are any."""
    holder = secrets.Holder(role, keyed.token_hash(token), frozenset(sections) or None)
    secrets.keep_token(service.backend.table, holder, "a note", service.clock.at)


def revoke(service: Service) -> None:
    """Revoke the token."""
    secrets.revoke_token(service.backend.table, keyed.token_hash(TOKEN))


def ask(service: Service, token: str | None = TOKEN, **options: Any) -> Heard:
    """Who am I?"""
    return service.call("GET", "/moderation/me", token=token, **options)


def environment(service: Service, **options: Any) -> Service:
    """Another environment on the same table."""
    return Service(make_backend(service.backend.table.client, service.clock, **options), service.clock)


def use_up(service: Service, address: str = ATTACKER) -> None:
    """Send as many unknown tokens as an address may."""
    for n in range(PATIENCE):
        heard = ask(service, f"unknown {n}", address=address)
        assert (heard.status, heard.json["code"]) == (401, "unauthorised")


def refused(heard: Heard) -> bool:
    """Whether too many came."""
    return (heard.status, heard.json.get("code")) == (429, "too_many_requests")


@pytest.mark.parametrize(
    ("token", "role", "sections"),
    [
        (MODERATOR, "moderator", None),
        (ADMIN, "admin", None),
        ("everywhere", "moderator", None),
        ("limited", "moderator", ["Sport", "monde", "Économie"]),
    ],
)
def test_a_moderator_is_told_what_the_token_opens(
    token: str, role: str, sections: list[str] | None, any_service: Service
) -> None:
    keep(any_service, token="everywhere")
    keep(any_service, "moderator", "monde", "Économie", "Sport", token="limited")

    heard = ask(any_service, token)

    assert heard.status == 200
    configured = token in (MODERATOR, ADMIN)
    actor = f"{role}:{keyed.token_hash(token)[:8]}" if configured else f"{role}:a note"
    assert heard.json == {"role": role, "sections": sections, "actor": actor}
    assert heard.headers["cache-control"] == "private, no-cache"


def test_a_revoked_token_is_dead_within_a_minute_in_every_environment(any_service: Service, clock: Clock) -> None:
    keep(any_service)
    early, late, fresh = (environment(any_service) for _ in range(3))
    assert ask(early).status == 200
    clock.forward(seconds=40)
    assert [ask(one).status for one in (early, late)] == [200, 200]

    revoke(any_service)

    assert ask(fresh).status == 401, "which had never asked of it"
    for _ in range(59):
        clock.forward(seconds=1)
        ask(early), ask(late)
    clock.forward(seconds=1)
    assert [ask(one).status for one in (early, late, fresh)] == [401, 401, 401]


def test_sections_that_change_are_heard_of_within_a_minute_in_every_environment(
    any_service: Service, clock: Clock
) -> None:
    keep(any_service, "moderator", "monde")
    environments = [environment(any_service) for _ in range(3)]
    for one in environments:
        clock.forward(seconds=10)
        assert ask(one).json["sections"] == ["monde"]

    keep(any_service, "moderator", "sport")
    clock.forward(seconds=60)

    assert [ask(one).json["sections"] for one in environments] == [["sport"]] * 3


def test_a_new_token_works_at_once_even_where_it_was_tried_before(service: Service) -> None:
    assert ask(service).status == 401

    keep(service)

    assert ask(service).status == 200


def test_a_token_configured_for_two_roles_opens_what_the_lesser_may(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, moderator_token="shared", admin_token="shared"), clock)

    assert ask(service, "shared").json["role"] == "moderator"
    assert ask(service, "").status == 401


def test_after_a_hundred_unknown_tokens_of_an_address_the_table_is_asked_no_more(
    service: Service, clock: Clock
) -> None:
    use_up(service)
    clock.forward(seconds=18.5)
    calls = Calls(service.backend.table.client)

    for path in ("/moderation/me", "/moderation/comments", "/health"):
        heard = service.call("GET", path, token="one more", address=ATTACKER)
        assert refused(heard)
        assert heard.headers["retry-after"] == "42"
    assert refused(service.call("PUT", "/articles/a1", b"{", token="one more", address=ATTACKER))
    assert calls.made == []


def test_those_who_send_no_unknown_token_are_served_as_ever(service: Service) -> None:
    keep(service)
    service.register()
    use_up(service)

    assert ask(service, address="203.0.113.8").status == 200
    assert ask(service, "unknown", address="203.0.113.8").status == 401
    assert service.call("GET", "/articles/a1", address=ATTACKER).status == 200
    assert service.post(address=ATTACKER).status == 201
    assert ask(service, None, address=ATTACKER).status == 401
    assert [ask(service, token, address=ATTACKER).status for token in (MODERATOR, PUBLISHER)] == [200, 403]
    assert ask(environment(service), "unknown", address=ATTACKER).status == 401, "an environment counts for itself"


def test_a_token_that_was_good_is_asked_about_again_until_it_is_not(service: Service, clock: Clock) -> None:
    keep(service)
    assert ask(service, address=ATTACKER).status == 200
    clock.forward(minutes=10)
    use_up(service)

    assert ask(service, address=ATTACKER).status == 200, "though it was forgotten nine minutes ago"
    revoke(service)
    clock.forward(minutes=1)
    use_up(service)
    assert ask(service, address=ATTACKER).status == 401
    assert refused(ask(service, address=ATTACKER))


def test_the_minute_over_unknown_tokens_are_looked_at_again(service: Service, clock: Clock) -> None:
    use_up(service)
    for _ in range(59):
        clock.forward(seconds=1)
        assert refused(ask(service, "unknown", address=ATTACKER))

    clock.forward(seconds=1)

    use_up(service)
    assert refused(ask(service, "unknown", address=ATTACKER))


@pytest.mark.parametrize(
    ("address", "headers", "is_same"),
    [
        ("2001:db8:1:2:ffff::9", {}, True),
        ("2001:db8:1:3::1", {}, False),
        ("2001:db8:1:2::1", {"x_forwarded_for": "192.0.2.9"}, True),
    ],
)
def test_an_address_is_one_that_cannot_be_chosen(
    address: str, headers: dict[str, str], is_same: bool, service: Service
) -> None:
    use_up(service, "2001:db8:1:2::1")

    assert refused(ask(service, "unknown", address=address, **headers)) == is_same


def test_good_tokens_that_are_new_to_an_environment_count_for_nothing(service: Service) -> None:
    tokens = [f"moderator {n}" for n in range(PATIENCE + 20)]
    for token in tokens:
        keep(service, token=token)

    assert {ask(service, token, address=ATTACKER).status for token in tokens} == {200}
    use_up(service)


def test_a_table_that_does_not_answer_counts_for_nothing(impatient: Service, clock: Clock) -> None:
    keep(impatient)
    outage = Outage(impatient, NO_CONNECTION)

    assert {ask(impatient, address=ATTACKER).status for _ in range(PATIENCE + 20)} == {503}
    outage.end()
    clock.forward(minutes=1)
    assert ask(impatient, address=ATTACKER).status == 200


def test_unknown_tokens_drive_nothing_out_of_the_memory(service: Service, clock: Clock) -> None:
    service.backend.memory = Memory(capacity=20)
    service.register()
    keep(service)
    for section in range(20):
        service.call("GET", f"/most-read?section={section}")
    service.post(submission_id="needs-the-secret", content="Encore")
    service.call("GET", "/most-read")
    ask(service)

    for n in range(4):
        use_up(service, f"198.51.100.{n}")

    calls = Calls(service.backend.table.client)
    assert service.call("GET", "/most-read").status == 200
    assert ask(service).status == 200
    assert service.backend.memory.remembered("secret", clock.at, 1) is not None
    assert calls.made == []
