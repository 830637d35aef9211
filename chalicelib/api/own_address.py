"""Where the service itself is, as whoever asks reaches it: what absolute links to it begin with."""

import re

from chalicelib.api.route import Request
from chalicelib.settings import Settings

HOST = re.compile(r"([a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])(:\d{1,5})?", re.IGNORECASE)
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
    if not HOST.fullmatch(host):
        return ""
    scheme = "http" if request.headers.get("x-forwarded-proto", "").strip().lower() == "http" else "https"
    return f"{scheme}://{host.lower()}{request.path_before}"
