"""A long conversation: what readers say of the night tram, in more threads than one page shows."""

from ops.demo.story import DemoComment

SAID = (
    ("Léo", "Mes amis du campus n’y croyaient plus. Merci à ceux qui ont répondu."),
    ("Hélène", "Et les riverains ? J’attends de voir ces fameux freins."),
    ("↳ Léo", "Le bilan de septembre sera public, on pourra juger."),
    ("↳ Hélène", "Je prendrai des notes, fenêtre ouverte."),
    ("Karim", "Je finis à 2 h au restaurant. Deux heures de marche en moins par semaine."),
    ("Brigitte", "Vingt minutes d’attente en janvier, c’est long. Des abris fermés ?"),
    ("↳ Karim", "Celui de la gare est chauffé, c’est déjà ça."),
    ("Mathis", "Et le reste de la semaine ? On sort aussi le jeudi."),
    ("↳ Lina", "Le jeudi, on révise."),
    ("↳ Mathis", "Certains, peut-être."),
    ("Odile", "Quatre cents voyageurs par nuit, le seuil me paraît bas."),
    ("↳ Hugo", "C’est une moyenne, en août il n’y aura personne."),
    ("Pascal", "Une rame de nuit coûte moins cher qu’un accident."),
    ("Fatou", "Enfin une ville où l’on peut rentrer du théâtre sans courir."),
    ("↳ Odile", "Le rappel, surtout ! On partait toujours avant."),
    ("Denis", "Qui nettoie à cinq heures ? Pensons aussi à ceux-là."),
    ("↳ La rédaction", "Bonne question : deux équipes relaient le dépôt, nous préparons un reportage."),
    ("Chloé", "Deux contrôleurs par rame, ça rassure."),
    ("Ibrahim", "Les horaires sont-ils en ligne ?"),
    ("↳ Chloé", "Affichés aux arrêts depuis lundi."),
    ("Martine", "J’habite dans la courbe de la poste. On verra."),
    ("↳ Bruno", "Moi aussi : le nouveau revêtement a déjà fait baisser le bruit."),
    ("↳ Martine", "À l’étage, peut-être. Au rez-de-chaussée, moins."),
    ("Youssef", "Une application pour voir la rame arriver, ce serait parfait."),
    ("Sandrine", "Mon fils rentrera en tram plutôt qu’en trottinette. Je dors mieux."),
    ("Élise", "Et les vélos à bord la nuit ?"),
    ("↳ Gaspard", "Autorisés après 21 h, à l’arrière."),
    ("Thomas", "Bravo aux conducteurs volontaires."),
    ("↳ Nadia", "Volontaires et payés double, tant mieux pour eux."),
    ("Roland", "De mon temps, le dernier tram partait à 21 h 10."),
    ("↳ Camille", "Et de quel temps parle-t-on ?"),
    ("↳ Roland", "1974. On rentrait à pied en chantant."),
    ("Aïcha", "Infirmière de nuit : je signe tout de suite."),
    ("↳ Karim", "On se saluera à l’arrêt."),
    ("Victor", "Pourquoi pas la ligne B, qui dessert l’hôpital ?"),
    ("↳ Aïcha", "C’est la vraie question."),
    ("↳ La rédaction", "La régie nous répond : la ligne B est en travaux jusqu’en juin."),
    ("Sylvie", "Un essai avec des chiffres publics, voilà une bonne méthode."),
    ("Nino", "J’ai compté onze personnes à l’arrêt du musée samedi à 3 h. Et il pleuvait."),
    ("↳ Manon", "J’étais la douzième, en retard."),
    ("Gérard", "Et le prix du billet, on en parle ?"),
    ("↳ Sylvie", "Le même que le jour."),
    ("Salomé", "Le plan des correspondances de nuit serait utile sur papier."),
    ("Baptiste", "Un tram qui roule, c’est une rue qui vit."),
    ("↳ Martine", "Et qui ne dort pas."),
    ("Noémie", "Pensez aux fauteuils roulants : la rampe de la gare est en panne depuis un mois."),
    ("↳ Denis", "Signalée trois fois. Une quatrième ?"),
    ("↳ Noémie", "C’est fait."),
    ("Quentin", "Le premier soir, le conducteur a souhaité bonne nuit à chaque arrêt."),
    ("Rosa", "Il manque un banc à l’arrêt du parc."),
    ("Adrien", "Combien de taxis en moins ? Ce serait intéressant à mesurer."),
    ("↳ Pascal", "Et combien de voitures."),
    ("Lucas", "Ma sœur rentre seule : le bouton d’appel marche, testé."),
    ("Joséphine", "Merci pour l’article, clair et sans passion."),
    ("Tarek", "Samedi, la rame de 4 h était pleine. Pleine !"),
    ("↳ Léo", "Au-dessus du seuil, donc."),
    ("Agathe", "Et la ligne des collines ? On n’est pas si loin."),
    ("↳ Victor", "Une navette est à l’étude, paraît-il."),
    ("Simon", "Premier trajet hier : calme, propre, à l’heure."),
    ("Yvonne", "Mon balcon donne sur les rails. Pour l’instant, je n’entends que les merles."),
    ("↳ Hélène", "Profitez, cela ne dure jamais."),
    ("Malik", "Rendez-vous en septembre pour les chiffres."),
    ("Clara", "On devrait toujours essayer avant de décider."),
    ("↳ Simon", "Mettez cela au fronton de la mairie."),
)
"""Name and text, oldest first; ↳ before a name answers what stands above."""
REPLY = "↳ "
STAFF = "La rédaction"
FIRST, EVERY = 1_150, 16
"""Minutes since the first comment, and between one and the next."""


def _crowd() -> tuple[DemoComment, ...]:
    return tuple(
        DemoComment(
            name.removeprefix(REPLY),
            text,
            FIRST - EVERY * place,
            mark=str(place),
            answers=str(place - 1) if name.startswith(REPLY) else "",
            up=0 if place % 4 else 1 + place % 5,
            staff=name.endswith(STAFF),
        )
        for place, (name, text) in enumerate(SAID)
    )


CROWD = _crowd()
