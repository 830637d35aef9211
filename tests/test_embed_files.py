"""The published elements are those of the sources, are what their hashes say, and weigh no more than they may."""

import gzip
import json
import re
from pathlib import Path

import pytest

import app
from chalicelib.api import openapi
from ops import build_embed, snippet

RECORD = json.loads(build_embed.INTEGRITY.read_text("utf-8"))
FOLDER = build_embed.EMBED / RECORD["current"]
MOST_STYLES = 3_000
MOST_SCRIPT = {"comments.fr.js": 9_000, "comments.en.js": 9_000, "most-read.js": 1_500, "count.js": 1_000}
"""Compressed bytes, without styles."""
PUBLISHED = [
    pytest.param(build_embed.EMBED / version / name, integrity, id=f"{version}/{name}")
    for version, files in RECORD["versions"].items()
    for name, integrity in files.items()
]
SCRIPTS = sorted(path for path in FOLDER.glob("*.js"))


def test_the_published_files_are_made_of_the_sources_as_they_are() -> None:
    assert RECORD["sources"] == build_embed.sources_digest(), "run `python -m ops.build_embed`"
    assert RECORD["current"] == build_embed.VERSION


@pytest.mark.parametrize(("path", "integrity"), PUBLISHED)
def test_each_file_of_each_version_is_what_its_hash_says(path: Path, integrity: str) -> None:
    assert build_embed.integrity(path) == integrity


def test_every_published_file_has_a_hash_and_every_entry_of_the_sources_is_published() -> None:
    published = {path.name for path in FOLDER.iterdir()}

    assert published == set(RECORD["versions"][RECORD["current"]]) == set(RECORD["bytes"])
    entries = [path.name for path in build_embed.SOURCES.iterdir() if path.is_file()]
    assert published == {build_embed.in_language(name, of) for name in entries for of in build_embed.LANGUAGES}


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_the_recorded_bytes_are_those_of_the_file(path: Path) -> None:
    recorded = RECORD["bytes"][path.name]

    # zlib's versions differ by a few bytes in what they make of the same text.
    assert sum(recorded.values()) == pytest.approx(len(gzip.compress(path.read_bytes(), 9)), rel=0.01)


@pytest.mark.parametrize(("name", "most"), MOST_SCRIPT.items())
def test_an_element_weighs_no_more_than_it_may(name: str, most: int) -> None:
    assert RECORD["bytes"][name]["script"] <= most
    assert len(gzip.compress((FOLDER / name).read_bytes(), 9)) <= most + MOST_STYLES


def test_no_name_that_is_shortened_is_one_of_the_services() -> None:
    fields = set(re.findall(r'"(\w+)":', json.dumps(openapi.build(app.ROUTES, None))))

    assert not fields & set(build_embed.OURS)


def test_all_styles_together_weigh_no_more_than_they_may() -> None:
    assert len(gzip.compress((FOLDER / "tribune.css").read_bytes(), 9)) <= MOST_STYLES


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_makes_nothing_of_text_and_asks_nobody_but_the_service(path: Path) -> None:
    text = path.read_text("utf-8")

    assert not re.findall(r"\b(?:eval|Function|importScripts|XMLHttpRequest)\(", text)
    assert not re.findall(r"\.(?:innerHTML|outerHTML|insertAdjacentHTML|srcdoc|cookie)\b|document\.write", text)
    assert not re.findall(r"\bimport\b[^.]", text), "a file is whole: one request, one hash"


@pytest.mark.parametrize("path", build_embed.DOCUMENTS, ids=lambda path: path.name)
def test_the_documents_show_what_the_commands_print(path: Path) -> None:
    text = path.read_text("utf-8")

    assert snippet.elements(build_embed.EXAMPLE, "42") in text
    assert build_embed.with_current_hashes(text) == text


def test_the_policy_in_the_documents_is_the_one_that_suffices() -> None:
    assert snippet.policy(build_embed.EXAMPLE) in build_embed.DOCUMENTS[1].read_text("utf-8")


def test_the_snippet_names_the_file_with_its_hash() -> None:
    url = "https://comments.example.org/api"
    pasted = snippet.elements(url, '4"2')
    version, files = RECORD["current"], RECORD["versions"][RECORD["current"]]

    address = f'src="{url}/embed/{version}/tribune.fr.js" integrity="{files["tribune.fr.js"]}"'
    assert f'<script type="module" {address} crossorigin></script>\n' in pasted
    assert '<tribune-comments article="4&quot;2"><a href="https://comments.example.org' in pasted
    assert "/api/articles/4%222/comments.html?as=page" in pasted
    assert pasted.count("\n") == 2


def test_the_policy_to_paste_names_the_service_and_trusts_no_text() -> None:
    assert snippet.policy("https://comments.example.org/api") == (
        "script-src https://comments.example.org; connect-src https://comments.example.org; "
        "form-action 'self' https://comments.example.org; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
