import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules.rendering import LINK_REL, TAGS, plain_from_html, render_html

WORDPRESS_EXPORT = Path(__file__).parents[2] / "../shared/data/themeunittestdata.wordpress.xml"

FRAGMENTS = [
    *(f"<{name}>" for name in TAGS),
    *(f"</{name}>" for name in TAGS),
    '<a href="http://a.fr">',
    "<a href='https://b.fr/?a=1&amp;b=2' title='<b>'>",
    '<a href="javascript:alert(1)">',
    "<b onclick=alert(1)>",
    *("<p>", "</p>", "<svg>", "<math>", "<style>", "<!--", "-->", "<![CDATA[", "<script>alert(1)</script>"),
    *("http://c.fr/x", "www.d.fr", "http://", "(", ")", '"', "'", "<", ">", "&", "&lt;", "&#60;", "&nbsp;"),
    *(
        " ",
        "\n",
        "\n\n",
        "\t",
        "mot",
        "é",
        "\u00a0",
        "<a ",
        "=",
        "/",
        "<br>",
        "<li>",
        "</li>",
        "<ul>",
        "<q",
        "</code",
    ),
]
MARKUP = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)
TYPED = MARKUP | st.text()
TAG_TYPED = re.compile(rf"</?({'|'.join(TAGS)})[\s>]", re.IGNORECASE)


class Reader(HTMLParser):
    """What a browser makes of the HTML: its text, its tags, and whether they are well nested."""

    def __init__(self, html: str, *, strict: bool = True) -> None:
        super().__init__()
        self.strict = strict
        self.text = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if self.strict and tag != "br":
            assert tag not in self.open
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert not self.strict or self.open.pop() == tag


def link(url: str, text: str | None = None) -> str:
    return f'<a href="{url}" rel="{LINK_REL}">{text or url}</a>'


@pytest.mark.parametrize(
    "typed",
    [
        "1 < 2 && 3 > 2",
        "<3",
        "a<b",
        "AT&T",
        "&amp; &lt;b&gt; &#x41; &nbsp;",
        "<script>alert(1)</script>",
        "<b",
        "<!-- c -->",
        "<img src=x onerror=alert(1)>",
        "<p>x</p><br>",
        "< b >x</ b >",
        "<big>x</big>",
        "<svg><style><a title='</style><img src=x onerror=alert(1)>'>",
        "jean@presse.fr ftp://a.fr //a.fr presse.fr mailto:a@b.fr",
        '"guillemets" l\'apostrophe « espace insécable »',
    ],
)
def test_what_is_no_tag_of_ours_is_shown_as_typed(typed: str) -> None:
    reader = Reader(render_html(typed))
    assert reader.text == typed
    assert [tag for tag, _ in reader.tags] == ["p"]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        pytest.param("a\nb\n\nc", "<p>a<br>\nb</p>\n\n<p>c</p>", id="lines and paragraphs"),
        pytest.param("a\n \n\n\tb", "<p>a</p>\n \n\n\t<p>b</p>", id="blank lines with spaces"),
        pytest.param("<b>x</b> <EM>y</EM>", "<p><b>x</b> <em>y</em></p>", id="inline tags"),
        pytest.param("<b class=x onclick='y'>z</b >", "<p><b>z</b></p>", id="attributes go"),
        pytest.param("<b><i>x</i></b>", "<p><b><i>x</i></b></p>", id="nested"),
        pytest.param("<b>x", "<p>&lt;b&gt;x</p>", id="not closed"),
        pytest.param("x</b>", "<p>x&lt;/b&gt;</p>", id="not opened"),
        pytest.param("<b>x\n\ny</b>", "<p>&lt;b&gt;x</p>\n\n<p>y&lt;/b&gt;</p>", id="closed in another paragraph"),
        pytest.param("<b><i>x</b></i>", "<p><b>&lt;i&gt;x</b>&lt;/i&gt;</p>", id="crossed"),
        pytest.param("<b>x <b>y</b>", "<p>&lt;b&gt;x <b>y</b></p>", id="opened again"),
        pytest.param(
            "<code><b>x</b> &amp;</code>", "<p><code>&lt;b&gt;x&lt;/b&gt; &amp;amp;</code></p>", id="code"
        ),
        pytest.param("<code> <b>x</b>", "<p>&lt;code&gt; <b>x</b></p>", id="code not closed"),
        pytest.param("<code>http://a.fr</code>", "<p><code>http://a.fr</code></p>", id="no links in code"),
    ],
)
def test_rendering(typed: str, html: str) -> None:
    assert render_html(typed) == html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        pytest.param("http://a.fr/x", link("http://a.fr/x"), id="http"),
        pytest.param("(https://a.fr/x_(y)).", f"({link('https://a.fr/x_(y)')}).", id="brackets and full stop"),
        pytest.param("«http://a.fr»", f"«{link('http://a.fr')}»", id="quotation marks"),
        pytest.param("http://a.fr/?a=1&b=2", link("http://a.fr/?a=1&amp;b=2"), id="ampersand"),
        pytest.param("www.a.fr/é", link("http://www.a.fr/é", "www.a.fr/é"), id="www"),
        pytest.param("HTTP://A.fr/B", link("http://a.fr/B", "HTTP://A.fr/B"), id="case"),
        pytest.param("http://u:p@a.fr", "http://u:p@a.fr", id="credentials"),
        pytest.param("http://a.fr/" + "x" * 2000, "http://a.fr/" + "x" * 2000, id="too long for an address"),
        pytest.param(
            '<a href="http://a.fr">http://b.fr</a>', link("http://a.fr", "http://b.fr"), id="not within a link"
        ),
        pytest.param(
            "<a href=http://a.fr target=_blank rel=me>x</a>", link("http://a.fr", "x"), id="attributes go"
        ),
        pytest.param(
            "<A HREF='http://a.fr/?a&amp;b'>x</A>", link("http://a.fr/?a&amp;b", "x"), id="entity in an address"
        ),
        pytest.param("<a href='javascript:x'>x</a>", "&lt;a href='javascript:x'&gt;x&lt;/a&gt;", id="script"),
        pytest.param("<a href=/x>x</a>", "&lt;a href=/x&gt;x&lt;/a&gt;", id="relative"),
        pytest.param("<a>x</a>", "&lt;a&gt;x&lt;/a&gt;", id="no address"),
        pytest.param(
            '<a href="http://a.fr>x</a>', f'&lt;a href="{link("http://a.fr")}&gt;x&lt;/a&gt;', id="open quote"
        ),
    ],
)
def test_links(typed: str, html: str) -> None:
    assert render_html(typed) == f"<p>{html}</p>"


