"""« Les + Lus » in a page: what it shows, what it asks, and that it is in nobody's way."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.widgets.kiosk import Kiosk
from tests.widgets.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Route

ARTICLES = {
    "a1": ("Le marché central rouvre ses portes après six mois de travaux et d’attente", "Ville"),
    "a2": ("La rivière monte", "Environnement"),
    "a3": ("Coupe : une finale avancée d’une heure à cause de la chaleur", "Sport"),
    "a4": ("Les bus du soir reviennent", None),
    "a5": ("Une école, trois langues : reportage au quartier nord", "Éducation"),
    "a6": ("Le théâtre ferme pour deux ans, ses comédiens partent sur les routes", "Culture, médias"),
}
LIST = '<tribune-most-read limit="5"{}></tribune-most-read><p id="below">Au-dessous.</p>'


@pytest.fixture(scope="module")
def kiosk(kiosk: Kiosk) -> Kiosk:
    """Six articles, the first read most, counted three minutes ago."""
    for id, (title, section) in ARTICLES.items():
        kiosk.register(id, title=title, section=section, image_url=f"{kiosk.site}/photo.svg")
    kiosk.most_read({id: 9 - place for place, id in enumerate(ARTICLES)})
    kiosk.service.clock.forward(minutes=3)
    return kiosk


def listing(kiosk: Kiosk, asked: str = "", **options: Any) -> str:
    """A page with a list, and something below it."""
    return kiosk.page(LIST.format(asked), **({"styles": True} | options))


def drawn(reader: Reader) -> None:
    """Wait for the list."""
    reader.page.locator(".tribune-ranks li").first.wait_for()


def headlines(reader: Reader) -> list[str]:
    """The titles in the list."""
    return reader.page.locator(".tribune-headline").all_inner_texts()


def test_the_list_is_ranked_with_sections_and_links_and_says_how_old_it_is(kiosk: Kiosk) -> None:
    with kiosk.reader(listing(kiosk), timers=True) as reader:
        drawn(reader)
        assert headlines(reader) == [title for title, _ in list(ARTICLES.values())[:5]]
        region = reader.page.get_by_role("region", name="Les + Lus")
        assert region.get_by_role("list").get_by_role("listitem").count() == 5
        link = region.get_by_role("link", name="Ville Le marché central rouvre")
        assert link.get_attribute("href") == f"{kiosk.site}/a1"
        assert reader.page.get_by_role("tab").count() == 0
        region.get_by_text("mis à jour il y a 3 minutes", exact=True).wait_for()
        reader.context.clock.fast_forward("02:00")
        region.get_by_text("mis à jour il y a 5 minutes", exact=True).wait_for()
        assert reader.asked == ["GET /most-read?window=24h&limit=5"]


def test_it_speaks_english_on_an_english_page_and_takes_a_heading(kiosk: Kiosk) -> None:
    with kiosk.reader(listing(kiosk, lang="en-GB")) as reader:
        reader.page.get_by_role("region", name="Most read").get_by_text("updated 3 minutes ago").wait_for()
    with kiosk.reader(listing(kiosk, ' heading="À la une"', lang="en")) as reader:
        reader.page.get_by_role("region", name="À la une").wait_for()


def test_all_that_the_service_can_be_asked_is_an_attribute(kiosk: Kiosk) -> None:
    asked = (
        ' window="7d" section="Culture, médias" sort="comments" published-within="3" exclude="a1,a2" '
        f'service="{kiosk.url}/"'
    )
    with kiosk.reader(but=("shifts",)) as reader:
        with reader.page.expect_response("**/most-read*") as heard:
            reader.open(listing(kiosk, asked))
        assert heard.value.status == 200
        assert reader.asked == [
            "GET /most-read?window=7d&section=Culture%2C%20m%C3%A9dias&sort=comments&limit=5&published_within=3"
            "&exclude=a1&exclude=a2"
        ]


def test_the_view_and_the_list_are_one_request(kiosk: Kiosk) -> None:
    with kiosk.reader(listing(kiosk, ' article="a3"')) as reader:
        drawn(reader)
        assert reader.asked == ["POST /articles/a3/views?most_read=24h&limit=5"]


def test_a_page_with_many_elements_counts_one_view(kiosk: Kiosk) -> None:
    body = (
        '<tribune-comments article="a3"></tribune-comments><tribune-view article="a3"></tribune-view>'
        + LIST.format(' article="a3"')
        + '<tribune-most-read article="a3" window="7d"></tribune-most-read>'
        + '<tribune-view article="a3"></tribune-view>'
    )
    with kiosk.reader(kiosk.page(body), but=("shifts",)) as reader:
        reader.page.locator("tribune-most-read").nth(1).locator("li").first.wait_for()
        drawn(reader)
        assert reader.views == 1
        assert "POST /articles/a3/views?most_read=24h&limit=5" in reader.asked
        assert "GET /most-read?window=7d" in reader.asked


def test_no_name_that_the_page_gives_anything_keeps_a_view_from_being_counted(kiosk: Kiosk) -> None:
    body = '<p id="tribuneViews"></p><a id="HTMLElement" name="tribuneViews"></a>' + LIST.format(' article="a3"')
    with kiosk.reader(kiosk.page(body, styles=True)) as reader:
        drawn(reader)
        assert reader.views == 1


def test_where_the_view_comes_back_without_a_list_the_list_is_asked_for(kiosk: Kiosk) -> None:
    def too_many(route: "Route") -> None:
        said = {"counted": False, "reason": "too_many", "views": None}
        route.fulfill(headers={"Access-Control-Allow-Origin": "*"}, body=json.dumps(said))

    with kiosk.reader() as reader:
        reader.page.route("**/views*", too_many)
        reader.open(listing(kiosk, ' article="a3"'))
        drawn(reader)
        assert reader.asked[1:] == ["GET /most-read?window=24h&limit=5"]


def test_the_article_being_read_is_marked_by_its_id_or_its_address(kiosk: Kiosk) -> None:
    marked = ".tribune-ranks [aria-current=page]"
    with kiosk.reader(listing(kiosk, ' article="a2"')) as reader:
        assert reader.page.locator(marked).inner_text().endswith("La rivière monte")
    with kiosk.reader(listing(kiosk, path="/a4")) as reader:
        assert reader.page.locator(marked).inner_text() == "Les bus du soir reviennent"
    with kiosk.reader(listing(kiosk)) as reader:
        drawn(reader)
        assert reader.page.locator(marked).count() == 0


def test_pictures_come_late_and_only_where_they_are_wanted(kiosk: Kiosk) -> None:
    pictures = ".tribune-ranks img"
    with kiosk.reader(listing(kiosk, " images")) as reader:
        drawn(reader)
        assert reader.page.locator(pictures).count() == 5
        for name, value in {"alt": "", "loading": "lazy", "width": "80", "height": "60"}.items():
            assert reader.page.locator(pictures).first.get_attribute(name) == value
    with kiosk.reader(listing(kiosk)) as reader:
        drawn(reader)
        assert reader.page.locator(pictures).count() == 0


@pytest.mark.parametrize("asked", [' section="Nulle part"', ' stale="2"'], ids=["nothing listed", "too old"])
def test_nothing_is_shown_where_there_is_nothing_or_nothing_new(kiosk: Kiosk, asked: str) -> None:
    body = LIST.format(asked).replace("></", "><a href='/archives'>Archives</a></", 1)
    with kiosk.reader(kiosk.page(body), but=("shifts",)) as reader:
        reader.page.locator("tribune-most-read[hidden]").wait_for(state="attached")
        assert reader.page.locator("tribune-most-read").bounding_box() is None
        assert reader.page.get_by_role("region").count() == 0


@pytest.mark.parametrize("status", [None, 503, 404])
def test_what_the_page_has_put_inside_stays_when_no_list_can_be_had(kiosk: Kiosk, status: int | None) -> None:
    inside = '<a href="/archives">Archives</a>'
    path = kiosk.page(f'<tribune-most-read article="a1">{inside}</tribune-most-read><p id="below">Au-dessous.</p>')
    with kiosk.reader(but=("errors", "shifts")) as reader:
        with reader.failing("**/most-read*", status), reader.failing("**/views*", status):
            with reader.page.expect_event("console"):
                reader.open(path)
            reader.settled()
        assert reader.page.locator("tribune-most-read").inner_html() == inside
        box = reader.page.locator("tribune-most-read").bounding_box()
        assert box
        assert box["height"] < 60
        assert {error.split(":")[0] for error in reader.errors} <= {"Failed to load resource"}


def test_a_reader_who_goes_offline_keeps_the_list(kiosk: Kiosk) -> None:
    with kiosk.reader(listing(kiosk), but=("errors",)) as reader:
        drawn(reader)
        reader.context.set_offline(True)
        reader.page.locator("tribune-most-read").evaluate("(list) => list.setAttribute('window', '7d')")
        reader.settled()
        assert len(headlines(reader)) == 5


def test_without_script_the_page_shows_what_it_has_put_inside(kiosk: Kiosk) -> None:
    path = kiosk.page('<tribune-most-read><a href="/archives">Archives</a></tribune-most-read>', styles=True)
    with kiosk.reader(path, java_script_enabled=False) as reader:
        assert reader.page.get_by_role("link", name="Archives").is_visible()
        box = reader.page.locator("tribune-most-read").bounding_box()
        assert box
        assert box["height"] < 60, "no room is kept for a list that will not come"


@pytest.mark.parametrize(
    ("width", "asked"),
    [(320, ""), (320, " images"), (390, ' windows="24h,7d"'), (1280, ""), (1280, ' images windows="24h,7d"')],
)
def test_nothing_moves_while_a_slow_service_makes_up_its_mind(kiosk: Kiosk, width: int, asked: str) -> None:
    with kiosk.reader(width=width, height=1200) as reader:
        with reader.holding("**/most-read*") as held:
            reader.open(listing(kiosk, asked, styles=True))
            reader.until(lambda: held)
            before = reader.page.locator("#below").bounding_box()
            assert headlines(reader) == []
        drawn(reader)
        assert reader.page.locator("#below").bounding_box() == before


def test_another_article_or_section_in_the_same_element_is_another_list(kiosk: Kiosk) -> None:
    with kiosk.reader(listing(kiosk, ' article="a1"'), but=("shifts",)) as reader:
        drawn(reader)
        element = reader.page.locator("tribune-most-read")
        change = "list.setAttribute('article', 'a2'); list.setAttribute('section', 'Sport');"
        element.evaluate(f"(list) => {{ {change} }}")
        reader.page.locator(".tribune-ranks li:only-child", has_text="Coupe").wait_for()
        assert reader.asked == [
            "POST /articles/a1/views?most_read=24h&limit=5",
            "POST /articles/a2/views?most_read=24h&section=Sport&limit=5",
        ]
        element.evaluate("(list) => list.remove()")
