"""Writes chalicelib/storage/botocore_data: what the service needs of botocore's data, for a quick start on Lambda.

Run it after an upgrade of botocore, and when the service calls one more operation:
`python -m ops.build_botocore_data`.
"""

import json
from collections.abc import Iterator
from typing import Any

import botocore
from botocore.loaders import Loader

from chalicelib.storage.client import API_VERSION, DATA, SERVICE

OPERATIONS = (
    "BatchGetItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactWriteItems",
    "UpdateItem",
)
ENDPOINTS = (SERVICE, "oidc", "portal.sso", "sts")
"""By their endpoint prefixes: DynamoDB, and the services that credentials may come from."""

Model = dict[str, Any]


def main() -> None:
    for name, text in generated().items():
        path = DATA / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"{path} written from botocore {botocore.__version__}")


def generated() -> dict[str, str]:
    """The text of each file by its path in the folder, which is laid out as botocore's own.

    The rules of endpoints are small, and each botocore reads its own only: they do not ship.
    """
    data = Loader()
    whole = data.load_service_model(SERVICE, "service-2", API_VERSION)
    return {
        f"{SERVICE}/{API_VERSION}/service-2.json": _text(service_model(whole)),
        "endpoints.json": _text(endpoints(data.load_data("endpoints"))),
    }


def service_model(whole: Model) -> Model:
    """The model of the OPERATIONS and the shapes that they need, without documentation."""
    operations = {name: whole["operations"][name] for name in OPERATIONS}
    needed: set[str] = set()
    pending = set(shapes_in(operations))
    while pending:
        needed |= pending
        pending = {shape for name in pending for shape in shapes_in(whole["shapes"][name])} - needed
    shapes = {name: shape for name, shape in whole["shapes"].items() if name in needed}
    trimmed: Model = undocumented(whole | {"operations": operations, "shapes": shapes})
    return trimmed


def shapes_in(part: Any) -> Iterator[str]:
    """The names of the shapes that a part of a model refers to."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        if key == "shape" and isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            yield from shapes_in(value)


def undocumented(part: Any) -> Any:
    """A part of a model without the texts that explain it."""
    if isinstance(part, list):
        return [undocumented(value) for value in part]
    if not isinstance(part, dict):
        return part
    return {
        key: undocumented(value)
        for key, value in part.items()
        if not (key == "documentation" and isinstance(value, str))
    }


def endpoints(whole: Model) -> Model:
    """The list of endpoints, of every partition, with no other services than ENDPOINTS."""
    return whole | {"partitions": [_of_few_services(partition) for partition in whole["partitions"]]}


def _of_few_services(partition: Model) -> Model:
    services = {name: service for name, service in partition["services"].items() if name in ENDPOINTS}
    return partition | {"services": services}


def _text(data: Model) -> str:
    return json.dumps(data, indent=1) + "\n"


if __name__ == "__main__":
    main()
