"""The pages of the demonstration: plain HTML around what the HTTP API answers, readable without script."""

import json
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from chalicelib.backend import clock
from chalicelib.rules import instants
from ops.demo import layout, leaflets, pages, places
from ops.demo.content import ARTICLES, BY_ID
from ops.demo.story import DemoArticle
from ops.demo.words import WORDS, Words
from ops.serve.door import App, Page

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
POLICY = (
    # Articles are registered under 127.0.0.1, where their pictures are and the form leads back to.
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: http://127.0.0.1:*; form-action 'self' http://127.0.0.1:*; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tribune"
)
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
Query = dict[str, str]


class Site:
    """Answers the demonstration's own addresses; None for all others, which belong to the app."""

    def __init__(self, app: App, now: Callable[[], int] = clock) -> None:
        self._app = app
        self._now = now
        self._pages: dict[str, Callable[[Query], Page]] = {}
        for words in WORDS.values():
            self._publish(words)

    def __call__(self, path: str, query: Query, host: str) -> Page | None:
        """A page, a style sheet or a drawing of the demonstration."""
        if path in self._pages:
            return self._pages[path](query)
        name = path.removeprefix(places.FILES)
        if name != path and name in FILES:
            headers = {"Content-Type": MEDIA_TYPES[Path(name).suffix], "Cache-Control": "no-cache"}
            return 200, HEADERS | headers | {"Content-Security-Policy": "default-src 'none'"}, FILES[name]
        return None

    def _publish(self, words: Words) -> None:
        """Give each page of a language its path."""
        language = words.language
        self._pages[places.HOME[language]] = partial(self._front, words)
        self._pages[places.RULES[language]] = partial(
            self._leaflet, words, words.rules, leaflets.RULES, places.RULES
        )
        self._pages[places.DATA[language]] = partial(self._leaflet, words, words.data, leaflets.DATA, places.DATA)
        for name in layout.SECTIONS[language]:
            self._pages[places.section(language, name)] = partial(self._section, words, name)
        for demo in _of(language):
            self._pages[places.article(demo)] = partial(self._article, words, demo)

    def _leaflet(
        self, words: Words, title: str, texts: dict[str, tuple[str, ...]], paths: dict[str, str], query: Query
    ) -> Page:
        at, other = paths[words.language], paths[layout.OTHER[words.language]]
        return self._page(words, title, pages.leaflet(title, texts[words.language]), at=at, other=other)

    def _front(self, words: Words, query: Query) -> Page:
        shown, counts = self._shown(words)
        body = pages.front(words, shown, counts, self._listed)
        at, other = places.HOME[words.language], places.HOME[layout.OTHER[words.language]]
        return self._page(words, "Le Courrier", body, at=at, other=other)

    def _section(self, words: Words, name: str, query: Query) -> Page:
        shown, counts = self._shown(words)
        shown = [demo for demo in shown if demo.section == name]
        body = pages.section(words, name, shown, counts, self._listed)
        at, other = places.section(words.language, name), places.HOME[layout.OTHER[words.language]]
        return self._page(words, f"{name} · Le Courrier", body, at=at, other=other)

    def _article(self, words: Words, demo: DemoArticle, query: Query) -> Page:
        at, other = places.article(demo), _translation(demo)
        shown, counts = self._shown(words)
        if demo not in shown:
            body = pages.leaflet(words.gone, ())
            return self._page(words, words.gone, body, at=at, other=other, status=404)
        known = json.loads(self._ask(f"/articles/{demo.id}")[1])
        day = layout.date(words, instants.parse(known["published_at"] or known["created_at"]))
        thread = self._thread(words, demo, query)
        if demo.classic:
            body = pages.classic(words, demo, thread, day)
        else:
            body = pages.article(words, demo, counts, thread, self._listed, day)
        theme = "classic" if demo.classic else "paper"
        return self._page(words, f"{demo.title} · Le Courrier", body, at=at, other=other, theme=theme)

    def _thread(self, words: Words, demo: DemoArticle, query: Query) -> str:
        """An article's comments and the form, as the service draws them; a link to them where it does not."""
        asked = {"lang": words.language}
        if demo.classic:
            asked["skin"] = "wordpress"
        if query.get("tribune") == "held":
            asked["notice"] = "held"
        address = f"/articles/{demo.id}/comments.html"
        return self._drawn(address, asked, words.comments)

    def _listed(self, **asked: str | list[str]) -> str:
        """A most-read list as the service draws it; nothing where there is none."""
        return self._drawn("/most-read.html", asked, "")

    def _drawn(self, path: str, asked: dict[str, Any], instead: str) -> str:
        status, drawn = self._ask(path, asked)
        if status == 200:
            return drawn
        return f'<a href="{escape(path)}?as=page">{escape(instead)}</a>' if instead else ""

    def _shown(self, words: Words) -> tuple[list[DemoArticle], dict[str, str]]:
        """The articles of a language that are there, and how many comments each has, in words."""
        demos = _of(words.language)
        status, answer = self._ask("/counts", {"ids": ",".join(demo.id for demo in demos)})
        counts = json.loads(answer)["counts"] if status == 200 else {}
        told = {id: words.count(found["comments"]) for id, found in counts.items()}
        return [demo for demo in demos if demo.id in counts], told

    def _ask(self, path: str, query: dict[str, Any] | None = None) -> tuple[int, str]:
        """What the API answers to a GET. It is not told the host, so that its links stay on this one."""
        event = {
            "version": "2.0",
            "rawPath": quote(path),
            "rawQueryString": urlencode(query or {}, doseq=True),
            "headers": {},
            "requestContext": {"http": {"method": "GET", "sourceIp": "127.0.0.1"}},
        }
        answer = self._app(event, None)
        return answer["statusCode"], answer["body"]

    def _page(self, words: Words, title: str, body: str, *, status: int = 200, **frame: str) -> Page:
        html = layout.page(words, title, body, now=self._now(), **frame)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY}
        return status, HEADERS | headers | {"Cache-Control": "no-store"}, html.encode()


FILES = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in MEDIA_TYPES}


def _of(language: str) -> list[DemoArticle]:
    return [article for article in ARTICLES if article.language == language]


def _translation(demo: DemoArticle) -> str:
    """The path of the same article in the other language, or else of the front page there."""
    other = BY_ID.get(demo.translation)
    return places.article(other) if other else places.HOME[layout.OTHER[demo.language]]
