"""What is imported when it is first used: a cold start waits for no moderator."""

from importlib import import_module
from typing import Any


class Later:
    """Something of a module, under its own name, that is imported when it is first asked for."""

    def __init__(self, module: str, name: str) -> None:
        self.__module__ = module
        self.__name__ = name

    @property
    def __wrapped__(self) -> Any:
        """What it stands for, where the standard library looks for that too (functools.update_wrapper)."""
        return getattr(import_module(self.__module__), self.__name__)

    def __call__(self, *given: Any, **named: Any) -> Any:
        """Call what it stands for."""
        return self.__wrapped__(*given, **named)


class LaterModule:
    """A module whose names stand for what they will be."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        """A name of the module; whether there is one, a test asks of every row."""
        return Later(self._module, name)


def later(module: str) -> LaterModule:
    """A module of chalicelib, such as `actions.decisions`, to be imported when it is first used."""
    return LaterModule(f"chalicelib.{module}")


def arrived(thing: Any) -> Any:
    """What something stands for, which is itself if it is here already."""
    return thing.__wrapped__ if isinstance(thing, Later) else thing
