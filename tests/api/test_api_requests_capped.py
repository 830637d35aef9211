"""An address that asks too often: refused by the environment itself, before the table is asked anything."""

from typing import Any

import pytest

import app
from chalicelib.actions.roll_up import roll_up
from chalicelib.api.route import Route
from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.api.faults import Calls
from tests.scene import FIREFOX, MODERATOR, Clock, Heard, Service, make_backend, path_of

LIMIT = 5
BUSY_ADDRESS = "203.0.113.7"
ROWS = [row for row in app.ROUTES if row.name != "views.record"]


@pytest.fixture
def capped(client: Any, clock: Clock) -> Service:
    """The app with an article, where an address may make five requests in a minute."""
    options = {"moderation": "none", "comment_interval": 0, "requests_per_minute": LIMIT}
    service = Service(make_backend(client, clock, **options), clock)
    service.register()
    return service


def use_up(service: Service, address: str = BUSY_ADDRESS) -> None:
    """Make as many requests as an address may."""
    for _ in range(LIMIT):
        assert service.call("GET", "/moderation", address=address).status == 200


def asked(service: Service, row: Route, **options: Any) -> Heard:
    path = path_of(row.path)
    return service.call(row.method, path, address=BUSY_ADDRESS, **options)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@pytest.mark.parametrize("token", [None, "a token that the table would know"])
def test_over_the_cap_every_row_is_refused_before_anything_is_asked_or_read(
    token: str | None, row: Route, capped: Service
) -> None:
    use_up(capped)
    calls = Calls(capped.backend.table.client)

    heard = asked(
        capped, row, body=b"{" + b"x" * 200_000, token=token, content_type="image/png", origin="https://x.example"
    )

    assert (heard.status, heard.code) == (429, "too_many_requests")
    assert heard.headers["retry-after"] == "60"
    assert heard.headers["cache-control"] == "no-store"
    assert calls.made == []


def test_a_token_that_the_environment_knows_is_not_paced(capped: Service, clock: Clock) -> None:
    stored = "a token of the table"
    holder = secrets.Holder("publisher", keyed.token_hash(stored))
    secrets.keep_token(capped.backend.table, holder, "the CMS", clock.at)
    assert asked_as(capped, stored, "192.0.2.1") == 200
    use_up(capped)

    for _ in range(3 * LIMIT):
        assert asked_as(capped, MODERATOR, BUSY_ADDRESS) == 200
        assert asked_as(capped, stored, BUSY_ADDRESS) == 200
    clock.forward(seconds=60)
    use_up(capped)
    assert asked_as(capped, stored, BUSY_ADDRESS) == 429, "which was remembered for a minute"


def asked_as(service: Service, token: str, address: str) -> int:
    """The status of a request that the holder of a token may make."""
    if token == MODERATOR:
        return service.call("GET", "/moderation/comments", token=token, address=address).status
    return service.call("PUT", "/articles/a1", {"title": "T"}, token=token, address=address).status


def test_the_refusal_says_when_to_come_back_in_either_language(capped: Service, clock: Clock) -> None:
    use_up(capped)
    clock.forward(seconds=18.5)

    french, english = (
        capped.call("GET", "/health", address=BUSY_ADDRESS, accept_language=language) for language in ("fr", "en")
    )

    assert french.headers["retry-after"] == "42"
    assert french.json["detail"].endswith("Réessayez dans 42\u00a0s.")
    assert english.json["detail"].endswith("Try again in 42 s.")


def test_the_minute_over_the_address_is_served_again(capped: Service, clock: Clock) -> None:
    use_up(capped)
    for _ in range(59):
        clock.forward(seconds=1)
        assert capped.call("GET", "/health", address=BUSY_ADDRESS).status == 429
    clock.forward(seconds=1)

    use_up(capped)
    assert capped.call("GET", "/health", address=BUSY_ADDRESS).status == 429


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("203.0.113.7", "203.0.113.8", 200),
        ("203.0.113.7", "::ffff:203.0.113.7", 429),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 200),
        ("junk", "rubbish", 429),
    ],
)
def test_an_address_is_an_ipv4_address_or_an_ipv6_64(one: str, other: str, status: int, capped: Service) -> None:
    use_up(capped, one)

    assert capped.call("GET", "/health", address=other).status == status


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_requests_of_every_row_count(row: Route, capped: Service) -> None:
    for _ in range(LIMIT):
        assert asked(capped, row).status != 429

    assert asked(capped, row).status == 429


