"""The queries of documents and feeds."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.api.fields import Fields, ListQuery, Optional, ThreadQuery, known_parent, ruled
from chalicelib.model.documents import Shape, Skin

Language = Annotated[
    Literal["fr", "en"] | None, Optional, Field(description="In place of the site's or the reader's language.")
]
Shaped = Annotated[Shape, Field(alias="as", description="A part of a page, or a whole one.")]


class CommentsPage(ThreadQuery):
    """How an article's comments are to be drawn, and which of them."""

    reply_to: Annotated[
        Annotated[str, ruled(known_parent)] | None,
        Optional,
        Field(description="The published comment that the form answers."),
    ] = None
    shape: Shaped = "fragment"
    lang: Language = None
    skin: Annotated[Skin | None, Optional, Field(description="Whose classes and ids.")] = None
    notice: Annotated[
        Literal["held"] | None, Optional, Field(description="`held` says that the reader's comment waits.")
    ] = None


class MostReadPage(ListQuery):
    """How a most-read list is to be drawn, and which."""

    article: Annotated[str | None, Optional, Field(description="The article that is being read.")] = None
    shape: Shaped = "fragment"
    lang: Language = None


class FeedQuery(Fields):
    """In which language a feed is."""

    lang: Language = None
