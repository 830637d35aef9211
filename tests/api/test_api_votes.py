"""Votes: one per reader, changed and taken back at will, counted exactly whatever goes wrong on the way."""

from collections import Counter
from typing import Any

import pytest

from tests.actions.test_comments_together import at_once
from tests.actions.test_requests_sent_again import lose_next
from tests.api.readers import at, bad_fields, refusal, seen_by_anyone, stored, vote, withdraw
from tests.conftest import on_both_engines
from tests.scene import Clock, Service, an_app

CHROME = "Mozilla/5.0 Chrome/140"
DAY = 24 * 3_600


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock)


def votes_of(service: Service, posted: Any) -> int:
    """The votes that the list shows of a comment."""
    heard = service.call("GET", at(posted)).json
    (listed,) = [
        one for one in service.call("GET", "/articles/a1/comments").json["comments"] if one["id"] == heard["id"]
    ]
    assert heard["votes"] == listed["votes"]
    votes: int = heard["votes"]
    return votes


@on_both_engines
def test_a_reader_votes_changes_and_takes_it_back(any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json

    for cast, total in ((1, 1), (1, 1), (-1, -1), (-1, -1), (0, 0), (0, 0), (-1, -1), (1, 1)):
        heard = vote(service, own, cast)
        assert (heard.status, heard.json) == (200, {"comment_id": own["id"], "vote": cast, "votes": total})
        assert votes_of(service, own) == total


def test_a_vote_taken_back_that_was_never_cast_writes_nothing(house: Service) -> None:
    own = house.post().json
    before = stored(house)

    assert vote(house, own, 0).json["votes"] == 0
    assert stored(house) == before


@pytest.mark.parametrize(
    ("other", "total"),
    [
        pytest.param({"address": "198.51.100.7"}, 1, id="the same reader"),
        pytest.param({"user_agent": CHROME}, 2, id="another browser"),
        pytest.param({"address": "198.51.100.8"}, 2, id="another address"),
        pytest.param({"x_forwarded_for": "203.0.113.9"}, 1, id="a forged address"),
        pytest.param({"address": "::ffff:198.51.100.7"}, 1, id="IPv4 in IPv6"),
    ],
)
def test_a_voter_is_an_address_and_a_browser(other: dict[str, str], total: int, house: Service) -> None:
    own = house.post().json
    vote(house, own)

    assert vote(house, own, **other).json["votes"] == total
    assert votes_of(house, own) == total


def test_an_ipv6_voter_is_its_48(house: Service) -> None:
    own = house.post().json
    vote(house, own, address="2001:db8:1:2::1")

    assert vote(house, own, address="2001:db8:1:ffff::9").json["votes"] == 1
    assert vote(house, own, address="2001:db8:2::1").json["votes"] == 2


def test_votes_on_two_comments_are_two_votes(house: Service) -> None:
    one, other = house.post().json, house.post(content="autre").json
    vote(house, one, 1)
    vote(house, other, -1)

    assert (votes_of(house, one), votes_of(house, other)) == (1, -1)


@pytest.mark.parametrize(("before", "cast"), [(0, 1), (0, -1), (1, -1), (1, 0), (-1, 1)])
def test_a_vote_whose_answer_was_lost_counts_once(before: int, cast: int, any_service: Service) -> None:
    service = any_service
    service.register()
    own = service.post().json
    vote(service, own, 1, user_agent=CHROME)
    vote(service, own, before)
    lose_next(service.backend.table.client, "TransactWriteItems")

    assert vote(service, own, cast).status == 503
    for _ in range(2):
        assert vote(service, own, cast).json["votes"] == 1 + cast
    assert votes_of(service, own) == 1 + cast


def test_votes_that_come_at_once_are_counted_exactly(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    one, other = service.post().json, service.post(content="autre").json
    told: Counter[int] = Counter()

    def cast(number: int) -> None:
        posted = (one, other)[number % 2]
        heard = vote(service, posted, (1, 1, -1)[number % 3], address=f"203.0.113.{number // 2}")
        told[heard.status] += 1

    at_once(120, cast)

    assert told == {200: 120}
    assert (votes_of(service, one), votes_of(service, other)) == (20, 20)


def test_one_voter_who_votes_many_times_at_once_has_one_vote(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    own = service.post().json
    statuses: Counter[int] = Counter()

    def cast(number: int) -> None:
        statuses[vote(service, own, 1 if number % 2 else -1).status] += 1

    at_once(80, cast)

    assert statuses.keys() <= {200, 503}
    assert votes_of(service, own) in (-1, 1)
    assert vote(service, own, 1).json["votes"] == 1
    assert vote(service, own, 0).json["votes"] == 0


def test_browsers_of_one_address_that_vote_at_once_are_all_counted(embedded_service: Service) -> None:
    service = embedded_service
    service.register()
    own = service.post().json

    def cast(number: int) -> None:
        # Whoever is told that too many come at once sends it again.
        sent = (vote(service, own, 1, user_agent=f"{CHROME} {number}").status for _ in range(50))
        assert 200 in sent

    at_once(20, cast)

    assert votes_of(service, own) == 20


def test_twenty_voters_of_one_address_vote_on_a_comment(any_service: Service) -> None:
    service = any_service
    service.register()
    own, other = service.post().json, service.post(content="autre").json

    told = [vote(service, own, user_agent=f"{CHROME} {n}").status for n in range(20)]
    one_more = vote(service, own, user_agent=f"{CHROME} 20")

    assert set(told) == {200}
    assert refusal(one_more) == (429, "too_many_votes")
    assert one_more.headers["retry-after"] == str(DAY)
    assert votes_of(service, own) == 20
    assert vote(service, own, -1, user_agent=f"{CHROME} 3").json["votes"] == 18, "who has voted may change it"
    assert vote(service, own, user_agent=f"{CHROME} 20", address="198.51.100.8").json["votes"] == 19
    assert vote(service, other, user_agent=f"{CHROME} 20").json["votes"] == 1


def test_nobody_votes_back_and_forth_for_ever(house: Service) -> None:
    own = house.post().json
    told = Counter(vote(house, own, (1, -1)[n % 2]).status for n in range(60))

    assert told == {200: 60}
    assert refusal(vote(house, own, 1)) == (429, "too_many_votes")
    assert vote(house, own, -1).json["votes"] == -1, "which is so already"


@on_both_engines
def test_a_vote_is_known_for_30_days_to_the_second(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    own = service.post().json
    vote(service, own, 1)

    clock.forward(seconds=30 * DAY - 1)
    assert vote(service, own, 1).json["votes"] == 1
    clock.forward(seconds=1)
    assert vote(service, own, 0).json["votes"] == 1, "what was cast then can no more be taken back"
    assert vote(service, own, 1).json["votes"] == 2
    clock.forward(seconds=30 * DAY - 1)
    assert vote(service, own, 0).json["votes"] == 1


def test_a_changed_vote_is_known_for_30_days_from_the_change(house: Service, clock: Clock) -> None:
    own = house.post().json
    vote(house, own, 1)
    clock.forward(seconds=29 * DAY)
    vote(house, own, -1)
    clock.forward(seconds=29 * DAY)

    assert vote(house, own, 0).json["votes"] == 0


def test_only_a_published_comment_of_that_article_is_voted_on(any_service: Service) -> None:
    service = any_service
    service.register()
    service.register("a2")
    held = service.post(content="http://a.example http://b.example").json
    gone, shown = service.post(content="retiré").json, service.post(content="montré").json
    vote(service, gone)
    withdraw(service, gone)
    before = stored(service)

    for path, code in (
        (at(held, "votes"), "unknown_comment"),
        (at(gone, "votes"), "unknown_comment"),
        (at("0" * 20, "votes"), "unknown_comment"),
        (at("junk", "votes"), "unknown_comment"),
        (at(shown, "votes", "a2"), "unknown_comment"),
        (at(shown, "votes", "a3"), "unknown_article"),
    ):
        assert refusal(service.call("POST", path, {"vote": 1})) == (404, code), path
    assert stored(service) == before


def test_a_vote_is_one_of_three(house: Service) -> None:
    own = house.post().json

    for cast in (2, -2, "up", None, 0.5, [1], 10**30):
        assert [field for field, _ in bad_fields(vote(house, own, cast))] == ["vote"], cast


def test_a_form_votes_too(house: Service) -> None:
    own = house.post().json

    assert house.call("POST", at(own, "votes"), form={"vote": "1"}).json["votes"] == 1
    assert house.call("POST", at(own, "votes"), form={"vote": "0", "submit": "x"}).json["votes"] == 0
    assert house.call("POST", at(own, "votes"), form={"vote": "x"}).status == 422


def test_votes_come_and_go_with_a_comment_that_is_taken_away_and_back(house: Service) -> None:
    own = house.post().json
    vote(house, own, 1)
    house.decide("reject", own["id"])
    assert vote(house, own, -1).status == 404
    house.decide("approve", own["id"])

    assert votes_of(house, own) == 1
    assert vote(house, own, 0).json["votes"] == 0


@on_both_engines
def test_best_is_by_the_lower_bound_of_what_a_share_may_be(any_service: Service, clock: Clock) -> None:
    service = any_service
    service.register()
    cast = {"dix sur dix-sept": (10, 7), "trois sur trois": (3, 0), "un sur un": (1, 0), "aucune": (0, 0)}
    ranked = ["trois sur trois", "dix sur dix-sept", "un sur un", "aucune"]
    """Wilson's lower bounds at 95 %, by hand: 0.438, 0.360, 0.207 and 0."""
    for text, (up, down) in cast.items():
        clock.forward(seconds=1)
        own = service.post(content=text).json
        for n in range(up + down):
            vote(service, own, 1 if n < up else -1, address=f"203.0.113.{n}")

    best = service.call("GET", "/articles/a1/comments?sort=best").json["comments"]

    assert [one["content_html"] for one in best] == [f"<p>{text}</p>" for text in ranked]


def test_nothing_tells_who_has_voted(house: Service) -> None:
    lines = house.journal()
    own = house.post().json
    vote(house, own, address="203.0.113.77", user_agent=CHROME)

    said = seen_by_anyone(house, own) + "\n".join([*lines, *stored(house)])

    assert "203.0.113.77" not in said
    assert "Chrome" not in said
