"""The form without script: what it sends, where it leads, what it answers, and how it is refused."""

import re
from pathlib import Path

import pytest

from chalicelib.api.drawing import KNOWN_TO_WORDPRESS
from chalicelib.api.fields import FORM_NAMES, NewComment
from chalicelib.api.form_messages import FORM
from chalicelib.api.messages import FIELDS, PROBLEMS
from chalicelib.api.wording import WORDS
from tests.api.documents import COMMENTS, HOST
from tests.api.markup_tree import Node, parse, query_of
from tests.scene import Clock, Heard, Service, an_app

ELEMENTS = Path(__file__).parents[2] / "chalicelib" / "widget" / "elements"
SHARED = (
    *("leave", "none", "first", "closed", "more", "newest", "oldest", "best", "staff", "pinned", "edited"),
    *("removed", "waiting", "reply"),
)
"""What server and element both say."""
SHARED_FORM = ("notice", "content", "author_name", "author_email", "author_url")
"""What the forms of the fragment, of a refused page and of the element all say."""
OURS = {f"tribune-{part}" for part in ("bar", "open", "tools", "field", "trap")}
"""What no theme for WordPress knows."""


def asked(service: Service, query: str = "", **headers: str) -> Heard:
    return service.call("GET", COMMENTS + query, host=HOST, **headers)


def form_of(heard: Heard) -> Node:
    """The form of a document."""
    assert heard.status == 200
    return parse(heard.text).one("form", id="commentform")


def values(form: Node) -> dict[str, str]:
    """What a browser sends of a form that a reader filled in."""
    typed = {"comment": "Bonjour", "author": "Léa", "email": "lea@example.org"}
    controls = form.all("input") + form.all("textarea")
    return {node.attributes["name"]: node.attributes.get("value", "") for node in controls} | typed


@pytest.mark.parametrize("query", ["", "?as=page", "?skin=wordpress", "?as=page&lang=en"])
def test_the_form_sends_what_the_service_takes_and_leads_back_to_the_article(
    query: str, open_article: Service
) -> None:
    form = form_of(asked(open_article, query))

    assert form.attributes["method"] == "post"
    assert form.attributes["target"] == "_top"
    assert form.attributes["accept-charset"] == "utf-8", "on whatever page it stands"
    assert form.attributes["action"] == f"https://{HOST}/articles/a1/comments"
    sent = open_article.call(
        "POST", "/articles/a1/comments", form=values(form), origin=f"https://{HOST}", host=HOST
    )
    assert sent.status == 303
    assert re.fullmatch(r"https://news\.example\.org/a1#comment-[0-9a-v]{20}", sent.headers["location"])


def test_every_control_has_a_label_and_the_names_of_wordpress(open_article: Service) -> None:
    form = form_of(asked(open_article, "?as=page"))

    controls = [
        node for node in form.all("input") + form.all("textarea") if node.attributes.get("type") != "hidden"
    ]
    assert [node.attributes["id"] for node in controls] == [node.attributes["name"] for node in controls]
    names = {node.attributes["name"] for node in form.all("input") + form.all("textarea")}
    known = {*FORM_NAMES[NewComment], *NewComment.model_fields}
    assert names == {"comment", "author", "email", "url", "subject", "submission_id"} <= known
    limits = {node.attributes["name"]: node.attributes.get("maxlength") for node in controls}
    assert limits == {"comment": "5000", "author": "100", "email": "254", "url": "2000", "subject": None}
    required = {node.attributes["name"] for node in controls if "required" in node.attributes}
    assert required == {"comment", "author", "email"}
    starred = {label.children[-1].attributes["name"] for label in form.all("label") if "*" in label.words}
    assert starred == required


@pytest.mark.parametrize("query", ["", "?as=page", "?skin=wordpress"])
def test_a_label_is_its_controls_own_whatever_ids_the_page_has(query: str, open_article: Service) -> None:
    form = form_of(asked(open_article, query))

    labels = form.all("label")
    assert [label.attributes for label in labels] == [{}] * len(labels), "none names an id"
    named = {label.children[-1].attributes["name"]: label.words for label in labels}
    assert named == {
        "comment": "Commentaire *",
        "author": "Nom *",
        "email": "E-mail *",
        "url": "Site web",
        "subject": "Laissez ce champ vide",
    }
    assert all(label in paragraph.children for label, paragraph in zip(labels, fields(form), strict=True))


