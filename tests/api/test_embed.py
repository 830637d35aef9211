"""The elements as pages load them: exactly what their hashes name, for ever, and nothing else."""

import base64
import gzip
import hashlib
import json
from typing import Any

import pytest

import app
from chalicelib.actions import pages
from ops.cloud.cdn import CACHED_PATHS, DAY, cache_policy
from tests.scene import Service

RECORD = json.loads((pages.EMBED / "integrity.json").read_text("utf-8"))
PUBLISHED = [
    pytest.param(version, name, hash, id=f"{version}/{name}")
    for version, files in RECORD["versions"].items()
    for name, hash in files.items()
]
KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


@pytest.mark.parametrize(("version", "name", "hash"), PUBLISHED)
def test_a_file_is_served_byte_for_byte_as_its_hash_names_it(
    version: str, name: str, hash: str, service: Service
) -> None:
    heard = service.call("GET", f"/embed/{version}/{name}")

    assert heard.status == 200
    assert "sha384-" + base64.b64encode(hashlib.sha384(heard.text.encode()).digest()).decode() == hash
    assert heard.headers["content-type"] == KINDS[name.rpartition(".")[2]]
    assert heard.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert heard.headers["access-control-allow-origin"] == "*"
    assert heard.headers["cross-origin-resource-policy"] == "cross-origin"


def answered(service: Service, path: str, accepted: str | None) -> dict[str, Any]:
    """What a Function URL is given to answer, as it is."""
    return service.app(
        {
            "version": "2.0",
            "rawPath": path,
            "headers": {} if accepted is None else {"accept-encoding": accepted},
            "requestContext": {"http": {"method": "GET", "sourceIp": "192.0.2.1"}},
        },
        None,
    )


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, GZIP;q=0.5"])
@pytest.mark.parametrize("name", ["comments.fr.js", "tribune.css"])
def test_where_the_door_does_not_compress_a_file_goes_out_compressed(
    name: str, accepted: str, service: Service
) -> None:
    path = f"/embed/{RECORD['current']}/{name}"

    answer = answered(service, path, accepted)

    body = base64.b64decode(answer["body"])
    assert answer["isBase64Encoded"]
    assert gzip.decompress(body).decode() == service.call("GET", path).text
    assert answer["headers"]["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["headers"]["Vary"]
    assert len(body) <= 1.02 * sum(RECORD["bytes"][name].values())


@pytest.mark.parametrize("accepted", [None, "", "identity", "br", "gzip;q=0", "gzip ; q=0.0, br"])
def test_who_takes_no_compressed_files_gets_them_as_they_are(accepted: str | None, service: Service) -> None:
    answer = answered(service, f"/embed/{RECORD['current']}/view.js", accepted)

    assert not answer["isBase64Encoded"]
    assert answer["body"] == (pages.EMBED / RECORD["current"] / "view.js").read_text("utf-8")
    assert "Content-Encoding" not in answer["headers"]
    assert "Accept-Encoding" in answer["headers"]["Vary"]


def test_answers_of_the_api_are_plain_json_whatever_is_accepted(service: Service) -> None:
    answer = answered(service, "/openapi.json", "gzip")

    assert not answer["isBase64Encoded"]
    assert json.loads(answer["body"])["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    "path",
    [
        *("0.0.1/tribune.css", "1.0.0/none.js", "1.0.0/integrity.json", "1.0.0/..%2Fintegrity.json"),
        *("..%2F..%2F/settings.py", "%2e%2e/moderation", "1.0.0/%00", "%ff/tribune.css", "current/tribune.css"),
    ],
)
def test_what_was_not_published_is_not_there(path: str, service: Service) -> None:
    heard = service.call("GET", f"/embed/{path}")

    assert (heard.status, heard.json["code"]) == (404, "unknown_route")
    assert heard.headers["cache-control"] == "no-store"


def test_pages_without_script_wear_a_style_sheet_that_was_published() -> None:
    _, folder, version, name = pages.stylesheet().split("/")

    assert folder == "embed"
    assert name in RECORD["versions"][version]


@pytest.mark.parametrize("row", [row for row in app.ROUTES if row.max_age], ids=lambda row: row.path)
def test_what_may_be_kept_is_kept_by_the_cdn_and_nothing_else_is(row: app.Route) -> None:
    patterns = {path.replace("{article_id}", "*").replace("{version}/{file}", "*") for path in (row.path,)}

    assert patterns <= set(CACHED_PATHS)
    assert len(CACHED_PATHS) == len([row for row in app.ROUTES if row.max_age])


def test_the_cdn_keeps_no_answer_longer_than_it_says_and_none_without_its_saying() -> None:
    policy = cache_policy("x")

    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 0, DAY)
