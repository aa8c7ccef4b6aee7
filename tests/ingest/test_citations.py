"""References to other documents, as they are printed."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind
from ingest.extract.note_places import NotePlaces
from ingest.read import read
from tests.ingest.saying import said


def keys(text: str) -> list[str]:
    return [key for one in said("citations", text) for key in one.get("citationKey", [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zie de brief (Kamerstuk 19 637, nr. 2634).", ["kst-19637-2634"]),
        ("Zie Kamerstuk II 2021/22, 35925 V, nr. 84.", ["kst-35925-V-84"]),
        ("Zie Kamerstuk 35 925-XVII nr. 46 daarover.", ["kst-35925-XVII-46"]),
        ("Zie Kamerstukken II 2020/21, 21 501-02, nr. 2383.", ["kst-21501-02-2383"]),
        ("Zie Kamerstukken 34 952, nrs. 33 en 34.", ["kst-34952-33", "kst-34952-34"]),
        ("Zie Kamerbrief 29 911 (Nr. 348) over de aanpak.", ["kst-29911-348"]),
        ("Zie Kamerstuk 33625-330 daarover.", ["kst-33625-330"]),
    ],
)
def test_a_parliamentary_paper_has_a_normalised_key(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_a_motion_has_mover_topic_and_paper() -> None:
    text = (
        "Zie motie Van der Lee c.s. over afbouw van olie, gas en kolen (Kamerstuk II 2021/22, "
        "35925, nr. 36) en motie Kuik over de agenda (Kamerstuk 35 570, nr. 22)."
    )
    first, second = said("citations", text)
    assert (first["mover"], first["term"]) == (
        ["Van der Lee c.s."],
        ["afbouw van olie, gas en kolen"],
    )
    assert first["citationKey"] == ["kst-35925-36"]
    assert (second["mover"], second["citationKey"]) == (["Kuik"], ["kst-35570-22"])


def test_a_letter_is_cited_by_its_day_or_title() -> None:
    (letter,) = said("citations", "In de brief van 14 oktober 2019 is de Kamer geïnformeerd.")
    assert letter["citationKind"] == ["letter"]
    assert letter["periodStart"] == ["2019-10-14"]
    (note,) = said("citations", "De nota ‘Investeren in Perspectief’ gaat daarop in.")
    assert note["term"] == ["Investeren in Perspectief"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2019 waren er 26 485 mensen op de vlucht.",
        "Het budget is 35 570 euro.",
        "De agenda voor 2030 vraagt veel.",
        "Een brief volgt later.",
        "De motieven van de partijen lopen uiteen.",
    ],
)
def test_a_number_or_a_word_alone_is_no_citation(text: str) -> None:
    assert said("citations", text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zie Kamerstukken 36 200 XVII, nrs. 5 en 7.",
            ["kst-36200-XVII-5", "kst-36200-XVII-7"],
        ),
        ("Zie Kamerstuk 33 625, nrs. 7 t/m 9.", ["kst-33625-7", "kst-33625-8", "kst-33625-9"]),
        ("Dat staat in Handelingen II 2021/22, nr. 45, item 7.", ["h-tk-20212022-45-7"]),
        ("Zie Aanhangsel van de Handelingen II 2020/21, nr. 123.", ["ah-tk-20202021-123"]),
        ("Zie de vragen onder 2021Z10123.", ["2021Z10123"]),
        ("Volgens Verordening (EU) 2021/947 mag dat.", ["verordening-2021-947"]),
        ("Dat volgt uit artikel 97 van de Grondwet.", ["grondwet-artikel-97"]),
        ("Het Verdrag van Istanbul geldt ook daar.", ["verdrag-van-istanbul"]),
        ("Resoluties 1820 en 2250 vragen daarom.", ["resolution-1820", "resolution-2250"]),
        ("De Wet open overheid (Woo) is van kracht.", ["wet-open-overheid"]),
    ],
)
def test_papers_proceedings_laws_and_treaties_have_keys(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "mover", "key"),
    [
        ("Conform de motie-Ceder c.s. volgt een plan.", "Ceder c.s.", "motie-ceder"),
        ("De motie van het lid Kuik is uitgevoerd.", "Kuik", "motie-kuik"),
        ("De motie-Piri/Van der Lee over opvang is uitgevoerd.", "Piri/Van der Lee", ""),
    ],
)
def test_a_motion_without_number_is_keyed_by_its_mover(text: str, mover: str, key: str) -> None:
    (one,) = said("citations", text)
    assert one["mover"] == [mover]
    assert one["citationKey"] == [key or "motie-piri-van-der-lee"]
    assert one.get("term", ["opvang"]) == ["opvang"]


@pytest.mark.parametrize(
    ("text", "kind", "title", "when"),
    [
        (
            "Het AIV-advies ‘Tijd voor regio’s’ van 19 juni 2020 wijst daarop.",
            "advice",
            "Tijd voor regio’s",
            "2020-06-19",
        ),
        (
            "De evaluatie van het handelsbeleid (2022) is kritisch.",
            "report",
            "evaluatie van het handelsbeleid",
            "2022",
        ),
        (
            "Op 3 mei 2021 heeft het kabinet in een brief over onderwijs plannen gepresenteerd.",
            "letter",
            "onderwijs",
            "2021-05-03",
        ),
        (
            "Het rapport ‘Grenzen aan de groei’ (2019) liet dat zien.",
            "report",
            "Grenzen aan de groei",
            "2019",
        ),
    ],
)
def test_reports_advices_and_letters(text: str, kind: str, title: str, when: str) -> None:
    (one,) = said("citations", text)
    assert one["citationKind"] == [kind]
    assert (one["term"], one["periodStart"]) == ([title], [when])


def test_several_titles_or_days_are_several_citations() -> None:
    found = said("citations", "De nota’s ‘Een wereld te winnen’ en ‘Dichtbij huis’ gaan daarover.")
    assert [one["term"] for one in found] == [["Een wereld te winnen"], ["Dichtbij huis"]]
    found = said("citations", "Zie de brieven van 3 mei 2021 en 4 juni 2022 daarover.")
    assert [one["periodStart"] for one in found] == [["2021-05-03"], ["2022-06-04"]]


def test_the_coalition_agreement_is_cited() -> None:
    (one,) = said("citations", "Conform het coalitieakkoord stijgt het budget.")
    assert one["citationKind"] == ["coalition-agreement"]
    (dated,) = said("citations", "Het Regeerakkoord 2017-2021 vroeg daarom.")
    assert dated["citationKey"] == ["regeerakkoord-2017-2021"]


def test_authors_in_brackets_are_cited_and_places_are_not() -> None:
    assert keys("Dat blijkt uit onderzoek (Jansen & De Boer, 2004; OECD, 2019, p. 12).") == [
        "jansen-de-boer-2004",
        "oecd-2019",
    ]
    assert said("citations", "De conferentie (Genève, 2019) was een succes.") == []
    assert said("citations", "De inzet (Kenia, 2020) is gestegen.") == []


NOTES = """Brief

