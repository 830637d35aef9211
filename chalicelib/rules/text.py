"""How is a text that somebody typed made ready to be stored?

Lengths are in Unicode code points, counted after cleaning. Every function raises `FieldError`:
`required` for nothing visible, `too_long` (with `limit`), and `invalid_text` for what is no text.
"""

import re
import unicodedata

from chalicelib.rules.fields import FieldError

NAME_LIMIT = 100

# Embeddings, overrides and isolates (UAX #9): unclosed in a name, they turn round the text beside it.
_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
_CONTROLS_OF_A_LINE = {**_CONTROLS, **_BIDI_CONTROLS}
_CONTROLS_OF_A_TEXT = {code: None for code in _CONTROLS if chr(code) not in "\n\t"}

_LINE_END = re.compile(r"\r\n?")
_SPACE_IN_A_LINE = re.compile(r"\r\n|[\t\n\v\f\r\x85\u2028\u2029]")

# Letters and a symbol that draw nothing: Hangul fillers, the empty Braille cell.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me"})
_INVISIBLE_PLANE = range(0xE0000, 0xE1000)  # tags and variation selectors, assigned or not

# Composing a run of n marks takes time n²; no script needs more than the 30 of UAX #15, section 13.
_MARKS_IN_A_ROW = 30
# The longest canonical decomposition, so the most characters that NFC makes one of.
_CHARACTERS_IN_ONE = 4


def clean_name(value: str) -> str:
    """A person's name as typed, on one line, at most 100 characters."""
    return clean_line(value, NAME_LIMIT)


def clean_line(value: str, limit: int) -> str:
    """Plain text on one line (a name, a title, a section): NFC, without controls, ends trimmed."""
    line = _SPACE_IN_A_LINE.sub(" ", value).translate(_CONTROLS_OF_A_LINE)
    return _checked(line, limit)


def clean_content(value: str, limit: int) -> str:
    """The text of a comment as typed: NFC, lines ended by LF, no other control but the tab."""
    text = _LINE_END.sub("\n", value).translate(_CONTROLS_OF_A_TEXT)
    return _checked(text, limit)


def _checked(text: str, limit: int) -> str:
    trimmed = text.strip()
    # Before NFC, so that what is far too long is not worked on.
    if len(trimmed) > limit * _CHARACTERS_IN_ONE:
        raise FieldError("too_long", limit=limit)
    if not trimmed.isascii():
        _refuse_what_is_no_text(trimmed)
        trimmed = unicodedata.normalize("NFC", trimmed)
    if not any(map(_is_visible, trimmed)):
        raise FieldError("required")
    if len(trimmed) > limit:
        raise FieldError("too_long", limit=limit)
    return trimmed


def _refuse_what_is_no_text(text: str) -> None:
    marks = 0
    for character in text:
        if "\ud800" <= character <= "\udfff":
            raise FieldError("invalid_text")
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _MARKS_IN_A_ROW:
            raise FieldError("invalid_text")


def _is_visible(character: str) -> bool:
    # A mark alone has nothing to sit on. What this Python's Unicode does not know (a newer emoji) shows.
    return (
        unicodedata.category(character) not in _INVISIBLE_CATEGORIES
        and character not in _BLANKS
        and ord(character) not in _INVISIBLE_PLANE
    )
