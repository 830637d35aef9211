"""What an article and a comment of the demonstration are made of."""

from typing import NamedTuple


class DemoArticle(NamedTuple):
    """An article of the demonstration.

    `age_hours` is counted from its publication, `readers` are those of an average day. `image` is the name of its
    drawing, and `drawn` says what is seen in it. `translation` is the article that tells the same in the other
    language. One that is `closed` takes no comments; one in the `classic` theme is shown as WordPress would.
    """

    id: str
    language: str
    section: str
    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    age_hours: int
    readers: int
    image: str
    drawn: str
    translation: str = ""
    closed: bool = False
    classic: bool = False


class DemoComment(NamedTuple):
    """A comment of the demonstration, `minutes` old; `answers` is the `mark` of the comment it replies to.

    `edited` is the text it had before. A comment of the `staff` has a badge; one that is `held` waits for a
    moderator, and one that is `removed` was published once.
    """

    name: str
    text: str
    minutes: int
    mark: str = ""
    answers: str = ""
    up: int = 0
    down: int = 0
    edited: str = ""
    url: str | None = None
    staff: bool = False
    pinned: bool = False
    held: bool = False
    removed: bool = False
