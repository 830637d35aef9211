"""What readers, authors and moderators are to see of a modelled world, and that they see nothing else."""

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.rules import instants
from chalicelib.storage import articles
from tests.actions.moderation_model import BAD, World
from tests.actions.moderation_records import Comment, Line
from tests.scene import ADMIN, MODERATOR, Heard, Service

TEXT = re.compile(r"mot\d{4}x")
PRIVATE = re.compile(r"secret\.example|203\.0\.113\.|for-moderators")
"""What nobody is ever told: addresses; and what only moderators are: notes, explanations."""
BY_HAND = {"first_comment", "article_paused", "reports"}
"""What no machine has found in the comment itself."""
MEASURES = {"published": "kept", "held": "held", "withdrawn": "withdrawn"}
Z = 1.959963984540054


def text_of(said: str) -> set[str]:
    """The texts of comments that an answer holds."""
    return set(TEXT.findall(said))


def time(at: int | None) -> str | None:
    return None if at is None else instants.text(at)


def shown(comment: Comment) -> dict[str, Any]:
    """A comment as anyone sees it."""
    return {
        "id": comment.id,
        "article_id": comment.article,
        "parent_id": comment.parent.id if comment.parent else None,
        "depth": len(comment.path) - 1,
        "status": "published" if comment.status == "published" else "held",
        "name": comment.author[0],
        "staff": comment.staff,
        "texts": text_of(comment.text),
        "created_at": time(comment.at),
        "edited_at": time(comment.edited_at),
        "votes": comment.up - comment.down,
    }


def as_shown(body: dict[str, Any]) -> dict[str, Any]:
    """A comment in an answer, as `shown` tells it."""
    author = body["author"]
    told = {"name": author["name"], "staff": author.get("staff", False), "texts": text_of(body["content_html"])}
    kept = ("id", "article_id", "parent_id", "depth", "status", "created_at", "edited_at", "votes")
    return told | {name: body[name] for name in kept}


def statement(line: Line | None) -> dict[str, Any] | None:
    """The statement of a line of the audit."""
    if line is None:
        return None
    measure = MEASURES.get(line.after, "removed")
    reason = line.reason if line.reason in ("hate", "illegal") else None
    if measure == "removed":
        reason = reason or ("spam" if line.after == "spam" else "other")
    return {
        "measure": measure,
        "reason": reason,
        "ground": None if measure != "removed" else "illegal" if reason == "illegal" else "rules",
        "decided_at": time(line.at),
        "by_notice": bool(line.settled) or line.decision == "report",
        "detected_by_machine": line.decision == "edit"
        or (line.is_first and not BY_HAND.issuperset(line.held_for)),
    }


def as_statement(body: dict[str, Any] | None) -> dict[str, Any] | None:
    names = ("measure", "reason", "ground", "decided_at", "by_notice", "detected_by_machine")
    return body and {name: body[name] for name in names}


def score(thread: list[Comment]) -> float:
    """How a thread ranks: the lower bound of the Wilson interval of its first comment's votes."""
    first, votes = thread[0], thread[0].up + thread[0].down
    if first.parent or not votes:
        return 0
    share = first.up / votes
    root = math.sqrt(share * (1 - share) / votes + Z * Z / (4 * votes * votes))
    return round((share + Z * Z / (2 * votes) - Z * root) / (1 + Z * Z / votes), 8) + 0.0


def listed(world: World, article: str, sort: str) -> list[Comment]:
    """The published comments of an article in their order."""
    published = [c for c in world.comments if c.article == article and c.status == "published"]
    threads: dict[Any, list[Comment]] = {}
    for comment in sorted(published, key=lambda c: c.path):
        threads.setdefault(comment.path[0], []).append(comment)
    ordered = sorted(threads, reverse=sort != "oldest")
    if sort == "best":
        ordered.sort(key=lambda first: -score(threads[first]))
    return [comment for first in ordered for comment in threads[first]]


