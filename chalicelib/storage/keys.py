"""The only place that spells a key: every item of the table, and every entry of its three indexes.

| item | pk | sk |
|---|---|---|
| article | `ARTICLE#<article>` | `ARTICLE` |
| ids of deleted articles | `DELETED` | `DELETED` |
| comment | `COMMENT#<comment>` | `COMMENT` |
| an earlier version of a comment | `EDIT#<comment>#<n>` | `EDIT` |
| a line of the audit | `AUDIT#<day>` | `<milliseconds>#<comment>` |
| a bulk job and what it decides | `JOB#<job>` | `JOB` |
| votes on a comment from one address | `VOTES#<comment>` | `<network key>` |
| a reader's report | `REPORT#<report>` | `REPORT` |
| what the rules of moderation are told | `POLICY` | `POLICY` |
| what was learned of spam | `SPAM` | `SPAM` |
| comments of the last ten minutes | `SITEPACE` | `SITEPACE` |
| author: pace, texts, approved names | `AUTHOR#<author key>` | `AUTHOR` |
| pace of a network | `PACE#<network key>` | `PACE` |
| readers of an article in a slot | `VIEWS#<hour>#<partition>` | `<article>#<slot>#<environment>#<n>` |
| documents of an hour | `HOUR#<hour>#live`, `HOUR#<hour>#imported` | `DOCUMENT`, parts `<digest>#<part>` |
| documents of a day, of the past | `DAY#<day>`, `PAST#<day>` | the same |
| a most-read list | `LIST#<window>#<sort>#<section>` | `LIST` |
| an article changed after it was read | `CHANGES#<day>` | `<milliseconds>#<article>` |
| state of the roll-up, days with views | `ROLLUP`, `DAYS` | the same |
| names of the lists that have rows | `LISTED` | the same |
| salt of a day | `SALT#<day>` | `SALT` |
| the site's secret | `SECRET` | `SECRET` |
| a bearer token | `TOKEN#<hash>` | `TOKEN` |
| its place in the list of tokens | `TOKENS` | `<hash>` |
| the version of the table's schema | `SCHEMA` | `SCHEMA` |
"""

import zlib

from chalicelib.model import ListSort, QueueName, Status, Window
from chalicelib.rules import instants, threads

Key = dict[str, str]

PK, SK = "pk", "sk"
THREAD, THREAD_AT = "thread", "thread_at"
QUEUE, QUEUE_AT = "queue", "queue_at"
AUTHOR, AUTHOR_AT = "author", "author_at"
EXPIRES = "expires_at"
REPORTED: QueueName = "reported"
"""What stands in the queue index in the place of a status for the open reports of readers."""


def _single(kind: str, id: str = "") -> Key:
    return {PK: f"{kind}#{id}" if id else kind, SK: kind}


def id_of(key: str) -> str:
    """The id of an article, a comment, a job or a report in the partition key of its item."""
    return key.partition("#")[2]


def article(article_id: str) -> Key:
    """An article."""
    return _single("ARTICLE", article_id)


def deleted_articles() -> Key:
    """The set of deleted articles, whose comments the queue must not show."""
    return _single("DELETED")


def comment(comment_id: str) -> Key:
    """A comment."""
    return _single("COMMENT", comment_id)


def thread_entry(article_id: str, path: str) -> dict[str, str]:
    """The thread index entry of a published comment."""
    return {THREAD: article_id, THREAD_AT: threads.thread_at(path)}


def queue_entry(status: Status, created_at: int, comment_id: str, article_id: str) -> dict[str, str]:
    """The moderation queue entry of a comment; the article's id rides behind the time."""
    return {QUEUE: status, QUEUE_AT: threads.segment(created_at, comment_id) + article_id}


def article_id_of_queue(queue_at: str) -> str:
    """The article's id in a queue entry's sort key."""
    return queue_at[threads.WIDTH :]


def created_at_of_queue(queue_at: str) -> int:
    """When a queue entry's comment was written, in milliseconds, by its sort key."""
    return int(queue_at[: threads.TIME_WIDTH], len(threads.ALPHABET))


def queue_since(at: int) -> str:
    """The least sort key of the queue entries from a time on."""
    return threads.base32(max(at, 0), threads.TIME_WIDTH)


def reported_entry(at: int, report_id: str, article_id: str) -> dict[str, str]:
    """The moderation queue entry of an open report."""
    return {QUEUE: REPORTED, QUEUE_AT: threads.segment(at, report_id) + article_id}


def author_entry(author_key: str, created_at: int, comment_id: str) -> dict[str, str]:
    """The author index entry of a comment."""
    return {AUTHOR: author_key, AUTHOR_AT: threads.segment(created_at, comment_id)}


def author(author_key: str) -> Key:
    """What is known of an author by the keyed hash of the e-mail address."""
    return _single("AUTHOR", author_key)


