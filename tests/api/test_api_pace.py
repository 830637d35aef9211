"""How fast comments may come, from one address, one author and one network, and what a retry is spared."""

from secrets import token_bytes
from typing import Any

import pytest

from tests.scene import Clock, Heard, Service, make_backend

COMMENTS = "/articles/a1/comments"
INTERVAL = 15


def an_app(client: Any, clock: Clock, **options: Any) -> Service:
    given = {"moderation": "none", "comment_interval": INTERVAL} | options
    return Service(make_backend(client, clock, **given), clock)


@pytest.fixture
def paced(client: Any, clock: Clock) -> Service:
    """The app with an article and a pace of one comment in 15 seconds."""
    service = an_app(client, clock)
    service.register()
    return service


def post(service: Service, name: str, address: str = "198.51.100.7", /, **options: Any) -> Heard:
    """A comment that is nobody else's: its author and text are named after `name`."""
    fields = {"author_name": name, "author_email": f"{name}@example.org", "content": f"de {name}"}
    body = fields | {
        key: options.pop(key) for key in list(options) if key in (*fields, "submission_id", "parent_id")
    }
    return service.call("POST", COMMENTS, body, address=address, **options)


@pytest.mark.parametrize(
    ("waited", "retry_after"),
    [(0, 15), (0.001, 15), (1, 14), (13.999, 2), (14, 1), (14.999, 1), (15, None), (16, None)],
)
@pytest.mark.parametrize("who", ["same address", "same author"])
def test_retry_after_is_exact_to_the_second(
    who: str, waited: float, retry_after: int | None, paced: Service, clock: Clock
) -> None:
    post(paced, "lea")
    clock.forward(seconds=waited)

    if who == "same address":
        heard = post(paced, "bob")
    else:
        heard = post(paced, "bob", "203.0.113.9", author_email="LEA@example.org")

    assert heard.status == (201 if retry_after is None else 429)
    if retry_after is not None:
        assert heard.json["code"] == "too_many_comments"
        assert heard.headers["retry-after"] == str(retry_after)
        assert f" {retry_after}\u00a0s" in heard.json["detail"]


def test_a_refused_comment_does_not_lengthen_the_wait(paced: Service, clock: Clock) -> None:
    post(paced, "lea")
    for _ in range(14):
        clock.forward(seconds=1)
        assert post(paced, "bob").status == 429
    clock.forward(seconds=1)

    assert post(paced, "bob").status == 201


def test_nothing_refused_for_another_reason_counts(paced: Service) -> None:
    post(paced, "lea", content="")
    post(paced, "lea", parent_id="0" * 20)
    paced.call(
        "POST", "/articles/unknown/comments", {"author_name": "x", "author_email": "x@b.fr", "content": "x"}
    )

    assert post(paced, "lea").status == 201


def test_two_apps_on_one_table_keep_one_pace(client: Any, clock: Clock) -> None:
    one, other = an_app(client, clock), an_app(client, clock)
    other.backend.random_bytes = token_bytes
    one.register()

    assert post(one, "lea").status == 201
    assert post(other, "bob").json["code"] == "too_many_comments"
    assert post(other, "lea", "203.0.113.9").json["code"] == "duplicate_comment"


def test_a_pace_of_nothing_is_no_pace(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, comment_interval=0)
    service.register()

    assert {post(service, "lea", content=f"text {n}").status for n in range(5)} == {201}


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        pytest.param("198.51.100.7", "198.51.100.7", 429, id="one IPv4 address"),
        pytest.param("198.51.100.7", "198.51.100.8", 201, id="two of one /24"),
        pytest.param("198.51.100.7", "::ffff:198.51.100.7", 429, id="IPv4 in IPv6"),
        pytest.param("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429, id="one /64"),
        pytest.param("2001:db8:1:2::1", "2001:db8:1:3::1", 201, id="two /64 of one /48"),
        pytest.param("junk", "rubbish", 429, id="no addresses"),
    ],
)
def test_a_subscriber_is_an_ipv4_address_or_an_ipv6_64(one: str, other: str, status: int, paced: Service) -> None:
    post(paced, "lea", one)

    assert post(paced, "bob", other).status == status


@pytest.mark.parametrize(
    ("place", "elsewhere"),
    [
        pytest.param("198.51.100.{}", "198.51.101.1", id="IPv4 /24"),
        pytest.param("2001:db8:1:{}::1", "2001:db8:2:1::1", id="IPv6 /48"),
    ],
)
def test_a_network_may_post_40_comments_in_the_time_of_one(
    place: str, elsewhere: str, paced: Service, clock: Clock
) -> None:
    statuses = [post(paced, f"reader{n}", place.format(n)).status for n in range(40)]
    refused = post(paced, "one-too-many", place.format(41))

    assert set(statuses) == {201}
    assert (refused.status, refused.headers["retry-after"]) == (429, str(INTERVAL))
    assert post(paced, "neighbour", elsewhere).status == 201
    clock.forward(seconds=INTERVAL)
    assert post(paced, "one-too-many", place.format(41)).status == 201


