"""The words of documents and feeds, in French and in English: the same as those of the elements.

French has U+202F in numbers and before `?`, U+00A0 before `:` and inside of quotes, and ’ for the apostrophe.
"""

from datetime import timedelta

from chalicelib.api.form_messages import FORM
from chalicelib.api.messages import Text
from chalicelib.rules.instants import EPOCH

WORDS: dict[str, Text] = {
    "leave": FORM["submit"],
    "none": Text("Aucun commentaire", "No comments"),
    "one": Text("{n} commentaire", "{n} comment"),
    "many": Text("{n} commentaires", "{n} comments"),
    "first": Text("Soyez la première personne à commenter.", "Be the first to comment."),
    "closed": Text("Les commentaires sont fermés.", "Comments are closed."),
    "more": Text("Commentaires suivants", "More comments"),
    "sort": Text("Trier par", "Sort by"),
    "newest": Text("Les plus récents", "Newest"),
    "oldest": Text("Les plus anciens", "Oldest"),
    "best": Text("Les mieux notés", "Best"),
    "staff": Text("Rédaction", "Staff"),
    "pinned": Text("Épinglé", "Pinned"),
    "edited": Text("modifié", "edited"),
    "removed": Text("Ce commentaire a été retiré.", "This comment was removed."),
    "continued": Text("Suite de la page précédente.", "Continued from the previous page."),
    "waiting": Text("Votre commentaire est en attente de modération.", "Your comment is awaiting moderation."),
    "reply": Text("Répondre", "Reply"),
    "reply_to": Text("Répondre à {name}", "Reply to {name}"),
    "cancel": Text("Annuler la réponse", "Cancel reply"),
    "one_vote": Text("{n} vote", "{n} vote"),
    "many_votes": Text("{n} votes", "{n} votes"),
    "leave_empty": Text("Laissez ce champ vide", "Leave this field empty"),
    "no_article": Text("Cet article ne prend pas de commentaires ici.", "This article takes no comments here."),
    "wrong": Text("{field} : {message}", "{field}: {message}"),
    "most_read": Text("Les + Lus", "Most read"),
    "updated": Text("mis à jour le {date}", "updated on {date}"),
    "nothing_listed": Text("Rien à afficher pour l’instant.", "Nothing to show yet."),
    "about": Text("Commentaires sur « {title} »", "Comments on “{title}”"),
    "of_site": Text("Derniers commentaires", "Latest comments"),
    "by": Text("Commentaire de {name}", "Comment by {name}"),
    "by_about": Text("{name} sur « {title} »", "{name} on “{title}”"),
    "date": Text("{day} {month} {year} à {hour} h {minute} (UTC)", "{day} {month} {year}, {hour}:{minute} (UTC)"),
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
THOUSANDS = {"fr": "\u202f", "en": ","}


def say(language: str, key: str, **params: str | int) -> str:
    """One of the sentences, with its parameters in place."""
    return WORDS[key].say(language, **params)


def number(language: str, value: int) -> str:
    """A whole number as people write it."""
    return f"{value:,}".replace(",", THOUSANDS[language])


def comment_count(language: str, total: int) -> str:
    """How many comments there are."""
    key = "none" if total == 0 else "one" if total == 1 else "many"
    return say(language, key, n=number(language, total))


def vote_count(language: str, votes: int) -> str:
    """A sum of votes, which may be less than none; French has the plural from two on, English but for one."""
    key = "one_vote" if abs(votes) == 1 else "many_votes"
    return say(language, key, n=number(language, votes).replace("-", "\u2212"))


def date(language: str, at: int) -> str:
    """A time (milliseconds) to the minute, in UTC."""
    moment = EPOCH + timedelta(milliseconds=at)
    first = "1er" if language == "fr" and moment.day == 1 else str(moment.day)
    return say(
        language,
        "date",
        day=first,
        month=MONTHS[language].split()[moment.month - 1],
        year=moment.year,
        hour=moment.hour if language == "fr" else f"{moment.hour:02}",
        minute=f"{moment.minute:02}",
    )
