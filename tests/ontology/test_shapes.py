"""The shapes: what a good statement of each kind looks like, tried on small graphs."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode
from rdflib import Graph
from rdflib.namespace import SH

from ontology import shapes
from ontology.names import RDFS, definition
from ontology.shapes import Violation
from ontology.vocabulary import FOLDER, parse_turtle

SHAPES = shapes.load_shapes()
PREFIXES = """
PREFIX def: <https://w3id.org/samenhang/def/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX : <https://w3id.org/samenhang/id/>
:unhcr a def:Actor , skos:Concept . :cabinet a def:Actor , skos:Concept .
:smo a def:Actor , skos:Concept .
:prospects a def:Instrument , skos:Concept . :localisation a def:Theme , skos:Concept .
:aid a def:PolicyArea , skos:Concept . :mali a def:Country , def:Place , skos:Concept .
:list a def:CountryList , skos:Concept . :euro a skos:Concept . :about a skos:Concept .
:motion a skos:Concept . :funder a skos:Concept . :supports a skos:Concept .
:letter a def:Document . :rule a def:Rule .
:place a def:Evidence ; oa:hasSource :text ; oa:hasSelector :position , :exact ;
  def:quote "zo" ; def:start 1 ; def:end 3 .
"""
GIVEN = "def:evidence :place ; def:inDocument :letter ; def:madeBy :rule"
SPOKEN = f"{GIVEN} ; def:speaker :cabinet"

# kind: what makes a good one, beside what every statement has
GOOD = {
    "Amount": 'def:amount 5.0 ; def:unit :euro ; def:subject :prospects ; def:asWritten "5 euro"',
    "Allocation": 'def:amount 5.0 ; def:unit :euro ; def:recipient :unhcr ; def:asWritten "5 euro"',
    "Share": 'def:amount 25.0 ; def:unit :euro ; def:noun "huishoudens"',
    "Count": 'def:amount 22.0 ; def:noun "landen"',
    "Finding": 'def:modality "is" ; def:subject :localisation',
    "Commitment": 'def:modality "intends" ; def:actor :cabinet ; def:about :localisation',
    "Target": 'def:amount 30.0 ; def:deadline "2030"^^xsd:gYear',
    "Result": 'def:modality "did" ; def:actor :cabinet',
    "Definition": 'def:term "lokalisering"',
    "Event": 'def:periodStart "2012-05-21"^^xsd:date ; def:subject :prospects',
    "Citation": 'def:asWritten "Kamerstuk 1" ; def:citationKind :motion ; def:citationKey "kst-1"',
    "Partnership": "def:member :unhcr , :smo",
    "Membership": "def:actor :unhcr ; def:organisation :smo",
    "Funding": "def:actor :cabinet ; def:recipient :unhcr",
    "Involvement": "def:actor :unhcr ; def:place :mali",
    "Enumeration": "def:subject :prospects ; def:member :unhcr , :smo",
    "ProcessStep": 'def:phase "Analyse" ; def:stepKind "goal"',
    "PolicyOption": "def:about :aid",
    "Announcement": 'def:term "grondstoffenstrategie"',
    "DocumentFact": 'def:attribute "date" ; def:value "2021-01-25"',
    "Mention": 'def:mentions :unhcr ; def:sentence :place ; def:form "name"',
    "Listing": "def:list :list ; def:member :mali",
    "Handling": "def:handles :prospects ; def:policyArea :aid ; def:basis :about",
    "RoleStatement": "def:actor :unhcr ; def:role :funder ; def:instrument :prospects",
    "CoherenceRelation": "def:from :aid ; def:to :prospects ; def:relation :supports ; "
    'def:polarity "positive"',
}


def breaches(kind: str, content: str, given: str = SPOKEN) -> list[Violation]:
    """What the shapes say of one statement."""
    classes = "def:Amount , def:Allocation" if kind == "Allocation" else f"def:{kind}"
    text = f"{PREFIXES} :it a def:Statement , {classes} ; {given} ; {content} ."
    found = shapes.breaches(Graph().parse(data=text, format="turtle"), SHAPES)
    return [one for one in found if one.node.endswith("/it") or one.message.endswith("/it")]


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_statement_breaks_nothing(kind: str) -> None:
    assert breaches(kind, GOOD[kind]) == []


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("Share", "def:unit :euro ; def:noun 'huishoudens'", "how large"),
        ("Share", "def:amount 25.0 ; def:noun 'huishoudens'", "in percent"),
        ("Count", "def:noun 'landen'", "how many"),
        ("Commitment", "def:actor :cabinet ; def:about :aid", "has a modality"),
        ("Result", "def:modality 'intends' ; def:actor :cabinet", "was or is reached"),
        ("Definition", "def:subject :prospects", "one term"),
        ("Citation", "def:citationKind :motion ; def:citationKey 'kst-1'", "as printed"),
        ("Citation", "def:asWritten 'Kamerstuk 1' ; def:citationKey 'kst-1'", "what kind"),
        ("Funding", "def:about :aid", "who pays, who receives"),
        ("Involvement", "def:place :mali", "who or what is active"),
        ("Involvement", "def:actor :unhcr ; def:place :smo", "Where something happens"),
        ("Enumeration", "def:subject :prospects ; def:member :unhcr", "at least two"),
        ("Announcement", "def:about :aid", "what is announced"),
        ("DocumentFact", "def:attribute 'colour' ; def:value 'red'", "one attribute"),
        ("DocumentFact", "def:attribute 'date'", "one value"),
        ("Listing", "def:list :aid ; def:member :mali", "one country list"),
        ("Listing", "def:list :list ; def:member :unhcr", "country or region"),
        (
            "Handling",
            "def:handles :prospects ; def:policyArea :list ; def:basis :about",
            "policy area",
        ),
        ("RoleStatement", "def:actor :unhcr ; def:instrument :prospects", "one role"),
        (
            "CoherenceRelation",
            "def:from :aid ; def:to :aid ; def:relation :supports ; def:polarity 'positive'",
            "other than the second",
        ),
        ("Finding", "def:modality 'surely' ; def:subject :aid", "modality is one of"),
        ("Finding", "def:modality 'is' , 'may' ; def:subject :aid", "modality is one of"),
        (
            "Finding",
            "def:modality 'is' ; def:subject :aid ; def:polarity 'none'",
            "positive or negative",
        ),
        ("Finding", "def:modality 'is' ; def:subject :aid ; def:factor 'neutral'", "factor"),
        ("Finding", "def:modality 'is' ; def:subject :aid ; def:confidence 1.5", "between 0 and 1"),
        ("Finding", "def:modality 'is' ; def:subject :aid ; def:actor :localisation", "Who acts"),
        (
            "Finding",
            "def:modality 'is' ; def:subject :aid ; def:member :rule",
            "concept of the schemes",
        ),
        (
            "Finding",
            "def:modality 'is' ; def:subject :aid ; def:summary 'kort'@nl",
            "Dutch and in English",
        ),
        ("Count", "def:amount 20.0 ; def:maximum 10.0 ; def:noun 'landen'", "lower to the upper"),
        ("Count", "def:amount 20.0 , 30.0 ; def:noun 'landen'", "one decimal"),
        ("Count", "def:amount 20 ; def:noun 'landen'", "one decimal"),
        ("Count", "def:amount 20.0 ; def:per 'jaar' ; def:noun 'landen'", "per year"),
        ("Target", "def:amount 1.0 ; def:deadline '2030'", "deadline is"),
        ("Target", "def:amount 1.0 ; def:deadline '2030-13'^^xsd:gYearMonth", "deadline is"),
        ("Event", "def:subject :aid ; def:periodStart 'vroeger'^^xsd:gYear", "period starts once"),
        (
            "Event",
            "def:subject :aid ; def:periodStart '2023'^^xsd:gYear ; "
            "def:periodEnd '2021'^^xsd:gYear",
            "before it ends",
        ),
        (
            "Event",
            "def:subject :aid ; def:periodStart '2021-05-02'^^xsd:date ; "
            "def:periodEnd '2021-05-01'^^xsd:date",
            "before it ends",
        ),
    ],
)
def test_what_must_not_be_is_a_violation(kind: str, content: str, said: str) -> None:
    found = [one for one in breaches(kind, content) if said in one.message]
    assert found
    assert all(one.grave for one in found)


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("Amount", "def:amount 5.0 ; def:unit :euro ; def:asWritten '5 euro'", "what or whom"),
        ("Finding", "def:subject :aid", "has a modality"),
        ("Finding", "def:modality 'is'", "what it is about"),
        ("Commitment", "def:modality 'intends' ; def:about :aid", "who will do it"),
        ("Target", "def:subject :aid", "can be measured"),
        ("Event", "def:subject :aid", "has a date"),
        ("Citation", "def:asWritten 'Kamerstuk 1' ; def:citationKind :motion", "normalised key"),
        ("Partnership", "def:member :unhcr", "two members, or is named"),
        ("Membership", "def:actor :unhcr", "of what"),
        ("Membership", "def:organisation :smo", "whose"),
        ("Funding", "def:recipient :unhcr", "who pays"),
        ("Funding", "def:actor :cabinet", "paid for"),
        ("Involvement", "def:actor :unhcr", "where, or in what"),
        ("Enumeration", "def:member :unhcr , :smo", "names the parts"),
        ("ProcessStep", "def:about :aid", "phase"),
        ("ProcessStep", "def:stepKind 'criterion'", "goal, input"),
        ("RoleStatement", "def:actor :unhcr ; def:role :funder", "in what"),
    ],
)
def test_what_a_better_one_would_have_is_a_warning(kind: str, content: str, said: str) -> None:
    found = [one for one in breaches(kind, content) if said in one.message]
    assert found
    assert not any(one.grave for one in found)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("'2021'^^xsd:gYear", "'2021'^^xsd:gYear"),
        ("'2021-05'^^xsd:gYearMonth", "'2021'^^xsd:gYear"),
        ("'2021'^^xsd:gYear", "'2021-05'^^xsd:gYearMonth"),
        ("'2021-05-30'^^xsd:date", "'2021-05'^^xsd:gYearMonth"),
        ("'2021-05-30'^^xsd:date", "'2021-06-01'^^xsd:date"),
    ],
)
def test_a_period_may_be_as_exact_as_it_is_known(start: str, end: str) -> None:
    content = f"def:subject :aid ; def:periodStart {start} ; def:periodEnd {end}"
    assert breaches("Event", content) == []


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("def:inDocument :letter ; def:madeBy :rule ; def:speaker :cabinet", "carries evidence"),
        (f"{GIVEN} ; def:speaker :localisation", "one speaker, an actor"),
        (f"{GIVEN} ; def:speaker :cabinet , :unhcr", "one speaker, an actor"),
        (GIVEN, "one speaker, an actor"),
        (f"{SPOKEN} ; def:inDocument :other", "in one document"),
        (
            "def:evidence :place ; def:inDocument :letter ; def:speaker :cabinet",
            "which rule or claim",
        ),
    ],
)
def test_every_statement_has_evidence_a_speaker_a_document_and_a_maker(
    given: str, said: str
) -> None:
    found = [x for x in breaches("Finding", GOOD["Finding"], given) if said in x.message]
    assert [one.grave for one in found] == [True]


@pytest.mark.parametrize(
    ("triple", "said"),
    [
        (":localisation def:funds :unhcr", "Only an actor"),
        (":unhcr def:memberOf :prospects", "member of an actor"),
        (":unhcr def:worksWith :localisation", "works with an actor"),
        (":unhcr def:partnerIn :localisation", "in an instrument"),
        (":unhcr def:coordinates :rule", "concept of the schemes"),
        (":localisation def:activeIn :mali", "active somewhere"),
        (":unhcr def:activeIn :list", "country or region"),
        (":mali def:listedOn :aid", "country list"),
        (":unhcr def:handledIn :prospects", "in a policy area"),
        (":unhcr def:cites :letter", "Only a document"),
    ],
)
def test_a_plain_triple_links_what_it_may_link(triple: str, said: str) -> None:
    data = Graph().parse(data=f"{PREFIXES} {triple} .", format="turtle")
    assert [one.message for one in shapes.violations(data, SHAPES) if said in one.message]


def test_right_plain_triples_break_nothing() -> None:
    right = (
        ":cabinet def:funds :unhcr , :localisation ; def:memberOf :smo ; def:activeIn :mali ; "
        "def:partnerIn :prospects ; def:coordinates :aid . :prospects def:activeIn :mali . "
        ":mali def:listedOn :list . :localisation def:handledIn :aid . :letter def:cites :paper ."
    )
    data = Graph().parse(data=PREFIXES + right, format="turtle")
    found = shapes.breaches(data, SHAPES)
    assert {one.node.rsplit("/", 1)[-1] for one in found} <= {"letter"}  # which has no title
    assert not [one.message for one in found if "cites" in one.message]


def test_violations_leave_the_warnings_out() -> None:
    text = f"{PREFIXES} :it a def:Statement , def:Finding ; {GIVEN} ; def:subject :aid ."
    data = Graph().parse(data=text, format="turtle")
    both, grave = shapes.breaches(data, SHAPES), shapes.violations(data, SHAPES)
    assert {one.grave for one in both} == {True, False}
    assert grave == [one for one in both if one.grave]


def test_a_breach_names_the_properties_that_would_do() -> None:
    (found,) = [x for x in breaches("Involvement", "def:place :mali") if x.grave]
    assert {path.rsplit("/", 1)[-1] for path in found.path.split("|")} == {
        "actor",
        "organisation",
        "instrument",
        "subject",
    }


def test_every_kind_of_statement_has_a_shape() -> None:
    model = parse_turtle(FOLDER / "model.ttl")
    above = {
        quad.subject.value: quad.object.value
        for quad in model
        if quad.predicate.value == RDFS + "subClassOf"
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.object in {definition("Statement"), definition("Amount")}
    }
    shaped = {str(one) for one in SHAPES.objects(None, SH.targetClass)}
    assert {kind for kind, parent in above.items() if not {kind, parent} & shaped} == set()


def test_the_model_gives_an_example_of_every_term() -> None:
    model = parse_turtle(FOLDER / "model.ttl")
    terms = {
        quad.subject
        for quad in model
        if quad.predicate.value.endswith("#type")
        and str(quad.object).rstrip(">").endswith(("#Class", "Property", "#Datatype"))
    }
    shown = {quad.subject for quad in model if quad.predicate.value.endswith("core#example")}
    own = {str(one) for one in terms - shown if "samenhang/def/" in str(one)}
    assert own == set()
