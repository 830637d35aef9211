"""How conversations are shaped: an article's comments from the sizes of its threads, or grown as a random tree."""

import math
from collections.abc import Iterator, Sequence
from random import Random

from chalicelib.model import Comment, Status
from chalicelib.rules import instants, threads

LEVELS = 5
TYPICAL_LETTERS = 120
SPREAD = 0.6


def geometric(random: Random, mean: float, threads_wanted: int) -> list[int]:
    """Sizes of threads that go on with the same probability after each comment."""
    stop = math.log(1 - 1 / mean)
    return [1 + int(math.log(1 - random.random()) / stop) for _ in range(threads_wanted)]


def from_sizes(random: Random, article_id: str, sizes: Sequence[int], before: int) -> Iterator[Comment]:
    """Threads of these sizes, the oldest first and the last one just `before` this time; all reply to the root."""
    start = before - len(sizes) * instants.HOUR
    for place, size in enumerate(sizes):
        root = comment(random, article_id, start + place * instants.HOUR)
        yield root
        for reply in range(1, size):
            yield comment(random, article_id, root.created_at + reply * instants.SECOND, parent=root)


def random_tree(random: Random, article_id: str, size: int, before: int) -> Iterator[Comment]:
    """Each comment replies, every second time, to any earlier one, whichever its age."""
    grown: list[Comment] = []
    for place in range(size):
        parent = random.choice(grown) if grown and random.random() < 0.5 else None
        at = before - (size - place) * instants.MINUTE
        grown.append(comment(random, article_id, at, parent=parent))
    yield from grown


def held(random: Random, article_id: str, size: int, before: int) -> Iterator[Comment]:
    """Comments that wait for a moderator."""
    for place in range(size):
        yield comment(random, article_id, before - (size - place) * instants.SECOND, status="held")


def comment(
    random: Random, article_id: str, at: int, *, parent: Comment | None = None, status: Status = "published"
) -> Comment:
    """A comment of an ordinary length; below the last level it goes under its parent's parent."""
    if parent and threads.depth(parent.path) >= LEVELS - 1:
        parent_id, path = parent.parent_id, parent.path[: -threads.WIDTH]
    else:
        parent_id, path = (parent.id, parent.path) if parent else (None, "")
    id = threads.comment_id(random.randbytes(13))
    letters = int(TYPICAL_LETTERS * random.lognormvariate(0, SPREAD)) + 1
    return Comment(
        id=id,
        article_id=article_id,
        parent_id=parent_id,
        path=path + threads.segment(at, id),
        status=status,
        author_key=random.randbytes(16).hex(),
        author_name="Zoé Martin",
        author_email="zoe.martin@example.org",
        author_url=None,
        content="x" * min(letters, 5_000),
        created_at=at,
    )
