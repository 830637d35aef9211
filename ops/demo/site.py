"""The pages of the demonstration: plain HTML made from what the HTTP API answers, readable without script."""

import json
import secrets
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from ops.demo import parts
from ops.demo.content import ARTICLES, DemoArticle
from ops.serve.door import App, Page

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    # The way back from the form leads to the article's address, which names the machine as 127.0.0.1.
    "form-action 'self' http://127.0.0.1:*; base-uri 'none'; frame-ancestors 'none'"
)
BY_ID = {article.id: article for article in ARTICLES}
THREADS = 20


class Site:
    """Answers the demonstration's own addresses; None for all others, which belong to the app."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __call__(self, path: str, query: dict[str, str], host: str) -> Page | None:
        """A page, a style sheet or a script of the demonstration."""
        if path == "/":
            return self._page("Le Courrier", self._front(query))
        folder, _, name = path.removeprefix("/demo/").rpartition("/")
        if path.startswith("/demo/") and not folder:
            if name in BY_ID:
                return self._article(BY_ID[name], query)
            if (STATIC / name).is_file() and "/" not in name:
                return _static(STATIC / name)
        return None

    def _front(self, query: dict[str, str]) -> str:
        counts = self._ask("/counts", {"ids": ",".join(BY_ID)}).get("counts", {})
        teasers = "".join(parts.teaser(article, counts.get(article.id)) for article in ARTICLES)
        window = query.get("window", "24h")
        return parts.front(teasers, self._most_read(window, None))

    def _article(self, article: DemoArticle, query: dict[str, str]) -> Page:
        known = self._ask(f"/articles/{article.id}", {})
        if "article_id" not in known:
            return self._page("Article supprimé", "<h1>Cet article a été retiré.</h1>", status=404)
        wanted = {"sort": query.get("sort", "newest"), "limit": str(THREADS)}
        if query.get("cursor"):
            wanted["cursor"] = query["cursor"]
        page = self._ask(f"/articles/{article.id}/comments", wanted)
        form = parts.comment_form(
            action=f"/articles/{article.id}/comments",
            submission_id=secrets.token_urlsafe(18),
            answered=_answered(page, query.get("replytocom")),
            here=f"/demo/{article.id}",
        )
        body = parts.article(
            article,
            thread=parts.thread(page, article.id, wanted["sort"]),
            form=form if page.get("open") else parts.closed(),
            total=page.get("total", 0),
            held=query.get("tribune") == "held",
            aside=self._most_read("24h", article.id),
        )
        return self._page(article.title, body, article_id=article.id)

    def _most_read(self, window: str, current: str | None) -> str:
        known = window if window in parts.WINDOWS else "24h"
        return parts.most_read(self._ask("/most-read", {"window": known, "limit": "5"}), known, current)

    def _ask(self, path: str, query: dict[str, str]) -> Any:
        """What the API answers to a GET, as JSON."""
        event = {
            "version": "2.0",
            "rawPath": quote(path),
            "rawQueryString": urlencode(query),
            "headers": {"accept-language": "fr"},
            "requestContext": {"http": {"method": "GET", "sourceIp": "127.0.0.1"}},
        }
        return json.loads(self._app(event, None)["body"])

    def _page(self, title: str, body: str, *, status: int = 200, article_id: str | None = None) -> Page:
        html = parts.page(escape(title), body, article_id)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        return status, headers, html.encode()


def _answered(page: dict[str, Any], comment_id: str | None) -> dict[str, Any] | None:
    comments: list[dict[str, Any]] = page.get("comments", [])
    return next((comment for comment in comments if comment["id"] == comment_id), None)


def _static(path: Path) -> Page:
    headers = {"Content-Type": MEDIA_TYPES[path.suffix], "Cache-Control": "no-cache"}
    return 200, headers, path.read_bytes()
