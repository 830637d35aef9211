"""Attributes with slips in them: an element makes the best of them, harms no other, and says what was refused."""

import pytest

from tests.widgets.kiosk import Kiosk
from tests.widgets.test_counts_shares_follows import shared, texts

COUNT = '<tribune-count article="b1"></tribune-count>'
LONGEST = 128
"""An article's id."""


@pytest.fixture(scope="module")
def kiosk(kiosk: Kiosk) -> Kiosk:
    """Two articles that have been read, the first more."""
    for id in ("b1", "b2"):
        kiosk.register(id, title=f"Titre {id}")
    kiosk.most_read({"b1": 2, "b2": 1})
    return kiosk


@pytest.mark.parametrize("of", ["likes", "constructor", ""])
def test_a_count_of_what_is_not_counted_leaves_what_is_there_and_the_others_alone(kiosk: Kiosk, of: str) -> None:
    body = f'<tribune-count article="b1" of="{of}">J’aime</tribune-count>{COUNT}'
    with kiosk.reader(kiosk.page(body)) as reader:
        reader.page.get_by_text("Aucun commentaire").wait_for()
        assert texts(reader) == ["J’aime", "Aucun commentaire"]


@pytest.mark.parametrize("id", ["a&b", "#x", "a=b&ids=c", "a/b?c", "é %", "constructor"])
def test_a_count_of_what_cannot_be_an_article_leaves_the_others_alone(kiosk: Kiosk, id: str) -> None:
    body = f'<tribune-count article="{id.replace("&", "&amp;")}">Rien</tribune-count>{COUNT}'
    with kiosk.reader(kiosk.page(body)) as reader:
        reader.page.get_by_text("Aucun commentaire").wait_for()
        assert texts(reader) == ["Rien", "Aucun commentaire"]
        assert len(reader.asked) == 1


def test_a_service_may_have_any_name(kiosk: Kiosk) -> None:
    body = "".join(COUNT.replace("></", f' service="{name}">Rien</') for name in ("constructor", "__proto__"))
    with kiosk.reader(kiosk.page(body + COUNT), but=("errors",)) as reader:
        reader.page.get_by_text("Aucun commentaire").wait_for()
        assert texts(reader) == ["Rien", "Rien", "Aucun commentaire"]
        assert {error.split(":")[0] for error in reader.errors} <= {"Failed to load resource"}


def test_many_long_ids_are_asked_for_in_addresses_that_any_gateway_takes(kiosk: Kiosk) -> None:
    long = "".join(f'<tribune-count article="z{n:0{LONGEST - 1}}">{n}</tribune-count>' for n in range(100))
    monster = f'<tribune-count article="{"y" * 9_000}">Rien</tribune-count>'
    with kiosk.reader(kiosk.page(long + monster + COUNT), but=("errors",)) as reader:
        reader.page.get_by_text("Aucun commentaire").wait_for()
        reader.settled()
        sizes = [len(asked) for asked in reader.asked]
        assert len([size for size in sizes if size > 6_000]) == 1, "an id that is too long is alone"
        assert sum(asked.count("z0") for asked in reader.asked) == 100
        assert len(sizes) == 5


@pytest.mark.parametrize("url", ["https://", "http://[", "javascript:0", "a b"])
def test_where_an_address_is_none_the_page_is_shared(kiosk: Kiosk, url: str) -> None:
    path = kiosk.page(f'<tribune-share url="{url}"></tribune-share>', path="/42")
    with kiosk.reader(path) as reader:
        assert shared(reader)["Facebook"].endswith("%2F42")
    head = '<link rel="canonical" href="https://">'
    path = kiosk.page(f'<tribune-share url="{url}"></tribune-share>', head=head, path="/42")
    with kiosk.reader(path) as reader:
        assert shared(reader)["Facebook"].endswith("%2F42")


def test_lists_of_names_may_have_spaces_between_them(kiosk: Kiosk) -> None:
    body = '<tribune-most-read windows="24h, 7d , 30d" exclude="b1, b3,"></tribune-most-read>'
    with kiosk.reader(kiosk.page(body, styles=True)) as reader:
        reader.page.get_by_role("tab", name="7\u00a0jours").click()
        reader.page.get_by_role("tabpanel", name="7\u00a0jours").get_by_text("Titre b2").wait_for()
        assert reader.page.get_by_role("tab").count() == 3
        assert reader.page.get_by_role("listitem").count() == 1
        query = "&exclude=b1&exclude=b3"
        assert reader.asked == [f"GET /most-read?window=24h{query}", f"GET /most-read?window=7d{query}"]


def test_attributes_left_empty_are_not_asked_for(kiosk: Kiosk) -> None:
    empty = " ".join(
        f'{name}=""' for name in ("window", "section", "sort", "limit", "published-within", "exclude")
    )
    with kiosk.reader(kiosk.page(f"<tribune-most-read {empty}></tribune-most-read>", styles=True)) as reader:
        reader.page.get_by_role("listitem").first.wait_for()
        assert reader.asked == ["GET /most-read?window=24h"]


def test_a_window_that_is_none_of_the_tabs_is_left_for_the_first(kiosk: Kiosk) -> None:
    body = '<tribune-most-read window="30d" windows="24h,7d"></tribune-most-read>'
    with kiosk.reader(kiosk.page(body)) as reader:
        reader.page.get_by_role("tabpanel", name="24\u00a0h").wait_for()


@pytest.mark.parametrize(
    ("asked", "field", "script"),
    [
        ('window="foo"', "window", "most-read.js"),
        ('window="24h&amp;limit=3"', "window", "most-read.js"),
        ('limit="0"', "limit", "most-read.js"),
        ('sort="foo"', "sort", "tribune.js"),
        ('windows="foo,24h"', "window", "tribune.js"),
    ],
)
def test_a_list_that_is_refused_says_why_on_the_console(kiosk: Kiosk, asked: str, field: str, script: str) -> None:
    inside = '<a href="/archives">Archives</a>'
    path = kiosk.page(f"<tribune-most-read {asked}>{inside}</tribune-most-read>", script=script)
    with kiosk.reader(but=("errors", "shifts")) as reader:
        with reader.page.expect_event("console", lambda message: message.type == "warning") as heard:
            reader.open(path)
        reader.settled()
        named, problem = heard.value.args
        assert named.json_value() == "Tribune:"
        assert problem.json_value()["code"] == "invalid_fields"
        assert [error["field"] for error in problem.json_value()["errors"]] == [field]
        assert len(reader.said) == 1
        assert reader.page.locator("tribune-most-read").inner_html() == inside
