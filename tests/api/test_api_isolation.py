"""A warm app serves many callers, one after the other and at once, and never takes one for another."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scene import MODERATOR, PUBLISHER, Service, make_backend

CALLS: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "moderator reads the queue": ("GET", "/moderation/comments", {"token": MODERATOR}, 200),
    "publisher reads the queue": ("GET", "/moderation/comments", {"token": PUBLISHER}, 403),
    "anyone reads the queue": ("GET", "/moderation/comments", {}, 401),
    "publisher changes an article": ("PUT", "/articles/a1", {"token": PUBLISHER, "body": {}}, 200),
    "moderator changes an article": ("PUT", "/articles/a1", {"token": MODERATOR, "body": {}}, 403),
    "anyone changes an article": ("PUT", "/articles/a1", {"body": {}}, 401),
    "unknown token": ("PUT", "/articles/a1", {"token": "nobody-knows-it", "body": {}}, 401),
    "anyone reads": ("GET", "/articles/a1", {}, 200),
    "English reader": ("GET", "/nowhere", {"accept_language": "en"}, 404),
}
TITLES = {"English reader": "Unknown address"}


@pytest.fixture
def warm(service: Service) -> Service:
    """The app with an article; moto, which threads confuse, is not listening."""
    service.register()
    return service


def check(service: Service, name: str) -> None:
    method, path, options, status = CALLS[name]
    heard = service.call(method, path, **options)
    assert heard.status == status, name
    if name in TITLES:
        assert heard.json["title"] == TITLES[name]
    elif heard.status >= 400:
        assert heard.headers["content-language"] == "fr"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.lists(st.sampled_from(sorted(CALLS)), min_size=2, max_size=12))
def test_callers_in_any_order_get_what_is_theirs(order: list[str], warm: Service) -> None:
    for name in order:
        check(warm, name)


@pytest.mark.long
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.lists(st.sampled_from(sorted(CALLS)), min_size=2, max_size=30))
def test_callers_in_any_order_get_what_is_theirs_in_a_long_search(order: list[str], warm: Service) -> None:
    for name in order:
        check(warm, name)


def test_eight_callers_at_once_get_what_is_theirs(warm: Service) -> None:
    threads, rounds = 8, 30
    names = sorted(CALLS)
    together = Barrier(threads)

    def caller(n: int) -> None:
        together.wait(timeout=10)
        for turn in range(rounds):
            check(warm, names[(n + turn) % len(names)])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(caller, range(threads)))


def test_eight_posters_at_once_are_each_told_of_their_own_comment(warm: Service) -> None:
    warm.register("busy")
    together = Barrier(8)

    def poster(n: int) -> str:
        together.wait(timeout=10)
        told = []
        for turn in range(5):
            name = f"Poster {n} turn {turn}"
            heard = warm.call(
                "POST",
                "/articles/busy/comments",
                {
                    "author_name": name,
                    "author_email": f"poster{n}@example.org",
                    "content": name,
                    "submission_id": f"{n}-{turn}-submission",
                },
            )
            assert heard.status == 201
            assert heard.json["author"]["name"] == name
            told.append(heard.json["id"])
        return json.dumps(told)

    with ThreadPoolExecutor(8) as pool:
        told = [id for ids in pool.map(poster, range(8)) for id in json.loads(ids)]

    assert len(set(told)) == 40
    assert warm.call("GET", "/articles/busy").json["comments"] == 40


def test_a_setting_of_one_app_is_none_of_another(warm: Service) -> None:
    client = warm.backend.table.client
    english = Service(
        make_backend(client, warm.clock, language="en", moderator_token="a-token-of-its-own"), warm.clock
    )

    assert english.call("GET", "/nowhere").json["title"] == "Unknown address"
    assert warm.call("GET", "/nowhere").json["title"] == "Adresse inconnue"
    assert english.call("GET", "/moderation/comments", token=MODERATOR).status == 401
    assert warm.call("GET", "/moderation/comments", token=MODERATOR).status == 200
