"""Commitments and announcements: who will do what, by when."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Het kabinet zal de steun aan boeren voortzetten.", ["cabinet"]),
        ("Daarom verhoogt het kabinet de bijdrage aan het fonds.", ["cabinet"]),
        ("Nederland gaat scholen helpen met lesmateriaal.", ["dutch-government"]),
        ("Ook zet Nederland in op betere wegen.", ["dutch-government"]),
        ("Zo is het kabinet voornemens om het aantal landen te beperken.", ["cabinet"]),
        ("Het kabinet blijft zich inzetten voor vrije handel.", ["cabinet"]),
        ("BZ, EZK en LNV zetten zich samen in voor export.", 3),
        ("We zetten in op een gelijkwaardige dialoog.", 1),
        ("Deze samenwerking zal worden voortgezet.", 0),
        ("De komende jaren wordt deze aanpak geëvalueerd.", 0),
        ("Ik zeg u toe de Kamer in het najaar te informeren.", 1),
        ("UNHCR, UNICEF en Nederland zullen scholen bouwen.", 3),
        ("De minister van Defensie zal de regeling herzien.", ["minister-of-defence"]),
        (
            "De ministers van Buitenlandse Zaken en Defensie zullen de regeling herzien.",
            ["minister-of-foreign-affairs", "minister-of-defence"],
        ),
        ("Het kabinet heeft besloten om de steun aan boeren te verlengen.", ["cabinet"]),
    ],
)
def test_who_will_act(text: str, actors: list[str] | int) -> None:
    (one,) = said("commitments", text)
    assert (one["kind"], one["modality"]) == (["Commitment"], ["intends"])
    found = one.get("actor", [])
    assert found == actors if isinstance(actors, list) else len(found) == actors


@pytest.mark.parametrize(
    "text",
    [
        "Het kabinet heeft de steun aan boeren voortgezet.",
        "IOB stelt dat Nederland de steun zal moeten voortzetten.",
        "Nederland zou de steun kunnen verhogen.",
        "Nederland moet de steun verhogen.",
        "De armste mensen zullen hierdoor geraakt worden.",
        "Volgens de Wereldbank zal de armoede toenemen.",
        "Zal Nederland de steun voortzetten?",
        "Het is de vraag wat Nederland wil bereiken.",
        "Het kabinet zet de plannen in deze brief uiteen.",
        "Daarmee zet Nederland een belangrijke stap in de goede richting.",
        "Nederlandse steun wordt gefinancierd uit de begroting.",
        "“Het kabinet zal de steun voortzetten”",
        "Nederland zet al jaren in op goede wegen.",
        "Rijke landen hebben toegezegd 3 miljard euro te betalen.",
        "Het kabinet merkt op dat de IOB heeft besloten om cijfers uit 2021 te gebruiken.",
        "Nederland zal de wegen niet in alle dorpen verbeteren, maar wel in de steden.",
        "Als de markt sluit, zal de Europese Unie de invoer beperken.",
        "Nederland mobiliseert in 2027 naar verwachting 3 miljoen euro aan leningen.",
    ],
)
def test_a_result_an_advice_or_a_forecast_is_no_commitment(text: str) -> None:
    assert said("commitments", text) == []


def test_a_deadline_is_stated_or_left_out() -> None:
    (by,) = said("commitments", "Het kabinet zal de regeling vóór 2025 herzien.")
    assert by["deadline"] == ["2025"]
    (soon,) = said("commitments", "Deze kabinetsperiode investeert Nederland extra in water.")
    assert (soon.get("deadline"), soon["periodLabel"]) == (None, ["Deze kabinetsperiode"])


def test_an_amount_that_stands_alone_belongs_to_it() -> None:
    (one,) = said("commitments", "Nederland trekt hiervoor 20 miljoen euro uit.")
    assert (one["amount"], one["unit"]) == (["20000000"], ["eur"])


def test_a_paper_that_will_come_is_announced_by_its_name() -> None:
    text = "Het kabinet zal een grondstoffenstrategie opstellen, die voor 2023 verschijnt."
    (one,) = said("commitments", text)
    assert (one["kind"], one["term"]) == (["Announcement"], ["grondstoffenstrategie"])
    text = "Deze stukken zullen worden gedeeld: een klimaatnota en een Afrikastrategie."
    terms = [one["term"][0] for one in said("commitments", text)]
    assert terms == ["klimaatnota", "Afrikastrategie"]


def test_a_pledge_that_is_reported_is_of_who_pledged() -> None:
    (one,) = said("commitments", "Nederland heeft zich gecommitteerd aan dit doel.")
    assert one["actor"] == ["dutch-government"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Nederland streeft niet naar een zetel in de raad.", ["negative"]),
        ("Het kabinet zal geen nieuwe scholen openen.", ["negative"]),
        ("Het kabinet heeft besloten geen aparte regeling meer te openen.", ["negative"]),
        ("De regeling zal niet worden voortgezet.", ["negative"]),
        ("Het kabinet zal niet alleen scholen openen.", None),
        ("Het kabinet zal de regels aanpassen, zodat boeren niet vertrekken.", None),
        ("Het kabinet wil de wegen niet tijdelijk, maar blijvend verbeteren.", None),
    ],
)
def test_what_will_not_be_done_is_said_to_be_negative(
    text: str, polarity: list[str] | None
) -> None:
    (one,) = said("commitments", text)
    assert one.get("polarity") == polarity


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Als de oogst mislukt, zal Nederland de steun verhogen.",
            "Als de oogst mislukt",
        ),
        (
            "Het kabinet zal de steun verhogen, mits de Kamer instemt.",
            "mits de Kamer instemt",
        ),
        (
            "Nederland blijft bijdragen zolang de droogte duurt.",
            "zolang de droogte duurt",
        ),
        ("Waar mogelijk zal Nederland de steun verhogen.", "Waar mogelijk"),
        ("Als grootste donor zal Nederland de steun verhogen.", None),
        ("Als gevolg van de droogte zal Nederland de steun verhogen.", None),
        ("Nederland zal als lid van de raad de steun verhogen.", None),
    ],
)
def test_a_condition_goes_with_what_is_promised(text: str, condition: str | None) -> None:
    (one,) = said("commitments", text)
    assert one.get("condition") == ([condition] if condition else None)


def test_a_figure_that_is_known_already_is_not_what_is_promised() -> None:
    (one,) = said("commitments", "Nederland zal in deze drie landen extra scholen bouwen.")
    assert "amount" not in one


def test_the_time_of_an_aside_or_of_a_paper_is_not_that_of_the_promise() -> None:
    text = "Nederland zal de afspraak die in 2015 is gemaakt nakomen."
    (one,) = said("commitments", text)
    assert "periodStart" not in one
    (one,) = said("commitments", "Het kabinet zal het akkoord van 2019 uitvoeren.")
    assert "periodStart" not in one


def test_a_deadline_keeps_the_season_that_it_is_stated_with() -> None:
    text = "Het kabinet zal het wetsvoorstel uiterlijk in de zomer van 2023 naar de Kamer sturen."
    labels = [one["periodLabel"] for one in said("commitments", text) if "deadline" in one]
    assert labels == [["uiterlijk in de zomer van 2023"]]
