"""How much CPU does the service itself take of a request, beside one bare call to DynamoDB?"""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.config import Config

import app
from chalicelib.api.door import Tribune
from chalicelib.storage.client import OPTIONS
from ops.bench.row import Row
from ops.bench.site import BROWSER, open_site, register

ARTICLE = "a1"
ROUNDS = 9
REQUESTS = 60
KEY = {"pk": {"S": "x"}, "sk": {"S": "x"}}


def rows() -> Iterator[Row]:
    """A list from memory and a counted view, as a share of one UpdateItem that is answered at once.

    Nothing goes through a socket, so the floor is lower and the ratios are higher than on AWS.
    """
    with open_site() as site, closing(client_answered_at_once()) as client:
        backend = site.environment()
        register(backend, ARTICLE)
        door = Tribune("tribune", app.ROUTES, lambda: backend)
        readers = count()

        def look() -> None:
            check_answered(door(event("GET", "/most-read", 0), None))

        def view() -> None:
            check_answered(door(event("POST", f"/articles/{ARTICLE}/views", next(readers)), None))

        def call() -> None:
            client.update_item(TableName=backend.table.name, Key=KEY)

        look()
        view()  # so that the environment remembers the list and the article
        backend.table.client = client
        floor, list_cost, view_cost = least_seconds(call, look, view)
    yield Row("CPU of a most-read list from memory", "-", f"x {list_cost / floor:.2f} of a bare call", None)
    yield Row("CPU of a counted view, its call included", "-", f"x {view_cost / floor:.2f} of a bare call", None)


def least_seconds(*works: Callable[[], None]) -> list[float]:
    """The least CPU time of each work in rounds taken in turn: other work on the machine only ever adds."""
    least = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for place, work in enumerate(works):
            began = time.process_time()
            for _ in range(REQUESTS):
                work()
            least[place] = min(least[place], time.process_time() - began)
    return least


def client_answered_at_once() -> Any:
    """A client with the service's options whose every call is answered with nothing, before it is sent."""

    def answer(request: Any, **_: Any) -> AWSResponse:
        return AWSResponse(request.url, 200, HTTPHeaders(), Nothing())

    session = boto3.session.Session("bench", "bench", region_name="eu-west-3")
    client: Any = session.client("dynamodb", config=Config(**OPTIONS))
    client.meta.events.register("before-send.dynamodb", answer)
    return client


class Nothing:
    """An empty JSON object, as botocore reads bodies."""

    def stream(self, *_: object, **__: object) -> list[bytes]:
        """All of it at once."""
        return [b"{}"]


def event(method: str, path: str, reader: int) -> dict[str, Any]:
    """What a Function URL sends for a request of the n-th reader."""
    address = f"10.{reader // 62_500}.{reader // 250 % 250}.{reader % 250 + 1}"
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"user-agent": BROWSER},
        "requestContext": {"http": {"method": method, "sourceIp": address}, "requestId": "bench"},
        "isBase64Encoded": False,
    }


def check_answered(answer: dict[str, Any]) -> None:
    """Raise RuntimeError for a refusal, which would be measured as something cheap."""
    if answer["statusCode"] != 200:
        raise RuntimeError(f"answered {answer['statusCode']}")
