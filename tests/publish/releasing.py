"""Releases for tests: of small data, in a real server of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from pyoxigraph import RdfFormat, Store, parse, serialize

from ontology.names import DEFAULT_BASE
from server.pages.rendering import Pages
from server.problem import exception_handlers
from server.publish import dump_routes, dumps, export_routes, exports
from server.publish.published import Published
from server.publish.release import RELEASES, Release, Releases, make
from server.publish.source import Source
from server.settings import Settings
from tests.fixtures.sample_service import serving

TRIG = """
@prefix def: <https://w3id.org/samenhang/def/> .
@prefix graph: <https://w3id.org/samenhang/id/graph/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/samenhang/id/theme/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
graph:schemes {
  theme:localisation a skos:Concept , def:Theme ;
    skos:prefLabel "lokalisering"@nl , "localisation"@en ;
    skos:definition "Hulp door wie \\"ter plaatse\\" is,\\n\\tniet van buiten; één \\\\ teken."@nl .
}
graph:letter {
  theme:localisation a skos:Concept ; skos:note 7 , true , "7" , 2.5 , "2.50"^^xsd:token ,
    "2024"^^xsd:gYear , "2024-03-03"^^xsd:date , "<b>" , theme:nexus .
  theme:nexus skos:altLabel "triple nexus {word}" .
}
"""


def source_of(folder: Path, trig: str = TRIG, base: str = DEFAULT_BASE) -> Source:
    """A version of the data with these quads, as a build has them."""
    folder.mkdir(parents=True, exist_ok=True)
    quads = list(parse(trig, RdfFormat.TRIG))
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    content = b"".join(sorted(set(lines)))
    version = sha256(content).hexdigest()[:16]
    path = folder / f"{version}.nq"
    path.write_bytes(content)
    store = Store()
    store.bulk_extend(quads)
    return Source(store, path, version, base)


def other(number: int) -> str:
    """Other data, for another version."""
    return f"{TRIG}\ngraph:letter {{ theme:nexus skos:notation '{number}' }}"


def released(data: Path, source: Source, kept: int = 12) -> Release:
    """The release of a version in a data folder: the dumps and the concepts as NL-SBB."""
    producers = (dumps.write, exports.producers(source.base)["nl-sbb"])
    return make(source, data / RELEASES, producers, Settings(data=data, kept_releases=kept))


@contextmanager
def served(data: Path, *, expected: bool = False, public: str | None = None) -> Iterator[str]:
    """The address of a server with the dumps and exports of a data folder, and nothing else."""
    pages, settings = Pages(), Settings(data=data, public_address=public)
    published = Published(Releases(data / RELEASES), expected=expected, wait_s=0.2)
    app = FastAPI(exception_handlers=exception_handlers(pages.problem), redirect_slashes=False)
    exported = exports.exported(DEFAULT_BASE)
    app.include_router(dump_routes.router(published, exported, pages, settings))
    app.include_router(export_routes.router(published, exported, pages, settings))
    with serving(app) as address:
        yield address
