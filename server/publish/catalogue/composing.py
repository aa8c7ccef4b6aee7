"""The whole catalogue: its description, the files of its releases, what the data cover."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, XSD, Graph, Literal, URIRef

from server.pages.select import Term
from server.publish import void
from server.publish.catalogue.description import DCAT, Names, described, held
from server.publish.catalogue.distributions import Distributions
from server.publish.catalogue.versions import add_records, add_versions, version_of
from server.publish.crate import OF_RELEASE
from server.publish.dumps import GRAPH
from server.publish.profiles import Profile
from server.publish.release import Release
from server.settings import Settings

_REST = "*"
_ABOUT_THE_RELEASE = {OF_RELEASE, void.FORM}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The dates of the oldest and the newest document, as the data have them."""

    start: Term
    end: Term


def composed(
    settings: Settings,
    names: Names,
    profiles: Iterable[Profile],
    releases: Sequence[Release],
    coverage: Coverage | None,
) -> Graph:
    """The catalogue as it is served.

    ``releases``: the one to offer first, then the others, the newest first; none where no files
    are made.
    """
    graph = described(settings, names, feed=bool(releases))
    forms = _forms(graph, releases)
    dated = [*forms, names.thing("dataset/questions")]
    if releases:
        distributions = Distributions(graph, settings, names, profiles)
        for dataset, wanted in forms.items():
            distributions.add(dataset, dataset.rpartition("/")[2], releases[0], wanted)
            graph.add((dataset, DCAT.version, Literal(releases[0].version)))
        add_versions(graph, releases, names)
        for release in releases:
            version = version_of(release, names)
            distributions.add(version, release.version, release, [GRAPH])
        add_records(graph, releases[0], names)
        dated.append(version_of(releases[0], names))
    if coverage is not None:
        _cover(graph, dated, coverage, names)
    return graph


def _forms(graph: Graph, releases: Sequence[Release]) -> dict[URIRef, set[str]]:
    """Which forms of the first release each data set holds."""
    forms: dict[URIRef, set[str]] = {}
    for dataset, form in held(graph):
        forms.setdefault(dataset, set()).add(form)
    taken = set[str]().union(*forms.values())
    there = {file.of for release in releases[:1] for file in release.files}
    rest = there - taken - _ABOUT_THE_RELEASE
    return {one: wanted | rest if _REST in wanted else wanted for one, wanted in forms.items()}


def _cover(graph: Graph, datasets: Iterable[URIRef], coverage: Coverage, names: Names) -> None:
    """Add the time that the documents cover to data sets."""
    period = URIRef(f"{names.catalogue}#period")
    graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((period, DCAT.startDate, _date(coverage.start)))
    graph.add((period, DCAT.endDate, _date(coverage.end)))
    for dataset in datasets:
        graph.add((dataset, DCTERMS.temporal, period))


def _date(term: Term) -> Literal:
    """A date as the data have it; a year or a month is one too."""
    kinds = {4: XSD.gYear, 7: XSD.gYearMonth}
    return Literal(term.value, datatype=kinds.get(len(term.value), XSD.date))
