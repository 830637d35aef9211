"""A client in the process and one over loopback see the same tables; what is no request is turned away."""

import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from ops.engine import Endpoint, Engine, EngineError

KEY = {"pk": {"S": "A#1"}, "sk": {"S": "c1"}}
HEADERS = {"X-Amz-Target": "DynamoDB_20120810.ListTables"}


@pytest.fixture
def engine(open_engine, call, schema) -> Engine:
    engine: Engine = open_engine()
    call(engine, "CreateTable", **schema)
    return engine


@pytest.fixture
def endpoint(engine: Engine) -> Endpoint:
    return engine.listen()


@pytest.fixture
def connection(endpoint: Endpoint) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(urlsplit(endpoint.url).netloc, timeout=10)
    yield connection
    connection.close()


def a_client(url: str, region: str = "eu-west-3") -> Any:
    session = boto3.session.Session("any", "thing", region_name=region)
    once = Config(retries={"total_max_attempts": 1})
    return session.client("dynamodb", endpoint_url=url, config=once)


def test_a_client_in_the_process_reaches_the_engine_without_a_socket(engine):
    client = a_client("http://nowhere.invalid")
    engine.attach(client)
    client.put_item(TableName="tribune", Item={**KEY, "readers": {"BS": [b"\x00\xff", b"b"]}})
    item = client.get_item(TableName="tribune", Key=KEY)["Item"]
    assert sorted(item["readers"]["BS"]) == [b"\x00\xff", b"b"]
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        client.put_item(TableName="tribune", Item=KEY, ConditionExpression="attribute_not_exists(pk)")


def test_clients_of_any_region_and_key_see_the_same_table(engine, endpoint):
    inside, outside = a_client("http://nowhere.invalid"), a_client(endpoint.url, region="us-east-1")
    engine.attach(inside)
    inside.put_item(TableName="tribune", Item={**KEY, "text": {"S": "été"}})
    assert outside.get_item(TableName="tribune", Key=KEY)["Item"]["text"] == {"S": "été"}
    outside.close()


def send(connection: http.client.HTTPConnection, **headers: str) -> tuple[int, bytes]:
    connection.request("POST", "/", b"{}", {**HEADERS, **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_one_connection_carries_many_requests(connection):
    answers = {send(connection)}
    local = connection.sock.getsockname()
    answers.add(send(connection))
    assert connection.sock.getsockname() == local
    assert [(status, json.loads(body)) for status, body in answers] == [(200, {"TableNames": ["tribune"]})]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({"Content-Length": str(20 * 1024 * 1024 + 1)}, 413, id="too large"),
        pytest.param({"Content-Length": "9" * 5000}, 413, id="far too large"),
        pytest.param({"Content-Length": "-1"}, 411, id="negative length"),
        pytest.param({"Transfer-Encoding": "chunked"}, 411, id="no length"),
        pytest.param({"Content-Length": "2", "Host": "a-page-elsewhere.example:80"}, 403, id="foreign name"),
    ],
)
def test_a_body_that_is_not_welcome_is_not_read(connection, headers, status):
    connection.putrequest("POST", "/", skip_host=True)
    for name, value in {"Host": "127.0.0.1", **HEADERS, **headers}.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == status
    assert answer.getheader("Connection") == "close"


def test_only_requests_of_dynamodb_are_answered(connection):
    status, body = send(connection, **{"X-Amz-Target": ""})
    assert (status, json.loads(body)["__type"]) == (400, "UnknownOperationException")
    connection.request("GET", "/")
    assert connection.getresponse().status == 501


def test_a_request_cut_short_is_not_run(endpoint, engine, call):
    address = urlsplit(endpoint.url)
    body = json.dumps({"TableName": "tribune", "Item": KEY})
    head = f"POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: X.PutItem\r\nContent-Length: {len(body) + 1}\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(f"{head}\r\n{body}".encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert call(engine, "Scan", TableName="tribune")["Count"] == 0


def test_closing_hangs_up_on_idle_connections_and_frees_the_port(engine, endpoint, connection):
    assert send(connection)[0] == 200
    endpoint.close()
    endpoint.close()
    assert connection.sock.recv(1) == b""
    again = engine.listen(urlsplit(endpoint.url).port)
    assert again.url == endpoint.url


def test_a_port_in_use_is_refused_with_a_sentence(engine, endpoint):
    with pytest.raises(EngineError, match="cannot be listened on: Address already in use"):
        engine.listen(urlsplit(endpoint.url).port)


def test_a_client_of_a_closed_engine_is_told(engine):
    client = a_client("http://nowhere.invalid")
    engine.attach(client)
    engine.close()
    with pytest.raises(EngineError, match="closed"):
        client.list_tables()
