"""Releases are made beside the service: in a process of their own, at low priority, one at a time.

``python -m server.publish.publishing`` reads an :class:`Order` from standard input, says on
standard error what it has made, and ends. A failure is one line in the service's log.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

import server
from server.publish import dumps, exports, void
from server.publish.catalogue.catalogues import of_release
from server.publish.feed import extend
from server.publish.feed.catalogue import extend_catalogue
from server.publish.feed.stream import FEEDS
from server.publish.release import RELEASES, Producer, Release, ReleaseError, Releases, make
from server.publish.source import File, Source
from server.settings import Settings
from server.store.layout import engine_folder, reason

LOWER = 10  # how much nicer than the service
_ROOT = Path(server.__file__).parents[1]
_SECRET = {"update_token", "update_token_sha256"}
_log = logging.getLogger(__name__)

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Build:
    """One version of the data: its sorted N-Quads and the store that was made of them."""

    version: str
    quads: Path
    store: Path


def publish(build: Build, settings: Settings, report: Report) -> Release:
    """Make the release of a build, if it is not there, extend the feeds, and say what was made.

    A :class:`ReleaseError` or a ``FeedError`` says what can not be made or written, and why.
    """
    try:
        return _published(build, settings, report)
    except OSError as error:
        raise ReleaseError(reason(error)) from error


def _published(build: Build, settings: Settings, report: Report) -> Release:
    source = opened(build, settings)
    releases, feeds = Releases(settings.data / RELEASES), settings.data / FEEDS
    release = make(source, releases.folder, timed(producers(source.base), report), settings)
    events = extend(feeds, source, release.issued)
    catalogue = of_release(settings, source, releases)
    events += extend_catalogue(feeds, catalogue, source.base, release.issued)
    report(f"feeds: {events:,} events")
    return release


def opened(build: Build, settings: Settings) -> Source:
    """A build to make files of."""
    store = Store.read_only(str(engine_folder(build.store)))
    return Source(
        store,
        build.quads,
        build.version,
        settings.base_iri,
        settings.publisher_iri or "",
        settings.data_licence,
    )


def producers(base: str) -> list[tuple[str, Producer]]:
    """What writes the files of a release, with a name for each."""
    return [("dumps", dumps.write), *exports.producers(base).items(), ("statistics", void.write)]


def timed(named: Iterable[tuple[str, Producer]], report: Report) -> Iterator[Producer]:
    """The producers; each says how long it took."""
    for name, produce in named:

        def timing(
            source: Source, folder: Path, name: str = name, produce: Producer = produce
        ) -> list[File]:
            start = time.monotonic()
            files = list(produce(source, folder))
            size = sum(file.size for file in files)
            took = time.monotonic() - start
            report(f"{name}: {len(files)} files, {size:,} bytes, {took:.1f} s")
            return files

        yield timing


class Publisher:
    """Makes the release of the build that was asked for last; :meth:`run` does the work."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._asked = asyncio.Event()
        self._build: Build | None = None

    def ask(self, build: Build) -> None:
        """Let the release of this build be made, after the one that is being made."""
        self._build = build
        self._asked.set()

    async def run(self) -> None:
        """Make what is asked for, until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            if self._build is not None:
                await self._make(self._build)

    async def _make(self, build: Build) -> None:
        start = time.monotonic()
        try:
            failure = await _beside(_order(build, self._settings))
        except OSError as error:
            failure = reason(error)
        if failure:
            _log.error("the release of build %s is not made: %s", build.version, failure)
        else:
            took = time.monotonic() - start
            _log.info("the release of build %s is there after %.1f s", build.version, took)


async def _beside(order: bytes) -> str:
    """Carry out an order in a process of its own; what went wrong, in a line, if anything did."""
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
    )
    try:
        _, said = await process.communicate(order)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    lines = said.decode("utf-8", "replace").strip().splitlines()
    if process.returncode == 0:
        for line in lines:
            _log.info("%s", line)
        return ""
    return lines[-1] if lines else f"its process ended with {process.returncode}"


def _order(build: Build, settings: Settings) -> bytes:
    members = {
        "build": {
            "version": build.version,
            "quads": str(build.quads.absolute()),
            "store": str(build.store.absolute()),
        },
        "settings": settings.model_dump(mode="json", exclude=_SECRET),
    }
    return json.dumps(members).encode()


def _main() -> int:
    os.nice(LOWER)
    order = json.load(sys.stdin)
    build = Build(
        order["build"]["version"], Path(order["build"]["quads"]), Path(order["build"]["store"])
    )
    try:
        publish(build, Settings(**order["settings"]), lambda line: print(line, file=sys.stderr))
    except Exception as error:  # whatever it is, the service has one line for it
        sys.stderr.write(f"{reason(error)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
