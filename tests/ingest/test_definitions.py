"""Definitions: what a term means, and what an abbreviation stands for."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


def terms(text: str) -> list[str]:
    return [one["term"][0] for one in said("definitions", text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een vluchteling is iemand die zijn land is ontvlucht.", "vluchteling"),
        ("Onder lokalisering wordt verstaan dat lokale partners beslissen.", "lokalisering"),
        ("Onder partners verstaat het kabinet alle organisaties met steun.", "partners"),
        ("Met draagvlak wordt bedoeld dat burgers instemmen.", "draagvlak"),
        ("Sub-artikel 2.1 betreft de uitgaven voor water.", "Sub-artikel 2.1"),
        ("De link tussen hulp en ontwikkeling (de zogenaamde nexus) is zwak.", "nexus"),
        ("De Algemene Rekenkamer (AR) controleert de uitgaven.", "AR"),
        ("Steun voor Monitoring, Evaluatie en Leren (MEL) is nodig.", "MEL"),
        ("Het midden- en kleinbedrijf (MKB) groeit.", "MKB"),
    ],
)
def test_a_term_that_is_explained(text: str, expected: str) -> None:
    assert terms(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Nederland staat voor een grote uitdaging.",
        "Nederland staat voor een open economie.",
        "Dit betreft vooral kleine bedrijven.",
        "De ministers spraken over de hulp (EU).",
        "Wat wordt onder hulp verstaan?",
        "De hulp is een belangrijk onderdeel van het beleid.",
        "De bijdrage (zie box 3) is gestegen.",
        "Onder druk van de EU wordt het budget verlaagd.",
        "Onder leiding van de VN wordt overlegd.",
        "Met ingang van 2023 worden de middelen bedoeld voor klimaat ingezet.",
        "De bewindslieden (Defensie, BH/OS, BZ en V&J) overleggen.",
        "De inzet in Mali (EU) en Niger (VN) gaat door.",
    ],
)
def test_a_statement_of_another_kind(text: str) -> None:
    assert terms(text) == []


def test_an_abbreviation_is_defined_once() -> None:
    text = "Het Nationaal Groeifonds (NGF) groeit. Het Nationaal Groeifonds (NGF) betaalt."
    assert terms(text) == ["NGF"]


def test_the_subject_is_what_the_term_names_and_no_part_of_it() -> None:
    (whole,) = said("definitions", "Lokalisering houdt in dat lokale organisaties beslissen.")
    assert whole["subject"] == ["localisation"]
    (part,) = said("definitions", "Met steun van Nederland wordt bedoeld dat er geld komt.")
    assert "subject" not in part


def test_words_with_another_abbreviation_than_a_thing_has_are_another_thing() -> None:
    (own,) = said("definitions", "Dat doet de Europese Unie (EU) ook zelf.")
    assert own["subject"] == ["european-union"]
    (near,) = said("definitions", "Dat doet de Europese Unie (EUN) ook zelf.")
    assert "subject" not in near
