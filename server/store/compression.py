"""Content codings in which an answer can be sent (RFC 9110, section 8.4.1), as streams."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

import brotli
import zstandard

SMALLEST = 1024  # bytes from which packing is worth it
_ZSTD_LEVEL, _BROTLI_QUALITY, _GZIP_LEVEL = 3, 4, 4  # quick: an answer is packed while it is sent
_GZIP_WINDOW = 31  # of zlib: the largest window, with gzip's header


class Compressor(Protocol):
    """Packs bytes piece by piece."""

    def compress(self, data: bytes) -> bytes:
        """What there is to send after these bytes; may be nothing yet."""
        ...

    def finish(self) -> bytes:
        """What there is to send at the end."""
        ...


class _Zstd:
    def __init__(self) -> None:
        self._object = zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()

    def compress(self, data: bytes) -> bytes:
        return self._object.compress(data)

    def finish(self) -> bytes:
        return self._object.flush()


class _Brotli:
    def __init__(self) -> None:
        self._object = brotli.Compressor(quality=_BROTLI_QUALITY)

    def compress(self, data: bytes) -> bytes:
        return bytes(self._object.process(data))

    def finish(self) -> bytes:
        return bytes(self._object.finish())


class _Gzip:
    def __init__(self) -> None:
        self._object = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)

    def compress(self, data: bytes) -> bytes:
        return self._object.compress(data)

    def finish(self) -> bytes:
        return self._object.flush()


CODINGS: dict[str, Callable[[], Compressor]] = {"zstd": _Zstd, "br": _Brotli, "gzip": _Gzip}
"""By name, in the order in which they are preferred."""
