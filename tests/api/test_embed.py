"""The elements as pages load them: exactly what their hashes name, for ever, and nothing else."""

import base64
import hashlib
import json

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
