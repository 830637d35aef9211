"""A stand-in for AWS: moto's server in a process of its own, with the few things put right that a deploy needs.

Run as a program, it serves on a free loopback port, which it prints. Its shims, each for what moto refuses and AWS
takes, or does not do and AWS does:

1. OpenAPI: moto imports version 3 only and wants a description, Chalice sends Swagger 2.0.
2. Mock integrations, which answer preflights: moto wants a URI and a method of them.
3. Invoking a function: moto would start a container. Here a child process imports the deployed zip, with the
   interpreter that LAMBDA_PYTHON names and the environment variables that Lambda would give it.
"""

import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from moto.apigateway.models import APIGatewayBackend
from moto.awslambda.models import LambdaFunction
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

Document = dict[str, Any]
WORKER = Path(__file__).with_name("lambda_worker.py")
ENVIRONMENTS: dict[tuple[str, str], "subprocess.Popen[str]"] = {}
UNPACKED: dict[str, str] = {}
"""Where code lies, by its hash."""


def as_openapi_3(document: Document) -> Document:
    """What Chalice sends, as moto takes it: shims 1 and 2."""
    if document.pop("swagger", None):
        document["openapi"] = "3.0.1"
    document.setdefault("info", {}).setdefault("description", "")
    for methods in document.get("paths", {}).values():
        for method in methods.values():
            integration = method.get("x-amazon-apigateway-integration") or {}
            if integration.get("type") == "mock":
                integration.setdefault("uri", "mock://")
                integration.setdefault("httpMethod", "POST")
    return document


def import_openapi_2() -> None:
    """Put shims 1 and 2 in place."""
    imported, put = APIGatewayBackend.import_rest_api, APIGatewayBackend.put_rest_api

    def import_rest_api(self: Any, api_doc: Document, fail_on_warnings: bool) -> Any:
        return imported(self, as_openapi_3(api_doc), fail_on_warnings)

    def put_rest_api(
        self: Any, function_id: str, api_doc: Document, fail_on_warnings: bool, mode: str = "merge"
    ) -> Any:
        return put(self, function_id, as_openapi_3(api_doc), fail_on_warnings, mode)

    APIGatewayBackend.import_rest_api = import_rest_api  # type: ignore[method-assign]
    APIGatewayBackend.put_rest_api = put_rest_api  # type: ignore[method-assign]


def run_functions(endpoint: str) -> None:
    """Put shim 3 in place."""

    def invoke(self: Any, event: Any = None) -> tuple[str, bool, str]:
        process = environment_of(self, endpoint)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(event) + "\n")
        process.stdin.flush()
        line = process.stdout.readline()
        answer = json.loads(line) if line else {"failure": "the process has ended"}
        if "failure" in answer:
            return json.dumps({"errorMessage": answer["failure"]}), True, ""
        return json.dumps(answer["result"]), False, ""

    LambdaFunction._invoke_lambda = invoke  # type: ignore[method-assign]


def environment_of(function: Any, endpoint: str) -> "subprocess.Popen[str]":
    """The process that runs a function's code: it holds what Lambda holds, and the stand-in's address."""
    key = (function.function_name, function.code_sha_256 + json.dumps(function.environment_vars, sort_keys=True))
    if key not in ENVIRONMENTS:
        folder = unpacked(function)
        given = {
            "AWS_ACCESS_KEY_ID": "role",
            "AWS_SECRET_ACCESS_KEY": "role",
            "AWS_SESSION_TOKEN": "role",
            "AWS_REGION": function.region,
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
            "LAMBDA_TASK_ROOT": folder,
            "_HANDLER": function.handler,
            "AWS_ENDPOINT_URL": endpoint,
        }
        ENVIRONMENTS[key] = subprocess.Popen(
            [os.environ["LAMBDA_PYTHON"], "-I", str(WORKER), folder, function.handler],
            env={**given, **function.environment_vars},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    return ENVIRONMENTS[key]


def unpacked(function: Any) -> str:
    """The folder of a function's code, which all functions of that code share."""
    if function.code_sha_256 not in UNPACKED:
        folder = tempfile.mkdtemp(prefix="lambda-")
        zipfile.ZipFile(io.BytesIO(function.code_bytes)).extractall(folder)
        UNPACKED[function.code_sha_256] = folder
    return UNPACKED[function.code_sha_256]


def main() -> None:
    """Serve until ended."""
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    endpoint = f"http://127.0.0.1:{server.server_port}"
    import_openapi_2()
    run_functions(endpoint)
    print(endpoint, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    sys.exit(main())
