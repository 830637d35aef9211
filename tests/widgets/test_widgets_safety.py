"""Nothing that a title, an address or a name says ever runs, whatever the service should answer."""

import json
from typing import TYPE_CHECKING

import pytest

from tests.widgets.kiosk import Kiosk

if TYPE_CHECKING:
    from playwright.sync_api import Route

ATTACKS = (
    "<img src=x onerror=\"window.taken='img'\">",
    "<script>window.taken='script'</script>",
    '"><svg onload="window.taken=\'svg\'">',
    "{n} {ago} $& $1 ${taken} \u202egnp.exe\u202c",
    "<style>*{display:none}</style><base href=https://evil.example/>",
)
RUNS = "javascript:void(window.taken='link')"
BODY = f"""<tribune-most-read article="a1" images></tribune-most-read>
<tribune-share url="{RUNS}" title="{ATTACKS[0].replace('"', "&quot;")}"></tribune-share>
<tribune-follow><a href="{RUNS}">{ATTACKS[0].replace("<", "&lt;")}</a>
<a href="https://www.facebook.com/x">{ATTACKS[1].replace("<", "&lt;")}</a></tribune-follow>"""


def hostile(route: "Route") -> None:
    """A list in which everything is an attack."""
    rows = [
        {
            "article_id": attack,
            "title": attack,
            "section": attack,
            "url": RUNS if n % 2 else f"https://www.example.org/{n}",
            "image_url": RUNS,
        }
        for n, attack in enumerate(ATTACKS)
    ]
    said = {"most_read": {"generated_at": "2026-03-11T11:59:00Z", "articles": rows}}
    route.fulfill(headers={"Access-Control-Allow-Origin": "*"}, body=json.dumps(said))


def test_hostile_texts_are_texts_and_hostile_addresses_lead_nowhere(kiosk: Kiosk) -> None:
    path = kiosk.page(BODY, styles=True)
    with kiosk.reader(but=("shifts",)) as reader:
        reader.page.route("**/views*", hostile)
        reader.open(path)
        reader.page.locator(".tribune-ranks li").first.wait_for()
        texts = [" ".join(text.split()) for text in reader.page.locator(".tribune-headline").all_text_contents()]
        assert texts == [" ".join(attack.split()) for attack in ATTACKS]
        ours = "tribune-most-read, tribune-share, tribune-follow"
        assert reader.page.locator(f":is({ours}) :is(img, script, style, base)").count() == 0
        addresses = reader.page.locator(f":is({ours}) a").evaluate_all("(links) => links.map(({href}) => href)")
        assert not [address for address in addresses if address.startswith("javascript:")]
        for link in reader.page.locator(".tribune-ranks a, .tribune-follow a").all():
            link.evaluate("(link) => { link.addEventListener('click', (e) => e.preventDefault()); link.click(); }")
        assert reader.page.evaluate("window.taken ?? null") is None


@pytest.mark.parametrize(
    "attack", [f"<p>{ATTACKS[0]}</p>", f'<a id="go" href="{RUNS}">x</a>'], ids=["text", "address"]
)
def test_the_attacks_are_attacks(kiosk: Kiosk, attack: str) -> None:
    """The control: in a page without a policy, as HTML, they run and are seen to."""
    kiosk.publish("/open", f"<!doctype html><title>x</title>{attack}", "text/html")
    with kiosk.reader("/open", but=("errors",)) as reader:
        for link in reader.page.locator("#go").all():
            link.click()
        reader.page.wait_for_function("window.taken")
