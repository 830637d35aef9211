"""The form for a comment, with WordPress's names: it is posted to the service and comes back to the article."""

from chalicelib.api.answers import comment_body
from chalicelib.api.drawing import Drawing
from chalicelib.api.form_messages import FORM
from chalicelib.api.markup import Html, Value, el
from chalicelib.model.documents import CommentsDocument
from chalicelib.rules import email, text, web_address

INPUTS: dict[str, tuple[str, dict[str, Value]]] = {
    "author": (
        "author_name",
        {"type": "text", "maxlength": text.NAME_LIMIT, "autocomplete": "name", "required": True},
    ),
    "email": (
        "author_email",
        {"type": "email", "maxlength": email.LIMIT, "autocomplete": "email", "required": True},
    ),
    "url": ("author_url", {"type": "url", "maxlength": web_address.LIMIT, "autocomplete": "url"}),
}
"""Each control's name and id, the field that it is, and what a browser may do with it."""


def respond(drawing: Drawing, document: CommentsDocument, service: str) -> Html:
    """Where readers write, or the sentence that the comments are closed."""
    held = _notice(drawing) if document.held else None
    if not document.page.open:
        closed = el("p", {"class": drawing.named("no-comments")}, drawing.say("closed"))
        return el("div", {"id": "respond", "class": drawing.named("comment-respond")}, held, closed)
    return el(
        "div",
        {"id": "respond", "class": drawing.named("comment-respond")},
        held,
        el(
            "h3",
            {"id": "reply-title", "class": drawing.named("comment-reply-title")},
            *_heading(drawing, document),
        ),
        _form(drawing, document, f"{service}/articles/{document.article.id}/comments"),
    )


def _notice(drawing: Drawing) -> Html:
    return el("p", {"class": "tribune-notice tribune-status", "role": "status"}, drawing.say("waiting"))


def _heading(drawing: Drawing, document: CommentsDocument) -> list[str]:
    if document.answered is None:
        return [drawing.say("leave")]
    before, _, after = drawing.say("reply_to", name="\0").partition("\0")
    cancel = drawing.link(drawing.page("respond"), {"rel": "nofollow"}, drawing.say("cancel"))
    name = el("bdi", {}, comment_body(document.answered)["author"]["name"])
    return [before, name, after, " ", el("small", {}, cancel)]


def _form(drawing: Drawing, document: CommentsDocument, action: str) -> Html:
    button = {"type": "submit", "id": "submit", "class": drawing.named("submit")}
    return el(
        "form",
        {
            "id": "commentform",
            "class": drawing.named("comment-form"),
            "method": "post",
            # Whatever the page around it is encoded in.
            "accept-charset": "utf-8",
            "action": action,
            "target": "_top",
            "aria-labelledby": "reply-title",
        },
        el("p", {"class": drawing.named("comment-notes")}, FORM["notice"].say(drawing.language)),
        _field(drawing, "comment", "content", _text_area(document.max_content), required=True),
        *(
            _field(drawing, name, field, _input(name, attributes), required="required" in attributes)
            for name, (field, attributes) in INPUTS.items()
        ),
        _trap(drawing),
        _hidden("comment_parent", document.answered.id if document.answered else None),
        _hidden("submission_id", document.submission_id),
        el("p", {"class": drawing.named("form-submit")}, el("button", button, drawing.say("leave"))),
    )


def _text_area(max_content: int) -> Html:
    size: dict[str, Value] = {"rows": 8, "cols": 45, "maxlength": max_content, "required": True}
    return el("textarea", size | {"id": "comment", "name": "comment"})


def _input(name: str, attributes: dict[str, Value]) -> Html:
    return el("input", attributes | {"id": name, "name": name, "size": 30})


def _hidden(name: str, value: str | None) -> Html | None:
    if value is None:
        return None
    # Browsers that keep what was in a form would send the id of another comment.
    return el("input", {"type": "hidden", "name": name, "value": value, "autocomplete": "off"})


def _field(drawing: Drawing, name: str, field: str, control: Html, *, required: bool) -> Html:
    star = el("span", {"class": drawing.named("required"), "aria-hidden": "true"}, " *") if required else None
    # The page around it may have an element of the control's id: a label that names it would be a label of that.
    labelled = el("label", {}, FORM[field].say(drawing.language), star, control)
    return el("p", {"class": drawing.named("field", f"comment-form-{name}")}, labelled)


def _trap(drawing: Drawing) -> Html:
    """The field that people never see, and programs fill in."""
    control: dict[str, Value] = {
        "id": "subject",
        "name": "subject",
        "type": "text",
        "tabindex": -1,
        "autocomplete": "off",
    }
    labelled = el("label", {}, drawing.say("leave_empty"), el("input", control))
    return el("p", {"class": "tribune-trap", "hidden": True}, labelled)
