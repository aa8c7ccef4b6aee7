"""Files of a release: written the same way each time, compressed without a trace of the clock."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Protocol, cast

import zstandard

from server.publish.source import File

GZIP, ZSTD = "gzip", "zstd"
_SUFFIXES = {"": "", GZIP: ".gz", ZSTD: ".zst"}
MEDIA_TYPES = {GZIP: "application/gzip", ZSTD: "application/zstd"}
"""The media type of a compressed file by its packing (RFC 6713, RFC 8878)."""

_GZIP_LEVEL, _ZSTD_LEVEL = 6, 9
_BUFFER = 1 << 20


class Sink(Protocol):
    """Takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take these."""
        ...


class _Tee:
    """Gives what is written to each of its sinks."""

    def __init__(self, sinks: Iterable[Sink]) -> None:
        self._sinks = tuple(sinks)

    def write(self, data: bytes, /) -> int:
        for sink in self._sinks:
            sink.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing: a compressor that is flushed ends its block, and each of them costs bytes."""


def packed_name(name: str, packing: str) -> str:
    """The name of a file that holds the content of another, packed."""
    return name + _SUFFIXES[packing]


def described(folder: Path, name: str, media_type: str, of: str, packing: str = "") -> File:
    """A file that was written below the folder of a release; ``name`` is its path there."""
    path = folder / name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(name, media_type, path.stat().st_size, digest, of, packing)


@contextmanager
def opened(folder: Path, name: str, packings: Iterable[str]) -> Iterator[IO[bytes]]:
    """One content written to a file for each packing: ``name``, ``name.gz``, ``name.zst``."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        sinks = [
            _packed(stack, folder / packed_name(name, packing), packing) for packing in packings
        ]
        yield cast(IO[bytes], _Tee(sinks))


def _packed(stack: ExitStack, path: Path, packing: str) -> Sink:
    file = stack.enter_context(path.open("wb", buffering=_BUFFER))
    if packing == GZIP:  # neither name nor time in its header
        packed = gzip.GzipFile("", "wb", _GZIP_LEVEL, fileobj=file, mtime=0)
        return cast(Sink, stack.enter_context(packed))
    if packing == ZSTD:
        compressor = zstandard.ZstdCompressor(_ZSTD_LEVEL, write_checksum=True)
        return stack.enter_context(compressor.stream_writer(file, closefd=False))
    return file
