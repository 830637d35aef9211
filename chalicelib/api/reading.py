"""Reading what came in: JSON, JSON in plain text, forms and queries, each into its model or a refusal."""

import json
from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from chalicelib.api.fields import FORM_NAMES, FORM_NOTHING, Fields
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
    "string_too_long": "too_long",
    "string_too_short": "required",
}
"""Our codes for what pydantic finds; all else it finds is a wrong type."""


class Given(NamedTuple):
    """What came in for a model: a value by field, and the fields that came more than once."""

    fields: dict[str, Any]
    repeated: Collection[str] = ()
    strict: bool = False


def largest_body(settings: Settings) -> int:
    """Bytes of the largest body that any valid request may have."""
    return ROOM + LONGEST_CHARACTER * settings.max_content


def read(route: Route, request: Request, settings: Settings) -> dict[str, Any]:
    """The fields of a row's body and query, those given, by their rules.

    Raises TooLarge, UnsupportedType, BadRequest, and InvalidFields with all that is wrong in both.
    """
    parts = (
        (route.body or Fields, body_given(route, request, settings)),
        (route.parameters or Fields, _once(route.parameters or Fields, request.query)),
    )
    fields: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for model, given in parts:
        try:
            fields |= validated(model, given, settings)
        except InvalidFields as invalid:
            problems += invalid.problems
    if problems:
        raise InvalidFields(problems)
    return fields


def body_given(route: Route, request: Request, settings: Settings) -> Given:
    """What a row's body holds. Raises TooLarge, UnsupportedType, BadRequest, and InvalidFields for no object."""
    limit = largest_body(settings)
    if len(request.body) > limit:
        raise TooLarge(limit=limit)
    model = route.body
    if model is None or (not model.model_fields and not request.body):
        return Given({})
    if not (request.is_form or request.media_type in JSON_TYPES) or not _is_utf8(request):
        raise UnsupportedType()
    return form_given(model, request.body) if request.is_form else json_given(request.body)


def json_given(body: bytes) -> Given:
    """A JSON object: UTF-8, finite numbers, bounded depth. Raises BadRequest, InvalidFields for no object."""
    try:
        value = from_json(body, allow_inf_nan=False)
        # The same once more, no longer of any depth, for what is given twice: above, the last one wins.
        pairs = json.loads(body, object_pairs_hook=list) if isinstance(value, dict) else []
    except ValueError as error:
        raise BadRequest("invalid_json") from error
    if not isinstance(value, dict):
        raise InvalidFields([])
    times = Counter(name for name, _ in pairs)
    return Given(value, {name for name in times if times[name] > 1}, strict=True)


def form_given(model: type[BaseModel], body: bytes) -> Given:
    """The fields of a form that are ours, under our names or WordPress's; ours win. Raises BadRequest."""
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FORM_FIELDS
        )
    except ValueError as error:
        raise BadRequest("invalid_form") from error
    return _once(model, named(model, pairs))


def named(model: type[BaseModel], pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of a form by our names, under which or under WordPress's they came; ours win."""
    names = FORM_NAMES.get(model, {})
    own: dict[str, list[str]] = {}
    other: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in model.model_fields:
            own.setdefault(name, []).append(value)
        elif name in names and FORM_NOTHING.get(name) != value:
            other.setdefault(names[name], []).append(value)
    return other | own


def validated(model: type[BaseModel], given: Given, settings: Settings) -> dict[str, Any]:
    """The fields given, by their rules. Raises InvalidFields with all problems, in the order of the fields."""
    problems = [FieldProblem(name, "repeated_field") for name in given.repeated]
    try:
        checked = model.model_validate(
            given.fields, strict=given.strict, context={"max_content": settings.max_content}
        )
    except ValidationError as error:
        found = (_problem(model, dict(item)) for item in error.errors())
        problems += [problem for problem in found if problem.field not in given.repeated]
    if problems:
        places = {name: place for place, name in enumerate(model.model_fields)}
        raise InvalidFields(sorted(problems, key=lambda problem: places.get(problem.field, len(places))))
    return {name: getattr(checked, name) for name in checked.model_fields_set}


def _once(model: type[BaseModel], given: dict[str, list[str]]) -> Given:
    """Single values for all fields but lists, and which of them were given more than once."""
    lists = {name for name, field in model.model_fields.items() if field.annotation == list[str]}
    fields = {name: values if name in lists else values[-1] for name, values in given.items() if values}
    return Given(fields, {name for name, values in given.items() if len(values) > 1} - lists)


def _problem(model: type[BaseModel], error: dict[str, Any]) -> FieldProblem:
    name = str(error["loc"][0]) if error["loc"] else ""
    kind, context = error["type"], error.get("ctx", {})
    field = model.model_fields.get(name)
    if kind in FIELD_CODES and "max_length" not in context:  # a rule of ours, not pydantic's of that name
        return FieldProblem(name, kind, context)
    if error["input"] is None and len(error["loc"]) == 1 and kind != "extra_forbidden":
        return FieldProblem(name, "required")
    params: Params = {}
    if kind == "literal_error":
        params = {"expected": context["expected"]}
    elif kind in ("too_long", "string_too_long"):
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
