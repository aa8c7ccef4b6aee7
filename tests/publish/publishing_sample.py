"""A service over the small sample data with a release of it: what catalogues are tried on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store, serialize

from ontology.names import DEFAULT_BASE
from queries.catalogue import Catalogue
from server.app import create_app
from server.publish import dumps, exports, void
from server.publish.release import Release, make
from server.publish.source import Source
from server.settings import Settings
from server.store.layout import engine_folder
from server.store.load import load
from server.store.pool import Limits, PooledStore
from tests.fixtures.sample_service import FIXTURES, QUERIES, serving

TOOI = "https://identifier.overheid.nl/tooi/id/ministerie/mnre1013"
MINISTRY = {
    "publisher_iri": TOOI,
    "publisher_name": "Ministerie van Buitenlandse Zaken",
    "publisher_type": "http://purl.org/adms/publishertype/NationalAuthority",
    "contact_phone": "+31 70 1234567",
}


def make_source(folder: Path, more: str = "") -> Source:
    """The sample data as a build and as a store; ``more`` is TriG that is added."""
    folder.mkdir(parents=True, exist_ok=True)
    sample = Store()
    sample.load(path=FIXTURES / "sample.trig", format=RdfFormat.TRIG)
    sample.load(input=more.encode(), format=RdfFormat.TRIG)
    lines = (serialize(sample, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    content = b"".join(sorted(lines))
    (folder / "dataset.nq").write_bytes(content)
    version = sha256(content).hexdigest()
    load(folder / "dataset.nq", folder / "store", version)
    store = Store.read_only(str(engine_folder(folder / "store")))
    return Source(store, folder / "dataset.nq", version[:16], DEFAULT_BASE)


def publish(source: Source, settings: Settings) -> Release:
    """A release with the dumps, the concepts and the statistics."""
    producers = [dumps.write, exports.producers(source.base)["nl-sbb"], void.write]
    return make(source, settings.data / "releases", producers, settings)


@contextmanager
def service(folder: Path, **given: Any) -> Iterator[str]:
    """The address of a service over the data of a folder."""
    store = PooledStore(folder / "store", Limits(readers=1, slow_readers=1))
    settings = Settings(data=folder, **given)
    with serving(create_app(settings, store, Catalogue.load(QUERIES), "0")) as address:
        yield address
