"""The audit: one line for each move of a comment from a status to another, written once and never again.

A line is put in the transaction that moves the comment, under the condition that there is none in its place;
nothing in the code updates or deletes one. Its seal, a keyed hash of all that it says, tells whether somebody has.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from chalicelib.model import Comment, Decided, Status
from chalicelib.model.moderation import AuditLine
from chalicelib.rules import instants, keyed
from chalicelib.storage import keys
from chalicelib.storage.comments import reason_item, reason_of
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table, Write

SEAL_BYTES = 16


def line_write(
    secret: bytes, comment: Comment, status: Status, decided: Decided, settled: Collection[str]
) -> Write:
    """The write of the line that a comment goes from its status to another, and the reports that this settles."""
    was = comment.decided.label if comment.decided else None
    facts: dict[str, Any] = {
        "comment": comment.id,
        "article": comment.article_id,
        "at": decided.at,
        "actor": decided.actor,
        "name": decided.name,
        "decision": decided.decision,
        "reason": decided.reason,
        "note": decided.note,
        "job": decided.job,
        "from": comment.status,
        "to": status,
        "held_for": [reason_item(reason) for reason in comment.held_for] or None,
        "reports": sorted(settled) or None,
        "edits": comment.edits,
        "first": comment.decided is None,
        "unlearn": was,
        "unlearn_edits": comment.decided.edits if comment.decided else None,
        "learn": decided.label,
    }
    line = {name: value for name, value in facts.items() if value is not None}
    key = keys.audit(decided.at, comment.id)
    return Write("Put", item={**key, **line, "seal": _seal(secret, line)}, condition="attribute_not_exists(#pk)")


def lines_of(table: Table, secret: bytes, comment: Comment) -> list[AuditLine]:
    """The audit of one comment, oldest first."""
    found = table.get_each((keys.audit(at, comment.id) for at in comment.trail), consistent=True)
    return sorted((_line(secret, item) for item in found), key=lambda line: line.at)


def last_lines(table: Table, secret: bytes, of: Iterable[Comment]) -> dict[str, AuditLine]:
    """The last line of each of these comments that has one, by the comment's id."""
    wanted = [keys.audit(comment.decided.at, comment.id) for comment in of if comment.decided]
    found = (_line(secret, item) for item in table.get_each(wanted, consistent=True))
    return {line.comment_id: line for line in found}


def lines_since(table: Table, secret: bytes, since: int, until: int) -> Iterator[AuditLine]:
    """The lines written after a time and until another (milliseconds), oldest first."""
    if since >= until:  # a clock that is behind another's
        return
    for day in range(since // instants.DAY, until // instants.DAY + 1):
        found = table.query_all(
            "#pk = :pk AND #sk BETWEEN :since AND :until",
            {
                ":pk": keys.audit_day(day),
                ":since": keys.change_since(since + 1),
                ":until": keys.change_since(until + 1),
            },
        )
        yield from (_line(secret, item) for item in found)


def _line(secret: bytes, item: Item) -> AuditLine:
    line = {name: value for name, value in item.items() if name not in ("pk", "sk", "seal")}
    return AuditLine(
        comment_id=item["comment"],
        at=item["at"],
        actor=item["actor"],
        decision=item.get("decision"),
        reason=item.get("reason"),
        note=item.get("note"),
        before=item["from"],
        after=item["to"],
        held_for=tuple(map(reason_of, item.get("held_for", ()))),
        reports=frozenset(item.get("reports", ())),
        unlearn=item.get("unlearn"),
        learn=item.get("learn"),
        edits=item.get("edits", 0),
        unlearn_edits=item.get("unlearn_edits"),
        name=item.get("name"),
        is_first=item.get("first", False),
        intact=item.get("seal") == _seal(secret, line),
    )


def _seal(secret: bytes, line: dict[str, Any]) -> bytes:
    said = json.dumps(line, sort_keys=True, ensure_ascii=False)
    return keyed.keyed_hash(secret, "audit", said)[:SEAL_BYTES]
