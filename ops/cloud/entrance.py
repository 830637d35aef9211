"""How every command of a stage begins: by the stage's name, in the account that the environment names."""

from ops.cloud.account import Account
from ops.cloud.configuration import Configuration
from ops.cloud.stage import Stage
from ops.errors import OperatorError


def enter(name: str, *, known: bool = True) -> tuple[Stage, Account, Configuration]:
    """A stage, the account and region of the environment, and the stage's configuration.

    Raises OperatorError where the stage lives elsewhere, and where it must be `known` and has no entry.
    """
    stage, account = Stage.named(name), Account()
    configuration = Configuration(stage)
    if known and not configuration.known:
        raise OperatorError(f"there is no stage {name}: `python -m ops provision --stage {name}` makes it one")
    configuration.check_place(account)
    return stage, account, configuration
