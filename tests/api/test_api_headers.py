"""Headers: which origins may write, what browsers may do with answers, and in which language they speak."""

from collections.abc import Callable
from typing import Any

import pytest

import app
from tests.scene import PUBLISHER, TOKEN_OF, Heard, Service, path_of

FOREIGN = "https://elsewhere.example"
SITE = "https://news.example.org"
WRITES = [pytest.param(row, id=f"{row.method} {row.path}") for row in app.ROUTES if row.method != "GET"]
READS = [pytest.param(row, id=f"{row.method} {row.path}") for row in app.ROUTES if row.method == "GET"]


@pytest.fixture(scope="module")
def guarded(shared_with: Callable[..., Service]) -> Service:
    """The app for the pages of one site, behind a CDN."""
    return shared_with(origins=f"{SITE}, https://Amp.Example.org/", public_url="https://cdn.example.net/comments")


def sent_by(service: Service, row: Any, **headers: str) -> Heard:
    path = path_of(row.path)
    return service.call(row.method, path, "{}", token=TOKEN_OF[row.who], **headers)


@pytest.mark.parametrize("row", WRITES)
@pytest.mark.parametrize(
    "origin",
    [
        *(FOREIGN, "null", "https://news.example.org.evil.example", "https://evil-news.example.org"),
        *("http://news.example.org", "https://news.example.org:8443", "https://user@news.example.org", "https://"),
        *(
            "https://api.example.org.evil.example",
            "news.example.org",
            "file://",
            f"{SITE} {FOREIGN}",
            f"{SITE}, x",
        ),
        *("https://evil.example/https://news.example.org", "HTTPS://ELSEWHERE.EXAMPLE", "*", "\x00", "é", "//"),
    ],
)
def test_a_page_of_another_site_may_not_write(row: Any, origin: str, guarded: Service) -> None:
    heard = sent_by(guarded, row, origin=origin, host="api.example.org")

    assert (heard.status, heard.json["code"]) == (403, "origin_not_allowed")
    assert heard.headers["access-control-allow-origin"] == "*", "so that the page can read why"


@pytest.mark.parametrize("row", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"origin": SITE}, id="named in the settings"),
        pytest.param({"origin": "https://NEWS.example.org"}, id="in other letters"),
        pytest.param({"origin": "https://amp.example.org"}, id="the second named"),
        pytest.param({"origin": "https://api.example.org", "host": "api.example.org"}, id="the service's own"),
        pytest.param({"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}, id="own with a port"),
        pytest.param({"origin": "https://cdn.example.net", "host": "xyz.lambda-url.on.aws"}, id="public address"),
        pytest.param({}, id="none, from a server"),
        pytest.param({"origin": ""}, id="empty"),
    ],
)
def test_a_page_of_the_site_and_a_server_may_write(row: Any, headers: dict[str, str], guarded: Service) -> None:
    assert sent_by(guarded, row, **headers).status != 403


@pytest.mark.parametrize("row", READS)
@pytest.mark.parametrize("origin", [FOREIGN, "null", ""])
def test_a_page_of_any_site_may_read(row: Any, origin: str, guarded: Service) -> None:
    assert sent_by(guarded, row, origin=origin).status != 403


@pytest.mark.parametrize("row", WRITES)
def test_a_star_lets_every_page_write(row: Any, shared: Service) -> None:
    for origin in (FOREIGN, "null"):
        assert sent_by(shared, row, origin=origin).status != 403


def test_a_refused_origin_changes_nothing(guarded: Service) -> None:
    guarded.register()
    before = guarded.call("GET", "/articles/a1").text
    comment = {"author_name": "x", "author_email": "a@b.fr", "content": "x"}
    for kind in ("text/plain", "application/json"):
        guarded.call("POST", "/articles/a1/comments", comment, origin=FOREIGN, content_type=kind)
    guarded.call("DELETE", "/articles/a1", token=PUBLISHER, origin=FOREIGN)

    assert guarded.call("GET", "/articles/a1").text == before