@dataclass
class Eyes:
    """Whoever looks at the service, and compares what is there with the model."""

    service: Service
    world: World
    tokens: set[str] = field(default_factory=set)

    def get(self, path: str, token: str | None = None) -> Any:
        """An answer that is to come, and tells nobody what is not for them."""
        heard = self.service.call("GET", path, token=token)
        assert heard.status == 200, (path, heard.status, heard.text)
        self.check_private(heard, path, self.public())
        return heard.json

    def public(self) -> set[str]:
        """The texts that anyone may read."""
        return {word for c in self.world.comments if c.status == "published" for word in text_of(c.text)}

    def check_private(self, heard: Heard, path: str, texts: set[str], own: str = "") -> None:
        """No e-mail, address or token is in an answer, and no text but these; moderators read all texts."""
        said = heard.text + str(heard.headers)
        private = set(PRIVATE.findall(said))
        if path.startswith("/moderation"):
            private -= {"for-moderators"}
        else:
            assert text_of(said) <= texts, (path, "a text that is not public", said)
        assert not private, (path, said)
        told = {token for token in self.tokens if token in said}
        assert told <= {own}, (path, "an edit token", said)
        assert not any(token in said for token in (MODERATOR, ADMIN)), path

    def check_list(self, article: str, sort: str, limit: int = 100) -> None:
        """A list, page after page; its total, its pinned comment and the article's counts."""
        wanted = list(map(shown, listed(self.world, article, sort)))
        at = f"/articles/{article}/comments?sort={sort}&limit={limit}"
        page = self.get(at)
        pinned = self.world.pinned.get(article)
        assert page["total"] == len(wanted)
        assert page["open"] == (self.world.articles[article] != "closed")
        is_shown = pinned is not None and pinned.status == "published"
        assert ("pinned" in page) == is_shown
        assert not is_shown or as_shown(page["pinned"]) == shown(pinned)
        found = list(map(as_shown, page["comments"]))
        while page["next_cursor"]:
            page = self.get(f"{at}&cursor={page['next_cursor']}")
            found += map(as_shown, page["comments"])
        assert found == wanted, sort

    def check_counts(self) -> None:
        """Every public count of comments."""
        counts = self.get(f"/counts?ids={','.join(self.world.articles)}")["counts"]
        for id in self.world.articles:
            published = listed(self.world, id, "newest")
            assert counts[id]["comments"] == len(published) == self.get(f"/articles/{id}")["comments"]
            stored = articles.read_any(self.service.backend.table, id)
            assert stored is not None
            assert stored.threads == sum(c.parent is None for c in published)

    def check_comment(self, comment: Comment) -> None:
        """A comment as the public, its author and moderators see it."""
        at = f"/articles/{comment.article}/comments/{comment.id}"
        if comment.status == "published":
            alone = self.get(at)
            thread = [c for c in listed(self.world, comment.article, "oldest") if c.path[0] == comment.path[0]]
            assert as_shown(alone) == shown(comment)
            assert list(map(as_shown, alone["thread"])) == list(map(shown, thread))
        else:
            heard = self.service.call("GET", at)
            assert (heard.status, text_of(heard.text)) == (404, set())
        if comment.token:
            heard = self.service.call("POST", f"{at}/status", {"edit_token": comment.token})
            told = (heard.json["status"], heard.json["content"])
            assert (heard.status, *told) == (200, comment.shown_as, comment.text)
            assert as_statement(heard.json["statement"]) == statement(comment.decided)
            self.check_private(heard, at, text_of(comment.text), comment.token)
        self.check_dossier(comment)

    def check_report(self, receipt: str) -> None:
        """A report as its maker may follow it: decided since the last line that settled it."""
        report = self.world.reports[receipt]
        body = self.get(f"/reports/{receipt}")
        lines = [line for line in report.comment.audit if receipt in line.settled]
        settled = report.settled_at is not None
        assert body["status"] == ("decided" if settled else "received")
        assert (body["reported_at"], body["decided_at"]) == (time(report.at), time(report.settled_at))
        assert (body["comment_id"], body["reason"]) == (report.comment.id, report.reason)
        assert as_statement(body["statement"]) == statement(lines[-1] if settled else None)

    def check_dossier(self, comment: Comment) -> None:
        """All that moderators are told of one comment."""
        told = self.get(f"/moderation/comments/{comment.id}", MODERATOR)
        self.check_queued(told["comment"], comment)
        assert (told["parent"] and told["parent"]["id"]) == (comment.parent and comment.parent.id)
        author, world = told["author"], self.world
        outcomes = (0, 0) if comment.staff else world.outcomes(comment.author[1])
        assert (author["published"], author["rejected"]) == outcomes
        assert author["approved"] == (comment.author in world.approved)
        others = [c for c in world.comments if c.author[1] == comment.author[1] and c is not comment]
        others.sort(key=lambda c: c.path[-1], reverse=True)
        assert [other["id"] for other in told["author_comments"]][:19] == [c.id for c in others][:19]
        assert told["edits"] == [{"at": time(at), "content": text} for at, text in comment.versions]
        assert [as_line(line) for line in told["audit"]] == [line_told(line) for line in comment.audit]
        about = [world.reports[id] for id in world.reports if world.reports[id].comment is comment]
        assert Counter((r["at"], r["explanation"], r["settled_at"]) for r in told["reports"]) == Counter(
            (time(r.at), r.explanation, time(r.settled_at)) for r in about
        )

    def check_queued(self, body: dict[str, Any], comment: Comment) -> None:
        """A comment in the queue."""
        assert as_shown(body) | {"status": ""} == shown(comment) | {"status": ""}
        last = comment.decided
        assert body["status"] == comment.status
        assert body["content"] == comment.text
        assert [reason["code"] for reason in body["held_for"]] == comment.held_for
        assert (body["reports"], body["replies"]) == (len(comment.open), self.world.replies(comment))
        assert body["pinned"] == (self.world.pinned.get(comment.article) is comment)
        decided = body["decided"]
        assert (decided and (decided["by"], decided["decision"], decided["at"], decided["reason"])) == (
            last and (last.by, last.decision, time(last.at), last.reason)
        )

    def check_queue(self) -> None:
        """Each queue holds what is of its status, newest first, and the counts say so."""
        world = self.world
        counts = Counter(c.status for c in world.comments)
        newest = sorted(world.comments, key=lambda c: (c.path[-1], c.article), reverse=True)
        for status in ("held", "published", "withdrawn", "trash", *BAD):
            page = self.get(f"/moderation/comments?status={status}&limit=100", MODERATOR)
            wanted = [c for c in newest if c.status == status]
            assert [body["id"] for body in page["comments"]] == [c.id for c in wanted], status
            for body, comment in zip(page["comments"], wanted, strict=True):
                self.check_queued(body, comment)
        page = self.get("/moderation/comments?status=reported&limit=100", MODERATOR)
        assert {body["id"] for body in page["comments"]} == {c.id for c in world.comments if c.open}
        found = page["counts"]
        reported = sum(len(c.open) for c in world.comments)
        assert found == dict.fromkeys(found, 0) | counts | {"reported": reported}

    def check_most_read(self) -> None:
        """After a roll-up the lists tell how many comments there are."""
        roll_up.roll_up(self.service.backend)
        self.service.backend.memory = Memory()
        for sort in ("comments", "views"):
            rows = self.get(f"/most-read?window=all&sort={sort}")["articles"]
            told = {row["article_id"]: row["comments"] for row in rows}
            assert told == {id: len(listed(self.world, id, "newest")) for id in self.world.articles}, sort

    def check_everything(self) -> None:
        """Every list, queue, count, comment and report."""
        self.check_most_read()
        self.check_counts()
        self.check_queue()
        for article in self.world.articles:
            for sort, limit in (("newest", 2), ("oldest", 100), ("best", 2)):
                self.check_list(article, sort, limit)
        for comment in self.world.comments:
            self.check_comment(comment)
        for receipt in self.world.reports:
            self.check_report(receipt)


def line_told(line: Line) -> tuple[Any, ...]:
    """A line of the audit as moderators are told."""
    told = (time(line.at), line.by, line.decision, line.before, line.after, line.reason, line.note)
    return (*told, line.held_for, len(line.settled), True)


def as_line(body: dict[str, Any]) -> tuple[Any, ...]:
    """A line in an answer, as `line_told` tells it."""
    names = ("at", "by", "decision", "from", "to", "reason", "note")
    codes = [reason["code"] for reason in body["held_for"]]
    return (*(body[name] for name in names), codes, body["reports"], body["intact"])
