"""What holds for every row of the table of routes, whatever the row does."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

import app
from chalicelib.api.fields import ArticleFields
from chalicelib.api.moderation_fields import ArticleDecision
from chalicelib.api.route import ANYONE, Route
from chalicelib.api.static_files import PageQuery
from chalicelib.model import UNSET
from tests.conftest import client_on
from tests.scene import ADMIN, OTHER_TOKEN, TOKEN_OF, Clock, Heard, Service, make_backend, path_of


def rows(*, where: Any = lambda row: True) -> list[Any]:
    """The rows for which something holds, as parameters of a test."""
    return [pytest.param(row, id=f"{row.method} {row.path}") for row in app.ROUTES if where(row)]


def is_for_editors(row: Route) -> bool:
    return row.who != ANYONE


def reads_its_query(row: Route) -> bool:
    """Whether the row itself reads its query: that of a page is for the page's scripts."""
    return row.parameters is not PageQuery


def takes_a_body(row: Route) -> bool:
    return row.body is not None


def is_read(row: Route) -> bool:
    return row.method == "GET"


@pytest.fixture(scope="module")
def shared() -> Iterator[Service]:
    """The app with one article and one comment, for tests that change neither."""
    with client_on("embedded") as client:
        clock = Clock()
        service = Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)
        service.register()
        yield service


@pytest.fixture(scope="module")
def ids(shared: Service) -> dict[str, str]:
    """Values for the parameters of paths."""
    comment_id = shared.post().json["id"]
    report = shared.call("POST", f"/articles/a1/comments/{comment_id}/reports", {"reason": "spam"})
    return {
        "article_id": "a1",
        "comment_id": comment_id,
        "report_id": report.json["receipt"],
        "job_id": shared.decide("approve", comment_id).json["job_id"],
    }


REQUIRED_QUERY = {"ids": "a1"}


def ask(service: Service, row: Route, ids: dict[str, str], query: str = "", **options: Any) -> Heard:
    """Send a row a request, with its role's token unless another is given."""
    options.setdefault("token", TOKEN_OF[row.who])
    required = [
        f"{name}={REQUIRED_QUERY[name]}" for name, field in fields_of(row.parameters) if field.is_required()
    ]
    asked = "&".join([*required, *([query] if query else [])])
    return service.call(row.method, path_of(row.path, **ids) + (f"?{asked}" if asked else ""), **options)


def fields_of(model: type[BaseModel] | None) -> list[tuple[str, Any]]:
    return list(model.model_fields.items()) if model else []


def sent_as(model: type[BaseModel] | None) -> list[str]:
    """The names under which the fields of a query come in: one of them is a word of Python's."""
    return [field.alias or name for name, field in fields_of(model)]


def keyword_parameters(row: Route) -> dict[str, inspect.Parameter]:
    signature = inspect.signature(row.action)
    return {name: given for name, given in signature.parameters.items() if given.kind == given.KEYWORD_ONLY}


@pytest.mark.parametrize("row", rows())
def test_a_row_brings_exactly_the_parameters_of_its_action(row: Route) -> None:
    path = re.findall(r"{(\w+)}", row.path)
    brought = [*path, *dict(fields_of(row.body)), *dict(fields_of(row.parameters))]

    assert sorted(brought) == sorted(keyword_parameters(row))


@pytest.mark.parametrize("row", rows())
def test_a_field_left_out_means_the_same_to_the_row_and_to_its_action(row: Route) -> None:
    action = keyword_parameters(row)

    for model in filter(None, (row.body, row.parameters)):
        for name, field in model.model_fields.items():
            expected = action[name].default
            if model in (ArticleFields, ArticleDecision):
                assert expected is UNSET
            elif field.is_required():
                assert expected is inspect.Parameter.empty
            else:
                default = field.get_default()
                assert (tuple(default) if isinstance(default, list) else default) == expected


@pytest.mark.parametrize("row", rows(where=takes_a_body))
def test_an_unknown_field_in_json_is_refused_by_name(row: Route, shared: Service, ids: dict[str, str]) -> None:
    heard = ask(shared, row, ids, body={"role": "admin"})

    assert heard.status == 422
    assert ("role", "unknown_field") in [(e["field"], e["code"]) for e in heard.json["errors"]]


@pytest.mark.parametrize("row", rows(where=reads_its_query))
def test_an_unknown_field_in_the_query_is_refused_by_name(
    row: Route, shared: Service, ids: dict[str, str]
) -> None:
    body = {} if row.body else None

    heard = ask(shared, row, ids, "role=admin", body=body)

    assert heard.status == 422
    if row.refusal:
        assert "role : Ce champ n’existe pas." in heard.text
        return
    assert ("role", "unknown_field") in [(e["field"], e["code"]) for e in heard.json["errors"]]


