"""Comments: one base item each, with its entries in the thread, queue and author indexes."""

from collections.abc import Collection
from dataclasses import asdict, fields, replace
from typing import Any

from chalicelib.model import Comment, Decided, PublicComment, Reason, Status
from chalicelib.rules import threads
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table, Write

STAFF_MARK = "\x02"
"""Before the name of a comment by the staff. What the thread index projects cannot be changed while a table is in
use, and no name that comes in keeps a control character, so nobody can type it."""
TRAIL = 50
"""Audit lines of a comment that its item still names; all of them stay in the audit."""


def to_item(comment: Comment) -> Item:
    """A comment's item; only a published one carries the key of the thread index."""
    decided = comment.decided
    return {
        **keys.comment(comment.id),
        **keys.queue_entry(comment.status, comment.created_at, comment.id, comment.article_id),
        **keys.author_entry(comment.author_key, comment.created_at, comment.id),
        **(keys.thread_entry(comment.article_id, comment.path) if comment.status == "published" else {}),
        "article": comment.article_id,
        "path": comment.path,
        "parent": comment.parent_id,
        "name": (STAFF_MARK if comment.staff else "") + comment.author_name,
        "email": comment.author_email,
        "link": comment.author_url,
        "text": comment.content,
        "at": comment.created_at,
        "edited": comment.edited_at,
        "up": comment.votes_up or None,
        "down": comment.votes_down or None,
        "held_for": [reason_item(reason) for reason in comment.held_for] or None,
        "decided": decided_item(decided) if decided else None,
        "network": comment.network_key or None,
        "replies": comment.replies or None,
        "edits": comment.edits or None,
        "spam": comment.spam_percent,
        "reports": set(comment.reports) or None,
        "trail": list(comment.trail) or None,
    }


def from_item(item: Item) -> Comment:
    """A comment as its item tells it."""
    decided = item.get("decided")
    return Comment(
        id=keys.id_of(item["pk"]),
        article_id=item["article"],
        parent_id=item.get("parent"),
        path=item["path"],
        status=item[keys.QUEUE],
        author_key=item[keys.AUTHOR],
        author_name=item["name"].removeprefix(STAFF_MARK),
        author_email=item["email"],
        author_url=item.get("link"),
        content=item["text"],
        created_at=item["at"],
        edited_at=item.get("edited"),
        votes_up=item.get("up", 0),
        votes_down=item.get("down", 0),
        held_for=tuple(map(reason_of, item.get("held_for", ()))),
        decided=decided_of(decided) if decided else None,
        staff=item["name"].startswith(STAFF_MARK),
        network_key=item.get("network", ""),
        replies=max(item.get("replies", 0), 0),
        edits=item.get("edits", 0),
        spam_percent=item.get("spam"),
        reports=frozenset(item.get("reports", ())),
        trail=tuple(item.get("trail", ())),
    )


def from_thread_entry(item: Item) -> PublicComment:
    """A published comment as the thread index holds it."""
    return PublicComment(
        id=keys.id_of(item["pk"]),
        article_id=item[keys.THREAD],
        parent_id=item.get("parent"),
        path=threads.path_of(item[keys.THREAD_AT]),
        author_name=item["name"].removeprefix(STAFF_MARK),
        author_url=item.get("link"),
        content=item["text"],
        created_at=item["at"],
        edited_at=item.get("edited"),
        votes_up=item.get("up", 0),
        votes_down=item.get("down", 0),
        staff=item["name"].startswith(STAFF_MARK),
    )


def decided_item(decided: Decided) -> dict[str, Any]:
    """A decision as an attribute."""
    return {name: value for name, value in asdict(decided).items() if value is not None}


def decided_of(attribute: dict[str, Any]) -> Decided:
    """A decision as its attribute tells it."""
    return Decided(**{known.name: attribute[known.name] for known in fields(Decided) if known.name in attribute})


def reason_item(reason: Reason) -> dict[str, Any]:
    """Why a rule holds a comment, as an attribute."""
    return {"code": reason.code, "evidence": reason.evidence} | ({"spam": True} if reason.spam else {})


def reason_of(attribute: dict[str, Any] | str) -> Reason:
    """A reason as its attribute tells it; releases before this one stored the code alone."""
    if isinstance(attribute, str):
        return Reason(attribute)
    return Reason(attribute["code"], attribute["evidence"], attribute.get("spam", False))


def read(table: Table, comment_id: str, *, consistent: bool = True) -> Comment | None:
    """A comment whatever its status, None if there is none."""
    item = table.get(keys.comment(comment_id), consistent=consistent)
    return from_item(item) if item else None


def read_many(table: Table, comment_ids: list[str]) -> dict[str, Comment]:
    """The comments among these ids that exist, whatever their status."""
    items = table.get_many(map(keys.comment, comment_ids), consistent=True)
    return {comment.id: comment for comment in map(from_item, items.values())}


