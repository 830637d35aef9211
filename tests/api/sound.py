"""Requests of every row that are served, and odd ones that doors might spell differently."""

import json
from typing import Any

from tests.api.gateway import Sent
from tests.scene import ADMIN, MODERATOR, PUBLISHER

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ARTICLE = '{"url": "https://news.example.org/été", "title": "L’été", "section": "Météo"}'
COMMENT = '{"author_name": "Léa", "author_email": "lea@example.org", "content": "Ça va ? 👋"}'


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


COMMENT_ID, OWN_ID, EDIT_TOKEN, REPORT_ID, JOB_ID = "0" * 20, "1" * 20, "EDIT-TOKEN", "2" * 20, "3" * 20
"""What stands for a comment that is there, for another with its edit token, for a report and for a job."""
AT, OWN_AT = f"/articles/a1/comments/{COMMENT_ID}", f"/articles/a1/comments/{OWN_ID}"


def posted(path: str, token: str | None = None, **fields: Any) -> Sent:
    """A body of JSON, sent by whoever holds the token."""
    return Sent("POST", path, json.dumps(fields), JSON | (bearer(token) if token else {}))


SOUND: dict[str, list[Sent]] = {
    "health.check": [Sent("GET", "/health"), Sent("HEAD", "/health")],
    "app.describe": [Sent("GET", "/openapi.json")],
    "articles.register": [
        Sent("PUT", "/articles/new", ARTICLE, JSON | bearer(PUBLISHER)),
        Sent("PUT", "/articles/new", ARTICLE.encode(), JSON | bearer(PUBLISHER)),
    ],
    "articles.show": [
        Sent("GET", "/articles/a1"),
        Sent("GET", "/articles/a%31/"),
        Sent("HEAD", "/articles/a1"),
    ],
    "comments.post": [
        Sent("POST", "/articles/a1/comments", COMMENT, JSON),
        Sent(
            "POST",
            "/articles/a1/comments",
            COMMENT.replace("lea@", "zoé@").encode(),
            {"content-type": "text/plain;charset=utf-8"},
        ),
        Sent("POST", "/articles/a1/comments", "author=Bob&email=b%40example.org&comment=caf%C3%A9+", FORM),
    ],
    "comments.list_threads": [Sent("GET", "/articles/a1/comments?sort=oldest&limit=1")],
    "comments.show": [Sent("GET", f"/articles/a1/comments/{COMMENT_ID}")],
    "views.record": [
        Sent("POST", "/articles/a1/views"),
        Sent("POST", "/articles/a1/views", ""),
        Sent("POST", "/articles/a1/views?most_read=7d&exclude=b&exclude=c%2Cd&section=M%C3%A9t%C3%A9o", b""),
    ],
    "views.top": [Sent("GET", "/most-read?window=7d&exclude=a&exclude=b&section=M%C3%A9t%C3%A9o+x")],
    "articles.counts": [Sent("GET", "/counts?ids=a1%2Cb&"), Sent("GET", "/counts?ids=a1,b")],
    "comments.open_form": [
        Sent("POST", "/articles/a1/form-tokens"),
        Sent("POST", "/articles/a1/form-tokens", "{}", JSON),
    ],
    "own_comments.state": [posted(f"{OWN_AT}/status", edit_token=EDIT_TOKEN)],
    "own_comments.edit": [posted(f"{OWN_AT}/edits", edit_token=EDIT_TOKEN, content="Ça va mieux")],
    "own_comments.withdraw": [posted(f"{OWN_AT}/withdrawals", edit_token=EDIT_TOKEN)],
    "votes.vote": [posted(f"{AT}/votes", vote=1), Sent("POST", f"{AT}/votes", "vote=-1", FORM)],
    "reports.report": [posted(f"{AT}/reports", reason="hate"), Sent("POST", f"{AT}/reports", "reason=spam", FORM)],
    "reports.show": [Sent("GET", f"/reports/{REPORT_ID}")],
    "fragments.comments": [
        Sent("GET", "/articles/a1/comments.html?sort=oldest&lang=en&skin=wordpress"),
        Sent("GET", "/articles/a1/comments.html?notice=held"),
    ],
    "fragments.most_read": [Sent("GET", "/most-read.html?as=page&section=M%C3%A9t%C3%A9o&exclude=a&exclude=b")],
    "feeds.of_article": [Sent("GET", "/articles/a1/comments.atom?lang=en")],
    "feeds.of_site": [Sent("GET", "/comments.atom")],
    "pages.embedded": [Sent("GET", "/embed/1.0.0/tribune.css")],
    "pages.moderation": [Sent("GET", "/moderation")],
    "pages.moderation_asset": [Sent("GET", "/moderation/assets/main.js")],
    "identity.me": [Sent("GET", "/moderation/me", None, bearer(MODERATOR))],
    "queue.list_queue": [Sent("GET", "/moderation/comments?status=published", None, bearer(MODERATOR))],
    "moderation.show_comment": [Sent("GET", f"/moderation/comments/{COMMENT_ID}", None, bearer(MODERATOR))],
    "moderation.reply": [
        posted(f"/moderation/comments/{COMMENT_ID}/replies", MODERATOR, content="Merci", submission_id="reply-001")
    ],
    "moderation.set_article": [posted("/moderation/articles/a1", MODERATOR, comments="open", pinned=COMMENT_ID)],
    "decisions.decide": [
        posted(
            "/moderation/decisions",
            MODERATOR,
            comment_ids=[COMMENT_ID],
            decision="spam",
            submission_id="decision-1",
        )
    ],
    "decisions.start_job": [
        posted(
            "/moderation/jobs",
            MODERATOR,
            filter={"status": "spam"},
            decision="trash",
            submission_id="decision-2",
        )
    ],
    "decisions.continue_job": [Sent("POST", f"/moderation/jobs/{JOB_ID}", "", bearer(MODERATOR))],
    "decisions.undo": [posted("/moderation/undo", MODERATOR, undo_token=JOB_ID)],
    "policies.show": [Sent("GET", "/moderation/policy", None, bearer(MODERATOR))],
    "policies.change": [
        Sent("PUT", "/moderation/policy", '{"policy": {"held_words": ["été"]}}', JSON | bearer(ADMIN))
    ],
    "policies.try_out": [posted("/moderation/policy/trials", MODERATOR, policy={"max_links": 1})],
    "articles.delete": [Sent("DELETE", "/articles/a1", "", bearer(PUBLISHER))],
}
"""Requests of each row that are served, by the row's name."""
ODD: list[Sent] = [
    *(Sent("GET", f"/articles/{id}") for id in ("a%2F1", "%C3%A9", "é", "%FF", "%", "a%00", "+", "a+1", "a1;x")),
    *(Sent("GET", path) for path in ("/nowhere", "/", "//", "/articles", "/articles/a1//comments", "/Health")),
    *(Sent(method, "/counts") for method in ("PATCH", "POST", "DELETE", "BREW", "HEAD")),
    *(Sent("OPTIONS", path) for path in ("/articles/a1/comments", "/moderation/decisions", "/nowhere")),
    *(
        Sent("GET", f"/counts?{query}")
        for query in ("ids=a&ids=b", "ids", "ids=", "=a1", "ids=%FF", "ids=%", "&&")
    ),
    *(Sent("GET", f"/most-read?{query}") for query in ("limit=1&limit=1", "limit=%31&x=%26&x=", "exclude&limit")),
    *(
        Sent("POST", "/articles/a1/comments", body, JSON)
        for body in (None, "", b"", "é", b"\xff", b"\x00{}", "{}")
    ),
    Sent("POST", "/articles/a1/comments", b"author=%FF&comment=\xc3\xa9", FORM | {"Accept-Language": "en"}),
    Sent("POST", "/articles/a1/comments", COMMENT, {"Content-Type": "application/json; charset=utf-16"}),
    Sent("PUT", "/articles/a1", ARTICLE, JSON),
    Sent("PUT", "/articles/a1", ARTICLE, JSON | bearer(MODERATOR)),
    Sent("PUT", "/articles/a1", ARTICLE, JSON | bearer("é" * 30)),
]
