"""`make serve` as a process: what it keeps through a kill, what it says, and what works beside it."""

import json
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from ops.__main__ import main
from tests.ops.serving import Serving, environment, exchange, run_ops, serving
from tests.scene import MODERATOR, PUBLISHER

CONNECTIONS = 16
OPEN = {"TRIBUNE_MODERATION": "none", "TRIBUNE_COMMENT_INTERVAL": "0"}


def register(service: Serving, article_id: str = "a1") -> None:
    body = {"url": f"https://news.example.org/{article_id}", "title": f"Title {article_id}"}
    assert service.call("PUT", f"/articles/{article_id}", body, token=PUBLISHER)[0] in (200, 201)


def from_many_connections(service: Serving, count: int, send: Callable[[HTTPConnection, int], None]) -> None:
    """Send `count` requests, spread over 16 connections."""

    def work(first: int) -> None:
        connection = service.connection()
        try:
            for number in range(first, count, CONNECTIONS):
                send(connection, number)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(("comments", "views"), [(150, 1_000), pytest.param(500, 5_000, marks=pytest.mark.long)])
def test_all_that_was_acknowledged_is_there_once_after_a_kill(tmp_path: Path, comments: int, views: int) -> None:
    posted: list[str] = []
    counted: list[bool] = []

    def post(connection: HTTPConnection, number: int) -> None:
        body = {
            "author_name": f"Reader {number}",
            "author_email": f"reader{number}@example.org",
            "content": f"Comment {number}",
            "submission_id": f"submission-{number}",
        }
        status, comment = exchange(connection, "POST", "/articles/a1/comments", body)
        assert status == 201, comment
        posted.append(comment["id"])

    def view(connection: HTTPConnection, number: int) -> None:
        agent = {"User-Agent": f"Mozilla/5.0 (reader {number})"}
        status, answer = exchange(connection, "POST", "/articles/a1/views", **agent)
        assert status == 200, answer
        counted.append(answer["counted"])

    with serving(tmp_path, **OPEN) as service:
        register(service)
        from_many_connections(service, comments, post)
        from_many_connections(service, views, view)
        service.kill()

    # Of thousands of readers of one article in one hour a few may share their 4 bytes: those are repeats.
    acknowledged = sum(counted)
    assert acknowledged > views - 10
    assert run_ops(tmp_path, "roll-up").returncode == 0
    with serving(tmp_path, **OPEN) as service:
        _, article = service.call("GET", "/articles/a1")
        assert (article["comments"], article["views"]) == (comments, acknowledged)
        assert sorted(all_comments(service)) == sorted(posted)
        post_again, number = service.connection(), 7
        post(post_again, number)
        post_again.close()
        assert service.call("GET", "/articles/a1")[1]["comments"] == comments


def all_comments(service: Serving) -> list[str]:
    """The ids of all comments of the article, page by page."""
    ids: list[str] = []
    cursor = ""
    while True:
        _, page = service.call("GET", f"/articles/a1/comments?limit=100{cursor}")
        ids += [comment["id"] for comment in page["comments"]]
        if page["next_cursor"] is None:
            return ids
        cursor = f"&cursor={page['next_cursor']}"


def test_an_empty_store_fills_itself_with_a_demonstration_once(tmp_path: Path) -> None:
    with serving(tmp_path, DEMO="1") as service:
        status, page = service.call("GET", "/")
        assert status == 200
        assert "Les + Lus" in page
        first = service.call("GET", "/most-read?window=30d")[1]["articles"]
        assert len(first) == 5
        where = first[0]["url"].removeprefix(service.url)
        assert "Laisser un commentaire" in service.call("GET", where)[1]
    with serving(tmp_path, DEMO="1") as service:
        again = service.call("GET", "/most-read?window=30d")[1]["articles"]
        assert [row["views"] for row in again] == [row["views"] for row in first]
        assert service.call("GET", f"/articles/{first[0]['article_id']}")[1]["url"].startswith(service.url)


