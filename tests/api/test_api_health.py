"""How the service is: a word for anyone, all that keeps up or does not for an admin."""

from typing import Any

import pytest

from chalicelib.actions.roll_up import roll_up
from tests.scene import ADMIN, MODERATOR, PUBLISHER, Clock, Service, make_backend


@pytest.fixture
def newsroom(any_client: Any, clock: Clock) -> Service:
    """A site with an article and a comment that waits, on both engines."""
    service = Service(make_backend(any_client, clock, moderation="all", comment_interval=0), clock)
    service.register()
    service.post()
    service.view()
    return service


@pytest.mark.parametrize("token", [None, PUBLISHER, MODERATOR])
def test_whoever_is_no_admin_hears_that_the_service_works(token: str | None, newsroom: Service) -> None:
    heard = newsroom.call("GET", "/health", token=token)

    assert (heard.status, heard.json) == (200, {"status": "ok"})
    assert heard.headers["vary"] == "Authorization"


@pytest.mark.parametrize("authorization", ["Bearer nobody-knows-this-token", "Bearer ", f"Basic {ADMIN}"])
def test_an_unknown_token_is_refused_as_everywhere(authorization: str, newsroom: Service) -> None:
    heard = newsroom.call("GET", "/health", authorization=authorization)

    assert (heard.status, heard.json["code"]) == (401, "unauthorised")
    assert heard.headers["cache-control"] == "no-store"


def test_an_admin_hears_how_far_everything_is_behind(newsroom: Service, clock: Clock) -> None:
    roll_up(newsroom.backend)
    clock.forward(seconds=95)

    heard = newsroom.call("GET", "/health", token=ADMIN)

    assert heard.json == {
        "status": "ok",
        "roll_up": {"finished_at": "2026-03-11T12:00:00Z", "lag_seconds": 95, "late": False},
        "list": {"generated_at": "2026-03-11T12:00:00Z", "age_seconds": 95},
        "queue": {"held": 1, "oldest_held_at": "2026-03-11T12:00:00Z", "age_seconds": 95},
        "schema_version": 1,
    }
    for secret in (newsroom.backend.table.name, "arn:"):
        assert secret not in heard.text + str(heard.headers)


def test_no_cache_keeps_what_an_admin_hears(newsroom: Service) -> None:
    deep, plain = (newsroom.call("GET", "/health", token=token) for token in (ADMIN, None))

    assert deep.headers["cache-control"] == "private, no-store"
    assert deep.headers["vary"] == "Authorization"
    assert plain.headers["cache-control"] == "no-cache"
    assert plain.headers["etag"] != deep.headers["etag"]
    assert newsroom.call("GET", "/health", if_none_match=deep.headers["etag"]).json == {"status": "ok"}
    unchanged = newsroom.call("GET", "/health", token=ADMIN, if_none_match=deep.headers["etag"])
    assert (unchanged.status, unchanged.headers["cache-control"]) == (304, "private, no-store")


def test_a_roll_up_that_is_late_is_said_to_an_admin_only(newsroom: Service, clock: Clock) -> None:
    roll_up(newsroom.backend)

    clock.forward(minutes=5)
    assert newsroom.call("GET", "/health", token=ADMIN).json["status"] == "ok"
    clock.forward(seconds=1)
    heard = newsroom.call("GET", "/health", token=ADMIN)

    assert (heard.status, heard.json["status"], heard.json["roll_up"]["late"]) == (200, "degraded", True)
    assert newsroom.call("GET", "/health").json == {"status": "ok"}


def test_where_nothing_was_ever_rolled_up_there_are_no_times(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock), clock)

    heard = service.call("GET", "/health", token=ADMIN).json

    assert heard["status"] == "degraded"
    assert heard["roll_up"] == {"finished_at": None, "lag_seconds": None, "late": True}
    assert heard["list"] == {"generated_at": None, "age_seconds": None}
    assert heard["queue"] == {"held": 0, "oldest_held_at": None, "age_seconds": None}


def test_held_comments_of_a_deleted_article_do_not_count(newsroom: Service) -> None:
    newsroom.call("DELETE", "/articles/a1", token=ADMIN)

    heard = newsroom.call("GET", "/health", token=ADMIN).json

    assert heard["queue"] == {"held": 0, "oldest_held_at": None, "age_seconds": None}
