"""Our own shapes are well-formed shapes, by the shapes for shapes of the SHACL recommendation."""

from __future__ import annotations

import pytest
from rdflib import Graph

from ontology.shapes import load_shapes
from queries.catalogue import Catalogue
from queries.definition import definition
from tests.conftest import ROOT
from tests.publish.shapes import violations

OF_SHAPES = "shacl-shacl/shacl-shacl.ttl"
QUESTIONS = Catalogue.load(ROOT / "queries")


def test_of_the_data() -> None:
    shapes = load_shapes()
    assert len(shapes) > 1000
    assert violations(shapes, OF_SHAPES) == []


def test_of_contracts() -> None:
    assert violations(Graph().parse(ROOT / "queries" / "contract-shapes.ttl"), OF_SHAPES) == []


@pytest.mark.parametrize("name", ["involvement-over-the-years", "commitments-due", "sdg-coverage"])
def test_of_the_answers_to_a_question(name: str) -> None:
    assert violations(definition(QUESTIONS[name]), OF_SHAPES) == []


def test_a_shape_that_is_none_is_found() -> None:
    spoilt = load_shapes() + Graph().parse(
        data="""
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:property [ sh:minCount "one" ] ."""
    )
    assert violations(spoilt, OF_SHAPES)
