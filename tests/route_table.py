"""The table of who may do what: every route, every caller, and the answer that each gets."""

from typing import Any, NamedTuple

import app
from tests.scene import ADMIN, MODERATOR, PUBLISHER

SECTION = "Monde"
TOKENS = {
    "nobody": None,
    "unknown": "a-token-that-nobody-knows",
    "publisher": PUBLISHER,
    "moderator": MODERATOR,
    "inside": "a-token-limited-to-the-section-of-the-article",
    "outside": "a-token-limited-to-another-section",
    "admin": ADMIN,
}
"""The callers, in the order of the columns below."""
SECTIONS = {
    "inside": frozenset({"Sport", SECTION}),
    "outside": frozenset({"Sport", SECTION.lower(), SECTION + "s"}),
}
"""What two of them are limited to."""
USUAL = {401: "unauthorised", 403: "wrong_role"}
"""What a status alone stands for in a cell; another code is written behind it: `404:unknown_comment`."""


def every(answer: str) -> str:
    """The same answer to every caller."""
    return " ".join([answer] * len(TOKENS))


class Line(NamedTuple):
    """A request, `<name>` standing for something of its own MADE for it, and the answer to each caller."""

    route: str
    sends: dict[str, Any] | None
    answers: str

    @property
    def cells(self) -> dict[str, str]:
        """The answers by caller."""
        return dict(zip(TOKENS, self.answers.split(), strict=True))

    @property
    def row(self) -> app.Route:
        """The row of the table of routes."""
        return next(row for row in app.ROUTES if f"{row.method} {row.path}" == self.route.partition("?")[0])


COMMENT = {"author_name": "Zoé", "author_email": "zoe@example.org", "content": "Encore"}
OWN = {"edit_token": "<edit_token>"}
WRONG = {"edit_token": "a-token-of-no-comment"}
OTHERS = {"edit_token": "<edit_token_of_another>"}
TEXT = {"content": "Another text"}
DECISION = {"comment_ids": ["<comment_id>"], "decision": "trash"}
FILTER = {"status": "published", "article": "<article_id>"}
POLICY = {"policy": {"max_links": 3}}

