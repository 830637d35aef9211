"""Which web addresses are taken, and how does one lead back to an article?"""

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit

from chalicelib.rules.fields import FieldError

LIMIT = 2000

_START = re.compile(r"(https?)://([^/?#]+)", re.IGNORECASE)
# Nothing of these is ever written bare in an address (RFC 3986, appendix C; the WHATWG URL standard
# turns a backslash into a slash, and so another host into the one a reader sees).
_NEVER_BARE = frozenset('"<>\\`')
_NEVER_BARE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_HOST_LIMIT = 253  # RFC 1035, 2.3.4
_LABEL_LIMIT = 63
_LETTERS = frozenset({"L", "N", "M"})  # categories that may stand in a label beyond ASCII (RFC 5890)
_FRAGMENT_SAFE = "!$&'()*+,;=:@/?"  # RFC 3986, 3.5, beyond what `quote` leaves alone


def clean_url(value: str, limit: int = LIMIT) -> str:
    """An absolute http or https address with a host, scheme and host in lower case, the rest as typed.

    Refused: credentials (`https://bank.example@other.example` deceives), control characters, white
    space, backslashes, quotes and angle brackets. Spaces at the ends are trimmed.

    Raises FieldError: `required`, `too_long` (with `limit`) or `invalid_url`.
    """
    address = value.strip(" ")
    if not address:
        raise FieldError("required")
    if len(address) > limit:
        raise FieldError("too_long", limit=limit)
    start = _START.match(address)
    if not start or not all(map(_may_stand_bare, address)):
        raise FieldError("invalid_url")
    clean = f"{start[1].lower()}://{_authority(start[0])}{address[start.end() :]}"
    if len(clean) > limit:  # İ is two characters in lower case
        raise FieldError("too_long", limit=limit)
    return clean


def with_fragment_and_query(url: str, query: Mapping[str, str], fragment: str) -> str:
    """The address with these parameters after those it has, and this fragment in place of its own."""
    base = url.partition("#")[0]
    joint = "" if not query or base.endswith(("?", "&")) else "&" if "?" in base else "?"
    end = f"#{quote(fragment, safe=_FRAGMENT_SAFE)}" if fragment else ""
    return f"{base}{joint}{urlencode(query)}{end}"


def _may_stand_bare(character: str) -> bool:
    return character not in _NEVER_BARE and unicodedata.category(character) not in _NEVER_BARE_CATEGORIES


def _authority(start: str) -> str:
    """`host` or `host:port` of an address's first part, in lower case."""
    try:
        parts = urlsplit(start)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:  # unclosed brackets, a port beyond 65535, a host that NFKC would split
        raise FieldError("invalid_url") from error
    if "@" in parts.netloc or not _is_host(host, in_brackets="[" in parts.netloc):
        raise FieldError("invalid_url")
    name = f"[{host}]" if ":" in host else unicodedata.normalize("NFC", host)
    return name if port is None else f"{name}:{port}"


def _is_host(host: str, *, in_brackets: bool) -> bool:
    labels = host.removesuffix(".").split(".")
    # As browsers have it, a name whose last label is a number is an IPv4 address or nothing.
    if in_brackets or labels[-1].isdigit():
        return _is_ip_address(host, version=6 if in_brackets else 4)
    return len(host) <= _HOST_LIMIT and all(map(_is_label, labels))


def _is_ip_address(host: str, *, version: int) -> bool:
    try:
        return "%" not in host and ipaddress.ip_address(host).version == version
    except ValueError:
        return False


def _is_label(label: str) -> bool:
    return 0 < len(label) <= _LABEL_LIMIT and label[0] != "-" != label[-1] and all(map(_is_letter, label))


def _is_letter(character: str) -> bool:
    # The underscore is in no host name of RFC 952, and in many of the web.
    return character in "-_" or unicodedata.category(character)[0] in _LETTERS
