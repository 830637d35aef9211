import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.fields import FieldError
from chalicelib.rules.text import clean_content, clean_line, clean_name

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    "e\u0301\u0323 \r\n\t\x00\u202e\u200b\u1100\u1161"
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  Zoé  ", "Zoé", id="spaces at the ends"),
        pytest.param("Zoe\u0301", "Zoé", id="composed"),
        pytest.param("Zoe\x00\u0301", "Zoé", id="composed after the control is gone"),
        pytest.param("Jean\tde\r\nLa\nTour", "Jean de La Tour", id="tab and line ends become a space"),
        pytest.param("Jean\u2028Paul", "Jean Paul", id="line separator"),
        pytest.param("Je\x07an\x85\x9f", "Jean", id="controls"),
        pytest.param("\u202eJean\u202c \u2066Paul\u2069", "Jean Paul", id="bidirectional controls"),
        pytest.param("<b>Jean</b> & Co", "<b>Jean</b> & Co", id="a name is plain text"),
        pytest.param("عمر", "عمر", id="right to left letters"),
        pytest.param("👩‍👩‍👧", "👩‍👩‍👧", id="joined emoji"),
        pytest.param("Jean  Paul", "Jean  Paul", id="inner spaces as typed"),
        pytest.param("\U0001fae9", "\U0001fae9", id="an emoji newer than this Python"),
    ],
)
def test_a_name_is_kept_as_typed_but_for_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\u200b\u200d",
        "\x00\x01",
        "\u202e",
        "\u3164",
        "\u2800",
        "\u0301",
        "\ufe0f",
        "\u00ad\ufeff",
        "\U000e0041",
    ],
)
def test_what_nobody_can_see_is_no_name_and_no_comment(typed: str) -> None:
    for clean in (clean_name, lambda value: clean_content(value, 100)):
        with pytest.raises(FieldError) as refusal:
            clean(typed)
        assert refusal.value.code == "required"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("a\r\nb\rc\nd", "a\nb\nc\nd", id="line ends"),
        pytest.param("\n\n a\n\n\tb \n", "a\n\n\tb", id="outer white space"),
        pytest.param("a\x00\x0b\x1b[0mb\x7f", "a[0mb", id="controls"),
        pytest.param("1 < 2 && <b>3</b>", "1 < 2 && <b>3</b>", id="nothing is escaped or stripped"),
        pytest.param("e\u0301te\u0301", "été", id="composed"),
    ],
)
def test_a_comment_is_kept_as_typed(typed: str, kept: str) -> None:
    assert clean_content(typed, 100) == kept


def test_lengths_are_characters_after_cleaning() -> None:
    assert clean_name(" " + "e\u0301" * 100 + " ") == "é" * 100
    assert clean_content("\r\n".join(["😀"] * 50) + "\n", 99) == "\n".join(["😀"] * 50)


@pytest.mark.parametrize("length", [101, 401, 100_000])
def test_a_name_that_is_too_long_is_refused_with_its_limit(length: int) -> None:
    with pytest.raises(FieldError) as refusal:
        clean_name("é" * length)
    assert (refusal.value.code, refusal.value.params) == ("too_long", {"limit": 100})


@pytest.mark.parametrize("typed", ["Jean\ud800", "\udfff", "a" + "\u0301" * 31])
def test_what_is_no_text_is_refused(typed: str) -> None:
    with pytest.raises(FieldError, match="invalid_text"):
        clean_content(typed, 100)


def test_thirty_marks_on_one_letter_are_a_text() -> None:
    assert clean_content("x" + "\u0321" * 30, 100) == "x" + "\u0321" * 30


@given(ANY_TEXT, st.integers(1, 40))
def test_cleaning_twice_is_cleaning_once(typed: str, limit: int) -> None:
    for clean in (clean_line, clean_content):
        try:
            once = clean(typed, limit)
        except FieldError:
            continue
        assert clean(once, limit) == once
        assert 1 <= len(once) <= limit
        assert unicodedata.is_normalized("NFC", once)
        assert not any(unicodedata.category(c) == "Cc" for c in once if c not in "\n\t")


@given(ANY_TEXT)
def test_a_cleaned_line_is_one_line(typed: str) -> None:
    try:
        line = clean_line(typed, 1000)
    except FieldError:
        return
    assert line.splitlines() == [line]
