"""One request, from its event to its line in the journal."""

import contextlib
from dataclasses import dataclass, field

from chalicelib import journal
from chalicelib.api.route import Answer, Route
from chalicelib.backend import Backend, Measure, clock

UNKNOWN = "unknown"
COMMENT_POSTED = "comments.post"


@dataclass
class Visit:
    """What is known of a request while it is answered. `backend` is None where the settings cannot be used."""

    backend: Backend | None
    cold_start: bool
    route: Route | None = None
    answer: Answer = field(default_factory=lambda: Answer(204))
    measure: Measure = field(init=False)

    def __post_init__(self) -> None:
        """Begin to measure."""
        self.measure = self.backend.measure() if self.backend else dict

    def answered(self, route: Route | None, answer: Answer) -> None:
        """Note what was answered, and by which row."""
        self.route, self.answer = route, answer

    def end(self, request_id: str, status: int) -> None:
        """Tell the journal: nothing that the request says of itself but its id, which the door gave it."""
        facts = {
            "request_id": request_id,
            "route": f"{self.route.method} {self.route.path}" if self.route else UNKNOWN,
            "status": status,
            "outcome": "ok",
            "cold_start": self.cold_start,
            **self.measure(),
            **self.answer.facts,
        }
        if self.backend is None:
            # Only Lambda has settings that nobody read before the first request: its standard output is the log.
            with contextlib.suppress(OSError):
                journal.standard_output(journal.line("request", clock(), UNKNOWN, facts))
            return
        metrics = list(self.answer.metrics)
        is_comment = self.route is not None and self.route.name == COMMENT_POSTED
        if is_comment and facts["outcome"] != "ok" and status < 500:
            metrics.append(journal.COMMENT_REFUSED)
        self.backend.tell("request", facts, metrics)
