"""Pages of a publisher's with our elements in them, as in life: the pages on one origin, the service on another.

    def test_something(kiosk: Kiosk) -> None:
        path = kiosk.page('<tribune-count article="a1"></tribune-count>', lang="fr")
        with kiosk.reader(path, width=320, color_scheme="dark") as reader:
            reader.page.get_by_text("Aucun commentaire").wait_for()
            assert reader.audit() == []
            reader.screenshot("count-dark")

`kiosk` is one service for all tests of a module, which only read; `own_kiosk` is one of a test's own.
The pages have a strict policy, Trusted Types enforced, and the script with its hash. The reader asserts at the end
that there was no error, violation, stranger asked, cookie or layout shift; a test that means one says which:
`kiosk.reader(path, but=("errors",))`. The elements are those in chalicelib/widget/embed: after a change of their
sources run `python -m ops.build_embed`.
"""

import itertools
import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from chalicelib.actions import roll_up
from chalicelib.backend import Memory
from chalicelib.rules import instants
from ops import build_embed, snippet
from ops.serve.door import Door, Page
from tests.chromium import PATIENCE
from tests.conftest import client_on
from tests.scene import Clock, Service, make_backend
from tests.widgets.reader import WATCH, Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser

POLICY = "default-src 'none'; style-src 'self'{styles}; img-src 'self' data:; base-uri 'none'; "
"""Of the publisher's own; what our elements need comes behind it."""
PAPER = """
html { background: Canvas; color: CanvasText; font: 17px/1.5 "DejaVu Sans", sans-serif; }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
"""
PHOTO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60"><path fill="#8aa" d="M0 0h80v60H0z"/>
<path fill="#465" d="M0 60 30 22l18 20 12-12 20 30z"/><circle cx="62" cy="15" r="7" fill="#fe9"/></svg>"""
"""The picture at /photo.svg of the publisher's site."""
HTML = """<!doctype html>
<html lang="{lang}"{direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/paper.css">
{head}
</head>
<body><main><h1>{title}</h1>
{body}
</main></body>
</html>
"""


@dataclass
class Kiosk:
    """The service at `url`, the publisher's site, and the browser that readers have."""

    service: Service
    url: str
    browser: "Browser"
    site: str = ""
    papers: dict[str, Page] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def show(self, path: str, query: dict[str, str], host: str) -> Page | None:
        """What the publisher's server answers."""
        if path in self.papers:
            status, headers, content = self.papers[path]
            return status, dict(headers), content
        return 404, {"Content-Type": "text/plain"}, b""

    def page(
        self,
        body: str,
        *,
        path: str | None = None,
        lang: str = "fr",
        direction: str = "",
        title: str = "Le marché central rouvre",
        head: str = "",
        script: str | None = "tribune.js",
        styles: bool = False,
        policy: str | None = None,
    ) -> str:
        """Publish a page with a body; its path.

        `script` is the file of ours that it loads, in the page's language, None for none; with `styles` it links
        our style sheet as well, as pages do where nothing may move before the script is there.
        """
        language = "en" if lang.startswith("en") else "fr"
        path = path or f"/page-{next(self._numbers)}"
        html = HTML.format(
            lang=lang,
            direction=f' dir="{direction}"' if direction else "",
            title=escape(title),
            head=head
            + (snippet.stylesheet(self.url) if styles else "")
            + (snippet.script(self.url, build_embed.in_language(script, language)) if script else ""),
            body=body,
        )
        ours = POLICY.format(styles=f" {self.url}" if styles else "") + snippet.policy(self.url)
        self.publish(path, html, "text/html", policy=ours if policy is None else policy)
        return path

    def publish(self, path: str, text: str, media_type: str, *, policy: str = "") -> None:
        """Put anything on the publisher's site."""
        headers = {"Content-Type": f"{media_type}; charset=utf-8", "Cache-Control": "no-store"}
        if policy:
            headers["Content-Security-Policy"] = policy
        self.papers[path] = 200, headers, text.encode()

    def register(self, id: str, **fields: Any) -> None:
        """Register an article whose page is /<id>."""
        answer = self.service.register(id, **({"url": f"{self.site}/{id}"} | fields))
        assert answer.status in (200, 201), answer.text

    def most_read(self, readers: dict[str, int]) -> None:
        """Let so many readers view each article, and make the lists."""
        for id, n in readers.items():
            for reader in range(n):
                viewed = self.service.view(id, address=f"198.51.{reader % 250}.{7 + reader // 250}")
                assert viewed["counted"], viewed
        self.roll_up()

    def roll_up(self) -> None:
        """Make the lists and totals anew, and let the service forget the old ones."""
        roll_up.roll_up(self.service.backend)
        self.service.backend.memory = Memory()

    @contextmanager
    def reader(
        self,
        path: str | None = None,
        *,
        width: int = 1280,
        height: int = 800,
        timers: bool = False,
        but: Collection[str] = (),
        **options: Any,
    ) -> Iterator[Reader]:
        """A reader who opens a page, at the service's time; `timers` are then moved by `reader.context.clock`.

        `options` are those of Playwright's `new_context`: java_script_enabled, color_scheme, forced_colors,
        reduced_motion, locale, offline, permissions. `but` names what may go wrong: errors, violations, strangers,
        cookies, shifts.
        """
        now = datetime.fromtimestamp(self.service.clock.at / instants.SECOND, UTC)
        usual = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": width, "height": height}}
        context = self.browser.new_context(**(usual | options))
        context.set_default_timeout(PATIENCE)
        context.add_init_script(WATCH)
        if timers:
            context.clock.install(time=now)
        else:
            context.clock.set_fixed_time(now)
        try:
            scripted = options.get("java_script_enabled", True)
            reader = Reader(context.new_page(), (self.url, self.site), scripted)
            if path:
                reader.open(path)
            yield reader
            wrong = {kind: found for kind, found in reader.wrong().items() if found and kind not in but}
            assert not wrong, wrong
        finally:
            context.close()


@contextmanager
def kiosk_on(browser: "Browser", **options: Any) -> Iterator[Kiosk]:
    """A service that publishes at once, with settings by their names, and a publisher's site without a page."""
    settings = {"moderation": "none", "comment_interval": 0} | options
    with client_on("embedded") as client, ExitStack() as doors:
        clock = Clock()
        service = Service(make_backend(client, clock, **settings), clock)
        made = Kiosk(service, doors.enter_context(listening(Door(0, service.app))), browser)
        # The host is another, too: a page's site is not the service's.
        site = doors.enter_context(listening(Door(0, service.app, made.show)))
        made.site = site.replace("127.0.0.1", "localhost")
        made.publish("/paper.css", PAPER, "text/css")
        made.publish("/photo.svg", PHOTO, "image/svg+xml")
        yield made


@contextmanager
def listening(door: Door) -> Iterator[str]:
    """A door that is open: its address."""
    serving = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield door.url
    finally:
        door.shutdown()
        serving.join()
        door.server_close()
