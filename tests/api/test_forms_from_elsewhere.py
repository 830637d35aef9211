"""A form on a page that may not write: its reader keeps the text, and cannot be led to send what another typed."""

from typing import Any

import pytest

from tests.api.markup_tree import parse
from tests.scene import Clock, Service, an_app

COMMENTS = "/articles/a1/comments"
FOREIGN = "https://elsewhere.example"
TYPED = {
    "author": "Mallory <i>",
    "email": "m@elsewhere.example",
    "comment": "\n <b>Achetez</b> &amp;\r\n</textarea>fin",
}


@pytest.fixture
def guarded(client: Any) -> Service:
    """The app for pages of one site."""
    service = an_app(client, Clock(), origins="https://news.example.org")
    service.register()
    return service


@pytest.mark.parametrize(("language", "label"), [("fr", "Commentaire"), ("en", "Comment")])
def test_a_page_that_may_not_write_leaves_its_reader_a_text_to_copy_and_nothing_to_send(
    language: str, label: str, guarded: Service
) -> None:
    heard = guarded.call("POST", COMMENTS, form=TYPED, origin=FOREIGN, accept_language=language)

    assert heard.status == 403
    tree = parse(heard.text)
    assert "TRIBUNE_ORIGINS" in tree.one("p", role="alert").words
    assert not tree.all("form") + tree.all("button") + tree.all("input") + tree.all("a")
    text = tree.one("label").one("textarea")
    assert text.attributes == {"rows": "8", "cols": "30", "readonly": ""}
    assert tree.one("label").words.replace("\r\n", "\n") == label + "\n" + TYPED["comment"].replace("\r\n", "\n")
    assert "Mallory" not in tree.words
    assert "m@elsewhere.example" not in heard.text


def test_a_page_that_may_not_write_and_sent_no_text_gets_the_sentence_alone(guarded: Service) -> None:
    tree = parse(guarded.call("POST", COMMENTS, form={"author": "Mallory"}, origin=FOREIGN).text)

    assert [node.tag for node in tree.one("main")] == ["h1", "p"]


@pytest.mark.parametrize("origin", ["https://[ffff]", "https://[1.2.3.4]", "https://[", "https://x:99999", "//["])
def test_an_origin_that_is_no_address_is_another_sites(origin: str, guarded: Service) -> None:
    assert guarded.call("POST", COMMENTS, form=TYPED, origin=origin).status == 403
    assert guarded.call("POST", COMMENTS, form=TYPED, origin=origin, host=origin.partition("//")[2]).status != 500
