"""What readers say of the English articles, oldest first in each conversation."""

from ops.demo.story import DemoComment

CONVERSATIONS: dict[str, tuple[DemoComment, ...]] = {
    "market-hall": (
        DemoComment("Ruth", "At last! Two years of walking round the block for three leeks.", 228, up=5),
        DemoComment("Mark", "Does anyone know whether every stall takes cards now?", 220, mark="cards"),
        DemoComment("Ruth", "Nearly all of them, I asked on Thursday.", 208, answers="cards", up=2),
        DemoComment("Rick", "First! And have a look at my watches…", 196, mark="watches", removed=True),
        DemoComment("Sophie", "Don’t. I have reported it to the moderators.", 190, answers="watches", up=3),
        DemoComment(
            "Oliver",
            "Benches, benches, benches. My mother stopped coming because there is nowhere to sit.\n\n"
            "Twelve is a start; thirty <em>before</em> the heat would be better.",
            172,
            mark="benches",
            up=14,
            down=1,
        ),
        DemoComment(
            "Claire", "Quite. And some shade on the street side.", 161, mark="shade", answers="benches", up=4
        ),
        DemoComment("Oliver", "There is a plan at the entrance, with trees.", 150, mark="trees", answers="shade"),
        DemoComment("Iqbal", "Six limes, if I read it right.", 139, mark="limes", answers="trees"),
        DemoComment("Annie", "Eight! I counted them twice.", 127, answers="limes", up=2),
        DemoComment(
            "The newsroom",
            "Hello Oliver, the town hall tells us that the other eighteen are due in mid-May. We will look.",
            115,
            answers="benches",
            up=6,
            staff=True,
        ),
        DemoComment(
            "ليلى",
            "My father had the olive stall in the eighties. Seeing it in this light is quite something.",
            92,
            up=8,
        ),
        DemoComment(
            "John",
            "The poster says “grandreopeningonsaturdaythefourteenthofmarchatseveninthemorningsharpcomeearly”. "
            "Somebody has lost a space bar.",
            70,
            up=7,
        ),
        DemoComment(
            "Sophie",
            "A fine piece of work. I only hope the rents will not drive the small growers out within a year.",
            50,
            edited="A fine piece of work. I only hope the rents will not drive the small growers out.",
            up=6,
            down=2,
        ),
        DemoComment(
            "Friends of the Hall",
            "We keep the list of traders and their days: it hangs at the entrance, and is on our site.",
            33,
            url="https://www.example.org/hall",
            up=10,
            pinned=True,
        ),
        DemoComment("Promo", "Earn money from home, click here!", 28, held=True),
        DemoComment("Theo", "Which way in with a pram?", 11, mark="pram"),
        DemoComment("Ruth", "Tanners’ Street, there is a ramp.", 6, answers="pram", up=1),
    ),
    "night-tram": (
        DemoComment("Leo", "My friends on campus had given up hope. Thanks to everyone who answered.", 880, up=5),
        DemoComment("Helen", "And the neighbours? I am waiting to hear those brakes.", 800, mark="brakes", down=2),
        DemoComment("Leo", "The figures come out in September, we shall see.", 760, answers="brakes"),
    ),
    "books-by-bicycle": (DemoComment("Amy", "Tried it on Tuesday: ordered at eleven, read by six.", 1480, up=3),),
    "quiet-river": (
        DemoComment("Peter", "My cellar is dry for the first time since 1994.", 2800, mark="cellar", up=4),
        DemoComment("Maya", "Ours too. The dragonflies are a bonus.", 2700, answers="cellar"),
    ),
    "late-equaliser": (
        DemoComment("Kevin", "I was there. No voice left, but what a match!", 5700, mark="voice", up=4),
        DemoComment("Lucy", "Same here. That last paragraph gives me shivers.", 5650, answers="voice"),
        DemoComment("Omar", "A stolen draw, and we will take it.", 5500, up=2, down=3),
    ),
}
