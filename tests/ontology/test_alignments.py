"""Alignments: what a thing is called elsewhere, each with where that was seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import Graph

from ontology import alignments, shapes, vocabulary
from ontology.names import DCTERMS, OWL, SKOS, VOCABULARY, Minter
from ontology.vocabulary import FOLDER, OntologyError, Vocabulary

BASE = "https://w3id.org/samenhang/id/"
WIKIDATA = "http://www.wikidata.org/entity/"
ALIGNED = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1034"
FIRST = """
PREFIX alignment: <https://w3id.org/samenhang/id/alignment/>
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX : <https://w3id.org/samenhang/id/actor/>
"""
EVIDENCE = """
alignment:one a def:Alignment , owl:Axiom ; owl:annotatedSource :unhcr ;
  owl:annotatedProperty owl:sameAs ; owl:annotatedTarget <http://example.org/1> ;
  dcterms:source "a list" .
"""


@pytest.fixture(scope="module")
def aligned() -> tuple[Quad, ...]:
    return alignments.load(Minter())


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary.load(Minter())


def targets(aligned: tuple[Quad, ...], subject: str, relation: str) -> set[str]:
    return {
        quad.object.value
        for quad in aligned
        if quad.subject == NamedNode(BASE + subject)
        and quad.predicate.value == relation
        and isinstance(quad.object, NamedNode | Literal)
    }


@pytest.mark.parametrize(
    ("subject", "relation", "target"),
    [
        ("actor/unhcr", OWL + "sameAs", WIKIDATA + "Q132551"),
        ("actor/unhcr", SKOS + "notation", "XM-DAC-41121"),
        ("actor/ministry-of-the-interior", OWL + "sameAs", ALIGNED),
        ("theme/sdg-2", SKOS + "exactMatch", "http://metadata.un.org/sdg/2"),
        ("theme/conflict-prevention", SKOS + "broadMatch", BASE + "code/dac-purpose-15220"),
        ("policy-area/humanitarian-aid", SKOS + "narrowMatch", BASE + "code/dac-purpose-72010"),
        ("instrument/bhos-budget", SKOS + "notation", "XVII"),
    ],
)
def test_a_thing_is_known_elsewhere(
    aligned: tuple[Quad, ...], subject: str, relation: str, target: str
) -> None:
    assert target in targets(aligned, subject, relation)


def test_each_is_of_a_concept_and_says_where_it_was_seen(
    aligned: tuple[Quad, ...], words: Vocabulary
) -> None:
    """The evidence of all is checked by the shapes too; here that none escapes them."""
    known = Counter(q.predicate.value for q in aligned)
    sources = {q.subject for q in aligned if q.predicate.value == OWL + "annotatedSource"}
    assert known[OWL + "annotatedSource"] == known[DCTERMS + "source"] == len(sources) > 1000
    assert {
        q.object.value
        for q in aligned
        if q.predicate.value == OWL + "annotatedSource"
        and isinstance(q.object, NamedNode)
        and q.object not in words
    } == set()
    data = shapes.to_rdflib([*aligned, *words.quads])
    assert [str(one) for one in shapes.violations(data, shapes.load_shapes())] == []


def test_only_organisations_are_the_very_same_thing(aligned: tuple[Quad, ...]) -> None:
    same = [q.subject for q in aligned if q.predicate.value == OWL + "sameAs"]
    assert {str(one).rsplit("/", 1)[0] for one in same} == {f"<{BASE}actor"}


def test_one_concept_has_one_relation_to_another(aligned: tuple[Quad, ...]) -> None:
    """SKOS Reference, section 10.4: exact, broad, narrow and related matches are disjoint."""
    pairs = Counter(
        (q.subject, q.object) for q in aligned if q.predicate.value in alignments.MAPPINGS
    )
    assert [pair for pair, times in pairs.items() if times > 1] == []


def test_a_code_of_a_thing_is_of_no_other_thing_in_its_list(aligned: tuple[Quad, ...]) -> None:
    codes = Counter(
        (q.object.value, q.object.datatype.value)
        for q in aligned
        if q.predicate.value == SKOS + "notation" and isinstance(q.object, Literal)
    )
    assert [code for code, times in codes.items() if times > 1] == []
    assert all(datatype.startswith(VOCABULARY) for _, datatype in codes)


def test_the_schemes_themselves_name_nothing_elsewhere(words: Vocabulary) -> None:
    used = {quad.predicate.value for quad in words.quads}
    assert used.isdisjoint({*alignments.MAPPINGS, SKOS + "notation"})


def test_alignments_have_the_publishers_base() -> None:
    elsewhere = alignments.load(Minter("https://kennis.example.nl/"))
    assert not [q for q in elsewhere if BASE in str(q)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":unhcr owl:sameAs <http://example.org/1> .", "no evidence of"),
        (EVIDENCE, "annotates a triple that is not stated"),
    ],
)
def test_a_mapping_and_its_evidence_go_together(tmp_path: Path, text: str, said: str) -> None:
    folder = tmp_path / alignments.SUBFOLDER
    folder.mkdir()
    (folder / "actors.ttl").write_text(FIRST + text, "utf-8")
    with pytest.raises(OntologyError, match=rf"actors\.ttl: .*{said}|actors\.ttl: {said}"):
        alignments.load(Minter(), tmp_path)
    (folder / "actors.ttl").write_text(
        f"{FIRST} :unhcr owl:sameAs <http://example.org/1> . {EVIDENCE}", "utf-8"
    )
    assert len(alignments.load(Minter(), tmp_path)) == 7


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('dcterms:source "a list"', 'dcterms:source ""', "where the identifier was seen"),
        ("owl:annotatedProperty owl:sameAs", "owl:annotatedProperty def:funds", "how the two"),
        ("owl:annotatedSource :unhcr", "owl:annotatedSource :nobody", "one concept of the schemes"),
    ],
)
def test_what_an_alignment_must_have(old: str, new: str, said: str) -> None:
    text = f"{FIRST} :unhcr a skos:Concept . {EVIDENCE}"
    good = Graph().parse(data=text, format="turtle")
    bad = Graph().parse(data=text.replace(old, new), format="turtle")
    assert shapes.violations(good, shapes.load_shapes()) == []
    assert [one for one in shapes.violations(bad, shapes.load_shapes()) if said in one.message]


def test_every_file_is_about_what_its_name_says() -> None:
    names = {path.stem for path in (FOLDER / alignments.SUBFOLDER).glob("*.ttl")}
    assert names == {"actors", "countries", "documents", "instruments", "kinds", "themes"}
