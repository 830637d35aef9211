"""A newsroom of a test's own: the app behind our own door, a queue to moderate, and desks in Chromium."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from chalicelib.rules import instants
from ops.serve.door import Door
from tests.chromium import PATIENCE
from tests.conftest import client_on
from tests.scene import MODERATOR, Clock, Service, make_backend

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

ARTICLES = {
    "marche": ("Le marché central rouvre ses portes après six mois de travaux", "Ville"),
    "riviere": ("La rivière monte", "Environnement"),
    "finale": ("Coupe : une finale avancée", "Sport"),
}
NAMES = ("Nadège Konan", "Jean-Baptiste Mérimée", "Awa D.", "Ibrahim T.", "Zoé", "Paul K.", "Luc")
TEXTS = (
    "Enfin ! Je vais pouvoir y retourner avec ma mère. ({n})",
    "Et les commerçants du quartier nord, qui en parle ? Depuis six mois ils attendent une réponse. ({n})",
    "Merci pour cet article très clair.\n\nUne question toutefois : qui paie ? ({n})",
    "Voyez https://www.example.org/{n} et https://www.example.com/{n}, tout y est.",
)
REPORT_VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""
"""What a page remembers of what its policy has forbidden."""


@dataclass
class Desk:
    """A moderator's page, and all that it did that it must not do."""

    page: "Page"
    url: str
    strangers: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to watch."""
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.url, "data:")):
            self.strangers.append(request.url)

    @property
    def context(self) -> "BrowserContext":
        """The browser's profile of this desk."""
        return self.page.context

    def sign_in(self, token: str = MODERATOR) -> None:
        """Paste the token where the focus is, and wait for the queue."""
        self.page.locator("dialog.sign-in input").wait_for()
        self.page.keyboard.insert_text(token)
        self.page.keyboard.press("Enter")
        self.settled()

    def settled(self) -> None:
        """Wait until the queue is there."""
        self.page.locator("#queue:not([aria-busy]) article, .empty, .notice").first.wait_for()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def focused(self) -> str | None:
        """The id of the comment that has the focus, whose card it is or in it."""
        found: str | None = self.page.evaluate(
            "document.activeElement.closest('#queue article')?.dataset.id ?? null"
        )
        return found

    @property
    def shown(self) -> list[str]:
        """The ids of the comments on the screen, from top to bottom."""
        cards = "[...document.querySelectorAll('#queue article')].map((card) => card.dataset.id)"
        ids: list[str] = self.page.evaluate(cards)
        return ids

    def violations(self) -> list[str]:
        """What the page's policy has forbidden."""
        found: list[str] = self.page.evaluate("window.violations")
        return found


@dataclass
class Newsroom:
    """The service, where it listens, and the browser that its desks are opened in."""

    service: Service
    url: str
    browser: "Browser"
    held: list[str] = field(default_factory=list)

    def register(self) -> None:
        """Register the articles."""
        for id, (title, section) in ARTICLES.items():
            self.service.register(id, title=title, section=section)

    def write(self, n: int, **fields: Any) -> str:
        """Post the n-th comment, of an author and a network that others share, half a minute after the last."""
        self.service.clock.forward(seconds=30)
        name = NAMES[n % len(NAMES)]
        said = {
            "author_name": name,
            "author_email": f"author{n % len(NAMES)}@example.org",
            "content": TEXTS[n % len(TEXTS)].format(n=n),
        }
        heard = self.service.post(
            fields.pop("article_id", list(ARTICLES)[n % len(ARTICLES)]),
            address=f"198.51.{n % 5}.7",
            **(said | fields),
        )
        assert heard.status in (201, 202), heard.text
        id: str = heard.json["id"]
        return id

    def fill(self, n: int) -> None:
        """Let n comments wait."""
        self.held += [self.write(place) for place in range(n)]

    @contextmanager
    def desk(
        self,
        query: str = "?lang=fr",
        *,
        stage: str = "",
        token: str | None = MODERATOR,
        timers: bool = False,
        **options: Any,
    ) -> Iterator[Desk]:
        """A desk at the page's address, signed in with a token; `timers` are moved by the test alone.

        `stage` is what a gateway puts before every path, and takes away again.
        """
        self.service.clock.forward(seconds=30)
        now = datetime.fromtimestamp(self.service.clock.at / instants.SECOND, UTC)
        context = self.browser.new_context(locale="fr-FR", timezone_id="Europe/Paris", **options)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        if timers:
            context.clock.install(time=now)
        else:
            context.clock.set_fixed_time(now)
        if stage:
            context.route(
                f"{self.url}{stage}/**",
                lambda route: route.continue_(url=route.request.url.replace(stage, "", 1)),
            )
        desk = Desk(context.new_page(), self.url)
        try:
            desk.page.goto(f"{self.url}{stage}/moderation{query}")
            if token:
                desk.sign_in(token)
            yield desk
        finally:
            context.close()

    def statuses(self) -> dict[str, int]:
        """How many comments each status holds, as the service counts them."""
        counts: dict[str, int] = self.service.queue("status=held&limit=1")["counts"]
        return counts


@contextmanager
def newsroom(browser: "Browser", held: int = 0, **options: Any) -> Iterator[Newsroom]:
    """A newsroom with articles and a number of held comments, which only its own pages may write to."""
    settings = {"moderation": "all", "comment_interval": 0, "origins": ("https://news.example.org",)} | options
    with client_on("embedded") as client:
        clock = Clock()
        service = Service(make_backend(client, clock, **settings), clock)
        door = Door(0, service.app)
        serving = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        try:
            room = Newsroom(service, door.url, browser)
            room.register()
            room.fill(held)
            yield room
        finally:
            door.shutdown()
            serving.join()
            door.server_close()


def outcome(desk: Desk, text: str) -> None:
    """Wait until the bar says what was decided last, and the service has heard of it."""
    desk.page.locator("#outcome:not([aria-busy]) p", has_text=text).wait_for()
