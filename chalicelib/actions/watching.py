"""What the roll-up keeps up for the rules of moderation: the pace of comments, and what moderators call spam.

Both are read by whoever judges a comment; neither is written by one, so that no comment waits for another's.
"""

import contextlib
from collections import Counter
from dataclasses import dataclass, field, replace

from chalicelib.actions import identity
from chalicelib.backend import Backend
from chalicelib.model import Comment, Label, Status
from chalicelib.model.moderation import AuditLine
from chalicelib.rules import instants, spam, writing
from chalicelib.rules.spam import SpamModel
from chalicelib.storage import audit, comments, queue, watch
from chalicelib.storage.table import ConditionFailed
from chalicelib.storage.watch import Pace

COUNTED: tuple[Status, ...] = ("published", "held")
"""What a rule has sent to spam holds nobody else's comment."""
WORTH_WRITING = 5
"""Comments in ten minutes below which neither a site nor an article is worth an item."""
SETTLED = 10 * instants.SECOND
"""Lines of the audit are read once they are so old: by then all that were written earlier can be seen."""
LOOKS_BACK = 7 * instants.DAY
"""How far the first look goes."""
MOST_LINES = 500
"""Lines that one look learns from, and all others of the last one's millisecond."""


@dataclass
class Memory:
    """What an environment knows between two looks: the pace it wrote, and the model with its time and version."""

    pace: Pace = field(default_factory=Pace)
    model: SpamModel | None = None
    version: int = 0
    stored_at: int = 0
    seen_until: int = 0


def keep_up(backend: Backend) -> None:
    """Bring the pace of comments and the spam model up to date. Raises Busy."""
    memory = backend.own(Memory)
    _count_pace(backend, memory)
    _learn(backend, memory)


def _count_pace(backend: Backend, memory: Memory) -> None:
    now = backend.now()
    counted: Counter[str] = Counter()
    for status in COUNTED:
        counted.update(queue.articles_since(backend.table, status, now - watch.PACE_VALID))
    busy = {id: count for id, count in sorted(counted.items()) if count >= WORTH_WRITING}
    pace = Pace(counted.total() if counted.total() >= WORTH_WRITING else 0, busy, now)
    if replace(pace, at=0) == replace(memory.pace, at=0) and now < memory.pace.at + watch.PACE_VALID // 2:
        return
    if pace.site or memory.pace.site:
        watch.put_pace(backend.table, pace)
    memory.pace = pace


def _learn(backend: Backend, memory: Memory) -> None:
    if memory.model is None:
        _read_model(backend, memory)
    until = backend.now() - SETTLED
    secret = identity.site_secret(backend)
    lines: list[AuditLine] = []
    for line in audit.lines_since(backend.table, secret, memory.seen_until, until):
        if len(lines) >= MOST_LINES and line.at > lines[-1].at:
            until = lines[-1].at
            break
        lines.append(line)
    told = [line for line in lines if line.learn or line.unlearn]
    if told:
        memory.model = _learned(backend, memory.model or SpamModel(), told)
    memory.seen_until = max(until, memory.seen_until)
    if told or memory.seen_until > memory.stored_at + instants.DAY:
        _store(backend, memory)


def _read_model(backend: Backend, memory: Memory) -> None:
    item = watch.spam_model(backend.table)
    memory.model = spam.load(item["model"]) if item else SpamModel()
    memory.version = item["version"] if item else 0
    memory.stored_at = memory.seen_until = item["at"] if item else backend.now() - LOOKS_BACK


def _store(backend: Backend, memory: Memory) -> None:
    """Store what was learned. Where that fails, as it does if another roll-up has stored its own, it is forgotten
    here and read anew: what was not stored is learned again."""
    model, memory.model = memory.model or SpamModel(), None
    with contextlib.suppress(ConditionFailed):
        watch.put_spam_model(backend.table, spam.dump(model), memory.seen_until, memory.version)
        memory.model, memory.version, memory.stored_at = model, memory.version + 1, memory.seen_until


def _learned(backend: Backend, model: SpamModel, lines: list[AuditLine]) -> SpamModel:
    known = comments.read_many(backend.table, list({line.comment_id for line in lines}))
    for line in lines:
        comment = known.get(line.comment_id)
        if comment is None:
            continue
        if line.unlearn:
            seen = _features(backend, comment, line.unlearn_edits or 0)
            model = spam.unlearn(model, seen, is_spam=_is_spam(line.unlearn))
        if line.learn:
            seen = _features(backend, comment, line.edits)
            model = spam.learn(model, seen, is_spam=_is_spam(line.learn))
    return model


def _features(backend: Backend, comment: Comment, edits: int) -> frozenset[str]:
    """Of the text that was decided on, whatever its author has made of it since."""
    content = comment.content
    if edits < comment.edits:
        versions = comments.versions(backend.table, comment)
        content = versions[edits][1] if edits < len(versions) else content
    return spam.features(writing.as_read(content), comment.author_name, comment.author_url)


def _is_spam(label: Label) -> bool:
    return label == "spam"
