"""What the newsroom tells the rules of moderation, and what that would have changed."""

import json
from collections import Counter
from collections.abc import Mapping

from chalicelib.actions import identity, judging, queue
from chalicelib.actions.poster import Poster, Written, name_hash
from chalicelib.backend import Backend
from chalicelib.errors import Busy, FieldProblem, Forbidden, InvalidFields
from chalicelib.model import STATUSES, Caller, Reason, Status
from chalicelib.model.moderation import Queued, Trial, TrialChange
from chalicelib.rules import pipeline
from chalicelib.rules import policy as rules
from chalicelib.rules.policy import Policy
from chalicelib.storage import keys, watch
from chalicelib.storage import queue as stored_queue
from chalicelib.storage.items import Item
from chalicelib.storage.table import ConditionFailed

MOST_BYTES = 64 * 1024
"""Of all lists together: every environment reads them once a minute, 16 read units by then."""
TRIES = 4
OTHERS = 5
MOST_LOOKED_AT = 1_000
"""Where a token is limited to sections, so many times more comments are looked at, and at most so many."""
EMAILS = tuple(name for name in rules.LISTS if name.endswith("_emails"))
NOT_KEPT = frozenset(
    {"network", "form_too_fast", "form_too_old", "form_invalid", "honeypot", "article_pace", "site_pace"}
)
"""Reasons that rest on what is not kept of a comment: a trial takes those it was held for as they were."""


def show(backend: Backend, caller: Caller) -> Policy:
    """What the rules are told now."""
    return judging.stored_policy(backend)


def change(backend: Backend, caller: Caller, *, policy: Mapping[str, object]) -> Policy:
    """Change the given fields; null sets one back. Environments follow within a minute. Raises InvalidFields.

    Two who change other fields at once both have their way.
    """
    for _ in range(TRIES):
        stored, version = watch.policy(backend.table)
        changed = _changed(backend, judging.policy_of(backend, stored), policy)
        facts = rules.to_facts(changed, judging.standard(backend))
        if len(json.dumps(facts, ensure_ascii=False).encode()) > MOST_BYTES:
            raise InvalidFields([FieldProblem("policy", "too_long", {"limit": MOST_BYTES})])
        try:
            watch.put_policy(backend.table, facts, version)
        except ConditionFailed:
            continue
        judging.tell(backend, changed)
        backend.tell("policy", {"actor": caller.actor, "fields": sorted(policy)})
        return changed
    raise Busy(retry_after=1)


def try_out(backend: Backend, caller: Caller, *, policy: Mapping[str, object], last: int = 200) -> Trial:
    """What the rules would say of the last comments under a changed policy, and say under the present one.

    Nothing is changed. Authors are taken as they stand now. Who wrote what is nobody's to find out by trying
    addresses: only an admin, who may list them, may try any. Raises InvalidFields and Forbidden.
    """
    before = judging.stored_policy(backend)
    after = _changed(backend, before, policy)
    if caller.role != "admin" and any(set(getattr(after, name)) - set(getattr(before, name)) for name in EMAILS):
        raise Forbidden("wrong_role", role="admin")
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


def _changed(backend: Backend, policy: Policy, given: Mapping[str, object]) -> Policy:
    def author_key(key_form: str) -> str:
        return identity.author_key(backend, key_form)

    return rules.changed(policy, given, author_key, judging.standard(backend))


def _still_holds(reason: Reason, told: Policy) -> bool:
    """Whether what was seen of a comment then holds it under a policy; of lists only empty ones let go."""
    seen = reason.evidence
    if reason.code == "form_too_fast":
        return int(seen["seconds"]) < told.form_seconds
    if reason.code == "form_too_old":
        return 0 < told.form_hours <= int(seen["hours"])
    if reason.code in ("article_pace", "site_pace"):
        limit = told.article_pace if reason.code == "article_pace" else told.site_pace
        return 0 < limit <= int(seen["count"])
    return reason.code != "network" or bool(told.spam_networks if reason.spam else told.held_networks)


def _last(backend: Backend, caller: Caller, last: int) -> list[Queued]:
    """The newest comments of readers, whatever became of them."""
    looked_at = last if caller.sections is None else min(last * OTHERS, MOST_LOOKED_AT)
    entries = [
        (item[keys.QUEUE_AT], keys.id_of(item["pk"]))
        for status in STATUSES
        for item in stored_queue.entries(backend.table, status, newest=True, limit=looked_at).items
    ]
    ids = [id for _, id in sorted(entries, reverse=True)[:looked_at]]
    known = queue.with_articles(backend.table, ids)
    found = [known[id] for id in ids if id in known]
    mine = [queued for queued in found if queue.may_see(caller, queued.article) and not queued.comment.staff]
    return mine[:last]


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
    kept = tuple(reason for reason in comment.held_for if reason.code in NOT_KEPT and _still_holds(reason, told))
    reasons = (*verdict.reasons, *kept)
    return pipeline.status_of(reasons), reasons
