"""Python values as DynamoDB attribute values and back. Numbers are integers; None is no attribute at all."""

from typing import Any

Value = str | int | bool | bytes | set[bytes] | set[str] | list[str] | dict[str, Any] | None
Item = dict[str, Any]


def to_attribute(value: Value) -> dict[str, Any]:
    """One value in DynamoDB's JSON. Raises TypeError for what the table never holds."""
    match value:
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case str():
            return {"S": value}
        case bytes():
            return {"B": value}
        case set() if value:
            return {"BS" if isinstance(next(iter(value)), bytes) else "SS": sorted(value)}
        case list():
            return {"L": [to_attribute(part) for part in value]}
        case dict():
            return {"M": to_item(value)}
    raise TypeError(f"no attribute can hold a {type(value).__name__}")


def from_attribute(attribute: dict[str, Any]) -> Any:
    """One of DynamoDB's attribute values as a Python value; numbers become int."""
    ((kind, value),) = attribute.items()
    match kind:
        case "N":
            return int(value)
        case "B":
            return bytes(value)
        case "BS":
            return {bytes(part) for part in value}
        case "SS":
            return set(value)
        case "L":
            return [from_attribute(part) for part in value]
        case "M":
            return from_item(value)
    return value


def to_item(values: dict[str, Any]) -> dict[str, Any]:
    """A dictionary as a DynamoDB item, leaving out what is None."""
    return {name: to_attribute(value) for name, value in values.items() if value is not None}


def from_item(item: dict[str, Any]) -> Item:
    """A DynamoDB item as a dictionary."""
    return {name: from_attribute(attribute) for name, attribute in item.items()}
