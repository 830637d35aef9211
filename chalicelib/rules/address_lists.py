"""Which entry of a list of e-mail addresses, web addresses or networks does somebody or something fall under?"""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from chalicelib.rules.email import email_key_form, normalise_email
from chalicelib.rules.fields import FieldError
from chalicelib.rules.folding import seen
from chalicelib.rules.web_address import clean_url

WIDEST_IPV4 = 8
WIDEST_IPV6 = 16

_AUTHOR_KEY = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_NETWORK_KEY = re.compile(r"[0-9a-f]{16}", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PORT = re.compile(r":\d*\Z")
# Possessive, and never begun in the middle of a label, so that it costs no more than the text's length.
_BARE = re.compile(r"(?<![\w-])[\w-]++(?:\.[\w-]++)++(?::\d++)?(?:[/?#]\S*+)?")
_PATH_ENDS = re.compile(r"[/?#&]|\Z")
_PATH_LIMIT = 200  # no entry is longer
_LABEL_LIMIT = 63  # RFC 1035, 2.3.4; decoding takes quadratic time
_HOST_LIMIT = 253

_Networks = dict[tuple[int, int], set[int]]


def clean_email_entry(value: str, author_key: Callable[[str], str]) -> str:
    """`@domain` in lower case and Unicode, or an author's key (32 hexadecimal digits).

    An address becomes its author's key by `author_key`, which is given the address's key form, so that no address
    is kept. Raises FieldError: `required`, `too_long` or `invalid_email`.
    """
    entry = value.strip()
    if _AUTHOR_KEY.fullmatch(entry):
        return entry.lower()
    if entry.startswith("@"):
        return "@" + normalise_email(f"anyone{entry}").rpartition("@")[2]
    return author_key(email_key_form(entry))


def found_email(entries: tuple[str, ...], author_key: str, email_domain: str) -> str | None:
    """The entry that an author falls under: the key itself, or a domain that is theirs or above theirs."""
    listed = _as_set(entries)
    wanted = (author_key, *(f"@{domain}" for domain in _domains(email_domain)))
    return next((entry for entry in wanted if entry in listed), None)


def clean_url_entry(value: str) -> str:
    """`domain` or `domain/beginning of a path`; a scheme and `www.` in front are dropped.

    Raises FieldError: `required`, `too_long` or `invalid_url`.
    """
    entry = unicodedata.normalize("NFC", value.strip())
    clean = clean_url(entry if not entry or _SCHEME.match(entry) else f"https://{entry}")
    host, path = _host_and_path(clean)
    if "." not in host:
        raise FieldError("invalid_url")
    return host.removeprefix("www.") + path.rstrip("/")


def found_url(entries: tuple[str, ...], addresses: Iterable[str], text: str = "") -> str | None:
    """The entry that one of the addresses falls under, or one that stands in the text without being a link.

    A domain holds for what is beneath it, the beginning of a path up to a `/`, `?`, `#` or `&`, in any case.
    """
    listed = _urls(entries)
    for address in (*addresses, *_bare_addresses(text)) if entries else ():
        host, path = _host_and_path(address)
        for paths in filter(None, map(listed.get, _domains(host))):
            for beginning in _beginnings(path):
                if entry := paths.get(beginning):
                    return entry
    return None


def host_of(address: str) -> str:
    """The host of a web address, in lower case and Unicode, without port and final dot."""
    return _host_and_path(address)[0]


def clean_network_entry(value: str) -> str:
    """An address, a network as CIDR, or a network's key (16 hexadecimal digits).

    Raises FieldError: `required`, `invalid_format`, and `out_of_range` for what is wider than /8 (IPv6: /16).
    """
    entry = value.strip()
    if not entry:
        raise FieldError("required")
    if _NETWORK_KEY.fullmatch(entry):
        return entry.lower()
    try:
        network = ipaddress.ip_network(entry, strict=False)
    except ValueError as error:
        raise FieldError("invalid_format") from error
    widest = WIDEST_IPV4 if network.version == 4 else WIDEST_IPV6
    if network.prefixlen < widest:
        raise FieldError("out_of_range", minimum=widest, maximum=network.max_prefixlen)
    return str(network.network_address if network.prefixlen == network.max_prefixlen else network)


def is_in_network(entries: tuple[str, ...], address: str, network_key: str) -> bool:
    """Whether the address, as far as it is known, or the network's key falls under an entry."""
    if network_key in _as_set(entries):
        return True
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(
        version == parsed.version and int(parsed) >> host_bits in prefixes
        for (version, host_bits), prefixes in _networks(entries).items()
    )


def _domains(domain: str) -> Iterator[str]:
    """A domain and all above it but the top one, as every entry has a dot; none for what is too long to be one."""
    while "." in domain and len(domain) <= _HOST_LIMIT:
        yield domain
        domain = domain.partition(".")[2]


def _host_and_path(address: str) -> tuple[str, str]:
    match = _ADDRESS.match(address)
    assert match  # noqa: S101 - it matches everything
    # Browsers drop what cannot be seen from a host (UTS 46), so a list must not stumble over it.
    host = _PORT.sub("", seen(unicodedata.normalize("NFKC", match[1])).lower().replace("。", ".")).removesuffix(
        "."
    )
    return ".".join(map(_in_unicode, host.split("."))), match[2]


def _in_unicode(label: str) -> str:
    if not label.startswith("xn--") or len(label) > _LABEL_LIMIT:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except ValueError:  # of all kinds: no Punycode, not ASCII, beyond Unicode
        return label


def _beginnings(path: str) -> Iterator[str]:
    comparable = _comparable(path[: 3 * _PATH_LIMIT])[: _PATH_LIMIT + 1]  # %2F is three characters for one
    yield ""
    for end in _PATH_ENDS.finditer(comparable, 1):
        yield comparable[: end.start()]


def _comparable(path: str) -> str:
    return unquote(path).lower()


def _bare_addresses(text: str) -> list[str]:
    return _BARE.findall(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=16)
def _as_set(entries: tuple[str, ...]) -> frozenset[str]:
    return frozenset(entries)


@lru_cache(maxsize=4)
def _urls(entries: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """The entries of each domain, by the beginning of a path that they want."""
    found: dict[str, dict[str, str]] = {}
    for entry in entries:
        host, path = _host_and_path(entry)
        found.setdefault(host, {})[_comparable(path)] = entry
    return found


@lru_cache(maxsize=4)
def _networks(entries: tuple[str, ...]) -> _Networks:
    """The numbers of listed networks, by version and by how many bits of an address are the host's."""
    found: _Networks = {}
    for entry in entries:
        if not _NETWORK_KEY.fullmatch(entry):
            network = ipaddress.ip_network(entry)
            host_bits = network.max_prefixlen - network.prefixlen
            number = int(network.network_address) >> host_bits
            found.setdefault((network.version, host_bits), set()).add(number)
    return found
