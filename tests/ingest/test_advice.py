"""Recommendations made and answered in running text, and the sentence that answers which."""

from __future__ import annotations

import pytest

from tests.ingest.saying import said

IOB = "IOB beveelt aan om de steun aan minder dorpen te richten. "


def told(text: str) -> list[tuple[str, str]]:
    return [
        (one["kind"][0], one.get("stance", one.get("recommendedBy", [""]))[0])
        for one in said("recommendations", text)
    ]


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Het kabinet neemt deze aanbeveling over.", "adopted"),
        ("Deze aanbeveling wordt grotendeels overgenomen.", "largely-agreed"),
        ("Deze aanbeveling wordt deels overgenomen.", "partly-adopted"),
        ("Ik neem deze aanbeveling niet over.", "rejected"),
        ("Aan deze aanbeveling wordt al uitvoering gegeven.", "already-done"),
        ("Het kabinet neemt kennis van deze aanbeveling.", "noted"),
        ("Het kabinet onderschrijft deze aanbeveling.", "agreed"),
    ],
)
def test_an_answer_right_after_what_was_recommended(answer: str, stance: str) -> None:
    assert told(IOB + answer) == [
        ("Recommendation", "iob"),
        ("Response", ""),
        ("Position", stance),
    ]


def test_who_advises_has_the_voice_and_who_answers_words_it() -> None:
    advice, response, position = said(
        "recommendations", "De AIV adviseert om scholen te bouwen. Dit advies wordt overgenomen."
    )
    assert (advice["speaker"], advice["recommendedBy"]) == (["aiv"], ["aiv"])
    assert advice["wordedBy"] == response["speaker"] == position["speaker"]
    assert response["respondsTo"] == position["respondsTo"]


def test_several_recommendations_are_answered_together() -> None:
    text = (
        "IOB raadt aan om scholen te bouwen. Daarnaast adviseert IOB om wegen te verbreden. "
        "Deze aanbevelingen worden niet overgenomen."
    )
    (response,) = [one for one in said("recommendations", text) if one["kind"] == ["Response"]]
    assert len(response["respondsTo"]) == 2


def test_a_reserve_is_kept_with_the_position() -> None:
    text = IOB + "Deze aanbeveling wordt – waar mogelijk – overgenomen."
    assert said("recommendations", text)[-1]["condition"] == ["waar mogelijk"]


def test_a_recommendation_that_the_answer_itself_names_is_another_one() -> None:
    text = IOB + "De aanbeveling om wegen te verbreden neemt het kabinet deels over."
    found = said("recommendations", text)
    assert [one["kind"][0] for one in found] == [
        "Recommendation",
        "Recommendation",
        "Response",
        "Position",
    ]
    assert found[-1]["stance"] == ["partly-adopted"]


@pytest.mark.parametrize(
    "text",
    [
        "Het kabinet adviseert boeren om zich te verzekeren.",
        "De Kamer beveelt een nieuw plan aan.",
        "IOB concludeert dat de wegen slecht zijn. Het kabinet onderschrijft dit beeld.",
        "Het kabinet neemt de leiding over.",
    ],
)
def test_what_nobody_recommends_or_answers_is_not_read_into_it(text: str) -> None:
    assert said("recommendations", text) == []


LIST = (
    "Wegen\n\nIOB raadt aan:\n\n"
    "i. Verbreed smalle bruggen met geld van de provincie en gemeenten in het oosten.\n\n"
    "ii. Investeer in verlichting langs fietspaden voor kinderen en ouderen.\n\n"
    "iii. Onderzoek samen met scholen hoe leerlingen veiliger kunnen oversteken.\n\n"
    "Kabinetsreactie\n\n{answer}\n"
)


@pytest.mark.parametrize(
    ("answer", "number", "confidence"),
    [
        ("De aanbeveling over verlichting langs fietspaden wordt overgenomen.", "ii", ["0.7"]),
        ("Aanbeveling iii wordt overgenomen.", "iii", None),
        ("Het kabinet onderschrijft het belang van goede wegen.", "", None),
    ],
)
def test_a_position_is_tied_to_a_recommendation_as_far_as_its_words_tell(
    answer: str, number: str, confidence: list[str] | None
) -> None:
    found = said("recommendations", LIST.format(answer=answer))
    (position,) = [one for one in found if one["kind"] == ["Position"]]
    (response,) = [one for one in found if one["kind"] == ["Response"]]
    assert len(response["respondsTo"]) == 3
    assert position.get("confidence") == confidence
    answered = [one.rsplit("-", 1)[-1] for one in position.get("respondsTo", [])]
    assert answered == ([number] if number else [])
