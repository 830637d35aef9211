"""A page of threads as nested lists. Whatever is said of a comment comes from its public JSON."""

from dataclasses import dataclass, field

from chalicelib.api import wording
from chalicelib.api.answers import Body, comment_body
from chalicelib.api.drawing import Drawing
from chalicelib.api.markup import Html, Value, el, joined, web_address
from chalicelib.model import PublicComment, ThreadPage
from chalicelib.rules import threads

AUTHOR_REL = "nofollow ugc noopener"


@dataclass
class Place:
    """A place in a thread: the comment there, None where it is not on the page, and the places of its replies."""

    comment: PublicComment | None = None
    continued: bool = False
    replies: list["Place"] = field(default_factory=list)


def nested(page: ThreadPage) -> list[Place]:
    """The threads of a page, with a place for each ancestor that is not on it.

    Of a page that begins inside a thread, those above its first comment may be on the page before it; all others
    that are missing are not public any more.
    """
    top = Place()
    places = {"": top}
    for at, comment in enumerate(page.comments):
        for end in range(threads.WIDTH, len(comment.path) + 1, threads.WIDTH):
            path = comment.path[:end]
            if path not in places:
                places[path] = Place(continued=page.continues and at == 0)
                places[path[: -threads.WIDTH]].replies.append(places[path])
        places[comment.path].comment = comment
    return top.replies


def threads_list(drawing: Drawing, page: ThreadPage) -> Html:
    """The list of a page's threads, behind the comment that is pinned where it is not among them."""
    pinned = page.pinned
    lists = [_list(drawing, "comment-list", nested(page), page)]
    if pinned and pinned.id not in {comment.id for comment in page.comments}:
        lists.insert(0, _list(drawing, "comment-list", [Place(pinned)], page))
    return joined(*lists)


def _list(drawing: Drawing, part: str, places: list[Place], page: ThreadPage) -> Html:
    return el("ol", {"class": drawing.named(part)}, *(_item(drawing, place, page) for place in places))


def _item(drawing: Drawing, place: Place, page: ThreadPage) -> Html:
    replies = _list(drawing, "children", place.replies, page) if place.replies else None
    if place.comment is None:
        missing = drawing.say("continued" if place.continued else "removed")
        return el("li", {"class": f"{drawing.named('comment')} tribune-missing"}, el("p", {}, missing), replies)
    depth = threads.depth(place.comment.path) + 1
    attributes: dict[str, Value] = {
        "id": f"comment-{place.comment.id}",
        "class": f"{drawing.named('comment')} depth-{depth}",
    }
    return el("li", attributes, _comment(drawing, place.comment, page), replies)


def _comment(drawing: Drawing, shown: PublicComment, page: ThreadPage) -> Html:
    comment = comment_body(shown)
    is_pinned = page.pinned is not None and page.pinned.id == comment["id"]
    author = _author(drawing, comment["author"], is_pinned)
    return el(
        "article",
        {
            "class": drawing.named("comment-body"),
            "id": f"div-comment-{comment['id']}" if drawing.skin else None,
            "aria-label": comment["author"]["name"],
        },
        el(
            "footer",
            {"class": drawing.named("comment-meta")},
            author,
            " ",
            _when(drawing, comment, shown.created_at),
        ),
        el("div", {"class": drawing.named("comment-content"), "dir": "auto"}, Html(comment["content_html"])),
        _actions(drawing, comment, page.open),
    )


def _author(drawing: Drawing, author: Body, is_pinned: bool) -> Html:
    name, url = el("bdi", {}, author["name"]), web_address(author["url"])
    linked = el("a", {"href": url, "rel": AUTHOR_REL}, name) if url else name
    return el(
        "span",
        {"class": f"{drawing.named('comment-author')} vcard"},
        avatar(drawing, author),
        " ",
        el("b", {"class": drawing.named("fn")}, linked),
        *(
            joined(" ", el("span", {"class": "tribune-staff"}, drawing.say(key)))
            for key, holds in (("staff", author.get("staff")), ("pinned", is_pinned))
            if holds
        ),
    )


def avatar(drawing: Drawing, author: Body) -> Html:
    """The portrait drawn from the seed of the public name, as the element draws it: squares, mirrored."""
    bits = int(author["avatar"][:8], 16)
    squares = (divmod(at, 3) for at in range(15) if bits >> at & 1)
    path = "".join(f"M{x} {y}h1v1h-1zM{4 - x} {y}h1v1h-1z" for y, x in squares)
    return el(
        "svg",
        {
            "class": drawing.named("avatar"),
            "viewBox": "-1 -1 7 7",
            "width": 40,
            "height": 40,
            "aria-hidden": "true",
        },
        el("path", {"d": path, "fill": f"hsl({bits % 360} 55% 50%)"}),
    )


def _when(drawing: Drawing, comment: Body, created_at: int) -> Html:
    time = el("time", {"datetime": comment["created_at"]}, wording.date(drawing.language, created_at))
    return el(
        "span",
        {"class": drawing.named("comment-metadata")},
        drawing.link(f"#comment-{comment['id']}", {}, time),
        f" ({drawing.say('edited')})" if comment["edited_at"] else None,
    )


def _actions(drawing: Drawing, comment: Body, is_open: bool) -> Html | None:
    votes = comment["votes"]
    parts = [el("span", {"class": "tribune-votes"}, wording.vote_count(drawing.language, votes))] if votes else []
    if is_open:
        label = drawing.say("reply_to", name=comment["author"]["name"])
        attributes: dict[str, Value] = {
            "class": drawing.named("comment-reply-link"),
            "rel": "nofollow",
            "aria-label": label,
        }
        href = drawing.page("respond", reply_to=comment["id"])
        parts.append(drawing.link(href, attributes, drawing.say("reply")))
    return el("div", {"class": drawing.named("reply")}, *_spaced(parts)) if parts else None


def _spaced(parts: list[Html]) -> list[str]:
    return [piece for part in parts for piece in (" ", part)][1:]
