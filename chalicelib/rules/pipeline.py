"""Why may a comment not be published at once? Every rule of moderation, in one list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from chalicelib.model import Reason, Status
from chalicelib.model.moderation import Submission
from chalicelib.rules import address_lists, spam, word_lists, writing
from chalicelib.rules.folding import looks
from chalicelib.rules.policy import Policy
from chalicelib.rules.spam import SpamModel, SpamScore
from chalicelib.rules.writing import AsRead

FEWEST_REJECTED = 3
"""Comments of an author that must have been rejected before their share counts."""
_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a comment, why, and how likely the learned filter finds it to be spam."""

    status: Status
    reasons: tuple[Reason, ...]
    spam_percent: int | None


@dataclass(frozen=True, slots=True)
class Sight:
    """A submission as the rules look at it: rendered once, and scored once."""

    submission: Submission
    read: AsRead
    score: SpamScore | None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every web address that a reader could follow."""
        own = self.submission.author_url
        return (own, *self.read.links) if own else self.read.links


Rule = Callable[[Sight, Policy], Reason | None]


def judge(submission: Submission, policy: Policy, model: SpamModel | None = None) -> Verdict:
    """Spam if a rule says so, held if any rule has a reason, else published."""
    read = writing.as_read(submission.content)
    seen = spam.features(read, submission.author_name, submission.author_url)
    score = spam.score(model, seen) if model else None
    sight = Sight(submission, read, score)
    reasons = tuple(reason for rule in RULES if (reason := rule(sight, policy)))
    return Verdict(status_of(reasons), reasons, score.percent if score else None)


def status_of(reasons: tuple[Reason, ...]) -> Status:
    """What becomes of a comment that rules have these reasons against."""
    if not reasons:
        return "published"
    return "spam" if any(reason.spam for reason in reasons) else "held"


def reserved_name(name: str, policy: Policy) -> bool:
    """Whether a name looks like one of the staff's: no stranger may write under it."""
    return looks(name) in _looks_of(policy.staff_names)


def moderation_of_all(sight: Sight, policy: Policy) -> Reason | None:
    """The newsroom looks at every comment."""
    return Reason("moderation_of_all") if policy.mode == "all" else None


def first_comment(sight: Sight, policy: Policy) -> Reason | None:
    """Nothing of that name and address was approved before."""
    return Reason("first_comment") if policy.mode == "first" and not sight.submission.author_approved else None


def article_paused(sight: Sight, policy: Policy) -> Reason | None:
    """A moderator holds the comments of the article."""
    return Reason("article_paused") if sight.submission.article_paused else None


def links(sight: Sight, policy: Policy) -> Reason | None:
    """As many links in the text as the limit, or more; the author's own address is none of them."""
    count = len(sight.read.links)
    return _if_reached("links", count, policy.max_links)


def word(sight: Sight, policy: Policy) -> Reason | None:
    """A listed word in the text, the name or an address."""
    submission = sight.submission
    texts = dict.fromkeys((sight.read.text, submission.content, submission.author_name, *sight.addresses))

    def find(entries: tuple[str, ...]) -> str | None:
        return word_lists.found_word(entries, texts)

    return _listed("word", "word", find, policy.spam_words, policy.held_words)


def email(sight: Sight, policy: Policy) -> Reason | None:
    """A listed author, or domain of e-mail addresses."""

    def find(entries: tuple[str, ...]) -> str | None:
        return address_lists.found_email(entries, sight.submission.author_key, sight.submission.email_domain)

    return _listed("email", "entry", find, policy.spam_emails, policy.held_emails)


def url(sight: Sight, policy: Policy) -> Reason | None:
    """A listed web address in the text, a link or not, or as the author's own."""

    def find(entries: tuple[str, ...]) -> str | None:
        return address_lists.found_url(entries, sight.addresses, sight.read.text)

    return _listed("url", "entry", find, policy.spam_urls, policy.held_urls)


def network(sight: Sight, policy: Policy) -> Reason | None:
    """A listed network; which one is not told, as it would be an address in the clear."""
    for entries, is_spam in ((policy.spam_networks, True), (policy.held_networks, False)):
        if address_lists.is_in_network(entries, sight.submission.address, sight.submission.network_key):
            return Reason("network", spam=is_spam)
    return None


