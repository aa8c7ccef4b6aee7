"""The data set as releases are made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from server.publish.release import Release
from server.publish.source import Source
from server.settings import Settings
from server.store.layout import engine_folder
from tests.ingest.small import folder_of, letter
from tests.publish.publishing_sample import publish, service
from tests.publish.service import BASE, ROOT_PATH, Service, serving


@pytest.fixture(scope="session")
def source(data: Path) -> Source:
    """The whole data set of the seeds, with its store as it is served."""
    build = (data / "current").resolve()
    return Source(
        store=Store.read_only(str(engine_folder(data / "stores" / build.name))),
        quads=build / "dataset.nq",
        version=build.name,
        base="https://w3id.org/samenhang/",
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A publisher of two letters, with a base of its own, below a path."""
    folder = tmp_path_factory.mktemp("publisher")
    seeds = folder_of(folder / "seeds", jordan=letter("Jordanië"), uganda=letter("Oeganda"))
    with serving(folder / "data", seeds, base_iri=BASE, root_path=ROOT_PATH) as address:
        yield Service(address, BASE, folder / "data")


@pytest.fixture(scope="module")
def folder(sampled: Source) -> Path:
    """The data folder of the sample that a module makes."""
    return sampled.quads.parent


@pytest.fixture(scope="module")
def release(sampled: Source, folder: Path) -> Release:
    """Its release."""
    return publish(sampled, Settings(data=folder))


@pytest.fixture(scope="module")
def address(folder: Path, release: Release) -> Iterator[str]:
    """Where a service with that release answers."""
    with service(folder) as url:
        yield url
