"""What IOB recommended and what was answered, counted and read in the documents by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.conftest import Graph

ANNEX = "2023-kabinetsreactie-iob-humanitaire-hulp"
NOTE = "2022-beleidsnota-bhos"
REPORT = "2025-periodieke-rapportage-artikel-1"


def rows(graph: Graph, document: str, kind: str) -> list[dict[str, str]]:
    found = graph.ask("recommendations-and-responses", document=f"document/{document}")
    return [row for row in found if row["kind"] == kind]


def numbers(graph: Graph, document: str) -> list[tuple[str, str]]:
    found = {row["statement"]: row for row in rows(graph, document, "aanbeveling")}
    return [(row["heading"], row["number"]) for row in found.values() if "number" in row]


def test_the_26_recommendations_of_the_annex_with_their_six_parts(graph: Graph) -> None:
    found = numbers(graph, ANNEX)
    whole = Counter(heading for heading, number in found if "." not in number)
    assert whole == {
        "Humanitaire systeem en financiering": 8,
        "Lokalisering, inclusief risicodeling": 4,
        "Innovatie": 3,
        "Nexus": 5,
        "Humanitaire diplomatie": 5,
        "De humanitaire donor die mensen nodig hebben": 1,
    }
    parts = [number for _, number in found if "." in number]
    assert parts == [f"iv.{n}" for n in range(1, 7)]


def test_the_nine_recommendations_of_the_note_each_with_its_response(graph: Graph) -> None:
    found = [number for _, number in numbers(graph, NOTE)]
    assert [number for number in found if "-" not in number] == [str(n) for n in range(1, 10)]
    assert [number for number in found if "-" in number] == ["2-1"]  # advice told in the text
    responses = list(
        graph.select(f"""
            PREFIX def: <https://w3id.org/samenhang/def/>
            PREFIX document: <https://w3id.org/samenhang/id/document/>
            SELECT ?number ?quote WHERE {{
              ?response a def:Response ; def:inDocument document:{NOTE} ;
                def:respondsTo [ def:number ?number ] ; def:evidence [ def:quote ?quote ]
            }}""")
    )
    beginnings = {row["number"].value: row["quote"].value[:30] for row in responses}
    assert beginnings == {
        "2-1": "Daarom richt BZ zich sindsdien",
        "1": "Door in te zetten op continuït",
        "2": "Binnen het BHOS-beleid worden ",
        "3": "Systemen voor M&E zijn sinds 2",
        "4": "Zoals in deze nota aangegeven ",
        "5": "Budgetten van activiteiten wor",
        "6": "Binnen het handelsbeleid wordt",
        "7": "In een groeiende groep lage-mi",
        "8": "Het nieuwe BHOS-beleid brengt ",
        "9": "In de 14 combinatielanden krij",
    }


def test_the_three_recommendations_of_the_report_with_five_parts(graph: Graph) -> None:
    assert [number for _, number in numbers(graph, REPORT)] == [
        "a",
        "b",
        *(f"b.{n}" for n in range(1, 6)),
        "c",
    ]


@pytest.mark.parametrize(
    ("beginning", "stance"),
    [
        ("De aanbeveling dat Nederland zijn meerjarige", "overgenomen"),
        ("Het versterken van de humanitaire personele", "per geval of later bezien"),
        ("Hierbij is het merendeel van de IOB-aanbevelingen", "al uitgevoerd"),
        ("Het kabinet is het grotendeels eens", "grotendeels mee eens"),
        ("Het kabinet is van mening dat ook in andere contexten", "andere opvatting"),
        ("IOB constateert terecht dat niet in alle gevallen", "onderschreven"),
    ],
)
def test_stances_are_read_as_they_are_meant(graph: Graph, beginning: str, stance: str) -> None:
    found = rows(graph, ANNEX, "standpunt")
    assert [r["stanceLabel"] for r in found if r["quote"].startswith(beginning)] == [stance]


def test_only_one_recommendation_is_literally_adopted(graph: Graph) -> None:
    adopted = [r for r in rows(graph, ANNEX, "standpunt") if r["stanceLabel"] == "overgenomen"]
    assert sum("overgenomen" in row["quote"] for row in adopted) == 1


def test_what_iob_holds_is_not_taken_for_the_cabinets_position(graph: Graph) -> None:
    for row in rows(graph, ANNEX, "standpunt"):
        assert not row["quote"].startswith(
            ("De IOB conclusies", "De IOB is kritischer", "IOB moedigt")
        )


def test_voices(graph: Graph) -> None:
    annex = rows(graph, ANNEX, "aanbeveling")
    assert {row["speakerLabel"] for row in annex} == {
        "Directie Internationaal Onderzoek en Beleidsevaluatie"
    }
    answers = rows(graph, REPORT, "standpunt")
    # Section 6 of the report is the policy directorate's, not IOB's.
    assert all("Multilaterale Instellingen" in row["speakerLabel"] for row in answers)
    assert answers


def test_every_group_of_the_annex_is_answered(graph: Graph) -> None:
    count = list(
        graph.select(f"""
            PREFIX def: <https://w3id.org/samenhang/def/>
            PREFIX document: <https://w3id.org/samenhang/id/document/>
            SELECT (COUNT(DISTINCT ?response) AS ?responses) (COUNT(DISTINCT ?answered) AS ?n)
            WHERE {{
              ?response a def:Response ; def:inDocument document:{ANNEX} ; def:respondsTo ?answered
            }}""")
    )
    assert (count[0]["responses"].value, count[0]["n"].value) == ("6", "26")
