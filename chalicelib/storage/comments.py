"""Comments: one base item each, with its entries in the thread, queue and author indexes."""

from typing import Any

from chalicelib.model import Comment, Decided, PublicComment, Status
from chalicelib.rules import threads
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table, Write


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
        "name": comment.author_name,
        "email": comment.author_email,
        "link": comment.author_url,
        "text": comment.content,
        "at": comment.created_at,
        "edited": comment.edited_at,
        "up": comment.votes_up or None,
        "down": comment.votes_down or None,
        "held_for": list(comment.held_for) or None,
        "decided": decided_item(decided) if decided else None,
    }


def from_item(item: Item) -> Comment:
    """A comment as its item tells it."""
    decided = item.get("decided")
    return Comment(
        id=keys.comment_id_of(item["pk"]),
        article_id=item["article"],
        parent_id=item.get("parent"),
        path=item["path"],
        status=item[keys.QUEUE],
        author_key=item[keys.AUTHOR],
        author_name=item["name"],
        author_email=item["email"],
        author_url=item.get("link"),
        content=item["text"],
        created_at=item["at"],
        edited_at=item.get("edited"),
        votes_up=item.get("up", 0),
        votes_down=item.get("down", 0),
        held_for=tuple(item.get("held_for", ())),
        decided=Decided(decided["actor"], decided["at"], decided.get("reason"), decided.get("note"))
        if decided
        else None,
    )


def from_thread_entry(item: Item) -> PublicComment:
    """A published comment as the thread index holds it."""
    return PublicComment(
        id=keys.comment_id_of(item["pk"]),
        article_id=item[keys.THREAD],
        parent_id=item.get("parent"),
        path=threads.path_of(item[keys.THREAD_AT]),
        author_name=item["name"],
        author_url=item.get("link"),
        content=item["text"],
        created_at=item["at"],
        edited_at=item.get("edited"),
        votes_up=item.get("up", 0),
        votes_down=item.get("down", 0),
    )


def decided_item(decided: Decided) -> dict[str, Any]:
    """A decision as an attribute."""
    facts = {"actor": decided.actor, "at": decided.at, "reason": decided.reason, "note": decided.note}
    return {name: value for name, value in facts.items() if value is not None}


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
    return Write("Put", item=to_item(comment), condition="attribute_not_exists(pk)")


def status_write(comment: Comment, status: Status, decided: Decided) -> Write:
    """The write that moves a comment to another status, if it still has the one it was read with."""
    sets = {
        **keys.queue_entry(status, comment.created_at, comment.id, comment.article_id),
        "decided": decided_item(decided),
    }
    thread = keys.thread_entry(comment.article_id, comment.path)
    if status == "published":
        sets |= thread
    assignments = ", ".join(f"#{name} = :{name}" for name in sets)
    remove = "" if status == "published" else " REMOVE " + ", ".join(f"#{name}" for name in thread)
    return Write(
        "Update",
        key=keys.comment(comment.id),
        update=f"SET {assignments}{remove}",
        condition=f"#{keys.QUEUE} = :seen",
        values={f":{name}": value for name, value in sets.items()} | {":seen": comment.status},
    )
