import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.email import email_key_form, normalise_email
from chalicelib.rules.fields import FieldError

PARTS = [
    "a",
    "é",
    "xn--",
    ".",
    "@",
    "-",
    "fr",
    '"',
    " ",
    "\ud800",
    "\u0661",
    "\u200d",
    "[",
    "]",
    ":",
    "א",
    "１",
    "。",
]
ODD_ADDRESSES = st.lists(st.sampled_from(PARTS), max_size=20).map("".join) | st.text(
    st.characters(exclude_categories=())
)


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        pytest.param("jean@presse.fr", "jean@presse.fr", id="plain"),
        pytest.param("  jean@presse.fr ", "jean@presse.fr", id="spaces at the ends"),
        pytest.param("Jean.Dupont@PRESSE.FR", "Jean.Dupont@presse.fr", id="the domain in lower case"),
        pytest.param("jean+tag@presse.fr", "jean+tag@presse.fr", id="tag"),
        pytest.param("o'neil@presse.fr", "o'neil@presse.fr", id="apostrophe"),
        pytest.param("jérôme@presse.fr", "jérôme@presse.fr", id="international local part"),
        pytest.param("je\u0301ro\u0302me@presse.fr", "jérôme@presse.fr", id="composed"),
        pytest.param("jean@ÉLAN.fr", "jean@élan.fr", id="international domain"),
        pytest.param("jean@xn--lan-9la.fr", "jean@élan.fr", id="punycode"),
        pytest.param("a@b.co", "a@b.co", id="short"),
    ],
)
def test_an_address_is_normalised(typed: str, normalised: str) -> None:
    assert normalise_email(typed) == normalised
    assert normalise_email(normalised) == normalised


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("jean", id="no at"),
        pytest.param("@presse.fr", id="no local part"),
        pytest.param("jean@", id="no domain"),
        pytest.param("a@b@c.fr", id="two ats"),
        pytest.param("jean@localhost", id="no dot"),
        pytest.param("jean@presse.test", id="special use"),
        pytest.param("jean@presse.fr.", id="dot at the end"),
        pytest.param("jean..dupont@presse.fr", id="two dots"),
        pytest.param("jean@presse.123", id="numeric top level"),
        pytest.param("jean@[127.0.0.1]", id="address literal"),
        pytest.param('"jean dupont"@presse.fr', id="quoted"),
        pytest.param("Jean <jean@presse.fr>", id="display name"),
        pytest.param("<jean@presse.fr>", id="angle brackets"),
        pytest.param("jean@presse.fr\n", id="line end at the end"),
        pytest.param("\tjean@presse.fr", id="tab at the start"),
        pytest.param("jean@presse.fr\r\nBcc: x@y.fr", id="header injection"),
        pytest.param("je\x00an@presse.fr", id="NUL"),
        pytest.param("jean@presse.fr,x@y.fr", id="two addresses"),
        pytest.param("jean@pre\u200bsse.fr", id="zero width space"),
        pytest.param("\u202ejean@presse.fr", id="bidirectional override"),
        pytest.param("\ud800@presse.fr", id="lone surrogate before the at"),
        pytest.param("jean@\ud800.fr", id="lone surrogate after the at"),
        pytest.param("jean@xn--a.fr", id="bad punycode"),
        pytest.param("jean@" + "x" * 64 + ".fr", id="long label"),
        pytest.param("é" * 200 + "@presse.fr", id="254 characters that are more bytes"),
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(FieldError, match="invalid_email"):
        normalise_email(typed)


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_address_is_required(typed: str) -> None:
    with pytest.raises(FieldError, match="required"):
        normalise_email(typed)


@pytest.mark.parametrize("typed", ["a@" + "x" * 10_000 + ".fr", "a" * 250 + "@b.fr", "a@" + "\u0661" * 100_000])
def test_an_address_is_at_most_254_characters(typed: str) -> None:
    with pytest.raises(FieldError) as refusal:
        normalise_email(typed)
    assert (refusal.value.code, refusal.value.params) == ("too_long", {"limit": 254})


def test_an_author_is_recognised_however_the_address_is_spelt() -> None:
    spellings = ["Jean.Dupont@presse.fr", " jean.dupont@PRESSE.fr", "JEAN.DUPONT@Presse.Fr"]
    assert {email_key_form(spelling) for spelling in spellings} == {"jean.dupont@presse.fr"}


def test_domains_of_different_owners_are_different_authors() -> None:
    assert email_key_form("jean@faß.de") != email_key_form("jean@fass.de")


@given(ODD_ADDRESSES)
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    for form in (normalise_email, email_key_form):
        try:
            address = form(typed)
        except FieldError:
            continue
        assert form(address) == address
