"""Which blocks are recommendations, and which respond to them.

Recommendations are announced: by a sentence that ends in a colon ("IOB raadt aan:"), by a heading
("Aanbevelingen"), or one by one ("Aanbeveling 3: ..."). What follows under a heading or label
such as "Kabinetsreactie" is the response to the group before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.document import Block, BlockKind, BlockRole, Section

_ADVISES = r"\b(?:raadt|raden|beveelt|bevelen|adviseert|adviseren)\b"
LEAD_IN = re.compile(
    rf"{_ADVISES}[^.]{{0,80}}\b(?:aan|om)\b[^.]*:\s*$|{_ADVISES}[^.]{{0,80}}:\s*$"
    r"|\baanbevelingen\b[^.]{0,60}:\s*$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^(?:\w+ ){0,2}aanbevelingen\b[^.?:]{0,60}$", re.IGNORECASE)
_SINGLE = re.compile(r"^aanbeveling\s+(\d{1,2}|[a-z])\b\s*[.:)–-]?", re.IGNORECASE)
_RESPONSE = re.compile(
    r"^(?:kabinets?|beleids|bestuurlijke\s)?reactie\b|^beleidsopties\b|^appreciatie\b"
    r"|^(?:reactie|standpunt|appreciatie)\s+(?:van\s+(?:het\s+)?)?kabinet\b",
    re.IGNORECASE,
)
_LABELLED_RESPONSE = re.compile(
    r"^(?:kabinets?|beleids)?reactie(?:\s+op\s+aanbeveling\s+\w+)?\s*:", re.IGNORECASE
)
_ITEM_HEADING = re.compile(r"^[a-z]\)$")
_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@dataclass
class _Reading:
    """Where in the advice we are, walking through the blocks."""

    blocks: Sequence[Block]
    sections: Sequence[Section]
    group: int = 0
    level: int = 0
    advising: bool = False
    answering: bool = False
    listed: bool = False
    roles: dict[int, tuple[BlockRole, int]] = field(default_factory=dict)

    def walk(self) -> None:
        for block in self.blocks:
            if block.kind is BlockKind.HEADING and not _is_item(block):
                self._heading(block)
            elif block.kind in (*_TEXT, BlockKind.HEADING):
                self._text(block)

    def _open(self) -> None:
        self.group += 1
        self.advising, self.answering, self.listed = True, False, False

    def _heading(self, block: Block) -> None:
        text = block.text.text
        if _RESPONSE.search(text):
            self.answering = self.group > 0
        elif _SINGLE.match(text) or _SINGLE.match(f"{block.marker} {text}"):
            self._open()
            self.level = block.level
            self._mark(block, BlockRole.RECOMMENDATION)
        elif _TITLE.match(text):
            self._open()
            self.level = block.level
        elif not self.answering or block.level <= self.level:
            self.advising = False
            self.answering = self.answering and block.level > self.level

    def _text(self, block: Block) -> None:
        text = block.text.text
        if LEAD_IN.search(text):
            self._open()
            self.level = self._level_around(block)
        elif self.group and _LABELLED_RESPONSE.match(text):
            self.answering = True
            self._mark(block, BlockRole.RESPONSE)
        elif _SINGLE.match(text):
            self._open()
            self._mark(block, BlockRole.RECOMMENDATION)
        elif self.answering:
            self._mark(block, BlockRole.RESPONSE)
        elif self.advising:
            self._recommended(block)

    def _recommended(self, block: Block) -> None:
        """An item of the list; text between its items belongs to it, text before it does not."""
        if block.kind is not BlockKind.PARAGRAPH or self.listed:
            self.listed = True
            self._mark(block, BlockRole.RECOMMENDATION)

    def _mark(self, block: Block, role: BlockRole) -> None:
        self.roles[block.order] = (role, self.group)

    def _level_around(self, block: Block) -> int:
        return self.sections[block.section].level if block.section is not None else 0


def with_roles(blocks: Sequence[Block], sections: Sequence[Section]) -> tuple[Block, ...]:
    """The blocks, those that recommend or respond marked with their role and group."""
    reading = _Reading(blocks, sections)
    reading.walk()
    return tuple(_marked(blocks, reading.roles))


def _marked(blocks: Sequence[Block], roles: dict[int, tuple[BlockRole, int]]) -> Iterator[Block]:
    for block in blocks:
        role, group = roles.get(block.order, (None, 0))
        yield replace(block, role=role, group=group) if role else block


def _is_item(block: Block) -> bool:
    """Whether a heading is one of the items: "a) Meer samenhang"."""
    return bool(_ITEM_HEADING.match(block.marker))
