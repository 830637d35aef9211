"""The parts of a request that go with an expression in which an attribute is written `#name`."""

import re
from typing import Any

from chalicelib.storage.items import to_item

NAME = re.compile(r"#(\w+)")


def names(*expressions: str) -> dict[str, str]:
    """The name map of expressions in which an attribute is written `#name`."""
    return {f"#{name}": name for expression in expressions for name in NAME.findall(expression)}


def expression_parts(update: str, condition: str, values: dict[str, Any]) -> dict[str, Any]:
    """The condition, name and value parts of a request, each only where there is something in it."""
    parts: dict[str, Any] = {
        "ConditionExpression": condition,
        "ExpressionAttributeNames": names(update, condition),
        "ExpressionAttributeValues": to_item(values),
    }
    return {name: part for name, part in parts.items() if part}
