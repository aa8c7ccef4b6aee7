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
        ("Deze aanbeveling wordt niet overgenomen.", {"rejected"}),
        ("Het kabinet onderschrijft het belang van onderwijs.", {"agreed"}),
        ("IOB constateert terecht dat de wegen slecht zijn.", {"agreed"}),
        ("IOB constateert dat de wegen slecht zijn.", set()),
        ("Het merendeel is reeds uitgevoerd.", {"already-done"}),
        ("De ambassade is nauw betrokken geweest bij het overleg.", set()),
        ("Het ministerie heeft geïnvesteerd in wegen.", set()),
        ("Uitbreiding wordt per geval bekeken.", {"deferred"}),
        ("Ik neem deze aanbeveling graag over.", {"adopted"}),
        ("Deze aanbeveling neemt het kabinet over.", {"adopted"}),
        ("De aanbevelingen zijn overgenomen.", {"adopted"}),
        ("Het ministerie geeft gevolg aan deze aanbeveling.", {"adopted"}),
        ("De aanbevelingen worden grotendeels overgenomen.", {"largely-agreed"}),
        ("Het kabinet is het grotendeels eens met de conclusies.", {"largely-agreed"}),
        ("Deze aanbeveling wordt deels overgenomen.", {"partly-adopted"}),
        ("Het kabinet neemt deze aanbeveling gedeeltelijk over.", {"partly-adopted"}),
        ("Het kabinet is het ten dele eens met deze conclusie.", {"partly-adopted"}),
        ("Ik neem deze aanbeveling niet over.", {"rejected"}),
        ("Deze aanbeveling neem ik niet over.", {"rejected"}),
        ("Het kabinet deelt deze conclusie niet.", {"rejected"}),
        ("Het kabinet ziet geen aanleiding om het fonds te sluiten.", {"rejected"}),
        ("Ik herken dit beeld.", {"agreed"}),
        ("Het kabinet kan zich vinden in deze conclusie.", {"agreed"}),
        ("Het kabinet deelt de zorg dat de wegen niet voldoen.", {"agreed"}),
        ("Het kabinet deelt mee dat de wegen klaar zijn.", set()),
        ("Aan deze aanbeveling wordt al uitvoering gegeven.", {"already-done"}),
        ("Hieraan geeft het ministerie reeds invulling.", {"already-done"}),
        ("Het kabinet zal bezien of het fonds kan groeien.", {"deferred"}),
        ("Het kabinet neemt het voorstel in overweging.", {"deferred"}),
        ("Het kabinet neemt kennis van de aanbeveling.", {"noted"}),
        ("Ik heb met belangstelling kennisgenomen van het rapport.", {"noted"}),
        ("Dit sluit aan bij de oproep van de raad.", {"in-line"}),
        ("De leiding is overgenomen door een nieuwe directeur.", set()),
        ("De ploeg neemt deel aan het overleg.", set()),
    ],
)
def test_a_sentence_from_another_letter(sentence: str, expected: set[str]) -> None:
    assert stances(sentence) == expected