Het budget is toegenomen.1 Dat blijkt ook uit de cijfers.2 De aanpak werkt goed.3

De inzet is verbreed.4 Er is meer aandacht voor het klimaat.5

1 IOB, 2022. “Naar een sterker beleid.”; IOB, 2019. “Water naar de zee.”
2 PBL (2021). Klimaat en ontwikkeling: een verkenning.
3 Zie IOB, 2022, p. 13.
4 CBS, Nederland in cijfers, 2020.
5 Motie Klink over handel (Kamerstuk 35 925, nr. 22) en Kamerstuk 35 925, nr. 23.
"""


def test_a_note_holds_several_references() -> None:
    found = said("citations", NOTES)
    assert [one["citationKey"] for one in found] == [
        ["iob-2022"],
        ["iob-2019"],
        ["pbl-2021"],
        ["iob-2022"],
        ["cbs-2020"],
        ["kst-35925-22"],
        ["kst-35925-23"],
    ]
    assert [one["term"] for one in found if "term" in one][:3] == [
        ["Naar een sterker beleid"],
        ["Water naar de zee"],
        ["Klimaat en ontwikkeling: een verkenning"],
    ]


def test_a_note_is_tied_to_the_sentence_that_calls_it() -> None:
    document = read(NOTES.encode(), "brief")
    places = NotePlaces(document)
    called = [
        block.text.text[sentence.start : sentence.end]
        for note in document.of_kind(BlockKind.FOOTNOTE)
        for block, sentence in places.of(note)
    ]
    assert called == [
        "Het budget is toegenomen.",
        "Dat blijkt ook uit de cijfers.",
        "De aanpak werkt goed.",
        "De inzet is verbreed.",
        "Er is meer aandacht voor het klimaat.",
    ]


def test_a_strategy_is_cited_in_a_note_and_not_by_being_named() -> None:
    text = "Brief\n\nDe veiligheid staat voorop.1\n\n• Internationale Veiligheidsstrategie\n\n"
    (one,) = said("citations", text + "1 Internationale Veiligheidsstrategie, p. 9.\n")
    assert one["citationKey"] == ["international-security-strategy"]
    assert one["asWritten"] == ["Internationale Veiligheidsstrategie, p. 9"]


def test_who_cites_is_the_document_and_not_the_author_cited() -> None:
    (one,) = said("citations", "Het AIV-advies ‘Tijd voor vrede’ benadrukt dat overleg helpt.")
    assert one["actor"] == ["aiv"]
    assert one["speaker"] == ["minister-for-foreign-trade-and-development"]


def test_a_paper_of_someone_named_before_it_has_that_author() -> None:
    (one,) = said("citations", "Ook de AIV stelt in zijn verkenning 2030 dat overleg helpt.")
    assert (one["term"], one["actor"]) == (["verkenning 2030"], ["aiv"])


def test_a_paper_is_of_the_kind_that_the_sentence_with_its_note_tells() -> None:
    note = (
        "1 A.B. Kaag, Vaststelling van de begroting voor het jaar 2023 "
        "(Kamerstuk 36 200 XVII, nr. 9).\n"
    )
    told = "Brief\n\nDe minister kondigde dit aan in haar voorjaarsbrief.1 Dat is goed.\n\n" + note
    untold = "Brief\n\nDe minister kondigde dit al eerder aan.1 Dat is goed.\n\n" + note
    for text, kind in ((told, "letter"), (untold, "parliamentary-paper")):
        (one,) = [x for x in said("citations", text) if x["citationKey"] == ["kst-36200-XVII-9"]]
        assert one["citationKind"] == [kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Zie het verslag Landbouwraad 3 mei 2021 (Kamerstuk 21 501-32, nr. 1299).", "record"),
        (
            "Brief\n\nDat is zo.1 Ja.\n\n1 Anna Smit “Water in Kenia”, proefschrift 2011.\n",
            "thesis",
        ),
        (
            "Brief\n\nDat is zo.1 Ja.\n\n1 European Commission, Joint Communication to the "
            "Council, Brussels 2016.\n",
            "policy-paper",
        ),
    ],
)
def test_records_theses_and_communications_are_no_reports(text: str, kind: str) -> None:
    assert [one["citationKind"] for one in said("citations", text)] == [[kind]]


def test_of_two_evaluations_with_one_word_both_are_titled_with_it() -> None:
    text = "Zie de evaluaties van het handelsbeleid (2021) en het klimaatbeleid (2023)."
    assert [one["term"] for one in said("citations", text)] == [
        ["evaluaties van het handelsbeleid"],
        ["evaluaties van het klimaatbeleid"],
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "De jaarcijfers staan online.\n\nZie https://www.rijk.nl/jaar-\ncijfers/2020 daarvoor.",
            "https://www.rijk.nl/jaarcijfers/2020",
        ),
        (
            "De hulp komt in de regio.\n\nZie https://www.rijk.nl/regio-\nhulp/2020 daarvoor.",
            "https://www.rijk.nl/regio-hulp/2020",
        ),
        ("Het is zo.\n\nZie https://www.rijk.nl/publi-\ncaties/2020 daarvoor.", None),
    ],
)
def test_an_address_broken_at_a_hyphen_is_mended_or_left(text: str, address: str | None) -> None:
    found = [(one["citationKey"], one["asWritten"]) for one in said("citations", text)]
    assert found == ([([address], [address])] if address else [])
