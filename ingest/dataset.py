"""The data set on disk: canonical N-Quads with a manifest, put in place in one step.

``{data}/builds/{version}/`` holds ``dataset.nq`` (sorted lines, canonical literals, no blank
nodes), ``texts/`` and ``manifest.json``; ``{data}/current`` is a link to the build in force.
The version is a hash of the N-Quads. A build that fails leaves ``current`` as it was.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from heapq import merge
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pyoxigraph import Quad, RdfFormat, serialize

BUILDS, CURRENT = "builds", "current"
DATASET, MANIFEST, TEXTS = "dataset.nq", "manifest.json", "texts"
KEPT_BUILDS = 3
_LOCK = ".lock"
_AT_ONCE = 4096  # lines that are written together
_LEFT_BEHIND = (".building-*", ".replaced-*", ".trying-*")


class DatasetError(Exception):
    """The data folder can not be read or written; the message names the path."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A finished build: its folder and its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def version(self) -> str:
        """The content hash that names this build."""
        return str(self.manifest["version"])


def canonical(quads: Iterable[Quad]) -> list[bytes]:
    """The quads as sorted N-Quads lines, each once."""
    serialized = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return sorted(set(serialized.splitlines(keepends=True)))


def merged(parts: Iterable[Iterable[bytes]]) -> Iterator[bytes]:
    """The lines of sorted parts in one order, each once, without holding them all."""
    before = b""
    for line in merge(*parts):
        if line != before:
            yield line
            before = line


@contextmanager
def locked(data: Path, report: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Be the only one to change this data folder; the lock goes when the process does."""
    prepare(data)
    try:
        file = (data / _LOCK).open("wb")
    except OSError as error:
        raise failure(data, error) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report(f"waiting for another process that is changing {data}")
            fcntl.flock(file, fcntl.LOCK_EX)
        for pattern in _LEFT_BEHIND:
            for folder in (data / BUILDS).glob(pattern):
                shutil.rmtree(folder, ignore_errors=True)
        yield


def prepare(data: Path) -> None:
    """See to it that the data folder can be written, before the work is done in vain."""
    try:
        builds = data / BUILDS
        builds.mkdir(parents=True, exist_ok=True)
        tried = Path(mkdtemp(prefix=".trying-", dir=builds))
        with suppress(FileNotFoundError):  # another process that cleans up may be quicker
            tried.rmdir()
    except OSError as error:
        raise failure(data, error) from error


def failure(data: Path, error: OSError) -> DatasetError:
    """What to raise for a data folder that can not be read or written."""
    return DatasetError(f"{error.filename or data}: {error.strerror or error}")


def publish(
    data: Path,
    lines: Iterable[bytes],
    texts: Iterable[tuple[str, bytes]],
    details: Mapping[str, Any],
) -> Dataset:
    """Write a build of these sorted lines and make it the current one; the data set so made."""
    try:
        builds = data / BUILDS
        builds.mkdir(parents=True, exist_ok=True)
        staging = Path(mkdtemp(prefix=".building-", dir=builds))
        try:
            count, digest = _write(staging / DATASET, lines)
            (staging / TEXTS).mkdir()
            for name, text in texts:
                _write(staging / TEXTS / f"{name}.txt", [text])
            version = digest[:16]
            manifest = {"version": version, "quads": count, "sha256": {DATASET: digest}, **details}
            written = json.dumps(manifest, indent=2, sort_keys=True).encode()
            _write(staging / MANIFEST, [written])
            staging.chmod(0o755)
            _swap(staging, builds / version)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        _point(data / CURRENT, Path(BUILDS) / version)
        _prune(builds, version)
    except OSError as error:
        raise failure(data, error) from error
    return Dataset(data / BUILDS / version, manifest)


def kept(data: Path) -> Iterator[Mapping[str, Any]]:
    """The manifests of the builds that are still there, as far as they can be read."""
    for path in sorted((data / BUILDS).glob(f"[!.]*/{MANIFEST}")):
        try:
            manifest = json.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(manifest, dict):
            yield manifest


def current(data: Path) -> Dataset | None:
    """The build in force; None where there is none yet."""
    link = data / CURRENT
    path = link / MANIFEST
    if not path.exists():
        return None
    try:
        manifest = json.loads(path.read_bytes())
        return Dataset(link.resolve(), {**manifest, "version": manifest["version"]})
    except (OSError, ValueError, KeyError) as error:
        raise DatasetError(f"{path}: unreadable ({error})") from error


def _write(path: Path, lines: Iterable[bytes]) -> tuple[int, str]:
    """Write lines to a file, to the disk itself; their number and their SHA-256."""
    count, digest, waiting = 0, sha256(), iter(lines)
    with path.open("wb") as file:
        while held := list(islice(waiting, _AT_ONCE)):
            piece = b"".join(held)
            count += len(held)
            digest.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return count, digest.hexdigest()


def _swap(staging: Path, final: Path) -> None:
    """Put a finished folder in place; an equal build that is already there gives way."""
    if final.exists():
        aside = Path(mkdtemp(prefix=".replaced-", dir=final.parent))
        final.rename(aside / final.name)
        staging.rename(final)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        staging.rename(final)


def _point(link: Path, target: Path) -> None:
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _prune(builds: Path, keep: str) -> None:
    """Remove all but the newest few builds, and what interrupted builds left behind."""
    folders = [one for one in builds.iterdir() if one.is_dir() and not one.name.startswith(".")]
    older = sorted(folders, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT_BUILDS:]
    for folder in older:
        if folder.name != keep:
            shutil.rmtree(folder, ignore_errors=True)
