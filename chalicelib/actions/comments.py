"""Comments: posted by readers, read by anyone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from chalicelib import journal
from chalicelib.actions import articles as article_actions
from chalicelib.actions import identity, thread_pages
from chalicelib.actions.poster import Poster, Written, poster, submission_key
from chalicelib.backend import Backend
from chalicelib.errors import Conflict, FieldProblem, Forbidden, InvalidFields, NotFound, TooMany
from chalicelib.model import Article, Caller, Comment, OpenForm, PostedComment, PublicComment, Sort, ThreadPage
from chalicelib.rules import email, form_tokens, instants, threads
from chalicelib.storage import articles, authors, comments, keys, thread_index, watch
from chalicelib.storage.comments import from_thread_entry
from chalicelib.storage.items import Item
from chalicelib.storage.table import TransactionRefused, Write

if TYPE_CHECKING:
    from chalicelib.rules.pipeline import Verdict

THREAD_LIMIT = 500
"""Comments of a thread that are shown around a single one."""
FORM_LIFE = instants.DAY
"""After this a form's token is too old, unless the policy says otherwise."""
Found = dict[str, Item]


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
    form_token: str | None = None,
    subject: str | None = None,
) -> PostedComment:
    """Take a reader's comment: published at once, held for a moderator, or spam. A repeated submission changes
    nothing. `subject` is the honeypot, which people leave empty.

    One BatchGet and one transaction. Raises NotFound, Forbidden, InvalidFields, Conflict and TooMany.
    """
    written = Written(article_id, parent_id, author_name, author_url, author_email, content)
    whose = poster(backend, caller.address, written)
    comment_id = _comment_id(backend, written, submission_id)
    found = _read_around(backend, comment_id, written, whose)
    article = _article(backend, article_id, found)
    again = found.get(keys.comment(comment_id)["pk"])
    if again:
        return own(backend, comments.from_item(again), article)
    from chalicelib.actions import judging  # 10 ms, which only those who write should wait for

    answered = _allowed(backend, written, article, found)
    author, pace = found.get(keys.author(whose.key)["pk"]), found.get(keys.pace(whose.network)["pk"])
    stored = _stored_or_refused(backend, comment_id, whose, author, pace)
    if stored:
        return own(backend, stored, article)
    verdict = judging.judge(
        backend,
        written,
        whose,
        article=article,
        author=author,
        pace=watch.pace_of(found.get(keys.site_pace()["pk"]), backend.now()),
        address=caller.address,
        form_token=form_token,
        honeypot=subject,
    )
    comment = _new(backend, comment_id, written, whose, verdict, answered)
    return own(backend, _store(backend, comment, whose, author, pace, answered), article)


def open_form(backend: Backend, caller: Caller, *, article_id: str) -> OpenForm:
    """A token for a form that opens now, which grows too old after a day by default, and how long a text may be.

    Asks the table nothing, so whether there is such an article is told when the comment comes.
    """
    now = backend.now()
    token = form_tokens.make(identity.site_secret(backend), article_id, now)
    return OpenForm(token, now + FORM_LIFE, backend.settings.max_content)


def show(
    backend: Backend, caller: Caller, *, article_id: str, comment_id: str
) -> tuple[PublicComment, list[PublicComment]]:
    """A published comment, and its whole thread in reading order. Raises NotFound."""
    article_actions.show(backend, caller, article_id=article_id)
    comment = thread_index.public_comment(backend.table, article_id, comment_id)
    if comment is None:
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
    return thread_pages.read(backend.table, article, is_open, sort, limit, cursor)


def own(backend: Backend, comment: Comment, article: Article) -> PostedComment:
    """A comment as its own poster gets it."""
    until = comment.created_at + backend.settings.edit_minutes * instants.MINUTE
    return PostedComment(comment, article, identity.edit_token(backend, comment.id), until)


def _comment_id(backend: Backend, written: Written, submission_id: str | None) -> str:
    known_as = email.email_key_form(written.author_email)
    return submission_key(backend, submission_id, "submission", written.article_id, known_as)


def _read_around(backend: Backend, comment_id: str, written: Written, whose: Poster) -> Found:
    """All that a comment's fate depends on, in one BatchGet of at most six items (3 read units)."""
    wanted = [
        keys.article(written.article_id),
        keys.comment(comment_id),
        keys.author(whose.key),
        keys.pace(whose.network),
        keys.site_pace(),
    ]
    return backend.table.get_many(wanted + ([keys.comment(written.parent_id)] if written.parent_id else []))


def _article(backend: Backend, article_id: str, found: Found) -> Article:
    article = articles.present(found.get(keys.article(article_id)["pk"])) or articles.read(
        backend.table, article_id, consistent=True
    )
    if article is None:
        raise NotFound("unknown_article")
    return article


