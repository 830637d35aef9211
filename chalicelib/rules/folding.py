"""Which spellings of a word count as one, whoever wants to be found by it or to slip past?"""

import re
import unicodedata

# Shown as nothing although they are letters, symbols or marks without a class.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Me"})
_VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
# One character each, which NFKC makes a sentence of 18 and of 8: nobody hides a word in them, but work.
_WHOLE_SENTENCES = dict.fromkeys(map(ord, "\ufdfa\ufdfb"))
_KANA_VOICE = frozenset("\u3099\u309a")  # が is another letter than か, not か with an accent
_WHITE_CONTROLS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85")
_WHOLE_LETTERS = str.maketrans(
    {
        **{"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i"},
        **dict.fromkeys("’‘ʼ`´′", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "。": ".",
    }
)
"""What Unicode does not decompose: letters with a stroke, ligatures that are letters, and typists' apostrophes."""

# Scripts written without spaces: there a word cannot be told from its neighbours, so each character is a token.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
# The vowel signs of India's scripts belong to their words, and are no letters to `re`.
_SIGNS = "\u0900-\u0963\u0966-\u0dff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:[^\W_{_UNSPACED}]|[{_SIGNS}])++|\s++|.", re.DOTALL)

# By how they look and not by what they sound like, so capitals have lines of their own; digits and i come last.
_CYRILLIC = dict(zip("авгеѕіјкмнорстуухһԁԛԝӏьѵ", "abresijkmhopctyyxhdqwlbv", strict=True))
_CYRILLIC_CAPITALS = dict(zip("АВЕЅІЈКМНОРСТУҮХҺԌԚԜӀѴ", "abesijkmhopctyyxhgqwlv", strict=True))
_GREEK = dict(zip("αβγεηικνορτυχω", "abyenikvoptuxw", strict=True))
_GREEK_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True))
_LOOK_ALIKES = str.maketrans(
    {**_CYRILLIC, **_CYRILLIC_CAPITALS, **_GREEK, **_GREEK_CAPITALS, **dict(zip("ɑɡɩʟᴏ", "agilo", strict=True))}
)
_ONE_STROKE = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l"})


def fold(text: str) -> str:
    """The text without case, accents, styles of letters (NFKC) and characters that cannot be seen."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", _bare(text)).casefold().translate(_WHOLE_LETTERS)


def tokens(folded: str) -> list[str]:
    """A folded text in parts: words, each run of white space as one space, and each other character.

    In scripts without spaces each character is a part.
    """
    return [" " if part.isspace() else part for part in _TOKEN.findall(folded)]


def is_word(token: str) -> bool:
    """Whether a token is a word, or a character of a script without spaces."""
    return token[0].isalnum() or (len(token) > 1)


def looks(name: str) -> str:
    """What a name looks like at a glance: equal for names that a hurried reader takes for one.

    Beside what `fold` does, it has no spaces and signs; letters of Cyrillic and Greek are the Latin ones that they
    resemble (a selection of Unicode's confusables, UTS #39), and so are 0 (o), 1 and i (l).
    """
    alike = fold(_bare(name).translate(_LOOK_ALIKES)).translate(_ONE_STROKE)
    return "".join(character for character in alike if character.isalnum())


def seen(text: str) -> str:
    """The text without what cannot be seen."""
    return "".join(filter(_is_seen, text))


def _bare(text: str) -> str:
    return seen(unicodedata.normalize("NFKD", text.translate(_WHOLE_SENTENCES)))


def _is_seen(character: str) -> bool:
    if character in _UNSEEN or character in _VARIATION_SELECTORS:
        return False
    if unicodedata.combining(character):
        return character in _KANA_VOICE
    return character in _WHITE_CONTROLS or unicodedata.category(character) not in _UNSEEN_CATEGORIES
