"""The harness itself: it would notice all that its readers say never happens."""

import pytest

from tests.widgets.kiosk import Kiosk


def test_what_must_never_happen_is_noticed(kiosk: Kiosk) -> None:
    path = kiosk.page("<p>Bonjour</p>")
    with kiosk.reader(path, but=("errors", "violations", "strangers", "cookies", "shifts")) as reader:
        reader.settled()  # what was never painted cannot move
        reader.page.evaluate("fetch('https://elsewhere.example/').catch(() => {})")
        reader.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x.png'}))")
        reader.page.evaluate("document.cookie = 'a=1'")
        reader.page.evaluate("document.querySelector('main').prepend(document.createElement('textarea'))")
        with pytest.raises(Exception, match="TrustedHTML"):
            reader.page.evaluate("document.querySelector('main').innerHTML = '<b>x</b>'")
        wrong = reader.wrong()

        assert {kind for kind, found in wrong.items() if not found} == set()
        forbidden = {violation.split()[0] for violation in wrong["violations"]}
        assert {"require-trusted-types-for", "connect-src", "img-src"} <= forbidden
        assert {"label", "image-alt"} <= {one.split()[0] for one in reader.audit()}


def test_a_page_without_a_fault_is_found_without_one(kiosk: Kiosk) -> None:
    kiosk.register("a1")
    path = kiosk.page('<tribune-view article="a1"></tribune-view>')
    with kiosk.reader() as reader:
        with reader.page.expect_response("**/views*"):
            reader.open(path)
        assert reader.asked == ["POST /articles/a1/views"]
        assert reader.views == 1
        assert reader.audit() == []
        assert {kind for kind, found in reader.wrong().items() if found} == set()
    with kiosk.reader(path, java_script_enabled=False) as reader:
        reader.page.get_by_role("heading").wait_for()
        assert reader.asked == []
