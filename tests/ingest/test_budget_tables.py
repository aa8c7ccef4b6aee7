"""The two budget tables, cell by cell, and their arithmetic; figures copied by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ingest.document import BlockKind
from ingest.extract import table_text
from ingest.read import read
from tests.conftest import Graph

YEARS = ("2022", "2023", "2024", "2025", "2026", "2027 e.v.")
NOTE = {  # in millions of euros; an empty first cell is a year without an addition
    "Combinatie handel, investeringen, OS": (None, 84, 115, 125, 180, 190),
    "Subtotaal artikelonderdeel 1.3": (431, 468, 482, 505, 561, 571),
    "Voedselzekerheid": (None, 50, 75, 100, 100, 100),
    "Subtotaal artikelonderdeel 2.1": (329, 379, 405, 439, 439, 439),
    "Klimaat": (30, 65, 100, 230, 265, 290),
    "Subtotaal artikelonderdeel 2.3": (290, 309, 339, 459, 484, 471),
    "Global Health": (60, 106, 110, 115, 125, 130),
    "Subtotaal artikelonderdeel 3.1": (579, 531, 537, 562, 552, 557),
    "Humanitaire hulp": (82, 150, 150, 150, 150, 150),
    "Subtotaal artikelonderdeel 4.1": (512, 520, 520, 520, 520, 520),
    "Opvang in de regio": (60, 145, 145, 195, 195, 195),
    "Subtotaal artikelonderdeel 4.2": (219, 304, 304, 354, 357, 357),
    "Multilateraal": (None, 70, 70, 70, 70, 70),
    "Subtotaal artikelonderdeel 5.1 + 5.2": (280, 318, 343, 349, 348, 348),
    "Totaal intensiveringen en herverdelingen": (232, 670, 765, 985, 1085, 1125),
}
REPORT_YEARS = ("2015", "2016", "2017", "2018", "2019", "2020", "2021", "Totaal")
REPORT = {  # in thousands of euros
    "Art. 1.1.": (55937, 54569, 57086, 58729, 52528, 49795, 50345, 378989),
    "Art. 1.2.": (61411, 56242, 57733, 61450, 66151, 68526, 63502, 373555),
    "TOTAAL": (117348, 110811, 114819, 120179, 118679, 118321, 113847, None),
}


def cells(graph: Graph, document: str) -> dict[tuple[str, str], int]:
    rows = graph.ask("allocation-per-budget-article", document=f"document/{document}")
    return {(row["lineLabel"], row["periodLabel"]): int(row["amount"]) for row in rows}


def table(
    rows: Mapping[str, tuple[int | None, ...]], columns: tuple[str, ...], factor: int
) -> dict[tuple[str, str], int]:
    return {
        (label, column): value * factor
        for label, values in rows.items()
        for column, value in zip(columns, values, strict=True)
        if value is not None
    }


def test_the_note_of_2022(graph: Graph) -> None:
    assert cells(graph, "2022-beleidsnota-bhos") == table(NOTE, YEARS, 10**6)


def test_the_report_of_2025(graph: Graph) -> None:
    found = cells(graph, "2025-periodieke-rapportage-artikel-1")
    assert found == table(REPORT, REPORT_YEARS, 1000)


def test_a_figure_keeps_its_wording(graph: Graph) -> None:
    rows = graph.ask("allocation-per-budget-article", document="document/2022-beleidsnota-bhos")
    wordings = {row["amount"]: row["asWritten"] for row in rows}
    assert wordings["1085000000"] == "1.085"


def test_the_one_sum_that_is_wrong_is_found_and_the_others_hold(graph: Graph) -> None:
    rows = list(
        graph.select("""
            PREFIX def: <https://w3id.org/samenhang/def/>
            SELECT ?label ?stated ?computed ?holds WHERE {
              ?check a def:Check ; def:lineLabel ?label ; def:stated ?stated ;
                def:computed ?computed ; def:holds ?holds
            }""")
    )
    wrong = [
        (r["label"].value, r["stated"].value, r["computed"].value)
        for r in rows
        if r["holds"].value == "false"
    ]
    assert wrong == [("Art. 1.2.", "373555000", "435015000")]
    # Six columns of the note; seven columns and two rows of the report.
    assert len(rows) == 6 + 7 + 2


def test_an_addition_belongs_to_the_article_below_it(graph: Graph) -> None:
    rows = graph.ask("allocation-per-budget-article", document="document/2022-beleidsnota-bhos")
    articles = {row["lineLabel"]: row.get("articleNames", "") for row in rows}
    assert articles["Humanitaire hulp"] == "artikelonderdeel 4.1"
    assert articles["Subtotaal artikelonderdeel 4.1"] == "artikelonderdeel 4.1"
    assert set(articles["Multilateraal"].split(" + ")) == {
        "artikelonderdeel 5.1",
        "artikelonderdeel 5.2",
    }


@pytest.mark.parametrize(
    ("unit", "multiplier"),
    [
        ("bedragen x € 1 mln.", 10**6),
        ("bedragen x € 1.000", 1000),
        ("in miljoenen euro’s", 10**6),
        ("in mln. EUR", 10**6),
        ("× € 1.000", 1000),
        ("in euro", 1),
    ],
)
def test_a_table_of_another_document_with_its_unit_in_the_line_above(
    unit: str, multiplier: int
) -> None:
    text = (
        f"# Bijlage\n\nBudget per thema ({unit})\n\n| Thema | 2021 | Begroting 2022 | 2023 |\n"
        "|---|---|---|---|\n| Onderwijs | 10 | 1.250,5 | –60 |\n"
    )
    document = read(text.encode(), "bijlage", "bijlage.md")
    (block,) = document.of_kind(BlockKind.TABLE)
    table = table_text.read(document, block)
    assert table is not None
    assert table.multiplier == multiplier
    assert [column.year for column in table.columns] == [2021, 2022, 2023]
    assert [float(cell.value) for cell in table.rows[0].cells if cell] == [10, 1250.5, -60]
