"""What is said twice: one statement with both places, or one in each place."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from ingest.document import Span
from ingest.extract.pipeline import once
from ingest.statement import Passage, Statement

RULE = NamedNode("https://w3id.org/samenhang/id/rule/findings-1")
CLAIM = NamedNode("https://w3id.org/samenhang/id/claim/brief/1")
CABINET = NamedNode("https://w3id.org/samenhang/id/actor/cabinet")
IOB = NamedNode("https://w3id.org/samenhang/id/actor/iob")


def finding(
    *starts: int, by: NamedNode = RULE, voice: NamedNode = CABINET, polarity: str = "positive"
) -> Statement:
    evidence = tuple(Passage(Span(start, start + 10), "Een zin.") for start in starts)
    content = (("polarity", Literal(polarity)), ("speaker", voice))
    return Statement("Finding", "brief", evidence, by, content)


def starts(*statements: Statement) -> list[list[int]]:
    kept = once(list(statements), frozenset())
    return [[place.span.start for place in one.evidence] for one in kept]


def test_what_is_said_again_elsewhere_is_a_statement_of_its_own() -> None:
    assert starts(finding(0), finding(100)) == [[0], [100]]


def test_a_claim_in_the_place_of_a_rule_adds_its_other_places() -> None:
    assert starts(finding(0), finding(5, 100, by=CLAIM)) == [[0, 100]]


def test_what_says_something_else_in_the_same_place_stays() -> None:
    assert starts(finding(0), finding(0, polarity="negative")) == [[0], [0]]


def test_two_claims_with_two_voices_are_two_statements() -> None:
    assert starts(finding(0, by=CLAIM), finding(0, by=CLAIM, voice=IOB)) == [[0], [0]]


def test_where_only_the_voice_differs_the_curator_is_followed() -> None:
    (kept,) = once([finding(0), finding(0, by=CLAIM, voice=IOB)], frozenset())
    assert kept.made_by == CLAIM
    assert ("speaker", IOB) in kept.content
