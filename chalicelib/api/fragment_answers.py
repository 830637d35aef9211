"""Documents as answers: a part of a page of the site, or a page of its own, that work without script."""

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

from chalicelib.api import form_markup, list_markup, own_address, thread_markup, wording
from chalicelib.api.drawing import Drawing
from chalicelib.api.markup import Html, Value, el, joined, web_address
from chalicelib.api.pages import MEDIA_TYPE
from chalicelib.api.route import Answer, Request
from chalicelib.model.documents import CommentsDocument, Framing, ListDocument

STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1rem}h1{line-height:1.2}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
ICON = "data:"
"""Whence a page of comments has its only picture: an icon that is none, so that none is asked for."""
PICTURES = "http: https: data:"
"""Whence a list has its articles' pictures as well."""
SORTS = ("newest", "oldest", "best")
LIMIT = 20
"""Threads of a page unless more or fewer are asked for."""
NOT_INDEXED = {"X-Robots-Tag": "noindex"}
"""For what search engines should find on the page that holds it, not here."""
PERSONAL = {"Cache-Control": "no-store", "Vary": "Accept-Language"}
"""For a page in the reader's language, whose form has an id that no other reader's may have."""


def comments(document: CommentsDocument, request: Request) -> Answer:
    """An article's comments with the form for another one."""
    article, service = document.article, request.service
    address = f"{service}/articles/{article.id}/comments"
    drawing = Drawing(
        request.language,
        document.skin,
        document.framing.shape == "page",
        f"{address}.html",
        {
            "sort": None if document.sort == SORTS[0] else document.sort,
            "limit": None if document.limit == LIMIT else str(document.limit),
            "cursor": document.cursor,
        },
    )
    content = _comments(drawing, document, service)
    if not drawing.is_page:
        return _fragment(content, request)
    url = web_address(article.url)
    feed: dict[str, Value] = {"rel": "alternate", "type": "application/atom+xml", "href": f"{address}.atom"}
    head = joined(el("link", {"rel": "canonical", "href": url}) if url else None, el("link", feed))
    heading = el("h1", {}, el("a", {"href": url}, article.title))
    inside = el("div", {"class": "tribune-comments"}, content)
    title = drawing.say("about", title=article.title)
    return _page(joined(heading, inside), title, head, document.framing, request, PERSONAL)


def most_read(document: ListDocument, request: Request) -> Answer:
    """A most-read list."""
    is_page = document.framing.shape == "page"
    drawing = Drawing(request.language, None, is_page, f"{request.service}/most-read.html", {})
    content = list_markup.most_read(drawing, document.most_read, document.current)
    if not is_page:
        return _fragment(content, request)
    shown = content or el("p", {}, drawing.say("nothing_listed"))
    title = drawing.say("most_read")
    return _page(shown, title, Html(), document.framing, request, NOT_INDEXED, images=PICTURES)


def refusal(problem: dict[str, Any], request: Request, language: str) -> tuple[str, dict[str, str]]:
    """A refusal for people, in the shape that was asked for: a sentence, or a page with the sentence on it."""
    said = [wording.say(language, "no_article") if problem["code"] == "unknown_article" else problem["detail"]]
    for error in problem.get("errors", []):
        said.append(wording.say(language, "wrong", field=error["field"], message=error["message"]))
    sentence = el("p", {"class": "tribune-notice"}, " ".join(said))
    headers = {"Content-Type": MEDIA_TYPE}
    if request.query.get("as", [""])[-1] != "page":
        return sentence, headers
    heading = el("h1", {}, problem["title"])
    page = _document(joined(heading, sentence), problem["title"], Html(), language)
    return page, headers | {"Content-Security-Policy": _policy([], ["*"], ICON)}


def _comments(drawing: Drawing, document: CommentsDocument, service: str) -> Html:
    page = document.page
    is_open, total = page.open, page.total
    bar = el(
        "p", {"class": "tribune-bar"}, drawing.link("#respond", {"class": "tribune-open"}, drawing.say("leave"))
    )
    title = wording.comment_count(drawing.language, total)
    following = drawing.page("comments", cursor=page.next_cursor)
    more = drawing.link(following, {"rel": "next"}, drawing.say("more"))
    return joined(
        bar if is_open else None,
        el("h2", {"id": "comments", "class": drawing.named("comments-title")}, title),
        el("p", {"class": "tribune-first"}, drawing.say("first")) if is_open and not total else None,
        _sorts(drawing, document) if page.comments else None,
        thread_markup.threads_list(drawing, page) if page.comments else None,
        el("p", {"class": drawing.named("comment-navigation")}, more) if page.next_cursor else None,
        form_markup.respond(drawing, document, service),
    )


def _sorts(drawing: Drawing, document: CommentsDocument) -> Html:
    pieces: list[str] = []
    for sort in SORTS:
        if sort == document.sort:
            pieces += [" ", el("b", {"aria-current": "true"}, drawing.say(sort))]
            continue
        asked = None if sort == SORTS[0] else sort
        href = drawing.page("comments", sort=asked, cursor=None)
        pieces += [" ", drawing.link(href, {"rel": "nofollow"}, drawing.say(sort))]
    return el("nav", {"class": "tribune-tools", "aria-label": drawing.say("sort")}, *pieces[1:])


def _fragment(content: Html, request: Request) -> Answer:
    headers = {"Content-Type": MEDIA_TYPE, "Content-Language": request.language}
    return Answer(200, str(content), headers | NOT_INDEXED)


def _page(
    content: Html,
    title: str,
    head: Html,
    framing: Framing,
    request: Request,
    more: dict[str, str],
    *,
    images: str = ICON,
) -> Answer:
    """A page of its own. In a frame, what leads elsewhere leads the whole window there."""
    sheet = request.service + framing.stylesheet
    links = joined(el("base", {"target": "_top"}), el("link", {"rel": "stylesheet", "href": sheet}), head)
    home = [own_address.origin(request.service)] if request.service else []
    headers = {
        "Content-Type": MEDIA_TYPE,
        "Content-Language": request.language,
        "Content-Security-Policy": _policy(home, framing.origins, images),
    }
    return Answer(200, _document(content, title, links, request.language), headers | more)


def _policy(home: Iterable[str], origins: Iterable[str], images: str) -> str:
    """What a page may do: wear our style, show such pictures, and stand in a frame on pages of these origins.

    Without `form-action`, which browsers apply to the redirect to the article as well.
    """
    styles = " ".join(["'self'", *home, f"'sha256-{STYLE_HASH}'"])
    frames = " ".join(["'self'", *origins])
    return f"default-src 'none'; style-src {styles}; img-src {images}; base-uri 'none'; frame-ancestors {frames}"


def _document(content: Html, title: str, head: Html, language: str) -> str:
    """A whole HTML document."""
    start = joined(
        el("meta", {"charset": "utf-8"}),
        el("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        el("meta", {"name": "color-scheme", "content": "light dark"}),
        el("title", {}, title),
        el("style", {}, Html(STYLE)),
        el("link", {"rel": "icon", "href": "data:,"}),
        head,
    )
    body = el("body", {}, el("main", {}, content))
    return f"<!doctype html>{el('html', {'lang': language}, el('head', {}, start), body)}"