def test_a_link_may_have_a_title() -> None:
    (_, (_, attributes)) = Reader(
        render_html("<a href='http://a.fr' title='dit \"oui\" & \n&lt;non&gt;'>x</a>")
    ).tags
    assert attributes == {"href": "http://a.fr", "title": 'dit "oui" & <non>', "rel": LINK_REL}


@given(TYPED)
def test_html_is_well_nested_tags_of_the_allow_list(typed: str) -> None:
    reader = Reader(render_html(typed))
    assert reader.open == []
    for tag, attributes in reader.tags:
        assert tag in {"p", "br", *TAGS}
        if tag == "a":
            assert attributes["rel"] == LINK_REL
            assert re.match("https?://", attributes["href"] or "")
            assert attributes.keys() <= {"href", "rel", "title"}
        else:
            assert attributes == {}


@given(TYPED)
def test_html_sanitises_to_itself(typed: str) -> None:
    import nh3

    html = render_html(typed)
    attributes = {"a": {"href", "title"}}
    again = nh3.clean(html, tags={"p", "br", *TAGS}, attributes=attributes, link_rel=LINK_REL, url_relative="deny")
    assert again == html


@given(TYPED.filter(lambda typed: not TAG_TYPED.search(typed)))
def test_without_tags_the_text_of_the_html_is_the_typed_text(typed: str) -> None:
    # A NUL has no place in HTML, and a carriage return is a line end in it; no stored text has either.
    typed = typed.replace("\0", "").replace("\r", "\n")
    assert Reader(render_html(typed)).text == typed


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_renders(typed: str) -> None:
    assert render_html(typed).startswith("<p>") or not typed.strip()
    assert isinstance(plain_from_html(typed), str)


