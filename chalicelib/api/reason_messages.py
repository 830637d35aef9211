"""Why a comment waits, as moderators read it, in French and in English."""

from chalicelib.api.messages import Text

REASONS: dict[str, Text] = {
    "moderation_of_all": Text("tous les commentaires sont relus", "every comment is looked at"),
    "first_comment": Text("premier commentaire de cet auteur", "first comment of this author"),
    "article_paused": Text("commentaires de l’article retenus", "comments of the article are held"),
    "links": Text("liens : {count} (limite : {limit})", "links: {count} (limit: {limit})"),
    "word": Text("mot : {word}", "word: {word}"),
    "email": Text("auteur de la liste : {entry}", "author on the list: {entry}"),
    "url": Text("site de la liste : {entry}", "site on the list: {entry}"),
    "network": Text("réseau de la liste", "network on the list"),
    "reserved_email": Text("adresse réservée à la rédaction", "address reserved for the staff"),
    "author_rejected": Text(
        "{rejected} commentaires rejetés sur {decided} de cet auteur",
        "{rejected} of {decided} comments of this author rejected",
    ),
    "shouting": Text("{percent} % de majuscules", "{percent} % capitals"),
    "repetition": Text("répétition : {text}", "repetition: {text}"),
    "form_too_fast": Text("formulaire envoyé en {seconds} s", "form sent within {seconds} s"),
    "form_too_old": Text("formulaire ouvert il y a {hours} h", "form opened {hours} h ago"),
    "form_invalid": Text("jeton de formulaire invalide", "form token not valid"),
    "honeypot": Text("champ invisible rempli", "invisible field filled in"),
    "article_pace": Text(
        "{count} commentaires sur l’article en dix minutes (limite : {limit})",
        "{count} comments on the article in ten minutes (limit: {limit})",
    ),
    "site_pace": Text(
        "{count} commentaires sur le site en dix minutes (limite : {limit})",
        "{count} comments on the site in ten minutes (limit: {limit})",
    ),
    "learned_spam": Text(
        "ressemble à {percent} % à des indésirables ({words})", "{percent} % like spam ({words})"
    ),
    "reports": Text("signalements de lecteurs : {count}", "reports of readers: {count}"),
}
