"""What is consumed: by one request, by one roll-up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Request:
    """One request; bytes are of its answer (headers, body as it is and gzipped) and of what it logs."""

    write_units: float
    read_units: float
    calls: float
    header_bytes: int
    body_bytes: int
    gzip_bytes: int
    log_bytes: int


@dataclass(frozen=True)
class RollUp:
    """A roll-up, or several on average: `articles` of the open hours, bytes of an hour's document."""

    write_units: float = 0
    read_units: float = 0
    calls: float = 0
    articles: float = 0
    log_bytes: float = 0
    hour_bytes: float = 0

    def __add__(self, other: "RollUp") -> "RollUp":
        """Both together."""
        return RollUp(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    def __mul__(self, times: float) -> "RollUp":
        """So many of them."""
        return RollUp(*(value * times for value in vars(self).values()))
