"""The README does what it says: its commands exist, and its story, run as written, ends as it tells."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.ops.serving import serving

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)


def test_the_readme_has_at_most_a_hundred_lines_and_its_commands_on_the_first_screen() -> None:
    lines = README.splitlines()
    first_screen = "\n".join(lines[:40])

    assert len(lines) <= 100
    for part in ("![", "make serve", "make test", "<tribune-comments"):
        assert part in first_screen


@pytest.mark.parametrize("command", ["make serve", "make test"])
def test_each_command_of_the_readme_is_a_target_of_the_makefile(command: str) -> None:
    assert f"\n{command.split()[1]}:" in (ROOT / "Makefile").read_text("utf-8")
    assert any(block.strip().startswith(command) for block in BLOCKS)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_story_of_the_readme_ends_as_it_tells(tmp_path: Path) -> None:
    start = next(block for block in BLOCKS if "DEMO=0" in block)
    variables = dict(re.findall(r"(TRIBUNE_\w+)=(\S+)", start))
    story = "\necho\n".join(block for block in BLOCKS if "curl" in block).replace("\ncurl", "\necho; curl")

    with serving(tmp_path, **variables) as service:
        script = story.replace("http://127.0.0.1:8000", shlex.quote(service.url))
        told = subprocess.run(
            ["bash", "-euc", script], capture_output=True, text=True, timeout=60, check=True
        ).stdout

    answers = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    decided, replied, thread, *views, most_read = answers[2:]
    assert decided["decisions"][0]["status"] == "published"
    assert replied["status"] == "published"
    assert [comment["depth"] for comment in thread["comments"]] == [0, 1]
    assert [view["reason"] for view in views] == [None, None, "repeat", None]
    assert [(row["title"], row["views"], row["comments"]) for row in most_read["articles"]] == [
        ("Le marché rouvre", 2, 2),
        ("La rivière monte", 1, 0),
    ]
