"""Where the demonstration's pages are: the French ones under / and /demo/, the English ones under /en/."""

import re
import unicodedata

from ops.demo.story import DemoArticle

FILES = "/demo/files/"
HOME = {"fr": "/", "en": "/en/"}
BELOW = {"fr": "/demo/", "en": "/en/"}
SECTION = {"fr": "/demo/rubrique/", "en": "/en/section/"}
RULES = {"fr": "/demo/regles", "en": "/en/rules"}
DATA = {"fr": "/demo/donnees", "en": "/en/data"}


def article(demo: DemoArticle) -> str:
    """The path of an article."""
    return BELOW[demo.language] + demo.id


def image(demo: DemoArticle) -> str:
    """The path of an article's drawing."""
    return f"{FILES}{demo.image}.svg"


def section(language: str, name: str) -> str:
    """The path of a section: `Économie` is at `economie`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return SECTION[language] + re.sub(r"[^a-z]+", "-", plain)
