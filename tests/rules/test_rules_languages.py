import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.languages import preferred_language


@pytest.mark.parametrize(
    ("header", "default", "language"),
    [
        pytest.param(None, "fr", "fr", id="no header"),
        pytest.param("", "en", "en", id="empty"),
        pytest.param("en", "fr", "en", id="plain"),
        pytest.param("fr-CA,fr;q=0.9,en;q=0.8", "en", "fr", id="a browser in Quebec"),
        pytest.param("en-GB,en;q=0.9,fr;q=0.95", "fr", "en", id="the region has the highest weight"),
        pytest.param("en;q=0.5, fr;q=0.7", "en", "fr", id="weights"),
        pytest.param("en, fr", "fr", "en", id="equal weights, the first named"),
        pytest.param("de, nl;q=0.9", "fr", "fr", id="neither"),
        pytest.param("de, en;q=0.1", "fr", "en", id="one of ours, however little"),
        pytest.param("*", "en", "en", id="anything"),
        pytest.param("de, *;q=0.5", "en", "en", id="anything else"),
        pytest.param("fr;q=0, *", "fr", "en", id="anything but French"),
        pytest.param("fr;q=0", "fr", "en", id="not French"),
        pytest.param("fr;q=0, en;q=0", "fr", "fr", id="neither wanted"),
        pytest.param("fr-CA;q=0, *", "fr", "fr", id="a region is excluded, not its language"),
        pytest.param("EN-us", "fr", "en", id="case"),
        pytest.param("en_US", "fr", "en", id="underscore"),
        pytest.param("frr, en;q=0.5", "fr", "en", id="North Frisian is not French"),
        pytest.param("en;q=2, fr;q=0.1", "en", "fr", id="a weight out of range"),
        pytest.param("en;q=nan, fr;q=0.1", "en", "fr", id="a weight that is none"),
        pytest.param("en;level=1;q=1, fr", "en", "fr", id="an unknown parameter"),
        pytest.param(" en ; q = 0.9 ,, ;;", "fr", "en", id="junk and spaces"),
    ],
)
def test_the_language_a_reader_wants(header: str | None, default: str, language: str) -> None:
    assert preferred_language(header, default) == language


@given(st.text() | st.text("fren*;q=0.15,- "), st.sampled_from(["fr", "en"]))
def test_any_header_gets_one_of_ours(header: str, default: str) -> None:
    assert preferred_language(header, default) in {"fr", "en"}