def _allowed(backend: Backend, written: Written, article: Article, found: Found) -> Comment | None:
    """The comment that is answered, if any, where this may be written at all."""
    if not article_actions.is_open(backend, article):
        raise Forbidden("comments_closed")
    from chalicelib.actions import judging  # 10 ms, which only those who write should wait for

    if judging.is_reserved(backend, written.author_name):
        raise InvalidFields([FieldProblem("author_name", "reserved_name")])
    return _parent(backend, article.id, written.parent_id, found) if written.parent_id else None


def _new(
    backend: Backend,
    comment_id: str,
    written: Written,
    whose: Poster,
    verdict: "Verdict",
    answered: Comment | None,
) -> Comment:
    now = backend.now()
    parent, path = place(backend, answered, now, comment_id, lambda id: comments.read(backend.table, id))
    return Comment(
        id=comment_id,
        article_id=written.article_id,
        parent_id=parent.id if parent else None,
        path=path,
        status=verdict.status,
        author_key=whose.key,
        author_name=written.author_name,
        author_email=written.author_email,
        author_url=written.author_url,
        content=written.content,
        created_at=now,
        held_for=verdict.reasons,
        network_key=whose.network_key,
        spam_percent=verdict.spam_percent,
    )


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
    backend: Backend, comment_id: str, whose: Poster, author: Item | None, pace: Item | None
) -> Comment | None:
    """None where the author may go on. Where not, the comment itself if it is stored after all: what was read
    of the author may be newer than what was read of the comment."""
    try:
        _refuse_haste(backend, whose, author, pace)
    except (Conflict, TooMany):
        stored = comments.read(backend.table, comment_id)
        if stored is None:
            raise
        return stored
    return None


def _refuse_haste(backend: Backend, whose: Poster, author: Item | None, pace: Item | None) -> None:
    interval, now = backend.settings.comment_interval, backend.now()
    if authors.said_before(author, whose.text):
        raise Conflict("duplicate_comment")
    if not interval:
        return
    waits = [
        authors.author_wait(author, now=now, interval=interval),
        authors.network_wait(pace, address=whose.address, now=now, interval=interval),
    ]
    if any(waits):
        wait = max(wait or 0 for wait in waits)
        raise TooMany(retry_after=wait, seconds=wait)


def _store(
    backend: Backend,
    comment: Comment,
    whose: Poster,
    author: Item | None,
    pace: Item | None,
    answered: Comment | None,
) -> Comment:
    interval, now, published = backend.settings.comment_interval, comment.created_at, comment.status == "published"
    writes: dict[str, Write] = {
        "comment": comments.put_write(comment),
        "author": authors.author_write(
            whose.key, author, text_hash=whose.text, now=now, interval=interval, published=published
        ),
    }
    if interval:
        writes["pace"] = authors.network_write(
            whose.network, pace, address=whose.address, now=now, interval=interval
        )
    if published:
        roots = int(comment.parent_id is None)
        writes["article"] = articles.count_write(comment.article_id, comments=1, threads=roots)
    if published and comment.parent_id and answered:
        # An answer to the deepest level goes under an ancestor, which need not be published any more.
        still = comment.parent_id == answered.id
        writes["parent"] = comments.replies_write(comment.parent_id, 1, published=still)
    try:
        backend.table.transact(list(writes.values()))
    except TransactionRefused as refused:
        failed = {name: refused.failed[place] for place, name in enumerate(writes) if place in refused.failed}
        if failed.keys() == {"pace"} and authors.must_be_swept(failed["pace"]) and not authors.must_be_swept(pace):
            return _store(backend, comment, whose, author, failed["pace"], answered)
        return _stored_before(backend, comment, whose, failed)
    facts = {
        "comment_id": comment.id,
        "article_id": comment.article_id,
        "status": comment.status,
        "held_for": [reason.code for reason in comment.held_for],
    }
    backend.tell("decision", facts, [journal.comment_taken(comment.status)])
    return comment


def _stored_before(backend: Backend, comment: Comment, whose: Poster, failed: dict[str, Item | None]) -> Comment:
    """What a refused transaction means: the same submission came twice at once, or a rule was broken."""
    stored = failed.get("comment") or ("comment" in failed and backend.table.get(keys.comment(comment.id)))
    if stored:
        return comments.from_item(stored)
    if "article" in failed:
        raise NotFound("unknown_article")
    if "parent" in failed:
        raise InvalidFields([FieldProblem("parent_id", "unknown_parent")])
    _refuse_haste(backend, whose, failed.get("author"), failed.get("pace"))
    raise TooMany(retry_after=1, seconds=1)
