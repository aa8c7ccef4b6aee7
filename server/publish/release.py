"""Releases: the files of one version of the data, made once and put in place in one step.

``{data}/releases/{version}/`` holds what the producers wrote, ``ro-crate-metadata.json``,
``SHA256SUMS`` and ``release.json``. It is written under another name and renamed, so that a
process that is killed leaves nothing that looks like a release. ``latest`` is a link to the
release of the data in force; ``gone/{version}`` remembers one whose files were removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from server.publish import crate
from server.publish.files import described
from server.publish.source import File, Source
from server.settings import Settings

Producer = Callable[[Source, Path], Iterable[File]]
"""Writes files below the folder of a release, and says which."""

RELEASES = "releases"  # below the data folder
RELEASE, CHECKSUMS = "release.json", "SHA256SUMS"
LATEST, GONE = "latest", "gone"
_MAKING, _REMOVED = ".making-", ".removed-"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
_HASH = re.compile(r"[0-9a-f]{64}")
_SHORT = 16  # digits of a hash that name a version
_log = logging.getLogger(__name__)


class ReleaseError(Exception):
    """A release can not be made; the message says of what, and why."""


@dataclass(frozen=True, slots=True)
class Release:
    """The files of one version of the data.

    ``issued`` is when they were made, ``quads`` how many the data are, ``canonical_hash`` the
    SHA-256 of their canonical N-Quads (RDF Dataset Canonicalization 1.0), in hexadecimal digits.
    """

    folder: Path
    version: str
    base: str
    issued: datetime
    quads: int
    canonical_hash: str
    files: tuple[File, ...]

    def file(self, name: str) -> File | None:
        """The file of this name, if it is one of the release."""
        return next((file for file in self.files if file.name == name), None)

    def of(self, form: str) -> tuple[File, ...]:
        """The files that are forms of ``graph``, ``graph/{name}`` or a profile's token."""
        return tuple(file for file in self.files if file.of == form)


class Releases:
    """The releases of a folder: what is there now, read from the disk each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[Release]:
        """The newest first."""
        found = (self.find(path.parent.name) for path in self.folder.glob(f"[!.]*/{RELEASE}"))
        there = {release.version: release for release in found if release}
        return iter(sorted(there.values(), key=lambda one: (one.issued, one.version))[::-1])

    def find(self, version: str) -> Release | None:
        """The release of this version of the data; none where there is none (any more).

        A version is short for the canonical hash, which is taken too.
        """
        if not _VERSION.fullmatch(version) or version in (LATEST, GONE):
            return None
        if _HASH.fullmatch(version):
            release = _read(self.folder / version[:_SHORT])
            return release if release and release.canonical_hash == version else None
        return _read(self.folder / version)

    def latest(self) -> Release | None:
        """The release of the data that came into force last."""
        try:
            return self.find((self.folder / LATEST).readlink().name)
        except OSError:
            return None

    def is_gone(self, version: str) -> bool:
        """Whether there was a release of this version, whose files were removed."""
        return bool(_VERSION.fullmatch(version)) and (self.folder / GONE / version).exists()


def make(
    source: Source, folder: Path, producers: Iterable[Producer], settings: Settings
) -> Release:
    """See to it that ``folder`` has a release of this version, and that it is the latest.

    Nothing is made where it is there already. Older ones go, but for the newest that are kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder):
        releases = Releases(folder)
        release = releases.find(source.version) or _made(source, folder, producers, settings)
        _point(folder / LATEST, release.version)
        (folder / GONE / release.version).unlink(missing_ok=True)
        others = [one for one in releases if one.version != release.version]
        for older in others[settings.kept_releases - 1 :]:
            _remove(older)
    return release


def _made(
    source: Source, folder: Path, producers: Iterable[Producer], settings: Settings
) -> Release:
    making = Path(mkdtemp(prefix=_MAKING, dir=folder))
    try:
        quads, digest = canonical_hash(source.quads)
        files = [file for producer in producers for file in producer(source, making)]
        issued = datetime.now(UTC).replace(microsecond=0)
        facts = {"version": source.version, "quads": f"{quads:,}", "hash": digest}
        crate.write(making, files, issued, facts, settings)
        files.append(described(making, crate.CRATE, "application/ld+json", crate.OF_RELEASE))
        files.append(_checksums(making, files))
        final = folder / source.version
        release = Release(final, source.version, source.base, issued, quads, digest, tuple(files))
        (making / RELEASE).write_bytes(_document(release))
        making.chmod(0o755)
        _sync(making)
        making.rename(final)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return release


def canonical_hash(quads: Path) -> tuple[int, str]:
    """How many lines these sorted N-Quads have, and their SHA-256.

    Without blank nodes the canonical form of a dataset is its canonical N-Quads in code point
    order (RDF Dataset Canonicalization 1.0, section 4.4), and that is what a build is. Lines out
    of order are a :class:`ReleaseError`.
    """
    count, digest, before = 0, hashlib.sha256(), b""
    with quads.open("rb") as lines:
        for line in lines:
            if line <= before:
                raise ReleaseError(f"{quads}: line {count + 1} is out of order")
            digest.update(line)
            count, before = count + 1, line
    return count, digest.hexdigest()


def _checksums(folder: Path, files: Iterable[File]) -> File:
    """The checksums as ``sha256sum --check`` reads them."""
    lines = sorted(f"{file.sha256}  {file.name}\n" for file in files)
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
    return described(folder, CHECKSUMS, "text/plain", crate.OF_RELEASE)


def _document(release: Release) -> bytes:
    members = {
        "version": release.version,
        "base": release.base,
        "issued": release.issued.isoformat(),
        "quads": release.quads,
        "canonicalHash": release.canonical_hash,
        "canonicalisation": "RDFC-1.0, SHA-256",
        "files": [asdict(file) for file in release.files],
    }
    return json.dumps(members, indent=2, ensure_ascii=False).encode() + b"\n"


def _read(folder: Path) -> Release | None:
    """A release as its folder describes it; none where it can not be read."""
    try:
        members = json.loads((folder / RELEASE).read_bytes())
        return Release(
            folder,
            members["version"],
            members["base"],
            datetime.fromisoformat(members["issued"]),
            members["quads"],
            members["canonicalHash"],
            tuple(File(**file) for file in members["files"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.error("release %s can not be read: %s", folder, error)
        return None


def _remove(release: Release) -> None:
    """Remove the files of a release, and remember that it was there."""
    gone = release.folder.with_name(GONE)
    gone.mkdir(exist_ok=True)
    (gone / release.version).touch()
    aside = Path(mkdtemp(prefix=_REMOVED, dir=gone.parent))
    release.folder.rename(aside / release.version)
    shutil.rmtree(aside, ignore_errors=True)


def _point(link: Path, target: str) -> None:
    fresh = link.with_name(f".{link.name}-{os.getpid()}")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Be the only one to make a release there, and clear away what others left half done."""
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for pattern in (_MAKING, _REMOVED):
            for left in folder.glob(f"{pattern}*"):
                shutil.rmtree(left, ignore_errors=True)
        yield


def _sync(folder: Path) -> None:
    """See to it that what is in a folder is on the disk itself."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
