"""What comes in as a body: which types are taken, what is no JSON, what is no object, what is no text."""

from typing import Any

import pytest

from tests.scene import MODERATOR, Service

COMMENTS = "/articles/a1/comments"
COMPLETE = b'{"author_name": "Lea", "author_email": "lea@example.org", "content": "Salut"}'


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON; charset=UTF-8",
        'application/json;charset="utf-8"',
        "application/json; charset=us-ascii",
        "text/plain",
        "text/plain;charset=UTF-8",
        "text/plain; format=flowed; charset=utf-8",
    ],
)
def test_json_is_taken_as_json_and_as_plain_text(content_type: str, service: Service) -> None:
    service.register()

    assert service.call("POST", COMMENTS, COMPLETE, content_type=content_type).status == 201


@pytest.mark.parametrize("parameters", ["", "; charset=UTF-8", ";charset=utf-8", '; charset="utf-8"'])
def test_a_form_in_utf8_is_taken(parameters: str, service: Service) -> None:
    service.register()

    form = {"author": "Léa", "email": "lea@example.org", "comment": "Salut à toi 👋"}
    kind = "application/x-www-form-urlencoded" + parameters

    assert service.call("POST", COMMENTS, form=form, content_type=kind).status == 303
    listed = service.call("GET", COMMENTS).json["comments"]
    assert [comment["content_html"] for comment in listed] == ["<p>Salut à toi 👋</p>"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/html",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json-seq",
        "json",
        "application/json; charset=utf-16",
        "text/plain; charset=iso-8859-1",
        "application/x-www-form-urlencoded; charset=iso-8859-1",
        "application/x-www-form-urlencoded;charset=windows-1252",
    ],
)
def test_other_types_and_other_charsets_are_unsupported(content_type: str, shared: Service) -> None:
    assert shared.call("POST", COMMENTS, COMPLETE, content_type=content_type).status == 415


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"{} {}", id="two values"),
        pytest.param(b"{'content': 'a'}", id="single quotes"),
        pytest.param(b'{"content": NaN}', id="NaN"),
        pytest.param(b'{"content": Infinity}', id="Infinity"),
        pytest.param(b'{"content": -Infinity}', id="minus Infinity"),
        pytest.param(b"[" * 80_000, id="deep lists"),
        pytest.param(b'{"a":' * 15_000, id="deep objects"),
        pytest.param(b'{"a":' + b"[" * 40_000 + b"]" * 40_000 + b"}", id="deep and closed"),
        pytest.param(b"\xef\xbb\xbf" + COMPLETE, id="byte order mark"),
        pytest.param(COMPLETE.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(b'{"content": "\xff\xfe"}', id="no UTF-8"),
        pytest.param(b'{"content": "\xc0\xaf"}', id="overlong UTF-8"),
        pytest.param(b'{"content": "\xed\xa0\x80"}', id="raw surrogate"),
        pytest.param(b'{"content": "\\ud800"}', id="escaped surrogate"),
        pytest.param(b'{"\\udfff": "x"}', id="escaped surrogate in a name"),
        pytest.param(b'{"content": "a\nb"}', id="raw line end in a text"),
        pytest.param(b'{"content": "a\x00b"}', id="raw NUL in a text"),
        pytest.param(COMPLETE + b"\x00", id="NUL at the end"),
        pytest.param('{"content": "\ud800"}', id="surrogate in the event"),
    ],
)
def test_what_is_no_json_in_utf8_is_invalid_json(body: Any, shared: Service) -> None:
    heard = shared.call("POST", COMMENTS, body)

    assert (heard.status, heard.json["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b" " * 100_000 + COMPLETE, b"0" * 6_000_000])
def test_a_body_larger_than_any_valid_one_is_too_large(body: bytes, shared: Service) -> None:
    heard = shared.call("POST", COMMENTS, body)

    assert (heard.status, heard.json["code"]) == (413, "too_large")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"5", b"1.5e3", b"true", b"[{}]"])
def test_json_that_is_no_object_is_invalid_without_a_field_to_blame(body: bytes, shared: Service) -> None:
    heard = shared.call("POST", COMMENTS, body)

    assert (heard.status, heard.json["code"]) == (422, "invalid_fields")
    assert heard.json["errors"] == []


def errors_of(service: Service, body: Any, path: str = COMMENTS, **options: Any) -> list[tuple[str, str]]:
    heard = service.call("POST", path, body, **options)
    assert (heard.status, heard.json["code"]) == (422, "invalid_fields")
    return [(error["field"], error["code"]) for error in heard.json["errors"]]


@pytest.mark.parametrize("wrong", [5, 1.5, True, [], ["Léa"], {}, {"a": 1}, 10**400])
def test_a_value_of_the_wrong_type_is_never_made_into_the_right_one(wrong: Any, shared: Service) -> None:
    names = ["author_name", "author_email", "content", "author_url", "parent_id", "submission_id"]

    assert errors_of(shared, dict.fromkeys(names, wrong)) == [(name, "invalid_type") for name in names]


def test_null_is_no_value(shared: Service) -> None:
    required = ["author_name", "author_email", "content"]

    assert errors_of(shared, dict.fromkeys([*required, "author_url", "parent_id", "submission_id"])) == [
        (name, "required") for name in required
    ]
    nothing = {"comment_ids": None, "decision": None}
    assert errors_of(shared, nothing, "/moderation/decisions", token=MODERATOR) == [
        ("comment_ids", "required"),
        ("decision", "required"),
    ]


@pytest.mark.parametrize("ids", [[None], [5], ["x", None], "x", {}, 5])
def test_ids_of_comments_are_a_list_of_texts(ids: Any, shared: Service) -> None:
    body = {"comment_ids": ids, "decision": "spam"}

    assert errors_of(shared, body, "/moderation/decisions", token=MODERATOR) == [("comment_ids", "invalid_type")]


def test_all_wrong_fields_are_told_in_one_answer_in_the_order_of_the_fields(shared: Service) -> None:
    wrong = {
        "robot": 1,
        "submission_id": "short",
        "parent_id": "nobody",
        "author_url": "javascript:alert(1)",
        "content": "x" * 5_001,
        "author_email": "Léa <lea@example.org>",
        "author_name": " \t ",
    }

    assert errors_of(shared, wrong) == [
        ("author_name", "required"),
        ("author_email", "invalid_email"),
        ("content", "too_long"),
        ("author_url", "invalid_url"),
        ("parent_id", "unknown_parent"),
        ("submission_id", "invalid_format"),
        ("robot", "unknown_field"),
    ]


def test_wrong_fields_of_body_and_query_are_told_in_one_answer(shared: Service) -> None:
    asked = "/articles/a1/views?limit=0&sort=best&section=a&section=b&most_read=24h"

    assert errors_of(shared, {"weight": 5}, asked) == [
        ("weight", "unknown_field"),
        ("section", "repeated_field"),
        ("sort", "invalid_choice"),
        ("limit", "out_of_range"),
    ]


def test_a_field_given_twice_is_refused(shared: Service) -> None:
    twice = b'{"content": "a", "author_name": "Lea", "content": "b", "author_email": "lea@example.org"}'

    assert errors_of(shared, twice) == [("content", "repeated_field")]


@pytest.mark.parametrize("body", [None, b"", b"{}"])
@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_the_body_of_a_view_may_be_empty(body: bytes | None, content_type: str, shared: Service) -> None:
    assert shared.call("POST", "/articles/a1/views", body, content_type=content_type).status == 200


def test_a_view_may_come_without_body_and_type(shared: Service) -> None:
    assert shared.call("POST", "/articles/a1/views").status == 200
