"""What stands on the demonstration's pages. Texts are escaped here; what the service has drawn comes as HTML."""

from collections.abc import Callable, Iterable
from html import escape

from ops.demo import places
from ops.demo.content import ARTICLES
from ops.demo.layout import beside, picture
from ops.demo.story import DemoArticle
from ops.demo.words import Words

WORDS_A_MINUTE = 200
SECONDS = 3
"""Articles beside the lead story, it included."""
MOST_READ = "5"
WINDOWS = "24h,7d,30d"
Drawn = Callable[..., str]
"""Asks the service for a list as HTML, by the parameters of /most-read.html."""


def front(words: Words, shown: list[DemoArticle], counts: dict[str, str], listed: Drawn) -> str:
    """The front page: the lead story, two beside it, and the others below."""
    top, others = shown[:SECONDS], shown[SECONDS:]
    lead, *seconds = (teaser(article, counts, level=2, lazy=False) for article in top)
    read = most_read(words, listed, windows=WINDOWS)
    talked_of = most_read(words, listed, window="30d", sort="comments", limit="3", heading=words.most_commented)
    below = "".join(teaser(article, counts, level=3) for article in others)
    return f"""<div class="sheet front">
<main id="content">
<h1 class="unseen">{words.lead}</h1>
<div class="lead">{lead}</div>
<div class="seconds">{"".join(seconds)}</div>
</main>
{beside(words, read + talked_of)}
<section class="others" aria-labelledby="others"><h2 id="others">{words.others}</h2><div>{below}</div></section>
</div>"""


def section(words: Words, name: str, shown: list[DemoArticle], counts: dict[str, str], listed: Drawn) -> str:
    """The page of a section."""
    heading = words.most_read_in.format(section=name)
    teasers = "".join(teaser(article, counts, level=2, lazy=False) for article in shown)
    return f"""<div class="sheet section-page">
<main id="content"><h1>{escape(name)}</h1>{teasers}</main>
{beside(words, most_read(words, listed, section=name, window="30d", heading=heading))}
</div>"""


def teaser(article: DemoArticle, counts: dict[str, str], *, level: int, lazy: bool = True) -> str:
    """An article as the front page has it."""
    path = places.article(article)
    kicker = f'<p class="kicker"><a href="{_section(article)}">{escape(article.section)}</a></p>'
    return f"""<article class="teaser">
{picture(article, lazy=lazy)}
{kicker}
<h{level}><a href="{path}">{escape(article.title)}</a></h{level}>
<p class="standfirst">{escape(article.standfirst)}</p>
<p class="meta">{count(article, counts)}</p>
</article>"""


def count(article: DemoArticle, counts: dict[str, str]) -> str:
    """A link to an article's comments, whose number is there without script as well."""
    known = escape(counts.get(article.id, ""))
    link = f"{places.article(article)}#comments"
    return f'<a href="{link}"><tribune-count article="{article.id}">{known}</tribune-count></a>'


def article(words: Words, demo: DemoArticle, counts: dict[str, str], thread: str, listed: Drawn, day: str) -> str:
    """An article with its comments, and the list beside it."""
    minutes = max(1, round(sum(len(text.split()) for text in demo.paragraphs) / WORDS_A_MINUTE))
    caption = escape(words.drawing.format(drawn=demo.drawn))
    return f"""<div class="sheet story">
<main id="content">
<article>
<p class="kicker"><a href="{_section(demo)}">{escape(demo.section)}</a></p>
<h1>{escape(demo.title)}</h1>
<p class="standfirst">{escape(demo.standfirst)}</p>
<p class="meta"><span>{words.by}</span> <span>{day}</span> <span>{words.reading.format(n=minutes)}</span>
{count(demo, counts)}</p>
<figure>{picture(demo, lazy=False)}<figcaption>{caption}</figcaption></figure>
<div class="text">{_paragraphs(demo.paragraphs)}</div>
<tribune-share></tribune-share>
</article>
<section class="talk" aria-label="{words.talk}">{comments(words, demo, thread)}</section>
</main>
{beside(words, most_read(words, listed, window="24h", article=demo.id, images=True))}
</div>"""


def classic(words: Words, demo: DemoArticle, thread: str, day: str) -> str:
    """An article as a theme for WordPress prints it: only WordPress's own ids and classes."""
    talk = comments(words, demo, thread, skin="wordpress")
    return f"""<div id="primary" class="content-area"><main id="content" class="site-main">
<article id="post-1" class="post hentry">
<header class="entry-header"><h1 class="entry-title">{escape(demo.title)}</h1>
<p class="entry-meta"><span class="posted-on">{day}</span>
<span class="cat-links">{escape(demo.section)}</span></p>
</header>
<div class="entry-content">{picture(demo, lazy=False)}{_paragraphs((demo.standfirst, *demo.paragraphs))}</div>
</article>
<section class="comments-area" aria-label="{words.talk}">{talk}</section>
</main></div>"""


def comments(words: Words, demo: DemoArticle, thread: str, **attributes: str) -> str:
    """The comments element, with what the service has drawn for readers without script inside."""
    language = words.language
    given = {"article": demo.id, "rules": places.RULES[language], "privacy": places.DATA[language]}
    return f"<tribune-comments{_attributes(given | attributes)}>{thread}</tribune-comments>"


def most_read(words: Words, listed: Drawn, *, images: bool = False, windows: str = "", **asked: str) -> str:
    """The list, without the articles of the other language, and with what the service has drawn inside."""
    foreign = [article.id for article in ARTICLES if article.language != words.language]
    heading = asked.pop("heading", "")
    asked = {"limit": MOST_READ} | asked
    drawn = listed(**asked, exclude=foreign, lang=words.language)
    given = {"windows": windows, "heading": heading, "exclude": ",".join(foreign)} | asked
    return f"<tribune-most-read{_attributes(given)}{' images' if images else ''}>{drawn}</tribune-most-read>"


def leaflet(title: str, paragraphs: Iterable[str]) -> str:
    """A page of text: house rules, what is kept."""
    return f"""<div class="sheet leaflet"><main id="content"><h1>{escape(title)}</h1>
<div class="text">{_paragraphs(paragraphs)}</div></main></div>"""


def _section(demo: DemoArticle) -> str:
    return places.section(demo.language, demo.section)


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _attributes(given: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)
