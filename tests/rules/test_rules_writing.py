import pytest

from chalicelib.rules.writing import as_read, repetition, shouting


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1 < 2 && 3 > 2 &amp; \"x\" 'y'", "1 < 2 && 3 > 2 &amp; \"x\" 'y'"),
        ("vi<b>ag</b>ra", "viagra"),
        ("<a href='http://a.fr/' title='b &gt; &quot;c&quot;'>lire</a>", "lire"),
        ("<b>pas fermé\n\nun autre", "<b>pas fermé\n\nun autre"),
        ("<code><b>x</b></code>", "<b>x</b>"),
        ("a\nb\n\n\nc", "a\nb\n\n\nc"),
    ],
)
def test_the_text_as_read_is_what_was_typed_without_the_tags_that_took_effect(typed: str, text: str) -> None:
    assert as_read(typed).text == text


def test_links_as_read_are_those_that_can_be_followed() -> None:
    typed = (
        'www.a.fr http://b.fr/?x=1&y=2 <a href="https://c.fr">d.fr</a> ftp://e.fr f.fr jean@g.fr '
        '<a href="javascript:h">i</a> <code>http://j.fr</code> https://a.fr'
    )

    assert as_read(typed).links == ("http://www.a.fr", "http://b.fr/?x=1&y=2", "https://c.fr", "https://a.fr")


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        pytest.param("C’EST UNE HONTE, VRAIMENT UNE HONTE !", 100, id="capitals"),
        pytest.param("ÇA SUFFIT AVEC CES MENSONGES éhontés", 77, id="mostly capitals"),
        pytest.param("L’ONU, l’OTAN et la SNCF en parlent depuis hier", 33, id="names of institutions"),
        pytest.param("OK MERCI", 0, id="a few letters"),
        pytest.param("1234567890 !!! 赌场赌场赌场赌场赌场赌场赌场赌场赌场", 0, id="letters without capitals"),
    ],
)
def test_shouting_is_the_share_of_capitals(text: str, percent: int) -> None:
    assert shouting(text) == percent


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Nooooooooooooooooon", "ooooooooooooooooo", id="a letter"),
        pytest.param("quoi" + "?" * 15, "?" * 15, id="a mark"),
        pytest.param("a" * 500, "a" * 40, id="shown in short"),
        pytest.param("mdr mdr\nMDR, mdr ! mdr", "mdr mdr mdr mdr mdr", id="a word"),
        pytest.param("Nooooooon !!!", None, id="a little of it"),
        pytest.param("non, non, non, non", None, id="a word four times"),
        pytest.param("=" * 60 + "\n" + "." * 60 + "_" * 20, None, id="lines that are drawn"),
        pytest.param("0 0 0 0 0 0, 000000000000000000", None, id="figures"),
    ],
)
def test_repetition_is_what_stands_there_again_and_again(text: str, found: str | None) -> None:
    assert repetition(text) == found
