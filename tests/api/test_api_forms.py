"""The comment form of a WordPress theme: sent back to the article, or to a page that keeps what was typed."""

from html.parser import HTMLParser
from typing import Any

import pytest

from tests.scene import PUBLISHER, Clock, Heard, Service, make_backend

COMMENTS = "/articles/a1/comments"
TYPED = {
    "author": "Léa O’Neil",
    "email": "lea@example.org",
    "url": "https://lea.example.org/?a=1&b=2",
    "comment": "Première ligne\r\n\r\n  <b>Deuxième</b> & « fin »",
    "comment_parent": "0",
    "comment_post_ID": "17",
    "submit": "Laisser un commentaire",
    "wp-comment-cookies-consent": "yes",
    "ak_js": "1771234567",
}


class Page(HTMLParser):
    """What a browser makes of a page: its one form, its fields with their values, its elements and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = self.words = ""
        self.forms: list[dict[str, str | None]] = []
        self.fields: dict[str, str] = {}
        self.labels: set[str] = set()
        self._in_label = False
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._area: str | None = None
        self.feed(html.replace("\r\n", "\n"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if self._in_label and tag in ("input", "textarea"):
            self.labels.add(str(given["id"]))
        self.ids += [str(given["id"])] if "id" in given else []
        if tag == "html":
            self.language = str(given["lang"])
        elif tag == "form":
            self.forms.append(given)
        elif tag == "input":
            self.fields[str(given["name"])] = given.get("value") or ""
        elif tag == "textarea":
            self._area = str(given["name"])
            self.fields[self._area] = ""
        elif tag == "label":
            assert not given, "a label that names an id may be the label of something else"
            self._in_label = True

    def handle_endtag(self, tag: str) -> None:
        self._in_label = self._in_label and tag != "label"
        if tag == "textarea" and self._area:
            # As browsers do: the first line end is not part of the value, all are sent as CR LF.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n").replace("\n", "\r\n")
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data
        else:
            self.words += data


def send(service: Service, path: str = COMMENTS, /, **changes: str) -> Heard:
    return service.call("POST", path, form=TYPED | changes)


def page_of(heard: Heard) -> Page:
    assert heard.headers["content-type"] == "text/html; charset=utf-8"
    assert heard.text.startswith("<!doctype html>")
    return Page(heard.text)


def test_a_published_form_goes_back_to_the_comment_in_the_article(service: Service) -> None:
    service.register(url="https://news.example.org/a1?page=2#top")

    heard = send(service)

    (comment,) = service.call("GET", COMMENTS).json["comments"]
    assert (heard.status, heard.text) == (303, "")
    assert heard.headers["location"] == f"https://news.example.org/a1?page=2#comment-{comment['id']}"
    assert comment["author"]["name"] == TYPED["author"]
    assert comment["author"]["url"] == TYPED["url"]
    assert comment["parent_id"] is None
    assert "lea@example.org" not in heard.text + str(heard.headers)


@pytest.mark.parametrize(
    ("url", "location"),
    [
        ("https://news.example.org/a1", "https://news.example.org/a1?tribune=held#respond"),
        (
            "https://news.example.org/a1?p=1&q=%C3%A9#x",
            "https://news.example.org/a1?p=1&q=%C3%A9&tribune=held#respond",
        ),
        ("https://news.example.org", "https://news.example.org?tribune=held#respond"),
        (
            "https://news.example.org/été?q=ü",
            "https://news.example.org/%C3%A9t%C3%A9?q=%C3%BC&tribune=held#respond",
        ),
    ],
)
def test_a_held_form_goes_back_to_the_article_with_its_notice(
    url: str, location: str, client: Any, clock: Clock
) -> None:
    service = Service(make_backend(client, clock, moderation="all", comment_interval=0), clock)
    service.register(url=url)

    heard = send(service)

    assert (heard.status, heard.headers["location"]) == (303, location)


def test_a_reply_by_form_names_its_parent_as_wordpress_does(service: Service) -> None:
    service.register()
    parent = service.post().json["id"]

    assert send(service, comment_parent=parent).status == 303
    replies = [c for c in service.call("GET", COMMENTS).json["comments"] if c["parent_id"] == parent]
    assert len(replies) == 1


def test_our_own_names_are_taken_in_a_form_as_well(service: Service) -> None:
    service.register()
    form = {"author_name": "Léa", "author_email": "lea@example.org", "content": "Bonjour", "author_url": ""}

    assert service.call("POST", COMMENTS, form=form).status == 303


@pytest.mark.parametrize("field", ["author", "email", "comment"])
def test_a_field_sent_twice_is_refused_on_a_page(field: str, service: Service) -> None:
    service.register()

    heard = service.call(
        "POST",
        COMMENTS,
        f"author=a&email=a%40b.fr&comment=c&{field}=again",
        content_type="application/x-www-form-urlencoded",
    )

    assert heard.status == 422
    assert "une seule fois" in page_of(heard).words


def refusals(service: Service) -> dict[str, Heard]:
    """A form refused in each way that a rule of the verb knows, by its code."""
    service.register()
    service.register("closed", comments="closed")
    twice = {"author": "Bob", "email": "bob@example.org"}
    send(service, **twice)
    return {
        "invalid_fields": send(service, email="lea(at)example.org"),
        "unknown_article": send(service, "/articles/unknown/comments"),
        "comments_closed": send(service, "/articles/closed/comments"),
        "duplicate_comment": send(service, **twice),
        "too_large": send(service, ak_js="x" * 200_000),
        "too_many_comments": send(service, email="carl@example.org"),
    }


STATUSES = {
    "invalid_fields": 422,
    "unknown_article": 404,
    "comments_closed": 403,
    "duplicate_comment": 409,
    "too_large": 413,
    "too_many_comments": 429,
}


@pytest.mark.parametrize("code", STATUSES)
def test_a_refused_form_is_a_page_that_keeps_all_but_the_address(code: str, client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, moderation="none", comment_interval=15), clock)

    heard = refusals(service)[code]

    assert heard.status == STATUSES[code]
    assert ("retry-after" in heard.headers) == (heard.status == 429)
    page = page_of(heard)
    assert page.fields["comment"] == TYPED["comment"]
    assert page.fields["url"] == TYPED["url"]
    assert page.fields["author"] == ("Bob" if code == "duplicate_comment" else TYPED["author"])
    assert page.fields["email"] == ""
    assert "@example.org" not in heard.text + str(heard.headers)
    assert "lea(at)example.org" not in heard.text


def test_a_refused_form_can_be_corrected_and_sent_again_from_its_page(service: Service) -> None:
    service.register()
    parent = service.post().json["id"]

    refused = page_of(send(service, email="lea@", comment_parent=parent, submission_id="submission-1"))
    again = service.call("POST", COMMENTS, form=refused.fields | {"email": "lea@example.org"})

    assert again.status == 303
    (reply,) = [c for c in service.call("GET", COMMENTS).json["comments"] if c["parent_id"] == parent]
    assert "Première ligne" in reply["content_html"]
    assert reply["author"]["url"] == TYPED["url"]
    once_more = service.call("POST", COMMENTS, form=refused.fields | {"email": "lea@example.org"})
    assert once_more.headers["location"] == again.headers["location"]


def test_the_page_sends_the_form_to_where_it_came_from_whatever_stands_before_our_path(service: Service) -> None:
    service.register()

    assert page_of(send(service, email="")).forms == [{"method": "post"}]


def test_what_a_broken_parent_named_is_not_sent_again(service: Service) -> None:
    service.register()

    page = page_of(send(service, comment_parent="0" * 20))

    assert "parent_id" not in page.fields
    assert "n’est plus public" in page.words
    assert service.call("POST", COMMENTS, form=page.fields | {"email": "lea@example.org"}).status == 303


ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea><script>alert(1)</script>",
    "</title></style></noscript><svg/onload=alert(1)>",
    "<!--", "]]>", "&lt;script&gt;", "&#60;script&#62;", "\x00<b>\x0b", "javascript:alert(1)", "＜script＞",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_is_ever_markup(attack: str, service: Service) -> None:
    service.register()
    plain = page_of(send(service, email="x", author="x", url="x", comment="x", submission_id="x", parent_id="x"))

    typed = dict.fromkeys(("author", "email", "url", "comment", "submission_id", "parent_id", "content"), attack)
    for form in (typed, typed | {"content": ""}, {"author": attack, "comment": attack, "email": "x"}):
        heard = service.call("POST", COMMENTS, form=form | {attack: attack}, accept_language=attack)
        page = page_of(heard)
        assert {tag for tag, _ in page.tags} <= {tag for tag, _ in plain.tags} | {"strong"}
        allowed = {name for _, attrs in plain.tags for name in attrs} | {"aria-invalid", "aria-describedby"}
        assert {name for _, attrs in page.tags for name in attrs} <= allowed
        assert "default-src 'none'" in heard.headers["content-security-policy"]
        assert heard.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("accepted", "language", "button"), [("fr", "fr", "Laisser un commentaire"), ("en", "en", "Leave a comment")]
)
def test_the_page_speaks_the_readers_language(accepted: str, language: str, button: str, service: Service) -> None:
    service.register()

    heard = service.call("POST", COMMENTS, form={"comment": "x"}, accept_language=accepted)

    page = page_of(heard)
    assert page.language == heard.headers["content-language"] == language
    assert button in page.words


def test_the_page_is_readable_without_sight(service: Service) -> None:
    service.register()

    page = page_of(send(service, author="", email="x", url="x", comment=""))

    visible = {
        name for tag, given in page.tags if tag == "input" and given["type"] != "hidden" for name in [given["id"]]
    }
    assert page.labels == visible | {"comment"} == {"author", "email", "url", "comment"}
    assert len(set(page.ids)) == len(page.ids)
    for _, given in page.tags:
        if given.get("aria-invalid"):
            assert given["aria-describedby"] in page.ids
    assert ("p", {"role": "alert"}) in page.tags
    assert [tag for tag, _ in page.tags].count("h1") == 1


def test_a_form_that_is_no_utf8_is_an_unreadable_form(service: Service) -> None:
    service.register()

    for body in (b"author=%E9&comment=caf%e9", b"comment=caf\xe9", b"&".join([b"a=1"] * 5_000)):
        heard = service.call("POST", COMMENTS, body, content_type="application/x-www-form-urlencoded")
        assert heard.status == 400
        page_of(heard)


def test_a_form_for_editors_is_answered_with_a_page_as_well(service: Service) -> None:
    heard = service.call("PUT", "/articles/a1", form={"title": "T"}, token=PUBLISHER)

    assert heard.status == 422
    assert page_of(heard).forms == []
