"""A warm app serves many callers, one after the other and at once, and never takes one for another."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.rules import keyed
from chalicelib.storage import secrets
from tests.scene import ADMIN, MODERATOR, PUBLISHER, Service, make_backend

LIMITED = {"moderator of Sport": ["Sport"], "moderator of two": ["Monde", "Sport"], "moderator of all": None}
"""Tokens that the table knows, and their sections."""
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
    "admin changes an article": ("PUT", "/articles/a1", {"token": ADMIN, "body": {}}, 200),
    "publisher asks who it is": ("GET", "/moderation/me", {"token": PUBLISHER}, 403),
    "anyone asks who it is": ("GET", "/moderation/me", {}, 401),
    "admin asks who it is": ("GET", "/moderation/me", {"token": ADMIN}, 200),
    **{f"{token} asks who it is": ("GET", "/moderation/me", {"token": token}, 200) for token in LIMITED},
    "anyone asks for health": ("GET", "/health", {}, 200),
    "publisher asks for health": ("GET", "/health", {"token": PUBLISHER}, 200),
    "admin asks for health": ("GET", "/health", {"token": ADMIN}, 200),
}
TITLES = {"English reader": "Unknown address"}
ROLES = {"admin asks who it is": ("admin", ADMIN, None)} | {
    f"{token} asks who it is": ("moderator", token, sections) for token, sections in LIMITED.items()
}


@pytest.fixture
def warm(service: Service) -> Service:
    """The app with an article; moto, which threads confuse, is not listening."""
    service.register()
    for token, sections in LIMITED.items():
        holder = secrets.Holder("moderator", keyed.token_hash(token), sections and frozenset(sections))
        secrets.keep_token(service.backend.table, holder, "", service.clock.at)
    return service


def check(service: Service, name: str) -> None:
    method, path, options, status = CALLS[name]
    heard = service.call(method, path, **options)
    assert heard.status == status, name
    if name in TITLES:
        assert heard.json["title"] == TITLES[name]
    elif heard.status >= 400:
        assert heard.headers["content-language"] == "fr"
    if path == "/health":
        assert ("queue" in heard.json) == name.startswith("admin")
    if name in ROLES:
        role, token, sections = ROLES[name]
        assert heard.json == {
            "role": role,
            "sections": sections,
            "actor": f"{role}:{keyed.token_hash(token)[:8]}",
        }, name


ORDERS = st.lists(st.sampled_from(sorted(CALLS)), min_size=2, max_size=6)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=ORDERS, again=st.integers(0, 1))
def test_callers_in_any_order_get_what_is_theirs(order: list[str], again: int, warm: Service) -> None:
    call_in(order, again, warm)


@pytest.mark.long
@settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=ORDERS, again=st.integers(0, 1))
def test_callers_in_a_thousand_orders_get_what_is_theirs(order: list[str], again: int, warm: Service) -> None:
    call_in(order, again, warm)


def call_in(order: list[str], again: int, warm: Service) -> None:
    """Call in an order: what is remembered for a minute is remembered, or with `again` forgotten."""
    warm.clock.forward(seconds=59 + again)
    for name in order:
        check(warm, name)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(orders=st.tuples(ORDERS, ORDERS))
def test_callers_of_two_threads_get_what_is_theirs(orders: tuple[list[str], list[str]], warm: Service) -> None:
    warm.clock.forward(minutes=1)
    together = Barrier(2)

    def caller(order: list[str]) -> None:
        together.wait(timeout=10)
        for name in order:
            check(warm, name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(caller, orders))


def state_of_modules() -> dict[str, Any]:
    """What every module of ours binds its names to: the same object, and of what may change its content too."""
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] in ("app", "chalicelib")]
    return {
        f"{module.__name__}.{name}": (id(value), repr(value) if hasattr(value, "__len__") else "")
        for module in modules
        for name, value in vars(module).items()
        if not name.startswith("__") and not isinstance(value, ModuleType)
    }


def test_no_module_remembers_anything_of_who_called(warm: Service) -> None:
    def come(article_id: str, address: str) -> None:
        warm.register(article_id)
        warm.post(article_id, address=address, author_name=f"Somebody at {address}", submission_id=article_id)
        warm.view(article_id, address=address)
        for name in sorted(CALLS):
            check(warm, name)

    come("article-one", "192.0.2.1")
    before = state_of_modules()
    come("article-two", "192.0.2.2")

    assert state_of_modules() == before


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
