"""Which articles take comments, and what an article's id may look like."""

import re

from chalicelib.model import Article
from chalicelib.rules.instants import DAY

ARTICLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,127}", re.ASCII)


def is_article_id(text: str) -> bool:
    """Whether this can be the id of an article at all."""
    return ARTICLE_ID.fullmatch(text) is not None


def comments_open(article: Article, *, now: int, close_after_days: int) -> bool:
    """Whether readers may comment now: as moderators set it, else as the CMS did, else until so many days after
    publication. Where moderators hold an article's comments it is open: they are taken, and wait."""
    if article.newsroom_mode != "auto":
        return article.newsroom_mode != "closed"
    if article.comments_mode != "auto":
        return article.comments_mode == "open"
    born = article.created_at if article.published_at is None else article.published_at
    return close_after_days == 0 or now < born + close_after_days * DAY
