"""Counts of many articles in one request, ways to share a page, and the links to follow its newspaper."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.rules import instants
from chalicelib.rules.ranking import HourViews
from chalicelib.storage import views
from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader

COUNTS = (
    '<a href="/b2"><tribune-count article="b2">Commenter</tribune-count></a> '
    '<tribune-count article="b1"></tribune-count> <tribune-count article="b1" of="views"></tribune-count> '
    '<tribune-count article="b2" of="views"></tribune-count> <tribune-count article="b3"></tribune-count> '
    '<tribune-count article="unknown">Commenter</tribune-count> <tribune-count>Rien</tribune-count>'
)
FOLLOW = """<tribune-follow><a href="https://www.facebook.com/lecourrier">Facebook</a>
<a href="https://bsky.app/profile/lecourrier">Bluesky</a> <a href="https://example.org/feed/">Flux RSS</a>
<a href="https://example.org/a">Ailleurs</a></tribune-follow>"""
NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined});"
NATIVE = "navigator.share = async (what) => { window.shared = what; };"


@pytest.fixture(scope="module")
def kiosk(kiosk: Kiosk) -> Kiosk:
    """Three articles: one with a comment and views by the thousand, one with comments, one with neither."""
    for id in ("b1", "b2", "b3"):
        kiosk.register(id, title=f"Titre {id}")
    read_by_many(kiosk, "b1", 1234)
    kiosk.most_read({"b2": 1})
    kiosk.service.post("b1")
    for n in range(3):
        kiosk.service.post("b2", content=f"Bonjour {n}")
    return kiosk


def read_by_many(kiosk: Kiosk, id: str, readers: int) -> None:
    """Views as they come from an access log: so many at once."""
    backend = kiosk.service.backend
    hour = instants.hour_of(backend.now())
    slots = (readers, *(0,) * (instants.SLOTS_PER_HOUR - 1))
    views.write_imported(backend.table, hour, {id: views.Imported(HourViews(slots, slots))})
    views.note_day(backend.table, instants.day_of_hour(hour))


def texts(reader: Reader) -> list[str]:
    """What the counts say."""
    return reader.page.locator("tribune-count").all_inner_texts()


def test_many_counts_are_one_request_in_words(kiosk: Kiosk) -> None:
    with kiosk.reader() as reader:
        with reader.page.expect_response("**/counts*"):
            reader.open(kiosk.page(COUNTS))
        reader.page.get_by_role("link", name="3 commentaires").wait_for()
        assert texts(reader) == [
            "3 commentaires",
            "1 commentaire",
            "1\u202f234 lectures",
            "1 lecture",
            "Aucun commentaire",
            "Commenter",
            "Rien",
        ]
        assert reader.asked == ["GET /counts?ids=b1,b2,b3,unknown"]
        assert reader.audit() == []


def test_counts_speak_english_and_take_words_of_the_page(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(COUNTS, lang="en")) as reader:
        reader.page.get_by_role("link", name="3 comments").wait_for()
        assert texts(reader)[:5] == ["3 comments", "1 comment", "1,234 views", "1 view", "No comments"]
    words = '<script type="application/json">{"{n} commentaires": "{n} avis"}</script>'
    with kiosk.reader(kiosk.page(f'<tribune-count article="b2">{words}</tribune-count>')) as reader:
        reader.page.get_by_text("3 avis", exact=True).wait_for()


def test_more_than_a_hundred_articles_are_asked_for_by_the_hundred(kiosk: Kiosk) -> None:
    body = "".join(f'<tribune-count article="c{n:03}">{n}</tribune-count>' for n in range(250))
    with kiosk.reader(kiosk.page(body + COUNTS)) as reader:
        reader.page.get_by_role("link", name="3 commentaires").wait_for()
        reader.settled()
        assert [len(asked.split(",")) for asked in reader.asked] == [100, 100, 54]


@pytest.mark.parametrize("status", [None, 503])
def test_counts_that_cannot_be_had_leave_what_is_there(kiosk: Kiosk, status: int | None) -> None:
    with kiosk.reader(but=("errors",)) as reader, reader.failing("**/counts*", status):
        with reader.page.expect_event("console"):
            reader.open(kiosk.page(COUNTS))
        reader.settled()
        assert texts(reader)[0] == "Commenter"
        assert {error.split(":")[0] for error in reader.errors} == {"Failed to load resource"}


def shared(reader: Reader) -> dict[str, str]:
    """Where each network's link leads."""
    links = reader.page.get_by_role("group", name="Partager").get_by_role("link").all()
    return {link.inner_text(): link.get_attribute("href") or "" for link in links}


def test_a_page_is_shared_by_links_with_its_canonical_address_and_its_title(kiosk: Kiosk) -> None:
    head = '<link rel="canonical" href="https://www.example.org/42?p=1&amp;utm_source=x&amp;fbclid=y&amp;gclid=z">'
    path = kiosk.page("<tribune-share></tribune-share>", head=head, title="L’été & « nous »")
    with kiosk.reader(path) as reader:
        found = shared(reader)
        assert list(found) == ["WhatsApp", "Facebook", "X", "Bluesky", "LinkedIn", "Telegram", "E-mail"]
        clean, title = "https://www.example.org/42?p=1", "L’été & « nous »"
        asked = {name: parse_qs(urlsplit(address).query) for name, address in found.items()}
        assert asked["Facebook"] == {"u": [clean]}
        assert asked["X"] == {"url": [clean], "text": [title]}
        assert asked["WhatsApp"] == asked["Bluesky"] == {"text": [f"{title} {clean}"]}
        assert asked["E-mail"] == {"subject": [title], "body": [clean]}
        assert {urlsplit(address).scheme for address in found.values()} == {"https", "mailto"}


