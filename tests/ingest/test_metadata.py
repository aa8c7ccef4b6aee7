"""What a document says about itself: found in its text, with the place that shows it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Document, Found, Sureness
from ingest.limits import Limits
from ingest.metadata import find_metadata
from ingest.metadata.dates import date_at, only_date
from ingest.metadata.kinds import KINDS
from ingest.read import read
from ingest.readers import extract_text
from ontology.names import Minter
from ontology.vocabulary import load
from tests.ingest.reading import GUIDE, LETTER, NOTE, REACTION, REPORT, Documents

PAPERS = Path(__file__).parents[1] / "fixtures" / "documents"
Summary = list[tuple[str, str]]


def document(text: str) -> Document:
    return read(text.encode(), "stuk")


def stated(found: tuple[Found, ...], *names: str) -> Summary:
    return [
        (f.name, f.value)
        for f in found
        if f.sureness is Sureness.STATED and (not names or f.name in names)
    ]


def inferred(found: tuple[Found, ...], *names: str) -> Summary:
    return [
        (f.name, f.value)
        for f in found
        if f.sureness is Sureness.INFERRED and (not names or f.name in names)
    ]


def facts(text: str, **properties: str) -> tuple[Found, ...]:
    return find_metadata(document(text), properties)


def values(found: tuple[Found, ...], name: str) -> list[str]:
    return [f.value for f in found if f.name == name]


def quote(text: str, name: str) -> str:
    """The text at the first finding of this name."""
    read_document = document(text)
    span = next(f.span for f in find_metadata(read_document, {}) if f.name == name)
    assert span is not None
    return read_document.source.quote(span)


# The seeds


def test_the_letter_of_2021_states_all_that_its_head_prints(documents: Documents) -> None:
    letter = documents[LETTER]
    found = find_metadata(letter, {})
    assert stated(found) == [
        (
            "title",
            "Brief van de minister voor Buitenlandse Handel en Ontwikkelingssamenwerking",
        ),
        ("date", "2021-01-25"),
        ("kind", "parliamentary-letter"),
        ("identifier", "kst-35570-XVII-52"),
        ("dossier", "35570-XVII"),
        ("sender", "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"),
        ("sender", "S.A.M. Kaag"),
        ("addressee", "Voorzitter van de Tweede Kamer der Staten-Generaal"),
    ]
    assert inferred(found) == [
        ("publisher", "Ministerie van Buitenlandse Zaken"),
        ("language", "nl"),
    ]
    quotes = {f.name: letter.source.quote(f.span) for f in found if f.span}
    assert quotes["date"] == "25 januari 2021"
    assert quotes["dossier"] == "35 570 XVII"
    assert quotes["identifier"].startswith("35 570 XVII Vaststelling")
    assert quotes["identifier"].endswith("Nr. 52")


@pytest.mark.parametrize("identifier", [REACTION, REPORT, GUIDE, NOTE])
def test_a_text_without_a_date_claims_none(documents: Documents, identifier: str) -> None:
    found = find_metadata(documents[identifier], {})
    assert not stated(found, "date", "identifier", "dossier", "sender", "addressee")
    assert not values(found, "date")


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [
        (REACTION, "annex-to-letter"),
        (REPORT, "periodic-report"),
        (GUIDE, "guide"),
        (NOTE, "policy-note"),
    ],
)
def test_the_kind_of_the_other_seeds(documents: Documents, identifier: str, kind: str) -> None:
    found = find_metadata(documents[identifier], {})
    assert values(found, "kind") == [kind]
    assert values(found, "language") == ["nl"]


def test_titles_of_the_seeds(documents: Documents) -> None:
    titles = {i: find_metadata(documents[i], {})[0] for i in (REACTION, GUIDE)}
    assert (titles[REACTION].value, titles[REACTION].sureness) == (
        "BIJLAGE BIJ KAMERBRIEF: IOB-BELEIDSDOORLICHTING HUMANITAIRE HULP 2015 / 2021",
        Sureness.STATED,
    )
    assert (titles[GUIDE].value, titles[GUIDE].sureness) == (
        "Leidraad Geïntegreerde Benadering",
        Sureness.INFERRED,
    )
    assert not values(find_metadata(documents[REPORT], {}), "title")
    assert not values(find_metadata(documents[NOTE], {}), "title")


# Letters of ministries

MINISTRY_LETTER = """> Retouradres Postbus 20061 2500 EB Den Haag

