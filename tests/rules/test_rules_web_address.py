from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.fields import FieldError
from chalicelib.rules.web_address import clean_url, with_fragment_and_query

PARTS = [
    "http://",
    "HTTPS://",
    "a",
    "É",
    "İ",
    ".",
    "-",
    ":",
    "8",
    "[",
    "]",
    "::1",
    "@",
    "/",
    "?",
    "#",
    "%",
    "\\",
    " ",
    "\ud800",
    "\u2100",
    "１",
]
ODD_ADDRESSES = st.lists(st.sampled_from(PARTS), max_size=12).map("".join) | st.text(
    st.characters(exclude_categories=())
)


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        pytest.param("https://presse.fr", "https://presse.fr", id="host alone"),
        pytest.param("  HTTPS://Presse.FR/À-La-Une?Q=1#Haut  ", "https://presse.fr/À-La-Une?Q=1#Haut", id="case"),
        pytest.param("http://localhost:8000/a", "http://localhost:8000/a", id="port"),
        pytest.param("http://presse.fr:/a", "http://presse.fr/a", id="empty port"),
        pytest.param("http://ÉLAN.fr/", "http://élan.fr/", id="international host"),
        pytest.param("http://192.0.2.1/", "http://192.0.2.1/", id="IPv4"),
        pytest.param("http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/", id="IPv6"),
        pytest.param("http://presse.fr/?", "http://presse.fr/?", id="empty query"),
        pytest.param("http://presse.fr/a@b", "http://presse.fr/a@b", id="at in the path"),
        pytest.param("http://presse.fr./", "http://presse.fr./", id="absolute name"),
        pytest.param("http://my_site.blog.fr/", "http://my_site.blog.fr/", id="underscore"),
    ],
)
def test_an_address_is_kept_with_scheme_and_host_in_lower_case(typed: str, clean: str) -> None:
    assert clean_url(typed) == clean


@pytest.mark.parametrize(
    "typed",
    [
        "www.presse.fr",
        "presse.fr/a",
        "//presse.fr",
        "http:presse.fr",
        "http:/presse.fr",
        "http://",
        "http:///a",
        "http://?a",
        "http://:80/",
        "ftp://presse.fr",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:a@presse.fr",
        "http://jean@presse.fr",
        "http://jean:secret@presse.fr/",
        "http://@presse.fr/",
        "http://presse.fr\\@evil.fr/",
        "http://presse.fr/a b",
        "http://presse.fr/\ta",
        "\nhttp://presse.fr/",
        "java\nscript://presse.fr",
        "http://presse.fr/\x00",
        "http://presse.fr/\u202e",
        'http://presse.fr/"onclick="',
        "http://presse.fr/<b>",
        "http://presse.fr/`",
        "http://presse..fr/",
        "http://.fr/",
        "http://-presse.fr/",
        "http://presse-.fr/",
        "http://pre%73se.fr/",
        "http://presse.fr:99999/",
        "http://presse.fr:a/",
        "http://[::1/",
        "http://[::1%25eth0]/",
        "http://[192.0.2.1]/",
        "http://[v1.a]/",
        "http://192.0.2/",
        "http://1.2.3.4.5/",
        "http://a\u2100b.fr/",
        "http://" + "a" * 64 + ".fr/",
        "http://" + "a." * 127 + "fr/",
        "http://\ud800.fr/",
    ],
)
def test_what_is_no_plain_web_address_is_refused(typed: str) -> None:
    with pytest.raises(FieldError, match="invalid_url"):
        clean_url(typed)


def test_an_address_has_a_limit() -> None:
    assert clean_url("http://a.fr/" + "a" * 1988)
    with pytest.raises(FieldError) as refusal:
        clean_url("http://a.fr/" + "a" * 1989)
    assert (refusal.value.code, refusal.value.params) == ("too_long", {"limit": 2000})


def test_an_address_is_required() -> None:
    with pytest.raises(FieldError, match="required"):
        clean_url("  ")


@given(ODD_ADDRESSES, st.integers(8, 60))
def test_any_text_is_an_address_or_refused(typed: str, limit: int) -> None:
    try:
        clean = clean_url(typed, limit)
    except FieldError:
        return
    assert clean_url(clean, limit) == clean
    assert urlsplit(clean).scheme in {"http", "https"}
    assert urlsplit(clean).hostname


@pytest.mark.parametrize(
    ("url", "query", "fragment", "expected"),
    [
        ("http://a.fr/x", {}, "comment-1", "http://a.fr/x#comment-1"),
        ("http://a.fr/x#top", {}, "", "http://a.fr/x"),
        ("http://a.fr/x?p=1#top", {"held": "1"}, "respond", "http://a.fr/x?p=1&held=1#respond"),
        ("http://a.fr/x?", {"a": "é &#"}, "", "http://a.fr/x?a=%C3%A9+%26%23"),
        ("http://a.fr", {"a": "b"}, "c d", "http://a.fr?a=b#c%20d"),
    ],
)
def test_a_redirect_keeps_the_article_s_own_query(
    url: str, query: dict[str, str], fragment: str, expected: str
) -> None:
    assert with_fragment_and_query(url, query, fragment) == expected


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=5)), st.text(max_size=10))
def test_what_is_added_reads_back(query: dict[str, str], fragment: str) -> None:
    parts = urlsplit(with_fragment_and_query("http://a.fr/x?p=1#old", query, fragment))
    assert parse_qsl(parts.query, keep_blank_values=True) == [("p", "1"), *query.items()]
    assert (parts.path, "old" in parts.fragment) == ("/x", "old" in fragment)
