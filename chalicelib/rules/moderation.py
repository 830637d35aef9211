"""What becomes of a comment: held or published when it comes in, and which status a decision gives it."""

from chalicelib.model import Decision, Status
from chalicelib.rules import articles, threads

DECISIONS: dict[Decision, Status] = {
    "approve": "published",
    "reject": "rejected",
    "spam": "spam",
    "trash": "trash",
    "restore": "held",
}


def reasons_to_hold(mode: str, *, author_approved: bool) -> tuple[str, ...]:
    """Why a new comment must wait for a moderator; empty when it may be published at once.

    `mode` is the setting TRIBUNE_MODERATION; `author_approved` says whether a comment of the same name and
    e-mail was approved before.
    """
    if mode == "all":
        return ("moderation_of_all",)
    if mode == "first" and not author_approved:
        return ("first_comment",)
    return ()


def status_after(decision: Decision, status: Status) -> Status:
    """The status a decision leads to.

    Restoring takes a comment back to the queue, to be looked at again; what nobody took away stays as it is.
    """
    if decision == "restore" and status == "published":
        return status
    return DECISIONS[decision]


def is_queue_position(text: str) -> bool:
    """Whether this can be a place in the queue: a comment's segment, and its article's id behind it."""
    segment, article_id = text[: threads.WIDTH], text[threads.WIDTH :]
    return set(segment) <= set(threads.ALPHABET) and articles.is_article_id(article_id)
