"""Reads a WordPress export (WXR) item by item, holding one item at a time in memory.

Elements are told by their meaning, not by a prefix: those of the export's own namespace, of any version and
with either scheme, are named `wp:...`, those of RSS by their plain names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ops.errors import OperatorError
from ops.progress import Step

EXPORT_NAMESPACE = re.compile(r"\{https?://wordpress\.org/export/[\d.]+/\}")
DELETE = 0x7F
CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
LEGAL = bytes.maketrans(CONTROLS, bytes([DELETE]) * len(CONTROLS))
"""WordPress writes control characters as they are, and XML has no place for them; for the one it does have
(which the cleaning of texts then drops) they are exchanged, so that lines and columns stay as they are."""


@dataclass(frozen=True, slots=True)
class ExportedComment:
    """A comment as the export has it: texts, empty where nothing is said."""

    id: str
    parent_id: str
    author: str
    email: str
    url: str
    date: str
    date_gmt: str
    content: str
    approved: str
    type: str


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """A post, page, attachment or the like as the export has it, with its comments in the order of the file."""

    id: str
    type: str
    status: str
    title: str
    link: str
    guid: str
    date: str
    date_gmt: str
    comment_status: str
    category: str
    comments: tuple[ExportedComment, ...]


def items(path: Path, step: Step) -> Iterator[ExportedItem]:
    """The items of an export; `step` is told of every byte read.

    Raises OperatorError for a file that cannot be read, with line and column for one that is not well-formed,
    for one that declares a document type, and, at its end, for one that is no export.
    """
    try:
        with path.open("rb") as file:
            yield from _items(path, _Source(file, step))
    except OSError as error:
        raise OperatorError(f"{path} cannot be read: {error.strerror or error}") from error
    except ParseError as error:
        line, column = error.position
        problem = str(error).partition(":")[0]
        raise OperatorError(
            f"{path}, line {line}, column {column + 1}: {problem}; export it again or mend that place, "
            "nothing was imported"
        ) from error
    except DefusedXmlException as error:
        raise OperatorError(
            f"{path} declares a document type or entities, which no WordPress export does and which is never "
            "followed: remove the declaration; nothing was imported"
        ) from error
    except (LookupError, ValueError) as error:
        raise OperatorError(
            f"{path} is in an encoding that cannot be read: convert it to UTF-8; nothing was imported"
        ) from error


class _Source:
    """An export's bytes, made legal for an XML parser."""

    def __init__(self, file: BinaryIO, step: Step) -> None:
        self._file = file
        self._step = step

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none at the end."""
        data = self._file.read(size)
        self._step(len(data))
        return data.translate(LEGAL)


def _items(path: Path, source: _Source) -> Iterator[ExportedItem]:
    channel: Element | None = None
    is_export = False
    for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
        name = _name(element.tag)
        if event == "start":
            channel = element if name == "channel" and channel is None else channel
        elif name == "wp:wxr_version":
            is_export = True
        elif name == "item":
            yield _item(element)
            element.clear()
            if channel is not None:
                channel.clear()  # or the empty elements of all items would stay
    if not is_export:
        raise OperatorError(
            f"{path} is no WordPress export (it has no wp:wxr_version): make one under Tools, Export"
        )


def _item(element: Element) -> ExportedItem:
    facts = _texts(element)
    sections = (child.text for child in element.iterfind("category") if child.get("domain") == "category")
    return ExportedItem(
        id=facts.get("wp:post_id", ""),
        type=facts.get("wp:post_type", ""),
        status=facts.get("wp:status", ""),
        title=facts.get("title", ""),
        link=facts.get("link", ""),
        guid=facts.get("guid", ""),
        date=facts.get("wp:post_date", ""),
        date_gmt=facts.get("wp:post_date_gmt", ""),
        comment_status=facts.get("wp:comment_status", ""),
        category=next(sections, None) or "",
        comments=tuple(_comment(child) for child in element if _name(child.tag) == "wp:comment"),
    )


def _comment(element: Element) -> ExportedComment:
    facts = _texts(element)
    return ExportedComment(
        id=facts.get("wp:comment_id", ""),
        parent_id=facts.get("wp:comment_parent", ""),
        author=facts.get("wp:comment_author", ""),
        email=facts.get("wp:comment_author_email", ""),
        url=facts.get("wp:comment_author_url", ""),
        date=facts.get("wp:comment_date", ""),
        date_gmt=facts.get("wp:comment_date_gmt", ""),
        content=facts.get("wp:comment_content", ""),
        approved=facts.get("wp:comment_approved", ""),
        type=facts.get("wp:comment_type", ""),
    )


def _texts(element: Element) -> dict[str, str]:
    """The text of each child, the first of a name."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(_name(child.tag), (child.text or "").strip())
    return found


@cache
def _name(tag: str) -> str:
    return EXPORT_NAMESPACE.sub("wp:", tag)
