"""The frame of the demonstration's pages: masthead, sections, language switch, footer, and what is beside."""

from datetime import UTC, datetime
from html import escape

from chalicelib.actions import pages
from ops import snippet
from ops.demo import places
from ops.demo.content import ARTICLES
from ops.demo.story import DemoArticle
from ops.demo.words import WORDS, Words

SECTIONS = {
    language: tuple(dict.fromkeys(article.section for article in ARTICLES if article.language == language))
    for language in WORDS
}
OTHER = {"fr": "en", "en": "fr"}
NETWORKS = (
    ("Facebook", "https://www.facebook.com/"),
    ("Instagram", "https://www.instagram.com/"),
    ("Bluesky", "https://bsky.app/"),
    ("WhatsApp", "https://www.whatsapp.com/"),
)


def page(words: Words, title: str, body: str, *, at: str, other: str, now: int, theme: str = "paper") -> str:
    """A whole page with the script of the elements, as a publisher pastes it, and their styles for no script.

    `at` is its path, and `other` that of the same in the other language.
    """
    return f"""<!doctype html>
<html lang="{words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{"light" if theme == "classic" else "light dark"}">
<title>{escape(title)}</title>
<link rel="canonical" href="{at}">
<link rel="alternate" hreflang="{OTHER[words.language]}" href="{other}">
<link rel="icon" href="{places.FILES}icon.svg">
<link rel="stylesheet" href="{pages.stylesheet()}">
<link rel="stylesheet" href="{places.FILES}{theme}.css">
{snippet.script("", f"tribune.{words.language}.js")}
</head>
<body>
<a class="skip" href="#content">{words.skip}</a>
{_masthead(words, at, other, now)}
{body}
{_colophon(words)}
</body>
</html>
"""


def _masthead(words: Words, at: str, other: str, now: int) -> str:
    home = places.HOME[words.language]
    links = [(home, words.home), *((places.section(words.language, s), s) for s in SECTIONS[words.language])]
    abroad = OTHER[words.language]
    items = "".join(f'<li><a href="{path}"{current(path == at)}>{escape(name)}</a></li>' for path, name in links)
    return f"""<header class="masthead">
<p class="today">{date(words, now)}</p>
<p class="title"><a href="{home}">Le Courrier</a> <span>{words.edition}</span></p>
<p class="switch"><a href="{other}" lang="{abroad}" hreflang="{abroad}">{words.other}</a></p>
<nav aria-label="{words.sections}"><ul>{items}</ul></nav>
</header>"""


def _colophon(words: Words) -> str:
    rules, data = places.RULES[words.language], places.DATA[words.language]
    return (
        f'<footer class="colophon"><p>{words.colophon}</p>'
        f'<p><a href="{rules}">{words.rules}</a> <a href="{data}">{words.data}</a></p></footer>'
    )


def beside(words: Words, lists: str) -> str:
    """The aside: lists, and where else the newspaper is."""
    return f'<aside class="beside" aria-label="{words.aside}">{lists}{_follow()}</aside>'


def _follow() -> str:
    links = " ".join(f'<a href="{url}" rel="noopener me">{name}</a>' for name, url in NETWORKS)
    return f"<tribune-follow>{links}</tribune-follow>"


def picture(article: DemoArticle, *, lazy: bool = True) -> str:
    """An article's drawing, which tells nothing that the words beside it do not."""
    loading = ' loading="lazy"' if lazy else ""
    return f'<img src="{places.image(article)}" width="960" height="540" alt=""{loading}>'


def date(words: Words, now: int) -> str:
    """A day as newspapers write it (UTC)."""
    at = datetime.fromtimestamp(now / 1000, UTC)
    day = "1er" if at.day == 1 and words.language == "fr" else str(at.day)
    return f"{words.days[at.weekday()]} {day} {words.months[at.month - 1]} {at.year}"


def current(is_current: bool) -> str:
    """The attribute of the link to the page that is being read."""
    return ' aria-current="page"' if is_current else ""
