"""Feeds for tests: of small data, in a real server of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from fastapi import FastAPI
from pyoxigraph import Quad, RdfFormat, Store, parse

from ontology.names import DEFAULT_BASE
from server.pages.rendering import Pages
from server.problem import exception_handlers
from server.publish.feed import extend
from server.publish.feed.routes import router
from server.publish.feed.stream import FEEDS
from server.publish.source import Source
from server.settings import Settings
from tests.fixtures.sample_service import serving

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def source_of(folder: Path, lines: Iterable[bytes], base: str = DEFAULT_BASE) -> Source:
    """A version of the data with these quads."""
    content = b"".join(sorted(lines))
    version = sha256(content).hexdigest()[:16]
    path = folder / f"{version}.nq"
    path.write_bytes(content)
    return Source(Store(), path, version, base)


def quads_of(source: Source) -> set[Quad]:
    """All quads of a version."""
    return set(parse(source.quads.read_bytes(), RdfFormat.N_QUADS))


def publish(data: Path, source: Source, issued: datetime = NOON) -> int:
    """Tell of a version in the feed of a data folder."""
    return extend(data / FEEDS, source, issued)


@contextmanager
def served(data: Path, *, public: str | None = None, expected: bool = False) -> Iterator[str]:
    """The address of a server with the feeds of a data folder, and nothing else."""
    settings, pages = Settings(data=data, public_address=public), Pages()
    app = FastAPI(exception_handlers=exception_handlers(pages.problem), redirect_slashes=False)
    app.include_router(router(settings, pages, expected=expected, wait_s=0.2))
    with serving(app) as address:
        yield address