@pytest.mark.parametrize(
    "header", ["x_forwarded_for", "x_real_ip", "cf_connecting_ip", "forwarded", "true_client_ip"]
)
def test_a_header_does_not_make_another_reader(header: str, paced: Service) -> None:
    post(paced, "lea")

    assert post(paced, "bob", **{header: "203.0.113.50"}).status == 429


@pytest.mark.parametrize(
    ("hops", "chain", "client_address"),
    [
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "203.0.113.5, 198.51.100.7", "203.0.113.5"),
        (1, "9.9.9.9, 203.0.113.5, 198.51.100.7", "203.0.113.5"),
        (2, "9.9.9.9, 203.0.113.5, 192.0.2.1", "203.0.113.5"),
        (3, "203.0.113.5", "198.51.100.7"),
        (1, "junk, 198.51.100.7", "198.51.100.7"),
    ],
)
def test_behind_trusted_proxies_the_reader_is_that_many_places_left(
    hops: int, chain: str, client_address: str, client: Any, clock: Clock
) -> None:
    direct, proxied = an_app(client, clock), an_app(client, clock, trusted_hops=hops)
    direct.register()
    post(direct, "lea", client_address)

    assert post(proxied, "bob", "198.51.100.7", x_forwarded_for=chain).status == 429
    assert (
        post(proxied, "carl", "198.51.100.7", x_forwarded_for="192.0.2.77, 192.0.2.78, 192.0.2.79").status == 201
    )


def test_a_retry_is_answered_before_any_rule(paced: Service, clock: Clock) -> None:
    first = post(paced, "lea", submission_id="submission-1")

    at_once = post(paced, "lea", submission_id="submission-1")
    elsewhere = post(paced, "lea", "203.0.113.9", submission_id="submission-1", content="another text")
    paced.register(comments="closed")
    clock.forward(hours=24 * 365)
    closed = post(paced, "lea", submission_id="submission-1")

    assert [heard.status for heard in (first, at_once, elsewhere, closed)] == [201] * 4
    assert first.json == at_once.json == elsewhere.json == closed.json
    assert paced.call("GET", COMMENTS).json["total"] == 1


def test_a_retry_does_not_use_up_the_pace(paced: Service, clock: Clock) -> None:
    post(paced, "lea", submission_id="submission-1")
    clock.forward(seconds=10)
    post(paced, "lea", submission_id="submission-1")
    clock.forward(seconds=5)

    assert post(paced, "lea", content="suite").status == 201


def test_a_retry_tells_what_became_of_the_comment_but_no_more_than_held(client: Any, clock: Clock) -> None:
    service = an_app(client, clock, moderation="all")
    service.register()
    first = post(service, "lea", submission_id="submission-1")
    told = [(first.status, first.json["status"])]

    for decision in ("approve", "reject", "spam", "trash", "restore"):
        service.decide(decision, first.json["id"])
        again = post(service, "lea", submission_id="submission-1")
        assert again.json["id"] == first.json["id"]
        told.append((again.status, again.json["status"]))

    assert told == [(202, "held"), (201, "published"), *[(202, "held")] * 4]


@pytest.mark.parametrize(
    "submission_id",
    ["short77", "x" * 65, "with space", "with.dot.x", "é" * 8, "12345678\n", "a/b/c/d/e", "\x00" * 8],
)
def test_a_submission_id_has_its_form(submission_id: str, paced: Service) -> None:
    heard = post(paced, "lea", submission_id=submission_id)

    assert [(error["field"], error["code"]) for error in heard.json["errors"]] == [
        ("submission_id", "invalid_format")
    ]


@pytest.mark.parametrize("submission_id", ["12345678", "x" * 64, "A-z_0-9-"])
def test_a_submission_id_of_its_form_is_taken(submission_id: str, paced: Service) -> None:
    assert post(paced, "lea", submission_id=submission_id).status == 201


def test_a_submission_cannot_be_guessed_without_its_address(paced: Service, clock: Clock) -> None:
    paced.register("a2")
    mine = post(paced, "lea", submission_id="submission-1").json["id"]
    clock.forward(seconds=INTERVAL)
    other = post(paced, "bob", submission_id="submission-1").json["id"]
    clock.forward(seconds=INTERVAL)
    elsewhere = paced.post("a2", author_email="lea@example.org", submission_id="submission-1").json["id"]

    assert len({mine, other, elsewhere}) == 3
