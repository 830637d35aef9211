"""The demonstration as a browser finds it: its pages and the service behind one door, and its links followed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import unquote, urljoin, urlsplit

from chalicelib.rules import instants
from ops.demo import seed
from ops.demo.site import Site
from ops.serve.door import Door
from tests.conftest import client_on
from tests.scene import Clock, Service, make_backend
from tests.widgets.kiosk import listening

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action"}


class Links(HTMLParser):
    """What a page links, by its tag, and the ids on it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take down an element."""
        given = dict(attrs)
        if tag in LINKS and given.get(LINKS[tag]):
            self.found.append((tag, str(given[LINKS[tag]])))
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "img":
            self.pictures.append(given)


@dataclass
class Demo:
    """A demonstration that is served."""

    service: Service
    url: str

    def get(self, path: str, **headers: str) -> tuple[HTTPResponse, str]:
        """Ask for a path: the answer, and its body."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer, body

    def pages(self) -> dict[str, str]:
        """Every page of the demonstration that can be reached from its front page, by its path."""
        found: dict[str, str] = {}
        wanted = ["/"]
        while wanted:
            path = wanted.pop()
            if path in found:
                continue
            answer, found[path] = self.get(path)
            assert answer.status == 200, path
            wanted += [to for to, _ in self.links(path, found[path], {"a"}) if is_page(to)]
        return found

    def links(self, path: str, html: str, tags: set[str]) -> list[tuple[str, str]]:
        """Paths on this host, with their queries, that a page links in such elements, and the fragments there."""
        led = [urlsplit(urljoin(self.url + path, link)) for tag, link in Links(html).found if tag in tags]
        inside = [to for to in led if f"{to.scheme}://{to.netloc}" == self.url]
        return [(to.path + (f"?{to.query}" if to.query else ""), unquote(to.fragment)) for to in inside]


def is_page(path: str) -> bool:
    """Whether a path is one of the demonstration's own pages."""
    return path == "/" or (path.startswith(("/demo/", "/en/")) and "/files/" not in path)


@contextmanager
def demo_site() -> Iterator[Demo]:
    """A demonstration at noon of a day in March, read by nobody but the test."""
    with client_on("embedded") as client:
        clock = Clock()
        service = Service(make_backend(client, clock), clock)
        door = Door(0, service.app, Site(service.app, clock))
        seed.fill(service.backend, door.url)
        clock.forward(seconds=instants.MINUTE / instants.SECOND)
        with listening(door) as url:
            yield Demo(service, url)
