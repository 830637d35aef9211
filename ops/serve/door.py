"""The local HTTP door: a small threaded server that turns requests into the events API Gateway would send.

It listens on the loopback interface only. Pages of the demonstration are answered before the app is asked.
"""

import base64
import contextlib
import json
import uuid
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote

HOST = "127.0.0.1"
MOST_BYTES = 10 * 1024 * 1024
"""API Gateway's own limit of a request."""
IDLE_SECONDS = 30
DRAINED_SECONDS = 1
MOST_DRAINED = 64 * 1024 * 1024
"""Bytes of a body too large that are read and dropped: a client that is still sending hears no answer."""
PROBLEMS = {
    400: {
        "type": "urn:tribune:problem:unreadable_length",
        "title": "Unreadable length",
        "code": "unreadable_length",
        "detail": "The length of the body is missing or wrong. Send it again with its length.",
    },
    413: {
        "type": "urn:tribune:problem:too_large",
        "title": "Request too large",
        "code": "too_large",
        "detail": f"The body has more than {MOST_BYTES} bytes. Make it shorter.",
    },
}
"""What a gateway says before any app is asked, which it says in one language."""
BACKLOG = 128

App = Callable[[dict[str, Any], object], dict[str, Any]]
Page = tuple[int, dict[str, str], bytes]
Pages = Callable[[str, dict[str, str], str], Page | None]


class UnreadableBody(Exception):
    """The body's length is missing, wrong, or more than a gateway takes."""

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status


class Door(ThreadingHTTPServer):
    """Serves `app`, and `pages(path, query, host)` where it has one, on a loopback port (0 = any free one)."""

    daemon_threads = True
    request_queue_size = BACKLOG

    def __init__(self, port: int, app: App, pages: Pages | None = None) -> None:
        self.app = app
        self.pages = pages
        super().__init__((HOST, port), _Exchange)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a client that went away is no news, and its address is nobody's concern."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://{HOST}:{self.server_address[1]}"


class _Exchange(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Tribune"
    sys_version = ""
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body leave in one write
    server: Door

    def parse_request(self) -> bool:
        """Any method goes to the app: it knows which there are."""
        self.command = ""
        understood = super().parse_request()
        if understood and self.command:
            setattr(self, f"do_{self.command}", self._answer)
        return understood

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a request line may hold what a reader would not want kept."""

    def _answer(self) -> None:
        try:
            body = self._body()
        except UnreadableBody as error:
            self._refuse(error.status)
            return
        page = self._page() if self.command in ("GET", "HEAD") else None
        if page is None:
            answer = self.server.app(self._event(body), None)
            content = answer["body"].encode("utf-8", "surrogatepass")
            page = answer["statusCode"], dict(answer["headers"]), content
        status, headers, content = page
        if status not in (204, 304) and self.command != "HEAD":
            headers["Content-Length"] = str(len(content))
        self._send(status, headers, b"" if self.command == "HEAD" else content)

    def _refuse(self, status: int) -> None:
        """Say that the body cannot be read, and let most of what is still coming come."""
        self.close_connection = True
        content = json.dumps(PROBLEMS[status] | {"status": status}).encode()
        headers = {"Content-Type": "application/problem+json", "Content-Length": str(len(content))}
        self._send(status, headers | {"Connection": "close"}, content)
        self.connection.settimeout(DRAINED_SECONDS)
        left = MOST_DRAINED
        with contextlib.suppress(OSError):
            while left > 0 and (chunk := self.rfile.read1(min(left, 65_536))):
                left -= len(chunk)

    def _page(self) -> Page | None:
        if self.server.pages is None:
            return None
        path, _, query = self.path.partition("?")
        return self.server.pages(unquote(path), dict(parse_qsl(query)), self.headers.get("Host", ""))

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._chunks()
        length = self.headers.get("Content-Length", "0")
        if not length.isascii() or not length.isdigit():
            raise UnreadableBody(400)
        if int(length) > MOST_BYTES:
            raise UnreadableBody(413)
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise UnreadableBody(400)
        return body

    def _chunks(self) -> bytes:
        body = b""
        while True:
            size = self.rfile.readline(66).partition(b";")[0].strip()
            try:
                length = int(size, 16)
            except ValueError as error:
                raise UnreadableBody(400) from error
            if length < 0 or len(body) + length > MOST_BYTES:
                raise UnreadableBody(413)
            if length == 0:
                while self.rfile.readline(1_000).strip():
                    pass
                return body
            body += self.rfile.read(length)
            self.rfile.readline(3)

    def _event(self, body: bytes) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        headers: dict[str, list[str]] = {}
        for name, value in self.headers.items():
            headers.setdefault(name, []).append(value)
        if "X-Forwarded-Proto" not in self.headers:
            headers["X-Forwarded-Proto"] = ["http"]  # as a gateway says, which speaks HTTPS
        parameters: dict[str, list[str]] = {}
        for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
            parameters.setdefault(name, []).append(value)
        return {
            "path": path,
            "httpMethod": self.command,
            "headers": {name: values[-1] for name, values in headers.items()},
            "multiValueHeaders": headers,
            "multiValueQueryStringParameters": parameters or None,
            "pathParameters": None,
            "stageVariables": None,
            "requestContext": {
                "httpMethod": self.command,
                "path": path,
                "stage": "local",
                "requestId": str(uuid.uuid4()),
                "identity": {"sourceIp": self.client_address[0], "userAgent": self.headers.get("User-Agent")},
            },
            "body": base64.b64encode(body).decode() if body else None,
            "isBase64Encoded": bool(body),
        }
