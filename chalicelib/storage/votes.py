"""Votes: those on one comment from one address in one item, each under the hash of the browser that cast it."""

from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table, Write

LIFE = 30 * instants.DAY
MOST_VOTERS = 20
"""Voters that one address may have on one comment: an office, not a script that changes its name."""
MOST_CHANGES = 60
"""Changes of all these votes together: nobody has to vote back and forth."""


def read(table: Table, comment_id: str, network_key: str, now: int) -> Item:
    """The votes on a comment from one address, empty if there are none, or none less than 30 days old."""
    item = table.get(keys.votes(comment_id, network_key), consistent=True)
    return item if item and item[keys.EXPIRES] > now // instants.SECOND else {}


def vote_of(item: Item, voter: str) -> int:
    """What a voter has cast: 1, -1, or 0 for nothing."""
    return int(item.get(f"v{voter}", 0))


def is_full(item: Item, voter: str) -> bool:
    """Whether this address has too many voters for another one, or has changed its mind too often."""
    too_many = f"v{voter}" not in item and int(item.get("voters", 0)) >= MOST_VOTERS
    return too_many or int(item.get("version", 0)) >= MOST_CHANGES


def vote_writes(comment_id: str, network_key: str, voter: str, item: Item, vote: int, now: int) -> list[Write]:
    """The writes that cast a vote instead of the one in `item`, and count it on the comment.

    They fail if `item` is not what is there any more, or the comment is not published.
    """
    name, before = f"v{voter}", vote_of(item, voter)
    votes = {**keys.votes(comment_id, network_key), **item, name: vote}
    votes["voters"] = int(item.get("voters", 0)) + (name not in item)
    votes["version"] = int(item.get("version", 0)) + 1
    votes[keys.EXPIRES] = (now + LIFE) // instants.SECOND
    stale = f"attribute_not_exists(#pk) OR #{keys.EXPIRES} <= :now"
    mine = Write(
        "Put",
        item=votes,
        condition="#version = :version" if item else stale,
        values={":version": item["version"]} if item else {":now": now // instants.SECOND},
    )
    added = {"up": (vote == 1) - (before == 1), "down": (vote == -1) - (before == -1)}
    changed = {name: change for name, change in added.items() if change}
    counted = Write(
        "Update",
        key=keys.comment(comment_id),
        update="ADD " + ", ".join(f"#{name} :{name}" for name in changed),
        condition=f"#{keys.QUEUE} = :published",
        values={":published": "published"} | {f":{name}": change for name, change in changed.items()},
    )
    return [mine, counted]
