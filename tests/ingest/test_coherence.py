"""How two named areas, themes or instruments relate, and when a sentence does not say so."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said


@pytest.mark.parametrize(
    ("text", "one", "relation", "other"),
    [
        ("Onderwijs draagt bij aan gendergelijkheid.", "education", "supports", "gender-equality"),
        ("Onderwijs bevordert gendergelijkheid.", "education", "supports", "gender-equality"),
        ("Er is synergie tussen handel en onderwijs.", "trade", "supports", "education"),
        ("Er is spanning tussen handel en mensenrechten.", "trade", "contradicts", "human-rights"),
        ("Handel gaat te vaak ten koste van onderwijs.", "trade", "trades-off", "education"),
        ("Onderwijs is een voorwaarde voor handel.", "trade", "depends-on", "education"),
        ("Zonder onderwijs is er geen handel.", "trade", "depends-on", "education"),
        ("Handel kan niet zonder onderwijs.", "trade", "depends-on", "education"),
        (
            "Handel en onderwijs worden onvoldoende op elkaar afgestemd.",
            "trade",
            "lacks-coordination",
            "education",
        ),
        ("Dit werk ligt op het snijvlak van handel en onderwijs.", "trade", "spans", "education"),
        ("Het onderscheid tussen handel en onderwijs blijft.", "trade", "separate", "education"),
    ],
)
def test_what_stands_between_two_names_tells_how_they_relate(
    text: str, one: str, relation: str, other: str
) -> None:
    (found,) = said("coherence", text)
    assert (found["from"], found["relation"], found["to"]) == ([one], [relation], [other])


@pytest.mark.parametrize(
    "text",
    [
        "Handel draagt niet bij aan mensenrechten.",
        "Handel mag niet ten koste gaan van mensenrechten.",
        "Er is geen spanning tussen handel en mensenrechten.",
        "Gebrek aan onderwijs ondermijnt gendergelijkheid.",
        "Draagt handel bij aan mensenrechten?",
        "Het is de vraag of onderwijs bevordert dat gendergelijkheid groeit.",
        "Indien onderwijs gendergelijkheid bevordert, volgt meer steun.",
        "Met steun aan onderwijs bevordert Nederland gendergelijkheid.",
        "Nederland richt zich op onderwijs en het bevorderen van gendergelijkheid.",
        "Handel, onderwijs en mensenrechten komen aan bod.",
        "Het kabinet stimuleert handel en bevordert gendergelijkheid.",
        "De handel hangt deels samen met de inzet op ontwikkelingssamenwerking.",
    ],
)
def test_what_is_denied_asked_or_done_by_another_is_no_relation(text: str) -> None:
    assert said("coherence", text) == []


def test_several_names_each_have_the_relation() -> None:
    found = said("coherence", "Onderwijs bevordert gendergelijkheid en mondiale gezondheid.")
    assert [one["to"] for one in found] == [["gender-equality"], ["global-health"]]


def test_what_may_be_or_is_meant_is_not_what_is() -> None:
    (may,) = said("coherence", "Handel en ontwikkelingssamenwerking kunnen elkaar versterken.")
    assert may["modality"] == ["may"]


def test_an_evaluator_s_view_is_its_own() -> None:
    text = "IOB concludeert dat er spanning is. Volgens IOB gaat handel ten koste van onderwijs."
    assert [one["speaker"] for one in said("coherence", text)] == [["iob"]]
