"""The statement of reasons that the EU's Digital Services Act asks for (Regulation (EU) 2022/2065, article 17)."""

from chalicelib.model import Ground, Measure, Status
from chalicelib.model.moderation import AuditLine, Statement

REPORT_REASONS = (
    "illegal",
    "child_abuse",
    "hate",
    "harassment",
    "privacy",
    "misinformation",
    "spam",
    "off_topic",
    "other",
)
"""What a reader may report a comment for. The first two allege that it breaks the law."""
ILLEGAL = frozenset({"illegal", "child_abuse"})
DECISION_REASONS = (
    "offensive",
    "harassment",
    "hate",
    "off_topic",
    "spam",
    "advertising",
    "misinformation",
    "privacy",
    "illegal",
    "duplicate",
    "other",
)
"""What moderators give as a reason; any other text of theirs stays inside."""
BY_HAND = frozenset({"moderation_of_all", "first_comment", "article_paused", "reports"})
"""Reasons to hold that rest on nothing a machine has found in a comment."""
MEASURES: dict[Status, Measure] = {
    "published": "kept",
    "held": "held",
    "rejected": "removed",
    "spam": "removed",
    "trash": "removed",
    "withdrawn": "withdrawn",
}


def required_of_a_notice(reason: str) -> tuple[str, ...]:
    """The fields without which a report for this reason is no notice under article 16, paragraph 2.

    Whoever reports a crime against a child need not say who they are (point c); good faith they declare all the
    same (point d). Other reports need nothing but their reason.
    """
    if reason == "child_abuse":
        return ("explanation", "good_faith")
    return ("explanation", "name", "email", "good_faith") if reason == "illegal" else ()


def statement(line: AuditLine, redress: str | None) -> Statement:
    """The statement of a decision, by its line in the audit; `redress` tells where one may complain.

    Illegal is what was decided as such; all else goes against the site's own rules. What readers' reports hold is
    held by notice, and what a rule holds after an edit was found by a machine; nobody has decided on either. Of a
    decision a machine drew attention to the comment only where it is the first one on what a rule had held.
    """
    measure = MEASURES[line.after]
    reason = line.reason if line.reason in DECISION_REASONS else None
    if reason is None and measure == "removed":
        reason = "spam" if line.after == "spam" else "other"
    ground: Ground | None = None if measure != "removed" else "illegal" if reason == "illegal" else "rules"
    return Statement(
        measure=measure,
        reason=reason,
        ground=ground,
        decided_at=line.at,
        by_notice=bool(line.reports) or line.decision == "report",
        by_machine=line.decision == "edit"
        or (line.is_first and any(h.code not in BY_HAND for h in line.held_for)),
        redress=redress,
    )
