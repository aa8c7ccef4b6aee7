"""What follows from what documents say: plain triples from statements, and what is inferred."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import owlrl
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Graph as RdflibGraph
from rdflib import URIRef

from ingest.across import inference
from ingest.across.comparison import Comparison
from ingest.across.inference import KEPT, inferred
from ingest.document import Span
from ingest.graph.classes import Classes
from ingest.graph.plain import ROLES, triples
from ingest.statement import Passage, Statement, Term
from ontology import vocabulary
from ontology.names import PROV, SKOS, Minter, definition
from ontology.vocabulary import FOLDER, Vocabulary, parse_turtle
from tests.conftest import ROOT, Graph

MINTER = Minter()
INFERRED = MINTER.thing("graph", "inferred")
MODEL = parse_turtle(FOLDER / "model.ttl")
DOCS = (ROOT / "docs" / "model.md").read_text("utf-8")
TRACE_SAID, TRACE_INFERRED = re.findall(r"```sparql\n(.*?)```", DOCS, re.DOTALL)

Named = tuple[str, str, str]


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return vocabulary.load(MINTER)


def thing(path: str) -> NamedNode:
    """A thing by its path: ``actor/unhcr``; a country by its code."""
    if "/" in path:
        return MINTER.thing(*path.split("/"))
    return NamedNode(f"http://publications.europa.eu/resource/authority/country/{path}")


def name(iri: str) -> str:
    """A short form of an IRI to compare."""
    return re.sub(r"^https://w3id.org/samenhang/(id|def)/|^.*[/#](?=[^/#]+$)", "", iri)


def said(kind: str, *content: tuple[str, str], words: Vocabulary) -> set[Named]:
    """The plain triples of a statement; a value with "=" before it is a text."""
    values: list[tuple[str, Term]] = [
        (key, Literal(value[1:]) if value.startswith("=") else thing(value))
        for key, value in content
    ]
    place = (Passage(Span(0, 3), "..."),)
    statement = Statement(kind, "letter", place, thing("rule/test"), tuple(values))
    return {
        (name(s.value), name(p.value), name(o.value))
        for s, p, o in triples(statement, words, MINTER)
    }


FUNDING = (("actor", "actor/dutch-government"), ("recipient", "actor/unhcr"))


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("Funding", FUNDING, {("actor/dutch-government", "funds", "actor/unhcr")}),
        (
            "Funding",
            (*FUNDING, ("modality", "=did"), ("polarity", "=positive")),
            {("actor/dutch-government", "funds", "actor/unhcr")},
        ),
        (
            "Membership",
            (("actor", "actor/ministry-of-defence"), ("organisation", "actor/smo")),
            {("actor/ministry-of-defence", "memberOf", "actor/smo")},
        ),
        (
            "Membership",
            (("actor", "actor/dutch-government"), ("organisation", "instrument/isaf")),
            {("actor/dutch-government", "partnerIn", "instrument/isaf")},
        ),
        (
            "Partnership",
            (
                ("subject", "instrument/prospects"),
                ("member", "actor/unhcr"),
                ("member", "actor/ilo"),
            ),
            {
                ("actor/unhcr", "partnerIn", "instrument/prospects"),
                ("actor/ilo", "partnerIn", "instrument/prospects"),
                ("actor/ilo", "worksWith", "actor/unhcr"),
            },
        ),
        (
            "Involvement",
            (
                ("actor", "actor/dutch-government"),
                ("subject", "instrument/minusma"),
                ("place", "MLI"),
            ),
            {
                ("actor/dutch-government", "activeIn", "MLI"),
                ("instrument/minusma", "activeIn", "MLI"),
            },
        ),
        (
            "RoleStatement",
            (
                ("actor", "actor/ilo"),
                ("role", "role/implementer"),
                ("instrument", "instrument/prospects"),
                ("policyArea", "policy-area/reception-in-the-region"),
            ),
            {
                ("actor/ilo", "implements", "instrument/prospects"),
                ("actor/ilo", "involvedIn", "policy-area/reception-in-the-region"),
                ("actor/ilo", "hasRoleIn", "policy-area/reception-in-the-region"),
            },
        ),
        (
            "RoleStatement",
            (
                ("actor", "actor/iob"),
                ("role", "role/evaluator"),
                ("policyArea", "policy-area/humanitarian-aid"),
            ),
            {
                ("actor/iob", "evaluates", "policy-area/humanitarian-aid"),
                ("actor/iob", "hasRoleIn", "policy-area/humanitarian-aid"),
            },
        ),
        (
            "Citation",
            (("resolvesTo", "document/kst-1"),),
            {("document/letter", "cites", "document/kst-1")},
        ),
    ],
)
def test_a_statement_that_something_is_so_gives_plain_triples(
    words: Vocabulary, kind: str, content: tuple[tuple[str, str], ...], expected: set[Named]
) -> None:
    assert said(kind, *content, words=words) == expected


@pytest.mark.parametrize(
    "reserve",
    [
        ("modality", "=intends"),
        ("modality", "=recommends"),
        ("modality", "=expects"),
        ("modality", "=may"),
        ("modality", "=must"),
        ("modality", "=denies"),
        ("polarity", "=negative"),
        ("condition", "=als het parlement instemt"),
    ],
)
def test_what_is_planned_denied_or_conditional_gives_none(
    words: Vocabulary, reserve: tuple[str, str]
) -> None:
    assert said("Funding", *FUNDING, reserve, words=words) == set()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        # The organisation has an advisory group; nobody is said to be in it.
        ("Membership", (("organisation", "actor/smo"), ("about", "actor/unhcr"))),
        # A theme does not pay, and takes no part.
        ("Funding", (("actor", "theme/localisation"), ("recipient", "actor/unhcr"))),
        ("Partnership", (("subject", "theme/localisation"), ("member", "actor/unhcr"))),
        # A country list is no place where one is active.
        (
            "Involvement",
            (
                ("actor", "actor/dutch-embassies"),
                ("place", "country-list/development-partner-countries-2014"),
            ),
        ),
        # A citation that does not resolve.
        ("Citation", (("citationKey", "=kst-1"),)),
        # A finding is about things without linking them.
        ("Finding", (("subject", "theme/localisation"), ("actor", "actor/unhcr"))),
    ],
)
def test_no_triple_where_the_arguments_do_not_make_one(
    words: Vocabulary, kind: str, content: tuple[tuple[str, str], ...]
) -> None:
    assert said(kind, *content, words=words) == set()


def test_who_coordinates_in_an_area_does_not_coordinate_the_area(words: Vocabulary) -> None:
    found = said(
        "RoleStatement",
        ("actor", "actor/conflict-research-unit"),
        ("role", "role/coordinator"),
        ("policyArea", "policy-area/security-and-stability"),
        words=words,
    )
    assert {predicate for _, predicate, _ in found} == {"hasRoleIn", "involvedIn"}


def test_every_role_that_is_said_in_a_triple_is_in_the_scheme(words: Vocabulary) -> None:
    assert ROLES.keys() <= {concept.slug for concept in words.in_scheme("roles")}


def links(quads: Iterable[Quad]) -> set[tuple[NamedNode, NamedNode, NamedNode]]:
    """The triples between things."""
    return {
        (q.subject, q.predicate, q.object)
        for q in quads
        if isinstance(q.subject, NamedNode) and isinstance(q.object, NamedNode)
    }


def store_of(*given: Named) -> Store:
    """The model and a few links, each in its graph."""
    store = Store()
    ontology = MINTER.thing("graph", "ontology")
    store.extend(Quad(q.subject, q.predicate, q.object, ontology) for q in MODEL)
    graph = MINTER.thing("graph", "letter")
    for subject, predicate, value in given:
        prefix, _, local = predicate.rpartition(":")
        spaces = {"org": inference.ORG, "skos": SKOS}
        term = NamedNode(spaces[prefix] + local) if prefix else definition(local)
        store.add(Quad(thing(subject), term, thing(value), graph))
    return store


def follows(words: Vocabulary, *given: Named) -> set[Named]:
    """What is inferred from a few links."""
    compared = Comparison(store_of(*given), words, MINTER, Classes(MODEL))
    return {
        (name(subject.value), name(predicate.value), name(value.value))
        for subject, predicate, value in links(inferred(compared))
        if predicate.value.startswith(KEPT)
    }


UNITS = (("actor/dmm-mp", "org:unitOf", "actor/dmm"), ("actor/dmm", "org:unitOf", "actor/bz"))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            (("actor/nl", "funds", "actor/unhcr"),),
            {("actor/unhcr", "fundedBy", "actor/nl")},
        ),
        (
            (("actor/a", "worksWith", "actor/b"),),
            {("actor/b", "worksWith", "actor/a")},
        ),
        (
            (("actor/nl", "memberOf", "actor/council"),),
            {("actor/nl", "memberOf", "actor/council"), ("actor/council", "hasMember", "actor/nl")},
        ),
        (
            (
                ("instrument/b", "skos:broader", "instrument/a"),
                ("instrument/c", "skos:broader", "instrument/b"),
            ),
            {("instrument/c", "broaderTransitive", "instrument/a")},
        ),
        (UNITS, {("actor/bz", "encompasses", "actor/dmm-mp")}),
        (
            (*UNITS, ("actor/dmm-mp", "coordinates", "policy-area/human-rights")),
            {
                ("actor/dmm-mp", "hasRoleIn", "policy-area/human-rights"),
                ("actor/dmm", "involvedIn", "policy-area/human-rights"),
                ("actor/bz", "involvedIn", "policy-area/human-rights"),
            },
        ),
        (
            (*UNITS, ("actor/dmm", "activeIn", "MLI")),
            {("actor/bz", "activeIn", "MLI"), ("MLI", "workingAreaOf", "actor/bz")},
        ),
        (
            (*UNITS, ("instrument/fund", "owner", "actor/dmm")),
            {
                ("actor/dmm", "responsibleFor", "instrument/fund"),
                ("actor/bz", "involvedIn", "instrument/fund"),
            },
        ),
    ],
)
def test_what_follows(words: Vocabulary, given: tuple[Named, ...], expected: set[Named]) -> None:
    assert expected <= follows(words, *given)


@pytest.mark.parametrize(
    ("given", "tempting"),
    [
        # Whoever pays a partnership does not pay its members.
        (
            (("actor/nl", "funds", "actor/alliance"), ("actor/ngo", "memberOf", "actor/alliance")),
            ("actor/nl", "funds", "actor/ngo"),
        ),
        # A seat on the donor group of an organisation is no membership of the organisation.
        (
            (
                ("actor/nl", "memberOf", "actor/donor-group"),
                ("actor/donor-group", "org:unitOf", "actor/ifrc"),
            ),
            ("actor/nl", "memberOf", "actor/ifrc"),
        ),
        # A member takes no part in what the whole does, nor the whole in what a member does.
        (
            (
                ("actor/ngo", "memberOf", "actor/alliance"),
                ("actor/alliance", "implements", "instrument/p"),
            ),
            ("actor/ngo", "involvedIn", "instrument/p"),
        ),
        (
            (
                ("actor/ngo", "memberOf", "actor/alliance"),
                ("actor/ngo", "implements", "instrument/p"),
            ),
            ("actor/alliance", "involvedIn", "instrument/p"),
        ),
        # What an organisation does, not each of its units does.
        (
            (*UNITS, ("actor/bz", "coordinates", "policy-area/trade")),
            ("actor/dmm", "involvedIn", "policy-area/trade"),
        ),
        # An evaluator is independent of the ministry that houses it.
        (
            (("actor/iob", "org:unitOf", "actor/bz"), ("actor/iob", "evaluates", "instrument/p")),
            ("actor/bz", "involvedIn", "instrument/p"),
        ),
        # That a narrower theme is handled somewhere does not make the broader one span areas.
        (
            (("theme/b", "skos:broader", "theme/a"), ("theme/b", "handledIn", "policy-area/trade")),
            ("theme/a", "handledIn", "policy-area/trade"),
        ),
        # To implement a programme is not to implement the budget that it falls under.
        (
            (
                ("instrument/b", "skos:broader", "instrument/a"),
                ("actor/ngo", "implements", "instrument/b"),
            ),
            ("actor/ngo", "involvedIn", "instrument/a"),
        ),
        # Working together is not passed on.
        (
            (("actor/a", "worksWith", "actor/b"), ("actor/b", "worksWith", "actor/c")),
            ("actor/a", "worksWith", "actor/c"),
        ),
    ],
)
def test_what_is_tempting_does_not_follow(
    words: Vocabulary, given: tuple[Named, ...], tempting: Named
) -> None:
    assert tempting not in follows(words, *given)


def test_nothing_that_is_said_is_inferred_again_and_nothing_of_itself(words: Vocabulary) -> None:
    circle = (("theme/a", "skos:broader", "theme/b"), ("theme/b", "skos:broader", "theme/a"))
    both = (("actor/nl", "funds", "actor/unhcr"), ("actor/unhcr", "fundedBy", "actor/nl"))
    found = follows(words, *circle, *both)
    assert not {one for one in found if one[0] == one[2]}
    assert not {one for one in found if one[1] in {"funds", "fundedBy"}}


def test_another_reasoner_comes_to_the_same(words: Vocabulary) -> None:
    store = store_of(
        *UNITS,
        ("actor/dmm-mp", "coordinates", "policy-area/human-rights"),
        ("actor/dmm", "activeIn", "MLI"),
        ("actor/nl", "funds", "actor/unhcr"),
        ("actor/nl", "memberOf", "actor/council"),
        ("instrument/fund", "owner", "actor/dmm"),
        ("theme/b", "skos:broader", "theme/a"),
        ("theme/c", "skos:broader", "theme/b"),
        ("actor/a", "worksWith", "actor/b"),
    )
    graph = RdflibGraph()
    for subject, predicate, value in links(store):
        graph.add((URIRef(subject.value), URIRef(predicate.value), URIRef(value.value)))
    before = set(graph)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    base = MINTER.base + "id/"
    expected = {
        tuple(map(str, link))
        for link in set(graph) - before
        if str(link[1]).startswith(KEPT)
        and base in str(link[0]) + str(link[2])
        and link[0] != link[2]
    }
    compared = Comparison(store, words, MINTER, Classes(MODEL))
    found = {
        (subject.value, predicate.value, value.value)
        for subject, predicate, value in links(inferred(compared))
        if predicate.value.startswith(KEPT)
    }
    assert found == expected


def test_the_graph_says_how_it_was_made(graph: Graph) -> None:
    quads = graph.store.quads_for_pattern(INFERRED, NamedNode(PROV + "wasGeneratedBy"), None)
    (activity,) = {quad.object for quad in quads}
    assert isinstance(activity, NamedNode)
    (agent,) = {
        quad.object
        for quad in graph.store.quads_for_pattern(
            activity, NamedNode(PROV + "wasAssociatedWith"), None
        )
    }
    assert isinstance(agent, NamedNode)
    assert re.search(r"reasonable-\d+\.\d+", agent.value)
    sources = {
        quad.object
        for quad in graph.store.quads_for_pattern(
            INFERRED, NamedNode(PROV + "wasDerivedFrom"), None
        )
    }
    assert {MINTER.thing("graph", one) for one in ("ontology", "schemes", "kst-35570-XVII-52")} <= (
        sources
    )


def test_what_is_inferred_is_new_and_between_things(graph: Graph, words: Vocabulary) -> None:
    found = {
        link
        for link in links(graph.store.quads_for_pattern(None, None, None, INFERRED))
        if link[1].value.startswith(KEPT)
    }
    others = links(q for q in graph.store if q.graph_name != INFERRED)
    documents = MINTER.base + "id/document/"
    assert len(found) > 1000
    assert not found & others
    strange = {
        node.value
        for subject, _, value in found
        for node in (subject, value)
        if node not in words and not node.value.startswith(documents)
    }
    assert strange == set()


def traced(graph: Graph, query: str, link: tuple[NamedNode, NamedNode, NamedNode]) -> int:
    """How many answers a query of the documentation gives for a triple."""
    values = " ".join(str(term) for term in link)
    bound = re.sub(r"\{ \(actor:.*\) \}", f"{{ ({values}) }}", query)
    assert bound != query
    return len(list(graph.select(bound)))


def plain_properties() -> set[NamedNode]:
    """The properties of plain triples, according to the model."""
    drawn = (q.subject for q in MODEL if q.predicate == definition("drawnFrom"))
    return {one for one in drawn if isinstance(one, NamedNode)}


def test_every_plain_triple_can_be_traced_to_a_statement(graph: Graph) -> None:
    plain = plain_properties()
    untraced = [
        link
        for property_ in sorted(plain, key=str)
        for link in sorted(
            links(
                q
                for q in graph.store.quads_for_pattern(None, property_, None)
                if q.graph_name != INFERRED
            ),
            key=str,
        )[:12]
        if not traced(graph, TRACE_SAID, link)
    ]
    assert untraced == []


def test_every_kind_of_inferred_triple_can_be_traced_to_its_axiom(graph: Graph) -> None:
    by_property: dict[str, list[tuple[NamedNode, NamedNode, NamedNode]]] = {}
    for link in sorted(links(graph.store.quads_for_pattern(None, None, None, INFERRED)), key=str):
        if link[1].value.startswith(KEPT):
            by_property.setdefault(link[1].value, []).append(link)
    assert len(by_property) > 20
    untraced = [
        link
        for found in by_property.values()
        for link in (*found[:3], *found[-3:])
        if not traced(graph, TRACE_INFERRED, link)
    ]
    assert untraced == []


def test_the_documentation_names_every_plain_property() -> None:
    table = DOCS.split("## Plain triples")[1].split("```")[0]
    missing = {one.value for one in plain_properties() if f"def:{name(one.value)}`" not in table}
    assert missing == set()


def test_the_model_has_no_blank_nodes() -> None:
    assert all(isinstance(q.subject, NamedNode) for q in MODEL)
    assert Path(FOLDER / "model.ttl").read_text("utf-8").count("_:") == 0
