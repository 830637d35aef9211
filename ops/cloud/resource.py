"""A resource of a stage, as an operator meets it: what it is, who made it, and how it goes."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Resource:
    """One thing in AWS. `maker` is the command that makes it, `tagged` whether it bears the stage's tags."""

    kind: str
    name: str
    maker: str
    tagged: bool
    exists: Callable[[], bool]
    remove: Callable[[], object]


PROVISION = "provision"
CHALICE = "chalice deploy"
FINISH = "finish"