def test_the_page_may_say_what_is_shared_and_where(kiosk: Kiosk) -> None:
    said = 'url="https://www.example.org/a" title="Titre" networks="email, facebook, constructor, nowhere"'
    with kiosk.reader(kiosk.page(f"<tribune-share {said}></tribune-share>")) as reader:
        assert list(shared(reader)) == ["E-mail", "Facebook"]
        assert shared(reader)["Facebook"].endswith("u=https%3A%2F%2Fwww.example.org%2Fa")


def test_without_a_canonical_address_the_page_is_shared_as_it_is_open(kiosk: Kiosk) -> None:
    path = kiosk.page("<tribune-share></tribune-share>", path="/open")
    with kiosk.reader(f"{path}?page=2&utm_campaign=x&tribune=held#respond") as reader:
        assert shared(reader)["Facebook"].endswith("%2Fopen%3Fpage%3D2")


def test_the_readers_own_way_to_share_comes_first_where_there_is_one(kiosk: Kiosk) -> None:
    path = kiosk.page('<tribune-share url="https://www.example.org/a" title="Titre"></tribune-share>')
    with kiosk.reader() as reader:
        reader.page.add_init_script(NATIVE)
        reader.open(path)
        reader.page.keyboard.press("Tab")
        assert reader.focused == "Partager cet article"
        reader.page.keyboard.press("Enter")
        assert reader.page.evaluate("window.shared") == {"url": "https://www.example.org/a", "title": "Titre"}
        assert reader.page.get_by_role("group").get_by_role("link").count() == 0
        assert reader.audit() == []


def test_the_link_is_copied_and_said_to_be(kiosk: Kiosk) -> None:
    path = kiosk.page('<tribune-share url="https://www.example.org/a"></tribune-share>')
    with kiosk.reader(path, permissions=["clipboard-read", "clipboard-write"]) as reader:
        reader.page.get_by_role("button", name="Copier le lien").press("Enter")
        reader.page.get_by_role("status").get_by_text("Lien copié.").wait_for()
        assert reader.page.evaluate("navigator.clipboard.readText()") == "https://www.example.org/a"


def test_where_nothing_may_be_copied_the_link_is_there_to_take(kiosk: Kiosk) -> None:
    with kiosk.reader() as reader:
        reader.page.add_init_script(NO_CLIPBOARD)
        reader.open(kiosk.page('<tribune-share url="https://www.example.org/a"></tribune-share>', lang="en"))
        for _ in range(2):
            reader.page.get_by_role("button", name="Copy link").press("Enter")
            reader.page.get_by_role("status").get_by_text("Copy the link below.").wait_for()
        field = reader.page.get_by_role("textbox", name="Link to copy")
        assert field.input_value() == "https://www.example.org/a"
        assert reader.page.evaluate("getSelection().toString()") == "https://www.example.org/a"
        assert reader.audit() == []


def test_the_links_to_follow_are_the_pages_own_with_a_sign(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(FOLLOW)) as reader:
        nav = reader.page.get_by_role("navigation", name="Nous rejoindre sur les réseaux")
        links = nav.get_by_role("listitem").get_by_role("link")
        assert links.all_inner_texts() == ["Facebook", "Bluesky", "Flux RSS", "Ailleurs"]
        assert {link.get_attribute("rel") for link in links.all()} == {"noopener me"}
        assert nav.get_by_role("link", name="Facebook", exact=True).count() == 1
        signs = nav.locator("svg[aria-hidden=true] path")
        assert len({sign.get_attribute("d") for sign in signs.all()}) == 4
        box = links.first.bounding_box()
        assert box
        assert box["height"] >= 44
    with kiosk.reader(kiosk.page(FOLLOW, lang="en")) as reader:
        assert reader.page.get_by_role("navigation", name="Follow us").count() == 1


def test_without_script_links_are_links_and_counts_are_what_the_page_says(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(FOLLOW + COUNTS), java_script_enabled=False) as reader:
        assert reader.page.get_by_role("link", name="Facebook").get_attribute("href") is not None
        assert texts(reader)[0] == "Commenter"
        assert reader.asked == []


def test_a_script_alone_has_all_that_its_element_needs(kiosk: Kiosk) -> None:
    for script, body, wanted in (
        ("count.js", COUNTS, "3 commentaires"),
        ("share.js", "<tribune-share></tribune-share>", "Copier le lien"),
        ("follow.js", FOLLOW, "Nous rejoindre"),
    ):
        with kiosk.reader(kiosk.page(body, script=script)) as reader:
            reader.page.get_by_text(re.compile(wanted)).first.wait_for()
            assert reader.audit() == []
