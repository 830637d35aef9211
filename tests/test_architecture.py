"""The house rules, read from the source: which way imports point, and how long things may grow."""

import ast
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GENERATED = {"chalicelib/rules/bot_pattern.py"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def modules(*folders: str) -> list[Path]:
    """The Python files of folders, or files themselves, but for generated ones."""
    found: list[Path] = []
    for folder in folders:
        place = ROOT / folder
        found += [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [path for path in found if name_of(path) not in GENERATED]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def each(*folders: str) -> list[object]:
    return [pytest.param(path, id=name_of(path)) for path in modules(*folders)]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(path)))


@cache
def imports(path: Path) -> set[str]:
    """Every module a file imports, `from x import y` as `x.y`, inside functions and for types as well."""
    found: set[str] = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer_of(module: str) -> str:
    """The part of the house a module belongs to: `api`, `backend`, ..., `ops`; the package for one of others."""
    parts = module.split(".")
    return parts[1] if parts[0] == "chalicelib" and len(parts) > 1 else parts[0]


ARROWS = {
    "app.py": {"api", "actions", "backend", "model", "chalice"},
    "chalicelib/api": {"api", "errors", "backend", "journal", "model", "settings", "rules"},
    "chalicelib/actions": {"actions", "rules", "storage", "model", "errors", "backend", "journal"},
    "chalicelib/storage": {"storage", "model", "errors", "rules"},
    "chalicelib/rules": {"rules", "model", "errors", "nh3", "linkify_it", "email_validator"},
    "chalicelib/backend.py": {"journal", "settings", "storage", "errors"},
    "chalicelib/journal.py": {"rules"},
    "chalicelib/settings.py": {"pydantic"},
    "chalicelib/errors.py": set(),
    "chalicelib/model": {"model"},
}
EXTRA = {
    "chalicelib/api": {"chalice", "pydantic", "pydantic_core", "annotated_types", "VERSION"},
    "chalicelib/storage": {"boto3", "botocore", "mypy_boto3_dynamodb"},
}
"""Packages of others that a part may use beside the standard library."""
ALONE = {"chalicelib/api/binding.py": {"actions"}}
"""The one file that asks an action who holds a token."""


@pytest.mark.parametrize("part", ARROWS)
def test_imports_point_one_way(part: str) -> None:
    allowed = ARROWS[part] | EXTRA.get(part, set()) | set(sys.stdlib_module_names)

    for path in modules(part):
        strangers = {
            module for module in imports(path) if layer_of(module) not in allowed | ALONE.get(name_of(path), set())
        }
        assert not strangers, f"{name_of(path)} must not import these"


def test_every_file_that_ships_belongs_to_a_part() -> None:
    parts = {name_of(path) for part in ARROWS for path in modules(part)}

    assert {name_of(path) for path in modules("app.py", "chalicelib")} - parts == {"chalicelib/__init__.py"}


def test_api_asks_actions_for_nothing_but_who_holds_a_token() -> None:
    asked = {module for path in modules("chalicelib/api") for module in imports(path) if ".actions" in module}

    assert asked <= {"chalicelib.actions.identity"}


@pytest.mark.parametrize(
    ("package", "homes"),
    [
        pytest.param("boto3", ("chalicelib/storage/",), id="boto3"),
        pytest.param("botocore", ("chalicelib/storage/",), id="botocore"),
        pytest.param("chalice", ("app.py", "chalicelib/api/"), id="chalice"),
        pytest.param("pydantic", ("chalicelib/api/", "chalicelib/settings.py"), id="pydantic"),
    ],
)
def test_a_package_is_used_only_where_it_belongs(package: str, homes: tuple[str, ...]) -> None:
    users = {
        name_of(path)
        for path in modules("app.py", "chalicelib")
        if any(module.split(".")[0] == package for module in imports(path))
    }

    assert all(user.startswith(homes) for user in users)


def test_what_ships_never_imports_operator_commands_or_tests() -> None:
    for path in modules("app.py", "chalicelib"):
        assert not {layer_of(module) for module in imports(path)} & {"ops", "tests"}, name_of(path)


def literals(path: Path) -> set[str]:
    """The constant texts of a file, but for its docstrings."""
    told = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    }


def test_keys_are_spelled_in_one_place_only() -> None:
    keys = ROOT / "chalicelib/storage/keys.py"
    prefixes = set(re.findall(r"`([A-Z]+)#", ast.get_docstring(tree_of(keys)) or ""))
    assert {"ARTICLE", "COMMENT", "VIEWS"} <= prefixes

    spelled = re.compile(rf"\b({'|'.join(sorted(prefixes))})#")
    for path in modules("app.py", "chalicelib", "ops"):
        if path != keys:
            assert not [text for text in literals(path) if spelled.search(text)], name_of(path)


