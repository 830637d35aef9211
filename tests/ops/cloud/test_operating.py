"""Every command of docs/operating.md, run in its order in an empty account, as a new operator would."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ops.serve.door import Door
from tests.ops.cloud.account import Cloud
from tests.ops.exports import a_comment, an_item, write_export
from tests.ops.logs import a_line, write_log
from tests.scene import FIREFOX

BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@contextmanager
def gateway(cloud: Cloud, stage: str) -> Iterator[str]:
    """A door of this machine through which a deployed API is reached: no test has a name server for AWS."""
    door = Door(0, lambda event, context: cloud.invoke(f"tribune-{stage}", event))
    thread = threading.Thread(target=door.serve_forever)
    thread.start()
    try:
        yield door.url
    finally:
        door.shutdown()
        door.server_close()
        thread.join()


def shim_curl(folder: Path, url: str) -> None:
    """A `curl` that asks the door at `url` whenever it is told the API's address on AWS."""
    folder.mkdir()
    script = folder / "curl"
    address = r"https://[a-z0-9]+\.execute-api\.eu-west-3\.amazonaws\.com/prod"
    script.write_text(
        f"""#!/usr/bin/env bash
arguments=()
for argument in "$@"; do arguments+=("$(printf %s "$argument" | sed -E 's#{address}#{url}#')"); done
exec /usr/bin/curl "${{arguments[@]}}"
""",
        "utf-8",
    )
    script.chmod(0o755)


def run(cloud: Cloud, blocks: list[str], typed: str = "") -> str:
    """What the commands of some blocks print, in one shell that gives up at the first failure."""
    script = "set -euo pipefail\nexport PATH=$PWD/shims:$PATH STATE=$PWD/.local\n" + "".join(blocks)
    return cloud.run("bash", "-c", script, typed=typed)


def post_from_the_page(printed: str, url: str) -> None:
    """Follow the link that was printed to be pasted to the form, and send it, as a reader without script does."""
    page = re.findall(r'<tribune-comments article="42"><a href="https://[^/]+/prod(/[^"]+)">', printed)[-1]
    with build_opener().open(Request(url + page, headers={"User-Agent": FIREFOX})) as answer:
        form = answer.read().decode()
    (action,) = re.findall(r'<form[^>]* action="https?://[^/]+[^"]*(/articles/42/comments)"', form)
    fields = {"comment": "Enfin !", "author": "Zoé", "email": "zoe@example.org"}
    headers = {"User-Agent": FIREFOX, "Content-Type": "application/x-www-form-urlencoded"}
    request = Request(url + action, urlencode(fields).encode(), headers)
    with build_opener(Staying).open(request) as answer:
        assert answer.status == 303


class Staying(HTTPRedirectHandler):
    """Does not follow the way back to the article, which is on no server."""

    def http_error_303(self, request: Request, answer: Any, *rest: Any) -> Any:
        """The answer itself."""
        return answer


def test_the_commands_of_the_page_lead_from_an_empty_account_to_a_page_and_back(empty_account: Cloud) -> None:
    project = empty_account.project
    blocks = BLOCK.findall((project / "docs" / "operating.md").read_text("utf-8"))
    pasted = next(place for place, block in enumerate(blocks) if "--snippet 42" in block)
    write_export(project, an_item(7, a_comment(1)))
    write_log(project, a_line(path="/articles/7"))
    write_log(project, a_line(path="/articles/8"), name="access.log.1.gz")
    with gateway(empty_account, "prod") as url:
        shim_curl(project / "shims", url)
        said = run(empty_account, blocks[: pasted + 1])
        assert '{"status":"ok"}' in said
        post_from_the_page(said, url)
        rest = run(empty_account, [*blocks[1:2], *blocks[pasted + 1 :]], typed="tribune-prod\n")
    assert '"content":"Enfin !"' in rest, "the comment from the page waits in the queue"
    assert "nothing is left of stage prod" in rest
    assert empty_account.client("dynamodb").list_tables()["TableNames"] == []
