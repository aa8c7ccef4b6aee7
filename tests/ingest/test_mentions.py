"""Names found in running text: the right ones, however the text was broken, and no look-alikes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from ingest.extract.mentions import Gazetteer, gazetteer
from ontology import vocabulary
from ontology.names import Minter
from ontology.vocabulary import Concept, Label

LABELS = gazetteer(vocabulary.load(Minter()))


def names(text: str) -> list[str]:
    """What is found in a text, as the last segments of the concepts' IRIs."""
    return [found.concept.slug for found in LABELS.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Niger en in Nigeria", ["NER", "NGA"]),
        ("Soedan, Zuid-Soedan en Zuid-Sudanese vluchtelingen", ["SDN", "SSD", "SSD", "refugees"]),
        ("Libanon en Libië", ["LBN", "LBY"]),
        ("Zuid-Afrika ligt in Afrika", ["ZAF", "africa"]),
        ("de VN-familie", ["united-nations"]),
        ("UNHCR’s registratie", ["unhcr"]),
        ("de IFRC, het ICRC en het NRK", ["ifrc", "icrc", "nrk"]),
        ("Country-Based Pooled Funds van OCHA", ["country-based-pooled-funds", "ocha"]),
        ("de handelingsoptie", ["option-for-action"]),
        ("de handelwijze en de handeling", []),
        ("de ontwikkelingslanden", ["developing-countries"]),
        ("unicef en who", []),
    ],
)
def test_names_and_look_alikes(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_label_in_lower_case_matches_in_any_case() -> None:
    assert (
        names("Lokalisering") == names("lokalisering") == names("LOKALISERING") == ["localisation"]
    )


def concept(name: str, *labels: str) -> Concept:
    return Concept(
        NamedNode(f"https://example.org/{name}"),
        frozenset({"Theme"}),
        tuple(Label(text, "nl", "hidden") for text in labels),
        {},
    )


def test_the_longest_name_wins() -> None:
    labels = Gazetteer((concept("law", "recht"), concept("order", "internationale rechtsorde")))
    assert [f.concept.slug for f in labels.find("de internationale rechtsorde")] == ["order"]


WORDS = st.lists(
    st.sampled_from(["water", "Waterbeheer", "water,", "de", "IOB", "iob", "x-water", "İstanbul"]),
    max_size=12,
)


@given(WORDS)
def test_what_is_found_stands_where_it_is_said_to_stand(words: list[str]) -> None:
    text = " ".join(words)
    labels = Gazetteer((concept("water", "water"), concept("iob", "IOB")))
    found = labels.find(text)
    for one in found:
        assert text[one.start : one.end] in ("water", "Water", "IOB")
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert len(found) == sum(w in ("water", "water,", "IOB", "x-water") for w in words)
