"""Whose address counts behind a CDN: the reader's, and nobody's own word for it."""

import logging
from typing import Any

import pytest

import app
from chalicelib.actions import identity
from chalicelib.settings import SettingsError, read
from chalicelib.storage import secrets
from tests.api.faults import Calls, Outage, answered
from tests.api.gateway import DOORS, Sent, through
from tests.scene import MODERATOR, PUBLISHER, Clock, Service, make_backend, path_of

SECRET = "agreed-with-the-proxy-0123456789"
VIEWER, EDGE, FORGED = "203.0.113.9", "192.0.2.44", "6.6.6.6"
CHAINS = [
    pytest.param(f"{VIEWER}, {EDGE}", id="viewer and edge"),
    pytest.param(VIEWER, id="viewer"),
    pytest.param(f"{FORGED}, {VIEWER}, {EDGE}", id="an entry of the viewer's own, viewer and edge"),
    pytest.param(f"{FORGED}, 7.7.7.7, {VIEWER}", id="entries of the viewer's own, and viewer"),
]


def behind_a_proxy(client: Any, clock: Clock, **options: Any) -> Service:
    """The app with an article, behind one proxy that carries a secret."""
    given = {"trusted_hops": 1, "proxy_secret": SECRET, "moderation": "none", "comment_interval": 0} | options
    service = Service(make_backend(client, clock, **given), clock)
    service.register()
    return service


def viewed_by(service: Service, door: str, chain: str, proxy: str | None) -> str:
    """View an article through the edge and a door; gives the address that the service took the view to be of."""
    carried = {"X-Forwarded-For": chain} | ({} if proxy is None else {"X-Tribune-Proxy": proxy})
    heard = through(door, service, Sent("POST", "/articles/a1/views", None, carried, address=EDGE))
    assert heard.json["counted"] is True
    (seen,) = [
        address
        for address in (VIEWER, EDGE, FORGED)
        if service.view(address=address)["reason"] == "repeat"  # whose view it was cannot view again
    ]
    return seen


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("chain", CHAINS)
@pytest.mark.parametrize("options", [{}, {"proxy_secret": None}, {"proxy_secret": "site"}], ids=str)
def test_what_the_proxy_says_is_believed_through_every_door(
    options: dict[str, Any], chain: str, door: str, client: Any, clock: Clock
) -> None:
    service = behind_a_proxy(client, clock, **options)

    assert viewed_by(service, door, chain, identity.proxy_secret(service.backend)) == VIEWER


