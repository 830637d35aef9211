"""How does a comment look to its reader: which links does it have, does it shout, does it repeat itself?"""

import re
from html import unescape
from typing import NamedTuple

from chalicelib.rules.rendering import render_html

SHOUTED_LETTERS = 20
"""Letters a text must have to be heard: a name of an institution alone is no shouting."""
SAME_CHARACTERS = 15
SAME_WORDS = 5
SHOWN_REPETITION = 40

# What the sanitiser writes: each < begins a tag, and quotes within attributes are entities.
_HTML_TAG = re.compile(r'<(?:[^<>"]++|"[^"]*+")*+>')
_HREF = re.compile(r'<a href="([^"]*+)"')
# Rules and dotted lines are drawn with anything but letters, question and exclamation marks.
_SAME_CHARACTER = re.compile(rf"([^\W\d_]|[!?])\1{{{SAME_CHARACTERS - 1},}}+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


class AsRead(NamedTuple):
    """A comment as its reader has it: the text without the tags that took effect, and where its links lead."""

    text: str
    links: tuple[str, ...]


def as_read(content: str) -> AsRead:
    """What a reader sees of a comment as typed; a link is what rules/rendering.py makes one."""
    html = render_html(content)
    return AsRead(unescape(_HTML_TAG.sub("", html)), tuple(map(unescape, _HREF.findall(html))))


def shouting(text: str) -> int:
    """The share of capitals among the letters that have any, in percent; 0 for a text of a few letters."""
    capitals = sum(map(str.isupper, text))
    letters = capitals + sum(map(str.islower, text))
    return 100 * capitals // letters if letters >= SHOUTED_LETTERS else 0


def repetition(text: str) -> str | None:
    """What stands in a text again and again without a break: a letter or mark 15 times, a word five times."""
    run = _SAME_CHARACTER.search(text)
    if run:
        return run[0][:SHOWN_REPETITION]
    last, times = "", 0
    for match in _WORD.finditer(text):
        word = match[0].casefold()
        times = times + 1 if word == last else 1
        if times == SAME_WORDS and not word.isdigit():
            return " ".join([match[0]] * SAME_WORDS)[:SHOWN_REPETITION]
        last = word
    return None