# fmt: off
TABLE = [
    #    route                                                           sends              nobody unknown publisher moderator inside outside admin
    Line("GET /health",                                                  None,              "200 401 200 200 200 200 200"),
    Line("GET /openapi.json",                                            None,              "200 200 200 200 200 200 200"),
    Line("PUT /articles/{article_id}",                                   {"title": "New"},  "401 401 200 403 403 403 200"),
    Line("GET /articles/{article_id}",                                   None,              "200 200 200 200 200 200 200"),
    Line("DELETE /articles/{article_id}",                                None,              "401 401 204 403 403 403 204"),

    Line("POST /articles/{article_id}/form-tokens",                      {},                "200 200 200 200 200 200 200"),
    Line("POST /articles/{article_id}/comments",                         COMMENT,           "201 201 201 201 201 201 201"),
    Line("GET /articles/{article_id}/comments",                          None,              "200 200 200 200 200 200 200"),
    Line("GET /articles/{article_id}/comments/{comment_id}",             None,              "200 200 200 200 200 200 200"),
    Line("POST /articles/{article_id}/comments/{comment_id}/status",     OWN,               "200 200 200 200 200 200 200"),
    Line("POST /articles/{article_id}/comments/{comment_id}/status",     WRONG,             every("403:wrong_edit_token")),
    Line("POST /articles/{article_id}/comments/{comment_id}/status",     OTHERS,            every("403:wrong_edit_token")),
    Line("POST /articles/{article_id}/comments/{comment_id}/edits",      OWN | TEXT,        "200 200 200 200 200 200 200"),
    Line("POST /articles/{article_id}/comments/{comment_id}/edits",      WRONG | TEXT,      every("403:wrong_edit_token")),
    Line("POST /articles/{article_id}/comments/{comment_id}/edits",      OTHERS | TEXT,     every("403:wrong_edit_token")),
    Line("POST /articles/{article_id}/comments/{comment_id}/withdrawals", OWN,              "200 200 200 200 200 200 200"),
    Line("POST /articles/{article_id}/comments/{comment_id}/withdrawals", WRONG,            every("403:wrong_edit_token")),
    Line("POST /articles/{article_id}/comments/{comment_id}/withdrawals", OTHERS,           every("403:wrong_edit_token")),
    Line("POST /articles/{article_id}/comments/{comment_id}/votes",      {"vote": 1},       "200 200 200 200 200 200 200"),
    Line("POST /articles/{article_id}/comments/{comment_id}/reports",    {"reason": "hate"}, "201 201 201 201 201 201 201"),
    Line("GET /reports/{report_id}",                                     None,              "200 200 200 200 200 200 200"),

    Line("POST /articles/{article_id}/views",                            {},                "200 200 200 200 200 200 200"),
    Line("GET /most-read",                                               None,              "200 200 200 200 200 200 200"),
    Line("GET /counts?ids=<article_id>",                                 None,              "200 200 200 200 200 200 200"),

    Line("GET /articles/{article_id}/comments.html",                     None,              "200 200 200 200 200 200 200"),
    Line("GET /articles/{article_id}/comments.html?as=page&reply_to=<comment_id>", None,    "200 200 200 200 200 200 200"),
    Line("GET /most-read.html",                                          None,              "200 200 200 200 200 200 200"),
    Line("GET /articles/{article_id}/comments.atom",                     None,              "200 200 200 200 200 200 200"),
    Line("GET /comments.atom",                                           None,              "200 200 200 200 200 200 200"),
    Line("GET /embed/{version}/{file}",                                  None,              "200 200 200 200 200 200 200"),

    Line("GET /moderation",                                              None,              "200 200 200 200 200 200 200"),
    Line("GET /moderation/assets/{file}",                                None,              "200 200 200 200 200 200 200"),
    Line("GET /moderation/me",                                           None,              "401 401 403 200 200 200 200"),
    Line("GET /moderation/comments?status=published",                    None,              "401 401 403 200 200 200:none 200"),
    Line("GET /moderation/comments?status=published&author=<author_key>", None,              "401 401 403 200 200 200:none 200"),
    Line("GET /moderation/comments/{comment_id}",                        None,              "401 401 403 200 200 403:wrong_section 200"),
    Line("POST /moderation/comments/{comment_id}/replies",               TEXT,              "401 401 403 201 201 403:wrong_section 201"),
    Line("POST /moderation/articles/{article_id}",                       {"comments": "closed"}, "401 401 403 200 200 403:wrong_section 200"),
    Line("POST /moderation/articles/{article_id}",                       {"pinned": "<comment_id>"}, "401 401 403 200 200 403:wrong_section 200"),
    Line("POST /moderation/decisions",                                   DECISION,          "401 401 403 200 200 200:wrong_section 200"),
    Line("POST /moderation/jobs",                                        {"filter": FILTER, "decision": "spam"}, "401 401 403 200 200 200:none 200"),
    Line("POST /moderation/jobs/{job_id}",                               {},                "401 401 403 200 404:unknown_job 404:unknown_job 404:unknown_job"),
    Line("POST /moderation/undo",                                        {"undo_token": "<undo_token>"}, "401 401 403 200 200 200:wrong_section 200"),
    Line("GET /moderation/policy",                                       None,              "401 401 403 200 200 200 200"),
    Line("PUT /moderation/policy",                                       POLICY,            "401 401 403 403 403 403 200"),
    Line("POST /moderation/policy/trials",                               POLICY,            "401 401 403 200 200 200 200"),
]
# fmt: on

NOT_FOR_FORMS = {"POST /moderation/jobs", "PUT /moderation/policy", "POST /moderation/policy/trials"}
"""What takes a field within a field, which a form does not have."""
SET_BY_US = {
    "status": "published",
    "id": "00000000000000000000",
    "created_at": "2001-01-01T00:00:00Z",
    "edited_at": "2001-01-01T00:00:00Z",
    "votes": 999,
    "role": "admin",
    "staff": True,
    "held_for": [],
    "decided": "approve",
    "author_key": "0" * 32,
    "network_key": "0" * 16,
    "path": "0",
    "depth": 0,
    "pinned": "00000000000000000000",
}
"""What only the service says of a comment or a caller."""
