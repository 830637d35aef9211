"""The page for moderators as it is served: what it may do, and what is in its files."""

import re

from chalicelib.actions import pages
from tests.scene import Service

FILES = sorted(pages.MODERATION.iterdir())
SERVED = [path for path in FILES if path.suffix != ".html"]
SCRIPTS = [path for path in FILES if path.suffix == ".js"]
SINKS = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|setHTML|srcdoc|DOMParser|createContextualFragment"
    r"|\beval\b|new Function|localStorage|document\.cookie|indexedDB"
)


def test_the_page_may_load_its_own_files_and_talk_to_its_own_service_only(service: Service) -> None:
    heard = service.call("GET", "/moderation")

    assert heard.status == 200
    assert heard.headers["content-type"] == "text/html; charset=utf-8"
    assert heard.headers["cache-control"] == "no-cache"
    assert heard.headers["referrer-policy"] == "no-referrer"
    assert heard.headers["content-security-policy"].split("; ") == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]


def test_every_file_of_the_page_is_served_as_what_it_is(service: Service) -> None:
    kinds = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

    for path in SERVED:
        heard = service.call("GET", f"/moderation/assets/{path.name}")
        assert (heard.status, heard.text) == (200, path.read_text("utf-8"))
        assert heard.headers["content-type"] == kinds[path.suffix]
        again = service.call("GET", f"/moderation/assets/{path.name}", if_none_match=heard.headers["etag"])
        assert (again.status, again.text) == (304, "")


def test_nothing_else_is_served_from_there(service: Service) -> None:
    for name in ("index.html", "..%2f..%2fsettings.py", "..%2Fmain.js", "none.js", "%00", "main.js%00", "%ff"):
        heard = service.call("GET", f"/moderation/assets/{name}")
        assert (heard.status, heard.json["code"]) == (404, "unknown_route")


def test_no_file_of_the_page_outgrows_a_reader() -> None:
    for path in FILES:
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) <= 300, path.name
        assert path.suffix == ".css" or max(map(len, lines)) <= 130, path.name


def test_no_script_makes_html_of_text_or_keeps_anything_longer_than_the_tab() -> None:
    for path in SCRIPTS:
        assert not SINKS.findall(path.read_text("utf-8")), path.name


def test_every_file_is_used_and_every_script_asked_for_at_once() -> None:
    markup = (pages.MODERATION / "index.html").read_text("utf-8")
    asked = re.findall(r'"moderation/assets/([\w-]+\.(?:js|css))"', markup)
    imported = {name for path in SCRIPTS for name in re.findall(r'"\./([\w-]+\.js)"', path.read_text("utf-8"))}
    spoken = {path.name for path in SCRIPTS if path.name.startswith("strings-")}

    assert len(set(asked)) == len(asked)
    assert {*asked} | spoken == {path.name for path in SERVED}
    assert imported | {"main.js"} | spoken == {path.name for path in SCRIPTS}


def texts(language: str) -> dict[str, str]:
    """The keys of a language, with all that is said under each."""
    paths = [path for path in SCRIPTS if path.name in (f"strings-{language}.js", f"strings-rules-{language}.js")]
    entries = [
        entry
        for path in paths
        for entry in re.split(r"^  (?=[\w\"])", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    ]
    return {entry.partition(":")[0].strip('"'): entry.partition(":")[2] for entry in entries}


def test_both_languages_say_the_same_with_the_same_parameters() -> None:
    french, english = (texts(language) for language in ("fr", "en"))

    assert french.keys() == english.keys()
    for key, said in french.items():
        assert set(re.findall(r"{(\w+)}", said)) == set(re.findall(r"{(\w+)}", english[key])), key
        assert said.lstrip().startswith("{") == english[key].lstrip().startswith("{"), key


def test_every_text_that_a_script_names_is_there_and_every_text_is_named() -> None:
    known = texts("fr").keys()
    scripts = "\n".join(path.read_text("utf-8") for path in SCRIPTS if not path.name.startswith("strings-"))
    markup = (pages.MODERATION / "index.html").read_text("utf-8")
    named = set(re.findall(r'\bt\("([\w.]+)"', scripts)) | set(re.findall(r'data-(?:text|label)="(\w+)"', markup))
    families = set(re.findall(r"[`\"](\w+)\.\$\{", scripts)) | set(re.findall(r'label\("(\w+)"', scripts))

    assert named <= known
    quoted = set(re.findall(r'"(\w+)"', scripts)) | set(re.findall(r'"(key[s]?\.\w+)"', scripts))
    unused = {key for key in known if key not in named | quoted and key.partition(".")[0] not in families}
    assert not unused


def test_french_has_its_no_break_spaces() -> None:
    french = texts("fr")

    assert not [said for said in french.values() if re.search(r"[^\s:{] [:;!?»%](?!\w)|« ", said)]
