"""Curated claims: quotes found exactly once, names resolved, and errors that help the curator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions, Store

from ingest.build import Sources, assemble
from ingest.extract.claims import ClaimError, problems
from ingest.interpret import Interpreter
from tests.conftest import Graph

LETTER = "2021-kamerbrief-opvang-in-de-regio.claims.yaml"
CLAIM = """\
document: kst-35570-XVII-52
curator: A tester
date: 2026-11-21
claims:
  - kind: role
    quote: {quote}
    voice: minister-for-foreign-trade-and-development
    actor: {actor}
    role: partner
    policy_area: reception-in-the-region
"""
QUOTE = "een vijfjarig innovatief samenwerkingsmodel met UNICEF, UNHCR, ILO, IFC en de Wereldbank"

Spoil = Callable[..., Path]


@pytest.fixture
def with_claim(seeds: Path) -> Spoil:
    def write(quote: str = QUOTE, actor: str = "unhcr", text: str = CLAIM) -> Path:
        content = text.format(quote=f'"{quote}"', actor=actor)
        (seeds / LETTER).write_text(content, "utf-8")
        return seeds

    return write


def test_a_claim_is_in_the_graph_with_its_quote_and_its_maker(with_claim: Spoil) -> None:
    built = assemble(Sources(seeds=with_claim()))
    store = Store()
    store.bulk_extend(built.quads)
    rows = store.query(
        """
        PREFIX def: <https://w3id.org/samenhang/def/>
        SELECT ?claim ?curator WHERE {
          ?role a def:RoleStatement ; def:madeBy ?claim ;
            def:inDocument <https://w3id.org/samenhang/id/document/kst-35570-XVII-52> .
          ?claim def:curator ?curator
        }""",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, QuerySolutions)
    found = [(row["claim"].value, row["curator"].value) for row in rows]
    claim = "https://w3id.org/samenhang/id/claim/kst-35570-XVII-52/1"
    assert found == [(claim, "A tester")]


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("een tienjarig samenwerkingsmodel met UNICEF", "not found; nearest on page 3"),
        ("opvang in de regio", r"found \d+ times .* 'occurrence: all'"),
        ("", "an empty quote"),
    ],
)
def test_a_quote_must_be_found_exactly_once(with_claim: Spoil, quote: str, reason: str) -> None:
    with pytest.raises(ClaimError, match=rf"{LETTER}: claim 1: .*{reason}"):
        assemble(Sources(seeds=with_claim(quote)))


def test_an_unknown_name_is_named(with_claim: Spoil) -> None:
    with pytest.raises(ClaimError, match=r"claim 1: line 5: .* named 'unhrc'; did .* 'unhcr'"):
        assemble(Sources(seeds=with_claim(actor="unhrc")))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("document: [", r":\d+:\d+: "),
        ("document: kst-35570-XVII-52\n", r"no '\w+'"),
        (CLAIM.replace("kst-35570-XVII-52", "no-such-document"), "no document 'no-such-document'"),
        (CLAIM.replace("kind: role", "kind: rumour"), "line 5: unknown kind 'rumour'; known are"),
        (CLAIM.replace("    role: partner\n", ""), "no 'role', which a claim of kind 'role' needs"),
        (
            CLAIM.replace("role: partner", "rol: partner"),
            "unknown field 'rol'; did you mean 'role'",
        ),
        (
            CLAIM.replace("    actor:", "    role: funder\n    actor:"),
            r"yaml:\d+: 'role' is given twice",
        ),
        (CLAIM.replace("date: 2026-11-21", "date: gisteren"), "date: expected year-month-day"),
        (CLAIM.replace("curator: A tester", "curator:"), "no 'curator'"),
        (CLAIM + "    occurrence: 3\n", "found 1 times, so no occurrence 3"),
        (CLAIM + "    occurrence: vaak\n", "occurrence: expected a number or 'all'"),
        (CLAIM + "    confidence: 2\n", "confidence: expected a number from 0 to 1"),
        (CLAIM + "    modality: zegt\n", "modality: expected is, did"),
        (CLAIM.replace("    voice: minister-for-foreign-trade-and-development\n", ""), "'voice'"),
    ],
)
def test_a_malformed_file_is_named_with_the_reason(
    with_claim: Spoil, text: str, reason: str
) -> None:
    with pytest.raises(ClaimError, match=reason) as error:
        assemble(Sources(seeds=with_claim(text=text)))
    assert LETTER in str(error.value)


def test_a_curated_position_is_part_of_the_response_it_names(graph: Graph) -> None:
    rows = graph.select("""
        PREFIX def: <https://w3id.org/samenhang/def/>
        PREFIX stance: <https://w3id.org/samenhang/id/stance/>
        SELECT ?quote WHERE {
          ?position a def:Position ; def:stance stance:intends ; def:partOf ?response ;
            def:madeBy [ a def:Claim ] ; def:evidence [ def:quote ?quote ] .
          ?response def:respondsTo
            <https://w3id.org/samenhang/id/recommendation/2023-kabinetsreactie-iob-humanitaire-hulp/2-i>
        }""")
    assert {row["quote"].value[:43] for row in rows} == {
        "In 2023 werkt Nederland, ICRC en InterActio",
        "Dit instrument wordt vervolgens uitgeprobee",
    }


def test_curated_statements_are_marked_as_such(graph: Graph) -> None:
    rows = list(
        graph.select("""
            PREFIX def: <https://w3id.org/samenhang/def/>
            SELECT (COUNT(DISTINCT ?statement) AS ?n) WHERE {
              ?statement def:madeBy ?claim . ?claim a def:Claim ; def:curator ?who
            }""")
    )
    assert int(rows[0]["n"].value) > 50


def test_an_occurrence_or_all_of_a_quote_that_stands_several_times(with_claim: Spoil) -> None:
    text = CLAIM + "    occurrence: {which}\n"
    quote = "opvang in de regio beleid"
    spans = []
    for which in ("2", "all"):
        seeds = with_claim(quote, text=text.replace("{which}", which))
        built = assemble(Sources(seeds=seeds))
        spans.append(_places(built.quads))
    assert len(spans[0]) == 1
    assert len(spans[1]) > 1
    assert spans[0][0] == spans[1][1]


def _places(quads: Iterable[Quad]) -> list[int]:
    store = Store()
    store.bulk_extend(quads)
    rows = store.query(
        """
        PREFIX def: <https://w3id.org/samenhang/def/>
        SELECT ?start WHERE {
          ?role a def:RoleStatement ; def:madeBy [ a def:Claim ] ;
            def:evidence [ def:start ?start ] ;
            def:inDocument <https://w3id.org/samenhang/id/document/kst-35570-XVII-52> .
        } ORDER BY ?start""",
        use_default_graph_as_union=True,
    )
    assert isinstance(rows, QuerySolutions)
    return sorted(int(row["start"].value) for row in rows)


def test_all_that_is_wrong_is_told_a_line_each(with_claim: Spoil) -> None:
    seeds = with_claim(actor="unhrc", text=CLAIM + CLAIM[CLAIM.index("  - kind") :])
    sources = Sources(seeds=seeds)
    interpreter = Interpreter(sources)
    source = sources.inventory().documents["kst-35570-XVII-52"]
    assert source.claims is not None
    context = interpreter.context(source, interpreter.read(source))
    found = list(problems(context, source.claims))
    assert [one.split(": ")[1:3] for one in found] == [
        ["claim 1", "line 5"],
        ["claim 2", "line 11"],
    ]


WITHDRAWN = """\
document: kst-35570-XVII-52
curator: A tester
date: 2026-11-21
withdrawn:
  - kind: {kind}
    quote: De projecten die door middel van deze subsidietender
    why: The scope of projects is no theme of policy.
