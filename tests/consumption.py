"""A DynamoDB that says what its calls consume: engines say it for some calls only, and each in its own way."""

from typing import Any


def reports(client: Any, units: float) -> None:
    """From now on every answer to a client says that the call consumed so much, if the call asks for it."""

    def asked(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["reported"] = params.get("ReturnConsumedCapacity") == "TOTAL"

    def report(parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: Any) -> None:
        parsed.pop("ConsumedCapacity", None)
        if context["reported"]:
            consumed = {"TableName": "t", "CapacityUnits": units}
            many = model.name in ("BatchGetItem", "TransactWriteItems")
            parsed["ConsumedCapacity"] = [consumed] if many else consumed

    client.meta.events.register("provide-client-params.dynamodb.*", asked)
    client.meta.events.register("after-call.dynamodb.*", report)