def put_write(comment: Comment) -> Write:
    """The write that stores a new comment; fails with the item that is there if it is stored already."""
    return Write("Put", item=to_item(comment), condition="attribute_not_exists(#pk)")


def status_write(
    comment: Comment,
    status: Status,
    decided: Decided,
    *,
    unanswered: bool = False,
    settled: Collection[str] = (),
    opened: Collection[str] = (),
    **changes: Any,
) -> Write:
    """The write that moves a comment to another status, if nobody decided on it or edited it since it was read.

    The reports `settled` are no longer open, or those `opened` are; one that comes meanwhile stays as it is. With
    `unanswered` it fails where there is a published reply. `changes` are other attributes to set with it.
    """
    sets: dict[str, Any] = {
        **keys.queue_entry(status, comment.created_at, comment.id, comment.article_id),
        "decided": decided_item(decided),
        "trail": [*comment.trail[1 - TRAIL :], decided.at],
        **changes,
    }
    thread = keys.thread_entry(comment.article_id, comment.path)
    if status == "published":
        sets |= thread
    else:
        sets |= dict.fromkeys(thread)
    write = _changed(comment, sets, unanswered=unanswered)
    verb, reports = ("ADD", set(opened)) if opened else ("DELETE", set(settled))
    if not reports:
        return write
    return replace(
        write, update=f"{write.update} {verb} #reports :reports", values=write.values | {":reports": reports}
    )


def edit_write(comment: Comment, **changes: Any) -> Write:
    """The write that changes attributes of a comment, if nobody has decided on, edited or answered it."""
    return _changed(comment, changes, unanswered=True)


def report_write(comment: Comment, report_id: str) -> Write:
    """The write that adds a report to the open ones of a published comment, if there are no more than was read."""
    values: dict[str, Any] = {":published": "published", ":reported": {report_id}}
    as_many = "attribute_not_exists(#reports)"
    if comment.reports:
        as_many = "size(#reports) = :reports"
        values[":reports"] = len(comment.reports)
    return Write(
        "Update",
        key=keys.comment(comment.id),
        update="ADD #reports :reported",
        condition=f"#{keys.QUEUE} = :published AND {as_many}",
        values=values,
    )


def _changed(comment: Comment, sets: dict[str, Any], *, unanswered: bool) -> Write:
    removed = [name for name, value in sets.items() if value is None]
    sets = {name: value for name, value in sets.items() if value is not None}
    update = "SET " + ", ".join(f"#{name} = :{name}" for name in sets)
    if removed:
        update += " REMOVE " + ", ".join(f"#{name}" for name in removed)
    condition, values = _unchanged(comment)
    if unanswered:
        condition += " AND (attribute_not_exists(#replies) OR #replies < :one)"
        values[":one"] = 1
    return Write(
        "Update",
        key=keys.comment(comment.id),
        update=update,
        condition=condition,
        values={f":{name}": value for name, value in sets.items()} | values,
    )


def _unchanged(comment: Comment) -> tuple[str, dict[str, Any]]:
    conditions, values = [f"#{keys.QUEUE} = :was_status"], dict[str, Any]({":was_status": comment.status})
    seen = {
        "#decided.#at": comment.decided.at if comment.decided else None,
        "#edits": comment.edits or None,
    }
    for place, value in seen.items():
        name = ":was_" + place.replace("#", "").replace(".", "_")
        if value is None:
            conditions.append(f"attribute_not_exists({place})")
        else:
            conditions.append(f"{place} = {name}")
            values[name] = value
    return " AND ".join(conditions), values


def replies_write(comment_id: str, change: int, *, published: bool = False) -> Write:
    """The write that counts a published reply more or less; with `published`, only under a published comment."""
    condition = "attribute_exists(#pk)" + (f" AND #{keys.QUEUE} = :published" if published else "")
    values: dict[str, Any] = {":change": change} | ({":published": "published"} if published else {})
    return Write(
        "Update",
        key=keys.comment(comment_id),
        update="ADD #replies :change",
        condition=condition,
        values=values,
    )


def version_write(comment: Comment) -> Write:
    """The write that keeps a comment's text as it was before its next edit."""
    n = comment.edits + 1
    kept = {"text": comment.content, "at": comment.edited_at or comment.created_at}
    return Write("Put", item={**keys.edit(comment.id, n), **kept}, condition="attribute_not_exists(#pk)")


def versions(table: Table, comment: Comment) -> list[tuple[int, str]]:
    """The earlier versions of a comment, oldest first: when each was written, and its text."""
    wanted = [keys.edit(comment.id, n) for n in range(1, comment.edits + 1)]
    found = table.get_many(wanted)
    return [(found[key["pk"]]["at"], found[key["pk"]]["text"]) for key in wanted if key["pk"] in found]
