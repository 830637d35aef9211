"""What an environment remembers: as much as it may, and longest what is asked for most."""

from chalicelib.backend import Memory


def test_what_is_asked_for_all_the_time_outlasts_any_number_of_things_asked_for_once() -> None:
    memory = Memory(capacity=10)
    memory.recall("secret", 0, 60, lambda: "of the site")

    for n in range(1_000):
        memory.recall(("section", n), 0, 60, lambda: "an empty list")
        assert memory.remembered("secret", 0, 60) == "of the site"


def test_what_was_not_asked_for_longest_is_dropped_first() -> None:
    memory = Memory(capacity=2)
    for key in ("a", "b", "a", "c"):
        memory.recall(key, 0, 60, lambda: "kept")

    assert [memory.remembered(key, 0, 60) for key in ("a", "b", "c")] == ["kept", None, "kept"]