def every_kind_of_answer(service: Service) -> dict[int, Heard]:
    """One answer of every status that a row gives."""
    service.register()
    tag = service.call("GET", "/articles/a1").headers["etag"]
    form = {"author": "x", "email": "f@example.org", "comment": "formulaire"}
    answers = [
        service.call("GET", "/articles/a1"),
        service.register("b1"),
        service.call("DELETE", "/articles/b1", token=PUBLISHER),
        service.call("GET", "/articles/a1", if_none_match=tag),
        service.call("POST", "/articles/a1/comments", form=form),
        service.call("POST", "/articles/a1/comments", "{"),
        service.call("GET", "/moderation/comments"),
        service.call("GET", "/moderation/comments", token=PUBLISHER),
        service.call("GET", "/nowhere"),
        service.call("POST", "/health"),
        service.call("POST", "/articles/a1/comments", "x" * 200_000),
        service.call("POST", "/articles/a1/comments", "x", content_type="image/png"),
        service.call("POST", "/articles/a1/comments", "[]"),
        service.call("POST", "/articles/a1/comments", form={"author": "x"}),
        service.call("POST", "/articles/a1/comments", form=form),
    ]
    return {heard.status: heard for heard in answers}


def test_every_answer_has_the_headers_that_protect_readers(service: Service) -> None:
    answers = every_kind_of_answer(service)

    assert answers.keys() == {200, 201, 204, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422}
    for heard in answers.values():
        assert heard.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in heard.headers
        assert {"ETag", "Retry-After"} <= set(heard.headers["access-control-expose-headers"].split(", "))
        assert heard.headers["x-content-type-options"] == "nosniff"
        assert heard.headers["referrer-policy"]
        assert "default-src 'none'" in heard.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in heard.headers["content-security-policy"]
        assert heard.headers["strict-transport-security"].startswith("max-age=")
        assert heard.headers["cache-control"]
        assert "set-cookie" not in heard.headers
        assert "server" not in heard.headers


def test_nothing_but_an_unchanged_read_may_be_kept(service: Service) -> None:
    for status, heard in every_kind_of_answer(service).items():
        assert (heard.headers["cache-control"] == "no-store") == (status not in (200, 304))


@pytest.mark.parametrize("path", ["/nowhere", "/articles/zz", "/counts"])
@pytest.mark.parametrize(
    ("site", "accepted", "spoken"),
    [
        ("fr", "", "fr"),
        ("en", "", "en"),
        ("fr", "en", "en"),
        ("fr", "en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("en", "fr-CA, fr;q=0.9, en;q=0.8", "fr"),
        ("fr", "de, es;q=0.5", "fr"),
        ("en", "de, es;q=0.5", "en"),
        ("fr", "de, en;q=0.1", "en"),
        ("fr", "fr;q=0, *", "en"),
        ("en", "*", "en"),
        ("fr", "é,;;q=x,\x00" + "," * 1_000, "fr"),
    ],
)
def test_a_refusal_speaks_the_readers_language(
    path: str, site: str, accepted: str, spoken: str, shared_with: Callable[..., Service]
) -> None:
    heard = shared_with(language=site).call("GET", path, accept_language=accepted)

    assert heard.headers["content-language"] == spoken
    assert heard.headers["vary"] == "Accept-Language"
    assert (
        heard.json["title"]
        in {
            "fr": ("Adresse inconnue", "Article inconnu", "Champs à corriger"),
            "en": ("Unknown address", "Unknown article", "Fields to correct"),
        }[spoken]
    )


def test_a_problem_has_the_shape_of_rfc_9457(service: Service) -> None:
    service.register()
    heard = service.post(author_email="x", content="")

    assert heard.headers["content-type"] == "application/problem+json"
    assert heard.json == {
        "type": "urn:tribune:problem:invalid_fields",
        "title": "Champs à corriger",
        "status": 422,
        "code": "invalid_fields",
        "detail": "Un ou plusieurs champs sont à corriger. Rien n’a été enregistré.",
        "errors": [
            {
                "field": "author_email",
                "code": "invalid_email",
                "message": "Donnez une adresse e-mail valide, par exemple nom@exemple.fr.",
            },
            {"field": "content", "code": "required", "message": "Ce champ est obligatoire."},
        ],
    }
    assert "errors" not in service.call("GET", "/nowhere").json
