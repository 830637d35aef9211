"""Bulk jobs of moderators: what is to be decided, kept for a day, so that it can go on and be taken back."""

from typing import Any

from chalicelib.model.moderation import Job
from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.comments import decided_item, decided_of
from chalicelib.storage.table import ConditionFailed, Table

LIFE = instants.DAY


def keep(table: Table, job: Job) -> Job:
    """Store a new job; the one that is there already where a request came twice."""
    try:
        table.put(_to_item(job), condition="attribute_not_exists(#pk)")
    except ConditionFailed as lost:
        if lost.item:
            return _from_item(lost.item)
        raise
    return job


def read(table: Table, job_id: str, now: int) -> Job | None:
    """A job that is less than a day old, None if there is none."""
    item = table.get(keys.job(job_id), consistent=True)
    job = _from_item(item) if item else None
    return job if job and now < job.decided.at + LIFE else None


def note_progress(table: Table, job: Job, done: int) -> None:
    """Note how many comments of a job are decided; it never goes back."""
    table.advance(keys.job(job.id), "done", done)


def note_undone(table: Table, job_id: str) -> None:
    """Note that a job was taken back, so that the same request come late does not do it again."""
    table.advance(keys.job(job_id), "undone", 1)


def _to_item(job: Job) -> dict[str, Any]:
    return {
        **keys.job(job.id),
        "decided": decided_item(job.decided),
        "plan": " ".join(job.plan),
        "seen": job.seen,
        "read_at": job.read_at,
        "undoes": job.undoes,
        "done": job.done,
        keys.EXPIRES: (job.decided.at + LIFE) // instants.SECOND,
    }


def _from_item(item: dict[str, Any]) -> Job:
    return Job(
        id=keys.id_of(item["pk"]),
        decided=decided_of(item["decided"]),
        plan=tuple(item["plan"].split()),
        seen=item.get("seen"),
        read_at=item.get("read_at"),
        undoes=item.get("undoes"),
        undone=bool(item.get("undone")),
        done=item["done"],
        resumed=True,
    )
