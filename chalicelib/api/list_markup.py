"""A most-read list: each article's rank, section, title and picture."""

import zlib

from chalicelib.api import wording
from chalicelib.api.answers import Body, most_read_body
from chalicelib.api.drawing import Drawing
from chalicelib.api.markup import Html, Value, el, joined, web_address
from chalicelib.model import MostRead
from chalicelib.rules import instants


def most_read(drawing: Drawing, found: MostRead, current: str | None) -> Html:
    """The list with its heading and its age; nothing at all where there is nothing in it."""
    rows = most_read_body(found)["articles"]
    if not rows:
        return Html()
    # A page may have several lists, each with a heading of its own.
    which = zlib.crc32(repr((found.window, found.sort, found.section)).encode())
    id = f"tribune-most-read-{which:08x}"
    return el(
        "section",
        {"class": "tribune-most-read", "aria-labelledby": id},
        el("h2", {"id": id, "class": "tribune-list-title"}, drawing.say("most_read")),
        el("ol", {"class": "tribune-ranks", "role": "list"}, *(_row(row, current) for row in rows)),
        _updated(drawing, found.generated_at),
    )


def _row(row: Body, current: str | None) -> Html:
    image = web_address(row["image_url"])
    picture: dict[str, Value] = {"src": image, "alt": "", "loading": "lazy", "width": 80, "height": 60}
    here = "page" if row["article_id"] == current else None
    return el(
        "li",
        {"value": row["rank"]},
        el(
            "a",
            {"href": web_address(row["url"]), "aria-current": here},
            joined(el("img", picture), " ") if image else None,
            joined(el("span", {"class": "tribune-section"}, row["section"]), " ") if row["section"] else None,
            el("span", {"class": "tribune-headline"}, row["title"]),
        ),
    )


def _updated(drawing: Drawing, at: int | None) -> Html | None:
    if at is None:
        return None
    before, _, after = drawing.say("updated", date="\0").partition("\0")
    said = wording.date(drawing.language, at)
    time = el("time", {"datetime": instants.text(at)}, said)
    return el("p", {"class": "tribune-updated"}, before, time, after)