def fields(form: Node) -> list[Node]:
    """The paragraphs that hold one field each."""
    return form.all("p", class_="tribune-field") + form.all("p", class_="tribune-trap")


def test_the_text_may_be_as_long_as_the_setting_says(client: object, clock: Clock) -> None:
    form = form_of(asked(an_app(client, clock, max_content=77)))

    assert form.one("textarea").attributes["maxlength"] == "77"


def test_the_trap_is_hidden_from_people_and_found_by_programs(open_article: Service) -> None:
    form = form_of(asked(open_article))
    trap = form.one("p", class_="tribune-trap")

    assert "hidden" in trap.attributes
    assert trap.one("input").attributes | {"tabindex": "-1", "autocomplete": "off"} == trap.one("input").attributes
    heard = open_article.call("POST", "/articles/a1/comments", form=values(form) | {"subject": "casino"})
    assert heard.headers["location"].endswith("#respond")
    assert open_article.queue("status=spam")["comments"]


def test_a_page_sent_twice_is_one_comment_and_two_pages_are_two(open_article: Service) -> None:
    first, second = (values(form_of(asked(open_article, "?as=page"))) for _ in range(2))

    sent = [open_article.call("POST", "/articles/a1/comments", form=form) for form in (first, first)]
    another = open_article.call("POST", "/articles/a1/comments", form=second | {"comment": "Encore"})

    assert sent[0].headers["location"] == sent[1].headers["location"] != another.headers["location"]
    assert open_article.call("GET", "/articles/a1/comments").json["total"] == 2


def test_a_fragment_that_was_kept_takes_any_number_of_texts(open_article: Service) -> None:
    form = values(form_of(asked(open_article)))
    assert "submission_id" not in form

    for text in ("un", "deux"):
        assert open_article.call("POST", "/articles/a1/comments", form=form | {"comment": text}).status == 303

    again = open_article.call("POST", "/articles/a1/comments", form=form | {"comment": "deux"})
    assert again.status == 409
    assert open_article.call("GET", "/articles/a1/comments").json["total"] == 2


def test_an_answer_names_whom_it_answers_and_goes_there(open_article: Service) -> None:
    id = open_article.post(author_name="<Zoé>").json["id"]
    reply = parse(asked(open_article, "?sort=oldest&limit=3").text).one("a", class_="tribune-comment-reply-link")
    assert reply.attributes["aria-label"] == "Répondre à <Zoé>"
    assert reply.attributes["href"].endswith("#respond")
    query = query_of(reply.attributes["href"])
    assert query == {"as": "page", "lang": "fr", "sort": "oldest", "limit": "3", "reply_to": id}

    heard = asked(open_article, f"?as=page&sort=oldest&limit=3&reply_to={id}")

    form = form_of(heard)
    assert parse(heard.text).one("h3", id="reply-title").words == "Répondre à <Zoé> Annuler la réponse"
    cancel = parse(heard.text).one("h3").one("a").attributes["href"]
    assert query_of(cancel) == {"as": "page", "lang": "fr", "sort": "oldest", "limit": "3"}
    open_article.call("POST", "/articles/a1/comments", form=values(form))
    assert open_article.call("GET", f"/articles/a1/comments/{id}").json["thread"][1]["parent_id"] == id


