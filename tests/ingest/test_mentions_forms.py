"""Names in other forms than the schemes give: number, declension, compounds, spaces and hyphens."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from ingest.extract import word_forms
from ingest.extract.gazetteer import Gazetteer
from ontology.vocabulary import Concept, Label


@pytest.mark.parametrize(
    ("label", "form"),
    [
        ("handelsakkoord", "handelsakkoorden"),
        ("klimaatfonds", "klimaatfondsen"),
        ("partnerschappen", "partnerschap"),
        ("vaardigheden", "vaardigheid"),
        ("pandemie", "pandemieën"),
        ("ambassade", "ambassades"),
        ("staatsgreep", "staatsgrepen"),
        ("bondgenoten", "bondgenoot"),
        ("toekomstscenario's", "toekomstscenario"),
        ("humanitaire crisis", "humanitaire crises"),
        ("geïntegreerd proces", "geïntegreerde proces"),
        ("sociale voorzieningen", "sociaal voorziening"),
        ("inclusieve aanpak", "inclusief aanpak"),
        ("armste landen", "armste land"),
    ],
)
def test_forms_of_a_name(label: str, form: str) -> None:
    assert form in set(word_forms.forms(label))


@pytest.mark.parametrize("label", ["handel", "water", "data", "steun", "export"])
def test_a_short_noun_alone_has_no_other_form(label: str) -> None:
    assert list(word_forms.forms(label)) == []


def theme(name: str, *labels: str, role: str = "label") -> Concept:
    return Concept(
        NamedNode(f"https://example.org/{name}"),
        frozenset({"Theme"}),
        tuple(Label(text, "nl", role) for text in labels),
        {},
    )


LABELS = Gazetteer(
    (
        theme("climate", "klimaat"),
        theme("climate-finance", "klimaatfinanciering"),
        theme("refugees", "vluchtelingen"),
        theme("stability", "stabiliteit"),
        theme("forest", "bosbouw en landbouw"),
        theme("private", "private-sectorontwikkeling"),
        theme("article", "artikel 4"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een vluchteling vroeg asiel.", ["refugees"]),
        ("De klimaatproblematiek in het dorp", ["climate"]),
        ("het klimaatbestendige huis", []),
        ("klimaatfinanciering", ["climate-finance"]),
        ("klimaat financiering", ["climate"]),
        ("klimaat-financiering", ["climate-finance"]),
        ("steun voor private sector-ontwikkeling", ["private"]),
        ("steun voor private sectorontwikkeling", ["private"]),
        ("stabiliteit en welvaart", ["stability"]),
        ("bosbouw en land bouw", ["forest"]),
        ("volgens artikel 4 is dat zo", ["article"]),
        ("volgens artikel 4.1 is dat zo", []),
        ("volgens artikel 4, 5 en 6", ["article"]),
    ],
)
def test_other_forms_are_found_in_a_text(text: str, expected: list[str]) -> None:
    assert [one.concept.slug for one in LABELS.find(text)] == expected


def test_a_given_label_goes_before_a_form_that_was_made() -> None:
    labels = Gazetteer((theme("made", "handelsmissie"), theme("given", "handelsmissies")))
    assert [one.concept.slug for one in labels.find("twee handelsmissies")] == ["given"]


def test_a_capital_in_a_label_stands_for_itself() -> None:
    labels = Gazetteer((theme("programme", "Power of Voices", "Werkgroep Zee"),))
    assert [one.concept.slug for one in labels.find("de werkgroepen zee; Werkgroep Zee")] == [
        "programme"
    ]


@given(st.lists(st.sampled_from(["vluchteling", "en", "-", "klimaat", "stabiliteit", "İ", " "])))
def test_no_two_things_found_overlap(words: list[str]) -> None:
    found = LABELS.find("".join(words))
    assert all(one.end <= other.start for one, other in pairwise(found))
