"""The optional second door: the function's own URL, which costs nothing beside the function."""

from typing import Any

from ops.cloud.account import Account, look_for
from ops.cloud.resource import FINISH, Resource
from ops.cloud.stage import API_HANDLER, Stage
from ops.cloud.steps import Step

PERMISSIONS: dict[str, dict[str, Any]] = {
    "tribune-url": {"Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE"},
    "tribune-url-invoke": {"Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": True},
}
"""Both are needed for URLs made since October 2025 (AWS Lambda Developer Guide, access to function URLs)."""


class FunctionUrl:
    """The URL of the API's function, open to anyone like the REST API."""

    def __init__(self, account: Account, stage: Stage) -> None:
        self._client: Any = account.client("lambda")
        self._function = stage.function(API_HANDLER)

    @property
    def url(self) -> str | None:
        """Where the function answers, without a closing slash; None if it has no URL."""
        answer = look_for(self._client.get_function_url_config, FunctionName=self._function)
        return answer and str(answer["FunctionUrl"]).rstrip("/")

    def steps(self) -> list[Step]:
        """The URL, and who may call it: anyone."""
        return [
            Step("URL of the function", lambda: None if self.url else "make it", self._make),
            *(self._permission_step(sid, terms) for sid, terms in PERMISSIONS.items()),
        ]

    def resources(self) -> list[Resource]:
        """The URL. The permissions go with the function."""
        return [
            Resource(
                "function URL",
                self._function,
                f"{FINISH} --function-url",
                False,
                lambda: self.url is not None,
                lambda: self._client.delete_function_url_config(FunctionName=self._function),
            )
        ]

    def _make(self) -> None:
        self._client.create_function_url_config(FunctionName=self._function, AuthType="NONE")

    def _permission_step(self, sid: str, terms: dict[str, Any]) -> Step:
        def lacking() -> str | None:
            return None if f'"{sid}"' in self._policy() else "allow it"

        def allow() -> None:
            self._client.add_permission(FunctionName=self._function, StatementId=sid, Principal="*", **terms)

        return Step(f"permission {terms['Action']}", lacking, allow)

    def _policy(self) -> str:
        answer = look_for(self._client.get_policy, FunctionName=self._function)
        return str(answer["Policy"]) if answer else ""
