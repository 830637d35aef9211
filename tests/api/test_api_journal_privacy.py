"""Nothing of who asks, and nothing of what is sent, is ever told to the journal."""

from typing import Any

import app
from chalicelib.api.route import Route
from tests.scene import ADMIN, MODERATOR, PUBLISHER, Heard, Service, path_of

HOSTILE = "marker-7f3a@example.org"
ADDRESS = "203.0.113.77"


def hostile_requests(service: Service) -> list[Heard]:
    """Every row with values that would tell who asked, as each part of a request may hold them."""
    comment = service.post(author_name=HOSTILE, author_email=HOSTILE, content=f"{HOSTILE}!").json["id"]
    heard = []
    for row in app.ROUTES:
        service.register()
        for article_id, comment_id in (("a1", comment), (HOSTILE, HOSTILE), ("%ff", ADDRESS)):
            path = path_of(row.path, article_id=article_id, comment_id=comment_id)
            for query in ("", f"?{HOSTILE}={HOSTILE}", f"?ids={HOSTILE}&section={HOSTILE}&cursor={ADDRESS}"):
                for body in (None, HOSTILE, {HOSTILE: HOSTILE}, hostile_body(row, comment)):
                    for token in (None, HOSTILE, PUBLISHER, MODERATOR, ADMIN):
                        heard.append(asked(service, row.method, path + query, body, token))
    return heard


def hostile_body(row: Route, comment_id: str) -> dict[str, Any]:
    known = {"comment_ids": [comment_id], "decision": "approve", "url": f"https://example.org/{HOSTILE}"}
    texts = {"author_name", "author_email", "content", "title", "reason", "note", "section"}
    fields = row.body.model_fields if row.body else {}
    return {name: value for name, value in known.items() if name in fields} | {
        name: HOSTILE for name in fields if name in texts
    }


def asked(service: Service, method: str, path: str, body: Any, token: str | None) -> Heard:
    return service.call(
        method,
        path,
        body,
        token=token,
        address=ADDRESS,
        user_agent=f"Mozilla/5.0 {HOSTILE}",
        referer=f"https://{HOSTILE}/",
        x_forwarded_for=ADDRESS,
        cookie=HOSTILE,
    )


def test_nothing_of_who_asks_or_what_is_sent_is_ever_told(open_article: Service) -> None:
    lines = open_article.journal()

    statuses = {heard.status for heard in hostile_requests(open_article)}

    assert {200, 201, 401, 403, 404, 422} <= statuses
    assert len(lines) > 1_000
    told = "\n".join(lines).lower()
    for trace in (HOSTILE, HOSTILE.split("@")[0], "example.org", ADDRESS, "mozilla", PUBLISHER, MODERATOR, ADMIN):
        assert trace.lower() not in told, trace
