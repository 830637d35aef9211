"""What the newsroom tells the rules of moderation, and what that would have changed."""

import json
from collections import Counter
from collections.abc import Mapping

from chalicelib.actions import identity, judging, queue
from chalicelib.actions.poster import Poster, Written, name_hash
from chalicelib.backend import Backend
from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.model import STATUSES, Caller, Reason, Status
from chalicelib.model.moderation import Queued, Trial, TrialChange
from chalicelib.rules import pipeline
from chalicelib.rules import policy as rules
from chalicelib.rules.policy import Policy
from chalicelib.storage import keys, watch
from chalicelib.storage import queue as stored_queue
from chalicelib.storage.items import Item

MOST_BYTES = 64 * 1024
"""Of all lists together: every environment reads them once a minute, 16 read units by then."""
NOT_KEPT = frozenset(
    {"network", "form_too_fast", "form_too_old", "form_invalid", "honeypot", "article_pace", "site_pace"}
)
"""Reasons that rest on what is not kept of a comment: a trial takes those it was held for as they were."""


def show(backend: Backend, caller: Caller) -> Policy:
    """What the rules are told now."""
    return judging.stored_policy(backend)


def change(backend: Backend, caller: Caller, *, policy: Mapping[str, object]) -> Policy:
    """Change the given fields; null sets one back. Environments follow within a minute. Raises InvalidFields."""
    changed = _changed(backend, policy)
    facts = rules.to_facts(changed, judging.standard(backend))
    if len(json.dumps(facts, ensure_ascii=False).encode()) > MOST_BYTES:
        raise InvalidFields([FieldProblem("policy", "too_long", {"limit": MOST_BYTES})])
    watch.put_policy(backend.table, facts)
    judging.tell(backend, changed)
    return changed


def try_out(backend: Backend, caller: Caller, *, policy: Mapping[str, object], last: int = 200) -> Trial:
    """What the rules would say of the last comments under a changed policy, and say under the present one.

    Nothing is changed. Authors are taken as they stand now. Raises InvalidFields.
    """
    before, after = judging.stored_policy(backend), _changed(backend, policy)
    changes: list[TrialChange] = []
    counts: dict[str, Counter[Status]] = {"before": Counter(), "after": Counter()}
    examined = _last(backend, caller, last)
    records = backend.table.get_many(keys.author(queued.comment.author_key) for queued in examined)
    for queued in examined:
        record = records.get(keys.author(queued.comment.author_key)["pk"])
        was, is_now = (_judged(backend, queued, record, told) for told in (before, after))
        counts["before"][was[0]] += 1
        counts["after"][is_now[0]] += 1
        if was[0] != is_now[0]:
            changes.append(TrialChange(queued.comment.id, was[0], is_now[0], is_now[1]))
    return Trial(len(examined), tuple(changes), dict(counts["before"]), dict(counts["after"]))


def _changed(backend: Backend, given: Mapping[str, object]) -> Policy:
    def author_key(key_form: str) -> str:
        return identity.author_key(backend, key_form)

    return rules.changed(judging.stored_policy(backend), given, author_key, judging.standard(backend))


def _last(backend: Backend, caller: Caller, last: int) -> list[Queued]:
    """The newest comments of readers, whatever became of them."""
    entries = [
        (item[keys.QUEUE_AT], keys.id_of(item["pk"]))
        for status in STATUSES
        for item in stored_queue.entries(backend.table, status, newest=True, limit=last).items
    ]
    ids = [id for _, id in sorted(entries, reverse=True)[:last]]
    known = queue.with_articles(backend.table, ids)
    found = [known[id] for id in ids if id in known]
    return [queued for queued in found if queue.may_see(caller, queued.article) and not queued.comment.staff]


def _judged(
    backend: Backend, queued: Queued, record: Item | None, told: Policy
) -> tuple[Status, tuple[Reason, ...]]:
    comment = queued.comment
    written = Written(
        comment.article_id,
        comment.parent_id,
        comment.author_name,
        comment.author_url,
        comment.author_email,
        comment.content,
    )
    name = name_hash(backend, comment.author_key, comment.author_name)
    whose = Poster(comment.author_key, name, b"", "", "", comment.network_key)
    submission = judging.submission(backend, written, whose, article=queued.article, author=record)
    verdict = pipeline.judge(submission, told, judging.told(backend).model)
    kept = tuple(reason for reason in comment.held_for if reason.code in NOT_KEPT)
    reasons = (*verdict.reasons, *kept)
    return pipeline.status_of(reasons), reasons
