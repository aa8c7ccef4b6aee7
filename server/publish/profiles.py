"""The profiles in which things are described and exported: one folder of data each.

``profiles/{token}/profile.ttl`` describes it in the W3C Profiles Vocabulary
(https://www.w3.org/TR/dx-prof/): what it is for, what it leaves out, whose things it describes.
The ``*.rq`` beside it are CONSTRUCT queries with a block ``VALUES ?thing { UNDEF }``: bound to one
thing they describe it, left as they are they give the whole export.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode
from rdflib import DCTERMS, PROF, RDF, Graph, URIRef

from ontology.names import DEFAULT_BASE, VOCABULARY, Minter
from queries.text import LANGUAGES, Bilingual
from server.query_files import QueryFiles

FOLDER = Path(__file__).parent / "profiles"
DESCRIBES = URIRef(VOCABULARY + "describes")
LEAVES_OUT = URIRef(VOCABULARY + "leavesOut")


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to describe things.

    ``token`` is its short name, ``classes`` the IRIs of the classes whose things it describes
    (none: it is an export only), ``standards`` what it conforms to.
    """

    token: str
    iri: str
    title: Bilingual
    purpose: Bilingual
    leaves_out: Bilingual
    classes: frozenset[str]
    standards: tuple[str, ...]
    queries: tuple[str, ...]
    _files: QueryFiles

    def texts(self, things: Iterable[str] | None = None) -> Iterable[str]:
        """The CONSTRUCT queries about these things, or about all."""
        rows = None if things is None else [(NamedNode(thing),) for thing in things]
        for name in self.queries:
            yield self._files.bound(name, {} if rows is None else {("thing",): rows})


def load(base: str = DEFAULT_BASE, folder: Path = FOLDER) -> Mapping[str, Profile]:
    """Every profile by token, in alphabetical order; for data with this ``base``."""
    found = (_profile(path, base) for path in sorted(folder.glob("*/profile.ttl")))
    return {profile.token: profile for profile in found}


def _profile(path: Path, base: str) -> Profile:
    graph = Graph().parse(path, format="turtle")
    iri = next(iri for iri in graph.subjects(RDF.type, PROF.Profile) if isinstance(iri, URIRef))
    files = QueryFiles(path.parent, base)
    return Profile(
        token=str(graph.value(iri, PROF.hasToken)),
        iri=Minter(base).rebased(str(iri)),
        title=_text(graph, iri, DCTERMS.title),
        purpose=_text(graph, iri, DCTERMS.description),
        leaves_out=_text(graph, iri, LEAVES_OUT),
        classes=frozenset(map(str, graph.objects(iri, DESCRIBES))),
        standards=tuple(sorted(map(str, graph.objects(iri, PROF.isProfileOf)))),
        queries=tuple(sorted(one.stem for one in path.parent.glob("*.rq"))),
        _files=files,
    )


def _text(graph: Graph, iri: URIRef, name: URIRef) -> Bilingual:
    texts = {getattr(value, "language", None): str(value) for value in graph.objects(iri, name)}
    return Bilingual(**{language: texts[language] for language in LANGUAGES})
