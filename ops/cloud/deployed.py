"""What `chalice deploy` has made of a stage, found in AWS itself: a failed deploy leaves no record on disk."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ops.cloud.account import Account, look_for
from ops.cloud.resource import CHALICE, Resource
from ops.cloud.stage import API_HANDLER, APP, FUNCTIONS, Stage
from ops.errors import OperatorError

STACK_TAG = "aws:cloudformation:stack-name"
"""What CloudFormation tags everything with that it makes."""


class Deployed:
    """The REST API, the timer, the functions and the roles of a stage."""

    def __init__(self, account: Account, stage: Stage) -> None:
        self._gateway: Any = account.client("apigateway")
        self._lambda: Any = account.client("lambda")
        self._events: Any = account.client("events")
        self._iam: Any = account.client("iam")
        self._account = account
        self._stage = stage

    @cached_property
    def rest_api(self) -> str:
        """The id of the REST API. Raises OperatorError if there is none that calls the stage's function."""
        api = self.find_rest_api()
        if api is None:
            raise OperatorError(f"no API serves this stage: run `chalice deploy --stage {self._stage.name}` first")
        return api

    def find_rest_api(self) -> str | None:
        """The id of the REST API that calls the stage's function, None if there is none."""
        return next(self._rest_apis(), None)

    def _rest_apis(self) -> Iterator[str]:
        """The REST APIs that call the stage's function; Chalice names those of all stages alike."""
        for page in self._gateway.get_paginator("get_rest_apis").paginate():
            for api in page["items"]:
                if api["name"] == APP and self._calls_function(api["id"]):
                    yield str(api["id"])

    @property
    def api_stage(self) -> str:
        """The name of the API's stage, the first part of every path."""
        return self._stage.name

    @property
    def api_url(self) -> str:
        """Where the REST API answers."""
        return f"https://{self.api_host}/{self.api_stage}"

    @property
    def api_host(self) -> str:
        """The REST API's own host."""
        suffix = "amazonaws.com.cn" if self._account.partition == "aws-cn" else "amazonaws.com"
        return f"{self.rest_api}.execute-api.{self._account.region}.{suffix}"

    @property
    def api_function(self) -> str:
        """The name of the function behind the API. Raises OperatorError if it is not there."""
        name = self._stage.function(API_HANDLER)
        if self.function_arn(name) is None:
            raise OperatorError(
                f"there is no function {name}: run `chalice deploy --stage {self._stage.name}` first"
            )
        return name

    def function_arn(self, name: str) -> str | None:
        """The ARN of a function, None if there is none of that name."""
        answer = look_for(self._lambda.get_function_configuration, FunctionName=name)
        return answer and str(answer["FunctionArn"])

    def role_arn(self, name: str) -> str | None:
        """The ARN of a role, None if there is none of that name."""
        answer = look_for(self._iam.get_role, RoleName=name)
        return answer and str(answer["Role"]["Arn"])

    @property
    def stack(self) -> str | None:
        """The CloudFormation stack that made the API's function, None if none did."""
        answer = look_for(self._lambda.get_function, FunctionName=self._stage.function(API_HANDLER)) or {}
        stack: str | None = answer.get("Tags", {}).get(STACK_TAG)
        return stack

    def has_rule(self) -> bool:
        """Whether the timer's rule is there."""
        rules = self._events.list_rules(NamePrefix=self._stage.rule)["Rules"]
        return any(rule["Name"] == self._stage.rule for rule in rules)

    def resources(self) -> list[Resource]:
        """All of it, what calls before what is called."""
        functions = [self._stage.function(name) for name in FUNCTIONS]
        roles = [self._stage.role(name) for name in FUNCTIONS]
        return [
            Resource("REST API", APP, CHALICE, False, lambda: self.find_rest_api() is not None, self._remove_api),
            Resource("timer rule", self._stage.rule, CHALICE, False, self.has_rule, self._remove_rule),
            *map(self._function_resource, functions),
            *map(self._role_resource, roles),
        ]

    def _calls_function(self, api: str) -> bool:
        """Whether any method of an API is integrated with the stage's function."""
        called = f":function:{self._stage.function(API_HANDLER)}/invocations"
        for page in self._gateway.get_paginator("get_resources").paginate(restApiId=api, embed=["methods"]):
            for resource in page["items"]:
                for method in resource.get("resourceMethods", {}).values():
                    if called in (method.get("methodIntegration") or {}).get("uri", ""):
                        return True
        return False

    def _remove_api(self) -> None:
        for api in list(self._rest_apis()):
            self._gateway.delete_rest_api(restApiId=api)

    def _remove_rule(self) -> None:
        rule = self._stage.rule
        targets = [target["Id"] for target in self._events.list_targets_by_rule(Rule=rule)["Targets"]]
        if targets:
            self._events.remove_targets(Rule=rule, Ids=targets)
        self._events.delete_rule(Name=rule)

    def _function_resource(self, name: str) -> Resource:
        return Resource(
            "function",
            name,
            CHALICE,
            True,
            lambda: self.function_arn(name) is not None,
            lambda: self._lambda.delete_function(FunctionName=name),
        )

    def _role_resource(self, name: str) -> Resource:
        return Resource(
            "role", name, CHALICE, False, lambda: self.role_arn(name) is not None, lambda: self._remove_role(name)
        )

    def _remove_role(self, name: str) -> None:
        for policy in self._iam.list_role_policies(RoleName=name)["PolicyNames"]:
            self._iam.delete_role_policy(RoleName=name, PolicyName=policy)
        self._iam.delete_role(RoleName=name)
