"""Posting comments: who is published, who is held, what a retry and a double do."""

import pytest

from tests.scene import Service


def test_a_posted_comment_is_listed_without_its_email(any_service: Service) -> None:
    any_service.register()

    posted = any_service.post()

    assert posted.status == 201
    listed = any_service.call("GET", "/articles/a1/comments")
    assert [comment["id"] for comment in listed.json["comments"]] == [posted.json["id"]]
    assert "zoe@example.org" not in posted.text + listed.text


def test_a_repeated_submission_gets_the_same_comment_again(any_service: Service) -> None:
    any_service.register()

    first = any_service.post(submission_id="submission-1")
    again = any_service.post(submission_id="submission-1", content="a different text")

    assert again.json == first.json
    assert any_service.call("GET", "/articles/a1/comments").json["total"] == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"author_email": "lea@example.org"}, id="another address"),
        pytest.param({"submission_id": "submission-2", "content": "another text"}, id="another submission"),
    ],
)
def test_another_submission_is_another_comment(any_service: Service, change: dict[str, str]) -> None:
    any_service.register()

    first = any_service.post(submission_id="submission-1")
    other = any_service.post(**({"submission_id": "submission-1"} | change))

    assert other.status == 201
    assert other.json["id"] != first.json["id"]


def test_the_poster_alone_gets_a_token_and_the_same_one_again(any_service: Service) -> None:
    any_service.register()

    first = any_service.post(submission_id="submission-1").json
    again = any_service.post(submission_id="submission-1").json
    other = any_service.post(author_email="lea@example.org").json

    assert again["edit_token"] == first["edit_token"] != other["edit_token"]
    assert first["edit_until"] == "2026-03-11T12:15:00Z"
    for path in ("comments", f"comments/{first['id']}"):
        assert first["edit_token"] not in any_service.call("GET", f"/articles/a1/{path}").text
    assert first["edit_token"] not in str(any_service.queue("status=published"))
