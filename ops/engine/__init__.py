"""The embedded DynamoDB: what `make serve` and `python -m ops` use in place of AWS."""

from ops.engine.doors import PLAIN, Endpoint
from ops.engine.engine import Engine
from ops.engine.errors import EngineError, StateError
from ops.engine.interpreter import Answer
from ops.engine.state import Store, open_store

__all__ = ["PLAIN", "Answer", "Endpoint", "Engine", "EngineError", "StateError", "Store", "open_store"]
