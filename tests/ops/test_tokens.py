"""Tokens: made once, listed by their hash, and dead within a minute of being revoked."""

from argparse import Namespace
from typing import Any

import pytest

from chalicelib.rules import keyed
from chalicelib.storage import keys
from ops import tokens
from ops.__main__ import parser
from ops.errors import OperatorError
from tests.scene import Clock, Service


def told(service: Service, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints."""
    given: Namespace = parser().parse_args(["tokens", *arguments])
    assert tokens.run(given, service.backend) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("role", ["publisher", "moderator", "admin"])
def test_a_revoked_token_is_dead_after_a_minute(
    role: str, any_service: Service, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    token = told(any_service, capsys, "make", role, "--note", "a note").strip()
    path = "/moderation/comments" if role == "moderator" else "/health"
    allowed = any_service.call("GET", path, token=token)
    assert allowed.status == 200
    (row,) = told(any_service, capsys, "list").splitlines()
    assert row.split()[1] == role
    assert row.endswith("a note")
    assert token not in row

    assert "is revoked" in told(any_service, capsys, "revoke", row.split()[0])
    clock.forward(seconds=60)

    assert any_service.call("GET", path, token=token).status == 401
    assert told(any_service, capsys, "list") == ""


def test_a_moderator_may_be_limited_to_sections_as_articles_have_them(
    any_service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = ("--section", "  Économie\t", "--section", "E\u0301conomie", "--section", "sport")
    token = told(any_service, capsys, "make", "moderator", *typed, "--note", "the desk").strip()
    told(any_service, capsys, "make", "moderator", "--note", "no limit")

    assert any_service.call("GET", "/moderation/me", token=token).json["sections"] == ["sport", "Économie"]
    for options in ((), ("--all",)):
        rows = told(any_service, capsys, "list", *options).splitlines()
        assert sorted(row.partition("Z  ")[2] for row in rows) == [
            "no limit",
            "only 'sport', 'Économie'  the desk",
        ]


@pytest.mark.parametrize(
    ("role", "section", "remedy"),
    [
        ("publisher", "monde", "leave --section out, or make a moderator's token"),
        ("admin", "monde", "leave --section out, or make a moderator's token"),
        ("moderator", " ", "leave it out for all"),
        ("moderator", "x" * 101, "1 to 100 characters"),
    ],
)
def test_a_limit_that_means_nothing_is_refused_with_the_remedy(
    role: str, section: str, remedy: str, any_service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OperatorError, match=remedy):
        told(any_service, capsys, "make", role, "--section", section)

    assert told(any_service, capsys, "list") == ""


def test_a_token_that_an_older_release_made_is_found_on_demand(
    any_service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    hashed = keyed.token_hash("made by the release before")
    fields: dict[str, Any] = {"role": "moderator", "note": "old", "created_at": 0}
    any_service.backend.table.put({**keys.token(hashed), **fields})
    assert told(any_service, capsys, "list") == ""

    (row,) = told(any_service, capsys, "list", "--all").splitlines()

    assert row.startswith(hashed[:12])
    told(any_service, capsys, "revoke", hashed[:12])
    assert any_service.backend.table.get(keys.token(hashed)) is None
