"""Files that ship with the service, their media types, and what a browser may do in the pages among them."""

from pydantic import ConfigDict

from chalicelib.api.fields import Fields
from chalicelib.api.pages import MEDIA_TYPE
from chalicelib.api.route import Answer, Request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Nothing but our own files and our own API, and no text ever becomes HTML or script (Trusted Types)."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The page's address holds the filter, which is nobody else's to read.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
COMPRESSED = {"Vary": "Accept-Encoding"}
"""By whichever door: the gateway itself, or the service where the door compresses nothing (events.py)."""
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


class PageQuery(Fields):
    """The query of a page is for its scripts to read, whatever is in it."""

    model_config = ConfigDict(extra="ignore")


def page(text: str, request: Request) -> Answer:
    """A page."""
    return Answer(200, text, HEADERS | {"Content-Type": MEDIA_TYPE})


def asset(found: tuple[str, str], request: Request) -> Answer:
    """A script or a style sheet, by its suffix."""
    suffix, text = found
    return Answer(200, text, HEADERS | COMPRESSED | {"Content-Type": MEDIA_TYPES[suffix]})


def embedded(found: tuple[str, str], request: Request) -> Answer:
    """A script or a style sheet of the elements, for the pages of any site."""
    suffix, text = found
    return Answer(200, text, COMPRESSED | {"Content-Type": MEDIA_TYPES[suffix]})
