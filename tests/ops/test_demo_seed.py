"""What `make serve` puts into a store, once, and what it leaves alone."""

from typing import Any

from ops.demo import places, seed
from ops.demo.content import ARTICLES, BY_ID
from tests.scene import PUBLISHER, Service

URL = "http://127.0.0.1:8000"
OLD = "marche-couvert"


def items(service: Service) -> list[dict[str, Any]]:
    """All that is stored."""
    table = service.backend.table
    return sorted(table.client.scan(TableName=table.name)["Items"], key=str)


def test_it_is_made_once(embedded_service: Service) -> None:
    seed.fill(embedded_service.backend, URL)
    made = items(embedded_service)

    seed.fill(embedded_service.backend, URL)

    assert items(embedded_service) == made


def test_a_store_with_articles_of_somebodys_own_stays_as_it_is(embedded_service: Service) -> None:
    embedded_service.register("42")
    before = items(embedded_service)

    seed.fill(embedded_service.backend, URL)

    assert items(embedded_service) == before


def test_a_store_of_an_older_demonstration_keeps_its_articles_and_gets_the_new_ones(
    embedded_service: Service,
) -> None:
    embedded_service.register(OLD, url="http://127.0.0.1:9999/demo/marche-couvert", title="As it was")
    embedded_service.post(OLD, content="Said long ago")

    seed.fill(embedded_service.backend, URL)

    kept = embedded_service.call("GET", f"/articles/{OLD}").json
    assert (kept["title"], kept["comments"]) == ("As it was", 1)
    assert kept["url"] == URL + places.article(BY_ID[OLD])
    assert kept["image_url"] == URL + places.image(BY_ID[OLD])
    for one in ARTICLES:
        assert embedded_service.call("GET", f"/articles/{one.id}").status == 200
    assert embedded_service.call("GET", "/articles/market-hall").json["comments"]


def test_what_was_deleted_or_moved_since_stays_so(embedded_service: Service) -> None:
    elsewhere = "https://news.example.org/tram"
    seed.fill(embedded_service.backend, URL)
    embedded_service.register("tram-nocturne", url=elsewhere)
    assert embedded_service.call("DELETE", f"/articles/{OLD}", token=PUBLISHER).status == 204

    seed.fill(embedded_service.backend, "http://127.0.0.1:8001")

    assert embedded_service.call("GET", f"/articles/{OLD}").status == 404
    assert embedded_service.call("GET", "/articles/tram-nocturne").json["url"] == elsewhere
    assert (
        embedded_service.call("GET", "/articles/market-hall").json["url"] == "http://127.0.0.1:8001/en/market-hall"
    )
