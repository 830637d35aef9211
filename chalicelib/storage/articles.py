"""Articles: one item each, written by the publisher, counted by comments and by the roll-up."""

from collections.abc import Iterable, Sequence
from typing import Any

from chalicelib.model import Article
from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import ConditionFailed, Table, Write

ATTRIBUTES = {
    "url": "url",
    "title": "title",
    "section": "section",
    "image_url": "image",
    "published_at": "published_at",
    "comments_mode": "mode",
    "newsroom_mode": "newsroom_mode",
    "pinned": "pinned",
    "created_at": "created_at",
    "deleted_at": "deleted_at",
}
NOT_DELETED = "attribute_not_exists(#deleted_at)"
PRESENT = f"attribute_exists(#pk) AND {NOT_DELETED}"
CHANGES_KEPT = 3 * instants.DAY


def from_item(item: Item) -> Article:
    """An article as its item tells it."""
    facts: dict[str, Any] = {field: item.get(attribute) for field, attribute in ATTRIBUTES.items()}
    for mode in ("comments_mode", "newsroom_mode"):
        facts[mode] = facts[mode] or "auto"
    counts = {name: max(item.get(name, 0), 0) for name in ("comments", "threads", "views")}
    return Article(id=keys.id_of(item["pk"]), **facts, **counts)


def read(table: Table, article_id: str, *, consistent: bool = False) -> Article | None:
    """An article, or None where none is registered or it was deleted.

    A miss is read again consistently, so that an article registered a moment ago is never unknown.
    """
    item = table.get(keys.article(article_id), consistent=consistent)
    if item is None and not consistent:
        item = table.get(keys.article(article_id), consistent=True)
    return present(item)


def read_any(table: Table, article_id: str) -> Article | None:
    """An article even if it is deleted."""
    item = table.get(keys.article(article_id), consistent=True)
    return from_item(item) if item else None


def present(item: Item | None) -> Article | None:
    """The article of an item, None if there is none or it is deleted."""
    if item is None or item.get("deleted_at") is not None:
        return None
    return from_item(item)


def read_many(table: Table, article_ids: Iterable[str], *, consistent: bool = False) -> dict[str, Article]:
    """The articles among these ids that are registered and not deleted."""
    items = table.get_many(map(keys.article, article_ids), consistent=consistent)
    found = (present(item) for item in items.values())
    return {article.id: article for article in found if article}


def look_up(table: Table, article_ids: Iterable[str]) -> dict[str, Article | None]:
    """Each of these ids with its article, None for one that is not registered or deleted."""
    ids = sorted(article_ids)
    found = read_many(table, ids, consistent=True)
    return {id: found.get(id) for id in ids}


def register(table: Table, article_id: str, fields: dict[str, Any], now: int) -> tuple[Article, bool]:
    """Set the given fields of an article (None clears one), making it if it is new; True if it is.

    Raises ConditionFailed where it is deleted, and where it is new and `url` or `title` is missing.
    """
    update, values = _changes(fields, now)
    complete = {"url", "title"} <= fields.keys()
    item = table.update(
        keys.article(article_id),
        update,
        values,
        condition=NOT_DELETED if complete else PRESENT,
        returns="ALL_NEW",
    )
    return from_item(item), item["changes"] == 1


def change(table: Table, article_id: str, fields: dict[str, Any], now: int) -> Article:
    """Set the given fields of an article (None clears one). Raises ConditionFailed if there is none."""
    update, values = _changes(fields, now)
    item = table.update(keys.article(article_id), update, values, condition=PRESENT, returns="ALL_NEW")
    return from_item(item)


def bring_back(table: Table, article_id: str, fields: dict[str, Any], now: int) -> None:
    """Register a deleted article again and show its comments to moderators again: both or neither.

    Raises TransactionRefused if it is not deleted.
    """
    update, values = _changes(fields, now, cleared=["deleted_at"])
    article = Write(
        "Update",
        key=keys.article(article_id),
        update=update,
        condition="attribute_exists(#deleted_at)",
        values=values,
    )
    table.transact([article, _hidden_write("DELETE", article_id)])


def delete(table: Table, article_id: str, now: int) -> None:
    """Hide an article and its comments, from moderators too: both or neither.

    Raises TransactionRefused if there is none to hide, with its item if it is hidden already.
    """
    article = Write(
        "Update",
        key=keys.article(article_id),
        update="SET #deleted_at = :now",
        condition=PRESENT,
        values={":now": now},
    )
    table.transact([article, _hidden_write("ADD", article_id)])


def _hidden_write(verb: str, article_id: str) -> Write:
    return Write("Update", key=keys.deleted_articles(), update=f"{verb} #ids :ids", values={":ids": {article_id}})


def _changes(fields: dict[str, Any], now: int, cleared: Sequence[str] = ()) -> tuple[str, dict[str, Any]]:
    """The update of the given fields, and its values. `changes` counts them: the first one makes the article."""
    given = {ATTRIBUTES[name]: value for name, value in fields.items()}
    kept = {name: value for name, value in given.items() if value is not None}
    removed = [f"#{name}" for name in (*cleared, *given) if name not in kept]
    assignments = [f"#{name} = :{name}" for name in kept]
    assignments.append("#created_at = if_not_exists(#created_at, :now)")
    assignments.append("#changes = if_not_exists(#changes, :zero) + :one")
    values = {f":{name}": value for name, value in kept.items()} | {":now": now, ":zero": 0, ":one": 1}
    remove = f" REMOVE {', '.join(removed)}" if removed else ""
    return f"SET {', '.join(assignments)}{remove}", values


def note_change(table: Table, article_id: str, now: int) -> None:
    """Tell the roll-up that what it knows of this article is out of date."""
    expires = (now + CHANGES_KEPT) // instants.SECOND
    table.put({**keys.change(now, article_id), keys.EXPIRES: expires})


def changed_since(table: Table, since: int, now: int) -> set[str]:
    """Articles changed since a time, as far back as changes are kept."""
    since = max(since, now - CHANGES_KEPT)
    return {
        keys.article_id_of_change(item["sk"])
        for day in range(since // instants.DAY, now // instants.DAY + 1)
        for item in table.query_all(
            "#pk = :pk AND #sk >= :since", {":pk": keys.changes(day), ":since": keys.change_since(since)}
        )
    }


def record_views(table: Table, article_id: str, views: int) -> Article | None:
    """Set an article's all-time count; gives the article, None if it is not registered or deleted."""
    try:
        item = table.update(
            keys.article(article_id),
            "SET #views = :views",
            {":views": views},
            condition="attribute_exists(#pk)",
            returns="ALL_NEW",
        )
    except ConditionFailed:
        return None
    return present(item)


def count_write(article_id: str, *, comments: int, threads: int) -> Write:
    """The write that adds to an article's counts inside a transaction; fails if it is gone or deleted."""
    return Write(
        "Update",
        key=keys.article(article_id),
        update="ADD #comments :comments, #threads :threads",
        condition=PRESENT,
        values={":comments": comments, ":threads": threads},
    )