@pytest.mark.parametrize("which", ["held", "of another article", "made up", "no id at all"])
@pytest.mark.parametrize("shape", ["fragment", "page"])
def test_what_nobody_may_answer_is_refused_in_words(which: str, shape: str, open_article: Service) -> None:
    open_article.register("a2")
    held = open_article.post(content="retenu").json["id"]
    open_article.decide("hold", held)
    id = {
        "held": held,
        "of another article": open_article.post("a2", content="ailleurs").json["id"],
        "made up": "0" * 20,
    }.get(which, "x")

    heard = asked(open_article, f"?as={shape}&reply_to={id}")

    assert heard.status == 422
    tree = parse(heard.text)
    words = "reply_to\u00a0: Ce commentaire auquel vous répondez n’est plus public."
    assert words.split()[0] in tree.one("p", class_="tribune-notice").words
    assert bool(tree.all("html")) == (shape == "page")


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=x", "sort=worst", "cursor=x", "as=poster", "lang=de", "skin=x"]
)
def test_a_wrong_query_is_told_by_its_name(query: str, open_article: Service) -> None:
    heard = asked(open_article, f"?{query}")

    assert (heard.status, heard.headers["content-type"]) == (422, "text/html; charset=utf-8")
    assert f"{query.partition('=')[0]}\u00a0: " in parse(heard.text).one("p", class_="tribune-notice").words
    assert heard.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "accepts", "language"),
    [
        ("", "en", "fr"),
        ("?lang=en", "fr", "en"),
        ("?as=page", "en", "en"),
        ("?as=page", "de", "fr"),
        ("?as=page&lang=fr", "en", "fr"),
    ],
)
def test_a_fragment_speaks_the_sites_language_and_a_page_its_readers(
    query: str, accepts: str, language: str, open_article: Service
) -> None:
    heard = asked(open_article, query, accept_language=accepts)

    assert heard.headers["content-language"] == language
    tree = parse(heard.text)
    assert tree.one("h2").words == {"fr": "Aucun commentaire", "en": "No comments"}[language]
    assert {html.attributes["lang"] for html in tree.all("html")} <= {language}
    unknown = open_article.call("GET", f"/articles/none/comments.html{query}", accept_language=accepts)
    words = {"fr": "Cet article ne prend pas", "en": "This article takes no comments"}[language]
    assert (unknown.status, words in unknown.text) == (404, True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_part_wears_the_classes_of_its_skin(language: str, open_article: Service) -> None:
    open_article.post(parent_id=open_article.post().json["id"], content="x", author_url="https://x.example")
    plain, dressed = (
        asked(open_article, f"?limit=1&lang={language}{skin}").text for skin in ("", "&skin=wordpress")
    )

    classes = {part for node in parse(dressed) for part in node.attributes.get("class", "").split()}
    assert {
        "comment-list",
        "children",
        "comment",
        "depth-2",
        "comment-body",
        "vcard",
        "fn",
        "comment-form",
    } <= classes
    assert {"comment-form-comment", "comment-form-author", "comment-form-email", "comment-form-url"} <= classes
    assert {part for part in classes if part.startswith("tribune-")} == OURS
    assert re.sub("[^>]*>", ">", plain.replace("&amp;skin=wordpress", "")) == re.sub(
        "[^>]*>", ">", dressed.replace("&amp;skin=wordpress", "")
    ), "the same words in the same order"
    assert all("skin=wordpress" in node.attributes["href"] for node in parse(dressed).all("a", rel="nofollow"))


def test_server_and_element_say_the_same_and_name_the_parts_alike() -> None:
    for language in ("fr", "en"):
        words = (ELEMENTS / "comments" / f"words.{language}.js").read_text("utf-8")
        for name in SHARED:
            text = getattr(WORDS[name], language)
            assert f'"{text}"' in words, text
        for name in SHARED_FORM:
            text = getattr(FORM[name], language)
            assert f'"{text}"' in words, text
    scripts = [path.read_text("utf-8") for path in ELEMENTS.rglob("*.js")]
    assert any(KNOWN_TO_WORDPRESS.pattern in script for script in scripts)


@pytest.mark.parametrize(("language", "spelling"), [("fr", "e-mail"), ("en", "email")])
def test_readers_find_one_spelling_of_email_in_each_language(language: str, spelling: str) -> None:
    texts = [*FIELDS.values(), *FORM.values(), *WORDS.values(), *(said.detail for said in PROBLEMS.values())]
    words = (ELEMENTS / "comments" / f"words.{language}.js").read_text("utf-8").replace("email:", "")

    said = " ".join([*(getattr(text, language) for text in texts), words])

    assert {found.lower() for found in re.findall("e-?mail", said, re.IGNORECASE)} == {spelling}
