"""Who is at the other end, and which network is it in?"""

import ipaddress
import re
from itertools import islice

UNKNOWN = "unknown"  # what junk belongs to: one network, so that junk is not a way round a limit

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# As proxies write them: "[2001:db8::1]:443", "203.0.113.7:5678", fe80::1%eth0.
_BRACKETS = re.compile(r"\[([^\]]*)\](?::\d+)?")
_IPV4_WITH_PORT = re.compile(r"([\d.]+):\d+")


def client_address(source_ip: str, forwarded_for: str | None, trusted_hops: int) -> str:
    """The client's address behind `trusted_hops` proxies of ours.

    The chain is `X-Forwarded-For`, with `source_ip` added when it is not its last entry; the client
    is the entry that many places left of the last. Entries further left are whatever the client
    wrote, and are never looked at. With too few entries, or an entry that is no address, it is
    `source_ip`; `unknown` when that is none either.
    """
    source = _parsed(source_ip)
    # Empty elements of a list count for nothing (RFC 9110, 5.6.1).
    from_the_right = (entry for entry in reversed((forwarded_for or "").split(",")) if entry.strip())
    chain = [_parsed(entry) for entry in islice(from_the_right, trusted_hops + 1)][::-1]
    if not chain or chain[-1] != source:
        chain.append(source)
    client = chain[-1 - trusted_hops] if trusted_hops < len(chain) else None
    return str(client or source or UNKNOWN)


def exact_network(address: str) -> str:
    """What one subscriber has: an IPv4 address itself, an IPv6 /64 (RFC 6177)."""
    return _network(address, ipv4_bits=32, ipv6_bits=64)


def household(address: str) -> str:
    """What is counted as one reader's connection: an IPv4 address itself, an IPv6 /48.

    One home may be given anything from a /64 to a /48 (RFC 6177), so /64s are no number of readers.
    """
    return _network(address, ipv4_bits=32, ipv6_bits=48)


def wide_network(address: str) -> str:
    """What one site or a small provider has: an IPv4 /24, an IPv6 /48."""
    return _network(address, ipv4_bits=24, ipv6_bits=48)


def _network(address: str, *, ipv4_bits: int, ipv6_bits: int) -> str:
    parsed = _parsed(address)
    if parsed is None:
        return UNKNOWN
    bits = ipv4_bits if parsed.version == 4 else ipv6_bits
    if bits == parsed.max_prefixlen:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, bits), strict=False))


def _parsed(entry: str) -> _Address | None:
    text = entry.strip().strip('"')
    enclosed = _BRACKETS.fullmatch(text) or _IPV4_WITH_PORT.fullmatch(text)
    try:
        address = ipaddress.ip_address((enclosed[1] if enclosed else text).partition("%")[0])
    except ValueError:
        return None
    # ::ffff:203.0.113.7 is how a socket for both families shows an IPv4 client (RFC 4291, 2.5.5.2).
    return getattr(address, "ipv4_mapped", None) or address
