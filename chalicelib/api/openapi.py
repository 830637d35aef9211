"""The OpenAPI 3.1 document of the table of routes, made from the rows and their models."""

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from chalicelib import VERSION
from chalicelib.api.later import arrived
from chalicelib.api.messages import PROBLEMS
from chalicelib.api.route import ANYONE, Route
from chalicelib.errors import all_refusals

REFERENCE = "#/components/schemas/{model}"
PROBLEM_TYPE = "application/problem+json"
JSON_TYPES = ("application/json", "text/plain", "application/x-www-form-urlencoded")
SUCCESS = {
    "comments.post": ("201", "202", "303"),
    "articles.register": ("200", "201"),
    "moderation.reply": ("201",),
    "reports.report": ("201",),
    "articles.delete": ("204",),
}
"""Statuses of success by operation; all others answer 200, and reads 304 as well."""
PATH_PARAMETERS = {
    "article_id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$"},
    "comment_id": {"type": "string", "pattern": "^[0-9a-v]{20}$"},
    "report_id": {"type": "string", "pattern": "^[0-9a-v]{20}$"},
    "job_id": {"type": "string", "pattern": "^[0-9a-v]{20}$"},
    "version": {"type": "string", "pattern": "^[0-9]+[.][0-9]+[.][0-9]+$"},
    "file": {"type": "string", "pattern": "^[a-z_-]+[.](css|js)$"},
}


def build(routes: Iterable[Route], public_url: str | None) -> dict[str, Any]:
    """The document: every row, its fields, what it may answer, and how errors look."""
    rows = list(routes)
    models = {model for row in rows for model in (row.body, row.parameters) if model}
    _, schemas = models_json_schema(
        [(model, "validation") for model in sorted(models, key=lambda model: model.__name__)],
        ref_template=REFERENCE,
    )
    paths: dict[str, dict[str, Any]] = {}
    for row in rows:
        paths.setdefault(row.path, {})[row.method.lower()] = _operation(row, schemas["$defs"])
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tribune",
            "version": VERSION,
            "description": "Comments, page views and most-read lists of a news site.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": public_url or "/"}],
        "paths": paths,
        "components": {
            "schemas": dict(schemas["$defs"]) | {"Problem": _problem()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(row: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    name = row.name
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": (arrived(row.action).__doc__ or "").partition("\n")[0],
        "parameters": [*_path_parameters(row), *_query_parameters(row, schemas)],
        "responses": _responses(row, name),
    }
    if row.body:
        schema = {"$ref": REFERENCE.format(model=row.body.__name__)}
        operation["requestBody"] = {
            "required": any(field.is_required() for field in row.body.model_fields.values()),
            "content": {media_type: {"schema": schema} for media_type in JSON_TYPES},
        }
    if row.who != ANYONE:
        operation["security"] = [{"token": []}]
    elif row.more_for != ANYONE:
        operation["security"] = [{}, {"token": []}]
    return operation


def _path_parameters(row: Route) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in PATH_PARAMETERS.items()
        if f"{{{name}}}" in row.path
    ]


def _query_parameters(row: Route, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    model: type[BaseModel] | None = row.parameters
    if model is None:
        return []
    schema = schemas[model.__name__]
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", []),
            "schema": field,
            **({"explode": True} if field.get("type") == "array" else {}),
        }
        for name, field in schema["properties"].items()
    ]


def _responses(row: Route, name: str) -> dict[str, Any]:
    statuses = SUCCESS.get(name, ("200",) if row.writes else ("200", "304"))
    responses: dict[str, Any] = {status: {"description": "Done."} for status in statuses}
    problem = {PROBLEM_TYPE: {"schema": {"$ref": REFERENCE.format(model="Problem")}}}
    refused = {"text/html": {"schema": {"type": "string"}}} if row.refusal else problem
    codes: dict[int, list[str]] = {}
    for refusal in all_refusals():
        codes.setdefault(refusal.status, []).extend(refusal.codes)
    for status, names in sorted(codes.items()):
        titles = ", ".join(f"`{code}` ({PROBLEMS[code].title.en.lower()})" for code in names)
        responses[str(status)] = {
            "description": titles,
            "content": refused,
        }
    return responses


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    error = {
        "type": "object",
        "required": ["field", "code", "message"],
        "properties": {"field": text, "code": text, "message": text},
    }
    return {
        "type": "object",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "code": text,
            "detail": text,
            "errors": {"type": "array", "items": error},
        },
    }
