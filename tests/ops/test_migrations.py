"""A release works on the table of the one before and of the one after; migrations bring a table forward.

`data/schema-1.jsonl.gz` is a table as the first release wrote it: two articles, a thread of two comments, a held
comment, five views, two tokens.
"""

from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from chalicelib.actions import roll_up
from chalicelib.storage import schema, secrets
from chalicelib.storage.table import Table
from ops import load, migrations, table_dump
from ops.errors import OperatorError
from ops.migrations import Migration
from ops.progress import silent
from tests.scene import NOON, Clock, Service, make_backend

FIRST = Path(__file__).parent / "data" / "schema-1.jsonl.gz"
PUBLISHER, MODERATOR = "an-old-token-of-a-publisher", "an-old-token-of-a-moderator"
NOW = NOON + 3 * 3_600_000


@pytest.fixture
def service(any_client: Any) -> Service:
    """This release's app, by the table's own tokens only, on the table as the first release left it."""
    clock = Clock(NOW)
    options = {"publisher_token": None, "moderator_token": None, "comment_interval": 0}
    made = Service(make_backend(any_client, clock, **options), clock)
    table_dump.load(any_client, made.backend.table.name, FIRST, silent)
    return made


def goes_on(service: Service) -> None:
    """What readers, moderators and the CMS do goes on where the table is."""
    page = service.call("GET", "/articles/a1/comments").json
    assert [comment["content_html"] for comment in page["comments"]] == ["<p>Premier</p>", "<p>Réponse</p>"]
    first = page["comments"][0]["id"]
    answer = service.post("a1", content="Troisième", parent_id=first)
    assert answer.status == 201, "the author was approved before"
    held = service.call("GET", "/moderation/comments?status=held", token=MODERATOR).json["comments"]
    assert [comment["content"] for comment in held] == ["En attente"]
    decided = {"comment_ids": [held[0]["id"]], "decision": "approve"}
    assert service.call("POST", "/moderation/decisions", decided, token=MODERATOR).status == 200
    assert service.call("GET", "/articles/a2/comments").json["total"] == 1
    assert service.call("PUT", "/articles/a2", {"title": "Nouveau titre"}, token=PUBLISHER).status == 200
    assert service.view("a2", address="192.0.2.1")["counted"] is True
    service.clock.forward(minutes=1)
    roll_up.roll_up(service.backend)
    listed = service.call("GET", "/most-read?window=24h").json["articles"]
    counts = [(row["title"], row["views"], row["comments"]) for row in listed]
    assert counts == [("Le marché rouvre", 3, 3), ("Nouveau titre", 3, 1)]


def marked(table: Table) -> list[dict[str, Any]]:
    """Every item of a table."""
    return sorted(table.client.scan(TableName=table.name)["Items"], key=str)


def test_the_app_works_on_the_table_of_the_release_before(service: Service) -> None:
    assert schema.version(service.backend.table) == schema.VERSION - 1

    goes_on(service)


def test_a_migration_keeps_everything_and_lists_the_tokens(service: Service) -> None:
    table = service.backend.table
    assert list(secrets.list_tokens(table)) == []

    migrations.migrate(table)

    assert schema.version(table) == schema.VERSION
    listed = {(kept["role"], kept["note"]) for kept in secrets.list_tokens(table)}
    assert listed == {("publisher", "the CMS"), ("moderator", "the desk")}
    before = marked(table)
    migrations.migrate(table)
    assert marked(table) == before, "a second time changes nothing"
    goes_on(service)


def test_an_older_dump_is_brought_along_into_a_table_of_this_release(any_client: Any, tmp_path: Path) -> None:
    clock = Clock(NOW)
    made = Service(make_backend(any_client, clock), clock)
    migrations.migrate(made.backend.table)

    arguments = Namespace(file=FIRST)
    assert load.run(arguments, made.backend) == 0

    listed = {(kept["role"], kept["note"]) for kept in secrets.list_tokens(made.backend.table)}
    assert listed == {("publisher", "the CMS"), ("moderator", "the desk")}
    assert schema.version(made.backend.table) == schema.VERSION


def from_the_next_release(table: Table) -> None:
    """What a next release may do: attributes on items there are, items of its own."""
    for item in marked(table):
        item["invented_later"] = {"M": {"of": {"S": "the next release"}}}
        table.client.put_item(TableName=table.name, Item=item)
    table.put({"pk": "INVENTED#1", "sk": "INVENTED", "something": 1})


NEXT = schema.VERSION + 1


def test_the_app_works_on_the_table_of_the_release_after_and_leaves_its_schema_alone(service: Service) -> None:
    table = service.backend.table
    later = {**migrations.MIGRATIONS, NEXT: Migration("more attributes", from_the_next_release)}
    migrations.migrate(table, later)
    assert schema.version(table) == NEXT

    assert migrations.missing(table) == []
    migrations.migrate(table)
    goes_on(service)
    assert schema.version(table) == NEXT


def test_what_the_next_release_wrote_on_an_item_survives_what_this_one_does(service: Service) -> None:
    table = service.backend.table
    migrations.migrate(table, {**migrations.MIGRATIONS, NEXT: Migration("more attributes", from_the_next_release)})

    goes_on(service)

    kept = [item for item in marked(table) if "invented_later" in item]
    kinds = {item["pk"]["S"].partition("#")[0] for item in kept}
    assert {"ARTICLE", "AUTHOR", "COMMENT", "ROLLUP", "SCHEMA", "SECRET", "TOKEN"} <= kinds


def test_a_table_two_releases_ahead_is_refused_with_the_remedy(service: Service) -> None:
    schema.mark(service.backend.table, schema.VERSION + 2)

    with pytest.raises(OperatorError, match="deploy a newer release"):
        migrations.missing(service.backend.table)


def test_a_migration_cut_short_anywhere_is_finished_by_the_next_run(service: Service) -> None:
    table = service.backend.table

    class Killed(BaseException):
        """The process ended here."""

    left = [0]

    def count(**_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    table.client.meta.events.register("after-call.dynamodb.*", count)
    for place in range(1, 6):
        left[0] = place
        with pytest.raises(Killed):
            migrations.migrate(table)
        if schema.version(table) == schema.VERSION:
            break
    else:
        left[0] = 0
        migrations.migrate(table)
    left[0] = 0
    assert len(list(secrets.list_tokens(table))) == 2
    assert schema.version(table) == schema.VERSION
