"""The articles of the demonstration in French."""

from ops.demo.story import DemoArticle

FRENCH = (
    DemoArticle(
        "marche-couvert",
        "fr",
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
        "marche",
        "la halle et ses étals, un matin d’ouverture",
        translation="market-hall",
    ),
    DemoArticle(
        "tram-nocturne",
        "fr",
        "Ville",
        "Le tramway roule désormais toute la nuit le week-end",
        "Une rame toutes les vingt minutes du vendredi au dimanche, à l’essai jusqu’en septembre.",
        (
            "L’essai porte sur la ligne la plus fréquentée, de la gare au campus. Le conseil a tranché après une "
            "enquête à laquelle onze mille voyageurs ont répondu : huit sur dix disent renoncer à une sortie "
            "faute de retour.",
            "Les riverains ont obtenu des freins moins bruyants dans les deux courbes du centre, et une vitesse "
            "réduite après minuit. Douze conducteurs volontaires se relaient ; les contrôleurs montent par "
            "deux.",
            "Un bilan public sera tiré en septembre, chiffres de fréquentation à l’appui. En dessous de quatre "
            "cents voyageurs par nuit, l’essai ne sera pas reconduit.",
        ),
        20,
        170,
        "tram",
        "une rame de nuit, peu après minuit",
        translation="night-tram",
    ),
    DemoArticle(
        "librairie-de-quartier",
        "fr",
        "Culture",
        "Trois librairies de quartier s’unissent pour livrer à vélo",
        "Commandé avant midi, lu le soir : une tournée commune dessert toute la ville.",
        (
            "Elles se faisaient concurrence, elles partagent désormais un vélo-cargo et un fonds de quarante "
            "mille titres. Un livre absent d’une boutique se trouve souvent dans la deuxième ; il ne manquait "
            "que le moyen de le faire voyager.",
            "La tournée part à quatorze heures. Au bout d’un mois, soixante colis par jour : assez, disent les "
            "libraires, pour payer un salaire.",
            "Le vélo, lui, a été construit à l’atelier du canal. Il porte quatre-vingts kilos, et un auvent "
            "contre la pluie : « Un livre mouillé ne se rend pas », rappelle l’une des associées.",
        ),
        30,
        95,
        "velo",
        "le vélo-cargo des libraires, prêt pour sa tournée",
        translation="books-by-bicycle",
    ),
    DemoArticle(
        "crue-de-printemps",
        "fr",
        "Environnement",
        "Pourquoi la rivière ne déborde plus au printemps",
        "Dix ans après les premiers travaux, les prairies d’amont retiennent l’eau. Explications.",
        (
            "On a d’abord cru à une suite d’années sèches. Les relevés disent autre chose : à pluie égale, le pic "
            "de crue arrive plus tard et monte moins haut. Entre les deux, deux cents hectares de prairies "
            "rendues à l’eau.",
            "Le principe est ancien : laisser la rivière s’étaler là où elle ne gêne personne. Les éleveurs y "
            "gagnent un foin tardif, les oiseaux un refuge, et la ville basse des caves sèches.",
            "Le procédé a ses limites. Une crue d’orage, brève et violente, passe encore ; pour celles-là, seuls "
            "les toits, les cours et les trottoirs qui boivent font la différence.",
        ),
        52,
        120,
        "riviere",
        "les prairies d’amont, où l’eau s’étale",
        translation="quiet-river",
    ),
    DemoArticle(
        "cantines-bio",
        "fr",
        "Économie",
        "Cantines : la moitié des repas vient désormais de moins de cinquante kilomètres",
        "Le prix du repas n’a pas augmenté. La recette tient en trois décisions.",
        (
            "Moins de plats préparés, des menus établis à six semaines, et une légumerie commune aux neuf "
            "écoles : voilà comment on a fait baisser le gaspillage d’un tiers, et financé le reste.",
            "Les producteurs, payés à quinze jours, sont passés de quatre à vingt-trois. La liste d’attente "
            "s’allonge.",
            "Dans les cuisines, on épluche de nouveau. Deux postes ont été créés ; le temps des repas a gagné dix "
            "minutes, et les enfants, dit-on, le goût des panais.",
        ),
        76,
        80,
        "cantine",
        "une assiette de la légumerie",
        translation="school-meals",
    ),
    DemoArticle(
        "derby-dimanche",
        "fr",
        "Sport",
        "Derby : un nul arraché au bout de la nuit",
        "Menés deux fois, revenus deux fois : le récit d’une soirée que personne n’avait prévue.",
        (
            "À la quatre-vingt-douzième minute, le ballon est passé entre trois défenseurs sans toucher "
            "personne. Le stade a mis une seconde à comprendre, puis il n’a plus rien entendu.",
            "Jusque-là, rien n’avait souri : un poteau à la vingtième minute, un but refusé avant la pause, une "
            "défense prise à revers deux fois sur la même passe. Il fallait un remplaçant de dix-neuf ans pour "
            "tout remettre d’aplomb.",
            "Le classement ne change pas. L’ambiance, si : jamais la tribune nord n’avait chanté si tard.",
        ),
        100,
        150,
        "stade",
        "le stade sous ses projecteurs",
        translation="late-equaliser",
    ),
    DemoArticle(
        "jardins-partages",
        "fr",
        "Environnement",
        "Sur le toit du parking, trente-deux jardins et une seule règle",
        "Ce qui pousse se partage. Deux ans après l’ouverture, la liste d’attente dépasse cent noms.",
        (
            "On y monte par l’ascenseur du niveau quatre. Derrière la porte coupe-feu, des tomates, deux ruches "
            "et une vue sur la gare. La terre vient des déblais de la piscine, tamisée sur place.",
            "La règle tient sur une ardoise : ce que l’on ne mange pas dans la semaine va dans la caisse "
            "commune. Elle se vide chaque dimanche à midi, et personne n’a jamais compté.",
        ),
        130,
        45,
        "jardin",
        "les planches du toit, côté cabane",
        classic=True,
    ),
    DemoArticle(
        "cinema-rex",
        "fr",
        "Culture",
        "Le Rex ressort ses bobines pour ses quatre-vingt-dix ans",
        "Neuf films, neuf copies en pellicule, un projecteur réparé pièce à pièce.",
        (
            "Il a fallu deux hivers pour remettre l’appareil en marche. Les galets viennent d’un cinéma fermé "
            "dans la vallée ; la lampe, d’un théâtre. Le projectionniste, retraité, forme deux élèves.",
            "Les séances ont lieu le jeudi. On prévient le public à l’entrée : l’image tremble un peu, et c’est "
            "voulu.",
        ),
        210,
        40,
        "cinema",
        "la grande salle du Rex",
        closed=True,
    ),
    DemoArticle(
        "fontaines",
        "fr",
        "Ville",
        "Douze fontaines d’eau fraîche ouvriront avant l’été",
        "Une carte, des gourdes prêtées et un débit surveillé : le plan de la régie des eaux.",
        (
            "Les deux premières coulent déjà, place aux Herbes et devant la médiathèque. Chacune porte un numéro "
            "à appeler si elle faiblit ; une équipe passe dans la journée.",
            "Le choix des lieux doit beaucoup aux facteurs, qui connaissent les trottoirs les plus chauds. Les "
            "gourdes se prêtent à la mairie, contre un nom et un sourire.",
        ),
        9,
        60,
        "fontaine",
        "la fontaine de la place aux Herbes",
    ),
)
