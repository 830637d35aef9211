"""What the pages of the demonstration say around its articles, in French and in English."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """The words of a language."""

    language: str
    other: str
    """The other language, in its own words."""
    edition: str
    home: str
    skip: str
    sections: str
    lead: str
    others: str
    drawing: str
    by: str
    reading: str
    aside: str
    talk: str
    most_read_in: str
    most_commented: str
    rules: str
    data: str
    counted: tuple[str, str, str]
    """No comment, one, and many."""
    colophon: str
    comments: str
    gone: str
    months: tuple[str, ...]
    days: tuple[str, ...]

    def count(self, comments: int) -> str:
        """How many comments, in words."""
        return self.counted[min(comments, 2)].format(n=comments)


FRENCH = Words(
    language="fr",
    other="English",
    edition="Journal de démonstration",
    home="À la une",
    skip="Aller au contenu",
    sections="Rubriques",
    lead="À la une",
    others="Aussi dans cette édition",
    drawing="Dessin : {drawn}.",
    by="Par la rédaction",
    reading="{n} min de lecture",
    aside="À lire aussi",
    talk="Commentaires",
    most_commented="Les + commentés",
    most_read_in="Les + Lus : {section}",
    rules="Règles de la discussion",
    data="Vos données",
    colophon="Textes et dessins de démonstration. Les commentaires et « Les + Lus » sont servis par Tribune.",
    comments="Lire et écrire des commentaires",
    counted=("Aucun commentaire", "1 commentaire", "{n} commentaires"),
    gone="Cet article a été retiré.",
    months=(
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    days=("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"),
)

ENGLISH = Words(
    language="en",
    other="Français",
    edition="Demonstration newspaper",
    home="Front page",
    skip="Skip to content",
    sections="Sections",
    lead="Top story",
    others="Also in this edition",
    drawing="Drawing: {drawn}.",
    by="By our newsroom",
    reading="{n} min read",
    aside="Read on",
    talk="Comments",
    most_commented="Most discussed",
    most_read_in="Most read: {section}",
    rules="Rules of the discussion",
    data="Your data",
    colophon="Texts and drawings of a demonstration. Comments and the most-read list are served by Tribune.",
    comments="Read and write comments",
    counted=("No comments", "1 comment", "{n} comments"),
    gone="This article was removed.",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)

WORDS = {"fr": FRENCH, "en": ENGLISH}