def edit(comment_id: str, n: int) -> Key:
    """A comment as it was before its n-th edit, from 1."""
    return _single("EDIT", f"{comment_id}#{n}")


def audit_day(day: int) -> str:
    """The partition of a day's audit lines."""
    return f"AUDIT#{instants.day_label(day)}"


def audit_lines() -> str:
    """What the partition keys of all audit lines match."""
    return "AUDIT#*"


def audit(at: int, comment_id: str) -> Key:
    """The audit line of what was decided on a comment at a time."""
    return {PK: audit_day(at // instants.DAY), SK: f"{change_since(at)}#{comment_id}"}


def job(job_id: str) -> Key:
    """A bulk job."""
    return _single("JOB", job_id)


def votes(comment_id: str, network_key: str) -> Key:
    """The votes on a comment that come from one address."""
    return {PK: f"VOTES#{comment_id}", SK: network_key}


def report(report_id: str) -> Key:
    """A reader's report."""
    return _single("REPORT", report_id)


def policy() -> Key:
    """What the rules of moderation are told."""
    return _single("POLICY")


def spam_model() -> Key:
    """What was learned of spam."""
    return _single("SPAM")


def site_pace() -> Key:
    """How many comments came in the last ten minutes."""
    return _single("SITEPACE")


def pace(network_key: str) -> Key:
    """How fast a network comments, by its keyed hash."""
    return _single("PACE", network_key)


def view_partition(hour: int, partition: int) -> str:
    """One partition of an hour's view sets."""
    return f"VIEWS#{instants.hour_label(hour)}#{partition}"


def view_set(hour: int, slot: int, article_id: str, environment: str, n: int, partitions: int) -> Key:
    """One environment's n-th set of an article's readers in a slot, on the partition its sort key hashes to."""
    sk = f"{article_id}#{slot}#{environment}#{n}"
    return {PK: view_partition(hour, zlib.crc32(sk.encode()) % partitions), SK: sk}


def article_and_slot_of(view_sk: str) -> tuple[str, int]:
    """The article and the slot in a view set's sort key."""
    article_id, slot, _environment, _n = view_sk.split("#")
    return article_id, int(slot)


def live_hour(hour: int) -> str:
    """The partition of the document of an hour's views as the roll-up counted them."""
    return f"HOUR#{instants.hour_label(hour)}#live"


def imported_hour(hour: int) -> str:
    """The partition of the document of an hour's views as access logs tell them."""
    return f"HOUR#{instants.hour_label(hour)}#imported"


def day(day: int) -> str:
    """The partition of a finished day's document."""
    return f"DAY#{instants.day_label(day)}"


def past(day: int) -> str:
    """The partition of the document of all that was counted before yesterday, as seen from a day."""
    return f"PAST#{instants.day_label(day)}"


def document_head(partition: str) -> Key:
    """The item of a document that holds it, or names its parts."""
    return {PK: partition, SK: "DOCUMENT"}


def document_part(partition: str, digest: str, part: int) -> Key:
    """One part of a document too big for its head."""
    return {PK: partition, SK: f"{digest}#{part:03}"}


def most_read(window: Window, sort: ListSort, section: str | None) -> Key:
    """A most-read list; the whole site's has an empty section."""
    return {PK: f"LIST#{window}#{sort}#{section or ''}", SK: "LIST"}


def changes(day: int) -> str:
    """The partition of a day's changes to articles."""
    return f"CHANGES#{instants.day_label(day)}"


def change(at: int, article_id: str) -> Key:
    """One change to an article."""
    return {PK: changes(at // instants.DAY), SK: change_since(at) + f"#{article_id}"}


def change_since(at: int) -> str:
    """The least sort key of the changes from a time on."""
    return f"{max(at, 0):015}"


def article_id_of_change(sk: str) -> str:
    """The article's id in a change's sort key."""
    return sk.partition("#")[2]


def roll_up_state() -> Key:
    """What the roll-up has closed, and the version of the counts it has read."""
    return _single("ROLLUP")


def days_with_views() -> Key:
    """The set of days that have any views."""
    return _single("DAYS")


def listed() -> str:
    """The partition of the document that names the lists with rows."""
    return "LISTED"


def salt(day: int) -> Key:
    """The salt of a day."""
    return _single("SALT", instants.day_label(day))


def site_secret() -> Key:
    """The site's secret."""
    return _single("SECRET")


def token(token_hash: str) -> Key:
    """A bearer token, by its hash."""
    return _single("TOKEN", token_hash)


def token_prefix() -> str:
    """What the partition keys of tokens begin with."""
    return "TOKEN#"


def tokens() -> str:
    """The partition of the list of tokens."""
    return "TOKENS"


def listed_token(token_hash: str) -> Key:
    """A token's place in the list of tokens."""
    return {PK: tokens(), SK: token_hash}


def schema() -> Key:
    """The version of the table's schema."""
    return _single("SCHEMA")
