"""The costs that must hold, on sites small enough for every run."""

from random import Random

import pytest

from ops.bench import comment_costs, list_costs, page_costs, queue_costs, roll_up_costs, shapes, view_costs
from ops.bench.page_costs import Conversation
from ops.bench.row import Row, table
from ops.bench.site import START


def broken(rows: list[Row]) -> list[Row]:
    assert rows
    return [row for row in rows if row.holds is False]


def test_views_cost_what_they_may() -> None:
    assert not broken(list(view_costs.rows()))


def test_lists_cost_the_same_however_many_articles_there_are() -> None:
    few, _, many, _ = list_costs.rows((100, 300))

    assert not broken([few, many])


def test_comments_cost_what_they_may() -> None:
    assert not broken(list(comment_costs.rows()))


def test_a_roll_up_costs_by_the_articles_read() -> None:
    assert not broken(list(roll_up_costs.rows((10, 60))))


def test_the_queue_costs_the_same_beyond_the_limit_of_its_counts() -> None:
    assert not broken(list(queue_costs.rows((1_000, 1_200))))


EVEN = [conversation for conversation in page_costs.conversations() if conversation.even][1:]


@pytest.mark.parametrize("conversation", EVEN, ids=lambda conversation: conversation.name)
def test_a_page_of_even_threads_takes_one_query(conversation: Conversation) -> None:
    assert not broken(list(page_costs.rows([conversation])))


def test_a_page_costs_the_same_beside_comments_that_wait() -> None:
    def crowded(random: Random, article_id: str, now: int) -> list[shapes.Comment]:
        published = shapes.from_sizes(random, article_id, [1] * 300, now)
        return [*published, *shapes.held(random, article_id, 600, now)]

    assert not broken(list(page_costs.rows([Conversation("beside held ones", crowded, even=True)])))


def test_pages_of_uneven_threads_seldom_take_more_than_three_queries() -> None:
    uneven = [conversation for conversation in page_costs.conversations() if not conversation.even][:3]

    assert not broken(list(page_costs.rows(uneven, articles=1)))


def test_a_random_tree_has_as_many_comments_as_asked_for_and_keeps_its_levels() -> None:
    grown = list(shapes.random_tree(Random(1), "article", 200, START))
    ids = {comment.id for comment in grown}

    assert len(ids) == 200
    assert all(comment.parent_id is None or comment.parent_id in ids for comment in grown)
    assert max(len(comment.path) for comment in grown) <= shapes.LEVELS * shapes.threads.WIDTH


def test_sizes_of_threads_have_the_mean_asked_for() -> None:
    sizes = shapes.geometric(Random(1), 4, 4_000)

    assert min(sizes) == 1
    assert 3.8 < sum(sizes) / len(sizes) < 4.2


def test_the_table_says_which_bound_is_broken() -> None:
    printed = table([Row("a", "1 WU", "1 WU", True), Row("b", "1 WU", "2 WU", False), Row("c", "", "3", None)])

    assert [line.split()[-1] for line in printed.splitlines()[2:]] == ["ok", "BROKEN", "yet"]
