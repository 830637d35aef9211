"""Votes: one per reader and comment, changed and taken back at will, counted exactly."""

from chalicelib.actions import articles as article_actions
from chalicelib.actions import identity
from chalicelib.backend import Backend
from chalicelib.errors import Busy, NotFound, TooMany
from chalicelib.model import Caller
from chalicelib.model.moderation import Voted
from chalicelib.rules import instants, network
from chalicelib.storage import comments, votes
from chalicelib.storage.table import TransactionRefused

TRIES = 6
RETRY = instants.DAY // instants.SECOND


def vote(backend: Backend, caller: Caller, *, article_id: str, comment_id: str, vote: int) -> Voted:
    """Cast 1 or -1, or take a vote back with 0. The same vote again changes nothing.

    A reader is a network address (IPv6: /48) and a browser, hashed with the site's secret and the comment, so that
    nobody's votes can be followed from one comment to another. Raises NotFound and TooMany.
    """
    article_actions.show(backend, caller, article_id=article_id)
    address = network.household(caller.address)
    network_key = identity.short_hash(backend, "votes of an address", comment_id, address).hex()
    voter = identity.short_hash(backend, "voter", comment_id, address, caller.user_agent)[:4].hex()
    for _ in range(TRIES):
        cast = votes.read(backend.table, comment_id, network_key, backend.now())
        comment = comments.read(backend.table, comment_id)
        if comment is None or comment.article_id != article_id or comment.status != "published":
            raise NotFound("unknown_comment")
        before, counted = votes.vote_of(cast, voter), comment.votes_up - comment.votes_down
        if before == vote:
            return Voted(comment_id, vote, counted)
        if votes.is_full(cast, voter):
            raise TooMany("too_many_votes", retry_after=RETRY)
        try:
            backend.table.transact(votes.vote_writes(comment_id, network_key, voter, cast, vote, backend.now()))
        except TransactionRefused:
            continue
        return Voted(comment_id, vote, counted + vote - before)
    raise Busy(retry_after=1)
