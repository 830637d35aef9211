"""The pieces of the demonstration's pages, in French. Text is escaped here; comments come as safe HTML."""

from datetime import datetime
from html import escape
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from ops.demo.content import DemoArticle

Json = dict[str, Any]
WINDOWS = {"24h": "24 h", "7d": "7 jours", "30d": "30 jours"}
SORTS = {"newest": "Les plus récents", "oldest": "Les plus anciens", "best": "Les mieux notés"}
FOLLOW = (
    ("Facebook", "https://www.facebook.com/"),
    ("Instagram", "https://www.instagram.com/"),
    ("Bluesky", "https://bsky.app/"),
    ("WhatsApp", "https://www.whatsapp.com/"),
)
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
)
NOTICE = "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *"


def page(title: str, body: str, article_id: str | None) -> str:
    """A whole page; `article_id` is the article whose view it counts."""
    counted = f' data-article="{escape(article_id)}"' if article_id else ""
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="/demo/style.css">
<link rel="icon" href="data:,">
<script src="/demo/page.js" type="module"></script>
</head>
<body{counted}>
<a class="skip" href="#contenu">Aller au contenu</a>
<header class="masthead"><a href="/">Le Courrier</a><span>Journal de démonstration</span></header>
{body}
<footer class="colophon">Textes de démonstration. Commentaires et « Les + Lus » servis par Tribune.</footer>
</body>
</html>
"""


def front(teasers: str, aside: str) -> str:
    """The front page."""
    return (
        f'<div class="columns"><main id="contenu"><h1 class="unseen">À la une</h1>{teasers}</main>'
        f"<aside>{aside}{follow()}</aside></div>"
    )


def teaser(article: DemoArticle, counts: Json | None) -> str:
    """An article on the front page."""
    comments = f" · {comment_count(counts['comments'])}" if counts else ""
    return (
        f'<article class="teaser"><p class="section">{escape(article.section)}</p>'
        f'<h2><a href="/demo/{article.id}">{escape(article.title)}</a></h2>'
        f"<p>{escape(article.standfirst)}</p><p class='meta'>{reading_time(article)}{comments}</p></article>"
    )


def article(demo: DemoArticle, *, thread: str, form: str, total: int, held: bool, aside: str) -> str:
    """An article with its comments, its form and the list beside it."""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in demo.paragraphs)
    notice = (
        '<p class="notice" role="status">Merci ! Votre commentaire est en attente de modération ; '
        "il paraîtra dès qu’il aura été lu.</p>"
        if held
        else ""
    )
    label = f"Lire les {total} commentaires" if total > 1 else "Lire le commentaire" if total else "Commenter"
    return f"""<div class="columns">
<main id="contenu">
<article>
<p class="section">{escape(demo.section)}</p>
<h1>{escape(demo.title)}</h1>
<p class="standfirst">{escape(demo.standfirst)}</p>
<p class="meta">{reading_time(demo)}</p>
{text}
</article>
<p><button type="button" class="open-comments" aria-controls="comments" aria-expanded="true" hidden
 data-label="Cliquez pour commenter · {label}">Masquer les commentaires</button></p>
<section id="comments" aria-labelledby="comments-title">
<h2 id="comments-title">{comment_count(total)}</h2>
{notice}
{thread}
{form}
</section>
</main>
<aside>{aside}{follow()}</aside>
</div>"""


def thread(found: Json, article_id: str, sort: str) -> str:
    """A page of comments, nested by depth, with links to the other orders and to the next page."""
    comments = found.get("comments", [])
    if not comments:
        return "<p>Soyez la première personne à commenter.</p>"
    orders = " · ".join(
        f'<span aria-current="true">{name}</span>'
        if key == sort
        else f'<a href="?{urlencode({"sort": key})}#comments">{name}</a>'
        for key, name in SORTS.items()
    )
    items = "".join(comment(this) + _between(this["depth"], following) for this, following in _with_next(comments))
    more = found.get("next_cursor")
    link = (
        f'<p><a rel="next" href="?{urlencode({"sort": sort, "cursor": more})}#comments">'
        "Autres commentaires</a></p>"
        if more
        else ""
    )
    return f'<p class="orders">{orders}</p><ol class="comment-list">{items}</ol>{link}'


def _between(depth: int, following: int) -> str:
    """What opens or closes between a comment and the next one, by their depths."""
    if following > depth:
        return "<ol>"
    return "</li>" + "</ol></li>" * (depth - following)


def _with_next(comments: list[Json]) -> list[tuple[Json, int]]:
    """Each comment with the depth of the next; depths jump by one at most, as lists nest."""
    nested: list[Json] = []
    depth = -1
    for found in comments:
        depth = min(found["depth"], depth + 1)
        nested.append(found | {"depth": depth})
    pairs = [(this, after["depth"]) for this, after in pairwise(nested)]
    return [*pairs, (nested[-1], 0)]


def comment(found: Json) -> str:
    """One comment, its list item left open for the replies."""
    author, id = found["author"], found["id"]
    name = f"<bdi>{escape(author['name'])}</bdi>"
    if author["url"]:
        name = f'<a href="{escape(author["url"])}" rel="nofollow ugc noopener">{name}</a>'
    return (
        f'<li class="comment" id="comment-{id}"><article><header>{avatar(author)}<b>{name}</b> '
        f'<a class="meta" href="#comment-{id}"><time datetime="{found["created_at"]}">'
        f"{date(found['created_at'])}</time></a></header>"
        f'<div class="text">{found["content_html"]}</div>'
        f'<p class="actions"><a href="?replytocom={id}#respond" '
        f'aria-label="Répondre à {escape(author["name"])}">Répondre</a></p></article>'
    )


def avatar(author: Json) -> str:
    """A drawn portrait: the first letter on one of twelve hues chosen by the name's seed."""
    letter = escape(next(iter(author["name"]), "?").upper())
    return f'<span class="avatar hue-{int(author["avatar"][:4], 16) % 12}" aria-hidden="true">{letter}</span>'


