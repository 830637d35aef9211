"""Readers' reports: an item each, in the queue index while it is open."""

from collections.abc import Iterable

from chalicelib.model.moderation import Report
from chalicelib.rules import instants
from chalicelib.storage import keys
from chalicelib.storage.items import Item
from chalicelib.storage.table import Table, Write

MOST_AN_HOUR = 20
"""Reports that one address (IPv6: /48) may make in an hour."""
MOST_OF_AN_ADDRESS = 3
"""Open reports of one comment from one address."""
MOST_OPEN_BUT_NOTICES = 60
MOST_OPEN = 90
"""Open reports of one comment; the decision that settles them is one transaction of at most 100 writes."""


def put_write(report: Report) -> Write:
    """The write that stores a new report and puts it into the queue; fails with the one that is there."""
    item = {
        **keys.report(report.id),
        **keys.reported_entry(report.at, report.id, report.article_id),
        "comment": report.comment_id,
        "article": report.article_id,
        "at": report.at,
        "reason": report.reason,
        "explanation": report.explanation,
        "name": report.name,
        "email": report.email,
        "good_faith": report.good_faith,
    }
    return Write("Put", item=item, condition="attribute_not_exists(#pk)")


def pace_write(address_key: str, now: int) -> Write:
    """The write that counts a report of an address in this hour; fails if it has made too many."""
    hour = now // instants.HOUR
    return Write(
        "Update",
        key=keys.pace(f"{address_key}#{hour}"),
        update=f"SET #{keys.EXPIRES} = :expires ADD #made :one",
        condition="attribute_not_exists(#made) OR #made < :most",
        values={":expires": (hour + 2) * instants.HOUR // instants.SECOND, ":one": 1, ":most": MOST_AN_HOUR},
    )


def settle_write(report_id: str, at: int) -> Write:
    """The write that settles a report and takes it out of the queue."""
    return Write(
        "Update",
        key=keys.report(report_id),
        update=f"SET #settled = :at REMOVE #{keys.QUEUE}, #{keys.QUEUE_AT}",
        values={":at": at},
    )


def reopen_write(report: Report) -> Write:
    """The write that opens a report again, since the decision that settled it was taken back."""
    entry = keys.reported_entry(report.at, report.id, report.article_id)
    return Write(
        "Update",
        key=keys.report(report.id),
        update="SET " + ", ".join(f"#{name} = :{name}" for name in entry) + " REMOVE #settled",
        values={f":{name}": value for name, value in entry.items()},
    )


def read(table: Table, report_id: str) -> Report | None:
    """A report, None if there is none."""
    item = table.get(keys.report(report_id), consistent=True)
    return from_item(item) if item else None


def read_many(table: Table, report_ids: Iterable[str]) -> dict[str, Report]:
    """The reports among these ids that exist."""
    items = table.get_many(map(keys.report, report_ids), consistent=True)
    return {report.id: report for report in map(from_item, items.values())}


def from_item(item: Item) -> Report:
    """A report as its item tells it."""
    return Report(
        id=keys.id_of(item["pk"]),
        comment_id=item["comment"],
        article_id=item["article"],
        at=item["at"],
        reason=item["reason"],
        explanation=item.get("explanation"),
        name=item.get("name"),
        email=item.get("email"),
        good_faith=item.get("good_faith", False),
        settled_at=item.get("settled"),
    )
