"""The story of a comment and a view, told to a stack over HTTP: it needs every permission of the functions."""

import secrets
from typing import Any

from chalicelib.backend import clock
from chalicelib.rules import instants, ranking
from chalicelib.storage import views
from chalicelib.storage.table import Table
from tests.ops.cloud.stack import STAGE, Stack
from tests.scene import NOTHING

LONG_NAMES = [secrets.token_hex(64) for _ in range(6_000)]
"""Names that together do not fit into one item, however they are compressed."""


class Story:
    """An article, a comment on it, its moderation, a view, and the list; `routes` are those it has taken.

    `denied` is what the roll-up failed with.
    """

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self.routes: set[tuple[str, str]] = set()
        self.article = f"story-{secrets.token_hex(6)}"
        self.comment = ""
        self.denied = ""
        # An address of its own: one that comments twice in a moment is told to wait.
        self._address = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1"

    def first_failure(self) -> str | None:
        """The first step at which a function fails, None if none does; a refusal is none, and ends the test."""
        # What an environment remembers it need not ask the table for.
        self._stack.start_anew()
        steps = {
            "register": self._register,
            "comment": self._post,
            "queue": self._wait_for_a_moderator,
            "approve": self._approve,
            "look closer": self._look_closer,
            "list": self._read,
            "view": self._view,
            "roll up": self._roll_up,
            "most read": self._find_in_the_list,
        }
        return next((name for name, step in steps.items() if not step()), None)

    def _register(self) -> bool:
        fields = {"url": f"https://news.example.org/{self.article}", "title": "A story"}
        return self._said(201, "PUT", "", fields, token=self._stack.token("publisher")) is not None

    def _post(self) -> bool:
        name = secrets.token_hex(6)
        fields = {"author_name": "Zoé", "author_email": f"{name}@example.org", "content": f"Bonjour {name}"}
        said = self._said(202, "POST", "/comments", fields)
        self.comment = said["id"] if said else ""
        return said is not None

    def _wait_for_a_moderator(self) -> bool:
        said = self._asked(200, "GET", "/moderation/comments", token=self._stack.token("moderator"))
        assert said is None or self.comment in [comment["id"] for comment in said["comments"]]
        return said is not None

    def _approve(self) -> bool:
        fields = {"comment_ids": [self.comment], "decision": "approve"}
        said = self._asked(200, "POST", "/moderation/decisions", fields, token=self._stack.token("moderator"))
        assert said is None or said["decisions"][0]["status"] == "published"
        return said is not None

    def _look_closer(self) -> bool:
        token = self._stack.token("moderator")
        said = self._asked(200, "GET", f"/moderation/comments/{self.comment}", token=token)
        assert said is None or len(said["audit"]) == 1
        return said is not None

    def _read(self) -> bool:
        said = self._said(200, "GET", "/comments")
        assert said is None or [comment["id"] for comment in said["comments"]] == [self.comment]
        return said is not None

    def _view(self) -> bool:
        said = self._said(200, "POST", "/views")
        assert said is None or said["counted"]
        return said is not None

    def _roll_up(self) -> bool:
        """With a long document to replace, whose parts are deleted; yesterday's salt only is from 1:00 on."""
        client = self._stack.cloud.client("dynamodb")
        table = Table(client, STAGE.table, pause=lambda seconds: None, jitter=lambda: 0.5, now=lambda: 0)
        counted = ranking.HourViews((1, 0, 0, 0, 0, 0), (1, 0, 0, 0, 0, 0))
        running = instants.hour_of(clock())
        views.write_live(table, running, dict.fromkeys(LONG_NAMES, counted))
        self.denied = self._stack.roll_up()
        return not self.denied

    def _find_in_the_list(self) -> bool:
        said = self._asked(200, "GET", "/most-read?limit=100")
        assert said is None or self.article in [article["article_id"] for article in said["articles"]]
        return said is not None

    def _said(self, wanted: int, method: str, path: str, body: Any = None, **options: Any) -> Any:
        return self._asked(wanted, method, f"/articles/{self.article}{path}", body, **options)

    def _asked(self, wanted: int, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """What the service says, None where it fails."""
        given = {"X-Forwarded-For": self._address} | options
        status, said = self._stack.call(method, path, body, **given)
        route = path.partition("?")[0].replace(self.article, "{article_id}")
        route = route.replace(self.comment or NOTHING, "{comment_id}")
        self.routes.add((method, route))
        assert status in (wanted, 500), (path, status, said)
        return said if status == wanted else None
