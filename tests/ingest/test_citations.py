"""References to other documents, as they are printed."""

from __future__ import annotations

import pytest

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