def test_without_the_demonstration_the_store_is_empty(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        assert f"{service.url}/moderation" in service.hello
        status, page = service.call("GET", "/moderation")
        assert (status, "<title>" in page) == (200, True)
        assert service.call("GET", "/most-read")[1]["articles"] == []
        assert service.call("GET", "/")[0] == 404


def test_tokens_made_by_the_service_are_kept_for_the_next_start(tmp_path: Path) -> None:
    unset = {"TRIBUNE_PUBLISHER_TOKEN": "", "TRIBUNE_MODERATOR_TOKEN": "", "TRIBUNE_ADMIN_TOKEN": ""}
    hellos = []
    for _ in range(2):
        with serving(tmp_path, **unset) as service:
            hellos.append([line for line in service.hello.splitlines() if "token" in line])

    assert hellos[0] == hellos[1]
    assert (tmp_path / "tokens.json").stat().st_mode & 0o077 == 0
    assert len(json.loads((tmp_path / "tokens.json").read_text())) == 3


def test_operator_commands_work_beside_a_running_service(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        made = run_ops(tmp_path, "tokens", "make", "publisher", "--note", "the CMS")
        token = made.stdout.strip()
        body = {"url": "https://news.example.org/a2", "title": "Two"}
        assert service.call("PUT", "/articles/a2", body, token=token)[0] == 201
        assert service.call("GET", "/moderation/comments", token=token)[0] == 403
        listed = run_ops(tmp_path, "tokens", "list").stdout
        assert "the CMS" in listed
        assert token not in listed
        assert run_ops(tmp_path, "tokens", "revoke", listed.split()[0]).returncode == 0
        assert run_ops(tmp_path, "tokens", "list").stdout == ""


def test_a_second_service_of_the_same_state_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path):
        second = run_ops(tmp_path, "serve")

    assert second.returncode == 2
    assert "in use" in second.stderr


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        pytest.param({"PORT": "http"}, "PORT", id="port that is no number"),
        pytest.param({"TRIBUNE_MAX_CONTENT": "many"}, "TRIBUNE_MAX_CONTENT", id="setting that is no number"),
        pytest.param({"TRIBUNE_ORIGINS": "example.org"}, "TRIBUNE_ORIGINS", id="origin without scheme"),
        pytest.param({"STATE": "/dev/null/state"}, "/dev/null/state", id="state that cannot be"),
    ],
)
def test_what_cannot_be_served_is_said_in_a_sentence(
    tmp_path: Path,
    variables: dict[str, str],
    named: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment(tmp_path, **variables).items():
        monkeypatch.setenv(name, value)

    assert main(["serve"]) == 2

    said = capsys.readouterr().err
    assert named in said
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with serving(tmp_path / "one") as service:
        port = service.url.rpartition(":")[2]
        second = run_ops(tmp_path / "two", "serve", PORT=port)

    assert second.returncode == 2
    assert port in second.stderr


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service that is asked for nothing that would change it."""
    with serving(tmp_path_factory.mktemp("door")) as service:
        yield service


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        pytest.param(b"POST /articles/a1/views HTTP/1.1\r\nContent-Length: x\r\n\r\n", 400, id="length"),
        pytest.param(b"POST /counts HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413, id="too much"),
        pytest.param(
            b"POST /articles/a1/views HTTP/1.1\r\nUser-Agent: Mozilla\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: text/plain\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            200,
            id="chunks",
        ),
        pytest.param(b"BREW /counts HTTP/1.1\r\n\r\n", 405, id="method nobody knows"),
    ],
)
def test_the_door_answers_what_a_gateway_would(door: Serving, request_bytes: bytes, status: int) -> None:
    connection = door.connection()
    connection.connect()
    connection.sock.sendall(request_bytes)
    answer = connection.sock.recv(20)
    connection.close()

    assert answer.startswith(f"HTTP/1.1 {status} ".encode())


def test_documents_lead_to_the_door_unless_a_proxy_before_it_speaks_https(door: Serving) -> None:
    told = {"": door.url, "https": door.url.replace("http:", "https:")}
    for scheme, url in told.items():
        status, page = door.call(
            "GET", "/most-read.html?as=page", **({"X-Forwarded-Proto": scheme} if scheme else {})
        )
        assert (status, f'href="{url}/embed/' in page) == (200, True)


def test_a_comment_held_by_default_reaches_the_queue(tmp_path: Path) -> None:
    body: dict[str, Any] = {"author_name": "Zoé", "author_email": "zoe@example.org", "content": "Bonjour"}
    with serving(tmp_path) as service:
        register(service)
        status, comment = service.call("POST", "/articles/a1/comments", body)
        queue = service.call("GET", "/moderation/comments", token=MODERATOR)[1]

    assert status == 202
    assert [held["id"] for held in queue["comments"]] == [comment["id"]]
