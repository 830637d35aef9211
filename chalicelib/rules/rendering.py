"""How does a text as typed become safe HTML, and how does WordPress's HTML become such a text?

The text of the HTML is the typed text, character for character, line ends included; only the tags that
took effect are gone from it.

Readers may type the tags of `TAGS`, in pairs within a paragraph. A tag without its partner, one opened
again inside itself, and a link that is not a plain http or https address are shown as typed; so is every
other tag, every entity, and everything between <code> and </code>.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

from chalicelib.rules.fields import FieldError
from chalicelib.rules.web_address import LIMIT, clean_url

if TYPE_CHECKING:
    import nh3

TAGS = ("a", "b", "cite", "code", "del", "em", "i", "q", "s", "strong", "u")
LINK_REL = "nofollow ugc noopener"

# A block of WordPress's HTML, and the line ends that divide it from its neighbours.
_BLOCKS = {
    **dict.fromkeys(("address", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre"), 2),
    **dict.fromkeys(("figure", "section", "article", "table", "ul"), 2),
    **dict.fromkeys(("caption", "dd", "div", "dl", "dt", "figcaption", "li", "td", "th", "tr"), 1),
}
_ALIASES = {"strike": "s"}
_UNSEEN = frozenset({"script", "style"})

_PARAGRAPH_END = re.compile(r"(\n[^\S\n]*\n\s*)")
# Neither runs past a bracket, so that many openings of a tag cost no more than their length.
_TAG = re.compile(rf"<(/?)({'|'.join(TAGS)})(\s[^<>]*)?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s++([a-z-]++)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s\"'=`]++))?", re.IGNORECASE)
# What a reader of WordPress saw as text, and would be a tag in ours; the end may come with the next part.
_TAG_IN_TEXT = re.compile(rf"</?(?:{'|'.join(TAGS)})(?:\s[^<>]*)?(?:>|\Z)", re.IGNORECASE)
_CODE_END_IN_TEXT = re.compile(r"</code(?:\s[^<>]*)?(?:>|\Z)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# A bracket that opens nothing takes html.parser quadratic time, and a marked section an AssertionError.
_NO_TAG = re.compile(r"<(?=!\[|[^<>]*(?:<|\Z))")
_WORD = re.compile(r"\S+")
_LINK_START = re.compile(r"https?://|www\.", re.IGNORECASE)


class _Tag(NamedTuple):
    start: int
    end: int
    name: str
    html: str


def render_html(text: str) -> str:
    """Safe HTML of a text as typed: paragraphs, line breaks, links, and the inline tags of `TAGS`.

    What the sanitiser gives is the result; nothing is cut or rewritten after it.
    """
    # A lone surrogate, which no stored text has, is no character that HTML could hold.
    typed = text.encode("utf-8", "replace").decode("utf-8")
    return _sanitiser().clean("".join(_blocks(typed)))


def plain_from_html(html: str) -> str:
    """The text that, rendered, shows the words of a comment as WordPress stores it.

    Entities are decoded, the tags of `TAGS` kept, blocks and <br> made line ends; other tags go and
    their text stays, but that of scripts and styles. Where the reader saw a tag as text, it is put
    in <code>, as nothing else would keep it from taking effect.
    """
    parser = _AsTyped()
    without_comments = _COMMENT.sub("", html.replace("\r\n", "\n").replace("\r", "\n"))
    parser.feed(_NO_TAG.sub("&lt;", without_comments))
    return parser.finished()


def _blocks(text: str) -> Iterator[str]:
    for place, block in enumerate(_PARAGRAPH_END.split(text)):
        # The odd ones are what stands between paragraphs.
        yield block if place % 2 else f"<p>{''.join(_inline(block))}</p>"


def _inline(paragraph: str) -> Iterator[str]:
    position, in_effect = 0, set[str]()
    for tag in _tags_in_effect(paragraph):
        yield _text(paragraph[position : tag.start], links=in_effect.isdisjoint({"a", "code"}))
        yield tag.html
        in_effect ^= {tag.name}
        position = tag.end
    yield _text(paragraph[position:], links=True)


def _tags_in_effect(paragraph: str) -> list[_Tag]:
    """The tags of a paragraph that have a partner and are well nested, in order."""
    matches = list(_TAG.finditer(paragraph))
    code_may_open_before = max((match.start() for match in matches if _is_code_end(match)), default=0)
    paired: list[_Tag] = []
    opened: dict[str, _Tag] = {}  # at most one of each name, the innermost last
    for match in matches:
        name = match[2].lower()
        if "code" in opened and not _is_code_end(match):
            continue
        if match[1]:
            if name in opened:
                paired += [opened[name], _Tag(*match.span(), name, f"</{name}>")]
                while opened.popitem()[0] != name:
                    pass
        elif name != "code" or match.start() < code_may_open_before:
            opened.pop(name, None)
            if html := _typed_opening(name, match[3] or ""):
                opened[name] = _Tag(*match.span(), name, html)
    return sorted(paired)


def _is_code_end(tag: re.Match[str]) -> bool:
    return bool(tag[1]) and tag[2].lower() == "code"


def _typed_opening(name: str, attributes: str) -> str | None:
    """The opening tag for attributes as typed; None when they are not `name` or `name=value`."""
    values: dict[str, str] = {}
    position = 0
    while match := _ATTRIBUTE.match(attributes, position):
        value = match[2] or ""
        values.setdefault(match[1].lower(), unescape(value[1:-1] if value[:1] in ("'", '"') else value))
        position = match.end()
    return None if attributes[position:].strip() else _opening(name, values)


def _opening(name: str, attributes: Mapping[str, str | None]) -> str | None:
    """The opening tag with no attribute but a link's address and title; None for a link elsewhere."""
    if name != "a":
        return f"<{name}>"
    url = _web_address(attributes.get("href") or "")
    title = " ".join((attributes.get("title") or "").split())
    titled = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(url)}"{titled}>' if url else None