@pytest.mark.parametrize("row", rows(where=takes_a_body))
def test_a_field_of_a_form_that_is_not_ours_is_no_matter(row: Route, shared: Service, ids: dict[str, str]) -> None:
    spoken = "Ce champ n’existe pas"

    assert spoken not in ask(shared, row, ids, form={"role": "admin", "ak_js": "1"}).text


@pytest.mark.parametrize("row", rows())
def test_the_document_describes_a_row_with_its_parameters_and_body(row: Route, shared: Service) -> None:
    document = shared.call("GET", "/openapi.json").json

    operation = document["paths"][row.path][row.method.lower()]
    assert [given["name"] for given in operation["parameters"] if given["in"] == "path"] == re.findall(
        r"{(\w+)}", row.path
    )
    assert [given["name"] for given in operation["parameters"] if given["in"] == "query"] == sent_as(
        row.parameters
    )
    assert ("security" in operation) == (is_for_editors(row) or row.more_for != ANYONE)
    if row.body is None:
        assert "requestBody" not in operation
    else:
        schemas = {kind["schema"]["$ref"] for kind in operation["requestBody"]["content"].values()}
        assert schemas == {f"#/components/schemas/{row.body.__name__}"}
        described = document["components"]["schemas"][row.body.__name__]
        assert list(described.get("properties", {})) == [name for name, _ in fields_of(row.body)]
        assert described["additionalProperties"] is False


def test_the_document_is_valid_openapi_3_1_and_has_no_other_routes(shared: Service) -> None:
    document = shared.call("GET", "/openapi.json").json

    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, row in document["paths"].items() for method in row}
    assert described == {(row.method, row.path) for row in app.ROUTES}


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [row.name for row in app.ROUTES]

    assert len(set(names)) == len(names)


@pytest.mark.parametrize("row", rows(where=is_for_editors))
@pytest.mark.parametrize(
    ("credentials", "status", "code"),
    [
        pytest.param({}, 401, "unauthorised", id="no token"),
        pytest.param({"authorization": "Bearer nobody-knows-this-token"}, 401, "unauthorised", id="unknown token"),
        pytest.param({"authorization": "Bearer "}, 401, "unauthorised", id="empty token"),
        pytest.param({"authorization": "Basic OTHER"}, 401, "unauthorised", id="not a bearer"),
        pytest.param({"authorization": "Bearer OTHER"}, 403, "wrong_role", id="wrong role"),
    ],
)
def test_a_row_for_editors_refuses_everyone_else_before_it_reads_the_body(
    row: Route, credentials: dict[str, str], status: int, code: str, shared: Service, ids: dict[str, str]
) -> None:
    sent = {name: value.replace("OTHER", OTHER_TOKEN[row.who]) for name, value in credentials.items()}

    for body in (None, b"{", b"\xff" * 10, b"x" * 200_000):
        heard = ask(shared, row, ids, "nonsense=1", token=None, body=body, content_type="image/png", **sent)

        assert (heard.status, heard.json["code"]) == (status, code)
        assert heard.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)


@pytest.mark.parametrize("row", rows(where=is_for_editors))
def test_an_admin_may_do_what_editors_may(row: Route, shared: Service, ids: dict[str, str]) -> None:
    body = b"{" if row.body else None

    heard = ask(shared, row, ids, "nonsense=1", token=ADMIN, body=body)

    assert heard.status in (400, 422), "neither 401 nor 403: it was let in, and what it sent was read"


@pytest.mark.parametrize("row", rows(where=is_read))
def test_a_read_has_a_validator_and_answers_304_to_it(row: Route, shared: Service, ids: dict[str, str]) -> None:
    first = ask(shared, row, ids)

    assert first.status == 200
    assert first.headers["cache-control"]
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[^"\s]+"', tag)
    for given in (tag, f"W/{tag}", f'"other", {tag}', f'W/"other",W/{tag}', "*"):
        again = ask(shared, row, ids, if_none_match=given)
        assert (again.status, again.text) == (304, "")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert "content-type" not in again.headers
    assert ask(shared, row, ids, if_none_match='"other"').status == 200


@pytest.mark.parametrize("row", rows(where=is_read))
def test_only_what_anyone_may_read_is_kept_by_shared_caches(
    row: Route, shared: Service, ids: dict[str, str]
) -> None:
    kept = ask(shared, row, ids).headers["cache-control"]

    assert ("public" in kept) == bool(row.max_age)
    assert ("private" in kept) == is_for_editors(row)
