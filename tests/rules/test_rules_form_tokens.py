import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.model import FormCheck
from chalicelib.rules.form_tokens import check, make

SECRET = b"a secret of the site"
NOON = 1_795_435_200_000
SECOND = 1_000
HOUR = 3_600 * SECOND


def checked(
    token: str | None, now: int, article_id: str = "42", secret: bytes = SECRET
) -> tuple[FormCheck, int | None]:
    return check(secret, token, article_id, now, form_seconds=3, form_hours=24)


@pytest.mark.parametrize(
    ("later", "says"),
    [
        pytest.param(0, ("fast", 0), id="at once"),
        pytest.param(2_999, ("fast", 2), id="just too fast"),
        pytest.param(3 * SECOND, ("good", 3), id="three seconds"),
        pytest.param(24 * HOUR, ("good", 86_400), id="a day"),
        pytest.param(24 * HOUR + SECOND, ("old", 86_401), id="more than a day"),
        pytest.param(-60 * SECOND, ("fast", 0), id="from a clock that is ahead"),
        pytest.param(-61 * SECOND, ("invalid", None), id="from the future"),
    ],
)
def test_a_token_tells_how_long_the_form_was_open(later: int, says: tuple[str, int | None]) -> None:
    assert checked(make(SECRET, "42", NOON), NOON + later) == says


def test_either_bound_can_be_turned_off() -> None:
    token = make(SECRET, "42", NOON)

    assert check(SECRET, token, "42", NOON, form_seconds=0, form_hours=0) == ("good", 0)
    assert check(SECRET, token, "42", NOON + 9_999 * HOUR, form_seconds=3, form_hours=0)[0] == "good"


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_token_nothing_is_said(token: str | None) -> None:
    assert checked(token, NOON) == ("none", None)


def test_a_token_is_short_and_may_stand_in_any_address() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{24}", make(SECRET, "a" * 128, NOON))


def test_another_article_and_another_site_make_it_invalid() -> None:
    token = make(SECRET, "42", NOON)

    assert checked(token, NOON + 9 * SECOND, article_id="43") == ("invalid", None)
    assert checked(token, NOON + 9 * SECOND, secret=b"another") == ("invalid", None)


def test_no_other_time_can_be_written_into_a_token() -> None:
    raw = base64.urlsafe_b64decode(make(SECRET, "42", NOON))
    forged = base64.urlsafe_b64encode((NOON // SECOND - 60).to_bytes(5) + raw[5:]).decode()

    assert checked(forged, NOON) == ("invalid", None)


@given(st.integers(0, 23), st.characters())
def test_a_token_with_a_character_changed_is_invalid(place: int, character: str) -> None:
    token = make(SECRET, "42", NOON)
    changed = token[:place] + character + token[place + 1 :]

    assert (checked(changed, NOON + 9 * SECOND)[0] == "good") == (changed == token)


@given(st.text(st.characters(exclude_categories=())))
def test_junk_is_invalid(junk: str) -> None:
    assert checked(junk, NOON)[0] == ("invalid" if junk else "none")
