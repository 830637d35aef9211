"""What are the rules of moderation told by the newsroom, and within which bounds?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import Literal, get_args

from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.rules.address_lists import clean_email_entry, clean_network_entry, clean_url_entry
from chalicelib.rules.fields import FieldError
from chalicelib.rules.folding import looks
from chalicelib.rules.text import clean_line
from chalicelib.rules.word_lists import clean_word

Mode = Literal["first", "all", "none"]
MODES: tuple[Mode, ...] = get_args(Mode)
MOST_ENTRIES = 2_000
ENTRY_LIMIT = 200
MOST_COMMENTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Policy:
    """What the newsroom has set; the defaults are those of a new site.

    A list of `held_` holds a comment that falls under it, one of `spam_` sends it to spam. 0 turns a number's rule
    off; `spam_percent` 0 lets the learned filter watch only. Paces are comments in ten minutes.
    """

    mode: Mode = "first"
    max_links: int = 2
    held_words: tuple[str, ...] = ()
    spam_words: tuple[str, ...] = ()
    held_emails: tuple[str, ...] = ()
    spam_emails: tuple[str, ...] = ()
    held_urls: tuple[str, ...] = ()
    spam_urls: tuple[str, ...] = ()
    held_networks: tuple[str, ...] = ()
    spam_networks: tuple[str, ...] = ()
    staff_names: tuple[str, ...] = ()
    staff_emails: tuple[str, ...] = ()
    shouting_percent: int = 70
    repetition: bool = False
    rejected_percent: int = 50
    form_seconds: int = 3
    form_hours: int = 24
    article_pace: int = 200
    site_pace: int = 600
    spam_percent: int = 90


STANDARD = Policy()
NAMES = tuple(field.name for field in fields(Policy))
NUMBERS: dict[str, tuple[int, int]] = {
    "max_links": (0, 100),
    "shouting_percent": (0, 100),
    "rejected_percent": (0, 100),
    "form_seconds": (0, 600),
    "form_hours": (0, 8_760),
    "article_pace": (0, MOST_COMMENTS),
    "site_pace": (0, MOST_COMMENTS),
    "spam_percent": (0, 100),
}
"""The least and the greatest value of each number."""
SWITCHES = ("repetition",)
LISTS = tuple(name for name in NAMES if isinstance(getattr(STANDARD, name), tuple))

AuthorKey = Callable[[str], str]
Facts = dict[str, str | int | list[str]]


def changed(
    policy: Policy, given: Mapping[str, object], author_key: AuthorKey, standard: Policy = STANDARD
) -> Policy:
    """The policy with the fields given; None sets one back to what it is in `standard`.

    Lists are cleaned, entries that come twice are kept once; `author_key` makes an author's key of the key form of
    an e-mail address. Raises InvalidFields naming every field that cannot be so.
    """
    values: dict[str, object] = {}
    problems: list[FieldProblem] = []
    for name, value in given.items():
        try:
            values[name] = getattr(standard, name, None) if value is None else _clean(name, value, author_key)
        except FieldError as error:
            problems.append(FieldProblem(name, error.code, error.params))
    problems += [FieldProblem(name, "unknown_field") for name in given if name not in NAMES]
    if problems:
        raise InvalidFields(problems)
    return replace(policy, **values)  # type: ignore[arg-type]  # each is of its field's type by now


def to_facts(policy: Policy, standard: Policy = STANDARD) -> Facts:
    """What differs from `standard`, as plain values: a switch is 0 or 1."""
    values = {name: getattr(policy, name) for name in NAMES if getattr(policy, name) != getattr(standard, name)}
    return {name: _plain(value) for name, value in values.items()}


def from_facts(facts: Mapping[str, object], standard: Policy = STANDARD) -> Policy:
    """The policy that `to_facts` was given; what a newer release has added to it is passed over."""
    known = {name: _restored(name, value) for name, value in facts.items() if name in NAMES}
    if known.get("mode", standard.mode) not in MODES:
        del known["mode"]
    return replace(standard, **known)  # type: ignore[arg-type]


def _clean(name: str, value: object, author_key: AuthorKey) -> object:
    if name in LISTS:
        return _clean_list(value, _entry_rule(name, author_key))
    if name in NUMBERS:
        return _clean_number(value, *NUMBERS[name])
    if name in SWITCHES and not isinstance(value, bool):
        raise FieldError("invalid_type")
    if name == "mode" and value not in MODES:
        raise FieldError("invalid_choice")
    return value


def _clean_number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise FieldError("invalid_type")
    if not least <= value <= most:
        raise FieldError("out_of_range", minimum=least, maximum=most)
    return value


def _clean_list(value: object, clean: Callable[[str], str]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(entry, str) for entry in value):
        raise FieldError("invalid_type")
    if len(value) > MOST_ENTRIES:
        raise FieldError("too_many", limit=MOST_ENTRIES)
    if any(len(entry) > ENTRY_LIMIT for entry in value):
        raise FieldError("too_long", limit=ENTRY_LIMIT)
    entries = tuple(dict.fromkeys(map(clean, value)))
    if any(len(entry) > ENTRY_LIMIT for entry in entries):  # NFC can make a text longer, as lower case can
        raise FieldError("too_long", limit=ENTRY_LIMIT)
    return entries


def _entry_rule(name: str, author_key: AuthorKey) -> Callable[[str], str]:
    rules: dict[str, Callable[[str], str]] = {
        "words": partial(clean_word, limit=ENTRY_LIMIT),
        "emails": partial(clean_email_entry, author_key=author_key),
        "urls": clean_url_entry,
        "networks": clean_network_entry,
        "names": _clean_staff_name,
    }
    return rules[name.partition("_")[2]]


def _clean_staff_name(value: str) -> str:
    name = clean_line(value, ENTRY_LIMIT)
    if not looks(name):
        raise FieldError("invalid_format")
    return name


def _plain(value: object) -> str | int | list[str]:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str) else int(value)  # type: ignore[call-overload]


def _restored(name: str, value: object) -> object:
    if name in LISTS:
        return tuple(value)  # type: ignore[arg-type]
    return bool(value) if name in SWITCHES else value
