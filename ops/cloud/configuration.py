"""What Chalice must know of a stage: its entry in `.chalice/config.json`, and a policy file for each function."""

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib import settings
from chalicelib.settings import variable
from ops.cloud.account import Account, Anywhere
from ops.cloud.policies import policy
from ops.cloud.stage import API_HANDLER, APP, FUNCTIONS, ROLL_UP, Stage
from ops.cloud.steps import Step
from ops.errors import OperatorError

FOLDER = Path(".chalice")
ROLL_UP_SECONDS = 60
"""How long a roll-up may run: the next one begins then."""
DEPLOYED = {"TRIBUNE_TRUSTED_HOPS": "1", "TRIBUNE_PROXY_SECRET": "site", "TRIBUNE_REQUESTS_PER_MINUTE": "600"}
"""Settings of a stage on AWS where the operator says nothing else: ready for a CDN, and no one address may run up
a bill. Hops are believed only of requests that carry the proxy's secret, so they do no harm without a CDN."""


class Configuration:
    """The files in `.chalice/` of the project in `root`, as far as they are about one stage."""

    def __init__(self, stage: Stage, root: Path = Path(".")) -> None:
        self._stage = stage
        self._folder = root / FOLDER

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of the stage, as its functions will have them."""
        entry = complete(self._stage, self._config().get("stages", {}).get(self._stage.name, {}))
        variables: dict[str, str] = (
            self._config().get("environment_variables", {}) | entry["environment_variables"]
        )
        return variables

    def settings(self) -> settings.Settings:
        """The settings of the stage. Raises OperatorError naming those that cannot be used."""
        try:
            return settings.read(self.environment)
        except settings.SettingsError as error:
            raise OperatorError(f"{self._folder / 'config.json'}: {error}") from error

    def table(self, changes: Mapping[str, str]) -> str:
        """The name of the stage's table after `changes`."""
        return changes.get(variable("table")) or self.settings().table

    @property
    def known(self) -> bool:
        """Whether the stage has an entry."""
        return self._stage.name in self._config().get("stages", {})

    @property
    def traced(self) -> bool:
        """Whether the stage's functions are traced by X-Ray."""
        config = self._config()
        entry: Mapping[str, Any] = config.get("stages", {}).get(self._stage.name, {})
        return bool(entry.get("xray", config.get("xray")))

    @property
    def options(self) -> dict[str, Any]:
        """What `finish` was told of the stage: Chalice leaves this part of its entry alone."""
        told: dict[str, Any] = self._config().get("stages", {}).get(self._stage.name, {}).get(APP, {})
        return told

    def keep_options(self, options: Mapping[str, Any]) -> Step:
        """Remember what `finish` was told, so that it need not be told again."""

        def content() -> Any:
            config = self._config()
            config.setdefault("stages", {}).setdefault(self._stage.name, {})[APP] = dict(options)
            return config

        return self._file("config.json", content)

    def steps(self, account: Account | Anywhere, changes: Mapping[str, str]) -> list[Step]:
        """The stage's entry, with `changes` to its environment variables, and its policy files."""
        table = self.table(changes)
        return [
            self._file("config.json", lambda: self._with_stage(changes)),
            *(
                self._file(self._stage.policy_file(name), partial(self._policy, account, table, name))
                for name in FUNCTIONS
            ),
        ]

    def _with_stage(self, changes: Mapping[str, str]) -> Any:
        config = self._config()
        stages = config.setdefault("stages", {})
        entry = complete(self._stage, stages.get(self._stage.name, {}))
        entry["environment_variables"] |= changes
        try:
            settings.read(config.get("environment_variables", {}) | entry["environment_variables"])
        except settings.SettingsError as error:
            raise OperatorError(str(error)) from error
        stages[self._stage.name] = entry
        return config

    def _policy(self, account: Account | Anywhere, table: str, name: str) -> Any:
        return policy(
            name,
            account.arn("dynamodb", f"table/{table}"),
            account.arn("logs", f"log-group:{self._stage.log_group(name)}"),
            xray=self.traced,
        )

    def _config(self) -> dict[str, Any]:
        path = self._folder / "config.json"
        try:
            config: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise OperatorError(f"{path} cannot be read ({error}): run this in the project's folder") from error
        return config

    def _file(self, name: str, content: Callable[[], Any]) -> Step:
        path = self._folder / name

        def lacking() -> str | None:
            wanted = content()
            if not path.exists():
                return "write it"
            return None if json.loads(path.read_text("utf-8")) == wanted else "rewrite it"

        def write() -> None:
            text = json.dumps(content(), indent=2, ensure_ascii=False) + "\n"
            beside = path.with_suffix(".new")
            beside.write_text(text, "utf-8")
            os.replace(beside, path)  # so that an interrupted write leaves the former file whole

        return Step(str(path), lacking, write)


def complete(stage: Stage, given: Mapping[str, Any]) -> dict[str, Any]:
    """A stage's entry with all it needs; what the operator has written stays."""
    policies = {name: {"iam_policy_file": stage.policy_file(name)} for name in FUNCTIONS}
    needed = {
        "api_gateway_stage": stage.name,
        "tags": stage.tags,
        "environment_variables": {"TRIBUNE_TABLE": stage.table} | DEPLOYED,
        "lambda_functions": {
            API_HANDLER: policies[API_HANDLER],
            ROLL_UP: {"lambda_timeout": ROLL_UP_SECONDS} | policies[ROLL_UP],
        },
    }
    return _merged(needed, given)


def _merged(needed: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(needed)
    for key, value in given.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
