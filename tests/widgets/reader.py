"""A reader's browser: it notes what a page of ours must never do, and can be refused, cut off or kept waiting."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
WATCH = """
window.seen = {violations: [], shifts: []};
{
  const frame = requestAnimationFrame;
  const noted = (entries) => {
    for (const entry of entries) {
      const moved = entry.sources.map(({node}) => node?.outerHTML?.slice(0, 80) ?? node?.data ?? "?");
      if (!entry.hadRecentInput) seen.shifts.push(`${entry.value.toFixed(4)} ${moved}`);
    }
  };
  const observer = new PerformanceObserver((list) => noted(list.getEntries()));
  observer.observe({type: "layout-shift", buffered: true});
  addEventListener("securitypolicyviolation", (event) => {
    seen.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  window.twoFrames = () => new Promise((done) => frame(() => frame(done)));
  window.seenAtLast = async () => {
    await twoFrames();
    noted(observer.takeRecords());
    return seen;
  };
}
"""
"""What a page remembers of what its policy has forbidden, and of what moved that nobody had touched."""
MOST_TURNS = 600
"""Pairs of frames that something is waited for: twenty seconds where nothing is slow, more where all is."""


@dataclass
class Reader:
    """A page in a browser of its own, `homes` being what it may ask: the service and the publisher's site."""

    page: "Page"
    homes: tuple[str, str]
    scripted: bool = True
    errors: list[str] = field(default_factory=list)
    """What the console calls an error, and what was thrown."""
    strangers: list[str] = field(default_factory=list)
    """The addresses of other hosts that were asked."""
    said: list[str] = field(default_factory=list)
    """Warnings on the console."""
    asked: list[str] = field(default_factory=list)
    """Method and address of each request to the service, `GET /counts?ids=a1`, in order, without its scripts."""
    under_way: "set[Request]" = field(default_factory=set)
    """Requests of the page that have no answer yet, but for those that a test keeps waiting."""

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.page.on("request", self._asked)
        for event in ("requestfinished", "requestfailed"):
            self.page.on(event, self._answered)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)

    def _asked(self, request: "Request") -> None:
        service, site = self.homes
        self.under_way.add(request)
        if request.url.startswith(f"{service}/"):
            if not request.url.startswith(f"{service}/embed/"):
                self.asked.append(f"{request.method} {request.url.removeprefix(service)}")
        elif not request.url.startswith((f"{site}/", "data:")):
            self.strangers.append(request.url)

    def _answered(self, request: "Request") -> None:
        self.under_way.discard(request)

    def _said(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self.errors.append(message.text)
        elif message.type == "warning":
            self.said.append(message.text)

    @property
    def context(self) -> "BrowserContext":
        """The browser's profile: `context.set_offline(True)`, `context.clock.run_for("05:00")`."""
        return self.page.context

    def open(self, path: str) -> None:
        """Go to a page of the publisher's."""
        self.page.goto(self.homes[1] + path)

    def until(self, true: Callable[[], object]) -> None:
        """Wait, frame by frame, till something is true that is not on the page."""
        for _ in range(MOST_TURNS):
            if true():
                return
            self.page.evaluate("twoFrames()")
        pytest.fail("It has not become true.")

    def settled(self) -> None:
        """Wait till every request has its answer, and the page has drawn what it makes of it."""
        self.page.evaluate("twoFrames()")
        self.until(lambda: not self.under_way)
        self.page.evaluate("twoFrames()")

    @property
    def views(self) -> int:
        """How many views this page has told the service of."""
        return sum(one.startswith("POST ") and one.partition("?")[0].endswith("/views") for one in self.asked)

    @property
    def focused(self) -> str:
        """What has the focus: its id, else the start of its text, else its tag."""
        about = "(({id, textContent, localName}) => id || textContent.trim().slice(0, 40) || localName)"
        found: str = self.page.evaluate(f"{about}(document.activeElement)")
        return found

    @contextmanager
    def failing(self, pattern: str, status: int | None = None) -> Iterator[None]:
        """Let requests to a pattern (`**/counts*`) fail: with a status, or without an answer."""

        def fail(route: "Route") -> None:
            if status is None:
                route.abort()
            else:
                headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/problem+json"}
                problem = {"code": "busy", "detail": "Busy.", "status": status}
                route.fulfill(status=status, headers=headers, body=json.dumps(problem))

        self.page.route(pattern, fail)
        yield
        self.page.unroute(pattern)

    @contextmanager
    def holding(self, pattern: str) -> Iterator[list["Route"]]:
        """Keep requests to a pattern waiting till the end of the block, one at the least: those that wait."""
        held: list[Route] = []

        def hold(route: "Route") -> None:
            self.under_way.discard(route.request)
            held.append(route)

        self.page.route(pattern, hold)
        yield held
        self.until(lambda: held)
        for route in held:
            route.continue_()
        self.page.unroute(pattern)

    def audit(self, **options: Any) -> list[str]:
        """What axe finds wrong, and what it cannot tell: both must be nothing.

        It is a script: a page as it is without ours is audited where `kiosk.page(body, script=None)` made it.
        """
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options={"resultTypes": ["violations", "incomplete"], **options}).response
        return [
            f"{rule['id']} {kind}: {node['target']} {[check['message'] for check in node['any'] + node['all']]}"
            for kind in ("violations", "incomplete")
            for rule in found[kind]
            for node in rule["nodes"]
        ]

    def screenshot(self, name: str) -> None:
        """Keep the whole page as build/screenshots/<name>.png, for people to look at."""
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def seen(self) -> dict[str, list[str]]:
        """What the page remembers since it was opened: `violations` of its policy, `shifts` of its layout."""
        found: dict[str, list[str]] = self.page.evaluate("seenAtLast()") if self.scripted else {}
        return found

    def wrong(self) -> dict[str, list[str]]:
        """All that must not be, by its kind."""
        cookies = [str(cookie) for cookie in self.context.cookies()]
        return {"errors": self.errors, "strangers": self.strangers, "cookies": cookies} | self.seen()
