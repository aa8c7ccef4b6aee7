"""Fields in a DOCX file: their instructions are no text, and a table of contents is none either."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.package import is_web_address
from ingest.readers.docx.xml import W

_ADDRESS = re.compile(r'\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
_CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)
_CHARACTER = W + "fldChar"
_KIND = W + "fldCharType"
_MAXIMUM_CODE = 2000  # characters of an instruction that are looked at


@dataclass(slots=True)
class _Field:
    """A field that has begun: its instruction, and what its result is."""

    code: list[str] = field(default_factory=list)
    length: int = 0
    has_result: bool = False
    is_contents: bool = False
    target: str = ""


@dataclass(slots=True)
class Fields:
    """The fields within which the next text stands, outermost first.

    ``root`` is the part that is read; fields that begin in it without an end are passed over.
    """

    root: etree._Element
    _open: list[_Field] = field(default_factory=list)
    _codes: int = 0
    _contents: int = 0
    _stray: set[etree._Element] = field(default_factory=set)

    def __post_init__(self) -> None:
        begun: list[etree._Element] = []
        for character in self.root.iter(_CHARACTER):
            if character.get(_KIND) == "begin":
                begun.append(character)
            elif character.get(_KIND) == "end" and begun:
                begun.pop()
        self._stray.update(begun)

    @property
    def is_silent(self) -> bool:
        """Whether text here is an instruction or part of a table of contents."""
        return self._codes > 0 or self._contents > 0

    @property
    def target(self) -> str:
        """The web address to which text here is linked."""
        return self._open[-1].target if self._open else ""

    def instruct(self, text: str) -> None:
        """A piece of an instruction."""
        if self._open and self._open[-1].length < _MAXIMUM_CODE:
            self._open[-1].code.append(text)
            self._open[-1].length += len(text)

    def pass_character(self, character: etree._Element) -> None:
        """A field begins, its result begins, or it ends."""
        kind = character.get(_KIND)
        if kind == "begin" and character not in self._stray:
            self._open.append(_Field(target=self.target))
            self._codes += 1
        elif kind == "separate" and self._open and not self._open[-1].has_result:
            self._begin_result(self._open[-1])
        elif kind == "end" and self._open:
            ended = self._open.pop()
            self._codes -= not ended.has_result
            self._contents -= ended.is_contents

    def _begin_result(self, here: _Field) -> None:
        code = "".join(here.code)
        here.has_result = True
        here.is_contents = is_contents(code)
        here.target = address(code) or here.target
        self._codes -= 1
        self._contents += here.is_contents


def is_contents(code: str) -> bool:
    """Whether an instruction makes a table of contents or of figures."""
    return bool(_CONTENTS.match(code))


def address(code: str) -> str:
    """The web address in a link's instruction."""
    found = _ADDRESS.match(code)
    return found[1] if found and is_web_address(found[1]) else ""
