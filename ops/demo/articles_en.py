"""The articles of the demonstration in English."""

from ops.demo.story import DemoArticle

ENGLISH = (
    DemoArticle(
        "market-hall",
        "en",
        "City",
        "The market hall reopens after two years of works",
        "A cleaned roof, rebuilt stalls and three times the bicycle racks: a walk round before the opening.",
        (
            "On Saturday at seven the shutters will rise for the first time in twenty-six months. Under the great "
            "roof, now lit by a ridge of glass, sixty-two traders get their places back. The oldest could not "
            "wait: by Thursday the first crates were being stacked.",
            "The works cost a little less than planned. The cobbles were lifted one by one and laid again, the "
            "cold rooms moved down to the basement. “You will not see a van in the aisles after eight,” promises "
            "the town hall, which has marked out a loading bay in Tanners’ Street.",
            "That leaves the rents. They stay as they are for a year; after that a clause ties them to the number "
            "of visitors. What people ask for most is benches: twelve are in, thirty are due before summer.",
        ),
        5,
        210,
        "marche",
        "the hall and its stalls on an opening morning",
        translation="marche-couvert",
    ),
    DemoArticle(
        "night-tram",
        "en",
        "City",
        "Trams now run all night at weekends",
        "One every twenty minutes from Friday to Sunday, on trial until September.",
        (
            "The trial covers the busiest line, from the station to the campus. The council decided after eleven "
            "thousand travellers had answered its survey: eight in ten say they skip an evening out because "
            "there is no way home.",
            "Residents won quieter brakes on the two bends in the centre, and a lower speed after midnight. "
            "Twelve drivers have volunteered; inspectors travel in pairs.",
            "The figures will be published in September. Below four hundred passengers a night, the trial ends.",
        ),
        20,
        120,
        "tram",
        "a night tram, shortly after midnight",
        translation="tram-nocturne",
    ),
    DemoArticle(
        "books-by-bicycle",
        "en",
        "Books",
        "Three bookshops join forces to deliver by bicycle",
        "Ordered before noon, read by the evening: one round serves the whole town.",
        (
            "They used to compete; now they share a cargo bicycle and forty thousand titles. A book that one shop "
            "lacks is often on the shelf of the second. All that was missing was a way to carry it.",
            "The round starts at two. After a month it counts sixty parcels a day: enough, say the booksellers, "
            "to pay a wage.",
        ),
        30,
        70,
        "velo",
        "the booksellers’ cargo bicycle, ready for its round",
        translation="librairie-de-quartier",
    ),
    DemoArticle(
        "quiet-river",
        "en",
        "Nature",
        "Why the river no longer floods in spring",
        "Ten years after the first works, the meadows upstream hold the water back.",
        (
            "At first a run of dry years got the credit. The gauges tell another story: for the same rain, the "
            "peak now comes later and stays lower. In between lie two hundred hectares of meadow given back to "
            "the water.",
            "The idea is an old one: let the river spread where it troubles nobody. Farmers gain a late hay, "
            "birds a refuge, and the lower town dry cellars.",
        ),
        52,
        85,
        "riviere",
        "the meadows upstream, where the water spreads",
        translation="crue-de-printemps",
    ),
    DemoArticle(
        "school-meals",
        "en",
        "Food",
        "Half of all school meals now come from within fifty kilometres",
        "The price has not moved. It took three decisions.",
        (
            "Fewer ready-made dishes, menus planned six weeks ahead, and one vegetable kitchen for nine schools: "
            "that is how waste fell by a third and paid for the rest.",
            "Growers, who are paid within a fortnight, have gone from four to twenty-three. There is a waiting "
            "list.",
        ),
        76,
        55,
        "cantine",
        "a plate from the vegetable kitchen",
        translation="cantines-bio",
    ),
    DemoArticle(
        "late-equaliser",
        "en",
        "Football",
        "Derby: a draw snatched at the very end",
        "Behind twice, level twice: the story of an evening nobody had foreseen.",
        (
            "In the ninety-second minute the ball went between three defenders and touched none of them. The "
            "ground took a second to understand, and then nobody could hear a thing.",
            "Until then nothing had gone right: the post, a goal ruled out before the break, a defence beaten "
            "twice by the same pass. It took a substitute of nineteen to put things straight.",
        ),
        100,
        90,
        "stade",
        "the ground under its floodlights",
        translation="derby-dimanche",
        classic=True,
    ),
)
