"""What Chalice must know of a stage: its entry in `.chalice/config.json`, and a policy file for each function."""

import json
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from chalicelib.settings import Settings, SettingsError, read, variable
from ops.cloud.account import Account, Anywhere
from ops.cloud.policies import policy
from ops.cloud.stage import API_HANDLER, APP, FUNCTIONS, ROLL_UP, Stage
from ops.cloud.steps import Step
from ops.errors import OperatorError

FOLDER = Path(".chalice")
PLACE = ("account", "region")
RESERVED = "reserved_concurrency"
"""Chalice's key for the environments that a function reserves."""
ROLL_UP_SECONDS = 60
"""How long a roll-up may run: the next one begins then."""
DEPLOYED = {"TRIBUNE_TRUSTED_HOPS": "1", "TRIBUNE_PROXY_SECRET": "site", "TRIBUNE_REQUESTS_PER_MINUTE": "600"}
"""Settings of a stage on AWS where the operator says nothing else: ready for a CDN, and no one address may run up
a bill. Hops are believed only of requests that carry the proxy's secret, so they do no harm without a CDN."""


class Configuration:
    """The files in `.chalice/` of the project, as far as they are about one stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables of the stage, as its functions will have them."""
        shared: dict[str, str] = self._config().get("environment_variables", {})
        return {**shared, **complete(self._stage, self._entry)["environment_variables"]}

    def settings(self) -> Settings:
        """The settings of the stage. Raises OperatorError naming those that cannot be used."""
        return self._check(self.environment)

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
        return bool(self._entry.get("xray", self._config().get("xray")))

    @property
    def options(self) -> dict[str, Any]:
        """What `finish` was told of the stage."""
        return {name: value for name, value in self._own.items() if name not in PLACE}

    def check_place(self, account: Account) -> None:
        """Raise OperatorError where the stage lives in another account or region than this one.

        Roles, the budget and the CDN bear the same names in every region: a deploy to a second one would take
        them away from the first.
        """
        lives = {name: self._own.get(name) for name in PLACE if self._own.get(name)}
        here = place_of(account)
        if any(here[name] != value for name, value in lives.items()):
            raise OperatorError(
                f"stage {self._stage.name} lives in account {lives.get('account')}, region {lives.get('region')}, "
                f"and this is account {account.id}, region {account.region}: change the environment, or take "
                "another stage"
            )

    def steps(self, account: Account | Anywhere, changes: Mapping[str, str]) -> list[Step]:
        """The stage's entry, with `changes` to its environment variables, and its policy files.

        Raises OperatorError, before any step is taken, for settings that cannot be used.
        """
        table = self.table(changes)
        self._check({**self.environment, **changes})

        def edit(entry: dict[str, Any]) -> None:
            entry["environment_variables"] |= changes
            if isinstance(account, Account):
                entry.setdefault(APP, {}).update(place_of(account))

        return [
            self.change(edit),
            *(
                self._file(self._stage.policy_file(name), partial(self._policy, account, table, name))
                for name in FUNCTIONS
            ),
        ]

    def change(self, edit: Callable[[dict[str, Any]], object]) -> Step:
        """The stage's entry, complete and then edited."""

        def content() -> Any:
            config = self._config()
            stages = config.setdefault("stages", {})
            entry = complete(self._stage, stages.get(self._stage.name, {}))
            edit(entry)
            stages[self._stage.name] = entry
            return config

        return self._file("config.json", content)

    def keep_options(self, options: Mapping[str, Any]) -> Step:
        """Remember what `finish` was told, so that it need not be told again; Chalice leaves that part alone."""
        return self.change(lambda entry: entry.setdefault(APP, {}).update(options))

    def keep_concurrency(self, environments: int | None) -> Step:
        """Have Chalice reserve as many environments as `finish` did: without, each deploy would give them up."""

        def edit(entry: dict[str, Any]) -> None:
            function = entry["lambda_functions"][API_HANDLER]
            function.pop(RESERVED, None)
            if environments is not None:
                function[RESERVED] = environments

        return self.change(edit)

    def forget(self, *names: str) -> Step:
        """The stage without some of its environment variables."""

        def edit(entry: dict[str, Any]) -> None:
            for name in names:
                entry["environment_variables"].pop(name, None)

        return self.change(edit)

    def start_over(self) -> Step:
        """The stage as one that was never deployed: what is gone with its table, doors and place is forgotten."""

        def edit(entry: dict[str, Any]) -> None:
            entry.pop(APP, None)
            entry["lambda_functions"][API_HANDLER].pop(RESERVED, None)
            entry["environment_variables"][variable("table")] = self._stage.table
            entry["environment_variables"].pop(variable("public_url"), None)

        return self.change(edit)

    @property
    def _entry(self) -> Mapping[str, Any]:
        entry: Mapping[str, Any] = self._config().get("stages", {}).get(self._stage.name, {})
        return entry

    @property
    def _own(self) -> Mapping[str, Any]:
        own: Mapping[str, Any] = self._entry.get(APP, {})
        return own

    def _check(self, environment: Mapping[str, str]) -> Settings:
        try:
            return read(environment)
        except SettingsError as error:
            raise OperatorError(f"{FOLDER / 'config.json'}: {error}") from error

    def _policy(self, account: Account | Anywhere, table: str, name: str) -> Any:
        return policy(
            name,
            account.arn("dynamodb", f"table/{table}"),
            account.arn("logs", f"log-group:{self._stage.log_group(name)}"),
            xray=self.traced,
        )

    def _config(self) -> dict[str, Any]:
        path = FOLDER / "config.json"
        try:
            config: dict[str, Any] = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise OperatorError(f"{path} cannot be read ({error}): run this in the project's folder") from error
        return config

    def _file(self, name: str, content: Callable[[], Any]) -> Step:
        path = FOLDER / name

        def lacking() -> str | None:
            wanted = content()
            if not path.exists():
                return "write it"
            return None if _parsed(path) == wanted else "rewrite it"

        def write() -> None:
            text = json.dumps(content(), indent=2, ensure_ascii=False) + "\n"
            beside = path.with_suffix(".new")
            beside.write_text(text, "utf-8")
            os.replace(beside, path)  # so that an interrupted write leaves the former file whole

        return Step(str(path), lacking, write)


def _parsed(path: Path) -> Any:
    """What a file holds, None where that is no JSON."""
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        return None


def place_of(account: Account) -> dict[str, str]:
    """Where a stage lives, as its entry tells it."""
    return {"account": account.id, "region": account.region}


def complete(stage: Stage, given: Mapping[str, Any]) -> dict[str, Any]:
    """A stage's entry with all it needs; what the operator has written stays.

    Raises OperatorError for a gateway stage of another name: it would be deployed, and then not be found.
    """
    if given.get("api_gateway_stage", stage.name) != stage.name:
        raise OperatorError(
            f"remove `api_gateway_stage` from stage {stage.name} in .chalice/config.json: it is the stage's name"
        )
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
