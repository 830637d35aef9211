"""What a site's developer pastes into an article's page, and what the page's policy must allow."""

import json
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

INTEGRITY = Path(__file__).parents[1] / "chalicelib" / "widget" / "embed" / "integrity.json"


def lines(url: str, article_id: str) -> list[str]:
    """What to paste, what to allow where a page has a policy, and the script of pages in English."""
    return [
        elements(url, article_id),
        "",
        "Where the page has a Content-Security-Policy, add to it:",
        policy(url),
        "",
        "In pages in English, the first line is:",
        script(url, "tribune.en.js"),
    ]


def elements(url: str, article_id: str) -> str:
    """The comments of an article, which count its views, and the list « Les + Lus », of the service at `url`.

    The link inside is for readers without script, and for search engines.
    """
    article = escape(article_id)
    page = escape(f"{url}/articles/{quote(article_id)}/comments.html?as=page")
    return f"""\
{script(url)}
<tribune-comments article="{article}"><a href="{page}">Lire et écrire des commentaires</a></tribune-comments>
<tribune-most-read window="24h" limit="5" article="{article}"></tribune-most-read>"""


def script(url: str, file: str = "tribune.fr.js") -> str:
    """The tag of a script of ours, with its hash: a browser runs no other in its place."""
    return f'<script type="module" src="{_address(url, file)} crossorigin></script>'


def stylesheet(url: str) -> str:
    """The tag of our style sheet: for pages without script, and for those where nothing at all may move."""
    return f'<link rel="stylesheet" href="{_address(url, "tribune.css")} crossorigin>'


def _address(url: str, file: str) -> str:
    record: dict[str, Any] = json.loads(INTEGRITY.read_text("utf-8"))
    version = record["current"]
    return f'{escape(url)}/embed/{version}/{file}" integrity="{record["versions"][version][file]}"'


def policy(url: str) -> str:
    """What a page's Content-Security-Policy must allow; `url` may have a path, which no policy names.

    A browser asks the policy again when the form's answer leads back to the article: hence 'self'.
    """
    origin = "/".join(url.split("/")[:3])
    return (
        f"script-src {origin}; connect-src {origin}; form-action 'self' {origin}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
