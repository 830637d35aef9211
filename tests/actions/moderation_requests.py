"""Requests of readers, authors and moderators, cut short and sent again, each answered as the model says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from chalicelib.backend import Memory
from chalicelib.rules import instants
from tests.actions.failing import Failing
from tests.actions.moderation_model import LEVELS, Answer, World
from tests.actions.moderation_records import Comment, Job, Order
from tests.actions.moderation_seen import Eyes, text_of, time
from tests.scene import ADMIN, MODERATOR, Clock, Heard, an_app

ARTICLES = ("a1", "a2")
TOKENS = (MODERATOR, ADMIN)
LINKS = " https://a.example.org https://b.example.org"
"""What the rules hold a text for."""
LATER = instants.SECOND
APART = 50
"""Milliseconds before each order: two people never decide in the same one."""
Author = tuple[str, str]
Reader = tuple[str, str]


@dataclass(frozen=True)
class Cut:
    """Where a request is cut, whether another environment takes it again, and how much later (milliseconds)."""

    event: str
    calls: int
    elsewhere: bool
    later: int

    def at_once(self) -> "Cut":
        """The same, sent again in the same millisecond: for what tells no time by which to know when it was."""
        return replace(self, later=0)


class Requests:
    """Sends requests to a service and to the model of it. What may be sent again later is `repeatable`."""

    def __init__(self, client: Any, clock: Clock, mode: str) -> None:
        self.clock = clock
        self.service = an_app(client, clock, moderation=mode, thread_levels=LEVELS, view_partitions=1)
        self.journal = self.service.journal()
        self.failing = {event: Failing(client, event) for event in ("before-call", "after-call")}
        only_watching = {"policy": {"spam_percent": 0}}
        self.service.call("PUT", "/moderation/policy", only_watching, token=ADMIN)
        self.service.register("a2")
        for article in ARTICLES:
            assert self.service.view(article)["counted"]
        me = [self.service.call("GET", "/moderation/me", token=token).json["actor"] for token in TOKENS]
        self.actors = dict(zip(TOKENS, me, strict=True))
        self.world = World(mode, clock.at, dict.fromkeys(ARTICLES, "auto"))
        self.eyes = Eyes(self.service, self.world)
        self.repeatable: list[Callable[[], object]] = []
        self.touched: Comment | None = None
        self.count = 0

    def send(self, cut: Cut | None, path: str, body: Any, **options: Any) -> Heard:
        """Send a request, and once more where it was cut short."""
        call = partial(self.service.call, "POST", path, body, **options)
        if cut is None:
            return call()
        failing = self.failing[cut.event]
        failing.arm(cut.calls)
        heard = call()
        if failing.disarm() and heard.status == 503:
            self.eyes.check_private(heard, path, set())
            if cut.elsewhere:
                self.service.backend.memory = Memory()
            self.clock.at += cut.later
            heard = call()
        return heard

    def written_at(self, told: str | None) -> None:
        """Let the model's request come when the service says: one that was cut may have done its work before."""
        at = instants.parse(told) if told else 0
        self.world.now = at if self.clock.at - LATER <= at else self.clock.at

    def agree(self, heard: Heard, answer: Answer, path: str, comment: Comment | None = None) -> None:
        """The answer is the model's, and says nothing that it must not."""
        status, body = answer
        assert heard.status == status, (heard.status, heard.text, answer)
        found = heard.json
        if "decisions" in body:
            found["decisions"] = [(d["comment_id"], d["status"], d["error"]) for d in found["decisions"]]
        assert {name: found[name] for name in body} == body, (found, body)
        if comment is not None and "edit_token" in found:
            assert comment.token in ("", found["edit_token"])
            assert found["edit_until"] == time(comment.at + 15 * instants.MINUTE)
            comment.token = found["edit_token"]
            self.eyes.tokens.add(comment.token)
            self.eyes.check_private(heard, path, text_of(comment.text), comment.token)
        else:
            self.eyes.check_private(heard, path, set())
        self.touched, self.world.now = comment, self.clock.at

    def repeatedly(self, again: Callable[..., Any], cut: Cut | None) -> Any:
        """Send what may come again later."""
        self.repeatable.append(again)
        return again(cut)

    def named(self) -> str:
        """A submission's id."""
        self.count += 1
        return f"submission-{self.count}"

    def text(self, ending: str = "") -> str:
        """Words that nobody has written yet."""
        self.count += 1
        return f"mot{self.count:04}x{ending}"

    def post(self, article: str, parent: Comment | None, author: Author, ending: str, subject: str,
             cut: Cut | None = None) -> None:  # fmt: skip
        """A reader's comment."""
        again = partial(self._post, article, parent, author, self.text(ending), subject, self.named())
        self.repeatedly(again, cut)

    def _post(self, article: str, parent: Comment | None, author: Author, text: str, subject: str,
              submission: str, cut: Cut | None = None) -> None:  # fmt: skip
        path = f"/articles/{article}/comments"
        body = {"author_name": author[0], "author_email": author[1], "content": text, "subject": subject}
        body |= {"submission_id": submission, "parent_id": parent.id if parent else None}
        heard = self.send(cut, path, body, address="203.0.113.77")
        self.written_at(heard.json.get("created_at"))
        answer, comment = self.world.post(
            heard.json.get("id", ""), ("post", submission), author, article, parent, text, bool(subject)
        )
        self.agree(heard, answer, path, comment)

    def edit(self, comment: Comment, text: str, cut: Cut | None) -> None:
        """Another text."""
        path = f"/articles/{comment.article}/comments/{comment.id}/edits"
        heard = self.send(cut, path, {"edit_token": comment.token, "content": text}, address="203.0.113.78")
        self.written_at(heard.json.get("edited_at"))
        self.agree(heard, self.world.edit(comment, text), path, comment)

    def withdraw(self, comment: Comment, cut: Cut | None) -> None:
        """An author takes a comment back."""
        path = f"/articles/{comment.article}/comments/{comment.id}/withdrawals"
        heard = self.send(cut and cut.at_once(), path, {"edit_token": comment.token})
        self.agree(heard, self.world.withdraw(comment), path, comment)

    def vote(self, comment: Comment, reader: Reader, vote: int, cut: Cut | None) -> None:
        """A reader's vote."""
        path = f"/articles/{comment.article}/comments/{comment.id}/votes"
        heard = self.send(cut and cut.at_once(), path, {"vote": vote}, address=reader[0], user_agent=reader[1])
        self.agree(heard, self.world.vote(comment, *reader, vote), path)
        self.touched = comment

    def report(self, comment: Comment, reader: Reader, reason: str, cut: Cut | None) -> None:
        """A reader's report."""
        path = f"/articles/{comment.article}/comments/{comment.id}/reports"
        body: dict[str, Any] = {"reason": reason}
        if reason == "illegal":
            body |= {"explanation": "for-moderators", "name": "N", "email": "n@secret.example", "good_faith": True}
        heard = self.send(cut, path, body, address=reader[0], user_agent=reader[1])
        self.written_at(heard.json.get("reported_at"))
        sent = ("report", comment.id, *reader, body.get("email", ""))
        receipt, said = heard.json.get("receipt", ""), body.get("explanation")
        self.agree(heard, self.world.report(receipt, sent, comment, reader[0], reason, said), path)
        if receipt:
            self.eyes.check_report(receipt)
        self.touched = comment

    def decide(self, token: str, order: Order, chosen: list[Comment], cut: Cut | None) -> Job:
        """A decision on comments, some named twice."""
        body = {"comment_ids": [c.id for c in chosen], "seen": order.seen, "read_at": time(order.read_at)}
        plan = list(dict.fromkeys(chosen))
        job: Job = self.repeatedly(partial(self._order, "/moderation/decisions", token, order, plan, body), cut)
        return job

    def start_job(self, token: str, order: Order, status: str, article: str | None, cut: Cut | None) -> Job:
        """A decision on all comments of a status, or on the reported ones."""
        body = {"filter": {"status": status, "article": article}}
        chosen = [c for c in self.world.comments if (c.open if status == "reported" else c.status == status)]
        plan = [c for c in chosen if article in (None, c.article)]
        job: Job = self.repeatedly(partial(self._order, "/moderation/jobs", token, order, plan, body), cut)
        return job

    def _order(self, path: str, token: str, order: Order, plan: list[Comment], body: dict[str, Any],
               cut: Cut | None = None) -> Job:  # fmt: skip
        self.clock.at += APART
        self.world.now = self.clock.at
        said = {"decision": order.decision, "reason": order.reason, "note": order.note}
        said |= {"submission_id": order.submission}
        heard = self.send(cut and cut.at_once(), path, body | said, token=token)
        places = {d["comment_id"]: place for place, d in enumerate(heard.json.get("decisions", ()))}
        plan = sorted(plan, key=lambda c: places.get(c.id, -1))
        self.agree(heard, self.world.decide(heard.json["job_id"], order, plan), path)
        self.touched = next(iter(plan), None)
        return self.world.jobs[heard.json["job_id"]]

    def undo(self, token: str, job: Job, cut: Cut | None) -> Job | None:
        """A job is taken back; the job that does so, None where it is too late."""
        heard = self.send(cut and cut.at_once(), "/moderation/undo", {"undo_token": job.id}, token=token)
        new = heard.json.get("job_id", "")
        self.agree(heard, self.world.undo(new, self.actors[token], job.id), "/moderation/undo")
        self.touched = next(iter(job.plan), None)
        return self.world.jobs.get(new)

    def reply(self, token: str, comment: Comment, cut: Cut | None) -> None:
        """The staff answers a comment."""
        self.repeatedly(partial(self._reply, token, comment, self.text(), self.named()), cut)

    def _reply(self, token: str, comment: Comment, text: str, submission: str, cut: Cut | None = None) -> None:
        path = f"/moderation/comments/{comment.id}/replies"
        heard = self.send(cut, path, {"content": text, "submission_id": submission}, token=token)
        self.written_at(heard.json.get("created_at"))
        sent = ("reply", token, comment.id, submission)
        answer, made = self.world.reply(heard.json.get("id", ""), sent, self.actors[token], comment, text)
        self.agree(heard, answer, path, made)

    def set_article(self, article: str, mode: str | None, pinned: Comment | str | None, cut: Cut | None) -> None:
        """An article's comments are opened, held or closed, and one is pinned; `keep` leaves the one there is."""
        path = f"/moderation/articles/{article}"
        body: dict[str, Any] = {"comments": mode} if mode else {}
        if not isinstance(pinned, str):
            body["pinned"] = pinned.id if pinned else None
        heard = self.send(cut, path, body, token=MODERATOR)
        self.agree(heard, self.world.set_article(article, mode, pinned), path)
