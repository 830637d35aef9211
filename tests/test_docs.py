"""The documentation names every setting, route, error code and command, and its snippets are those that work."""

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

import app
from chalicelib import VERSION
from chalicelib.api.answers import HELD_FRAGMENT, HELD_QUERY
from chalicelib.api.fields import FORM_NAMES, NewComment
from chalicelib.errors import FIELD_CODES, all_refusals
from chalicelib.settings import Settings, variable
from ops.__main__ import COMMANDS

ROOT = Path(__file__).parents[1]
DOCS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
README = (ROOT / "README.md").read_text("utf-8")
EVERYWHERE = "\n".join([README, *DOCS.values()])
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
CODES = [(refusal.status, code) for refusal in all_refusals() for code in refusal.codes]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_documented_with_its_default_and_meaning(name: str) -> None:
    default = Settings.model_fields[name].default
    shown = {None: "unset", ("*",): "`*`"}.get(default, f"`{default}`")

    row = f"| `{variable(name)}` | {shown} | {Settings.model_fields[name].description} |"

    assert row in DOCS["settings.md"].splitlines()


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = {variable(name) for name in Settings.model_fields}

    assert set(re.findall(r"TRIBUNE_[A-Z_]+[A-Z]", EVERYWHERE)) <= known


@pytest.mark.parametrize("route", app.ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_route_is_documented_with_who_may_call_it(route: app.Route) -> None:
    assert f"| `{route.method} {route.path}` | {route.who} |" in DOCS["http-api.md"]


@pytest.mark.parametrize("route", app.ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_each_field_of_a_route_is_named_in_its_documentation(route: app.Route) -> None:
    for model in filter(None, (route.body, route.parameters)):
        for name in (field.alias or name for name, field in model.model_fields.items()):
            assert f"`{name}`" in DOCS["http-api.md"] or f'"{name}"' in README, name


@pytest.mark.parametrize(("status", "code"), CODES)
def test_each_error_is_documented_with_its_status(status: int, code: str) -> None:
    assert f"| {status} | `{code}` |" in DOCS["errors.md"]


@pytest.mark.parametrize("code", FIELD_CODES)
def test_each_code_of_a_field_is_documented(code: str) -> None:
    assert f"| `{code}` |" in DOCS["errors.md"]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_operator_command_is_documented(command: str) -> None:
    assert f"`python -m ops {command}" in DOCS["operating.md"]


def test_only_commands_that_exist_are_documented() -> None:
    known = COMMANDS.keys() | {"COMMAND"}
    targets = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))

    assert set(re.findall(r"python -m ops ([a-zA-Z-]+)", EVERYWHERE)) <= known
    assert set(re.findall(r"`make ([a-z-]+)", EVERYWHERE)) <= targets


@pytest.mark.parametrize("target", re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
def test_each_target_of_the_makefile_is_documented(target: str) -> None:
    assert f"`make {target}" in EVERYWHERE


@pytest.mark.parametrize("name", sorted(DOCS))
def test_links_between_documents_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", DOCS[name]):
        assert (ROOT / "docs" / target).exists(), target


class FormFields(HTMLParser):
    """The names of the fields in a form."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        name = dict(attrs).get("name")
        if tag in ("input", "textarea") and name:
            self.names.add(name)


@pytest.mark.parametrize("text", [README, DOCS["embedding.md"]], ids=["README.md", "embedding.md"])
def test_the_form_to_paste_has_the_required_fields_and_no_unknown_one(text: str) -> None:
    for snippet in re.findall(r"```html\n(.*?<form.*?)```", text, re.DOTALL):
        form = FormFields()
        form.feed(snippet)

        required = {name for name, field in NewComment.model_fields.items() if field.is_required()}
        assert required <= form.names <= NewComment.model_fields.keys()


def test_the_names_of_wordpress_are_documented() -> None:
    for name in FORM_NAMES[NewComment]:
        assert f"`{name}`" in DOCS["http-api.md"]


def test_the_way_back_of_a_held_comment_is_documented() -> None:
    ((name, value),) = HELD_QUERY.items()

    assert f"?{name}={value}#{HELD_FRAGMENT}" in DOCS["embedding.md"]


def test_json_in_the_documentation_is_json() -> None:
    snippets = re.findall(r"```json\n(.*?)```", EVERYWHERE, re.DOTALL)

    assert snippets
    for snippet in snippets:
        json.loads(snippet)


def test_shell_in_the_documentation_is_shell() -> None:
    for snippet in re.findall(r"```sh\n(.*?)```", EVERYWHERE, re.DOTALL):
        subprocess.run(["bash", "-nc", snippet], check=True)


def test_the_changelog_begins_with_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)

    assert versions[0] == VERSION
