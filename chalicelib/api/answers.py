"""What goes out, built field by field: nothing of an entity leaves that is not named here."""

import hashlib
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from chalicelib import journal
from chalicelib.api.route import Answer, Request
from chalicelib.model import (
    AnyComment,
    Article,
    Health,
    ListedArticle,
    MostRead,
    PostedComment,
    PublicComment,
    ThreadPage,
    ViewOutcome,
)
from chalicelib.rules import instants, threads
from chalicelib.rules.rendering import render_html
from chalicelib.rules.web_address import with_fragment_and_query

Body = dict[str, Any]
RENDERED = 1_024
"""Texts whose HTML an environment remembers."""
HELD_QUERY = {"tribune": "held"}
HELD_FRAGMENT = "respond"
URI_SAFE = "%:/?#[]@!$&'()*+,;="
"""What stays as it is when an address becomes a header, which is ASCII (RFC 3987, 3.1)."""

content_html = lru_cache(RENDERED)(render_html)


def time_or_null(at: int | None) -> str | None:
    """A time for people and programs, in UTC."""
    return None if at is None else instants.text(at)


def avatar_seed(name: str) -> str:
    """What an avatar may be drawn from: the public name only, so it tells nothing about the address."""
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:16]


def comment_body(comment: AnyComment) -> Body:
    """A comment as anyone may see it; whatever is not published shows as held.

    These fields and no others are the contract. The path stays inside: it holds the times, and the beginnings of
    the ids, of ancestors that were removed.
    """
    return {
        "id": comment.id,
        "article_id": comment.article_id,
        "parent_id": comment.parent_id,
        "depth": threads.depth(comment.path),
        "status": "published" if comment.status == "published" else "held",
        "author": {
            "name": comment.author_name,
            "url": comment.author_url,
            "avatar": avatar_seed(comment.author_name),
            **({"staff": True} if comment.staff else {}),
        },
        "content_html": content_html(comment.content),
        "created_at": instants.text(comment.created_at),
        "edited_at": time_or_null(comment.edited_at),
        "votes": comment.votes_up - comment.votes_down,
    }


def posted(result: PostedComment, request: Request) -> Answer:
    """201 for a published comment, 202 for a held one; a form goes back to the article."""
    comment, article = result.comment, result.article
    published = comment.status == "published"
    if request.is_form:
        back = (
            with_fragment_and_query(article.url, {}, f"comment-{comment.id}")
            if published
            else with_fragment_and_query(article.url, HELD_QUERY, HELD_FRAGMENT)
        )
        return Answer(303, None, {"Location": quote(back, safe=URI_SAFE)})
    return Answer(201 if published else 202, own_body(result))


def own_body(result: PostedComment) -> Body:
    """A comment with what lets its poster edit it, and see what becomes of it."""
    token = {"edit_token": result.edit_token, "edit_until": instants.text(result.edit_until)}
    return comment_body(result.comment) | token


def thread_page(page: ThreadPage, request: Request) -> Answer:
    """A page of threads."""
    return Answer(
        200,
        {
            "article_id": page.article_id,
            "total": page.total,
            "open": page.open,
            "comments": [comment_body(comment) for comment in page.comments],
            **({"pinned": comment_body(page.pinned)} if page.pinned else {}),
            "next_cursor": page.next_cursor,
        },
    )


def comment_in_thread(result: tuple[PublicComment, list[PublicComment]], request: Request) -> Answer:
    """One comment, and its thread in reading order."""
    comment, thread = result
    return Answer(200, comment_body(comment) | {"thread": [comment_body(other) for other in thread]})


def article_body(article: Article, is_open: bool) -> Body:
    """An article's metadata and counts."""
    return {
        "article_id": article.id,
        "url": article.url,
        "title": article.title,
        "section": article.section,
        "image_url": article.image_url,
        "published_at": time_or_null(article.published_at),
        "comments": article.comments,
        "views": article.views,
        "comments_open": is_open,
        "comments_mode": article.comments_mode,
        "reactions": {},
    }


def article(result: tuple[Article, bool], request: Request) -> Answer:
    """An article as anyone sees it."""
    return Answer(200, article_body(*result))


def registered(result: tuple[Article, bool, bool], request: Request) -> Answer:
    """201 for a new article, 200 for a changed one."""
    changed, is_open, is_new = result
    return Answer(201 if is_new else 200, article_body(changed, is_open))


def nothing(result: None, request: Request) -> Answer:
    """204: done, and nothing to say."""
    return Answer(204)


def counts(result: list[Article], request: Request) -> Answer:
    """Comments and views of several articles."""
    return Answer(
        200, {"counts": {found.id: {"comments": found.comments, "views": found.views} for found in result}}
    )


def listed(row: ListedArticle) -> Body:
    """A row of a most-read list."""
    return {
        "rank": row.rank,
        "article_id": row.article_id,
        "title": row.title,
        "url": row.url,
        "section": row.section,
        "image_url": row.image_url,
        "published_at": time_or_null(row.published_at),
        "views": row.views,
        "comments": row.comments,
    }


def most_read_body(result: MostRead) -> Body:
    """A most-read list."""
    return {
        "window": result.window,
        "section": result.section,
        "sort": result.sort,
        "generated_at": time_or_null(result.generated_at),
        "articles": [listed(row) for row in result.articles],
    }


def most_read(result: MostRead, request: Request) -> Answer:
    """A most-read list."""
    return Answer(200, most_read_body(result))


def view(result: ViewOutcome, request: Request) -> Answer:
    """Whether a view counted, and the list if it was asked for."""
    body: Body = {"counted": result.counted, "reason": result.reason, "views": result.views}
    if result.most_read:
        body["most_read"] = most_read_body(result.most_read)
    return Answer(200, body, metrics=(journal.view(result.reason),))


def health(result: Health | None, request: Request) -> Answer:
    """The service works; an admin, whose answer no cache may keep, is told how well.

    It is `degraded` while its roll-up is late: everything is taken and counted, and lists and totals grow old.
    """
    differs = {"Vary": "Authorization"}
    if result is None:
        return Answer(200, {"status": "ok"}, differs)
    return Answer(200, health_body(result), differs | {"Cache-Control": "private, no-store"})


def health_body(health: Health) -> Body:
    """How far the roll-up, the list of the site (24h, by views) and the moderation queue are behind."""

    def age(at: int | None) -> int | None:
        return None if at is None else max(health.at - at, 0) // instants.SECOND

    return {
        "status": "degraded" if health.late else "ok",
        "roll_up": {
            "finished_at": time_or_null(health.rolled_up_at),
            "lag_seconds": age(health.rolled_up_at),
            "late": health.late,
        },
        "list": {"generated_at": time_or_null(health.listed_at), "age_seconds": age(health.listed_at)},
        "queue": {
            "held": health.held,
            "oldest_held_at": time_or_null(health.oldest_held_at),
            "age_seconds": age(health.oldest_held_at),
        },
        "schema_version": health.schema_version,
    }


def document(result: Body, request: Request) -> Answer:
    """A document as it is."""
    return Answer(200, result)
