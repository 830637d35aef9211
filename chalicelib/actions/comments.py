"""Comments: posted by readers, read by anyone."""

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib import journal
from chalicelib.actions import articles as article_actions
from chalicelib.actions import identity, thread_pages
from chalicelib.backend import Backend
from chalicelib.errors import Conflict, FieldProblem, Forbidden, InvalidFields, NotFound, TooMany
from chalicelib.model import Article, Caller, Comment, PostedComment, PublicComment, Sort, ThreadPage
from chalicelib.rules import email, instants, keyed, moderation, network, threads
from chalicelib.storage import articles, authors, comments, keys, thread_index
from chalicelib.storage.comments import from_thread_entry
from chalicelib.storage.items import Item
from chalicelib.storage.table import TransactionRefused, Write

THREAD_LIMIT = 500
"""Comments of a thread that are shown around a single one."""


@dataclass(frozen=True)
class _Poster:
    """Who posts, in keyed hashes."""

    key: str
    name: bytes
    text: bytes
    network: str
    address: str


def post(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    author_name: str,
    author_email: str,
    content: str,
    author_url: str | None = None,
    parent_id: str | None = None,
    submission_id: str | None = None,
) -> PostedComment:
    """Take a reader's comment: published at once, or held for a moderator. A repeated submission changes nothing.

    One BatchGet and one transaction. Raises NotFound, Forbidden, InvalidFields, Conflict and TooMany.
    """
    known_as = email.email_key_form(author_email)
    poster = _poster(backend, caller, article_id, author_name, known_as, content, parent_id)
    comment_id = _comment_id(backend, article_id, known_as, submission_id)
    found = _read_around(backend, article_id, comment_id, poster, parent_id)
    article = articles.present(found.get(keys.article(article_id)["pk"])) or articles.read(
        backend.table, article_id, consistent=True
    )
    if article is None:
        raise NotFound("unknown_article")
    again = found.get(keys.comment(comment_id)["pk"])
    if again:
        return _posted(backend, comments.from_item(again), article)
    if not article_actions.is_open(backend, article):
        raise Forbidden("comments_closed")
    parent = _parent(backend, article_id, parent_id, found) if parent_id else None
    author, pace = found.get(keys.author(poster.key)["pk"]), found.get(keys.pace(poster.network)["pk"])
    stored = _stored_or_refused(backend, comment_id, poster, author, pace)
    if stored:
        return _posted(backend, stored, article)
    held_for = moderation.reasons_to_hold(
        backend.settings.moderation, author_approved=authors.name_approved(author, poster.name)
    )
    now = backend.now()
    parent, path = place(backend, parent, now, comment_id, lambda id: comments.read(backend.table, id))
    comment = Comment(
        id=comment_id,
        article_id=article_id,
        parent_id=parent.id if parent else None,
        path=path,
        status="held" if held_for else "published",
        author_key=poster.key,
        author_name=author_name,
        author_email=author_email,
        author_url=author_url,
        content=content,
        created_at=now,
        held_for=held_for,
    )
    return _posted(backend, _store(backend, comment, poster, author, pace), article)


def show(
    backend: Backend, caller: Caller, *, article_id: str, comment_id: str
) -> tuple[PublicComment, list[PublicComment]]:
    """A published comment, and its whole thread in reading order. Raises NotFound."""
    article_actions.show(backend, caller, article_id=article_id)
    comment = thread_index.public_comment(backend.table, comment_id)
    if comment is None or comment.article_id != article_id:
        raise NotFound("unknown_comment")
    thread = thread_index.thread_entries(backend.table, article_id, threads.thread_at(comment.path), THREAD_LIMIT)
    return comment, [from_thread_entry(entry) for entry in thread]


def list_threads(
    backend: Backend,
    caller: Caller,
    *,
    article_id: str,
    sort: Sort = "newest",
    limit: int = 20,
    cursor: str | None = None,
) -> ThreadPage:
    """A page of an article's published comments. Raises NotFound, and InvalidFields for a bad cursor."""
    article, is_open = article_actions.show(backend, caller, article_id=article_id)
    found, next_cursor = thread_pages.read(backend.table, article, sort, limit, cursor)
    return ThreadPage(article_id, article.comments, is_open, tuple(found), next_cursor)


def _posted(backend: Backend, comment: Comment, article: Article) -> PostedComment:
    until = comment.created_at + backend.settings.edit_minutes * instants.MINUTE
    return PostedComment(comment, article, identity.edit_token(backend, comment.id), until)


def _poster(
    backend: Backend,
    caller: Caller,
    article_id: str,
    name: str,
    known_as: str,
    content: str,
    parent_id: str | None,
) -> _Poster:
    author_key = identity.author_key(backend, known_as)
    wide = network.wide_network(caller.address)
    return _Poster(
        key=author_key,
        name=name_hash(backend, author_key, name),
        text=identity.short_hash(backend, "text", article_id, parent_id or "", author_key, content),
        network=identity.short_hash(backend, "network", wide).hex(),
        address=identity.short_hash(backend, "address", network.exact_network(caller.address))[:2].hex(),
    )


