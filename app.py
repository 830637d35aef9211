"""Tribune: every URL and every timer, as one table. What each does is in chalicelib/actions."""

from typing import Any

from chalice.app import Rate

from chalicelib.actions import articles, comments, health, views
from chalicelib.api import answers, openapi
from chalicelib.api.door import Tribune
from chalicelib.api.fields import (
    ArticleFields,
    CountsQuery,
    ListQuery,
    NewComment,
    NewView,
    ThreadQuery,
    ViewQuery,
)
from chalicelib.api.later import later
from chalicelib.api.route import ADMIN, ANYONE, FOR_EVER, MODERATOR, PUBLISHER, Route
from chalicelib.backend import Backend, backend
from chalicelib.model import Caller

own_comments, votes, reports = (later(f"actions.{name}") for name in ("own_comments", "votes", "reports"))
queue, moderation, decisions = (later(f"actions.{name}") for name in ("queue", "moderation", "decisions"))
policies, identity, pages = (later(f"actions.{name}") for name in ("policies", "identity", "pages"))
fragments, feeds = later("actions.fragments"), later("actions.feeds")
page_fields = later("api.page_fields")
fragment_answers, feed_answers = later("api.fragment_answers"), later("api.feed_answers")
reader, reader_answers = later("api.reader_fields"), later("api.reader_answers")
moderator, moderation_answers = later("api.moderation_fields"), later("api.moderation_answers")
static_files = later("api.static_files")


def describe(backend: Backend, caller: Caller) -> dict[str, Any]:
    """The OpenAPI 3.1 document of every route."""
    return openapi.build(ROUTES, backend.settings.public_url)


# fmt: off
ROUTES = [
    #     method    path                                                        who        takes                      action                   answer                      max-age
    Route("GET",    "/health",                                                  ANYONE,    None,                      health.check,            answers.health,             more_for=ADMIN),
    Route("GET",    "/openapi.json",                                            ANYONE,    None,                      describe,                answers.document,           300),

    Route("PUT",    "/articles/{article_id}",                                   PUBLISHER, ArticleFields,             articles.register,       answers.registered),
    Route("GET",    "/articles/{article_id}",                                   ANYONE,    None,                      articles.show,           answers.article),
    Route("DELETE", "/articles/{article_id}",                                   PUBLISHER, None,                      articles.delete,         answers.nothing),

    Route("POST",   "/articles/{article_id}/form-tokens",                       ANYONE,    reader.NewFormToken,       comments.open_form,      reader_answers.form_token),
    Route("POST",   "/articles/{article_id}/comments",                          ANYONE,    NewComment,                comments.post,           answers.posted),
    Route("GET",    "/articles/{article_id}/comments",                          ANYONE,    ThreadQuery,               comments.list_threads,   answers.thread_page),
    Route("GET",    "/articles/{article_id}/comments/{comment_id}",             ANYONE,    None,                      comments.show,           answers.comment_in_thread),
    Route("POST",   "/articles/{article_id}/comments/{comment_id}/status",      ANYONE,    reader.Own,                own_comments.state,      reader_answers.own_comment),
    Route("POST",   "/articles/{article_id}/comments/{comment_id}/edits",       ANYONE,    reader.Edit,               own_comments.edit,       reader_answers.own_comment),
    Route("POST",   "/articles/{article_id}/comments/{comment_id}/withdrawals", ANYONE,    reader.Own,                own_comments.withdraw,   reader_answers.own_comment),
    Route("POST",   "/articles/{article_id}/comments/{comment_id}/votes",       ANYONE,    reader.Vote,               votes.vote,              reader_answers.vote),
    Route("POST",   "/articles/{article_id}/comments/{comment_id}/reports",     ANYONE,    reader.NewReport,          reports.report,          reader_answers.reported),
    Route("GET",    "/reports/{report_id}",                                     ANYONE,    None,                      reports.show,            reader_answers.report),

    Route("POST",   "/articles/{article_id}/views",                             ANYONE,    NewView,                   views.record,            answers.view,               query=ViewQuery, paced=False),
    Route("GET",    "/most-read",                                               ANYONE,    ListQuery,                 views.top,               answers.most_read,          60),
    Route("GET",    "/counts",                                                  ANYONE,    CountsQuery,               articles.counts,         answers.counts),

    Route("GET",    "/articles/{article_id}/comments.html",                     ANYONE,    page_fields.CommentsPage,  fragments.comments,      fragment_answers.comments,  refusal=fragment_answers.refusal),
    Route("GET",    "/most-read.html",                                          ANYONE,    page_fields.MostReadPage,  fragments.most_read,     fragment_answers.most_read, 60, refusal=fragment_answers.refusal),
    Route("GET",    "/articles/{article_id}/comments.atom",                     ANYONE,    page_fields.FeedQuery,     feeds.of_article,        feed_answers.feed,          300),
    Route("GET",    "/comments.atom",                                           ANYONE,    page_fields.FeedQuery,     feeds.of_site,           feed_answers.feed,          300),
    Route("GET",    "/embed/{version}/{file}",                                  ANYONE,    None,                      pages.embedded,          static_files.embedded,      FOR_EVER),

    Route("GET",    "/moderation",                                              ANYONE,    static_files.PageQuery,    pages.moderation,        static_files.page),
    Route("GET",    "/moderation/assets/{file}",                                ANYONE,    None,                      pages.moderation_asset,  static_files.asset),
    Route("GET",    "/moderation/me",                                           MODERATOR, None,                      identity.me,             moderation_answers.me),
    Route("GET",    "/moderation/comments",                                     MODERATOR, moderator.QueueQuery,      queue.list_queue,        moderation_answers.queue),
    Route("GET",    "/moderation/comments/{comment_id}",                        MODERATOR, None,                      moderation.show_comment, moderation_answers.dossier),
    Route("POST",   "/moderation/comments/{comment_id}/replies",                MODERATOR, moderator.StaffReply,      moderation.reply,        moderation_answers.reply),
    Route("POST",   "/moderation/articles/{article_id}",                        MODERATOR, moderator.ArticleDecision, moderation.set_article,  moderation_answers.article),
    Route("POST",   "/moderation/decisions",                                    MODERATOR, moderator.Decisions,       decisions.decide,        moderation_answers.job),
    Route("POST",   "/moderation/jobs",                                         MODERATOR, moderator.NewJob,          decisions.start_job,     moderation_answers.job),
    Route("POST",   "/moderation/jobs/{job_id}",                                MODERATOR, moderator.Continuation,    decisions.continue_job,  moderation_answers.job),
    Route("POST",   "/moderation/undo",                                         MODERATOR, moderator.Undo,            decisions.undo,          moderation_answers.job),
    Route("GET",    "/moderation/policy",                                       MODERATOR, None,                      policies.show,           moderation_answers.policy),
    Route("PUT",    "/moderation/policy",                                       ADMIN,     moderator.PolicyChange,    policies.change,         moderation_answers.policy),
    Route("POST",   "/moderation/policy/trials",                                MODERATOR, moderator.PolicyTrial,     policies.try_out,        moderation_answers.trial),
]
# fmt: on

app = Tribune("tribune", ROUTES, backend)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def roll_up_views(event: Any) -> None:
    """Every minute: count the open hours and bring the most-read lists up to date."""
    from chalicelib.actions import roll_up  # which no request should wait for

    roll_up.roll_up(app.backend())
