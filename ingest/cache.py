"""Parts of the data set that were made before: ``{data}/cache/{key}/``.

A part is a folder with its quads (sorted N-Quads lines, packed), those of them that are compared
with other documents', the text of its document and ``part.json`` with their checksums, put in
place in one step. What does not match its checksum is as good as not there.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ingest.dataset import failure

CACHE = "cache"
_QUADS, _SHARED, _TEXT, _PART = "quads", "shared", "text.txt", "part.json"
_PIECE = 64 * 1024  # bytes of lines that are packed together
_LEVEL = 1  # of compression: N-Quads repeat themselves, speed matters more
_SIZE = 4  # bytes that say how long a packed piece is


@dataclass(frozen=True, slots=True)
class Cached:
    """A part on disk."""

    folder: Path
    account: Mapping[str, Any]

    @property
    def text(self) -> Path:
        """The file with the document's text."""
        return self.folder / _TEXT

    def lines(self) -> Iterator[bytes]:
        """The N-Quads lines in order."""
        return _unpacked(self.folder / _QUADS)

    def shared(self) -> Iterator[bytes]:
        """The lines of what is compared with other documents, in order."""
        return _unpacked(self.folder / _SHARED)


class Cache:
    """The parts of one data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / CACHE

    def find(self, key: str) -> Cached | None:
        """The part of this key, if it is there and whole."""
        folder = self.folder / key
        try:
            details = json.loads((folder / _PART).read_bytes())
            for name, expected in details["sha256"].items():
                with (folder / name).open("rb") as file:
                    if file_digest(file, "sha256").hexdigest() != expected:
                        return None
            return Cached(folder, dict(details["account"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def add(
        self,
        key: str,
        lines: Iterable[bytes],
        text: str,
        account: Mapping[str, Any],
        shared: Iterable[bytes] = (),
    ) -> Cached:
        """Keep a part; ``lines`` and ``shared``, which are some of them, are sorted."""
        try:
            return self._add(key, {_QUADS: lines, _SHARED: shared}, text, account)
        except OSError as error:
            raise failure(self.folder, error) from error

    def _add(
        self,
        key: str,
        files: Mapping[str, Iterable[bytes]],
        text: str,
        account: Mapping[str, Any],
    ) -> Cached:
        self.folder.mkdir(parents=True, exist_ok=True)
        making = Path(mkdtemp(prefix=".making-", dir=self.folder))
        try:
            for name, lines in files.items():
                _pack(making / name, lines)
            (making / _TEXT).write_bytes(text.encode("utf-8"))
            checksums = {}
            for name in (*files, _TEXT):
                with (making / name).open("rb") as file:
                    checksums[name] = file_digest(file, "sha256").hexdigest()
            details = {"account": dict(account), "sha256": checksums}
            (making / _PART).write_text(json.dumps(details), "utf-8")
            folder = self.folder / key
            shutil.rmtree(folder, ignore_errors=True)  # there may be a damaged one
            making.rename(folder)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return Cached(folder, dict(account))

    def prune(self, keep: Collection[str]) -> None:
        """Remove all parts but these, and what was left half made."""
        if self.folder.is_dir():
            for one in self.folder.iterdir():
                if one.name not in keep:
                    shutil.rmtree(one, ignore_errors=True)


def _pack(path: Path, lines: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for piece in _pieces(lines):
            packed = zlib.compress(piece, _LEVEL)
            file.write(len(packed).to_bytes(_SIZE) + packed)


def _unpacked(path: Path) -> Iterator[bytes]:
    """The lines of a packed file. It is open only while a piece is read, so that very many can
    be read side by side."""
    place = 0
    while True:
        with path.open("rb", buffering=0) as file:
            file.seek(place)
            size = int.from_bytes(file.read(_SIZE))
            packed = file.read(size)
        if not packed:
            return
        place += _SIZE + size
        yield from zlib.decompress(packed).splitlines(keepends=True)


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= _PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
