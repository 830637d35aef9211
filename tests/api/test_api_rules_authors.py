"""Rules that look at who writes: reserved names and addresses, and authors whose comments were rejected."""

from typing import Any

import pytest

from tests.api.readers import bad_fields, codes, counted, dossier, set_policy, state
from tests.scene import MODERATOR, Clock, Service, an_app

LINKS = "http://a.example http://b.example"
LOOK_ALIKES = [
    "La rédaction",
    "LA RÉDACTION",
    "la redaction",
    "Lа rédасtiоn",  # with the Cyrillic а, с and о
    "La ré\u200bdaction",
    "La  rédaction",
    "Ｌａ ｒéｄａｃｔｉｏｎ",
    "La rédact1on",
    "𝐋𝐚 𝐫é𝐝𝐚𝐜𝐭𝐢𝐨𝐧",
]


@pytest.fixture
def house(client: Any, clock: Clock) -> Service:
    """The app with an article."""
    return an_app(client, clock)


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_nobody_writes_under_what_looks_like_the_newsrooms_name(name: str, house: Service) -> None:
    heard = house.post(author_name=name)

    assert bad_fields(heard) == [("author_name", "reserved_name")]
    assert heard.json["errors"][0]["message"] == "Ce nom est celui de la rédaction. Choisissez-en un autre."
    assert counted(house) == {0}


@pytest.mark.parametrize("name", ["Laredac", "Rédaction", "La rédaction de Zoé", "Léa Réda", "Directrice"])
def test_other_names_are_free(name: str, house: Service) -> None:
    assert house.post(author_name=name).status == 201


def test_names_of_the_policy_are_reserved_beside_the_settings(any_client: Any, clock: Clock) -> None:
    service = an_app(any_client, clock, staff_name="Le Courrier")
    set_policy(service, staff_names=["Maud Perrin", "Modération"])

    for name in ("Maud Perrin", "maud perrin", "Mаud Pеrrin", "MODERATION", "le courrier"):
        assert bad_fields(service.post(author_name=name)) == [("author_name", "reserved_name")], name
    assert service.post(author_name="La rédaction").status == 201
    form = {"author": "MAUD PERRIN", "email": "m@example.org", "comment": "x"}
    assert service.call("POST", "/articles/a1/comments", form=form).status == 422


def test_an_address_of_the_staff_is_held_and_looks_like_any_other_that_is_held(house: Service) -> None:
    set_policy(house, staff_emails=["Maud@Courrier.example", "@redaction.example"])

    theirs = house.post(author_email="maud@courrier.example", content=LINKS).json
    domain = house.post(author_email="x@redaction.example", content=f"{LINKS} aussi").json
    plain = house.post(author_email="zoe@example.org", content=f"{LINKS} de plus").json

    own = {"id": "", "edit_token": "", "content_html": "", "content": ""}
    assert theirs | own == domain | own == plain | own
    assert state(house, theirs) | own == state(house, plain) | own
    reasons = {one["id"]: codes(one) for one in house.queue()["comments"]}
    assert reasons[theirs["id"]] == reasons[domain["id"]] == ["links", "reserved_email"]
    assert reasons[plain["id"]] == ["links"]


def test_a_policy_never_holds_nor_tells_an_address(any_service: Service) -> None:
    service = any_service
    service.register()
    set_policy(service, staff_emails=["maud@courrier.example"], held_emails=["spammer@bad.example"])

    shown = service.call("GET", "/moderation/policy", token=MODERATOR).json["policy"]

    stored = str(list(service.backend.table.scan_prefix("POLICY")))
    for text in (str(shown), stored):
        assert "courrier" not in text
        assert "spammer" not in text
    assert [len(entry) for entry in (*shown["staff_emails"], *shown["held_emails"])] == [32, 32]


def rejected(service: Service, decision: str, count: int, kept: int = 0) -> None:
    """Comments of one author, so many of them published and the last of them taken away."""
    for n in range(kept):
        assert service.post(content=f"bon {n}").status == 201
    for n in range(count):
        service.decide(decision, service.post(content=f"mauvais {n}").json["id"])


@pytest.mark.parametrize("decision", ["reject", "spam"])
def test_an_author_whose_comments_were_rejected_is_held(decision: str, any_service: Service) -> None:
    service = any_service
    service.register()
    rejected(service, decision, 3, kept=3)

    heard = service.post(content="encore moi")

    assert heard.status == 202
    held = next(one for one in service.queue()["comments"] if one["id"] == heard.json["id"])
    assert [(one["code"], one["evidence"]) for one in held["held_for"]] == [
        ("author_rejected", {"rejected": 3, "decided": 6})
    ]
    assert held["held_for"][0]["message"] == "3 commentaires rejetés sur 6 de cet auteur"
    assert service.post(content="une autre", author_email="lea@example.org").status == 201
    assert dossier(service, heard.json)["author"]["rejected"] == 3


@pytest.mark.parametrize(
    ("count", "kept", "policy"),
    [
        pytest.param(2, 0, {}, id="two are too few"),
        pytest.param(3, 4, {}, id="less than half"),
        pytest.param(4, 0, {"rejected_percent": 0}, id="turned off"),
    ],
)
def test_an_author_is_not_held_for(count: int, kept: int, policy: dict[str, int], house: Service) -> None:
    set_policy(house, **policy)
    rejected(house, "reject", count, kept)

    assert house.post(content="encore moi").status == 201


def test_what_was_rejected_is_forgotten_after_three_months_and_when_it_is_undone(
    house: Service, clock: Clock
) -> None:
    rejected(house, "reject", 3)
    assert house.post(content="retenu").status == 202
    clock.forward(hours=24 * 91)
    assert house.post(content="trois mois après").status == 201


def test_trash_is_no_rejection(house: Service) -> None:
    rejected(house, "trash", 5)

    assert house.post(content="encore moi").status == 201


def test_undoing_rejections_takes_them_off_the_author(house: Service) -> None:
    ids = [house.post(content=f"texte {n}").json["id"] for n in range(3)]
    decided = house.decide("reject", *ids).json
    assert house.post(content="retenu").status == 202

    house.call("POST", "/moderation/undo", {"undo_token": decided["undo_token"]}, token=MODERATOR)

    assert house.post(content="publié").status == 201
