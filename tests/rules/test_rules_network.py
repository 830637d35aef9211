import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.network import client_address, exact_network, wide_network

PROXY = "10.0.0.1"
ADDRESSES = st.ip_addresses().map(str)


@pytest.mark.parametrize(
    ("forwarded_for", "hops", "client"),
    [
        pytest.param(None, 0, PROXY, id="no header"),
        pytest.param("203.0.113.7", 0, PROXY, id="no trusted proxy, a forged header"),
        pytest.param("203.0.113.7", 1, "203.0.113.7", id="one proxy"),
        pytest.param(f"203.0.113.7, {PROXY}", 1, "203.0.113.7", id="the source is the last entry already"),
        pytest.param("6.6.6.6, 203.0.113.7", 1, "203.0.113.7", id="an entry of the client's own"),
        pytest.param("6.6.6.6, 203.0.113.7, 192.0.2.1", 2, "203.0.113.7", id="two proxies"),
        pytest.param("203.0.113.7", 2, PROXY, id="too few entries"),
        pytest.param(None, 1, PROXY, id="a proxy that says nothing"),
        pytest.param("unknown", 1, PROXY, id="not an address"),
        pytest.param("203.0.113.7:4711", 1, "203.0.113.7", id="with a port"),
        pytest.param('"[2001:db8::1]:443"', 1, "2001:db8::1", id="in brackets with a port"),
        pytest.param("[2001:DB8:0::1]", 1, "2001:db8::1", id="in brackets"),
        pytest.param("fe80::1%eth0", 1, "fe80::1", id="with a zone"),
        pytest.param("::ffff:203.0.113.7", 1, "203.0.113.7", id="an IPv4 client of an IPv6 socket"),
        pytest.param(" ,, 203.0.113.7 ,", 1, "203.0.113.7", id="empty elements"),
        pytest.param(f"203.0.113.7, ::ffff:{PROXY}", 1, "203.0.113.7", id="the source spelt otherwise"),
        pytest.param("010.0.0.7", 1, PROXY, id="leading zeros, which may be octal"),
    ],
)
def test_the_client_is_as_many_places_left_of_the_last_as_there_are_proxies(
    forwarded_for: str | None, hops: int, client: str
) -> None:
    assert client_address(PROXY, forwarded_for, hops) == client


def test_a_source_that_is_no_address_is_unknown() -> None:
    assert client_address("test-invoke-source-ip", None, 0) == "unknown"


@given(st.text(), ADDRESSES, ADDRESSES)
def test_a_forged_header_changes_nothing(forged: str, client: str, source: str) -> None:
    assert client_address(source, forged, 0) == client_address(source, None, 0)
    honest = client_address(source, client, 1)
    assert client_address(source, f"{forged}, {client}", 1) in {honest, client_address(source, None, 0)}


@pytest.mark.parametrize(
    ("address", "exact", "wide"),
    [
        pytest.param("203.0.113.7", "203.0.113.7", "203.0.113.0/24", id="IPv4"),
        pytest.param("2001:db8:1:2:3::4", "2001:db8:1:2::/64", "2001:db8:1::/48", id="IPv6"),
        pytest.param("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.0/24", id="mapped"),
        pytest.param("fe80::1%eth0", "fe80::/64", "fe80::/48", id="zone"),
        pytest.param("junk", "unknown", "unknown", id="junk"),
        pytest.param("", "unknown", "unknown", id="empty"),
    ],
)
def test_networks(address: str, exact: str, wide: str) -> None:
    assert (exact_network(address), wide_network(address)) == (exact, wide)


@given(st.text(), st.none() | st.text(), st.integers(0, 5))
def test_any_text_is_taken(source: str, forwarded_for: str | None, hops: int) -> None:
    client = client_address(source, forwarded_for, hops)
    assert client_address(client, None, 0) == client
    assert exact_network(client)
    assert wide_network(client)
