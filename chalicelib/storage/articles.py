"""Articles: one item each, written by the publisher, counted by comments and by the roll-up."""

from collections.abc import Iterable
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
    "created_at": "created_at",
    "deleted_at": "deleted_at",
}
CHANGES_KEPT = 3 * instants.DAY


def from_item(item: Item) -> Article:
    """An article as its item tells it."""
    facts: dict[str, Any] = {field: item.get(attribute) for field, attribute in ATTRIBUTES.items()}
    facts["comments_mode"] = facts["comments_mode"] or "auto"
    counts = {name: max(item.get(name, 0), 0) for name in ("comments", "threads", "views")}
    return Article(id=keys.article_id_of(item["pk"]), **facts, **counts)


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


def register(table: Table, article_id: str, fields: dict[str, Any], now: int) -> Article:
    """Set the given fields of an article (None clears one), making it or bringing it back if need be.

    Raises ConditionFailed if the article is not there and `url` or `title` is missing.
    """
    changes = {ATTRIBUTES[name]: value for name, value in fields.items()}
    kept = {name: value for name, value in changes.items() if value is not None}
    cleared = [name for name, value in changes.items() if value is None]
    assignments = [f"#{name} = :{name}" for name in kept]
    assignments.append("#created_at = if_not_exists(#created_at, :now)")
    update = f"SET {', '.join(assignments)} REMOVE {', '.join(f'#{name}' for name in [*cleared, 'deleted_at'])}"
    complete = {"url", "title"} <= fields.keys()
    item = table.update(
        keys.article(article_id),
        update,
        {f":{name}": value for name, value in kept.items()} | {":now": now},
        condition="" if complete else "attribute_exists(#pk) AND attribute_not_exists(#deleted_at)",
        returns="ALL_NEW",
    )
    return from_item(item)


def delete(table: Table, article_id: str, now: int) -> Article | None:
    """Hide an article and its comments; None if there was none to hide."""
    try:
        item = table.update(
            keys.article(article_id),
            "SET #deleted_at = :now",
            {":now": now},
            condition="attribute_exists(#pk) AND attribute_not_exists(#deleted_at)",
            returns="ALL_NEW",
        )
    except ConditionFailed:
        return None
    return from_item(item)


def hide_from_queue(table: Table, article_id: str) -> None:
    """Remember that this article's comments must not be shown to moderators."""
    table.update(keys.deleted_articles(), "ADD #ids :ids", {":ids": {article_id}})


def show_in_queue(table: Table, article_id: str) -> None:
    """Forget that this article's comments are hidden from moderators."""
    table.update(keys.deleted_articles(), "DELETE #ids :ids", {":ids": {article_id}})


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
        condition="attribute_exists(#pk) AND attribute_not_exists(#deleted_at)",
        values={":comments": comments, ":threads": threads},
    )