Aan de Voorzitter van de
Tweede Kamer der Staten-Generaal
Prinses Irenestraat 6
Den Haag

Datum 3 maart 2023
Betreft Kabinetsreactie op de IOB-evaluatie humanitaire hulp en
uitvoering van de motie van 12 januari 2023

Geachte Voorzitter,

In mijn brief van 5 februari 2022 heb ik uw Kamer gemeld dat de hulp wordt voortgezet.

Ministerie van Buitenlandse Zaken
Directie Stabiliteit en
Humanitaire Hulp

Onze referentie
BZ2313456

Uw referentie
2023D01234

Bijlage(n)
1

De Minister voor Buitenlandse Handel
en Ontwikkelingssamenwerking,

Liesje Schreinemacher
"""


def test_a_letter_in_the_style_of_the_ministries() -> None:
    found = facts(MINISTRY_LETTER)
    assert stated(found) == [
        (
            "subject",
            "Kabinetsreactie op de IOB-evaluatie humanitaire hulp en uitvoering van de motie van "
            "12 januari 2023",
        ),
        ("date", "2023-03-03"),
        ("identifier", "BZ2313456"),
        ("sender", "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking"),
        ("sender", "Liesje Schreinemacher"),
        ("addressee", "Voorzitter van de Tweede Kamer der Staten-Generaal"),
        ("publisher", "Ministerie van Buitenlandse Zaken"),
    ]
    assert inferred(found, "kind") == [("kind", "parliamentary-letter")]
    assert quote(MINISTRY_LETTER, "date") == "3 maart 2023"
    assert quote(MINISTRY_LETTER, "addressee") == (
        "Voorzitter van de\nTweede Kamer der Staten-Generaal"
    )


def test_labels_above_their_values_and_the_date_of_a_cited_letter_first() -> None:
    found = facts(
        "Ministerie van Buitenlandse Zaken\nDirectie Veiligheidsbeleid\nContactpersoon\n"
        "mr. A. de Vries\n\nUw brief van\n3 februari 2023\nOnze referentie\nMINBUZA-2023.1234\n\n"
        "Aan de Voorzitter van de Tweede Kamer\nder Staten-Generaal\nBinnenhof 4\nDen Haag\n\n"
        "Datum\n12 maart 2023\nBetreft\nBeantwoording vragen van het lid Piri over Soedan\n\n"
        "Geachte Voorzitter,\n\nHierbij bied ik u de antwoorden aan.\n\n"
        "De Minister van Buitenlandse Zaken,\nW.B. Hoekstra\n"
    )
    assert values(found, "date") == ["2023-03-12"]
    assert values(found, "identifier") == ["MINBUZA-2023.1234"]
    assert stated(found, "kind") == [("kind", "answers-to-questions")]
    assert values(found, "sender") == ["Minister van Buitenlandse Zaken", "W.B. Hoekstra"]


def test_a_column_of_labels_beside_a_column_of_values() -> None:
    found = facts(
        "Ministerie van Defensie\nDatum\nBetreft\n5 april 2022\nStand van zaken Mali\n\n"
        "Geachte voorzitter,\n\nHierbij de stand van zaken.\n"
    )
    assert stated(found, "date", "subject") == [
        ("subject", "Stand van zaken Mali"),
        ("date", "2022-04-05"),
    ]


def test_labels_in_the_cells_of_a_table() -> None:
    found = facts(
        "Aan\tDe Minister van Financiën\nVan\tDirectie Europa\nDatum\t14-09-2023\n"
        "Onderwerp\tMeerjarig Financieel Kader\nKenmerk\tDIE-0815/2023\n\nGeachte heer,\n"
    )
    assert stated(found, "date", "subject", "identifier", "addressee") == [
        ("subject", "Meerjarig Financieel Kader"),
        ("date", "2023-09-14"),
        ("identifier", "DIE-0815/2023"),
        ("addressee", "De Minister van Financiën"),
    ]


def test_only_a_cited_date_is_no_date() -> None:
    found = facts(
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\n"
        "Uw brief van\n3 februari 2023\n\nBetreft: uw brief van 3 februari 2023 over Soedan\n\n"
        "Geachte Voorzitter,\n\nOp 12 maart 2023 sprak ik met u.\n"
    )
    assert not values(found, "date")
    assert not values(found, "identifier")


def test_a_decision_on_a_request_for_disclosure() -> None:
    found = facts(
        "Ministerie van Buitenlandse Zaken\nAan: de heer A. Jansen\nDatum: 14 september 2023\n"
        "Onderwerp: Besluit op uw Woo-verzoek van 2 mei 2023\nOns kenmerk: BZ/2023/0815\n\n"
        "Geachte heer Jansen,\n\nOp 2 mei 2023 vroeg u om stukken.\n"
    )
    assert stated(found) == [
        ("subject", "Besluit op uw Woo-verzoek van 2 mei 2023"),
        ("date", "2023-09-14"),
        ("kind", "woo-decision"),
        ("identifier", "BZ/2023/0815"),
        ("addressee", "de heer A. Jansen"),
        ("publisher", "Ministerie van Buitenlandse Zaken"),
    ]


def test_an_english_letter() -> None:
    found = facts(
        "Ministry of Foreign Affairs\n\nDate 7 September 2022\nSubject Report on human rights\n"
        "Our reference MINBUZA.2022-77\n\nDear Speaker,\n\n"
        "The report covers the year 2021 and is sent to you with this letter for the debate that "
        "is to be held by the committee on the matter, which was not foreseen by the cabinet.\n"
    )
    assert stated(found) == [
        ("subject", "Report on human rights"),
        ("date", "2022-09-07"),
        ("identifier", "MINBUZA.2022-77"),
    ]
    assert values(found, "language") == ["en"]


# Parliamentary papers


def test_a_paper_in_two_dossiers_has_no_certain_number() -> None:
    found = facts(
        "29 237 Afrika-beleid\n\n36 180 Doen waar Nederland goed in is - Strategie voor Handel en\n"
        "Ontwikkelingssamenwerking\n\nNr. 200 BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN\n\n"
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, 1 juni 2023\n\n"
        "Op 3 mei 2023 is de Afrikastrategie verschenen.\n"
    )
    assert stated(found, "dossier", "identifier") == [("dossier", "29237"), ("dossier", "36180")]
    assert inferred(found, "identifier") == [("identifier", "kst-29237-200")]
    assert values(found, "date") == ["2023-06-01"]
    assert values(found, "title") == ["BRIEF VAN DE MINISTER VAN BUITENLANDSE ZAKEN"]


def test_a_motion() -> None:
    found = facts(
        "36 200 V Vaststelling van de begrotingsstaten van het Ministerie van Buitenlandse Zaken "
        "(V) voor\nhet jaar 2023\nNr. 41 MOTIE VAN HET LID AGNES MULDER C.S.\n"
        "Voorgesteld 24 november 2022\nDe Kamer,\ngehoord de beraadslaging,\n"
    )
    assert stated(found) == [
        ("title", "MOTIE VAN HET LID AGNES MULDER C.S."),
        ("date", "2022-11-24"),
        ("kind", "motion"),
        ("identifier", "kst-36200-V-41"),
        ("dossier", "36200-V"),
    ]


def test_a_paper_of_the_senate_has_a_letter() -> None:
    found = facts(
        "35 010 Wijziging van de Wet op het kindgebonden budget in verband met het verhogen van "
        "de\ninkomensgrens\n\nC MEMORIE VAN ANTWOORD\n\nOntvangen 26 april 2019\n\nInleiding\n\n"
        "De regering heeft met belangstelling kennisgenomen van de vragen.\n"
    )
    assert values(found, "identifier") == ["kst-35010-C"]
    assert values(found, "date") == ["2019-04-26"]


def test_a_number_on_a_line_of_its_own_but_not_one_that_is_cited() -> None:
    found = facts(
        "Kamerstuk 36 180, nr. 48\n2023D07216\n's-Gravenhage, 1 maart 2023\n\n"
        "Reactie op Kamerstuk 35 925 V, nr. 9 en op de brief van 4 april 2022.\n"
    )
    assert stated(found, "identifier", "dossier", "date") == [
        ("date", "2023-03-01"),
        ("identifier", "kst-36180-48"),
        ("identifier", "2023D07216"),
        ("dossier", "36180"),
    ]


def test_the_paper_to_which_an_annex_belongs_is_not_its_own_number() -> None:
    found = facts(
        "Bijlage bij Kamerstuk 36 180, nr. 48\n\nOverzicht van de toezeggingen\n\n"
        "Zie ook Kamerstuk 29 237, nr. 12 van 5 mei 2021.\n"
    )
    assert not values(found, "identifier")
    assert inferred(found, "dossier") == [("dossier", "36180")]
    assert values(found, "kind") == ["annex-to-letter"]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("21 501-02 Raad Algemene Zaken", "21501-02"),
        ("36\u00a0600 XVII Vaststelling van de begroting", "36600-XVII"),
        ("31271 Beleidsdoorlichting Buitenlandse Zaken", "31271"),
    ],
)
def test_dossiers_in_every_spelling(head: str, code: str) -> None:
    found = facts(f"{head}\n\nNr. 7 Brief van de minister van Buitenlandse Zaken\n\nTekst.\n")
    assert values(found, "identifier") == [f"kst-{code}-7"]


# Reports


def test_a_report_with_a_title_page_and_a_colophon() -> None:
    text = (
        "Tussen papier en praktijk\n\nEvaluatie van het Nederlandse mensenrechtenbeleid 2017-2022\n"
        "\nIOB Evaluatie | februari 2024\n\fVoorwoord\n\nOp 10 december 2023 bestond de "
        "Universele Verklaring 75 jaar.\n\nColofon\nUitgave: IOB\nISBN 978-90-5146-054-4\n"
    )
    assert stated(facts(text)) == [
        ("title", "Tussen papier en praktijk"),
        ("date", "2024-02"),
        ("kind", "evaluation-report"),
        ("identifier", "urn:isbn:9789051460544"),
    ]
    assert quote(text, "date") == "februari 2024"
    wrong = text.replace("054-4", "054-5")
    assert not values(facts(wrong), "identifier")


def test_a_guide_without_a_date() -> None:
    found = facts(
        "Handreiking gendergelijkheid\n\nDeze handreiking is bedoeld voor ambassades. Zij volgt op "
        "de nota van 12 mei 2022 en de brief van 3 juni 2023 aan de Kamer.\n"
    )
    assert stated(found) == [("title", "Handreiking gendergelijkheid"), ("kind", "guide")]
    assert not values(found, "date")


def test_several_dates_on_a_title_page_give_no_stated_date() -> None:
    found = facts(
        "Tijdlijn Soedan\n\n15 april 2023\n\nGevechten in Khartoem\n\n22 april 2023\n\nEvacuatie\n"
    )
    assert not stated(found, "date")
    assert inferred(found, "date") == [("date", "2023-04-15")]


def test_a_date_in_the_colophon_at_the_end() -> None:
    body = "De inzet van het kabinet wordt in deze nota toegelicht.\n\n" * 60
    found = facts(
        f"Beleidsnota water\n\n{body}Colofon\nMinisterie van Buitenlandse Zaken\nJuni 2022\n"
    )
    assert stated(found, "title", "date", "kind", "publisher") == [
        ("title", "Beleidsnota water"),
        ("date", "2022-06"),
        ("kind", "policy-note"),
        ("publisher", "Ministerie van Buitenlandse Zaken"),
    ]


# Dates


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("25 januari 2021", "2021-01-25"),
        ("1 mrt. 2019", "2019-03-01"),
        ("5-2-2014", "2014-02-05"),
        ("05.02.2014", "2014-02-05"),
        ("2014-02-05", "2014-02-05"),
        ("februari 2023", "2023-02"),
        ("Juni 2022", "2022-06"),
        ("3 March 2023", "2023-03-03"),
        ("31 februari 2023", ""),
        ("13-13-2023", ""),
        ("12 maart", ""),
        ("5-2-20145", ""),
    ],
)
def test_dates_in_all_usual_forms(written: str, iso: str) -> None:
    found = only_date(f"  {written} ")
    assert (found.iso if found else "") == iso


@pytest.mark.parametrize(
    "line",
    [
        "Den Haag, 5 februari 2014",
        "'s-Gravenhage, 5 februari 2014",
        "Den Haag, d.d. 5-2-2014",
        "d.d. 5-2-2014",
        "Datum: 5 februari 2014",
        "DATUM   5-2-2014",
        "Vastgesteld 5 februari 2014",
        "5 februari 2014",
    ],
)
def test_lines_that_date_a_document(line: str) -> None:
    found = facts(f"Voortgang Atalanta\n\n{line}\n\nGeachte Voorzitter,\n\nTekst van 1 mei 2013.\n")
    assert stated(found, "date") == [("date", "2014-02-05")]


@pytest.mark.parametrize(
    "line",
    [
        "Brief van 5 februari 2014",
        "Reactie op uw brief d.d. 5-2-2014",
        "Uw brief van: 5 februari 2014",
        "Datum uw brief: 5 februari 2014",
        "Den Haag, 5 februari 2014 vergaderde de Raad over Mali.",
        "Op 5 februari 2014 vergaderde de Raad.",
    ],
)
def test_lines_that_date_something_else(line: str) -> None:
    assert not values(
        facts(f"Voortgang Atalanta\n\n{line}\n\nGeachte Voorzitter,\n\nTekst.\n"), "date"
    )


# The file's own metadata


def test_what_the_file_says_comes_after_the_text_and_is_never_stated() -> None:
    found = facts(
        MINISTRY_LETTER,
        date="2023-03-06T10:00:00",
        title="Microsoft Word - brief.docx",
        language="nl-NL",
        creator="jansen01",
        publisher="ministerie van buitenlandse zaken",
        type="Kamerbrief",
    )
    assert values(found, "date") == ["2023-03-03", "2023-03-06"]
    assert [f.sureness for f in found if f.name == "date"] == [Sureness.STATED, Sureness.INFERRED]
    assert "Microsoft Word - brief.docx" not in values(found, "title")
    assert values(found, "publisher") == ["Ministerie van Buitenlandse Zaken"]
    assert "jansen01" not in values(found, "sender")
    assert values(found, "kind") == ["parliamentary-letter"]
    of_file = [f for f in found if f.span is None]
    assert {f.note for f in of_file} == {"from the file's own metadata"}


def test_the_xml_of_a_letter_says_the_same_as_its_text() -> None:
    path = PAPERS / "xml" / "brief-2021.xml"
    properties = extract_text(path.read_bytes(), path.name, Limits()).properties
    found = find_metadata(read(path, LETTER), properties)
    assert values(found, "identifier") == ["kst-35570-XVII-52"]
    assert values(found, "date") == ["2021-01-25"]
    assert values(found, "dossier") == ["35570-XVII"]
    assert values(found, "sender") == [
        "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking",
        "S.A.M. Kaag",
    ]


def test_every_kind_is_a_concept_of_the_ontology() -> None:
    known = {concept.slug for concept in load(Minter()).in_scheme("document-kinds")}
    assert known >= KINDS


# Any text

PIECES = [
    "Datum", "Betreft", "Onze referentie", "Aan de Voorzitter van de", "Tweede Kamer",
    "der Staten-Generaal", "3 maart 2023", "35 570 XVII", "Nr. 52", "De Minister van Defensie,",
    "Geachte", "Den Haag,", ":", "\t", "\n", "\n\n", "\f", " ", "Kamerstuk 36 180, nr. 48",
    "ISBN 978-90-5146-054-4", "2023D07216", "deze nota", "K. Naam", "|", "©", "Colofon", "12.",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40), st.text(max_size=20))
def test_whatever_the_text_every_finding_has_its_place(pieces: list[str], noise: str) -> None:
    text = "".join(pieces) + noise
    if not text.strip() or "\x00" in text:
        return
    read_document = document("x " + text)
    for one in find_metadata(read_document, {"title": noise, "date": noise, "type": noise}):
        assert one.value
        if one.span:
            assert read_document.source.quote(one.span).strip()
        if one.name == "date" and one.span:
            where = date_at(read_document.source.text, one.span.start)
            assert where is not None
            assert where.iso == one.value


def test_long_lines_and_long_texts_take_no_long_time() -> None:
    read_document = document("De minister van " + "Zaken, en " * 60_000 + "\n" + "Datum " * 60_000)
    started = time.perf_counter()
    find_metadata(read_document, {})
    assert time.perf_counter() - started < 2
