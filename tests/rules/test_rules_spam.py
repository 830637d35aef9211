import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.rules.spam import (
    BYTES_LIMIT,
    HALVED_AT,
    SHOWN_WORDS,
    SpamModel,
    dump,
    features,
    learn,
    load,
    score,
    unlearn,
)
from chalicelib.rules.writing import as_read


def seen(text: str, name: str = "", url: str | None = None) -> frozenset[str]:
    return features(as_read(text), name, url)


def taught(*lessons: tuple[str, bool, int]) -> SpamModel:
    model = SpamModel()
    for text, is_spam, times in lessons:
        for _ in range(times):
            model = learn(model, seen(text), is_spam=is_spam)
    return model


def test_a_comment_is_its_words_pairs_name_hosts_and_number_of_links() -> None:
    assert seen("Le CASINO, le vôtre : http://Jeu.example/x", "Jean-Luc", "https://moi.example/") == {
        *("le", "casino", "votre", "http", "jeu", "example"),
        *("le casino", "casino le", "le votre", "votre http", "http jeu", "jeu example"),
        *("name:jean", "name:luc", "link:jeu.example", "link:moi.example", "links:1"),
    }


def test_what_may_tell_who_somebody_is_is_not_learned() -> None:
    assert seen("Appelez le 06 12 34 56 78 ou jean@presse.example dès lundi http://a.example/jean?id=9f") == {
        *("appelez", "le", "ou", "des", "lundi", "http", "example"),
        *("appelez le", "des lundi", "lundi http", "http a", "a example"),
        *("link:a.example", "links:1"),
    }


def test_scripts_without_spaces_are_learned_by_pairs_of_characters() -> None:
    assert seen("最好的赌场") == {"最 好", "好 的", "的 赌", "赌 场", "links:0"}


def test_only_the_beginning_of_a_long_comment_counts() -> None:
    assert len(seen(" ".join(f"mot{number}" for number in range(5_000)))) <= 600
    assert not any(len(word) > 60 for word in seen("a" * 5_000))


@pytest.mark.parametrize(("spam", "good"), [(0, 0), (39, 10), (9, 90), (90, 9)])
def test_it_only_watches_below_fifty_decisions_and_ten_of_each_kind(spam: int, good: int) -> None:
    known = score(taught(("casino", True, spam), ("article", False, good)), seen("casino"))

    assert known.percent is None


def test_it_knows_what_it_was_taught() -> None:
    model = taught(("gagnez au casino", True, 25), ("un bel article", False, 25))

    bad, fair, open_ = (score(model, seen(text)) for text in ("au casino", "un article", "nouveau"))

    assert bad.percent is not None
    assert bad.percent > 90
    assert fair.percent is not None
    assert fair.percent < 10
    assert open_.percent is not None
    assert 45 <= open_.percent <= 55
    assert bad.words[0][1] > 0 > fair.words[0][1]


def test_the_weights_are_those_of_the_formula() -> None:
    # 30 comments of 2 sightings (casino, links:0) and 20 of 2: S = 60 and G = 40 of N = 100.
    model = taught(("casino", True, 30), ("article", False, 20))

    # ln((30 + 1.2) / (0 + 0.8) * 40 / 60) = 3.26 and ln((0 + 1.2) / (20 + 0.8) * 40 / 60) = -3.26; links:0
    # weighs nothing and is not told.
    assert score(model, seen("casino article")).words == (("article", -3.3), ("casino", 3.3))
    assert score(model, seen("casino")).percent == 96  # 1 / (1 + e^-3.26)


def test_at_most_six_words_are_told_the_weightiest_first() -> None:
    model = taught(("un deux trois quatre cinq", True, 30), ("un article", False, 30))

    words = score(model, seen("un deux trois quatre cinq")).words

    assert len(words) == SHOWN_WORDS
    assert [abs(weight) for _, weight in words] == sorted((abs(weight) for _, weight in words), reverse=True)


LESSONS = st.lists(
    st.tuples(st.sampled_from(["a b", "b c", "casino", "bel article", "é"]), st.booleans()), max_size=30
)


@settings(deadline=None)
@given(LESSONS, st.randoms(use_true_random=False))
def test_the_order_of_lessons_does_not_matter(lessons: list[tuple[str, bool]], order: random.Random) -> None:
    shuffled = order.sample(lessons, len(lessons))

    first, second = (taught(*((text, bad, 1) for text, bad in each)) for each in (lessons, shuffled))

    assert first == second
    assert dump(first) == dump(second)


@settings(deadline=None)
@given(LESSONS, LESSONS)
def test_what_is_unlearned_was_never_learned(kept: list[tuple[str, bool]], gone: list[tuple[str, bool]]) -> None:
    model = taught(*((text, bad, 1) for text, bad in [*kept, *gone]))
    for text, bad in gone:
        model = unlearn(model, seen(text), is_spam=bad)

    assert model == taught(*((text, bad, 1) for text, bad in kept))


def test_unlearning_what_was_never_learned_stops_at_nothing() -> None:
    assert unlearn(SpamModel(), seen("casino"), is_spam=True) == SpamModel()


def test_learning_leaves_the_model_it_was_given_as_it_was() -> None:
    model = taught(("casino", True, 1))
    before = dump(model)

    learn(model, seen("casino bonus"), is_spam=False)

    assert dump(model) == before


@settings(deadline=None)
@given(LESSONS)
def test_a_small_model_comes_back_as_it_was_stored(lessons: list[tuple[str, bool]]) -> None:
    model = taught(*((text, bad, 1) for text, bad in lessons))

    assert load(dump(model)) == model


def test_a_large_model_keeps_what_tells_most_within_its_bytes() -> None:
    pick = random.Random(7)
    model = taught(("casino bonus", True, 40), ("bel article", False, 40))
    for number in range(1_500):
        text = " ".join(f"{pick.choice('abcdefgh')}{pick.getrandbits(40):x}" for _ in range(8))
        model = learn(model, seen(text), is_spam=bool(number % 2))

    packed = dump(model)
    kept = load(packed)

    assert BYTES_LIMIT - 100 <= len(packed) <= BYTES_LIMIT
    assert {"casino", "bonus", "article"} <= kept.words.keys()
    assert (kept.spam, kept.good, kept.spam_sightings) == (model.spam, model.good, model.spam_sightings)
    assert dump(kept) == packed
    assert score(kept, seen("casino")).percent == score(model, seen("casino")).percent


def test_what_was_learned_long_ago_counts_for_less() -> None:
    model = taught(("casino", True, 1_000), ("article", False, HALVED_AT - 1_001), ("inconnu", False, 1))

    assert (model.spam, model.good) == (500, 500)
    assert model.words["casino"] == (500, 0)
    assert "inconnu" not in model.words


def test_a_filter_that_knows_enough_never_knows_too_little_again() -> None:
    model = taught(("casino", True, 19), ("article", False, HALVED_AT))

    assert (model.spam, model.good) == (19, HALVED_AT)
    assert score(taught(("casino", True, 20), ("article", False, HALVED_AT)), seen("casino")).percent is not None


def test_a_full_model_still_learns_new_words() -> None:
    pick = random.Random(7)
    model = SpamModel()
    for _ in range(1_000):
        text = " ".join(f"w{pick.getrandbits(40):x}" for _ in range(8))
        model = learn(model, seen(text), is_spam=pick.random() < 0.5)
    model = load(dump(model))

    for _ in range(4):
        model = load(dump(learn(model, seen("placement crypto"), is_spam=True)))

    assert model.words["crypto"] == (4, 0)
