"""Feeds: the newest published comments, of an article and of the site."""

from chalicelib.actions import articles as article_actions
from chalicelib.actions.thread_reader import PAGE_LIMIT
from chalicelib.backend import Backend
from chalicelib.model import Caller
from chalicelib.model.documents import Feed
from chalicelib.storage import articles, keys, queue, thread_index
from chalicelib.storage.comments import from_thread_entry

ENTRIES = 20
LOOKED_AT = 40
"""The newest comments of the site among which those of articles that are not deleted are looked for."""


def of_article(backend: Backend, caller: Caller, *, article_id: str, lang: str | None = None) -> Feed:
    """The newest comments of an article, replies included, as Atom. Raises NotFound.

    It reads as much as the longest page of the list: of more than 500 comments, those of the newest threads.
    """
    article, _ = article_actions.show(backend, caller, article_id=article_id)
    found = map(from_thread_entry, thread_index.newest_entries(backend.table, article_id, PAGE_LIMIT))
    newest = sorted(found, key=lambda comment: (comment.created_at, comment.id), reverse=True)
    return Feed(article, tuple((comment, article) for comment in newest[:ENTRIES]))


def of_site(backend: Backend, caller: Caller, *, lang: str | None = None) -> Feed:
    """The newest comments of the site, without those of deleted articles, as Atom.

    One Query of the queue's index, which holds keys only, two BatchGets and a Query for each comment.
    """
    found = queue.entries(backend.table, "published", newest=True, limit=LOOKED_AT).items
    article_of = {keys.id_of(item["pk"]): keys.article_id_of_queue(item[keys.QUEUE_AT]) for item in found}
    about = articles.read_many(backend.table, set(article_of.values()), consistent=True)
    wanted = [id for id, article_id in article_of.items() if article_id in about][:ENTRIES]
    public = {comment.id: comment for comment in thread_index.public_comments(backend.table, wanted)}
    return Feed(None, tuple((public[id], about[article_of[id]]) for id in wanted if id in public))
