"""Receipts: what was asked, of which data, and what the answer was, kept for good.

A receipt is a file of its own, written beside and then linked to its name, so that it is there
whole or not at all; it is never changed. Its name is made of what it says: the same answer asked to
be cited twice is one receipt.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import shutil
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from queries.rows import Answer
from queries.text import Bilingual

LARGEST_ROWS = 8 * 1024 * 1024  # bytes, packed, of the rows that a receipt keeps
_UNPACKED = 128 * 1024 * 1024
_LEVEL = 9
_MAGIC = b"samenhang-receipt 1"
_SUFFIX, _UNFINISHED = ".receipt", ".unfinished"
_ID = re.compile(r"[0-9a-f]{20}")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


class ReceiptError(Exception):
    """A receipt can not be kept or read; the message says why."""


class NoRoomError(ReceiptError):
    """There is no room for another receipt."""


class DamagedReceiptError(ReceiptError):
    """The file of a receipt is not as it was written."""


@dataclass(frozen=True, slots=True)
class Given:
    """A parameter's value: the term in N-Triples and its short form; empty for no restriction."""

    term: str
    short: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is cited. ``version`` and ``fingerprint`` are the question's, ``dataset`` is the
    version of the data, ``digest`` that of :class:`~queries.rows.Answer`; ``time`` is in UTC
    (``2026-11-21T12:00:00Z``). With ``kept`` the rows themselves are there too.
    """

    question: str
    iri: str
    title: Bilingual
    version: str
    fingerprint: str
    parameters: Mapping[str, Given]
    language: str
    dataset: str
    digest: str
    rows: int
    variables: tuple[str, ...]
    time: str
    kept: bool

    @property
    def id(self) -> str:
        """Twenty hexadecimal digits of what it says, the time left out."""
        terms = {name: given.term for name, given in self.parameters.items()}
        said = (self.question, self.version, self.fingerprint, terms, self.dataset, self.digest)
        return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:20]


def is_id(text: str) -> bool:
    """Whether a text can be the id of a receipt."""
    return _ID.fullmatch(text) is not None


class ReceiptStore:
    """The receipts of a folder, at most ``most`` of them; ``reserve_bytes`` of its disk stay free.

    Its calls use the disk: not for an event loop. What a killed process left half is removed when
    the store is made.
    """

    def __init__(self, folder: Path, most: int, reserve_bytes: int) -> None:
        self._folder = folder
        self._most = most
        self._reserve = reserve_bytes
        self._turn = threading.Lock()
        self._tidy()
        self._count = self._counted()

    def __len__(self) -> int:
        return self._count

    def get(self, name: str) -> Receipt | None:
        """The receipt with an id; ``None`` where there is none."""
        content = self._content(name)
        return None if content is None else _receipt(content[0])

    def answer(self, name: str) -> Answer | None:
        """The rows as cited; ``None`` where they, or the receipt, are not kept."""
        content = self._content(name)
        if content is None or not content[1]:
            return None
        return _unpacked(content[1])

    def keep(self, receipt: Receipt, answer: Answer) -> tuple[Receipt, bool]:
        """The receipt as it is kept, and whether it is new; an earlier one stays as it is.

        :class:`NoRoomError` where it can not be added.
        """
        packed = _packed(answer)
        if len(packed) > LARGEST_ROWS:
            packed = b""
        made = Receipt(**{**_fields(receipt), "kept": bool(packed)})
        with self._turn:
            earlier = self.get(made.id)
            if earlier is not None:
                return earlier, False
            content = _written(made, packed)
            self._check_room(len(content))
            try:
                new = self._write(made.id, content)
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise NoRoomError("there is no room left on the disk") from error
                raise ReceiptError(f"{self._folder}: {error.strerror}") from error
            self._count += new
        return (made, True) if new else (self.get(made.id) or made, False)

    def _check_room(self, size: int) -> None:
        if self._count >= self._most:
            self._count = self._counted()  # some may have been taken away meanwhile
        if self._count >= self._most:
            raise NoRoomError(f"there are {self._most} receipts, as many as may be kept")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self._folder).free
        except OSError as error:
            raise ReceiptError(f"{self._folder}: {error.strerror}") from error
        if free - size < self._reserve:
            raise NoRoomError("there is no room left on the disk")

    def _write(self, name: str, content: bytes) -> bool:
        """Make the file; false where another process has made it meanwhile."""
        unfinished = self._folder / f"{name}.{os.getpid()}{_UNFINISHED}"
        try:
            with unfinished.open("wb") as file:
                fcntl.flock(file, fcntl.LOCK_EX)  # so that nobody takes it for a leftover
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                # A link, unlike a renaming, never takes the place of what is there.
                os.link(unfinished, self._folder / f"{name}{_SUFFIX}")
        except FileExistsError:
            return False
        finally:
            unfinished.unlink(missing_ok=True)
        _fsync(self._folder)
        return True

    def _content(self, name: str) -> tuple[dict[str, Any], bytes] | None:
        if not is_id(name):
            return None
        try:
            content = (self._folder / f"{name}{_SUFFIX}").read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ReceiptError(f"{self._folder}: {error.strerror}") from error
        head, _, rest = content.partition(b"\n")
        if head != _head(rest):
            raise DamagedReceiptError(f"receipt {name} is not as it was written")
        said, _, packed = rest.partition(b"\n")
        document: dict[str, Any] = json.loads(said)
        return document, packed

    def _counted(self) -> int:
        return sum(1 for _ in self._folder.glob(f"*{_SUFFIX}"))

    def _tidy(self) -> None:
        """Remove what is unfinished and nobody is writing."""
        for path in self._folder.glob(f"*{_UNFINISHED}"):
            with suppress(OSError), path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()


def tab_separated(answer: Answer) -> bytes:
    """An answer in SPARQL 1.1 Query Results TSV Format, the terms written in full."""
    head = "\t".join(f"?{name}" for name in answer.variables)
    return "".join(f"{line}\n" for line in (head, *answer.lines)).encode()


def _packed(answer: Answer) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL).compress(tab_separated(answer))


def _unpacked(packed: bytes) -> Answer:
    text = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_UNPACKED)
    solutions = parse_query_results(text, format=QueryResultsFormat.TSV)
    if not isinstance(solutions, QuerySolutions):
        raise DamagedReceiptError("the rows of a receipt are not rows")
    return Answer.of(solutions)


def _head(rest: bytes) -> bytes:
    return _MAGIC + b" " + sha256(rest).hexdigest().encode()


def _written(receipt: Receipt, packed: bytes) -> bytes:
    rest = json.dumps(asdict(receipt), ensure_ascii=False).encode() + b"\n" + packed
    return _head(rest) + b"\n" + rest


def _fields(receipt: Receipt) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in Receipt.__dataclass_fields__}


def _receipt(said: Mapping[str, Any]) -> Receipt:
    return Receipt(
        **{
            **said,
            "title": Bilingual(**said["title"]),
            "parameters": {name: Given(**one) for name, one in said["parameters"].items()},
            "variables": tuple(said["variables"]),
        }
    )


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
