"""Cues are phrases that mean the same in any letter, not sentences of the documents at hand."""

from __future__ import annotations

import re

import pytest

from ontology import vocabulary
from ontology.names import Minter

STANCES = vocabulary.load(Minter()).in_scheme("stances")


def stances(sentence: str) -> set[str]:
    return {
        concept.slug
        for concept in STANCES
        for cue in concept.texts("cue")
        if re.search(cue, sentence, re.IGNORECASE)
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Deze aanbeveling wordt overgenomen.", {"adopted"}),
        ("Deze aanbeveling wordt niet overgenomen.", set()),
        ("Het kabinet onderschrijft het belang van onderwijs.", {"agreed"}),
        ("IOB constateert terecht dat de wegen slecht zijn.", {"agreed"}),
        ("IOB constateert dat de wegen slecht zijn.", set()),
        ("Het merendeel is reeds uitgevoerd.", {"already-done"}),
        ("De ambassade is nauw betrokken geweest bij het overleg.", set()),
        ("Het ministerie heeft geïnvesteerd in wegen.", set()),
        ("Uitbreiding wordt per geval bekeken.", {"deferred"}),
    ],
)
def test_a_sentence_from_another_letter(sentence: str, expected: set[str]) -> None:
    assert stances(sentence) == expected
