"""The words that the nouns are told in: statuses, roles, sorts, and who asks."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

Status = Literal["published", "held", "rejected", "spam", "trash", "withdrawn"]

STATUSES: tuple[Status, ...] = ("published", "held", "rejected", "spam", "trash", "withdrawn")

QueueName = Literal[Status, "reported"]
Asked = Literal[QueueName, "all"]

CommentsMode = Literal["open", "closed", "auto"]

NewsroomMode = Literal["open", "hold", "closed", "auto"]
"""What moderators decide of an article's comments; all but `auto` stand over what the CMS sends."""

Sort = Literal["newest", "oldest", "best"]

Window = Literal["1h", "24h", "7d", "30d", "all"]

WINDOWS: tuple[Window, ...] = ("1h", "24h", "7d", "30d", "all")

ListSort = Literal["views", "comments", "trending"]

LIST_SORTS: tuple[ListSort, ...] = ("views", "comments", "trending")

Measure = Literal["kept", "held", "removed", "withdrawn"]

Ground = Literal["illegal", "rules"]

Label = Literal["spam", "ham"]

FormCheck = Literal["none", "good", "fast", "old", "invalid"]

Decision = Literal["approve", "reject", "spam", "trash", "restore", "hold"]

Role = Literal["publisher", "moderator", "admin"]

ROLES: tuple[Role, ...] = ("publisher", "moderator", "admin")


class Unset(Enum):
    """What a field holds when the request left it out, where null has a meaning of its own."""

    UNSET = "unset"


UNSET = Unset.UNSET


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the network address, what the browser says of itself, and the token's role if any.

    A token may be limited to `sections`; None is no limit. `name` is what the operator noted of its holder.
    """

    address: str
    user_agent: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    role: Role | None = None
    actor: str | None = None
    sections: frozenset[str] | None = None
    name: str | None = None
