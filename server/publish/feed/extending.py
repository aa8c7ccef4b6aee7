"""Extending a feed by what changed since it was last told: all of it or, when killed, nothing.

A publication is written in a folder under another name and renamed when it is whole; the renaming
is what counts. Memory is bounded by a page and by the largest thing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import zstandard
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from server.publish.feed.changes import Change, Step, steps
from server.publish.feed.log import PUBLICATION, STATE, Log, Publication, page_name
from server.publish.feed.state import entries
from server.publish.feed.stream import FEED, Stream
from server.publish.feed.things import FeedError, Thing, things
from server.publish.source import Source

PAGE_SIZE = 250
"""Events that a page has at most: some 700 kB of N-Quads, 20 to 40 kB packed."""
_LEVEL = 9
_TELLING = ".telling-"


def extend(folder: Path, source: Source, issued: datetime) -> int:
    """Tell what changed between the data published last and these; the number of events.

    None where the feed has these data already. ``folder`` is that of all feeds; ``issued`` is when
    the data were published; an event is never told to be older than those before it.
    """
    with source.quads.open("rb") as lines:
        return extended(folder, Stream(FEED, source.base), source.version, things(lines), issued)


def extended(
    folder: Path, stream: Stream, version: str, now: Iterable[Thing], issued: datetime
) -> int:
    """Tell of a stream what changed until these things, which are in the order of their IRIs."""
    folder = folder / stream.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _only_one(folder):
            log = Log(folder, stream.base)
            newest = log.newest()
            if newest is not None and newest.version == version:
                publication, events = newest, 0
            else:
                publication = _published(log, newest, stream, version, now, issued)
                events = publication.events
            for older in log.publications():
                if older.number < publication.number:
                    log.state(older).unlink(missing_ok=True)
    except OSError as error:
        raise FeedError(f"{error.filename or folder}: {error.strerror or error}") from error
    return events


def _published(
    log: Log,
    newest: Publication | None,
    stream: Stream,
    version: str,
    now: Iterable[Thing],
    issued: datetime,
) -> Publication:
    number, published = log.next_number(), issued.astimezone(UTC).replace(microsecond=0)
    if newest is not None:
        published = max(published, newest.published + timedelta(seconds=1))
    telling = Path(mkdtemp(prefix=_TELLING, dir=log.folder))
    try:
        told = entries(log.state(newest)) if newest else iter(())
        writer = _Writer(telling, stream, f"{number}-{version}", published)
        writer.write(steps(told, now, number))
        publication = Publication(
            number=number,
            version=version,
            previous=newest.version if newest else "",
            base=stream.base,
            published=published,
            events=writer.events,
            page_size=PAGE_SIZE,
            things=dict(writer.things),
            graphs={graph: dict(kinds) for graph, kinds in sorted(writer.graphs.items())},
        )
        _save(telling / PUBLICATION, publication.document())
        telling.chmod(0o755)
        _sync(telling)
        telling.rename(log.folder / publication.key)
        _sync(log.folder)
    finally:
        shutil.rmtree(telling, ignore_errors=True)
    return publication


class _Writer:
    """Writes the pages and the state of one publication, and counts."""

    def __init__(self, folder: Path, stream: Stream, key: str, published: datetime) -> None:
        self.events = 0
        self.things: Counter[str] = Counter()
        self.graphs: dict[str, Counter[str]] = {}
        self._folder = folder
        self._stream = stream
        self._key = key
        self._published = published
        self._waiting: list[Quad] = []

    def write(self, told: Iterable[Step]) -> None:
        """Write it all."""
        with (self._folder / STATE).open("wb") as state:
            for step in told:
                state.write(step.entry.line())
                if step.kind:
                    self.things[step.kind.value] += 1
                for change in step.changes:
                    self._tell(change)
            state.flush()
            os.fsync(state.fileno())
        if self._waiting or not self.events:
            self._turn()

    def _tell(self, change: Change) -> None:
        if self.events and self.events % PAGE_SIZE == 0:
            self._turn()
        event = self._stream.event(self._key, self.events)
        self._waiting += self._stream.quads(event, change, self._published)
        self.events += 1
        if isinstance(change.graph, NamedNode):
            self.graphs.setdefault(change.graph.value, Counter())[change.kind.value] += 1

    def _turn(self) -> None:
        """Write the page that is full, or the last."""
        number = max(0, self.events - 1) // PAGE_SIZE
        content = serialize(self._waiting, format=RdfFormat.N_QUADS) or b""
        compressor = zstandard.ZstdCompressor(_LEVEL, write_checksum=True)
        _save(self._folder / page_name(number), compressor.compress(content))
        self._waiting = []


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Be the only one to extend this feed, and clear away what a killed process left."""
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in folder.glob(f"{_TELLING}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _save(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
