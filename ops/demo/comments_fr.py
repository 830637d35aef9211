"""What readers say of the French articles, oldest first in each conversation."""

from ops.demo.crowd import CROWD
from ops.demo.story import DemoComment

CONVERSATIONS: dict[str, tuple[DemoComment, ...]] = {
    "marche-couvert": (
        DemoComment("Nadège", "Enfin ! Deux ans à faire le tour du quartier pour trois poireaux.", 232, up=6),
        DemoComment(
            "Marc",
            "Peut-on payer par carte partout ? L’an dernier, pour moins de 10 €, c’était liquide.",
            224,
            mark="carte",
        ),
        DemoComment(
            "Nadège", "Oui pour presque tous, j’ai demandé jeudi.", 210, mark="carte-oui", answers="carte", up=3
        ),
        DemoComment("Marc", "Merci, j’y vais léger.", 200, answers="carte-oui"),
        DemoComment("Rémi", "Premier ! Et regardez ma boutique de montres…", 190, mark="montres", removed=True),
        DemoComment(
            "Sofia",
            "Ne cliquez pas, c’est une arnaque : signalé à la modération.",
            184,
            answers="montres",
            up=4,
        ),
        DemoComment(
            "Ousmane",
            "Les bancs, les bancs, les bancs. Ma mère ne vient plus faute de pouvoir s’asseoir.\n\n"
            "Douze, c’est un début ; trente, ce serait bien <em>avant</em> les chaleurs.",
            170,
            mark="bancs",
            up=17,
            down=1,
        ),
        DemoComment(
            "Claire B.", "D’accord avec vous. Et de l’ombre côté rue !", 160, mark="ombre", answers="bancs", up=5
        ),
        DemoComment(
            "Ousmane",
            "Il y a un plan affiché à l’entrée, avec des arbres. À suivre.",
            150,
            mark="plan",
            answers="ombre",
        ),
        DemoComment("Ilyes", "Le plan prévoit six tilleuls, je crois.", 140, mark="tilleuls", answers="plan"),
        DemoComment("Anne-Lise", "Huit ! Je les ai comptés deux fois.", 128, answers="tilleuls", up=2),
        DemoComment(
            "La rédaction",
            "Bonjour Ousmane, la mairie nous confirme les dix-huit bancs restants pour la mi-mai. On ira voir.",
            118,
            answers="bancs",
            up=8,
            staff=True,
        ),
        DemoComment(
            "ليلى",
            "Mon père tenait l’étal d’olives dans les années 80. Le revoir sous cette lumière, quelle émotion.",
            96,
            up=11,
        ),
        DemoComment(
            "Jean-Pierre",
            "Sur l’affiche : « marchéocouvertoinaugurationexceptionnelledusamediquatorzemarsàsepheuresprécises ». "
            "Quelqu’un a perdu sa barre d’espace.",
            74,
            up=9,
        ),
        DemoComment(
            "Sofia",
            "Belle rénovation. J’espère que les loyers ne feront pas fuir les petits producteurs dans un an.",
            52,
            edited="Belle rénovation. J’espère que les loyers ne feront pas fuir les petits producteurs.",
            up=7,
            down=2,
        ),
        DemoComment(
            "Collectif des Halles",
            "Nous tenons la liste des commerçants à jour, avec leurs jours de présence : elle est affichée à "
            "l’entrée, et en ligne chez nous.",
            34,
            url="https://www.example.org/halles",
            up=12,
            pinned=True,
        ),
        DemoComment("Promo", "Gagnez de l’argent depuis chez vous, cliquez ici !", 30, held=True),
        DemoComment("Théo", "On entre par où avec une poussette ?", 12, mark="poussette"),
        DemoComment("Nadège", "Rue des Tanneurs, il y a une rampe.", 7, answers="poussette", up=1),
    ),
    "tram-nocturne": CROWD,
    "librairie-de-quartier": (
        DemoComment("Aminata", "Testé mardi : commandé à 11 h, livré à 18 h.", 1500, mark="teste", up=4),
        DemoComment("Gaël", "Et l’emballage ? Du papier, enfin ?", 1440, mark="papier", answers="teste"),
        DemoComment(
            "Aminata", "Une pochette en toile, que l’on rend au passage suivant.", 1410, answers="papier", up=3
        ),
    ),
    "crue-de-printemps": (
        DemoComment("Jean-Pierre", "Ma cave est sèche pour la première fois depuis 1994.", 2900, up=6),
        DemoComment(
            "Maëlle",
            "Et les moustiques ? On nous promettait l’enfer, je n’ai rien vu.",
            2600,
            mark="moustiques",
        ),
        DemoComment("Yann", "Les libellules les mangent. C’est tout l’intérêt.", 2540, answers="moustiques", up=5),
        DemoComment("דניאל", "Merci pour les relevés, c’est clair et précis.", 1900, up=2),
    ),
    "cantines-bio": (
        DemoComment("Samira", "Ma fille réclame des panais. Des panais !", 4300, up=9),
        DemoComment(
            "Bruno", "Vingt-trois producteurs payés à quinze jours : l’exemple à suivre.", 4200, up=3, down=1
        ),
    ),
    "derby-dimanche": (
        DemoComment("Kévin", "J’y étais. Plus de voix, mais quel match !", 5800, mark="voix", up=5),
        DemoComment("Lucie", "Pareil. La fin du récit donne des frissons.", 5750, answers="voix"),
        DemoComment("Omar", "Un nul volé, mais on prend.", 5600, up=2, down=4),
    ),
    "jardins-partages": (
        DemoComment(
            "Colette", "La caisse du dimanche m’a fait découvrir la blette arc-en-ciel.", 7000, mark="blette"
        ),
        DemoComment("Ahmed", "Recette, s’il vous plaît !", 6900, mark="recette", answers="blette"),
        DemoComment("Colette", "À la poêle, avec de l’ail et un filet de citron.", 6880, answers="recette", up=4),
        DemoComment("Zoé", "Inscrite depuis dix-huit mois, je garde espoir.", 6000),
    ),
    "cinema-rex": (
        DemoComment("Paul", "L’image tremble, et c’est beau.", 11_000, up=3),
        DemoComment("Inès", "Neuf films, ce n’est pas assez.", 10_800),
    ),
}
