"""How does ministack's DynamoDB module run as a library: in one account, with every change seen?"""

import hashlib
import json
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

from ministack.core.responses import (  # type: ignore[import-untyped]  # ships no types
    AccountRegionScopedDict,
    error_response_json,
    request_scope,
)
from ministack.services import dynamodb  # type: ignore[import-untyped]  # ships no types

from ops.engine.errors import EngineError
from ops.engine.rows import Changes, Rows
from ops.engine.windows import DERIVED, Item, Request, Table, Windows

ACCOUNT, REGION = "000000000000", "eu-west-3"

DEFINING = {
    *("CreateTable", "UpdateTable", "DeleteTable", "UpdateTimeToLive"),
    *("UpdateContinuousBackups", "TagResource", "UntagResource"),
}
# PartiQL, backups, imports, exports and streams go past the two functions that see every change.
OFFERED = DEFINING | {
    *("PutItem", "GetItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchGetItem", "BatchWriteItem"),
    *("TransactGetItems", "TransactWriteItems", "DescribeTable", "ListTables", "DescribeTimeToLive"),
    *("DescribeContinuousBackups", "ListTagsOfResource", "DescribeLimits"),
}

# The module's tables are global: one interpreter at a time.
_in_use = threading.Lock()


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Interpreter:
    """Not safe for threads: the engine's lock guards it."""

    def __init__(self) -> None:
        if not _in_use.acquire(blocking=False):
            raise EngineError("this process already has an engine open: close it first")
        self.changes = Changes()
        self._windows = Windows()
        hooks: dict[str, object] = {
            "_set_item": self._set_item,
            "_remove_item": self._remove_item,
            "_query": self._query,
            "_txn_token_store": self._store_token,
            "_ttl_settings": _Unreaped(),
            # Nobody reads a stream or a replica here: records would pile up for a day.
            "_emit_stream_event": lambda *_, **__: None,
            "_apply_replica_updates": lambda *_: refusal("ValidationException", "replicas are not offered"),
        }
        self._plain: dict[str, Callable[..., Any]] = {name: getattr(dynamodb, name) for name in hooks}
        for name, hook in hooks.items():
            setattr(dynamodb, name, hook)

    def close(self) -> None:
        self._clear()
        for name, plain in self._plain.items():
            setattr(dynamodb, name, plain)
        _in_use.release()

    def run(self, target: str, body: bytes) -> Answer:
        """One request; what it changed is added to `changes`."""
        action = target.rpartition(".")[2]
        if action not in OFFERED:
            return refusal("UnknownOperationException", f"this engine does not offer {action or 'that'}")
        if not body.lstrip().startswith(b"{"):
            return refusal("SerializationException", "the body of a request is a JSON object")
        call = dynamodb.handle_request("POST", "/", {"x-amz-target": target}, body, {})
        with request_scope(ACCOUNT, REGION):
            try:
                call.send(None)
            except StopIteration as done:
                answer = Answer(*done.value)
            if action in DEFINING:
                self._windows.forget()
                self.changes.definitions = self._definitions()
        return answer

    def expire(self, now: float) -> int:
        """Delete the items whose time to live is past; returns how many."""
        with request_scope(ACCOUNT, REGION):
            settings = [(name, ttl) for name, ttl in dynamodb._ttl_settings.items()]
            return sum(
                self._expire(dynamodb._tables[name], ttl["AttributeName"], now)
                for name, ttl in settings
                if ttl["TimeToLiveStatus"] == "ENABLED"
            )

    def _expire(self, table: Table, attribute: str, now: float) -> int:
        late = [
            (pk, sk)
            for pk, bucket in table["items"].items()
            for sk, item in bucket.items()
            if float(item.get(attribute, {}).get("N", "inf")) <= now
        ]
        for pk, sk in late:
            self._remove_item(table, pk, sk)
        return len(late)

    def load(self, rows: Rows) -> None:
        """Hold what the rows hold, and nothing else."""
        self._clear()
        with request_scope(ACCOUNT, REGION):
            for name, definition in rows.definitions().items():
                dynamodb._tables[name] = {**definition["table"], "items": defaultdict(dict)}
                for setting, store in _settings(definition["table"]):
                    if setting[0] in definition:
                        store[setting[1]] = definition[setting[0]]
            for (name, pk, sk), item in rows.items():
                dynamodb._tables[name]["items"][pk][sk] = item
            for table in dynamodb._tables.values():
                dynamodb._update_counts(table)
            for token, seen in rows.tokens().items():
                dynamodb._txn_idempotency[token] = {**seen, "signature": Signature(seen["signature"])}

    def _definitions(self) -> dict[str, dict[str, Any]]:
        return {
            table["TableName"]: {
                "table": {name: value for name, value in table.items() if name not in DERIVED},
                **{kind: store[key] for (kind, key), store in _settings(table) if key in store},
            }
            for table in dynamodb._tables.values()
        }

    def _clear(self) -> None:
        self.changes = Changes()
        self._windows.forget()
        for store in (dynamodb._tables, dynamodb._txn_idempotency, dynamodb._ttl_settings):
            store.clear()
        dynamodb._tags.clear()
        dynamodb._pitr_settings.clear()

    def _set_item(self, table: Table, pk: str, sk: str, item: Item) -> Item | None:
        old: Item | None = self._plain["_set_item"](table, pk, sk, item)
        self._note(table, pk, sk, old, item)
        return old

    def _remove_item(self, table: Table, pk: str, sk: str) -> Item | None:
        old: Item | None = self._plain["_remove_item"](table, pk, sk)
        if old is not None:
            self._note(table, pk, sk, old, None)
        return old

    def _note(self, table: Table, pk: str, sk: str, old: Item | None, new: Item | None) -> None:
        self.changes.items[table["TableName"], pk, sk] = new
        self._windows.replace(table, pk, sk, old, new)

    def _query(self, request: Request) -> Any:
        name = dynamodb._normalize_table_name(request.get("TableName"))
        table = dynamodb._tables.get(name) if isinstance(name, str) else None
        view = self._windows.view(table, request) if table else None
        if view is None:
            return self._plain["_query"](request)
        dynamodb._tables[name] = view
        try:
            return self._plain["_query"](request)
        finally:
            dynamodb._tables[name] = table

    def _store_token(self, token: str, outcome: dict[str, Any]) -> None:
        # The module would keep the whole request for ten minutes.
        outcome["signature"] = Signature.of(outcome["signature"])
        self._plain["_txn_token_store"](token, outcome)
        self.changes.tokens[token] = outcome


class Signature(str):
    """A digest that equals the request it was made of."""

    __slots__ = ()

    @classmethod
    def of(cls, request: Request) -> "Signature":
        return cls(hashlib.sha256(json.dumps(request, sort_keys=True).encode()).hexdigest())

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, Signature.of(other) if isinstance(other, dict) else other)

    __hash__ = str.__hash__


class _Unreaped(AccountRegionScopedDict):  # type: ignore[misc]  # ministack ships no types
    """Settings that the module's own expiry thread finds empty: it would delete behind the engine's lock."""

    def all_items(self) -> list[Any]:
        return []


def _settings(table: Table) -> list[tuple[tuple[str, str], Any]]:
    """Where the module keeps what belongs to a table: (kind, key), store."""
    name, arn = table["TableName"], table["TableArn"]
    return [
        (("ttl", name), dynamodb._ttl_settings),
        (("backups", name), dynamodb._pitr_settings),
        (("tags", arn), dynamodb._tags),
    ]


def refusal(code: str, message: str, status: int = 400) -> Answer:
    return Answer(*error_response_json(code, message, status))