claims: []
"""


def test_what_a_curator_withdraws_is_not_in_the_graph(seeds: Path) -> None:
    def funding(quads: Iterable[Quad]) -> set[str]:
        store = Store()
        store.bulk_extend(quads)
        rows = store.query(
            """
            PREFIX def: <https://w3id.org/samenhang/def/>
            SELECT ?statement WHERE {
              ?statement a def:Funding ; def:evidence/def:quote ?quote
              FILTER(STRSTARTS(?quote, "De projecten die door middel van deze subsidietender"))
            }""",
            use_default_graph_as_union=True,
        )
        assert isinstance(rows, QuerySolutions)
        return {row["statement"].value for row in rows}

    (seeds / LETTER).unlink()
    assert funding(assemble(Sources(seeds=seeds)).quads)
    (seeds / LETTER).write_text(WITHDRAWN.format(kind="funding"), "utf-8")
    assert not funding(assemble(Sources(seeds=seeds)).quads)


def test_a_withdrawal_of_what_no_rule_reads_is_an_error(seeds: Path) -> None:
    (seeds / LETTER).write_text(WITHDRAWN.format(kind="target"), "utf-8")
    said = "withdrawn 1: no rule reads a 'target' there; rules read: funding, handling, mention"
    with pytest.raises(ClaimError, match=said):
        assemble(Sources(seeds=seeds))
