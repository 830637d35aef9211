"""The page for a refused form: what is wrong, and the form again with the text kept, to be sent once more.

What is sent from it comes from the service itself, which may always write: whoever comes from a page that may not
gets the text to copy, and nothing to send. It works without script and without style. The address typed into the
form is not shown again.
"""

import base64
import hashlib
from html import escape
from typing import Any
from urllib.parse import parse_qsl

from chalicelib.api.fields import NewComment
from chalicelib.api.form_messages import FORM
from chalicelib.api.reading import named
from chalicelib.api.route import Request

MEDIA_TYPE = "text/html; charset=utf-8"
STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:38rem;margin:2rem auto;padding:0 1rem}"
    "input,textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}"
    "button{font:inherit;font-weight:700;padding:.7rem 1.2rem}h1{line-height:1.2}"
)
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'"
"""Without `form-action`, which browsers apply to the redirect to the article as well."""
HEADERS = {"Content-Type": MEDIA_TYPE, "Content-Security-Policy": POLICY}
INPUTS = {
    "author_name": ("author", "text", "name"),
    "author_email": ("email", "email", "email"),
    "author_url": ("url", "url", "url"),
}
"""Each field's name in the form, its type, and what a browser may fill in."""
MOST_KEPT = 500_000
"""Bytes of a form up to which it is shown again."""
FINAL = {"comments_closed", "duplicate_comment", "unknown_article", "origin_not_allowed"}
"""Refusals that sending the same form again would not change: the text is kept, to be copied or changed."""
REQUIRED = {"author_name", "author_email", "content"}


def refusal(problem: dict[str, Any], request: Request, language: str) -> tuple[str, dict[str, str]]:
    """The page for a problem, with the form for a comment where the request was one, and its headers."""
    errors = {error["field"]: error["message"] for error in problem.get("errors", [])}
    is_comment = request.method == "POST" and set(request.path_parameters) == {"article_id"}
    # Escaping may make six characters of one, and a Lambda answers with at most 6 MB.
    is_comment = is_comment and len(request.body) <= MOST_KEPT
    loose = [message for name, message in errors.items() if name not in {*INPUTS, "content"}]
    again = is_comment and problem["code"] not in FINAL
    detail = FORM["no_article"].say(language) if problem["code"] == "unknown_article" else problem["detail"]
    parts = [
        f"<h1>{escape(FORM['heading'].say(language) if again else problem['title'])}</h1>",
        f'<p role="alert">{escape(detail)}</p>',
        *(f"<p>{escape(message)}</p>" for message in loose),
    ]
    if is_comment:
        typed = _typed(request.body)
        may_write = problem["code"] != "origin_not_allowed"
        parts.append(_form(typed, errors, language) if may_write else _to_copy(typed, language))
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">'
        f"<title>{escape(problem['title'])}</title><style>{STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )
    return page, HEADERS


def _typed(body: bytes) -> dict[str, str]:
    """What was typed, by our names, from however broken a form."""
    pairs = parse_qsl(body.decode("utf-8", "replace"), errors="replace")
    return {name: values[-1] for name, values in named(NewComment, pairs).items()}


def _to_copy(typed: dict[str, str], language: str) -> str:
    text = typed.get("content")
    return f"<p>{_labelled('content', _text_area(text, 'readonly'), language)}</p>" if text else ""


def _form(typed: dict[str, str], errors: dict[str, str], language: str) -> str:
    # Without an action, so that it goes to where it came from, whatever a gateway or a CDN puts before our path.
    hidden = [
        f'<input type="hidden" name="{name}" value="{escape(typed[name])}">'
        for name in ("parent_id", "submission_id")
        if typed.get(name) and name not in errors
    ]
    return "".join(
        (
            '<form method="post">',
            f"<p>{escape(FORM['notice'].say(language))}</p>",
            *hidden,
            _field("content", "comment", _content(typed.get("content", ""), errors), errors, language),
            *(
                _field(field, name, _input(field, typed.get(field, ""), errors), errors, language)
                for field, (name, _, _) in INPUTS.items()
            ),
            f'<p><button type="submit">{escape(FORM["submit"].say(language))}</button></p></form>',
        )
    )


def _field(field: str, name: str, control: str, errors: dict[str, str], language: str) -> str:
    star = '<span aria-hidden="true"> *</span>' if field in REQUIRED else ""
    hint = f"<br><small>{escape(FORM['email_again'].say(language))}</small>" if field == "author_email" else ""
    message = f'<br><strong id="{name}-error">{escape(errors[field])}</strong>' if field in errors else ""
    return f"<p>{_labelled(field, control, language, star)}{hint}{message}</p>"


def _labelled(field: str, control: str, language: str, star: str = "") -> str:
    return f"<label>{escape(FORM[field].say(language))}{star}<br>{control}</label>"


def _content(value: str, errors: dict[str, str]) -> str:
    return _text_area(value, f'id="comment" name="comment" required{_described("content", "comment", errors)}')


def _text_area(value: str, attributes: str) -> str:
    # A first line end right behind the tag is not part of the value, so one is given for it.
    return f'<textarea rows="8" cols="30" {attributes}>\n{escape(value)}</textarea>'


def _input(field: str, value: str, errors: dict[str, str]) -> str:
    name, kind, fill = INPUTS[field]
    required = " required" if field in REQUIRED else ""
    shown = "" if field == "author_email" else escape(value)
    return (
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{fill}" size="30" value="{shown}"'
        f"{required}{_described(field, name, errors)}>"
    )


def _described(field: str, name: str, errors: dict[str, str]) -> str:
    return f' aria-invalid="true" aria-describedby="{name}-error"' if field in errors else ""