def _text(typed: str, *, links: bool) -> str:
    html = _linked(typed) if links and _LINK_START.search(typed) else escape(typed, quote=False)
    return html.replace("\n", "<br>\n")


def _linked(typed: str) -> str:
    """The text, escaped, its web addresses made links."""
    return _WORD.sub(lambda word: "".join(_linked_word(word[0])), typed)


def _linked_word(word: str) -> Iterator[str]:
    position = 0
    # Looking for links takes quadratic time at worst, so not in what is longer than an address may be.
    for found in (_link_finder().match(word) or ()) if len(word) <= LIMIT else ():
        if url := _web_address(f"http://{found.raw}" if found.schema == "www." else found.raw):
            yield escape(word[position : found.index], quote=False)
            yield f'<a href="{escape(url)}">{escape(found.raw, quote=False)}</a>'
            position = found.last_index
    yield escape(word[position:], quote=False)


def _web_address(typed: str) -> str | None:
    try:
        return clean_url(typed)
    except FieldError:
        return None


@cache
def _link_finder() -> Any:
    from linkify_it import LinkifyIt  # type: ignore[import-untyped]

    finder = LinkifyIt({"ftp:": None, "//": None, "mailto:": None}, {"fuzzy_link": False, "fuzzy_email": False})
    after_www = "^(?:{src_domain}\\.)+{src_domain_root}{src_port}{src_host_terminator}{src_path}"
    finder.add("www.", {"validate": re.compile(after_www.format(**finder.re), re.IGNORECASE)})
    return finder


@cache
def _sanitiser() -> "nh3.Cleaner":
    from nh3 import Cleaner

    return Cleaner(
        tags={"p", "br", *TAGS},
        attributes={"a": {"href", "title"}},
        url_schemes={"http", "https"},
        url_relative="deny",
        link_rel=LINK_REL,
    )


class _AsTyped(HTMLParser):
    """Gathers a comment's text; what it writes is well nested within each paragraph."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._written: list[str] = []
        self._data: list[str] = []
        self._line_ends = 0  # due before whatever is written next; two end a paragraph
        self._opened: dict[str, str] = {}
        self._unseen = False

    def finished(self) -> str:
        self.close()
        self._write_data()
        return "".join([*self._written, *self._closings()]).strip()

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._data.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = _ALIASES.get(tag, tag)
        if name in _UNSEEN:
            self._unseen = True
        elif name == "br":
            self._write_data()
            self._end_lines(self._line_ends + 1)
        elif name in _BLOCKS:
            self._write_data()
            self._end_lines(_BLOCKS[name])
        elif name in TAGS:
            self._open(name, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        name = _ALIASES.get(tag, tag)
        if name in _UNSEEN:
            self._unseen = False
        elif name in _BLOCKS:
            self._write_data()
            self._end_lines(_BLOCKS[name])
        elif name in self._opened and ("code" not in self._opened or name == "code"):
            self._write_data()
            while name in self._opened:
                self._written.append(f"</{self._opened.popitem()[0]}>")

    def _open(self, name: str, attributes: dict[str, str | None]) -> None:
        # What is typed between <code> and </code>, and a tag within itself, has no effect.
        if name not in self._opened and "code" not in self._opened and (html := _opening(name, attributes)):
            self._write_data()
            self._write(html)
            self._opened[name] = html

    def _write_data(self) -> None:
        data = "".join(self._data)
        self._data.clear()
        for place, paragraph in enumerate(_PARAGRAPH_END.split(data)[::2]):
            if place:
                self._end_lines(2)
            self._write_text(paragraph)

    def _write_text(self, text: str) -> None:
        if self._line_ends:
            shown = text.lstrip()
            self._end_lines(text[: len(text) - len(shown)].count("\n"))
            text = shown
        if text:
            self._write(self._shown_as_text(text))

    def _shown_as_text(self, text: str) -> str:
        if "code" in self._opened:
            return _CODE_END_IN_TEXT.sub(r"</code><code>\g<0></code><code>", text)
        return _TAG_IN_TEXT.sub(r"<code>\g<0></code>", text)

    def _end_lines(self, count: int) -> None:
        self._line_ends = min(2, max(count, self._line_ends))

    def _write(self, typed: str) -> None:
        if self._line_ends and self._written:
            self._written[-1] = self._written[-1].rstrip()
            self._written += self._line_break()
        self._line_ends = 0
        self._written.append(typed)

    def _line_break(self) -> list[str]:
        """The line ends that are due. Tags hold within a paragraph, so the open ones are opened again."""
        if self._line_ends < 2:
            return ["\n"]
        closings = self._closings()
        self._opened.pop("a", None)  # its address again in each paragraph could make a short text long
        return [*closings, "\n\n", *self._opened.values()]

    def _closings(self) -> list[str]:
        return [f"</{name}>" for name in reversed(self._opened)]
