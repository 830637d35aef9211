"""Reading what came in: JSON, JSON in plain text, forms and queries, each into its model or a refusal."""

from typing import Any
from urllib.parse import parse_qsl

from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from chalicelib.api.fields import FORM_NAMES, FORM_NOTHING
from chalicelib.api.route import Request, Route
from chalicelib.errors import (
    FIELD_CODES,
    BadRequest,
    FieldProblem,
    InvalidFields,
    Params,
    TooLarge,
    UnsupportedType,
)
from chalicelib.settings import Settings

JSON_TYPES = ("application/json", "text/plain")
LONGEST_CHARACTER = 12
"""Bytes that a character takes at most, as an escaped surrogate pair in JSON or percent-encoded in a form."""
ROOM = 32 * 1024
"""Bytes for everything in a body that is not a comment's text."""
MOST_FORM_FIELDS = 200
CODES = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "literal_error": "invalid_choice",
    "string_pattern_mismatch": "invalid_format",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "too_long": "too_many",
    "too_short": "required",
}
"""Our codes for what pydantic finds; all else it finds is a wrong type."""


def largest_body(settings: Settings) -> int:
    """Bytes of the largest body that any valid request may have."""
    return ROOM + LONGEST_CHARACTER * settings.max_content


def read_body(route: Route, request: Request, settings: Settings) -> dict[str, Any]:
    """The fields of a row's body. Raises TooLarge, UnsupportedType, BadRequest and InvalidFields."""
    limit = largest_body(settings)
    if len(request.body) > limit:
        raise TooLarge(limit=limit)
    model = route.body
    if model is None or (not model.model_fields and not request.body):
        return {}
    if request.is_form:
        return validated(model, form_fields(model, request.body), settings, strict=False)
    if request.media_type not in JSON_TYPES or not _is_utf8(request):
        raise UnsupportedType()
    return validated(model, json_object(request.body), settings, strict=True)


def read_query(route: Route, request: Request, settings: Settings) -> dict[str, Any]:
    """The fields of a row's query. Raises InvalidFields; a parameter may be repeated only if it is a list."""
    model = route.parameters
    if model is None:
        unknown = [FieldProblem(name, "unknown_field") for name in request.query]
        if unknown:
            raise InvalidFields(unknown)
        return {}
    return validated(model, _unlisted(model, request.query), settings, strict=False)


def json_object(body: bytes) -> dict[str, Any]:
    """A JSON object: UTF-8, finite numbers, bounded depth. Raises BadRequest, InvalidFields for no object."""
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise BadRequest("invalid_json") from error
    if not isinstance(value, dict):
        raise InvalidFields([])
    return value


def form_fields(model: type[BaseModel], body: bytes) -> dict[str, Any]:
    """The fields of a form that are ours, under our names or WordPress's; ours win. Raises BadRequest."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FORM_FIELDS
        )
    except ValueError as error:
        raise BadRequest("invalid_form") from error
    names = FORM_NAMES.get(model, {})
    own: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in model.model_fields:
            own.setdefault(name, []).append(value)
        elif name in names and FORM_NOTHING.get(name) != value:
            other.setdefault(names[name], []).append(value)
    return _unlisted(model, other | own)


def validated(
    model: type[BaseModel], fields: dict[str, Any], settings: Settings, *, strict: bool
) -> dict[str, Any]:
    """Fields by their rules: those given, and the defaults of the others. Raises InvalidFields with all problems.

    Where a field left out differs from null the model has no required field, and only what was given comes back.
    """
    context = {"max_content": settings.max_content}
    try:
        checked = model.model_validate(fields, strict=strict, context=context)
    except ValidationError as error:
        raise InvalidFields([_problem(model, dict(item)) for item in error.errors()]) from error
    return {name: getattr(checked, name) for name in checked.model_fields_set}


def _unlisted(model: type[BaseModel], given: dict[str, list[str]]) -> dict[str, Any]:
    """Single values for all but lists. Raises InvalidFields where one is repeated."""
    fields: dict[str, Any] = {}
    repeated = []
    for name, values in given.items():
        field = model.model_fields.get(name)
        if field is not None and field.annotation == list[str]:
            fields[name] = values
        elif len(values) > 1:
            repeated.append(FieldProblem(name, "repeated_field"))
        else:
            fields[name] = values[0]
    if repeated:
        raise InvalidFields(repeated)
    return fields


def _problem(model: type[BaseModel], error: dict[str, Any]) -> FieldProblem:
    name = str(error["loc"][0]) if error["loc"] else ""
    kind, context = error["type"], error.get("ctx", {})
    field = model.model_fields.get(name)
    if kind in FIELD_CODES and "max_length" not in context:  # a rule of ours, not pydantic's of that name
        return FieldProblem(name, kind, context)
    if kind.endswith("_type") and error["input"] is None:
        return FieldProblem(name, "required")
    params: Params = {}
    if kind == "literal_error":
        params = {"expected": context["expected"]}
    elif kind == "too_long":
        params = {"limit": context["max_length"]}
    elif CODES.get(kind) == "out_of_range" and field is not None:
        bounds = [bound for bound in field.metadata if isinstance(bound, Ge | Le)]
        params = {("minimum" if isinstance(bound, Ge) else "maximum"): _whole(bound) for bound in bounds}
    return FieldProblem(name, CODES.get(kind, "invalid_type"), params)


def _whole(bound: Ge | Le) -> int:
    return int(str(bound.ge if isinstance(bound, Ge) else bound.le))


def _is_utf8(request: Request) -> bool:
    parameters = request.headers.get("content-type", "").lower().partition(";")[2]
    charset = parameters.partition("charset=")[2].partition(";")[0].strip().strip('"')
    return charset in ("", "utf-8", "utf8", "us-ascii")