NOT_THE_SECRET = [
    None,
    "",
    " ",
    SECRET[:-1],
    f"{SECRET}x",
    SECRET.upper(),
    f"{SECRET}, {SECRET}",
    f"{SECRET},",
    f"x, {SECRET}",
    f" {SECRET}",
    f"{SECRET} ",
    f'"{SECRET}"',
    f"Bearer {SECRET}",
    "site",
    "é",
    "\ud800",
    "\x00",
    "x" * 100_000,
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("given", NOT_THE_SECRET, ids=lambda given: ascii(given)[:40])
def test_without_the_secret_the_address_is_the_one_that_reached_the_door(
    given: str | None, door: str, client: Any, clock: Clock
) -> None:
    service = behind_a_proxy(client, clock)

    assert viewed_by(service, door, f"{FORGED}, {VIEWER}, {EDGE}", given) == EDGE


@pytest.mark.parametrize("given", NOT_THE_SECRET, ids=lambda given: ascii(given)[:40])
def test_a_secret_made_from_the_sites_cannot_be_guessed_either(
    given: str | None, client: Any, clock: Clock
) -> None:
    service = behind_a_proxy(client, clock, proxy_secret="site")

    assert viewed_by(service, "Function URL", f"{VIEWER}, {EDGE}", given) == EDGE


@pytest.mark.parametrize("row", app.ROUTES, ids=lambda row: row.name)
def test_no_request_is_refused_for_lacking_the_secret(row: Any, client: Any, clock: Clock) -> None:
    service = behind_a_proxy(client, clock)
    path = path_of(row.path, article_id="nobody")

    lacking, carrying = (
        service.call(row.method, path, token=MODERATOR, x_tribune_proxy=given) for given in ("", SECRET)
    )

    assert (lacking.status, lacking.text) == (carrying.status, carrying.text)


def test_every_environment_makes_the_same_secret_of_the_sites_and_it_is_not_the_sites(
    client: Any, clock: Clock
) -> None:
    one, other = (behind_a_proxy(client, clock, proxy_secret="site").backend for _ in range(2))

    made = identity.proxy_secret(one)

    assert made == identity.proxy_secret(other)
    assert made is not None
    assert len(made) == 64
    assert bytes.fromhex(made) != secrets.site_secret(one.table, one.random_bytes)


@pytest.mark.parametrize("options", [{"trusted_hops": 0}, {}], ids=str)
def test_the_sites_secret_is_looked_up_only_where_it_decides_something(
    options: dict[str, Any], client: Any, clock: Clock
) -> None:
    service = behind_a_proxy(client, clock, proxy_secret="site", **options)
    given = {"x_forwarded_for": VIEWER} if service.backend.settings.trusted_hops else {"x_tribune_proxy": "x" * 64}
    calls = Calls(client)

    for _ in range(3):
        service.call("GET", "/moderation", **given)

    assert calls.made == []


def test_a_warm_view_by_the_proxy_is_one_call(client: Any, clock: Clock) -> None:
    service = behind_a_proxy(client, clock, proxy_secret="site")
    given = {"x_tribune_proxy": identity.proxy_secret(service.backend) or ""}
    service.view(x_forwarded_for=VIEWER, **given)
    calls = Calls(client)

    assert service.view(x_forwarded_for="203.0.113.10", **given)["counted"]
    assert calls.made == ["UpdateItem"]


def test_guesses_cost_one_read_a_minute_however_many_they_are(client: Any, clock: Clock) -> None:
    service = behind_a_proxy(client, clock, proxy_secret="site")
    identity.proxy_secret(service.backend)
    clock.forward(minutes=1)
    calls = Calls(client)

    for n in range(100):
        service.call("GET", "/moderation", x_tribune_proxy=f"{n:064x}")

    assert calls.made == ["GetItem"]


@pytest.mark.parametrize("configured", [SECRET, "site"])
def test_the_secret_is_told_in_no_answer_and_no_log_line(
    configured: str,
    client: Any,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    service = behind_a_proxy(client, clock, proxy_secret=configured)
    secret = identity.proxy_secret(service.backend) or ""
    carried = {"x_tribune_proxy": secret, "x_forwarded_for": VIEWER, "accept_language": "en"}

    with caplog.at_level(logging.DEBUG, "tribune"):
        answers = [
            service.call(row.method, path_of(row.path), body, token=token, **carried)
            for row in app.ROUTES
            for body in (None, "{")
            for token in (None, PUBLISHER, MODERATOR)
        ]

    said = (
        "".join(f"{heard.headers}{heard.text}" for heard in answers) + caplog.text + "".join(capsys.readouterr())
    )
    assert secret not in said
    assert "x-tribune-proxy" not in said.lower()


def test_a_reader_keeps_an_address_and_a_list_while_the_table_does_not_answer(
    impatient: Service, clock: Clock
) -> None:
    options = {"trusted_hops": 1, "proxy_secret": "site", "requests_per_minute": 100}
    service = Service(make_backend(impatient.backend.table.client, clock, **options), clock)
    carried = {"x_tribune_proxy": identity.proxy_secret(service.backend) or "", "x_forwarded_for": VIEWER}
    service.call("GET", "/most-read", **carried)
    Outage(service, answered(500, "InternalServerError"))

    for minutes, status in ((1, 200), (58, 200), (1, 503)):
        clock.forward(minutes=minutes)
        assert service.call("GET", "/most-read", **carried).status == status


@pytest.mark.parametrize(
    "value", ["yes", "x" * 15, "x" * 257, "with a space in the middle", "a,secret,with,commas", "é" * 20]
)
def test_a_secret_that_is_short_or_cannot_stand_in_a_header_is_refused_without_being_told(value: str) -> None:
    with pytest.raises(SettingsError, match="TRIBUNE_PROXY_SECRET") as refused:
        read({"TRIBUNE_PROXY_SECRET": value})

    assert value not in str(refused.value)


@pytest.mark.parametrize("value", ["site", SECRET, "x" * 16, "Zm9vYmFyYmF6cXV4Cg=="])
def test_a_secret_of_its_form_is_taken(value: str) -> None:
    assert read({"TRIBUNE_PROXY_SECRET": value}).proxy_secret == value
