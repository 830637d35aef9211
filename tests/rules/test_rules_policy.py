import json
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.errors import FieldProblem, InvalidFields
from chalicelib.rules.policy import LISTS, NAMES, NUMBERS, SWITCHES, Policy, changed, from_facts, to_facts

KEY = "0123456789abcdef0123456789abcdef"


def key_of(address: str) -> str:
    return KEY if address == "jean@spam.example" else "f" * 32


def change(policy: Policy = Policy(), **given: object) -> Policy:  # noqa: B008 - it is frozen
    return changed(policy, given, key_of)


def problems(**given: object) -> list[FieldProblem]:
    with pytest.raises(InvalidFields) as refusal:
        change(**given)
    return refusal.value.problems


def test_every_field_has_its_bounds() -> None:
    assert {"mode", *NUMBERS, *SWITCHES, *LISTS} == set(NAMES) == {field.name for field in fields(Policy)}
    for name, (least, most) in NUMBERS.items():
        assert least <= getattr(Policy(), name) <= most


def test_a_change_keeps_the_fields_that_are_not_given() -> None:
    policy = change(mode="all", max_links=3, held_words=["casino"], repetition=False)

    assert policy == Policy(mode="all", max_links=3, held_words=("casino",), repetition=False)
    assert change(policy, max_links=4) == replace(policy, max_links=4)


def test_null_sets_a_field_back_to_what_is_standard() -> None:
    policy = change(mode="all", max_links=3, held_words=["casino"])

    assert change(policy, mode=None, max_links=None, held_words=None) == Policy()
    assert changed(policy, {"mode": None}, key_of, Policy(mode="none")).mode == "none"


def test_entries_are_cleaned_and_kept_once() -> None:
    policy = change(
        held_words=[" Casino ", "Casino", "e\u0301te\u0301*"],
        spam_emails=["@SPAM.example", "jean@spam.example", KEY],
        held_urls=["https://www.Spam.example/", "spam.example/a"],
        spam_networks=["203.0.113.9/24", "0123456789ABCDEF"],
        staff_names=["  La Rédaction "],
    )

    assert policy.held_words == ("Casino", "été*")
    assert policy.spam_emails == ("@spam.example", KEY)
    assert policy.held_urls == ("spam.example", "spam.example/a")
    assert policy.spam_networks == ("203.0.113.0/24", "0123456789abcdef")
    assert policy.staff_names == ("La Rédaction",)


def test_every_field_that_cannot_be_so_is_named_at_once() -> None:
    found = problems(mode="some", max_links=101, repetition=1, held_words=["a" * 201], nonsense=None, site_pace=5)

    assert {problem.field: problem.code for problem in found} == {
        "mode": "invalid_choice",
        "max_links": "out_of_range",
        "repetition": "invalid_type",
        "held_words": "too_long",
        "nonsense": "unknown_field",
    }


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        pytest.param("mode", ["all"], "invalid_choice", id="a mode that is no text"),
        pytest.param("max_links", "2", "invalid_type", id="a number as text"),
        pytest.param("max_links", True, "invalid_type", id="a switch for a number"),
        pytest.param("max_links", 2.0, "invalid_type", id="a fraction"),
        pytest.param("held_words", "casino", "invalid_type", id="a text for a list"),
        pytest.param("held_words", ["a", 1], "invalid_type", id="a number in a list"),
        pytest.param("held_words", ["a"] * 2_001, "too_many", id="too many entries"),
        pytest.param("held_words", ["a", " "], "required", id="an empty word"),
        pytest.param("held_emails", ["spam"], "invalid_email", id="no e-mail"),
        pytest.param("spam_urls", ["spam"], "invalid_url", id="no domain"),
        pytest.param("held_networks", ["1.2.3"], "invalid_format", id="no network"),
        pytest.param("held_networks", ["1.0.0.0/4"], "out_of_range", id="too wide a network"),
        pytest.param("staff_names", ["..."], "invalid_format", id="a name without letters"),
        pytest.param("staff_emails", ["@"], "invalid_email", id="no domain of staff"),
    ],
)
def test_a_field_says_what_is_wrong_with_it(name: str, value: object, code: str) -> None:
    assert [(problem.field, problem.code) for problem in problems(**{name: value})] == [(name, code)]


def test_a_limit_is_told() -> None:
    assert problems(max_links=-1)[0].params == {"minimum": 0, "maximum": 100}
    assert problems(held_words=["a"] * 2_001)[0].params == {"limit": 2_000}
    assert len(change(held_words=[f"mot{place}" for place in range(2_000)]).held_words) == 2_000


def test_only_what_differs_from_the_standard_is_kept() -> None:
    assert to_facts(Policy()) == {}
    assert to_facts(Policy(mode="all", held_words=("a",))) == {"mode": "all", "held_words": ["a"]}
    assert to_facts(Policy(repetition=False), Policy(repetition=True)) == {"repetition": 0}
    assert to_facts(Policy(), Policy(mode="all")) == {"mode": "first"}
    assert from_facts({}, Policy(mode="all")).mode == "all"


def test_what_a_newer_release_has_written_is_passed_over() -> None:
    assert from_facts({"max_links": 5, "novelty": 7, "mode": "sometimes"}) == Policy(max_links=5)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        "mode": st.sampled_from(["first", "all", "none"]),
        "repetition": st.booleans(),
        **{name: st.integers(*bounds) for name, bounds in NUMBERS.items()},
        "held_words": st.lists(st.sampled_from(["a", "É", "c++", "x*"])),
        "spam_emails": st.lists(st.sampled_from(["@a.example", "jean@spam.example", KEY])),
    },
)


@settings(deadline=None)
@given(VALUES, VALUES)
def test_a_policy_comes_back_as_it_was_kept(first: dict[str, object], second: dict[str, object]) -> None:
    policy, standard = change(**first), change(**second)

    facts = json.loads(json.dumps(to_facts(policy, standard)))

    assert from_facts(facts, standard) == policy
    assert change(**to_given(policy)) == policy


def to_given(policy: Policy) -> dict[str, object]:
    return {name: getattr(policy, name) for name in NAMES}
