"""Which comments a moderator asked for, and where a page of the queue may begin."""

from chalicelib.model import Comment
from chalicelib.model.moderation import QueueFilter
from chalicelib.rules import articles, threads
from chalicelib.rules.folding import fold


def is_queue_position(text: str) -> bool:
    """Whether this can be a place in the queue: a comment's segment, and its article's id behind it."""
    segment, article_id = text[: threads.WIDTH], text[threads.WIDTH :]
    return is_segment(segment) and articles.is_article_id(article_id)


def is_segment(text: str) -> bool:
    """Whether this can be a place among the comments of one author."""
    return len(text) == threads.WIDTH and set(text) <= set(threads.ALPHABET)


def matches(wanted: QueueFilter, comment: Comment) -> bool:
    """Whether a comment is one of those asked for, by all that the comment itself tells.

    `text` is looked for in the text and the name; case and accents do not matter.
    """
    told = {
        "article": comment.article_id,
        "author": comment.author_key,
        "network": comment.network_key,
    }
    if any(getattr(wanted, name) not in (None, value) for name, value in told.items()):
        return False
    if wanted.status not in ("reported", "all") and comment.status != wanted.status:
        return False
    if wanted.since is not None and comment.created_at < wanted.since:
        return False
    if wanted.until is not None and comment.created_at > wanted.until:
        return False
    if wanted.reason is not None and wanted.reason not in {reason.code for reason in comment.held_for}:
        return False
    sought = fold(wanted.text or "")
    return sought in fold(comment.content) or sought in fold(comment.author_name)
