"""The small elements as readers see them: narrow, wide, light, dark, in forced colours, printed, enlarged."""

from typing import Any

import pytest

from tests.widgets.kiosk import Kiosk

TITLES = (
    ("Le marché central rouvre ses portes après six mois de travaux et beaucoup d’attente", "Ville"),
    ("La rivière monte", "Environnement"),
    ("Coupe : une finale avancée d’une heure à cause de la chaleur", "Sport"),
    ("Anticonstitutionnellementanticonstitutionnellementanticonstitutionnellement", None),
    ("السوق المركزي يفتح أبوابه من جديد", "Éducation"),
)
BODY = """<tribune-most-read article="a2" windows="24h,7d,30d" images></tribune-most-read>
<p><a href="/a1"><tribune-count article="a1">…</tribune-count></a></p>
<tribune-share></tribune-share>
<tribune-follow><a href="https://www.facebook.com/x">Facebook</a> <a href="https://x.com/x">X</a>
<a href="https://www.instagram.com/x">Instagram</a> <a href="https://www.youtube.com/x">YouTube</a>
<a href="https://wa.me/1">WhatsApp</a> <a href="https://t.me/x">Telegram</a>
<a href="https://www.example.org/feed">Flux RSS</a></tribune-follow>"""
TARGETS = ":is(.tribune-most-read, .tribune-share, .tribune-follow) :is(a, button)"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
SMALL = """(targets) => targets.map((target) => target.getBoundingClientRect())
    .filter(({width, height}) => width && (width < 24 || height < 24)).length"""


@pytest.fixture(scope="module")
def kiosk(kiosk: Kiosk) -> Kiosk:
    """Titles short and long, one without a space, one from right to left."""
    for n, (title, section) in enumerate(TITLES):
        picture = {} if n % 2 else {"image_url": f"{kiosk.site}/photo.svg"}
        kiosk.register(f"a{n}", title=title, section=section, **picture)
    kiosk.most_read({f"a{n}": 6 - n for n in range(len(TITLES))})
    kiosk.service.clock.forward(minutes=12)
    return kiosk


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("1280", {}),
        ("390", {"width": 390}),
        ("320", {"width": 320}),
        ("dark", {"color_scheme": "dark"}),
        ("320-dark", {"width": 320, "color_scheme": "dark"}),
        ("forced", {"forced_colors": "active"}),
        ("forced-dark", {"forced_colors": "active", "color_scheme": "dark"}),
        ("still", {"reduced_motion": "reduce"}),
    ],
)
def test_everything_fits_and_has_no_fault_that_axe_would_find(
    kiosk: Kiosk, name: str, options: dict[str, Any]
) -> None:
    with kiosk.reader(kiosk.page(BODY, styles=True), but=("shifts",), **options) as reader:
        reader.page.locator(".tribune-ranks li").nth(4).wait_for()
        assert reader.audit() == []
        assert reader.page.evaluate(SIDEWAYS) <= 0
        assert reader.page.locator(TARGETS).evaluate_all(SMALL) == 0
        reader.screenshot(f"small-{name}")


def test_a_page_from_right_to_left_is_its_mirror(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(BODY, direction="rtl", styles=True), but=("shifts",)) as reader:
        link = reader.page.locator(".tribune-ranks a").first
        link.wait_for()
        picture, heading = link.locator("img").bounding_box(), reader.page.locator("h1").bounding_box()
        assert picture
        assert heading
        assert picture["x"] == pytest.approx(heading["x"], abs=1)
        reader.screenshot("small-rtl")


def test_text_of_twice_the_size_fits(kiosk: Kiosk) -> None:
    kiosk.publish("/large.css", "html { font-size: 200% }", "text/css")
    path = kiosk.page(BODY, styles=True, head='<link rel="stylesheet" href="/large.css">')
    with kiosk.reader(path, but=("shifts",), width=640) as reader:
        reader.page.locator(".tribune-ranks li").nth(4).wait_for()
        assert reader.page.evaluate(SIDEWAYS) <= 0
        reader.screenshot("small-200")


def test_on_paper_there_is_the_article_alone(kiosk: Kiosk) -> None:
    with kiosk.reader(kiosk.page(BODY, styles=True), but=("shifts",)) as reader:
        reader.page.locator(".tribune-ranks li").first.wait_for()
        reader.page.emulate_media(media="print")
        for part in (".tribune-most-read", ".tribune-share", ".tribune-follow"):
            assert not reader.page.locator(part).is_visible()
        assert reader.page.locator("tribune-count").is_visible()
