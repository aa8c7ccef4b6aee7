"""Policy options: the choices and cuts that a chapter on options names."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said

CHAPTER = "Beleidsopties en besparingsvariant\n\n"


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Dit maakt een bezuiniging op het fonds noodzakelijk.", "must"),
        ("Er is een bezuiniging doorgevoerd op de bijdrage.", "did"),
        ("Het programma zou kunnen worden beëindigd.", "may"),
        ("Verhoging van de inzet (+20% variant) is niet aan de orde.", "denies"),
    ],
)
def test_an_option_and_how_firm_it_is(sentence: str, modality: str) -> None:
    (one,) = said("policy_options", CHAPTER + sentence + "\n")
    assert (one["kind"], one["modality"]) == (["PolicyOption"], [modality])


def test_a_cut_has_its_amount() -> None:
    text = CHAPTER + "Een bezuiniging van 10 miljoen euro raakt de ambassades.\n"
    (one,) = said("policy_options", text)
    assert (one["amount"], one["polarity"]) == (["10000000"], ["negative"])


@pytest.mark.parametrize(
    "text",
    [
        "Inleiding\n\nDit maakt een bezuiniging op het fonds noodzakelijk.\n",
        CHAPTER + "Het ministerie volgt de aanbevelingen uit de evaluaties.\n",
        CHAPTER + "Is een bezuiniging van 10 miljoen euro mogelijk?\n",
        CHAPTER + "BZ heeft opties geformuleerd om uitgaven te besparen.\n",
    ],
)
def test_elsewhere_or_otherwise_it_is_no_option(text: str) -> None:
    assert said("policy_options", text) == []
