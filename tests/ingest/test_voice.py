"""Whose words a sentence gives, also where a report goes on from one sentence to the next."""

from __future__ import annotations

import pytest

from ingest.extract import mentions
from ingest.extract.context import Context
from ingest.extract.prose import sentences
from ingest.read import read
from tests.ingest.saying import _vocabulary

OWN = "minister-for-foreign-trade-and-development"


def voices(text: str) -> list[str]:
    minter, words, labels, entry = _vocabulary()
    document = read(text.encode(), "brief")
    context = Context(
        entry, document, words, minter, list(mentions.extract(document, labels)), labels
    )
    return [one.speaker.value.rsplit("/", 1)[-1] for one in sentences(context)]


@pytest.mark.parametrize(
    "text",
    [
        "IOB concludeert dat de wegen slecht zijn.",
        "De Inspectie Ontwikkelingssamenwerking en Beleidsevaluatie (IOB) stelt dat dit werkt.",
        "Volgens IOB zijn de wegen slecht.",
        "De IOB is positief over de wegen.",
        "Zoals in de IOB-evaluatie beschreven, zijn de wegen slecht.",
        "Zoals de IOB concludeert, zijn de wegen slecht.",
        "“The roads are in a poor state”, p. 4, IOB Evaluatierapport.",
    ],
)
def test_a_reported_view_is_the_evaluator_s(text: str) -> None:
    assert set(voices(text)) == {"iob"}


def test_what_another_organisation_found_is_its_own() -> None:
    text = (
        "Vorig jaar constateerde de Wereldbank dat de armoede groeit. De Wereldbank is een bank."
        " Het kabinet constateert dat de Wereldbank groeit."
    )
    assert voices(text) == ["world-bank", OWN, OWN]


@pytest.mark.parametrize(
    "text",
    [
        "Het kabinet deelt het oordeel van de IOB.",
        "In lijn met wat IOB concludeert, zal het kabinet de wegen verbeteren.",
        "Het kabinet verbetert de wegen (zoals IOB ook adviseert).",
        "De wegen zijn slecht.",
        "Het ministerie heeft IOB gevraagd de wegen te onderzoeken.",
    ],
)
def test_an_answer_is_the_answerer_s(text: str) -> None:
    assert voices(text) == [OWN]


def test_a_report_goes_on_until_the_answerer_takes_the_word() -> None:
    text = (
        "IOB concludeert dat de wegen slecht zijn. Ook de bruggen waren smal. "
        "Er zou meer onderhoud moeten komen. Het rapport wijst erop dat geld ontbrak. "
        "Het kabinet herkent dit. Daarnaast zijn de bruggen inmiddels breder."
    )
    assert voices(text) == ["iob", "iob", "iob", "iob", OWN, OWN]


def test_a_report_inside_an_answer_goes_on_only_where_the_words_say_so() -> None:
    text = (
        "Het kabinet werkt aan de wegen. IOB stelt dat de bruggen smal zijn. "
        "Ook zouden er te weinig borden zijn. De borden worden vervangen."
    )
    assert voices(text) == [OWN, "iob", "iob", OWN]


def test_a_study_is_the_evaluator_s_only_where_one_was_named() -> None:
    assert voices("Het rapport concludeert dat de wegen slecht zijn.") == [OWN]


def test_an_adviser_s_view_is_its_own_in_its_own_sentence() -> None:
    text = "De AIV stelt dat de wegen slecht zijn. De bruggen zijn smal."
    assert voices(text) == ["aiv", OWN]


def test_what_is_recommended_in_a_list_is_the_evaluator_s() -> None:
    text = (
        "Wegen\n\nIOB raadt aan:\n\ni. Verbeter de wegen in het oosten van het land.\n\n"
        "ii. Verbreed de bruggen in het zuiden van het land.\n\nKabinetsreactie\n\n"
        "Het kabinet onderschrijft dit.\n"
    )
    assert voices(text) == ["iob", "iob", "iob", OWN]
