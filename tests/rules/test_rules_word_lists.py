import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.fields import FieldError
from chalicelib.rules.folding import fold, tokens
from chalicelib.rules.word_lists import clean_word, found_word


def found(entry: str, text: str) -> bool:
    return found_word((entry,), [text]) == entry


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        pytest.param("ete", "L’ÉTÉ arrive", id="accents and case"),
        pytest.param("été", "l'ete", id="accents of the entry"),
        pytest.param("coeur", "du cœur", id="ligatures"),
        pytest.param("casino", "Casino!", id="punctuation after"),
        pytest.param("casino", "_casino_", id="underscores around"),
        pytest.param("casino", "mon-casino-bonus", id="hyphens around"),
        pytest.param("casino bonus", "casino \n\t bonus", id="any white space"),
        pytest.param("casino  bonus", "casino\u00a0bonus", id="no-break space"),
        pytest.param("casino", "cas\u200bi\u00adno", id="characters that draw nothing"),
        pytest.param("casino", "ｃａｓｉｎｏ", id="full-width letters"),
        pytest.param("c++", "en C++, oui", id="signs"),
        pytest.param("c++", "c++11", id="signs, a word behind"),
        pytest.param("$$$", "gagnez $$$$", id="signs only"),
        pytest.param("😀", "ah 😀😀", id="emoji"),
        pytest.param("casino*", "les casinos", id="a beginning"),
        pytest.param("casino*", "le casino", id="a beginning that is all"),
        pytest.param("mon casino*", "mon  casinobonus", id="a beginning after a word"),
        pytest.param("赌场", "最好的赌场在", id="no spaces between words"),
        pytest.param("เงิน", "หาเงินง่าย", id="no spaces, with marks"),
        pytest.param("हिन्दी", "यह हिन्दी है", id="words with vowel signs"),
    ],
)
def test_a_listed_word_is_found(entry: str, text: str) -> None:
    assert found(clean_word(entry, 200), text)


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        pytest.param("ass", "classe, assez, bass", id="inside other words"),
        pytest.param("cul", "reculer calcul culture", id="inside French words"),
        pytest.param("casino bonus", "casino, bonus", id="a comma between"),
        pytest.param("casino bonus", "casinobonus", id="no space between"),
        pytest.param("casino bonus", "casino le bonus", id="a word between"),
        pytest.param("c++", "c+", id="one sign less"),
        pytest.param("c++", "abc++", id="a longer word before"),
        pytest.param("casino*", "moncasino", id="a beginning is no end"),
        pytest.param("cas*no", "casino", id="a star within is a star"),
        pytest.param("हि", "हिन्दी", id="part of a word with vowel signs"),
    ],
)
def test_what_only_resembles_a_listed_word_is_not_found(entry: str, text: str) -> None:
    assert not found(clean_word(entry, 200), text)


def test_the_entry_is_told_as_it_stands_in_the_list_and_the_first_in_the_text_wins() -> None:
    entries = ("Poker", "Casino Bonus", "Casino*")

    assert found_word(entries, ["le CASINO  bonus du poker"]) == "Casino*"
    assert found_word(entries, ["rien", "du poker"]) == "Poker"
    assert found_word(entries, ["rien"]) is None
    assert found_word((), ["rien"]) is None


@pytest.mark.parametrize("entry", ["", "  ", "*", " * ", "\u200b", "\u00ad*"])
def test_an_entry_that_could_be_found_nowhere_or_everywhere_is_refused(entry: str) -> None:
    with pytest.raises(FieldError, match="required"):
        clean_word(entry, 200)


def test_an_entry_is_kept_composed_and_trimmed_up_to_its_limit() -> None:
    assert clean_word(" E\u0301te\u0301 ", 3) == "Été"
    with pytest.raises(FieldError, match="too_long"):
        clean_word("abcd", 3)


PIECES = st.lists(st.sampled_from(["a", "b", "ab", "é", " ", "\n", "+", "赌", "A"]), min_size=1, max_size=6)
TEXTS = st.lists(st.sampled_from(["a", "b", "ab", "é", " ", "\n", "+", "赌", "A", "ba"]), max_size=30)


@given(st.lists(PIECES.map("".join), max_size=6), TEXTS.map("".join))
def test_an_entry_is_found_where_its_parts_follow_each_other_in_the_text(entries: list[str], text: str) -> None:
    listed = tuple(entry for entry in map(str.strip, entries) if entry)
    parts = tokens(fold(text))

    def is_in(entry: str) -> bool:
        wanted = tokens(fold(entry))
        return any(parts[place : place + len(wanted)] == wanted for place in range(len(parts)))

    found = found_word(listed, [text])

    assert is_in(found) if found else not any(map(is_in, listed))
