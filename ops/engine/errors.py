"""What can be wrong with an engine or with the folder that keeps its state."""


class EngineError(Exception):
    """The engine cannot be opened, reached or used; the message is a sentence that says why."""


class StateError(EngineError):
    """The state folder cannot be used; the message is a sentence that names the remedy."""
