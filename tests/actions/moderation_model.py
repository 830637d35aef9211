"""What moderation is to do, in plain Python: comments, votes, reports, decisions and jobs in dictionaries.

Each verb takes what a request says and gives the answer that is to come: its status, and fields of its body.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from chalicelib.rules import instants
from tests.actions.moderation_records import Comment, Job, Line, Order, Report

LEVELS, REPORT_LIMIT = 3, 3
EDIT_TIME = 15 * instants.MINUTE
MONTH = 30 * instants.DAY
LEADS_TO = {
    "approve": "published",
    "reject": "rejected",
    "spam": "spam",
    "trash": "trash",
    "hold": "held",
    "restore": "held",
}
BAD = ("rejected", "spam")
Answer = tuple[int, dict[str, Any]]
UNKNOWN_COMMENT: Answer = (404, {"code": "unknown_comment"})
INVALID: Answer = (422, {"code": "invalid_fields"})


@dataclass
class World:
    """All comments, reports and jobs; `now` is when the request is taken to have come."""

    mode: str
    now: int
    articles: dict[str, str]
    pinned: dict[str, Comment | None] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)
    reports: dict[str, Report] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    sent: dict[tuple[str, ...], Any] = field(default_factory=dict)
    approved: set[tuple[str, str]] = field(default_factory=set)
    votes: dict[tuple[str, str], tuple[int, dict[str, int]]] = field(default_factory=dict)
    made: dict[tuple[str, int], int] = field(default_factory=dict)

    # What readers do

    def reasons(self, author: tuple[str, str], article: str, text: str) -> list[str]:
        """Why the rules hold a text."""
        published, rejected = self.outcomes(author[1])
        found = {
            "first_comment": self.mode == "first" and author not in self.approved,
            "article_paused": self.articles[article] == "hold",
            "links": text.count("https://") >= 2,
            "author_rejected": rejected >= 3 and rejected >= published,
        }
        return [code for code, holds in found.items() if holds]

    def outcomes(self, email: str) -> tuple[int, int]:
        """How many of an author's comments of the last months are published, and how many people have rejected."""
        written = [c for c in self.comments if c.author[1] == email and not c.staff]
        recent = [c for c in written if c.at // MONTH > self.now // MONTH - 3]
        rejected = sum(c.status in BAD and c.decided is not None for c in recent)
        return sum(c.status == "published" for c in recent), rejected

    def post(
        self, id: str, sent: tuple[str, ...], author: tuple[str, str], article: str, parent: Comment | None,
        text: str, honeypot: bool,
    ) -> tuple[Answer, Comment | None]:  # fmt: skip
        """A reader's comment, under the id that it got; the same as before where it was sent before."""
        again = self.sent.get(sent)
        if again is None:
            if self.articles[article] == "closed":
                return (403, {"code": "comments_closed"}), None
            if parent and (parent.status != "published" or parent.article != article):
                return INVALID, None
            held_for = self.reasons(author, article, text) + ["honeypot"] * honeypot
            status = "spam" if honeypot else "held" if held_for else "published"
            again = Comment(id, article, self.placed(parent), author, text, self.now, status, held_for)
            self.comments.append(again)
            self.sent[sent] = again
        return (201 if again.status == "published" else 202, {"id": again.id}), again

    def placed(self, parent: Comment | None) -> Comment | None:
        """The comment that an answer to another goes under."""
        while parent and len(parent.path) >= LEVELS:
            parent = parent.parent
        return parent

    def replies(self, comment: Comment) -> int:
        """Published answers of a comment."""
        return sum(c.parent is comment and c.status == "published" for c in self.comments)

    def may_change(self, comment: Comment) -> Answer | None:
        """Why its author may not change a comment any more."""
        refused = {
            "edit_decided": comment.shown_as not in ("published", "held"),
            "edit_expired": self.now >= comment.at + EDIT_TIME,
            "edit_answered": self.replies(comment) > 0,
        }
        return next(((403, {"code": code}) for code, so in refused.items() if so), None)

    def edit(self, comment: Comment, text: str) -> Answer:
        """Another text."""
        if text == comment.text and comment.shown_as in ("published", "held"):
            return 200, {"content": text, "status": comment.shown_as}
        refused = self.may_change(comment)
        if refused:
            return refused
        if self.articles[comment.article] == "closed":
            return 403, {"code": "comments_closed"}
        held_for = self.reasons(comment.author, comment.article, text)
        still = comment.held_for if comment.status != "published" else []
        if held_for and comment.status == "published":
            self.move(comment, "held", Order("rules", "edit"), settles=False)
        comment.held_for = list(dict.fromkeys(still + held_for))
        comment.versions.append((comment.edited_at or comment.at, comment.text))
        comment.text, comment.edited_at = text, self.now
        return 200, {"content": text, "status": comment.shown_as}

    def withdraw(self, comment: Comment) -> Answer:
        """An author takes a comment back."""
        if comment.status != "withdrawn":
            refused = self.may_change(comment)
            if refused:
                return refused
            self.move(comment, "withdrawn", Order("author", "withdraw"))
        return 200, {"status": "withdrawn", "content": comment.text}

    def vote(self, comment: Comment, address: str, agent: str, vote: int) -> Answer:
        """A reader's vote; those of an address are forgotten after thirty days."""
        if comment.status != "published":
            return UNKNOWN_COMMENT
        expires, cast = self.votes.get((comment.id, address), (0, {}))
        if expires <= self.now // 1000:
            cast = {}
        before = cast.get(agent, 0)
        if before != vote:
            comment.up += (vote == 1) - (before == 1)
            comment.down += (vote == -1) - (before == -1)
            self.votes[comment.id, address] = (self.now + MONTH) // 1000, cast | {agent: vote}
        return 200, {"comment_id": comment.id, "vote": vote, "votes": comment.up - comment.down}

    def report(
        self, receipt: str, sent: tuple[str, ...], comment: Comment, address: str, reason: str,
        explanation: str | None,
    ) -> Answer:  # fmt: skip
        """A reader's report, under the receipt that it got; the same as before from the same reader."""
        known = self.sent.get(sent)
        if known:
            return 201, {"receipt": known}
        hour = (address, self.now // instants.HOUR)
        if comment.status != "published":
            return UNKNOWN_COMMENT
        if self.made.get(hour, 0) >= 20 or sum(self.reports[id].address == address for id in comment.open) >= 3:
            return 429, {"code": "too_many_reports"}
        self.made[hour] = self.made.get(hour, 0) + 1
        self.sent[sent] = receipt
        self.reports[receipt] = Report(comment, address, self.now, reason, explanation)
        comment.open.add(receipt)
        if len({self.reports[id].address for id in comment.open}) >= REPORT_LIMIT and not self.stays(comment):
            self.move(comment, "held", Order("readers", "report"), settles=False)
            comment.held_for = ["reports"]
        return 201, {"receipt": receipt}

    def stays(self, comment: Comment) -> bool:
        """Whether reports never hold a comment: the staff's, and one that is approved as it is."""
        last = comment.decided
        approved = last is not None and last.decision == "approve" and last.edits == len(comment.versions)
        return comment.staff or approved

    # What moderators do

    def move(
        self, comment: Comment, target: str, order: Order, *, job: str | None = None,
        settles: bool = True, reopened: Iterable[str] = (),
    ) -> None:  # fmt: skip
        """A comment goes to another status, with a line of its audit."""
        at = max(self.now, comment.decided.at + 1 if comment.decided else 0)
        settled = frozenset(comment.open if settles else ())
        line = Line(at, order.by, order.decision, comment.status, target, order.reason, order.note, job,
                    list(comment.held_for), settled, len(comment.versions), not comment.audit)  # fmt: skip
        comment.audit.append(line)
        comment.status = target
        comment.open = (comment.open - settled) | set(reopened)
        for id in settled:
            self.reports[id].settled_at = at
        for id in reopened:
            self.reports[id].settled_at = None
        if order.decision == "approve" and not comment.staff:
            self.approved.add(comment.author)

    def decide(self, id: str, order: Order, plan: list[Comment]) -> Answer:
        """A decision on comments, as a job under the id that it got; the same job where it was sent before."""
        sent = ("job", order.by, order.submission or id)
        again = sent in self.sent
        job = self.sent.setdefault(sent, Job(id, order, self.now, plan))
        self.jobs[job.id] = job
        return self.done(job, [self.decided_on(job, comment, again) for comment in job.plan])

    def decided_on(self, job: Job, comment: Comment, again: bool) -> tuple[str, str | None]:
        """What a job makes of a comment: its status, and why nothing was done."""
        order, last, before = job.order, comment.decided, comment.status
        if before == "withdrawn":
            return before, "withdrawn"
        if last and last.job == job.id:
            return before, None
        target = LEADS_TO[order.decision]
        if order.decision == "restore" and before == "published":
            target = before
        if target == before and not comment.open:
            return before, None
        overtaken = again and last is not None and last.at > job.at
        if job.undone or overtaken or order.seen not in (None, before):
            return before, "already_decided"
        if order.read_at is not None and (comment.edited_at or 0) > order.read_at:
            return before, "edited_since"
        self.move(comment, target, order, job=job.id)
        return target, None

    def undo(self, id: str, by: str, token: str) -> Answer:
        """A job is taken back, within a day."""
        undone = self.jobs[token]
        if self.now >= undone.at + instants.DAY:
            return 404, {"code": "unknown_job"}
        new = Job(id, Order(by, "undo"), self.now, undone.plan, undoes=undone)
        job = self.sent.setdefault(("undo", token), new)
        self.jobs[job.id] = job
        outcomes = [self.taken_back(job, undone, comment) for comment in job.plan]
        undone.undone |= any(error is None for _, error in outcomes)
        return self.done(job, outcomes)

    def taken_back(self, job: Job, undone: Job, comment: Comment) -> tuple[str, str | None]:
        """What taking a job back makes of a comment."""
        last = comment.decided
        if last is None or last.job not in (undone.id, job.id):
            return comment.status, "already_decided"
        if last.job == undone.id and (last.before != comment.status or last.settled):
            self.move(comment, last.before, job.order, job=job.id, settles=False, reopened=last.settled)
        return comment.status, None

    def done(self, job: Job, outcomes: list[tuple[str, str | None]]) -> Answer:
        """How a job answers."""
        told = {"job_id": job.id, "undo_token": job.id, "undo_until": instants.text(job.at + instants.DAY)}
        size = len(job.plan)
        decisions = [(c.id, *outcome) for c, outcome in zip(job.plan, outcomes, strict=True)]
        return 200, told | {"total": size, "done": size, "more": False, "decisions": decisions}

    def reply(self, id: str, sent: tuple[str, ...], by: str, comment: Comment, text: str) -> tuple[Answer, Any]:
        """The staff answers a comment."""
        again = self.sent.get(sent)
        if again is None:
            if comment.status != "published":
                return INVALID, None
            author = ("La rédaction", f"staff:{by}")
            again = Comment(
                id, comment.article, self.placed(comment), author, text, self.now, "published", [], staff=True
            )
            self.comments.append(again)
            self.sent[sent] = again
        return (201, {"id": again.id}), again

    def set_article(self, article: str, mode: str | None, pinned: Comment | str | None) -> Answer:
        """An article's comments are opened, held or closed, and one is pinned; `keep` leaves the one there is."""
        if isinstance(pinned, Comment) and (pinned.status != "published" or pinned.article != article):
            return INVALID
        if not isinstance(pinned, str):
            self.pinned[article] = pinned
        self.articles[article] = mode or self.articles[article]
        told = {"moderation": self.articles[article], "pinned": self.pinned.get(article) is not None}
        return 200, told | {"comments_open": self.articles[article] != "closed"}
