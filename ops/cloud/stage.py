"""A stage and the names of all that belongs to it: what is named here is found again, and removed at the end."""

import re
from dataclasses import dataclass

from ops.errors import OperatorError

APP = "tribune"
API_HANDLER = "api_handler"
ROLL_UP = "roll_up_views"
FUNCTIONS = (API_HANDLER, ROLL_UP)
"""The functions that Chalice makes of app.py, by the names its configuration knows them by."""
NAME = re.compile(r"[a-z][a-z0-9-]{0,19}")


@dataclass(frozen=True)
class Stage:
    """One deployment of the service, such as `dev` or `prod`."""

    name: str

    @classmethod
    def named(cls, name: str) -> "Stage":
        """The stage of that name. Raises OperatorError if nothing in AWS could be named after it."""
        if not NAME.fullmatch(name):
            raise OperatorError(f"{name!r} names no stage: take up to 20 of a-z, 0-9 and -, a letter first")
        return cls(name)

    @property
    def label(self) -> str:
        """What names of resources begin with."""
        return f"{APP}-{self.name}"

    @property
    def table(self) -> str:
        """The DynamoDB table."""
        return self.label

    @property
    def restored_prefix(self) -> str:
        """What the names of tables begin with that were restored from the stage's."""
        return f"{self.label}-restored-"

    def function(self, name: str) -> str:
        """The Lambda function that `chalice deploy` makes for one of FUNCTIONS."""
        return self.label if name == API_HANDLER else f"{self.label}-{name}"

    @property
    def rule(self) -> str:
        """The EventBridge rule that `chalice deploy` makes for the timer."""
        return f"{self.function(ROLL_UP)}-event"

    def role(self, name: str) -> str:
        """The IAM role that `chalice deploy` makes for the function of that name."""
        return f"{self.label}-{name}"

    def log_group(self, name: str) -> str:
        """Where the function of that name logs."""
        return f"/aws/lambda/{self.function(name)}"

    @property
    def alert_topic(self) -> str:
        """The SNS topic that alarms and the budget write to."""
        return f"{self.label}-alerts"

    @property
    def budget(self) -> str:
        """The budget that tells of the bill."""
        return f"{self.label}-bill"

    def policy_file(self, name: str) -> str:
        """The file, in `.chalice/`, of what the function of that name may do."""
        return f"policy-{self.name}-{name.replace('_', '-')}.json"

    @property
    def tags(self) -> dict[str, str]:
        """What every resource is tagged with, as far as it can be."""
        return {"app": APP, "stage": self.name}


def tag_list(tags: dict[str, str]) -> list[dict[str, str]]:
    """Tags as most services want them."""
    return [{"Key": key, "Value": value} for key, value in sorted(tags.items())]
