"""Paths and methods: what is no route, what is no method of one, and what every route answers to."""

from typing import Any

import pytest

import app
from tests.scene import PUBLISHER, Service, path_of

METHODS = {row.path: {other.method for other in app.ROUTES if other.path == row.path} for row in app.ROUTES}


def filled(path: str) -> str:
    return path_of(path)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "",
            "/articles",
            "/articles/",
            "/articles//comments",
            "//health",
            "/health/x",
            "/Health",
            "/most-read/x",
        ),
        *("/articles/a1/comments/x/y", "/articles/a1//comments", "/articles/a1/comments//", "/favicon.ico", "/*"),
        *("x/articles/a1", "health", "/articles/a1%2Fcomments%2Fx/z", "/{article_id}", "/wp-admin/é", "/\ud800"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "BREW"])
def test_what_no_row_has_is_an_unknown_route_for_every_method(method: str, path: str, shared: Service) -> None:
    heard = shared.call(method, path, b"\xff", content_type="image/png", origin="null")

    assert (heard.status, heard.json["code"]) == (404, "unknown_route")
    assert heard.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", METHODS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_a_method_that_a_path_lacks_is_refused_with_those_it_has(method: str, path: str, shared: Service) -> None:
    if method in METHODS[path]:
        return
    heard = shared.call(method, filled(path), b"{", content_type="image/png")

    assert (heard.status, heard.json["code"]) == (405, "method_not_allowed")
    allowed = set(heard.headers["allow"].split(", "))
    assert allowed == METHODS[path] | {"OPTIONS"} | ({"HEAD"} if "GET" in METHODS[path] else set())
    assert heard.headers["allow"] in heard.json["detail"]


@pytest.mark.parametrize("path", METHODS)
def test_a_preflight_names_the_methods_and_headers_that_pages_may_send(path: str, shared: Service) -> None:
    heard = shared.call(
        "OPTIONS", filled(path), origin="https://elsewhere.example", access_control_request_method="PUT"
    )

    assert (heard.status, heard.text) == (204, "")
    assert heard.headers["access-control-allow-origin"] == "*"
    assert METHODS[path] <= set(heard.headers["access-control-allow-methods"].split(", "))
    assert {"Authorization", "Content-Type"} <= set(heard.headers["access-control-allow-headers"].split(", "))
    assert int(heard.headers["access-control-max-age"]) > 0
    assert "access-control-allow-credentials" not in heard.headers


@pytest.mark.parametrize(
    "path", ["/health", "/articles/a1", "/articles/zz", "/nowhere", "/counts?ids=", "/counts"]
)
@pytest.mark.parametrize("if_none_match", ["", "*"])
def test_head_is_get_without_its_body(path: str, if_none_match: str, shared: Service) -> None:
    get, head = (shared.call(method, path, if_none_match=if_none_match) for method in ("GET", "HEAD"))

    assert (head.status, head.headers, head.text) == (get.status, get.headers, "")


def test_head_of_a_path_without_get_is_refused_without_a_body(shared: Service) -> None:
    heard = shared.call("HEAD", "/articles/a1/views")

    assert (heard.status, heard.text) == (405, "")


@pytest.mark.parametrize("method", ["get", "Get"])
def test_the_case_of_a_method_does_not_matter(method: str, shared: Service) -> None:
    assert shared.call(method, "/health").status == 200


def test_one_closing_slash_does_not_matter(shared: Service) -> None:
    assert shared.call("GET", "/articles/a1/").json == shared.call("GET", "/articles/a1").json


@pytest.mark.parametrize(
    "id", ["a", "0", "A.b_c~d-e", "a" * 128, "a%2Eb", "health", "a..b", "CON", "__proto__"[2:], "1e5"]
)
def test_an_id_has_up_to_128_of_the_unreserved_characters(id: str, shared: Service) -> None:
    assert (
        shared.call("PUT", f"/articles/{id}", {"url": "https://a.fr", "title": "T"}, token=PUBLISHER).status == 201
    )
    assert shared.call("GET", f"/articles/{id}").json["article_id"] == id.replace("%2E", ".")


@pytest.mark.parametrize(
    "id",
    [
        *(
            "a" * 129,
            ".a",
            "-a",
            "_a",
            "~a",
            "..",
            ".",
            "%2e%2e",
            "a%2Fb",
            "a%00",
            "a%0A",
            "é",
            "%C3%A9",
            "%FF",
            "%",
        ),
        *("a b", "a+b", "a%20b", "a#b", "a:b", "a;b", "a@b", "%D9%A1", "１", "a%252E"),
    ],
)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/articles/{id}", {"url": "https://a.fr", "title": "T"}),
        ("GET", "/articles/{id}", None),
        ("DELETE", "/articles/{id}", None),
        ("POST", "/articles/{id}/comments", {"author_name": "x", "author_email": "a@b.fr", "content": "x"}),
        ("GET", "/articles/{id}/comments", None),
        ("POST", "/articles/{id}/views", None),
    ],
)
def test_what_cannot_be_an_id_is_not_found(method: str, path: str, body: Any, id: str, shared: Service) -> None:
    assert shared.call(method, path.format(id=id), body, token=PUBLISHER).status == 404


@pytest.mark.parametrize("id", ["x", "0" * 19, "0" * 21, "A" * 20, "z" * 20, "%30" * 20 + "0", "é" * 20, ".."])
def test_what_cannot_be_a_comments_id_is_not_found(id: str, shared: Service) -> None:
    assert shared.call("GET", f"/articles/a1/comments/{id}").json["code"] == "unknown_comment"
