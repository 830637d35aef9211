import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.address_lists import (
    clean_email_entry,
    clean_network_entry,
    clean_url_entry,
    found_email,
    found_url,
    host_of,
    is_in_network,
)
from chalicelib.rules.fields import FieldError

KEY = "0123456789abcdef0123456789abcdef"
NETWORK_KEY = "0123456789abcdef"


def key_of(address: str) -> str:
    return f"key of {address}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(" @SPAM.example ", "@spam.example", id="a domain"),
        pytest.param("@xn--bcher-kva.example", "@bücher.example", id="a domain in Punycode"),
        pytest.param(KEY.upper(), KEY, id="a key"),
        pytest.param("Jean@SPAM.example", "key of jean@spam.example", id="an address"),
    ],
)
def test_no_address_stays_in_a_list_of_e_mails(typed: str, kept: str) -> None:
    assert clean_email_entry(typed, key_of) == kept


@pytest.mark.parametrize("typed", ["spam.example", "@", "@spam", "jean@", "@a b.example", KEY[:-1], "x" * 32])
def test_what_is_no_e_mail_entry_is_refused(typed: str) -> None:
    with pytest.raises(FieldError, match="invalid_email"):
        clean_email_entry(typed, key_of)


def test_an_author_falls_under_their_key_their_domain_and_the_domain_above() -> None:
    assert found_email((KEY,), KEY, "a.example") == KEY
    assert found_email(("@spam.example",), KEY, "spam.example") == "@spam.example"
    assert found_email(("@spam.example",), KEY, "mx1.spam.example") == "@spam.example"
    assert found_email(("@spam.example",), KEY, "notspam.example") is None
    assert found_email((), KEY, "spam.example") is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("SPAM.example", "spam.example", id="a domain"),
        pytest.param("https://www.spam.example/", "spam.example", id="an address pasted"),
        pytest.param("http://Spam.example:8080/Boo", "spam.example/Boo", id="a port"),
        pytest.param("video.example/c/Spammer/", "video.example/c/Spammer", id="the beginning of a path"),
        pytest.param("xn--bcher-kva.example", "bücher.example", id="Punycode"),
    ],
)
def test_a_url_entry_is_a_host_and_the_beginning_of_a_path(typed: str, kept: str) -> None:
    assert clean_url_entry(typed) == kept
    assert clean_url_entry(kept) == kept


@pytest.mark.parametrize(
    ("typed", "code"), [("", "required"), ("spam", "invalid_url"), ("a b.example", "invalid_url")]
)
def test_what_is_no_url_entry_is_refused(typed: str, code: str) -> None:
    with pytest.raises(FieldError, match=code):
        clean_url_entry(typed)


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        pytest.param("spam.example", "https://spam.example", id="the domain"),
        pytest.param("spam.example", "http://a.b.SPAM.example:80/x?y#z", id="beneath it"),
        pytest.param("spam.example", "https://spam.example./", id="a final dot"),
        pytest.param("bücher.example", "https://xn--bcher-kva.example", id="Punycode"),
        pytest.param("spam.example", "https://ｓｐａｍ。example", id="as browsers read it"),
        pytest.param("video.example/c/Spam", "https://www.video.example/c/spam?x=1", id="path and query"),
        pytest.param("video.example/c/Spam", "https://video.example/c/sp%61m/1", id="path in escapes"),
        pytest.param("shop.example/?ref=12", "https://shop.example/?ref=12&x", id="query"),
    ],
)
def test_an_address_falls_under_the_entry_of_a_domain_or_path(entry: str, address: str) -> None:
    assert found_url((entry, "other.example"), [address]) == entry


@pytest.mark.parametrize(
    ("entry", "address"),
    [
        pytest.param("spam.example", "https://notspam.example", id="the end of another name"),
        pytest.param("spam.example", "https://spam.example.org", id="the beginning of another name"),
        pytest.param("spam.example", "https://a.example/spam.example", id="in a path"),
        pytest.param("video.example/c/Spam", "https://video.example/c/spammer", id="a longer word of a path"),
        pytest.param("video.example/c/Spam", "https://video.example/c/", id="a shorter path"),
        pytest.param("shop.example/?ref=12", "https://shop.example/?ref=123", id="a longer value"),
    ],
)
def test_another_address_does_not(entry: str, address: str) -> None:
    assert found_url((entry,), [address]) is None


@pytest.mark.parametrize(
    "text",
    [
        "voir spam.example.",
        "(spam.example)",
        "www.spam.example/x",
        "jean@spam.example",
        "ＳＰＡＭ.example",
        "//spam.example",
    ],
)
def test_a_listed_domain_is_found_in_a_text_that_makes_no_link_of_it(text: str) -> None:
    assert found_url(("spam.example",), [], text) == "spam.example"


@given(st.text(st.sampled_from("a.-:/?#%@xn é\u3002\uff0e") | st.characters(), max_size=80))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert found_url(("spam.example",), [text, f"https://xn--{text}"], text) is None
    assert isinstance(host_of(text), str)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(" 203.0.113.7 ", "203.0.113.7", id="an address"),
        pytest.param("203.0.113.7/24", "203.0.113.0/24", id="a network"),
        pytest.param("2001:DB8:0::/48", "2001:db8::/48", id="an IPv6 network"),
        pytest.param("10.0.0.0/8", "10.0.0.0/8", id="the widest"),
        pytest.param(NETWORK_KEY.upper(), NETWORK_KEY, id="a key"),
    ],
)
def test_a_network_entry_has_one_spelling(typed: str, kept: str) -> None:
    assert clean_network_entry(typed) == kept
    assert clean_network_entry(kept) == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("spam", "invalid_format"),
        ("010.0.0.1", "invalid_format"),
        ("0.0.0.0/0", "out_of_range"),
        ("10.0.0.0/7", "out_of_range"),
        ("::/0", "out_of_range"),
        ("2000::/15", "out_of_range"),
    ],
)
def test_what_is_no_network_or_half_the_world_is_refused(typed: str, code: str) -> None:
    with pytest.raises(FieldError, match=code):
        clean_network_entry(typed)


def test_an_address_falls_under_its_networks_and_a_key_under_itself() -> None:
    entries = ("203.0.113.0/24", "198.51.100.7", "2001:db8::/48", NETWORK_KEY)

    for address in ("203.0.113.9", "198.51.100.7", "2001:db8:0:1::1"):
        assert is_in_network(entries, address, "other")
    for address in ("203.0.114.9", "198.51.100.8", "2001:db9::1", "", "unknown"):
        assert not is_in_network(entries, address, "other")
        assert is_in_network(entries, address, NETWORK_KEY)
