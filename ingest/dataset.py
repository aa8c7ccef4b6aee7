"""The data set on disk: canonical N-Quads with a manifest, put in place in one step.

``{data}/builds/{version}/`` holds ``dataset.nq`` (sorted lines, canonical literals, no blank
nodes), ``texts/`` and ``manifest.json``; ``{data}/current`` is a link to the build in force.
The version is a hash of the N-Quads. A build that fails leaves ``current`` as it was.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pyoxigraph import Quad, RdfFormat, serialize

BUILDS, CURRENT = "builds", "current"
DATASET, MANIFEST, TEXTS = "dataset.nq", "manifest.json", "texts"
KEPT_BUILDS = 3


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


def canonical(quads: Iterable[Quad]) -> bytes:
    """The quads as sorted N-Quads lines, each once."""
    serialized = serialize(quads, format=RdfFormat.N_QUADS) or b""
    lines = serialized.splitlines(keepends=True)
    return b"".join(sorted(set(lines)))


def prepare(data: Path) -> None:
    """See to it that the data folder can be written, before the work is done in vain."""
    try:
        builds = data / BUILDS
        builds.mkdir(parents=True, exist_ok=True)
        Path(mkdtemp(prefix=".trying-", dir=builds)).rmdir()
    except OSError as error:
        raise _failure(data, error) from error


def _failure(data: Path, error: OSError) -> DatasetError:
    return DatasetError(f"{error.filename or data}: {error.strerror or error}")


def publish(
    data: Path, content: bytes, texts: Mapping[str, str], details: Mapping[str, Any]
) -> Dataset:
    """Write a build and make it the current one; the data set as published."""
    version = sha256(content).hexdigest()[:16]
    manifest = {
        "version": version,
        "quads": content.count(b"\n"),
        "sha256": {DATASET: sha256(content).hexdigest()},
        **details,
    }
    try:
        builds = data / BUILDS
        builds.mkdir(parents=True, exist_ok=True)
        staging = Path(mkdtemp(prefix=".building-", dir=builds))
        try:
            _write(staging / DATASET, content)
            (staging / TEXTS).mkdir()
            for name, text in texts.items():
                _write(staging / TEXTS / f"{name}.txt", text.encode())
            _write(staging / MANIFEST, json.dumps(manifest, indent=2, sort_keys=True).encode())
            staging.chmod(0o755)
            _swap(staging, builds / version)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        _point(data / CURRENT, Path(BUILDS) / version)
        _prune(builds, version)
    except OSError as error:
        raise _failure(data, error) from error
    return Dataset(data / BUILDS / version, manifest)


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


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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
