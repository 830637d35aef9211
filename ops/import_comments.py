"""Import the articles and readers' comments of a WordPress export (WXR 1.2).

  python -m ops import-comments site.WordPress.2026-03-11.xml

Make the file in WordPress under Tools, Export, All content. Posts and pages become articles under their
WordPress ids (an article that is here already keeps its fields, a deleted one stays deleted); comments keep
author, date, parent and status. Trackbacks, pingbacks and notes are skipped, and the report says so.

The whole file is read before anything is written: one that is not well-formed is refused with the place.
What was imported once is never imported again, so an interrupted import is simply run again.
"""

import argparse
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.actions import identity
from chalicelib.actions.comments import place
from chalicelib.actions.poster import name_hash
from chalicelib.backend import Backend
from chalicelib.model import Comment
from chalicelib.rules import keyed, threads
from chalicelib.rules.email import email_key_form
from chalicelib.storage import articles, authors, comments
from chalicelib.storage.table import TransactionRefused
from ops import wxr
from ops.errors import OperatorError
from ops.progress import Progress, on_terminal, silent
from ops.report import Report
from ops.wordpress import ReaderComment, Skipped, article_fields, reader_comment

HELP = "import the articles and comments of a WordPress export"
UNKNOWN_ADDRESS = "{}@imported.invalid"
"""What stands for an address that WordPress does not have or that is none: nobody can ever type it, since
`.invalid` is reserved (RFC 6761), and no two comments share it."""
WORDS = {
    "not_an_article": "attachments, menu entries, templates and the like",
    "not_public": "drafts, private and scheduled posts, and the bin: an article can be read by anyone",
    "no_id_or_link": "no usable post id or web address",
    "article_deleted": "the article was deleted here, and stays so",
    "article_left_out": "of an item that is left out",
    "already_there": "imported before",
    "pingback": "a link from another site",
    "trackback": "a link from another site",
    "note": "editors' notes, never shown to readers",
    "empty": "no text",
    "too_long": "more than 50,000 characters, or a name of more than 255",
    "invalid_text": "not text",
    "no_id": "no comment id",
    "no_date": "no date at all",
    "parent_missing": "its parent is not imported: begins a thread of its own",
    "moved_up": "deeper than TRIBUNE_THREAD_LEVELS: placed under the deepest ancestor that may have replies",
    "name_missing": "without a name",
    "email_missing": "without an e-mail address",
    "email_invalid": "with an e-mail address that is none: it is not kept",
    "url_dropped": "with a web address that is none: it is not kept",
    "status_unknown": "of a status WordPress does not have: held",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", metavar="FILE", type=Path, help="a WordPress export (.xml)")


def run(arguments: argparse.Namespace, backend: Backend) -> int:
    """Import, and say what was done. Raises OperatorError."""
    print(import_comments(backend, arguments.file, progress=on_terminal))
    return 0


def import_comments(backend: Backend, path: Path, *, progress: Progress = silent) -> Report:
    """Import an export. Raises OperatorError, before anything is written, for a file that cannot be read."""
    report = Report(WORDS)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise OperatorError(f"{path} cannot be read: {error.strerror}") from error
    with progress("checking", size, "B") as step:
        for _ in wxr.items(path, step):
            pass
    with progress("importing", size, "B") as step:
        for item in wxr.items(path, step):
            _import_item(backend, item, report)
    return report


def _import_item(backend: Backend, item: wxr.ExportedItem, report: Report) -> None:
    report.read["items"] += 1
    report.read["comments"] += len(item.comments)
    readers = _readers(item, backend.settings.language, report)
    try:
        fields = article_fields(item, backend.settings.language, commented=bool(readers))
    except Skipped as skipped:
        report.left_out[skipped.reason] += 1
        report.skipped["article_left_out"] += len(readers)
        return
    article = articles.read_any(backend.table, item.id)
    if article is None:
        articles.register(backend.table, item.id, fields, backend.now())
        report.written["articles"] += 1
    elif article.deleted_at is not None:
        report.left_out["article_deleted"] += 1
        report.skipped["article_deleted"] += len(readers)
        return
    if readers:
        _import_thread(backend, item.id, readers, report)
        articles.note_change(backend.table, item.id, backend.now())


def _readers(item: wxr.ExportedItem, language: str, report: Report) -> dict[str, ReaderComment]:
    """The readers' comments of an item by WordPress's id."""
    found: dict[str, ReaderComment] = {}
    for exported in item.comments:
        try:
            reader = reader_comment(exported, item, language)
        except Skipped as skipped:
            report.skipped[skipped.reason] += 1
            continue
        if reader.id in found:
            report.skipped["already_there"] += 1
        found.setdefault(reader.id, reader)
    return found


def parents_first(readers: Iterable[ReaderComment]) -> Iterator[ReaderComment]:
    """Comments in an order in which none comes before its parent; a circle begins at its oldest."""
    waiting = {reader.id: reader for reader in sorted(readers, key=lambda one: (one.created_at, int(one.id)))}
    replies: dict[str, list[ReaderComment]] = defaultdict(list)
    for reader in waiting.values():
        replies[reader.parent_id if reader.parent_id in waiting else ""].append(reader)
    upcoming = deque(replies[""])
    while waiting:
        if not upcoming:
            upcoming.append(next(iter(waiting.values())))
        reader = upcoming.popleft()
        if waiting.pop(reader.id, None):
            yield reader
            upcoming.extend(replies[reader.id])


def _import_thread(backend: Backend, article_id: str, readers: dict[str, ReaderComment], report: Report) -> None:
    thread = _Thread(backend, article_id)
    thread.recall(id for reader in readers.values() for id in (reader.id, reader.parent_id))
    for reader in parents_first(readers.values()):
        if thread.holds(reader.id):
            report.skipped["already_there"] += 1
            continue
        comment, notes = thread.place(reader)
        try:
            is_new = thread.store(comment, known=reader.author_email is not None)
        except Skipped as skipped:
            report.skipped[skipped.reason] += 1
            continue
        if not is_new:
            report.skipped["already_there"] += 1
            continue
        report.written[f"{comment.status} comments"] += 1
        report.noted.update([*reader.notes, *notes])


@dataclass
class _Thread:
    """An article's imported comments, those that were here before and those that come now, by our ids."""

    backend: Backend
    article_id: str
    stored: dict[str, Comment] = field(default_factory=dict)

    def recall(self, wordpress_ids: Iterable[str]) -> None:
        """Read those of some comments that are here already."""
        self.stored = comments.read_many(self.backend.table, [self._id(id) for id in wordpress_ids if id])

    def holds(self, wordpress_id: str) -> bool:
        """Whether a comment is here."""
        return self._id(wordpress_id) in self.stored

    def place(self, reader: ReaderComment) -> tuple[Comment, list[str]]:
        """A comment at its place, by the rule of posting, and what is to be noted of that."""
        id = self._id(reader.id)
        answered = self.stored.get(self._id(reader.parent_id)) if reader.parent_id else None
        parent, path = place(self.backend, answered, reader.created_at, id, self._read)
        address = reader.author_email or UNKNOWN_ADDRESS.format(id)
        comment = Comment(
            id=id,
            article_id=self.article_id,
            parent_id=parent.id if parent else None,
            path=path,
            status=reader.status,
            author_key=identity.author_key(
                self.backend, email_key_form(address) if reader.author_email else address
            ),
            author_name=reader.author_name,
            author_email=address,
            author_url=reader.author_url,
            content=reader.content,
            created_at=reader.created_at,
        )
        notes = {"parent_missing": reader.parent_id and not answered, "moved_up": parent is not answered}
        return comment, [code for code, applies in notes.items() if applies]

    def store(self, comment: Comment, *, known: bool) -> bool:
        """Write a comment with its article's counts and, if published, its author's approval: all or nothing.

        `known` says whether the author's address is one. False if another import has just written it; raises
        Skipped if the article was deleted meanwhile.
        """
        writes = [comments.put_write(comment)]
        if comment.status == "published":
            roots = int(comment.parent_id is None)
            writes.append(articles.count_write(comment.article_id, comments=1, threads=roots))
            if known:
                name = name_hash(self.backend, comment.author_key, comment.author_name)
                key, at = comment.author_key, comment.created_at
                writes += authors.outcome_writes(key, at, published=1, approved=name)
            if comment.parent_id:
                writes.append(comments.replies_write(comment.parent_id, 1))
        try:
            self.backend.table.transact(writes)
        except TransactionRefused as refused:
            there = comments.read(self.backend.table, comment.id)
            if there is None:
                raise Skipped("article_deleted") from refused
            self.stored[comment.id] = there
            return False
        self.stored[comment.id] = comment
        return True

    def _read(self, id: str) -> Comment | None:
        return self.stored.get(id) or comments.read(self.backend.table, id)

    def _id(self, wordpress_id: str) -> str:
        """A comment's id here: the same each time, so that its own key tells whether it was imported."""
        secret = identity.site_secret(self.backend)
        return threads.comment_id(keyed.keyed_hash(secret, "import", self.article_id, wordpress_id))
