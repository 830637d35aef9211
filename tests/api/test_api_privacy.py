"""Addresses stay inside: nothing that leaves or is logged holds an e-mail or IP address, or a hash of one."""

import hashlib
import logging
from typing import Any

import pytest

from chalicelib.actions.roll_up import roll_up
from tests.scene import MODERATOR, PUBLISHER, Clock, Heard, Service, make_backend

EMAILS = ["Marker.Alice+News@Example.org", "marker.bob@example.org", "marker.carl@example.org"]
WRONG_EMAILS = ["marker.dora(at)example.org", "marker.eve@example..org", "Eve <marker.eve@example.org>"]
ADDRESSES = ["203.0.113.77", "2001:db8:beef:1::77"]
COMMENTS = "/articles/a1/comments"


def traces() -> set[str]:
    """Every planted address, and all that a guess could be checked against."""
    spellings = {spelling for planted in EMAILS + ADDRESSES for spelling in (planted, planted.lower())}
    spellings |= {email.lower().split("@")[0] for email in EMAILS}
    hashes = {
        hashlib.new(kind, spelling.encode(), usedforsecurity=False).hexdigest()
        for spelling in spellings
        for kind in ("md5", "sha1", "sha256", "sha512")
    }
    return spellings | hashes | {text.upper() for text in hashes} | set(WRONG_EMAILS)


class Ear:
    """A service that keeps all that it is told, and says it to no one."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.said: list[str] = []

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> Heard:
        """Send a request and keep its answer."""
        options.setdefault("address", ADDRESSES[0])
        options.setdefault("x_forwarded_for", f"{ADDRESSES[1]}, {ADDRESSES[0]}")
        heard = self.service.call(method, path, body, **options)
        self.said.append(f"{heard.headers}\n{heard.text}")
        return heard

    def post(self, email: str, content: str, **changes: Any) -> Heard:
        """Post a comment as JSON."""
        body = {"author_name": "Marqueur", "author_email": email, "content": content}
        return self.call("POST", COMMENTS, body | changes.pop("fields", {}), **changes)

    def form(self, email: str, content: str, article_id: str = "a1") -> Heard:
        """Post a comment as a form."""
        form = {"author": "Marqueur", "email": email, "comment": content}
        return self.call("POST", f"/articles/{article_id}/comments", form=form)


def posts_of_every_kind(ear: Ear, clock: Clock) -> list[str]:
    """Comments taken and refused in every way; gives the ids of those taken."""
    taken = []
    for n, email in enumerate(EMAILS):
        taken.append(ear.post(email, f"texte {n}", fields={"submission_id": f"submission-{n}"}).json["id"])
        ear.post(email, f"texte {n}", fields={"submission_id": f"submission-{n}"})
        ear.post(email, f"texte {n}")
        ear.post(email, "trop vite")
        ear.form(email, "trop vite")
        clock.forward(seconds=20)
        ear.form(email, f"formulaire {n}")
        ear.form(email, f"formulaire {n}")
        ear.form(email, "ailleurs", "unknown")
        clock.forward(seconds=20)
        ear.post(email, "")
        ear.post(email, "x", fields={"parent_id": email, "submission_id": email, "author_url": email})
        ear.post(email, "x", content_type="image/png")
        ear.post(email, "x", content_type=email)
        ear.call("POST", COMMENTS, '{"author_email": "%s"' % email)  # noqa: UP031  # braces of JSON
    for email in WRONG_EMAILS:
        ear.post(email, "x")
        ear.form(email, "x")
    return taken


def reads_of_every_kind(ear: Ear, ids: list[str]) -> None:
    """Everything that can be read, by everyone who may."""
    for path in (
        *("/health", "/openapi.json", "/articles/a1", "/counts?ids=a1", "/most-read", "/most-read?sort=trending"),
        *(f"{COMMENTS}?sort={sort}" for sort in ("newest", "oldest", "best")),
        *(f"{COMMENTS}/{id}" for id in ids),
        *(f"/nowhere/{EMAILS[0]}", f"/articles/{ADDRESSES[0]}", f"{COMMENTS}?cursor=x"),
    ):
        ear.call("GET", path)
    for status in ("held", "published", "rejected", "spam", "trash"):
        ear.call("GET", f"/moderation/comments?status={status}&limit=1", token=MODERATOR)
        ear.call("GET", f"/moderation/comments?status={status}", token=MODERATOR)
        ear.call("GET", f"/moderation/comments?status={status}", token=PUBLISHER)


def everything(service: Service, clock: Clock) -> str:
    """All that is said while comments are posted, moderated and read, and articles viewed."""
    ear = Ear(service)
    ids = posts_of_every_kind(ear, clock)
    for decision in ("approve", "reject", "spam", "restore", "approve"):
        body = {"comment_ids": ids, "decision": decision, "seen": None}
        ear.call("POST", "/moderation/decisions", body, token=MODERATOR)
    posts_of_every_kind(ear, clock)
    for query in ("", "?most_read=24h"):
        ear.call("POST", f"/articles/a1/views{query}")
    roll_up(service.backend)
    clock.forward(minutes=1)
    reads_of_every_kind(ear, ids)
    return "\n".join(ear.said)


@pytest.mark.parametrize("moderation", ["first", "all", "none"])
def test_no_address_leaves_in_an_answer_a_header_or_a_log_line(
    moderation: str, client: Any, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    service = Service(make_backend(client, clock, moderation=moderation, trusted_hops=1), clock)
    service.register()
    lines = service.journal()

    with caplog.at_level(logging.INFO):
        said = everything(service, clock)

    assert "Marqueur" in said
    told = "\n".join(lines)
    assert [trace for trace in traces() if trace in said + told + caplog.text] == []
    assert "Marqueur" not in told


def test_an_address_decides_nothing_that_anyone_sees(client: Any, clock: Clock) -> None:
    service = Service(make_backend(client, clock, moderation="none", comment_interval=0), clock)
    service.register()

    first, second = (Ear(service).post(email, "le même texte").json for email in EMAILS[:2])

    of_the_comment = {"id": "", "edit_token": ""}
    assert first | of_the_comment == second | of_the_comment
