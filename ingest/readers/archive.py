"""Packed files from strangers: only the parts that are asked for are unpacked, within limits."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO
from types import MappingProxyType

from lxml import etree

from ingest.limits import Limits
from ingest.readers.extraction import UnreadableError
from ingest.readers.safe_xml import parse_xml

MAXIMUM_MEMBERS = 10_000
"""More parts than any real document has; the list itself costs memory."""
MAXIMUM_MARKS = 5_000_000
"""Tags and attributes in all XML parts together: each costs a hundred bytes or more in memory."""
_REASON = 120  # characters
_ENTRY = b"PK\x01\x02"  # an entry in the list of members
_ENCRYPTED = 0x1
_CHUNK = 1 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    OverflowError,
    RuntimeError,  # and NotImplementedError: a feature of zip that is not supported
)


class Archive:
    """A zip archive in memory.

    Raises ``UnreadableError`` for a damaged archive, one with encrypted or doubled members, and
    one with names that point outside it.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._unpacked = 0
        self._marks = 0
        if data.count(_ENTRY) > MAXIMUM_MEMBERS:
            raise UnreadableError(f"{name}: more than {MAXIMUM_MEMBERS:,} parts in it")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGE as error:
            raise UnreadableError(f"{name}: a damaged archive: {_reason(error)}") from error
        found: dict[str, zipfile.ZipInfo] = {}
        for member in members:
            self._check_member(member)
            if member.filename.lower() in found:
                raise UnreadableError(f"{name}: part {member.filename!r} is in it twice")
            found[member.filename.lower()] = member
        self._members = MappingProxyType(found)

    def __contains__(self, part: str) -> bool:
        """Whether the archive has a part; names differ by more than case."""
        return part.lower() in self._members

    def read(self, part: str) -> bytes:
        """The unpacked bytes of a part."""
        member = self._members.get(part.lower())
        if member is None:
            raise UnreadableError(f"{self._name}: part {part!r} is missing")
        self._check_size(member, member.file_size)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    self._check_size(member, size)
                    pieces.append(piece)
        except UnreadableError:
            raise
        except _DAMAGE as error:
            reason = f"part {part!r} is damaged: {_reason(error)}"
            raise UnreadableError(f"{self._name}: {reason}") from error
        self._unpacked += size
        return b"".join(pieces)

    def xml(self, part: str) -> etree._Element:
        """The root element of a part that is XML."""
        data = self.read(part)
        self._marks += data.count(b"<") + data.count(b"=")
        if self._marks > MAXIMUM_MARKS:
            raise UnreadableError(f"{self._name}: more than {MAXIMUM_MARKS:,} tags and attributes")
        return parse_xml(data, f"{self._name}: part {part!r}", self._limits)

    def _check_member(self, member: zipfile.ZipInfo) -> None:
        steps = member.filename.split("/")
        if "\\" in member.orig_filename or "\x00" in member.orig_filename or ":" in steps[0]:
            raise UnreadableError(f"{self._name}: refused, a part is named {member.filename!r}")
        if member.filename.startswith("/") or ".." in steps:
            raise UnreadableError(f"{self._name}: refused, a part is named {member.filename!r}")
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableError(f"{self._name}: encrypted")

    def _check_size(self, member: zipfile.ZipInfo, size: int) -> None:
        limits = self._limits
        if self._unpacked + size > limits.expanded_bytes:
            raise UnreadableError(
                f"{self._name}: unpacks to more than the {limits.expanded_bytes:,} bytes"
                " that are allowed"
            )
        if size > limits.expansion_ratio * max(member.compress_size, 1):
            raise UnreadableError(
                f"{self._name}: part {member.filename!r} unpacks to more than"
                f" {limits.expansion_ratio} times its packed size"
            )
        if member.compress_type not in _METHODS:
            raise UnreadableError(
                f"{self._name}: part {member.filename!r} is packed in an unusual way"
            )


def _reason(error: Exception) -> str:
    """An error in few words; some quote the damaged bytes at length."""
    lines = str(error).splitlines()
    if not lines:
        return type(error).__name__
    return lines[0] if len(lines[0]) <= _REASON else lines[0][:_REASON] + "…"