def reserved_email(sight: Sight, policy: Policy) -> Reason | None:
    """An address of the staff's: held and not refused, which would tell a stranger that it is on the list."""
    submission = sight.submission
    found = address_lists.found_email(policy.staff_emails, submission.author_key, submission.email_domain)
    return Reason("reserved_email") if found else None


def author_rejected(sight: Sight, policy: Policy) -> Reason | None:
    """Three comments of the author's last months were rejected, and a share of them all that is too large."""
    rejected = sight.submission.author_rejected
    decided = rejected + sight.submission.author_published
    if (
        not policy.rejected_percent
        or rejected < FEWEST_REJECTED
        or 100 * rejected < policy.rejected_percent * decided
    ):
        return None
    return Reason("author_rejected", {"rejected": rejected, "decided": decided})


def shouting(sight: Sight, policy: Policy) -> Reason | None:
    """Mostly capitals."""
    percent = writing.shouting(sight.read.text)
    is_loud = policy.shouting_percent and percent >= policy.shouting_percent
    return Reason("shouting", {"percent": percent}) if is_loud else None


def repetition(sight: Sight, policy: Policy) -> Reason | None:
    """The same letter, mark or word again and again."""
    found = writing.repetition(sight.read.text) if policy.repetition else None
    return Reason("repetition", {"text": found}) if found else None


def form_too_fast(sight: Sight, policy: Policy) -> Reason | None:
    """Sent so soon after the form opened that nobody can have typed it."""
    is_fast = sight.submission.form == "fast"
    return Reason("form_too_fast", {"seconds": sight.submission.form_age or 0}) if is_fast else None


def form_too_old(sight: Sight, policy: Policy) -> Reason | None:
    """Sent with a token that was kept for long, as programs do that send many."""
    is_old = sight.submission.form == "old"
    return Reason("form_too_old", {"hours": (sight.submission.form_age or 0) // _HOUR}) if is_old else None


def form_invalid(sight: Sight, policy: Policy) -> Reason | None:
    """Sent with a token that is none, or another article's."""
    return Reason("form_invalid") if sight.submission.form == "invalid" else None


def honeypot(sight: Sight, policy: Policy) -> Reason | None:
    """The field is filled in that people do not see."""
    return Reason("honeypot", spam=True) if sight.submission.honeypot else None


def article_pace(sight: Sight, policy: Policy) -> Reason | None:
    """Many comments on this article within ten minutes."""
    return _if_reached("article_pace", sight.submission.article_pace, policy.article_pace)


def site_pace(sight: Sight, policy: Policy) -> Reason | None:
    """Many comments on all articles within ten minutes."""
    return _if_reached("site_pace", sight.submission.site_pace, policy.site_pace)


def learned_spam(sight: Sight, policy: Policy) -> Reason | None:
    """Words like those of what this site's moderators have sent to spam."""
    if not policy.spam_percent or not sight.score or (sight.score.percent or 0) < policy.spam_percent:
        return None
    words = ", ".join(f"{word} {weight:+.1f}" for word, weight in sight.score.words)
    return Reason("learned_spam", {"percent": sight.score.percent or 0, "words": words})


RULES: tuple[Rule, ...] = (
    moderation_of_all,
    first_comment,
    article_paused,
    links,
    word,
    email,
    url,
    network,
    reserved_email,
    author_rejected,
    shouting,
    repetition,
    form_too_fast,
    form_too_old,
    form_invalid,
    honeypot,
    article_pace,
    site_pace,
    learned_spam,
)
"""In the order in which their reasons are shown."""


@lru_cache(maxsize=4)
def _looks_of(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(looks, names))


def _if_reached(code: str, count: int, limit: int) -> Reason | None:
    return Reason(code, {"count": count, "limit": limit}) if limit and count >= limit else None


def _listed(
    code: str,
    evidence: str,
    find: Callable[[tuple[str, ...]], str | None],
    spam_entries: tuple[str, ...],
    held_entries: tuple[str, ...],
) -> Reason | None:
    """The reason of an entry that is found: of the list that sends to spam if it is in both."""
    for entries, is_spam in ((spam_entries, True), (held_entries, False)):
        if entry := find(entries):
            return Reason(code, {evidence: entry}, spam=is_spam)
    return None
