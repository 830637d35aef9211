"""Tribune: every URL and every timer, as one table. What each does is in chalicelib/actions."""

from typing import Any

from chalice.app import Rate

from chalicelib.actions import articles, comments, health, moderation, views
from chalicelib.api import answers, openapi
from chalicelib.api.door import Tribune
from chalicelib.api.fields import (
    ArticleFields,
    CountsQuery,
    Decisions,
    ListQuery,
    NewComment,
    NewView,
    QueueQuery,
    ThreadQuery,
    ViewQuery,
)
from chalicelib.api.route import ADMIN, ANYONE, MODERATOR, PUBLISHER, Route
from chalicelib.backend import Backend, backend
from chalicelib.model import Caller


def describe(backend: Backend, caller: Caller) -> dict[str, Any]:
    """The OpenAPI 3.1 document of every route."""
    return openapi.build(ROUTES, backend.settings.public_url)


# fmt: off
ROUTES = [
    #     method    path                                       who        takes          action                  answer                    max-age
    Route("GET",    "/health",                                 ANYONE,    None,          health.check,           answers.health,           more_for=ADMIN),
    Route("GET",    "/openapi.json",                           ANYONE,    None,          describe,               answers.document,         300),

    Route("PUT",    "/articles/{article_id}",                  PUBLISHER, ArticleFields, articles.register,      answers.registered),
    Route("GET",    "/articles/{article_id}",                  ANYONE,    None,          articles.show,          answers.article),
    Route("DELETE", "/articles/{article_id}",                  PUBLISHER, None,          articles.delete,        answers.nothing),

    Route("POST",   "/articles/{article_id}/comments",         ANYONE,    NewComment,    comments.post,          answers.posted),
    Route("GET",    "/articles/{article_id}/comments",         ANYONE,    ThreadQuery,   comments.list_threads,  answers.thread_page),
    Route("GET",    "/articles/{article_id}/comments/{comment_id}", ANYONE, None,        comments.show,          answers.comment_in_thread),

    Route("POST",   "/articles/{article_id}/views",            ANYONE,    NewView,       views.record,           answers.view,             query=ViewQuery, paced=False),
    Route("GET",    "/most-read",                              ANYONE,    ListQuery,     views.top,              answers.most_read,        60),
    Route("GET",    "/counts",                                 ANYONE,    CountsQuery,   articles.counts,        answers.counts),

    Route("GET",    "/moderation/comments",                    MODERATOR, QueueQuery,    moderation.list_queue,  answers.queue),
    Route("POST",   "/moderation/decisions",                   MODERATOR, Decisions,     moderation.decide,      answers.decisions),
]
# fmt: on

app = Tribune("tribune", ROUTES, backend)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def roll_up_views(event: Any) -> None:
    """Every minute: count the open hours and bring the most-read lists up to date."""
    from chalicelib.actions import roll_up  # which no request should wait for

    roll_up.roll_up(app.backend())
