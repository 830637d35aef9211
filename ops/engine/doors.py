"""How do requests reach the engine: from a botocore client in this process, or over loopback from another?"""

import io
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

from botocore import UNSIGNED
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.client import BaseClient
from botocore.compat import HTTPHeaders
from botocore.config import Config

from ops.engine.errors import EngineError
from ops.engine.interpreter import Answer

Respond = Callable[[str, bytes], Answer]

HOST = "127.0.0.1"
# DynamoDB itself takes 16 MB.
BODY_LIMIT = 20 * 1024 * 1024
CLOSING_SECONDS = 5
PLAIN = Config(signature_version=UNSIGNED, user_agent="tribune")
"""Of a client of the engine, which looks at nobody's signature: a third of a call goes into that and into naming
the sender."""


class _Raw(io.BytesIO):
    """A body as botocore reads it from urllib3."""

    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


def attach(client: BaseClient, respond: Respond) -> None:
    def answer(request: AWSPreparedRequest, **_: object) -> Any:
        status, headers, body = respond(_text(request.headers["X-Amz-Target"]), _bytes(request.body))
        return AWSResponse(str(request.url), status, HTTPHeaders.from_dict(headers), _Raw(body))

    client.meta.events.register("before-send.dynamodb", answer)


def _text(value: str | bytes) -> str:
    return value.decode("ascii") if isinstance(value, bytes) else value


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value or b"")


class Endpoint:
    """A loopback address that answers for the engine."""

    def __init__(self, respond: Respond, port: int) -> None:
        try:
            self._server = _Server((HOST, port), _Connection)
        except OSError as error:
            raise EngineError(f"{HOST}:{port} cannot be listened on: {error.strerror}") from error
        self._server.respond = respond
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.1},
            name="engine-endpoint",
            daemon=True,
        )
        self._thread.start()
        self.url = f"http://{HOST}:{self._server.server_address[1]}"

    def close(self) -> None:
        """Stop accepting, let the requests under way be answered, hang up."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server.hang_up()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128
    respond: Respond

    def __init__(self, *arguments: Any) -> None:
        self._connections: set[socket.socket] = set()
        self._changed = threading.Condition()
        super().__init__(*arguments)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        with self._changed:
            self._connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._changed:
            self._connections.discard(request)
            self._changed.notify_all()

    def hang_up(self) -> None:
        with self._changed:
            for connection in self._connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)
            self._changed.wait_for(lambda: not self._connections, CLOSING_SECONDS)


class _Connection(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    # Head and body leave in one packet.
    wbufsize = -1

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self._refuse(411)
        elif len(length) > 9 or int(length) > BODY_LIMIT:
            self._refuse(413)
        elif self.headers.get("Host", "").partition(":")[0] not in (HOST, "localhost"):
            # A page of a site that makes its own name point here is not a program of this machine.
            self._refuse(403)
        else:
            self._answer(self.rfile.read(int(length)), int(length))

    def _answer(self, body: bytes, length: int) -> None:
        if len(body) < length:
            self.close_connection = True
            return
        try:
            status, headers, answer = self.server.respond(self.headers.get("X-Amz-Target", ""), body)
        except EngineError:
            self._refuse(503)
            return
        self.send_response_only(status)
        for name, value in {**headers, "Content-Length": str(len(answer))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def _refuse(self, status: int) -> None:
        """Without a body, and without reading the request's."""
        self.send_response_only(status)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The engine's callers log."""