def name_hash(backend: Backend, author_key: str, name: str) -> bytes:
    """What the author's record holds of a name a comment was approved under; case does not matter."""
    return identity.short_hash(backend, "name", author_key, name.casefold())


def _comment_id(backend: Backend, article_id: str, known_as: str, submission_id: str | None) -> str:
    if submission_id is None:
        return threads.comment_id(backend.random_bytes(13))
    secret = identity.site_secret(backend)
    return threads.comment_id(keyed.keyed_hash(secret, "submission", article_id, known_as, submission_id))


def _read_around(
    backend: Backend, article_id: str, comment_id: str, poster: _Poster, parent_id: str | None
) -> dict[str, Item]:
    """All that a comment's fate depends on, in one BatchGet of at most four items (2 read units).

    For a reply the network's pace is left to the transaction, which enforces it all the same.
    """
    wanted = [keys.article(article_id), keys.comment(comment_id), keys.author(poster.key)]
    wanted.append(keys.comment(parent_id) if parent_id else keys.pace(poster.network))
    return backend.table.get_many(wanted)


def _parent(backend: Backend, article_id: str, parent_id: str, found: dict[str, Item]) -> Comment:
    item = found.get(keys.comment(parent_id)["pk"])
    parent = comments.from_item(item) if item else None
    if parent is None or parent.status != "published":
        parent = comments.read(backend.table, parent_id)
    if parent is None or parent.status != "published" or parent.article_id != article_id:
        raise InvalidFields([FieldProblem("parent_id", "unknown_parent")])
    return parent


def place(
    backend: Backend,
    parent: Comment | None,
    created_at: int,
    comment_id: str,
    read: Callable[[str], Comment | None],
) -> tuple[Comment | None, str]:
    """The comment that a reply goes under, the deepest ancestor that may have one, and the reply's path."""
    while parent and not threads.may_have_replies(parent.path, backend.settings.thread_levels):
        parent = read(parent.parent_id) if parent.parent_id else None
    return parent, (parent.path if parent else "") + threads.segment(created_at, comment_id)


def _stored_or_refused(
    backend: Backend, comment_id: str, poster: _Poster, author: Item | None, pace: Item | None
) -> Comment | None:
    """None where the author may go on. Where not, the comment itself if it is stored after all: what was read
    of the author may be newer than what was read of the comment."""
    try:
        _refuse_haste(backend, poster, author, pace)
    except (Conflict, TooMany):
        stored = comments.read(backend.table, comment_id)
        if stored is None:
            raise
        return stored
    return None


def _refuse_haste(backend: Backend, poster: _Poster, author: Item | None, pace: Item | None) -> None:
    interval, now = backend.settings.comment_interval, backend.now()
    if authors.said_before(author, poster.text):
        raise Conflict("duplicate_comment")
    if not interval:
        return
    waits = [
        authors.author_wait(author, now=now, interval=interval),
        authors.network_wait(pace, address=poster.address, now=now, interval=interval),
    ]
    if any(waits):
        wait = max(wait or 0 for wait in waits)
        raise TooMany(retry_after=wait, seconds=wait)


def _store(backend: Backend, comment: Comment, poster: _Poster, author: Item | None, pace: Item | None) -> Comment:
    interval, now = backend.settings.comment_interval, comment.created_at
    writes: dict[str, Write] = {
        "comment": comments.put_write(comment),
        "author": authors.author_write(poster.key, author, text_hash=poster.text, now=now, interval=interval),
    }
    if interval:
        writes["pace"] = authors.network_write(
            poster.network, pace, address=poster.address, now=now, interval=interval
        )
    if comment.status == "published":
        roots = int(comment.parent_id is None)
        writes["article"] = articles.count_write(comment.article_id, comments=1, threads=roots)
    try:
        backend.table.transact(list(writes.values()))
    except TransactionRefused as refused:
        failed = {name: refused.failed[place] for place, name in enumerate(writes) if place in refused.failed}
        if failed.keys() == {"pace"} and authors.must_be_swept(failed["pace"]) and not authors.must_be_swept(pace):
            return _store(backend, comment, poster, author, failed["pace"])
        return _stored_before(backend, comment, poster, failed)
    facts = {
        "comment_id": comment.id,
        "article_id": comment.article_id,
        "status": comment.status,
        "held_for": comment.held_for,
    }
    backend.tell("decision", facts, [journal.comment_taken(comment.status)])
    return comment


def _stored_before(backend: Backend, comment: Comment, poster: _Poster, failed: dict[str, Item | None]) -> Comment:
    """What a refused transaction means: the same submission came twice at once, or a rule was broken."""
    stored = failed.get("comment") or ("comment" in failed and backend.table.get(keys.comment(comment.id)))
    if stored:
        return comments.from_item(stored)
    if "article" in failed:
        raise NotFound("unknown_article")
    _refuse_haste(backend, poster, failed.get("author"), failed.get("pace"))
    raise TooMany(retry_after=1, seconds=1)
