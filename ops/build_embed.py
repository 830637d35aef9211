"""Writes chalicelib/widget/embed: the elements as pages load them, one small file each, and their SRI hashes.

Run it after a change in chalicelib/widget/elements (it fetches esbuild with npm): `python -m ops.build_embed`. The
files of a version that has been released never change: a change after that raises `VERSION`.
"""

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from ops import snippet

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "chalicelib" / "widget" / "elements"
EMBED = ROOT / "chalicelib" / "widget" / "embed"
INTEGRITY = EMBED / "integrity.json"
VERSION = "1.0.0"
TOOLS = ROOT / "build" / "embed-tools"
VERSIONS = {"esbuild": "0.28.2", "terser": "5.51.2"}
"""What bundles and minifies styles, and what minifies scripts, by a fiftieth better."""
TARGET = ("--target=chrome111,firefox113,safari16.4",)
"""The oldest browsers that are served: those of the spring of 2023."""
LANGUAGES = ("fr", "en")
IN_ONE_LANGUAGE = ("comments.js", "tribune.js")
"""The scripts that are made once for each language: their words are a sixth of them, and a page has one."""
SHEET = "const sheet = new CSSStyleSheet();\nsheet.replaceSync({});\nexport default sheet;\n"
NO_SHEET = "export default 0;\n"
SMALL = ("--minify", "--charset=utf8", "--log-level=warning", *TARGET)
BUNDLE = ("--bundle", "--format=esm", *SMALL)
COMPRESSION = "passes=3,unsafe=true,pure_getters=true,ecma=2022"
OURS = (
    *("announce", "api", "bare", "fail", "heading", "isOpen", "most"),
    *("opener", "place", "posted", "resume", "say", "takeAway"),
)
"""Properties that only our modules know, so that their names may be shortened: no field of the service, nor any
property of a browser's, has such a name."""
SHORTENED = ("--mangle", "--mangle-props", f"regex=/^({'|'.join(OURS)})$/")
SMALLER = ("--module", "--ecma", "2022", *SHORTENED, "--compress", COMPRESSION)
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "embedding.md")
EXAMPLE = "https://comments.example.org"


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        made, bare = Path(temporary) / "made", Path(temporary) / "bare"
        bundle(made)
        bundle(bare, styles=False)
        record = recorded(made, bare)
        shutil.rmtree(EMBED / VERSION, ignore_errors=True)
        shutil.copytree(made, EMBED / VERSION)
    INTEGRITY.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    for document in DOCUMENTS:
        document.write_text(with_current_hashes(document.read_text("utf-8")), encoding="utf-8")
    for name, bytes in record["bytes"].items():
        print(f"{name:<18}", *(f"{n:>6} bytes of {part}" for part, n in bytes.items()))


def with_current_hashes(text: str) -> str:
    """A document whose tags of our scripts are those of the current version."""
    tag = re.compile(rf'<script type="module" src="{EXAMPLE}/embed/[^/"]+/([^"]+)"[^>]*></script>')
    return tag.sub(lambda found: snippet.script(EXAMPLE, found[1]), text)


def in_language(script: str, language: str) -> str:
    """The name of a script of ours in a language: tribune.js is tribune.fr.js, and view.js the same in both."""
    return script.replace(".", f".{language}.", 1) if script in IN_ONE_LANGUAGE else script


def bundle(folder: Path, *, styles: bool = True) -> None:
    """Write each entry point of the sources into a folder, with all that it imports, and minified.

    A browser imports a style sheet as one; in a bundle a script makes it of the minified text, if with `styles`.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "elements"
        shutil.copytree(SOURCES, copy)
        sheets = sorted(copy.glob("styles/*.css"))
        places = (f"--outdir={copy}", f"--outbase={copy}", "--allow-overwrite")
        _run("esbuild", *map(str, sheets), *SMALL, *places)
        for sheet in sheets:
            text = SHEET.format(json.dumps(sheet.read_text("utf-8"), ensure_ascii=False)) if styles else NO_SHEET
            sheet.with_suffix(".css.js").write_text(text, encoding="utf-8")
        for script in copy.rglob("*.js"):
            imported = script.read_text("utf-8").replace('.css" with { type: "css" }', '.css.js"')
            script.write_text(imported, encoding="utf-8")
        for language in LANGUAGES:
            named = (f"--alias:words={copy}/comments/words.{language}.js", f"--entry-names=[name].{language}")
            _run("esbuild", *(str(copy / name) for name in IN_ONE_LANGUAGE), *named, *BUNDLE, f"--outdir={folder}")
        others = sorted(path for path in copy.glob("*.js") if path.name not in IN_ONE_LANGUAGE)
        _run("esbuild", *map(str, others), *BUNDLE, f"--outdir={folder}")
        _run("esbuild", str(copy / "tribune.css"), *SMALL, "--bundle", f"--outdir={folder}")
    for script in folder.glob("*.js"):
        _run("terser", str(script), *SMALLER, "--output", str(script))


def recorded(made: Path, bare: Path) -> dict[str, Any]:
    """What is known of the files made: their hashes and, by the same scripts `bare` of styles, their bytes.

    `bytes` are those of the file as it travels, compressed: of its script, and what the styles in it add.
    """
    written = json.loads(INTEGRITY.read_text("utf-8")) if INTEGRITY.exists() else {"versions": {}}
    files = sorted(made.iterdir())
    scripts = {path.name: compressed(bare / path.name) if path.suffix == ".js" else 0 for path in files}
    return {
        "current": VERSION,
        "sources": sources_digest(),
        "bytes": {
            path.name: {"script": scripts[path.name], "styles": compressed(path) - scripts[path.name]}
            for path in files
        },
        "versions": dict(sorted((written["versions"] | {VERSION: {p.name: integrity(p) for p in files}}).items())),
    }


def compressed(path: Path) -> int:
    """The bytes of a file as `gzip -9` sends it."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def sources_digest() -> str:
    """What tells whether the published files were made from the sources as they are: a SHA-256 of them all."""
    digest = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(SOURCES).as_posix()}\0".encode())
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def integrity(path: Path) -> str:
    """A file's hash as an `integrity` attribute has it (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(path.read_bytes()).digest()).decode()


def _run(tool: str, *arguments: str) -> None:
    if not TOOLS.exists():
        wanted = [f"{name}@{version}" for name, version in VERSIONS.items()]
        subprocess.run(["npm", "install", "--silent", "--prefix", str(TOOLS), *wanted], check=True)
    subprocess.run([str(TOOLS / "node_modules" / ".bin" / tool), *arguments], check=True)


if __name__ == "__main__":
    main()
