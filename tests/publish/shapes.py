"""Validation against shapes that others wrote: the official SHACL files, kept outside.

``INTEROP`` in the environment is the folder with ``shapes/`` and ``background-eu.ttl``; without it,
``../shared/interop`` beside the repository. Where it is not there the tests say so and are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, SH, Graph
from rdflib.term import Node

from tests.conftest import ROOT

INTEROP = Path(os.environ.get("INTEROP", ROOT.parent / "shared" / "interop")).resolve()
# What the authority tables say of the codes that we use and that background-eu.ttl does not have.
BACKGROUND = Path(__file__).with_name("background.ttl")


@dataclass(frozen=True, slots=True)
class Result:
    """One ``sh:result`` of a report; ``severity`` is Violation, Warning or Info."""

    severity: str
    node: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {self.node} {self.path} {self.value}: {self.message}"


def violations(data: Graph, *shape_files: str | Path, inference: str | None = None) -> list[Result]:
    """What in the data must not be, by these shape files (paths below ``shapes/``)."""
    return _of("Violation", validate(data, *shape_files, inference=inference))


def warnings(data: Graph, *shape_files: str | Path, inference: str | None = None) -> list[Result]:
    """What in the data could be better."""
    return _of("Warning", validate(data, *shape_files, inference=inference))


def validate(data: Graph, *shape_files: str | Path, inference: str | None = None) -> list[Result]:
    """The results of a report, in a stable order; nested details are not results of their own.

    ``owl:imports`` are not followed (they lead to the network); what the imported tables say of the
    codes in use is merged into the data instead, and what is found about those tables is left out.
    """
    shapes = Graph()
    for path in shape_files:
        shapes += _shapes(found(path))
    background = _background()
    _, report, _ = pyshacl.validate(
        data + background,
        shacl_graph=shapes,
        inference=inference,
        advanced=True,
        do_owl_imports=False,
        allow_warnings=True,
    )
    assert isinstance(report, Graph)
    others = {str(node) for node in set(background.subjects()) - set(data.subjects())}
    return sorted((one for one in _results(report) if one.node not in others), key=str)


def found(path: str | Path) -> Path:
    """A file below ``shapes/``; the test is skipped, with the reason, where there is none."""
    whole = INTEROP / "shapes" / path
    if not whole.is_file():
        pytest.skip(f"no official shapes: {whole} is absent (set INTEROP to their folder)")
    return whole


def _results(report: Graph) -> Iterable[Result]:
    for result in report.objects(None, SH.result):

        def text(name: Node, of: Node = result) -> str:
            return str(report.value(of, name) or "")

        yield Result(
            severity=text(SH.resultSeverity).rpartition("#")[2],
            node=text(SH.focusNode),
            path=text(SH.resultPath),
            value=text(SH.value),
            message=text(SH.resultMessage),
        )


def _of(severity: str, results: list[Result]) -> list[Result]:
    return [result for result in results if result.severity == severity]


@cache
def _shapes(path: Path) -> Graph:
    """A shapes file without what pySHACL can not run: links to property shapes it does not hold."""
    graph = Graph().parse(path)
    for shape, _, linked in list(graph.triples((None, SH.property, None))):
        if (linked, None, None) not in graph:
            graph.remove((shape, SH.property, linked))
    graph.remove((None, OWL.imports, None))
    graph.remove((None, RDF.type, OWL.Ontology))
    return graph


@cache
def _background() -> Graph:
    graph = Graph()
    for path in (INTEROP / "background-eu.ttl", BACKGROUND):
        if path.is_file():
            graph.parse(path)
    return graph
