"""What readers do with comments, and all that anyone gets to see of them."""

import json
from typing import Any

from tests.scene import ADMIN, Heard, Service

SORTS = ("newest", "oldest", "best")


def at(posted: Any, verb: str = "", article_id: str = "a1") -> str:
    """The path of a comment, as its poster was told of it, or of what may be done with it."""
    id = posted if isinstance(posted, str) else posted["id"]
    return f"/articles/{article_id}/comments/{id}" + (f"/{verb}" if verb else "")


def edit(service: Service, posted: Any, content: str, **options: Any) -> Heard:
    """Edit one's own comment."""
    return service.call(
        "POST", at(posted, "edits"), {"edit_token": posted["edit_token"], "content": content}, **options
    )


def withdraw(service: Service, posted: Any) -> Heard:
    """Take one's own comment back."""
    return service.call("POST", at(posted, "withdrawals"), {"edit_token": posted["edit_token"]})


def state(service: Service, posted: Any) -> Any:
    """One's own comment as it is now."""
    heard = service.call("POST", at(posted, "status"), {"edit_token": posted["edit_token"]})
    assert heard.status == 200, heard.text
    return heard.json


def vote(service: Service, posted: Any, cast: Any = 1, **options: Any) -> Heard:
    """Vote on a comment."""
    return service.call("POST", at(posted, "votes"), {"vote": cast}, **options)


def report(service: Service, posted: Any, reason: str = "hate", *, address: str = "", **fields: Any) -> Heard:
    """Report a comment."""
    body = {"reason": reason} | fields
    return service.call("POST", at(posted, "reports"), body, address=address or "198.51.100.7")


def set_policy(service: Service, **fields: Any) -> None:
    """Tell the rules of moderation something else."""
    heard = service.call("PUT", "/moderation/policy", {"policy": fields}, token=ADMIN)
    assert heard.status == 200, heard.text


def dossier(service: Service, posted: Any) -> Any:
    """All that moderators may know of a comment."""
    id = posted if isinstance(posted, str) else posted["id"]
    return service.call("GET", f"/moderation/comments/{id}", token=ADMIN).json


def codes(comment: Any) -> list[str]:
    """The codes of why a comment waits."""
    return [reason["code"] for reason in comment["held_for"]]


def seen_by_anyone(service: Service, *posted: Any) -> str:
    """Every public answer with its headers: of the article, of lists and counts, and of each of these comments."""
    paths = [
        "/articles/a1",
        "/counts?ids=a1",
        "/most-read?window=all&sort=comments",
        *(f"/articles/a1/comments?sort={sort}" for sort in SORTS),
        *(at(comment) for comment in posted),
    ]
    heard = [service.call("GET", path) for path in paths]
    return "\n".join(f"{answer.headers} {answer.text}" for answer in heard)


def counted(service: Service) -> set[int]:
    """What the public places say of how many comments `a1` has: one number where they agree."""
    lists = [service.call("GET", f"/articles/a1/comments?sort={sort}&limit=100").json for sort in SORTS]
    return {
        service.call("GET", "/articles/a1").json["comments"],
        service.call("GET", "/counts?ids=a1").json["counts"]["a1"]["comments"],
        *(page["total"] for page in lists),
        *(len(page["comments"]) for page in lists),
    }


def refusal(heard: Heard) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return heard.status, heard.json["code"]


def bad_fields(heard: Heard) -> list[tuple[str, str]]:
    """The fields of a refusal, each with its code."""
    return [(error["field"], error["code"]) for error in heard.json["errors"]]


def stored(service: Service) -> list[str]:
    """All that the table holds."""
    table = service.backend.table
    pages = table.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True)
    return sorted(json.dumps(item, default=str, sort_keys=True) for page in pages for item in page["Items"])