@pytest.mark.parametrize("path", each("app.py", "chalicelib", "ops", "tests"))
def test_no_file_and_no_function_outgrows_a_reader(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    long = [
        node.name
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > LONGEST_FUNCTION
    ]
    assert not long, f"functions of more than {LONGEST_FUNCTION} lines"


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of what a function does; what it takes and its docstring are for the reader."""
    first = function.body[bool(ast.get_docstring(function)) and len(function.body) > 1]
    return (function.end_lineno or 0) - first.lineno + 1


FILLING = re.compile(r"append(left)?|add|update|extend|insert|setdefault|pop(item|left)?|remove|discard|clear")


def held_by_module(path: Path) -> set[str]:
    """The names that a module binds at its top."""
    targets = [
        target
        for node in tree_of(path).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    ]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def filled(node: ast.AST) -> str | None:
    """The name whose content a piece of code changes: `x[...] = `, `del x[...]`, `x.append(...)`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return ast.unparse(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and FILLING.fullmatch(node.func.attr):
        return ast.unparse(node.func.value)
    return None


@pytest.mark.parametrize("path", each("app.py", "chalicelib"))
def test_no_module_keeps_anything_from_one_request_to_the_next(path: Path) -> None:
    """State belongs to the backend object; a cache of a pure function is none."""
    assert not [node.names for node in nodes(path) if isinstance(node, ast.Global)]
    functions = [node for node in nodes(path) if isinstance(node, ast.FunctionDef)]
    changed = {filled(node) for function in functions for node in ast.walk(function)}
    assert not changed & held_by_module(path)


VAGUE_FILES = re.compile(r"utils?|helpers?|common|managers?|misc|base")
VAGUE_NAMES = re.compile(r"_*(handle|process)_.*|.*(util|helper|manager)s?", re.IGNORECASE)


@pytest.mark.parametrize("path", each("app.py", "chalicelib", "ops", "tests"))
def test_names_say_what_a_thing_does(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    assert not [part for part in parts if VAGUE_FILES.fullmatch(part)]
    names = [
        node.name
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    ]
    given_by_the_library = {*dir(HTMLParser), *dir(ThreadingHTTPServer)}
    assert not [name for name in names if VAGUE_NAMES.fullmatch(name) and name not in given_by_the_library]


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)]


def names_used(path: Path) -> set[str]:
    """What a file refers to by name: variables, attributes, and the parameters that ask for fixtures."""
    used = {node.id for node in nodes(path) if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
    used |= {alias.name for node in nodes(path) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return used | {node.arg for node in nodes(path) if isinstance(node, ast.arg)}


def test_every_function_of_the_tests_is_a_test_or_is_used() -> None:
    used = set().union(*(names_used(path) for path in modules("tests")))
    of_pytest = {"aws_environment", "pytest_collection_finish", "pytest_collection_modifyitems"}

    for path in modules("tests"):
        idle = [
            function.name
            for function in functions(path)
            if not function.name.startswith("test_") and function.name not in used | of_pytest
        ]
        assert not idle, name_of(path)


def test_every_test_is_in_a_file_that_is_collected_and_under_a_name_of_its_own() -> None:
    for path in modules("tests"):
        tests = [function.name for function in functions(path) if function.name.startswith("test_")]
        assert len(set(tests)) == len(tests), name_of(path)
        assert not tests or path.name.startswith("test_"), name_of(path)
    names = [path.name for path in modules("tests") if path.name not in ("conftest.py", "__init__.py")]
    assert len(set(names)) == len(names)


def test_no_test_replaces_a_part_of_ours_or_waits_for_the_clock() -> None:
    for path in modules("tests"):
        called = {ast.unparse(node.func) for node in nodes(path) if isinstance(node, ast.Call)}
        assert not [name for name in called if name.endswith(("patch", "patch.object", ".setattr"))], name_of(path)
        assert not [module for module in imports(path) if module.startswith("unittest.mock")], name_of(path)
        assert not called & {"time.sleep", "sleep"}, name_of(path)


def test_importing_the_app_makes_no_client_and_reads_no_setting() -> None:
    slow = {"boto3", "botocore", "email_validator", "nh3"}
    told = f"import sys, app; print(*{slow} & {{name.split('.')[0] for name in sys.modules}})"
    environment = {"TRIBUNE_LANGUAGE": "nonsense", "TRIBUNE_TABLE": "?"}

    done = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert (done.stdout.strip(), done.stderr) == ("", "")
