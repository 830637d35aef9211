"""Feeds as answers: Atom 1.0 (RFC 4287), with what each comment answers (RFC 4685)."""

import re
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from chalicelib.api import wording
from chalicelib.api.answers import URI_SAFE, comment_body
from chalicelib.api.route import Answer, Request
from chalicelib.model import Article, PublicComment
from chalicelib.model.documents import Feed
from chalicelib.rules import instants
from chalicelib.rules.web_address import with_fragment_and_query

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
PROLOGUE = '<?xml version="1.0" encoding="utf-8"?>\n'
NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not take, even escaped (2.2)."""


def feed(feed: Feed, request: Request) -> Answer:
    """The newest comments of an article, or of the site."""
    article, language = feed.article, request.language
    about = wording.say(language, "about", title=article.title) if article else wording.say(language, "of_site")
    address = request.service + (f"/articles/{article.id}/comments.atom" if article else "/comments.atom")
    own = f"{address}?lang={language}" if "lang" in request.query else address
    changed = [_updated(comment) for comment, _ in feed.entries]
    parts = [
        # Feeds are known by where they are, in whichever language.
        _element("id", address),
        _element("title", about),
        _element("updated", instants.text(max(changed, default=article.created_at if article else 0))),
        _link("self", own, "application/atom+xml"),
        _link("alternate", _uri(article.url), "text/html") if article else "",
        *(_entry(comment, its, language, of_site=article is None) for comment, its in feed.entries),
    ]
    body = f'{PROLOGUE}<feed {NAMESPACES} xml:lang="{language}">{"".join(parts)}</feed>\n'
    return Answer(200, body, {"Content-Type": MEDIA_TYPE, "Content-Language": language})


def _entry(comment: PublicComment, article: Article, language: str, *, of_site: bool) -> str:
    public = comment_body(comment)
    author = public["author"]
    key = "by_about" if of_site else "by"
    address = _uri(with_fragment_and_query(article.url, {}, f"comment-{comment.id}"))
    parts = [
        _element("id", _tag(article, comment.id)),
        _element("title", wording.say(language, key, name=author["name"], title=article.title)),
        _element("published", public["created_at"]),
        _element("updated", instants.text(_updated(comment))),
        _link("alternate", address, "text/html"),
        f"<author>{_element('name', author['name'])}{_site(author['url'])}</author>",
        f'<content type="html">{_text(public["content_html"])}</content>',
        _answered(article, comment.parent_id),
    ]
    return f"<entry>{''.join(parts)}</entry>"


def _answered(article: Article, parent_id: str | None) -> str:
    if parent_id is None:
        return ""
    address = _uri(with_fragment_and_query(article.url, {}, f"comment-{parent_id}"))
    reference = quoteattr(_tag(article, parent_id))
    return f'<thr:in-reply-to ref={reference} href={quoteattr(address)} type="text/html"/>'


def _tag(article: Article, comment_id: str) -> str:
    """A comment's name, wherever the service is (RFC 4151): by the article's host, as of its first day."""
    host = urlsplit(article.url).hostname or ""
    try:
        host = host.encode("idna").decode()
    except UnicodeError:  # a name that the DNS would not take
        host = quote(host, safe="")
    return f"tag:{host},{instants.text(article.created_at)[:10]}:comment/{comment_id}"


def _updated(comment: PublicComment) -> int:
    return comment.edited_at or comment.created_at


def _site(url: str | None) -> str:
    return _element("uri", _uri(url)) if url else ""


def _link(rel: str, href: str, kind: str) -> str:
    return f'<link rel="{rel}" type="{kind}" href={quoteattr(href)}/>'


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>"


def _text(text: str) -> str:
    return escape(NO_CHARACTER.sub("", text))


def _uri(url: str) -> str:
    """An address as a URI: IRIs are allowed, and not understood by all."""
    return quote(url, safe=URI_SAFE)
