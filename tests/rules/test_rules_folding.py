import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.folding import fold, looks, tokens


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("ÉTÉ", "ete", id="accents and case"),
        pytest.param("cœur Æsop Øre Łódź", "coeur aesop ore lodz", id="letters that Unicode does not take apart"),
        pytest.param("Straße ΣΊΣΥΦΟΣ", "strasse σισυφοσ", id="case of other letters"),
        pytest.param("ｖｉａｇｒａ 𝐯𝐢𝐚𝐠𝐫𝐚 ﬁn", "viagra viagra fin", id="styles of letters"),
        pytest.param("vi\u200bag\u00adra\ufeff\u2060", "viagra", id="characters that draw nothing"),
        pytest.param("aujourd’hui", "aujourd'hui", id="the typists' apostrophe"),
        pytest.param("a\nb\tc", "a\nb\tc", id="white space stays"),
        pytest.param("か が", "か が", id="Japanese letters with a voice mark are others"),
        pytest.param("हिन्दी", "हिनदी", id="vowel signs are letters"),
        pytest.param("한국어", "한국어", id="syllables stay whole"),
    ],
)
def test_spellings_of_a_word_are_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(unicodedata.normalize("NFD", typed)) == folded


@given(st.text())
def test_folding_twice_is_folding_once_but_for_what_it_lets_appear(typed: str) -> None:
    twice = fold(fold(typed))

    assert fold(twice) == twice


@given(st.text())
def test_the_parts_of_a_text_are_all_of_it(typed: str) -> None:
    parts = tokens(fold(typed))

    assert "".join(parts).replace(" ", "") == "".join(fold(typed).split())
    assert all(parts)


def test_words_and_signs_are_parts_and_so_is_each_character_where_no_spaces_are_written() -> None:
    assert tokens("c++ a_b  d") == ["c", "+", "+", " ", "a", "_", "b", " ", "d"]
    assert tokens("赌场 casino場") == ["赌", "场", " ", "casino", "場"]
    assert tokens("भाषा") == ["भाषा"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("la redaction", id="case and accents"),
        pytest.param("La  Rédaction ", id="spaces"),
        pytest.param("La.Rédaction!", id="signs"),
        pytest.param("La R\u200bédac\u00adtion", id="characters that cannot be seen"),
        pytest.param("Lа Rédасtiоn", id="Cyrillic letters"),
        pytest.param("LΑ RΕDΑCΤΙΟΝ", id="Greek capitals"),
        pytest.param("1a redact10n", id="digits"),
        pytest.param("Ia Rédactlon", id="a capital i and a small l"),
        pytest.param("Ｌａ Ｒé𝐝𝐚𝐜𝐭𝐢𝐨𝐧", id="styles of letters"),
    ],
)
def test_names_that_look_alike_are_alike(name: str) -> None:
    assert looks(name) == looks("La Rédaction")


@pytest.mark.parametrize("name", ["La Réduction", "Rédaction", "La Rédaction de Lyon", "Лара", ""])
def test_names_that_look_different_are_different(name: str) -> None:
    assert looks(name) != looks("La Rédaction")
