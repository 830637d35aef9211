"""Where the service itself is, as whoever asks reaches it: what absolute links to it begin with."""

import re
from ipaddress import IPv6Address

from chalicelib.api.route import Request
from chalicelib.settings import Settings

HOST = re.compile(
    r"([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[(?P<ipv6>[0-9a-f:.]+)\])(:(?P<port>\d{1,5}))?", re.IGNORECASE | re.ASCII
)
HIGHEST_PORT = 65_535
PREFIX = re.compile(r"(/[A-Za-z0-9._~%-]+)*")


def path_before(path: str, route: str) -> str:
    """What stands before a row's path in the path asked for: a stage, or the base path of one's own domain."""
    parts = path.removesuffix("/").split("/")
    before = "/".join(parts[: len(parts) - route.count("/")])
    return before if PREFIX.fullmatch(before) else ""


def of_service(request: Request, settings: Settings) -> str:
    """The service's address without a closing slash; empty where neither a setting nor the request tells it.

    `TRIBUNE_PUBLIC_URL`, or else scheme and host of the request and what came before the row's path. Doors of AWS
    set `X-Forwarded-Proto` and `Host` themselves.
    """
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = request.headers.get("host", "").strip()
    if not _is_host(host):
        return ""
    scheme = "http" if request.headers.get("x-forwarded-proto", "").strip().lower() == "http" else "https"
    return f"{scheme}://{host.lower()}{request.path_before}"


def origin(address: str) -> str:
    """An address without its path."""
    return "/".join(address.split("/", 3)[:3])


def _is_host(host: str) -> bool:
    found = HOST.fullmatch(host)
    if found is None or int(found["port"] or 0) > HIGHEST_PORT:
        return False
    try:
        return found["ipv6"] is None or bool(IPv6Address(found["ipv6"]))
    except ValueError:
        return False
