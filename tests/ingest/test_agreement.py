"""Figures, dates and sources that agree, or do not: within a document and between two."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ingest.extract import consistency
from ingest.extract.pipeline import statements
from ingest.interpret import Interpreter
from ingest.sources import Sources
from tests.ingest.laid_beside import Linked, Paper, breaches, folder_of, linked


@cache
def _interpreter() -> Interpreter:
    return Interpreter(Sources())


@pytest.fixture
def checked(tmp_path: Path) -> object:
    """What is checked in a letter of 2024: kind, whether it holds, and the summary in Dutch."""

    def check(*paragraphs: str) -> list[tuple[str, str, str]]:
        text = "Brief van de minister\n\n1. Inleiding\n\n" + "\n\n".join(paragraphs) + "\n"
        folder = folder_of(tmp_path / "papers", Paper("brief", "2024-03-01", text))
        source = Sources(seeds=folder).inventory().documents["brief"]
        interpreter = _interpreter()
        context = interpreter.context(source, interpreter.read(source))
        found = []
        for one in consistency.extract(context, statements(context)):
            content = {name: value.value for name, value in reversed(one.content)}
            kind = content["checkKind"].rsplit("/", 1)[-1]
            found.append((kind, content["holds"], content["summary"]))
        return found

    return check


def check(checked: object, *paragraphs: str) -> list[tuple[str, str, str]]:
    """The checks of a letter with these paragraphs."""
    assert callable(checked)
    found: list[tuple[str, str, str]] = checked(*paragraphs)
    return found


# Shares of a whole


def test_shares_that_make_a_whole_are_confirmed(checked: object) -> None:
    said = "Van het budget gaat 40% naar onderwijs, 35% naar water en 25% naar gezondheid."
    assert check(checked, said) == [
        ("share-sum", "true", "De aandelen in deze zin tellen op tot 100 procent.")
    ]


def test_a_division_that_does_not_make_a_whole_is_noted(checked: object) -> None:
    said = "Het budget is verdeeld: 40% voor onderwijs, 35% voor water en 20% voor gezondheid."
    assert check(checked, said) == [
        ("share-sum", "false", "De aandelen in deze zin tellen op tot 95 procent.")
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Het aandeel steeg van 40% naar 60%.",
        "Van de meisjes gaat 80% naar school, van de jongens 85% en van de jongeren 60%.",
        "In Mali werkt 30% van de vrouwen, in Niger 45% en in Tsjaad 40%.",
        "De korting is 10%, 20% of ten minste 70%.",
    ],
)
def test_percentages_that_divide_nothing_are_left_alone(checked: object, said: str) -> None:
    assert check(checked, said) == []


# Dates


def test_a_day_that_does_not_exist_is_noted(checked: object) -> None:
    assert check(checked, "De conferentie is op 31 juni 2024.", "In 2023 was het 29 februari.") == [
        ("calendar", "false", "De dag 31 juni 2024 bestaat niet.")
    ]


def test_a_leap_day_exists_in_a_leap_year_only(checked: object) -> None:
    assert check(checked, "Het regende er op 29 februari 2024.") == []
    assert check(checked, "Het regende er op 29 februari 2023.") == [
        ("calendar", "false", "De dag 29 februari 2023 bestaat niet.")
    ]


def test_a_period_that_ends_before_it_starts_is_noted(checked: object) -> None:
    assert check(checked, "Het programma loopt van 2026 tot 2023.") == [
        ("date-order", "false", "De periode ‘van 2026 tot 2023’ eindigt voor zij begint.")
    ]
    assert check(checked, "Het programma loopt van 2023 tot 2026.") == []


def test_a_promise_by_a_day_that_is_past_is_noted(checked: object) -> None:
    assert check(
        checked, "Nederland zal uiterlijk in 2022 een strategie voor water opstellen."
    ) == [
        (
            "date-order",
            "false",
            "De termijn 2022 was al voorbij op de datum van het document, 2024-03-01.",
        )
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Nederland zal uiterlijk in 2024 een strategie voor water opstellen.",
        "Nederland zou uiterlijk in 2022 een strategie voor water opstellen.",
    ],
)
def test_a_promise_for_this_year_or_told_of_the_past_is_left_alone(
    checked: object, said: str
) -> None:
    assert check(checked, said) == []


# The same figure or source twice in a document


def test_a_figure_given_twice_alike_is_confirmed(checked: object) -> None:
    found = check(
        checked,
        "Het kabinet investeert in 2024 84 miljoen euro in humanitaire hulp.",
        "Voor humanitaire hulp geeft het kabinet in 2024 84 miljoen euro.",
    )
    assert [(kind, holds) for kind, holds, _ in found] == [("same-figure", "true")]
    assert found[0][2].startswith("Beide plaatsen geven voor humanitaire hulp hetzelfde cijfer: 84")


def test_the_years_of_a_figure_are_all_shown(checked: object) -> None:
    (found,) = check(
        checked,
        "Het kabinet investeert van 2022 tot en met 2024 84 miljoen euro in humanitaire hulp.",
        "Voor humanitaire hulp geeft het kabinet van 2022 tot en met 2024 84 miljoen euro.",
    )
    assert found[2].endswith("(2022–2024).")


def test_the_same_sentence_with_another_figure_is_a_contradiction(checked: object) -> None:
    found = check(
        checked,
        "Het kabinet investeert in 2024 84 miljoen euro extra in humanitaire hulp.",
        "Het kabinet investeert in 2024 48 miljoen euro extra in humanitaire hulp.",
    )
    assert [(kind, holds) for kind, holds, _ in found] == [("same-figure", "false")]


@pytest.mark.parametrize(
    "other",
    [
        "Het kabinet investeert in 2025 48 miljoen euro extra in humanitaire hulp.",
        "Het kabinet investeert in 2024 48 miljoen euro extra in onderwijs.",
        "Het kabinet investeert in 2024 minstens 48 miljoen euro extra in humanitaire hulp.",
        "Daarvan gaat in 2024 48 miljoen euro van de humanitaire hulp naar Jemen.",
    ],
)
def test_another_figure_is_no_contradiction(checked: object, other: str) -> None:
    first = "Het kabinet investeert in 2024 84 miljoen euro extra in humanitaire hulp."
    assert check(checked, first, other) == []


def test_a_source_with_two_years_is_noted(checked: object) -> None:
    found = check(
        checked,
        "Zie IOB, 2022. “Water zonder grenzen: evaluatie van het beleid”.",
        "Zie ook IOB, 2021. “Water zonder grenzen”.",
    )
    assert found == [
        (
            "source-date",
            "false",
            "‘Water zonder grenzen’ is op de ene plaats van 2022 en op de andere van 2021.",
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        "Zie ook IOB, 2021. “Water zonder haast: een ander onderzoek”.",
        "Zie ook IOB, 2022. “Water zonder grenzen”.",
    ],
)
def test_other_sources_are_left_alone(checked: object, other: str) -> None:
    assert check(checked, "Zie IOB, 2022. “Water zonder grenzen: evaluatie”.", other) == []


def test_what_appears_each_year_has_many_years(checked: object) -> None:
    said = (
        "Zie UNHCR, 2021. “Global Trends Annual Report”.",
        "Zie UNHCR, 2022. “Global Trends Annual Report”.",
    )
    assert check(checked, *said) == []


# Between two documents

HEAD = "Brief van de minister\n\n1. Hulp\n\n"
FIRST = Paper(
    "eerste",
    "2023-02-01",
    HEAD + "Het kabinet investeert in 2024 84 miljoen euro extra in humanitaire hulp.\n\n"
    "Het kabinet investeert in 2024 20 miljoen euro extra in onderwijs.\n\n"
    "Het kabinet geeft in 2024 7 miljoen euro aan UNHCR.\n",
)
SECOND = Paper(
    "tweede",
    "2023-09-01",
    HEAD + "Voor humanitaire hulp investeert het kabinet in 2024 84 miljoen euro extra.\n\n"
    "Het kabinet investeert in 2024 25 miljoen euro extra in onderwijs.\n\n"
    "Het kabinet geeft in 2025 9 miljoen euro aan UNHCR.\n",
)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """Two letters, one of whose figures the second confirms and one of which it changes."""
    return linked(folder_of(tmp_path_factory.mktemp("two") / "papers", FIRST, SECOND))


def test_a_figure_in_two_documents_is_confirmed_or_contradicted(two: Linked) -> None:
    found = two.checks("same-figure")
    assert [holds for holds, _ in found] == ["false", "true"]
    assert "onderwijs" in found[0][1] and "20" in found[0][1] and "25" in found[0][1]
    assert "humanitaire hulp" in found[1][1]


def test_a_check_between_documents_has_both_as_evidence(two: Linked) -> None:
    rows = two.ask(
        "SELECT ?c (COUNT(DISTINCT ?d) AS ?n) (COUNT(DISTINCT ?e) AS ?m) WHERE { ?c a def:Check ; "
        "def:inDocument ?d ; def:evidence ?e ; def:madeBy/def:version ?v } GROUP BY ?c"
    )
    assert [row[1:] for row in rows] == [("2", "2"), ("2", "2")]


def test_the_checks_between_documents_satisfy_the_shapes(tmp_path: Path) -> None:
    assert breaches(folder_of(tmp_path / "papers", FIRST, SECOND)) == []
