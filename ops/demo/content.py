"""What the demonstration newspaper prints: articles and comments of our own, and how much each is read."""

from typing import NamedTuple


class DemoArticle(NamedTuple):
    """An article of the demonstration: `age_hours` since publication, `readers` of an average day."""

    id: str
    section: str
    title: str
    standfirst: str
    paragraphs: tuple[str, ...]
    age_hours: int
    readers: int


class DemoComment(NamedTuple):
    """A comment of the demonstration; `answers` is the place of the comment it replies to, `minutes` its age."""

    article: str
    name: str
    text: str
    minutes: int
    answers: int | None = None
    held: bool = False


ARTICLES = (
    DemoArticle(
        "marche-couvert",
        "Ville",
        "Le marché couvert rouvre ses portes après deux ans de travaux",
        "Charpente nettoyée, étals refaits, trois fois plus de places pour les vélos : visite avant l’ouverture.",
        (
            "Samedi à sept heures, les rideaux de fer se lèveront pour la première fois depuis vingt-six mois. "
            "Sous la grande charpente, désormais éclairée par une verrière, soixante-deux commerçants "
            "retrouvent leur place. Les plus anciens n’ont pas voulu attendre : dès jeudi, on rangeait les "
            "premiers cageots.",
            "Le chantier a coûté un peu moins que prévu. Les pavés ont été déposés un à un puis reposés, les "
            "chambres froides ramenées au sous-sol. « On ne verra plus un camion dans les allées après huit "
            "heures », promet la mairie, qui a tracé une zone de livraison rue des Tanneurs.",
            "Reste la question des loyers. Ils ne bougeront pas la première année ; ensuite, une clause les lie "
            "à la fréquentation. Les habitants, eux, demandent surtout des bancs : douze sont posés, trente "
            "attendus avant l’été.",
        ),
        5,
        400,
    ),
    DemoArticle(
        "tram-nocturne",
        "Ville",
        "Le tramway roulera toute la nuit le week-end à partir de mars",
        "Une rame toutes les vingt minutes du vendredi au dimanche, à l’essai jusqu’en septembre.",
        (
            "L’essai porte sur la ligne la plus fréquentée, de la gare au campus. Le conseil a tranché après une "
            "enquête à laquelle onze mille voyageurs ont répondu : huit sur dix disent renoncer à une sortie "
            "faute de retour.",
            "Les riverains ont obtenu des freins moins bruyants dans les deux courbes du centre. Un bilan public "
            "sera tiré en septembre, chiffres de fréquentation à l’appui.",
        ),
        20,
        170,
    ),
    DemoArticle(
        "librairie-de-quartier",
        "Culture",
        "Trois librairies de quartier s’unissent pour livrer à vélo",
        "Commandé avant midi, lu le soir : une tournée commune dessert toute la ville.",
        (
            "Elles se faisaient concurrence, elles partagent désormais un vélo-cargo et un fonds de quarante "
            "mille titres. Un livre absent d’une boutique se trouve souvent dans la deuxième ; il ne manquait "
            "que le moyen de le faire voyager.",
            "La tournée part à quatorze heures. Au bout d’un mois, soixante colis par jour : assez, disent les "
            "libraires, pour payer un salaire.",
        ),
        30,
        95,
    ),
    DemoArticle(
        "crue-de-printemps",
        "Environnement",
        "Pourquoi la rivière ne déborde plus au printemps",
        "Dix ans après les premiers travaux, les prairies d’amont retiennent l’eau. Explications.",
        (
            "On a d’abord cru à une suite d’années sèches. Les relevés disent autre chose : à pluie égale, le pic "
            "de crue arrive plus tard et monte moins haut. Entre les deux, deux cents hectares de prairies "
            "rendues à l’eau.",
            "Le principe est ancien : laisser la rivière s’étaler là où elle ne gêne personne. Les éleveurs y "
            "gagnent un foin tardif, les oiseaux un refuge, et la ville basse des caves sèches.",
        ),
        52,
        120,
    ),
    DemoArticle(
        "cantines-bio",
        "Économie",
        "Cantines : la moitié des repas vient désormais de moins de cinquante kilomètres",
        "Le prix du repas n’a pas augmenté. La recette tient en trois décisions.",
        (
            "Moins de plats préparés, des menus établis à six semaines, et une légumerie commune aux neuf "
            "écoles : voilà comment on a fait baisser le gaspillage d’un tiers, et financé le reste.",
            "Les producteurs, payés à quinze jours, sont passés de quatre à vingt-trois. La liste d’attente "
            "s’allonge.",
        ),
        76,
        80,
    ),
    DemoArticle(
        "derby-dimanche",
        "Sport",
        "Derby : un nul arraché au bout de la nuit",
        "Menés deux fois, revenus deux fois : le récit d’une soirée que personne n’avait prévue.",
        (
            "À la quatre-vingt-douzième minute, le ballon est passé entre trois défenseurs sans toucher "
            "personne. Le stade a mis une seconde à comprendre, puis il n’a plus rien entendu.",
            "Le classement ne change pas. L’ambiance, si : jamais la tribune nord n’avait chanté si tard.",
        ),
        100,
        150,
    ),
)

COMMENTS = (
    DemoComment(
        "marche-couvert", "Nadège", "Enfin ! Deux ans à faire le tour du quartier pour trois poireaux.", 200
    ),
    DemoComment(
        "marche-couvert",
        "Ousmane",
        "Les bancs, les bancs, les bancs. Ma mère ne vient plus faute de pouvoir s’asseoir.\n\n"
        "Douze, c’est un début ; trente, ce serait bien <em>avant</em> les chaleurs.",
        185,
    ),
    DemoComment("marche-couvert", "Claire B.", "D’accord avec vous. Et de l’ombre côté rue !", 160, 1),
    DemoComment(
        "marche-couvert",
        "Ousmane",
        "Il y a un plan affiché à l’entrée, avec des arbres. À suivre.",
        150,
        2,
    ),
    DemoComment("marche-couvert", "Ilyes", "Le plan prévoit six tilleuls, je crois.", 140, 3),
    DemoComment(
        "marche-couvert",
        "Marc",
        "Quelqu’un sait si l’on peut payer par carte partout ? L’an dernier, 1 étal < 10 €, c’était liquide.",
        95,
    ),
    DemoComment("marche-couvert", "Nadège", "Oui pour presque tous, j’ai demandé jeudi.", 80, 5),
    DemoComment(
        "marche-couvert",
        "Sofia",
        "Belle rénovation. J’espère que les loyers ne feront pas fuir les petits producteurs dans un an.",
        40,
    ),
    DemoComment("marche-couvert", "Promo", "Gagnez de l’argent depuis chez vous, cliquez ici !", 30, held=True),
    DemoComment(
        "tram-nocturne", "Léo", "Mes amis du campus n’y croyaient plus. Merci à ceux qui ont répondu.", 900
    ),
    DemoComment("tram-nocturne", "Hélène", "Et les riverains ? J’attends de voir ces fameux freins.", 840),
    DemoComment("tram-nocturne", "Léo", "Le bilan de septembre sera public, on pourra juger.", 800, 10),
    DemoComment("librairie-de-quartier", "Aminata", "Testé mardi : commandé à 11 h, livré à 18 h.", 1500),
    DemoComment("crue-de-printemps", "Jean-Pierre", "Ma cave est sèche pour la première fois depuis 1994.", 2900),
    DemoComment("derby-dimanche", "Kévin", "J’y étais. Plus de voix, mais quel match !", 5800),
)
