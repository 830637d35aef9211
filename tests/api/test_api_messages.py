"""What the service says: a sentence for every code, in both languages, with French typography right."""

import re
import string
from collections.abc import Iterator

import pytest

from chalicelib.api.form_messages import FORM
from chalicelib.api.messages import FIELDS, LANGUAGES, PROBLEMS, Text
from chalicelib.api.reason_messages import REASONS
from chalicelib.api.wording import WORDS
from chalicelib.errors import FIELD_CODES, all_refusals

NO_BREAK = "\u00a0\u202f"


def texts() -> Iterator[tuple[str, Text]]:
    """Every sentence under the name of what it is about."""
    for code, problem in PROBLEMS.items():
        yield f"{code}.title", problem.title
        yield f"{code}.detail", problem.detail
    yield from (FIELDS | FORM | REASONS).items()
    yield from ((f"words.{name}", text) for name, text in WORDS.items())


EVERY_TEXT = [pytest.param(text, id=name) for name, text in texts()]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_refusal_has_a_problem_and_every_problem_a_refusal() -> None:
    assert {code for refusal in all_refusals() for code in refusal.codes} == set(PROBLEMS)


def test_every_code_of_a_field_has_a_sentence() -> None:
    assert set(FIELD_CODES) == set(FIELDS)


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_both_languages_say_something_with_the_same_parameters(text: Text) -> None:
    said = [text.say(language, **dict.fromkeys(placeholders(text.fr), "x")) for language in LANGUAGES]

    assert all(said)
    assert placeholders(text.fr) == placeholders(text.en)


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_french_is_set_as_french_typography_wants_it(text: Text) -> None:
    assert not re.findall(rf"[^{NO_BREAK}](?=[»])|(?<=«)[^{NO_BREAK}]", text.fr), "no-break space inside « »"
    assert not re.findall(rf"[^\S{NO_BREAK}][:;!?»]", text.fr), "a space that breaks before a mark"
    assert not re.findall(r"[^\W\d][;!?]", text.fr), "no space before a high mark"
    assert "'" not in text.fr
    assert "..." not in text.fr


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_no_text_has_two_spaces_in_a_row_or_at_its_ends(text: Text) -> None:
    for said in (text.fr, text.en):
        assert not re.search(r"\s\s", said)
        assert said == said.strip()


@pytest.mark.parametrize("text", EVERY_TEXT)
def test_english_has_typographic_quotation_marks(text: Text) -> None:
    assert not re.search("['\"«»]", text.en)