@pytest.mark.parametrize(
    "unit", ["<", "<a ", "http://", "www.a.fr/(", "(", "&", "<b>", "</b>", "<code>", "a\n\n", "<b></i>"]
)
def test_html_is_at_most_so_many_times_its_text(unit: str) -> None:
    typed = unit * (20_000 // len(unit))
    assert len(render_html(typed)) < 10 * len(typed)


@pytest.mark.parametrize(
    ("html", "typed"),
    [
        pytest.param("a\n\nb", "a\n\nb", id="no HTML"),
        pytest.param("<p>a</p>\n<p>b<br />\nc</p>", "a\n\nb\nc", id="as wpautop writes it"),
        pytest.param("a<br><br>b", "a\n\nb", id="two line breaks"),
        pytest.param("AT&amp;T &lt;3 &eacute;&#233;&#8217;", "AT&T <3 éé’", id="entities"),
        pytest.param("<ul>\n<li>a</li>\n<li>b</li>\n</ul>c", "a\nb\n\nc", id="list"),
        pytest.param("x<blockquote><p>y</p></blockquote>z", "x\n\ny\n\nz", id="quotation"),
        pytest.param("H<sub>2</sub>O <b>x</b>", "H2O <b>x</b>", id="other tags go, their text stays"),
        pytest.param("a<script>b < c</script><style>d</style>e", "ae", id="scripts and styles"),
        pytest.param("a<!-- b --><img src='x' alt='y'>c", "ac", id="comments and images"),
        pytest.param("<strike>a</strike>", "<s>a</s>", id="strike"),
        pytest.param(
            '<a href="http://a.fr/?a&#038;b" rel="x">c</a>', '<a href="http://a.fr/?a&amp;b">c</a>', id="link"
        ),
        pytest.param('<a href="/a">b</a>', "b", id="relative link"),
        pytest.param("<em>a\n\nb</em>", "<em>a</em>\n\n<em>b</em>", id="over two paragraphs"),
        pytest.param("<b><i>a</b>b", "<b><i>a</i></b>b", id="crossed"),
        pytest.param("&lt;b&gt;", "<code><b></code>", id="a tag that was text"),
        pytest.param("<code>&lt;b&gt;</code>", "<code><b></code>", id="a tag in code"),
        pytest.param("1 < 2 <b", "1 < 2 <code><b</code>", id="brackets that open nothing"),
        pytest.param("<![x[ a", "<![x[ a", id="marked section"),
    ],
)
def test_wordpress_html_becomes_a_text_as_typed(html: str, typed: str) -> None:
    assert plain_from_html(html) == typed


def seen(html: str) -> str:
    """What a browser shows of it, white space apart."""
    without_hidden = re.sub(r"<(script|style)>.*?</\1>", "", html, flags=re.DOTALL)
    return "".join(Reader(without_hidden, strict=False).text.split())


STORED = [*(f"<{name}>" for name in TAGS), *(f"</{name}>" for name in TAGS)]
STORED += [
    "<p>",
    "</p>",
    "<br>",
    "<li>",
    "</li>",
    "<sub>",
    "</sub>",
    '<a href="http://a.fr">',
    "<script>x</script>",
]
STORED += [
    "&lt;b&gt;",
    "&lt;/b&gt;",
    "&lt;code&gt;",
    "&lt;/code&gt;",
    "&lt;",
    "&gt;",
    "&lt;i",
    "&amp;",
    "b",
    " ",
    "\n",
    "\n\n",
]


@given(st.lists(st.sampled_from(STORED), max_size=25).map("".join))
def test_an_imported_comment_shows_the_same_words(html: str) -> None:
    assert seen(render_html(plain_from_html(html))) == seen(html)


@given(MARKUP)
def test_html_of_ours_may_be_imported_again(typed: str) -> None:
    html = render_html(typed)
    assert seen(render_html(plain_from_html(html))) == seen(html)


def test_the_comments_of_a_wordpress_export_show_their_words() -> None:
    if not WORDPRESS_EXPORT.exists():
        pytest.skip("needs ../shared/data/themeunittestdata.wordpress.xml")
    export = WORDPRESS_EXPORT.read_text(encoding="utf-8")
    comments = re.findall(r"<wp:comment_content><!\[CDATA\[(.*?)\]\]></wp:comment_content>", export, re.DOTALL)
    assert len(comments) == 32
    for html in comments:
        assert seen(render_html(plain_from_html(html))) == seen(html)
