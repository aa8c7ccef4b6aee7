"""Who funds, chairs, advises, belongs to or works with whom, and where, in verb frames."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said

Facts = dict[str, list[str]]


def _of(kind: str, text: str) -> list[Facts]:
    return [one for one in said("frames", text) if one["kind"] == [kind]]


def _one(kind: str, text: str) -> Facts:
    found = _of(kind, text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("Nederland financiert UNICEF en UNHCR.", ["unicef", "unhcr"]),
        ("Ook steunt Nederland het partnerschap Education Cannot Wait.", ["education-cannot-wait"]),
        ("UNHCR wordt door Nederland gefinancierd.", ["unhcr"]),
        ("SPARK en Warchild worden gefinancierd door Nederland.", ["spark", "war-child"]),
        ("Een door Nederland gefinancierd project van UNICEF loopt af.", ["unicef"]),
        ("Voorbeelden zijn de Nederlandse bijdragen aan IOM en UNHCR.", ["iom", "unhcr"]),
        ("De bijdrage van Nederland aan het CERF (noodhulp) groeit.", ["cerf"]),
        ("Het CERF, waaraan Nederland een groot deel van haar bijdragen doet, groeit.", ["cerf"]),
        ("Warchild, een organisatie die met Nederlandse steun werkt, groeit.", ["war-child"]),
        ("UNICEF ontvangt subsidie van Nederland.", ["unicef"]),
        ("Op advies van de AIV steunt Nederland UNICEF.", ["unicef"]),
        ("Nederland heeft UNHCR in 2020 gesteund.", ["unhcr"]),
        ("Nederland steunde UNHCR in 2015.", ["unhcr"]),
        ("Nederland is een belangrijke donor van UNHCR.", ["unhcr"]),
        ("De komende jaren investeert Nederland extra in mondiale gezondheid.", ["global-health"]),
        ("Nederland draagt jaarlijks bij aan het CERF.", ["cerf"]),
    ],
)
def test_funding_is_read_however_it_is_put(text: str, recipients: list[str]) -> None:
    funding = _one("Funding", text)
    assert funding["actor"] == ["dutch-government"]
    assert funding["recipient"] == recipients


@pytest.mark.parametrize(
    ("text", "recipient", "amount", "unit"),
    [
        (
            "Het kabinet maakt 150 miljoen euro extra vrij voor humanitaire hulp.",
            "humanitarian-aid",
            "150000000",
            "eur",
        ),
        (
            "Daarvoor trekt Nederland 20 miljoen euro uit voor onderwijs.",
            "education",
            "20000000",
            "eur",
        ),
        ("Van het budget gaat 17% rechtstreeks naar ngo’s.", "ngos", "17", "percent"),
        ("In 2021 ontving UNHCR 40 miljoen euro van Nederland.", "unhcr", "40000000", "eur"),
        ("De bijdrage van Nederland aan UNHCR bedroeg 9 miljoen euro.", "unhcr", "9000000", "eur"),
        ("Nederland investeert 84 miljoen euro in onderwijs.", "education", "84000000", "eur"),
        ("Nederland heeft 3 miljoen euro bijgedragen aan UNHCR.", "unhcr", "3000000", "eur"),
        ("Nederland droeg 3 miljoen euro bij aan het CERF.", "cerf", "3000000", "eur"),
        ("Nederland draagt 3 miljoen euro per jaar bij aan UNICEF.", "unicef", "3000000", "eur"),
        ("De Nederlandse bijdrage van 3 miljoen euro aan UNICEF.", "unicef", "3000000", "eur"),
    ],
)
def test_the_sum_or_share_is_part_of_the_funding(
    text: str, recipient: str, amount: str, unit: str
) -> None:
    funding = _one("Funding", text)
    assert (funding["recipient"], funding["amount"], funding["unit"]) == (
        [recipient],
        [amount],
        [unit],
    )


def test_a_difference_is_not_the_sum_that_is_paid() -> None:
    funding = _one("Funding", "Nederland draagt 3 miljoen euro meer bij aan het CERF dan in 2019.")
    assert "amount" not in funding


def test_funding_in_what_is_named_is_not_in_what_is_said_about_it() -> None:
    assert _of("Funding", "Nederland investeert in de kennis van onderwijs.") == []


def test_under_which_condition_is_kept_and_what_will_be_is_meant() -> None:
    funding = _one("Funding", "Waar nodig financiert Nederland UNICEF.")
    assert funding["condition"] == ["Waar nodig"]
    (chair,) = _of("RoleStatement", "Het aankomende Nederlandse voorzitterschap van het CERF.")
    assert chair["modality"] == ["intends"]


def test_what_is_paid_for_from_a_budget_names_the_budget() -> None:
    funding = _one(
        "Funding",
        "De Nederlandse inzet in de Hoorn van Afrika (zie box 8) is gefinancierd vanuit het BIV.",
    )
    assert funding["instrument"] == ["budget-international-security"]
    assert funding["place"] == ["horn-of-africa"]


@pytest.mark.parametrize(
    "text",
    [
        "Nederland financiert UNHCR niet.",
        "Nederland zou UNICEF kunnen financieren.",
        "Als Nederland UNICEF financiert, volgen andere donoren.",
        "Zowel projecten die Nederland financierde als de diplomatieke inspanningen zijn zwak.",
        "Zo steunt het kabinet het akkoord met Canada (CETA).",
        "Een eventuele Nederlandse bijdrage aan UNHCR wordt onderzocht.",
        "Nederland draagt bij aan de internationale rechtsorde.",
        "Nederland is vol lof over UNICEF en financiering.",
        "Nederland steunt UNHCR niet langer.",
        "De Nederlandse bijdrage aan UNICEF wordt stopgezet.",
        "Zonder Nederlandse bijdrage aan UNHCR staat de opvang stil.",
        "Nederland stopt met de financiering van UNICEF.",
        "Nederland steunt UNICEF bij het opstellen van een plan.",
        "Via UNICEF ondersteunt het kabinet UNHCR in het verzamelen van gegevens.",
        "Indien Nederland UNICEF steunt, volgen andere donoren.",
    ],
)
def test_what_is_no_funding_is_not_read_as_such(text: str) -> None:
    assert _of("Funding", text) == []


@pytest.mark.parametrize(
    ("text", "actor", "role", "organisation"),
    [
        (
            "Tevens zal Nederland vanaf maart 2023 1,5 jaar voorzitter zijn van de Donor Advisory "
            "Group van de IFRC.",
            "dutch-government",
            "chair",
            ["donor-advisory-group"],
        ),
        (
            "Het Nederlandse voorzitterschap van de IFRC Donor Advisory Group en het lidmaatschap "
            "van de adviesraad van het CERF lopen af.",
            "dutch-government",
            "board-member",
            ["cerf"],
        ),
        (
            "Nederland is actief in verschillende bestuursraden, zoals die van UNHCR en UNICEF.",
            "dutch-government",
            "board-member",
            ["unhcr", "unicef"],
        ),
        (
            "Nederland heeft een zetel in het bestuur van UNICEF.",
            "dutch-government",
            "board-member",
            ["unicef"],
        ),
    ],
)
def test_who_chairs_or_sits_on_a_board(
    text: str, actor: str, role: str, organisation: list[str]
) -> None:
    roles = [one for one in _of("RoleStatement", text) if one["role"] == [role]]
    assert [(one["actor"], one["organisation"]) for one in roles] == [([actor], organisation)]


@pytest.mark.parametrize(
    ("text", "role", "actors"),
    [
        ("Beide studies zijn uitgevoerd door IOB.", "implementer", ["iob"]),
        (
            "Dit geldt voor uitvoerders zoals RVO en Invest International.",
            "implementer",
            ["rvo", "invest-international"],
        ),
        ("De SMO fungeert als adviesorgaan.", "adviser", ["smo"]),
        (
            "De lessen komen ten goede aan partners zoals IFC en de Wereldbank.",
            "partner",
            ["ifc", "world-bank"],
        ),
        ("Nederland neemt zitting in de VN-mensenrechtenraad.", "member", ["dutch-government"]),
        (
            "De ministers van Buitenlandse Zaken en Defensie zijn verantwoordelijk voor het BIV.",
            "responsible",
            ["minister-of-foreign-affairs", "minister-of-defence"],
        ),
        (
            "De ministeries van Buitenlandse Zaken en Defensie beheren het BIV.",
            "responsible",
            ["ministry-of-foreign-affairs", "ministry-of-defence"],
        ),
        ("Beide evaluaties zijn uitgevoerd door IOB.", "evaluator", ["iob"]),
        (
            "Het ministerie van Buitenlandse Zaken beheert de civiele missiepool.",
            "responsible",
            ["ministry-of-foreign-affairs"],
        ),
        ("UNHCR coördineert de opvang van vluchtelingen.", "coordinator", ["unhcr"]),
        ("IOB heeft het Mensenrechtenfonds geëvalueerd.", "evaluator", ["iob"]),
        ("Nederland zal voorzitter worden van het CERF.", "chair", ["dutch-government"]),
    ],
)
def test_every_actor_has_its_role(text: str, role: str, actors: list[str]) -> None:
    roles = [one for one in _of("RoleStatement", text) if one["role"] == [role]]
    assert [one["actor"] for one in roles] == [[actor] for actor in actors]
    assert all(one["speaker"] for one in roles)


@pytest.mark.parametrize(
    "text",
    [
        "De kwaliteitscontrole is uitgevoerd door een UNHCR-interne werkgroep.",
        "UNHCR voert overleg en is uit de problemen.",
        "De SMO kan als adviesorgaan dienen.",
        "Nederland is nooit voorzitter geweest van UNICEF.",
    ],
)
def test_what_is_no_role_is_not_read_as_one(text: str) -> None:
    assert _of("RoleStatement", text) == []


@pytest.mark.parametrize(
    ("text", "member", "organisation"),
    [
        (
            "Daarnaast is Nederland lid van de VN-mensenrechtenraad.",
            "dutch-government",
            "un-human-rights-council",
        ),
        ("DG ECHO – de noodhulptak van de EU – groeit.", "dg-echo", "european-union"),
        (
            "De afdeling Humanitaire Hulp van het ministerie van Buitenlandse Zaken groeit.",
            "humanitarian-aid-division",
            "ministry-of-foreign-affairs",
        ),
    ],
)
def test_who_belongs_to_what(text: str, member: str, organisation: str) -> None:
    membership = _one("Membership", text)
    assert (membership["actor"], membership["organisation"]) == ([member], [organisation])


def test_a_body_consists_of_its_members() -> None:
    membership = _one(
        "Membership",
        "De SMO komt bijeen en bestaat uit de top van Buitenlandse Zaken, Defensie en Algemene "
        "Zaken.",
    )
    assert membership["organisation"] == ["smo"]
    assert membership["member"] == [
        "ministry-of-foreign-affairs",
        "ministry-of-defence",
        "ministry-of-general-affairs",
    ]


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("In samenwerking met EZK en LNV ondersteunt BZ het bedrijfsleven.", 3),
        ("BZ, EZK, en LNV zetten zich daarnaast gezamenlijk in voor export.", 3),
        ("Zo voert Nederland – samen met de VN, Wereldbank en de EU – een dialoog.", 4),
        ("Met de Dutch Relief Alliance en het NRK zijn partnerschappen gesloten.", 2),
        ("Dat voorzitterschap voeren we in samenwerking met het NRK.", 2),
        ("ILO, UNHCR en UNICEF werken samen in Jordanië.", 3),
        ("Nederland wil meer samenwerken met UNICEF.", 2),
        ("De Nederlandse ambassade in Kenia werkt samen met UNICEF en UNHCR.", 3),
        ("In 2009 ondertekenden Nederland en Burundi een Memorandum of Understanding.", 2),
    ],
)
def test_partners_are_all_who_work_together(text: str, parties: int) -> None:
    partnership = _one("Partnership", text)
    assert len([*partnership.get("actor", []), *partnership.get("member", [])]) == parties


def test_a_named_partnership_has_its_members() -> None:
    partnership = _one(
        "Partnership",
        "In 2018 heeft Nederland het Prospects partnerschap gelanceerd: een samenwerkingsmodel met "
        "UNICEF, UNHCR en de Wereldbank om perspectief te bieden.",
    )
    assert partnership["subject"] == ["prospects"]
    assert partnership["member"] == ["unicef", "unhcr", "world-bank"]
    assert partnership["periodLabel"] == ["2018"]


@pytest.mark.parametrize(
    "text",
    [
        "De IOB evaluatie stelt dat er staf zou moeten komen om de samenwerking met de EU te "
        "versterken.",
        "Het kabinet moet samen met de VN optreden.",
        "De VN en de EU komen aan bod.",
        "De VN en de EU geven samen het meeste geld.",
    ],
)
def test_no_partnership_is_read_into_wishes_or_mere_mention(text: str) -> None:
    assert _of("Partnership", text) == []


@pytest.mark.parametrize(
    ("text", "property_name", "value"),
    [
        ("Een voorbeeld is de Nederlandse bijdrage aan MINUSMA.", "instrument", ["minusma"]),
        (
            "De Nederlandse krijgsmacht draagt bij aan de missies EU Atalanta en NAVO Ocean "
            "Shield.",
            "instrument",
            ["eu-atalanta", "nato-ocean-shield"],
        ),
        (
            "De Nederlandse inzet van civiele experts in EULEX Kosovo loopt af.",
            "instrument",
            ["eulex-kosovo"],
        ),
        ("Nederland droeg van 2014 tot 2019 bij aan MINUSMA.", "instrument", ["minusma"]),
        ("Nederland nam deel aan MINUSMA en ISAF.", "instrument", ["minusma", "isaf"]),
        ("Ook is Nederland actief in Mali en Niger.", "place", ["MLI", "NER"]),
        ("Tevens doet Nederland bijdragen aan programma’s in Turkije.", "place", ["TUR"]),
        ("In Kenia bijvoorbeeld richt Prospects zich op jonge moeders.", "place", ["KEN"]),
        ("De Nederlandse inzet in Afghanistan en Mali wordt geëvalueerd.", "place", ["AFG", "MLI"]),
    ],
)
def test_who_is_active_where(text: str, property_name: str, value: list[str]) -> None:
    assert _one("Involvement", text)[property_name] == value


@pytest.mark.parametrize(
    "text",
    [
        "Het gaat om mensenrechtenschendingen in Jemen.",
        "Jeugdwerkgelegenheid in Afrika vraagt aandacht.",
        "Nederland is niet actief in Mali.",
        "Een verkenning van een Nederlandse bijdrage in Zuid-Soedan volgt.",
        "Er leven veel vluchtelingen in Turkije.",
        "Het netwerk in Kenia ondersteunt Nederland.",
    ],
)
def test_what_happens_somewhere_is_not_somebodys_involvement(text: str) -> None:
    assert _of("Involvement", text) == []


def test_every_implementer_has_what_it_implements() -> None:
    text = "Het Prospects partnerschap wordt uitgevoerd door UNHCR, ILO en UNICEF."
    roles = _of("RoleStatement", text)
    assert [one["actor"] for one in roles] == [["unhcr"], ["ilo"], ["unicef"]]
    assert all(one["subject"] == ["prospects"] for one in roles)


def test_a_name_that_only_says_of_what_kind_another_is_does_not_stand_for_it() -> None:
    text = "Abaad, een lokale organisatie die met Nederlandse steun werkt, groeit."
    assert _one("Funding", text)["recipient"] == ["abaad"]


def test_a_country_whose_government_is_not_known_acts_itself() -> None:
    funding = _one("Funding", "Ook Duitsland en Zweden financieren UNHCR.")
    assert (funding["actor"], funding["recipient"]) == (["DEU", "SWE"], ["unhcr"])


@pytest.mark.parametrize(
    "text",
    [
        "Van de middelen gaat 13% naar organisaties zoals UNHCR.",
        "Nederland biedt ondersteuning aan UNHCR.",
        "Het kabinet zal in 2023 84 miljoen euro investeren in de band tussen UNHCR en UNICEF.",
    ],
)
def test_an_example_help_and_what_stands_between_two_are_not_funded(text: str) -> None:
    assert _of("Funding", text) == []


def test_a_partnership_begins_when_it_is_signed_and_does_not_end_then() -> None:
    (one,) = _of(
        "Partnership", "In 2015 ondertekenden Nederland en Kenia een Memorandum of Understanding."
    )
    assert one["periodStart"] == ["2015"] and "periodEnd" not in one
    text = "Nederland heeft de samenwerking met UNICEF in 2020 verder versterkt."
    assert all("periodStart" not in one for one in _of("Partnership", text))


def test_who_takes_part_only_where_relevant_has_no_part_of_its_own() -> None:
    text = (
        "De ministers van Buitenlandse Zaken en, waar nodig, van Defensie besluiten samen over de "
        "inzet van het BIV."
    )
    roles = _of("RoleStatement", text)
    assert ["minister-of-defence"] not in [one["actor"] for one in roles]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Het secretariaat wordt gevormd door UNHCR.", "secretariat"),
        ("Dat gebeurt onder leiding van UNHCR.", "lead"),
        ("UNHCR vervult een belangrijke rol als schakel naar de overheid.", "liaison"),
        ("Het CERF van OCHA groeit.", "home-organisation"),
    ],
)
def test_a_role_is_no_more_than_is_said(text: str, role: str) -> None:
    assert [one["role"] for one in _of("RoleStatement", text)] == [[role]]


def test_who_controls_the_quality_of_evaluations_is_no_evaluator() -> None:
    text = "De toets is gebaseerd op criteria voor evaluaties en is uitgevoerd door UNHCR."
    assert ["evaluator"] not in [one["role"] for one in _of("RoleStatement", text)]
