"""A real access log, counted by the importer and independently of it."""

import ipaddress
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.rules import bots
from ops.import_views import import_views
from tests.conftest import client_on
from tests.ops.logs import kept, listed
from tests.scene import Clock, Service, make_backend

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "apache-access.log"
SITE = "https://www.example.org"
PATTERN = r"^/(?:blog/[a-z]+|articles)/(?P<article_id>[A-Za-z0-9._~-]+?)(?:\.html)?/?$"


@pytest.fixture
def sample() -> Path:
    """The log."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not there")
    return SAMPLE


@pytest.fixture
def client() -> Iterator[Any]:
    """A client of the embedded engine, which is quicker than moto."""
    with client_on("embedded") as made:
        yield made


def recount(path: Path) -> Counter[str]:
    """Each article's readers, hour by hour, counted from the lines alone."""
    readers = defaultdict(set)
    networks: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for line in path.read_text().splitlines():
        quoted = line.split('"')
        if len(quoted) != 7:
            continue
        head, request, answer, _, _, agent, _ = quoted
        target = re.search(PATTERN, request.split(" ")[1].split("?")[0])
        if not request.startswith("GET ") or answer.split()[0] not in ("200", "304") or not target:
            continue
        if bots.is_bot(agent):
            continue
        address = head.split()[0]
        hour = datetime.strptime(head.split("[")[1][:14], "%d/%b/%Y:%H").isoformat()
        if (address, agent) not in readers[target[1], hour]:
            networks[target[1], hour][str(ipaddress.ip_network(f"{address}/24", strict=False))] += 1
        readers[target[1], hour].add((address, agent))
    # No network is so frequent that its readers would rank lower: lists are in the order of the views.
    assert max(max(counts.values()) for counts in networks.values()) <= 5
    views: Counter[str] = Counter()
    for (article_id, _), found in readers.items():
        views[article_id] += len(found)
    return views


def test_counts_and_list_are_those_of_an_independent_recount(
    client: Any, clock: Clock, sample: Path, tmp_path: Path
) -> None:
    lines = sample.read_text().splitlines(keepends=True)
    random.Random(7).shuffle(lines)  # any order
    shuffled = tmp_path / "shuffled.log"
    shuffled.write_text("".join(lines))
    expected = recount(sample)
    services = [Service(make_backend(client, clock, table=f"table{n}"), clock) for n in range(3)]
    first, second, third = (service.backend for service in services)

    report = import_views(first, [sample], article=PATTERN, register=True, site=SITE)
    import_views(second, [shuffled], article=PATTERN, register=True, site=SITE)
    import_views(second, [sample], article=PATTERN, register=True, site=SITE)
    import_views(third, [sample], article=PATTERN)
    import_views(third, [sample], article=PATTERN, register=True, site=SITE)

    assert report.read["lines"] == 10_000
    assert report.written["views"] + report.skipped.total() == 10_000
    assert report.written["views"] == expected.total()
    assert report.written["articles"] == len(expected)
    ranked = sorted(expected.items(), key=lambda row: (-row[1], row[0]))
    for service in services:
        assert listed(service) == ranked[:100]
        assert all_time_counts(service, sorted(expected)) == expected
    assert kept(first) == kept(second) == kept(third)


def all_time_counts(service: Service, ids: list[str]) -> dict[str, int]:
    """The counts of articles as pages ask for them, a hundred at a time."""
    found = {}
    for start in range(0, len(ids), 100):
        answer = service.call("GET", f"/counts?ids={','.join(ids[start : start + 100])}")
        found |= {id: counts["views"] for id, counts in answer.json["counts"].items()}
    return found
