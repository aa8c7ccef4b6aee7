"""What a user gives reaches a query as one term in its own block, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from ontology.names import DEFAULT_BASE, XSD, definition
from queries.catalogue import Catalogue, SavedQuery
from queries.entities import Entities
from queries.errors import ParameterError
from queries.parameters import Parameter, shown
from queries.text import Bilingual
from queries.tokens import ValuesBlock, tokens, values_blocks
from tests.conftest import ROOT

QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*/*.ttl"))
ATTEMPTS = (
    "",
    " ",
    "UNDEF",
    "}",
    "} # ",
    '"',
    "'",
    '"""',
    "\\",
    '\\" }',
    '"^^<http://www.w3.org/2001/XMLSchema#integer> } #',
    '" } ?s ?p ?o . { VALUES ?x { "',
    "'''} UNION { ?s ?p ?o } #'''",
    "\\u0022 } ?s ?p ?o #",
    "\\U0000003E } ?s ?p ?o #",
    "http://example.org/> } ?s ?p ?o . VALUES ?x { <http://example.org/",
    "http://example.org/\\u003E } #",
    "http://example.org/%3E",
    "http://example.org/#} VALUES ?theme {",
    "javascript:alert(1)",
    "urn:x:{}",
    "actor/unhcr> <x",
    "actor/unhcr } #",
    "actor/../../x",
    "actor/unhcr\nactor/unicef",
    "2023 2024",
    '2023"^^xsd:gYear } #',
    "1e9",
    "1 UNDEF",
    "nl en",
    'nl" "en',
    "# een opmerking",
    "regel\nregel",
    "regel\r# regel",
    "\u2028}",
    "\u202e}",
    "\x00",
    "\ud800",
    "＂ } #",
    "?theme",
    "$theme",
    "SERVICE <http://example.org/> { ?s ?p ?o }",
    "a" * 501,
)
PIECES = ('"', "'", "\\", "{", "}", "<", ">", "#", "\n", "\r", " ", "?x", "\\u0022", "UNDEF", "@en",
          "^^", "http://e.x/", "actor/", "2023", ".", "$", "(", "\u0085", "\ud800")  # fmt: skip
anything = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map("".join)


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(ROOT / "queries")


def blocks_of(text: str, query: SavedQuery) -> dict[str, ValuesBlock]:
    return {
        block.variables[0]: block
        for block in values_blocks(text)
        if block.variables[0] in query.parameter_names
    }


def outside(text: str, blocks: Iterable[ValuesBlock]) -> list[tuple[str, str]]:
    """The tokens of a query, comments too, but for what stands in the blocks of its parameters."""
    held = [(block.content_start, block.content_end) for block in blocks]
    return [
        (token.kind, token.text)
        for token in tokens(text)
        if not any(start <= token.start < end for start, end in held)
    ]


def contents(text: str, blocks: Mapping[str, ValuesBlock]) -> dict[str, str]:
    return {name: text[one.content_start : one.content_end] for name, one in blocks.items()}


@dataclass(frozen=True)
class Before:
    """A question with every default, as text."""

    text: str
    blocks: dict[str, ValuesBlock]
    outside: list[tuple[str, str]]


@cache
def before(name: str) -> Before:
    query = catalogue()[name]
    text = query.bound({one.name: one.default for one in query.parameters})
    blocks = blocks_of(text, query)
    assert set(blocks) == set(query.parameter_names)
    kept = outside(text, blocks.values())
    assert kept == outside(query.text, blocks_of(query.text, query).values())
    return Before(text, blocks, kept)


def read_back(content: str) -> list[object]:
    """The terms of a block, as the engine reads them."""
    answer = Store().query(f"SELECT ?x {{ VALUES ?x {{ {content} }} }}")
    assert isinstance(answer, QuerySolutions)
    return [solution["x"] for solution in answer]


def held(query: SavedQuery, parameter: Parameter, value: str) -> None:
    """A value is refused, or stands as one term in its block and nothing else has changed."""
    try:
        terms = query.terms({parameter.name: value})
    except ParameterError as error:
        assert error.name in query.parameter_names
        return
    was, bound = before(query.name), query.bound(terms)
    place = was.blocks[parameter.name]
    assert bound.startswith(was.text[: place.content_start])
    assert bound.endswith(was.text[place.content_end :])
    blocks = blocks_of(bound, query)
    assert outside(bound, blocks.values()) == was.outside
    found = contents(bound, blocks)
    assert read_back(found.pop(parameter.name)) == [terms[parameter.name]]
    assert found.items() <= contents(was.text, was.blocks).items()
    meant(parameter, value.strip(), terms[parameter.name], query.base)


def meant(parameter: Parameter, value: str, term: object, base: str) -> None:
    """The term is what was given, of the parameter's type."""
    if isinstance(term, Literal):
        assert parameter.fits(term)
        assert term.value == value or int(term.value) == int(value)
    elif isinstance(term, NamedNode):
        assert parameter.fits(term)
        assert value in (term.value, shown(term, base))
    else:
        assert (term, value) == (None, "")


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_attempt_leaves_its_block(name: str) -> None:
    query = catalogue()[name]
    for parameter in query.parameters:
        for attempt in ATTEMPTS:
            held(query, parameter, attempt)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), anything)
def test_no_text_leaves_its_block(data: st.DataObject, value: str) -> None:
    query = catalogue()[data.draw(st.sampled_from(QUESTIONS))]
    if query.parameters:
        held(query, data.draw(st.sampled_from(query.parameters)), value)


THEME = Parameter(
    name="theme",
    range=definition("Theme"),
    label=Bilingual("Thema", "Theme"),
    description=None,
    required=False,
    choices=None,
    allowed=(),
    default=None,
)


@given(anything)
def test_where_the_things_are_known_only_they_are_taken(value: str) -> None:
    iri = f"{DEFAULT_BASE}id/theme/water"
    known = Entities([(iri, "Water"), (iri, 'wáter "nat" }')], DEFAULT_BASE)
    try:
        term = THEME.term(value, DEFAULT_BASE, known)
    except ParameterError:
        return
    assert term is None or isinstance(term, NamedNode)
    assert term is None or term.value == iri or not term.value.startswith(f"{DEFAULT_BASE}id/")


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_bound_question_is_still_one_that_the_engine_takes(name: str) -> None:
    query = catalogue()[name]
    answer = Store().query(query.bind())
    assert isinstance(answer, QuerySolutions)
    assert tuple(variable.value for variable in answer.variables) == query.variables


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("themes-spanning-two-policy-areas", "policy-area/trade"),
        ("actors-in-two-policy-areas", "policy-area/trade"),
        ("two-lists-compared", "country-list/combination-countries"),
    ],
)
def test_the_two_sides_of_a_comparison_differ(name: str, thing: str) -> None:
    with pytest.raises(ParameterError, match="the same as 'other'"):
        catalogue()[name].terms({"one": thing, "other": thing})


def test_a_period_ends_after_it_begins() -> None:
    question = catalogue()["themes-spanning-two-policy-areas"]
    year = replace(
        question.parameters[0], name="since", range=NamedNode(f"{XSD}gYear"), differs_from=None
    )
    period = replace(
        question,
        parameters=(replace(year, at_most="until"), replace(year, name="until")),
    )
    assert period.terms({"since": "2014", "until": "2023"})
    with pytest.raises(ParameterError, match="beyond 'until': 2023 > 2014"):
        period.terms({"since": "2023", "until": "2014"})