@pytest.mark.parametrize(("method", "path"), [("OPTIONS", "/health"), ("GET", "/nowhere"), ("PATCH", "/counts")])
def test_what_belongs_to_no_row_is_answered_as_ever(method: str, path: str, capped: Service) -> None:
    before = capped.call(method, path, address=BUSY_ADDRESS).status
    use_up(capped)

    assert capped.call(method, path, address=BUSY_ADDRESS).status == before


def test_a_head_is_refused_without_a_body(capped: Service) -> None:
    use_up(capped)

    heard = capped.call("HEAD", "/health", address=BUSY_ADDRESS)

    assert (heard.status, heard.text) == (429, "")


def test_a_refused_form_keeps_the_text(capped: Service) -> None:
    use_up(capped)

    heard = capped.call(
        "POST",
        "/articles/a1/comments",
        form={"author": "Léa", "email": "lea@example.org", "comment": "Mon texte"},
        address=BUSY_ADDRESS,
    )

    assert (heard.status, heard.headers["retry-after"]) == (429, "60")
    assert "Mon texte" in heard.text
    assert "<form" in heard.text, "to be sent again"
    assert "lea@example.org" not in heard.text


def test_behind_a_proxy_it_is_the_readers_requests_that_count(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, trusted_hops=1, requests_per_minute=1), clock)

    statuses = [
        service.call("GET", "/moderation", address="192.0.2.1", x_forwarded_for=f"6.6.6.{n}, {reader}").status
        for n, reader in enumerate(["203.0.113.7", "203.0.113.8", "203.0.113.7", "203.0.113.8"])
    ]

    assert statuses == [200, 200, 429, 429]


def test_without_a_cap_any_number_is_served(service: Service) -> None:
    assert {service.call("GET", "/moderation").status for _ in range(200)} == {200}


TOO_MANY = {"counted": False, "reason": "too_many", "views": None}


def test_a_view_over_the_cap_is_told_so_and_asks_the_table_nothing(capped: Service) -> None:
    use_up(capped)
    calls = Calls(capped.backend.table.client)

    assert capped.view(address=BUSY_ADDRESS) == TOO_MANY
    assert capped.view("nobody", address=BUSY_ADDRESS) == TOO_MANY
    assert capped.view("a1", "?most_read=24h", address=BUSY_ADDRESS) == TOO_MANY
    assert capped.view(address=BUSY_ADDRESS, user_agent="curl/8") == TOO_MANY
    assert calls.made == []


def test_views_count_as_requests(capped: Service) -> None:
    answers = [capped.view(address=BUSY_ADDRESS, user_agent=f"Mozilla/5.0 ({n})") for n in range(LIMIT + 1)]

    assert [answer["counted"] for answer in answers] == [True] * LIMIT + [False]
    assert answers[-1] == {"counted": False, "reason": "too_many", "views": 0}
    assert capped.call("GET", "/health", address=BUSY_ADDRESS).status == 429


def test_a_view_over_the_cap_does_not_use_up_the_readers_view(capped: Service, clock: Clock) -> None:
    use_up(capped)
    capped.view(address=BUSY_ADDRESS)
    clock.forward(minutes=1)

    assert capped.view(address=BUSY_ADDRESS)["counted"] is True


def test_a_view_over_the_cap_gets_the_count_and_the_list_that_are_remembered(
    capped: Service, clock: Clock
) -> None:
    capped.register("a2")
    capped.view()
    roll_up(capped.backend)
    clock.forward(minutes=2)
    first = capped.view("a1", "?most_read=24h", user_agent=FIREFOX, address="192.0.2.1")
    clock.forward(seconds=50)
    use_up(capped)
    calls = Calls(capped.backend.table.client)

    told = capped.view("a1", "?most_read=24h", address=BUSY_ADDRESS)
    chosen = capped.view("a2", "?most_read=24h&exclude=a1", address=BUSY_ADDRESS)
    other = capped.view("a2", "?most_read=7d", address=BUSY_ADDRESS)

    assert first["counted"]
    assert told == {"counted": False, "reason": "too_many", "views": 1, "most_read": first["most_read"]}
    assert chosen == TOO_MANY | {"most_read": first["most_read"] | {"articles": []}}
    assert other == TOO_MANY
    assert calls.made == []


def test_a_list_older_than_an_hour_is_not_given_over_the_cap(capped: Service, clock: Clock) -> None:
    capped.call("GET", "/most-read")
    clock.forward(hours=1)
    use_up(capped)

    assert capped.view("a1", "?most_read=24h", address=BUSY_ADDRESS) == TOO_MANY


def test_a_view_over_the_cap_that_cannot_be_read_is_refused_for_that(capped: Service) -> None:
    use_up(capped)

    assert capped.call("POST", "/articles/a1/views", {"weight": 5}, address=BUSY_ADDRESS).status == 422