def comment_form(*, action: str, submission_id: str, answered: Json | None, here: str) -> str:
    """The form, with the fields and names of a WordPress theme."""
    heading, parent = "Laisser un commentaire", ""
    if answered:
        heading = (
            f"Répondre à <bdi>{escape(answered['author']['name'])}</bdi> "
            f'<small><a href="{here}#respond">Annuler la réponse</a></small>'
        )
        parent = f'<input type="hidden" name="comment_parent" value="{answered["id"]}">'
    return f"""<div id="respond" class="comment-respond">
<h3 id="reply-title">{heading}</h3>
<form id="commentform" method="post" action="{escape(action)}" aria-labelledby="reply-title">
<p class="comment-notes">{NOTICE}</p>
<p><label for="comment">Commentaire <span class="required" aria-hidden="true">*</span></label>
<textarea id="comment" name="comment" rows="7" maxlength="5000" required></textarea></p>
<div class="pair">
<p><label for="author">Nom <span class="required" aria-hidden="true">*</span></label>
<input id="author" name="author" type="text" maxlength="100" autocomplete="name" required></p>
<p><label for="email">E-mail <span class="required" aria-hidden="true">*</span></label>
<input id="email" name="email" type="email" maxlength="254" autocomplete="email" required></p>
</div>
<p><label for="url">Site web</label>
<input id="url" name="url" type="url" maxlength="2000" autocomplete="url"></p>
<p><input type="hidden" name="submission_id" value="{submission_id}">{parent}
<button type="submit" id="submit">Laisser un commentaire</button></p>
</form>
</div>"""


def closed() -> str:
    """In place of the form of a closed article."""
    return '<p id="respond">Les commentaires sont fermés.</p>'


def most_read(found: Json, window: str, current: str | None) -> str:
    """The list "Les + Lus"; nothing at all where there is nothing in it."""
    rows = found.get("articles", [])
    if not rows:
        return ""
    items = "".join(
        f'<li><a href="{escape(row["url"])}"{_current(row["article_id"] == current)}>'
        f'<span class="section">{escape(row["section"] or "")}</span>{escape(row["title"])}</a></li>'
        for row in rows
    )
    tabs = " · ".join(
        f'<span aria-current="true">{name}</span>' if key == window else f'<a href="/?window={key}">{name}</a>'
        for key, name in WINDOWS.items()
    )
    return (
        '<section class="most-read" aria-labelledby="most-read"><h2 id="most-read">Les + Lus</h2>'
        f'<p class="orders">{tabs}</p><ol>{items}</ol></section>'
    )


def follow() -> str:
    """Links to the newspaper's pages elsewhere."""
    links = "".join(f'<li><a href="{url}" rel="noopener me">{name}</a></li>' for name, url in FOLLOW)
    return (
        '<nav class="follow" aria-labelledby="follow"><h2 id="follow">Nous rejoindre sur les réseaux</h2>'
        f"<ul>{links}</ul></nav>"
    )


def _current(is_current: bool) -> str:
    return ' aria-current="page"' if is_current else ""


def comment_count(total: int) -> str:
    """How many comments, in words."""
    if not total:
        return "Aucun commentaire"
    return "1 commentaire" if total == 1 else f"{total} commentaires"


def reading_time(demo: DemoArticle) -> str:
    """How long an article takes to read, at 200 words a minute."""
    words = sum(len(paragraph.split()) for paragraph in demo.paragraphs)
    return f"Lecture : {max(1, round(words / 200))} min"


def date(text: str) -> str:
    """A time of the API as a French date, UTC."""
    at = datetime.fromisoformat(text)
    day = "1er" if at.day == 1 else str(at.day)
    return f"{day} {MONTHS[at.month - 1]} {at.year} à {at.hour} h {at.minute:02} (UTC)"
