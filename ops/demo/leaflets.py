"""The house rules, and what the service keeps: what the demonstration links beside its comments."""

RULES: dict[str, tuple[str, ...]] = {
    "fr": (
        "On se parle comme à une table où l’on ne connaît pas tout le monde : avec curiosité, sans insulte.",
        "On critique les idées, pas les gens. Ni haine, ni menace, ni vie privée d’autrui.",
        "Pas de publicité. Un lien qui éclaire le sujet est le bienvenu.",
        "Le premier commentaire d’une personne est lu avant d’être publié ; les suivants paraissent "
        "aussitôt, sauf si une règle les retient.",
        "Tout le monde peut signaler un commentaire. Un modérateur tranche, et dit pourquoi à qui a "
        "signalé comme à qui a écrit.",
    ),
    "en": (
        "Talk as you would at a table where you do not know everyone: curious, and never insulting.",
        "Criticise ideas, not people. No hate, no threats, nobody else’s private life.",
        "No advertising. A link that sheds light on the story is welcome.",
        "A person’s first comment is read before it is published; later ones appear at once, unless a rule "
        "holds them.",
        "Anybody may report a comment. A moderator decides, and tells both who reported it and who wrote it why.",
    ),
}

DATA: dict[str, tuple[str, ...]] = {
    "fr": (
        "Cette page ne dépose aucun cookie et ne demande rien à aucun autre site.",
        "D’un commentaire, le service garde le nom, le site web, le texte et l’heure, qui sont publics, et "
        "l’adresse e-mail, qui ne l’est jamais : elle sert à reconnaître qui a déjà été publié, et seule "
        "la modération la voit.",
        "L’adresse IP n’est pas gardée. Il en reste une empreinte du réseau, dont la clé change chaque "
        "mois : elle aide à arrêter les campagnes de spam.",
        "Une lecture est comptée une fois par heure et par personne, sous une empreinte de quelques octets "
        "propre à l’article et au jour : elle ne permet pas de suivre quelqu’un d’un article à l’autre.",
        "Le nom et l’adresse e-mail ne sont enregistrés dans votre navigateur que si vous le demandez sous "
        "le formulaire. Votre brouillon, lui, n’y reste que jusqu’à l’envoi.",
    ),
    "en": (
        "This page sets no cookie and asks nothing of any other site.",
        "Of a comment the service keeps the name, the website, the text and the time, which are public, "
        "and the email address, which never is: it tells who has been published before, and only "
        "moderators see it.",
        "IP addresses are not kept. What stays is a keyed hash of the network, with another key each "
        "month, which helps to stop spam campaigns.",
        "A view is counted once an hour for each person, under a hash of a few bytes that belongs to the "
        "article and the day: nobody can be followed from one article to the next.",
        "Your name and email address are saved in your browser only if you ask for it below the form. Your "
        "draft stays there until it is sent.",
    ),
}
