"""Footnotes of a page: which anchors refer to which texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from ingest.readers.html.tags import BLOCKS, brief_words, names_of, tag_of

_LABEL = re.compile(r"[\[(]?\s*(\d{1,4}[a-z]?|[a-z]|[ivxlc]{1,7}|\*{1,5}|[†‡§#])\s*[\])]?", re.I)
_NEAR = 20  # elements at the head of a block, among which a note's label stands
_LABEL_SIZE = 12  # characters of a label with its brackets
_NOTE_NAME = re.compile(
    r"_?(?:sd)?(?:ftn|edn|fn|foot-?note|end-?note|voet-?noot|eind-?noot|noot|note|cite_note)"
    r"[-_:.]?[\w.:-]*\d[\w.:-]*",
    re.IGNORECASE,
)
_NOTE_CLASS = re.compile(
    r"(?:foot|end)-?note(?:-?ref(?:erence)?|-?anchor|-?link)?|fn-?ref|noot-?(?:ref|num|verwijzing)"
    r"|(?:voet|eind)-?noot(?:-?(?:ref|verwijzing))?|mso(?:foot|end)notereference"
    r"|sd(?:foot|end)noteanc"
)
_BACK_NAME = re.compile(r"_?(?:sd)?(?:ftn|edn|fn|foot-?note|end-?note|noot|cite_?)-?_?ref.*", re.I)
_BACK_CLASS = re.compile(
    r"(?:foot|end)note-?back(?:ref|link)?|reverse-?footnote|(?:fn-?)?back-?ref"
)
_TEXT_CLASS = re.compile(
    r"(?:foot|end)-?note(?:-?(?:text|item|body))?|(?:voet|eind)-?noot|noot|mso(?:foot|end)notetext"
)
_WORD_NOTE = re.compile(r"mso-element\s*:\s*(?:footnote|endnote)(?![\w-])", re.IGNORECASE)
_HOLDERS = frozenset(["p", "li", "div", "dd", "aside", "dt", "section"])
_WRAPPERS = frozenset(["a", "b", "em", "font", "i", "small", "span", "strong", "sup"])


@dataclass(slots=True)
class Notes:
    """What the walk over a page must know about notes.

    ``references`` are elements to be replaced by a reference with that label, ``definitions``
    blocks that are the text of a note, ``starts`` inline elements at which one begins within a
    block that holds several, ``dropped`` the links back to the text.
    """

    references: dict[etree._Element, str] = field(default_factory=dict)
    definitions: dict[etree._Element, str] = field(default_factory=dict)
    starts: dict[etree._Element, str] = field(default_factory=dict)
    dropped: set[etree._Element] = field(default_factory=set)


def find_notes(page: etree._Element) -> Notes:
    """All references with the texts they refer to."""
    finder = _Finder(page)
    finder.linked()
    finder.unlinked()
    return finder.notes


def without_label(text: Sequence[str], label: str) -> int:
    """How many characters of a note's pieces of text are its own label and what follows that."""
    whole = "".join(text)
    match = re.match(rf"\s*[\[(]?\s*{re.escape(label)}(?=(\W|\Z)?)\s*[\])]?[.:)]?\s*", whole)
    if match is None:
        return 0
    end = match.start() + whole[match.start() :].index(label) + len(label)
    ends, length = set(), 0
    for piece in text:
        length += len(piece)
        ends.add(length)
    return match.end() if match[1] is not None or end in ends else 0


class _Finder:
    """Looks through a page once, and pairs what it found."""

    def __init__(self, page: etree._Element) -> None:
        self.notes = Notes()
        self._anchors: list[etree._Element] = []
        self._raised: list[etree._Element] = []
        self._targets: dict[str, etree._Element] = {}
        self._order: dict[etree._Element, int] = {}
        self._homes: set[etree._Element] = set()  # references and the elements close around them
        for order, element in enumerate(page.iter()):
            self._note_down(element, order)

    def _note_down(self, element: etree._Element, order: int) -> None:
        tag = tag_of(element)
        name = element.get("id") or (element.get("name") if tag == "a" else None)
        anchor = tag == "a" and element.get("href", "").startswith("#")
        if name:
            self._targets.setdefault(name, element)
        if tag == "a" and (other := element.get("name")):
            self._targets.setdefault(other, element)
        if anchor:
            self._anchors.append(element)
        if tag == "sup":
            self._raised.append(element)
        if name or anchor or tag == "sup":
            self._order[element] = order

    def linked(self) -> None:
        """References that are links to their texts."""
        found: dict[etree._Element, tuple[str, etree._Element]] = {}  # target: label, reference
        for anchor in self._anchors:
            target = self._targets.get(anchor.get("href", "")[1:])
            if self._is_back(anchor, target):
                continue
            label = _label(anchor)
            if label and self._refers(anchor, target):
                self.notes.references[_wrapped(anchor, label)] = label
                self._homes.update(_home(anchor))
                if target is not None:
                    found.setdefault(target, (label, anchor))
        self._define(found)
        for anchor in self._anchors:
            target = self._targets.get(anchor.get("href", "")[1:])
            if anchor not in self._homes and self._is_back(anchor, target):
                self._back(anchor)

    def unlinked(self) -> None:
        """Raised figures in the text with the same at the head of a later block."""
        waiting: dict[str, etree._Element] = {}
        for raised in self._raised:
            match = _LABEL.fullmatch(brief_words(raised, _LABEL_SIZE))
            if not match or not match[1].isdecimal() or self._is_known(raised):
                continue
            label, holder = match[1], _holder(raised)
            if holder is not None and _is_first(raised, holder):
                reference = waiting.pop(label, None)
                if reference is not None and holder not in self.notes.definitions:
                    self.notes.references[reference] = label
                    self.notes.definitions[holder] = label
            else:
                waiting.setdefault(label, raised)

    def _is_known(self, raised: etree._Element) -> bool:
        own = (raised, *raised.iterdescendants(), *raised.iterancestors())
        return any(e in self.notes.references or e in self.notes.definitions for e in own)

    def _refers(self, anchor: etree._Element, target: etree._Element | None) -> bool:
        """Whether a link with a label for its text is a reference to a note."""
        marked = (
            anchor.get("role") == "doc-noteref"
            or bool(_NOTE_NAME.fullmatch(anchor.get("href", "")[1:]))
            or any(_NOTE_CLASS.fullmatch(name) for name in _names_around(anchor))
        )
        if target is None:
            return marked
        later = self._order[target] > self._order[anchor]
        return later and (marked or _is_raised(anchor))

    def _is_back(self, anchor: etree._Element, target: etree._Element | None) -> bool:
        """Whether a link leads from a note back to its reference."""
        if anchor.get("role") == "doc-backlink":
            return True
        if any(_BACK_CLASS.fullmatch(name) for name in names_of(anchor)):
            return True
        if _BACK_NAME.fullmatch(anchor.get("href", "")[1:]):
            return True
        if target is None or self._order[target] > self._order[anchor]:
            return False
        return target in self._homes

    def _back(self, anchor: etree._Element) -> None:
        """Leave a link back out, unless its text is the printed label of the note."""
        holders = [e for e in anchor.iterancestors() if e in self.notes.definitions]
        label = self.notes.definitions[holders[0]] if holders else ""
        printed = _label(anchor)
        starts = anchor in self.notes.starts or anchor in self.notes.definitions
        if not starts and not (printed and printed == label) and (holders or not printed):
            self.notes.dropped.add(anchor)

    def _define(self, found: dict[etree._Element, tuple[str, etree._Element]]) -> None:
        """Find the text of each note around the target of its reference."""
        held: dict[etree._Element, list[etree._Element]] = {}
        for target, (_, reference) in found.items():
            holder = _holder(target)
            if holder is None:
                continue
            around = set(reference.iterancestors())
            held.setdefault(holder if holder in around else _widest(holder, around), []).append(
                target
            )
        for holder, targets in held.items():
            references = [found[target][1] for target in targets]
            alone = len(targets) == 1 and not any(
                holder in set(reference.iterancestors()) for reference in references
            )
            if alone and tag_of(holder) == "dt":
                self._term(holder, found[targets[0]][0])
            elif alone:
                self.notes.definitions[holder] = found[targets[0]][0]
            else:
                inline = (target for target in targets if tag_of(target) not in BLOCKS)
                self.notes.starts.update((target, found[target][0]) for target in inline)

    def _term(self, term: etree._Element, label: str) -> None:
        """A note in a definition list: the term is its label, the description its text."""
        description = term.getnext()
        if description is not None and tag_of(description) == "dd":
            self.notes.dropped.add(term)
            self.notes.definitions[description] = label
        else:
            self.notes.definitions[term] = label


def _stripped(element: etree._Element) -> str:
    return brief_words(element, _LABEL_SIZE).strip("[]() ")


def _label(anchor: etree._Element) -> str:
    match = _LABEL.fullmatch(brief_words(anchor, _LABEL_SIZE))
    return match[1] if match else ""


def _names_around(anchor: etree._Element) -> Iterator[str]:
    """The classes of a link, of what is directly around it and of what is directly in it."""
    yield from names_of(anchor)
    parent = anchor.getparent()
    if parent is not None and tag_of(parent) in _WRAPPERS:
        yield from names_of(parent)
    for child in anchor:
        yield from names_of(child)


def _is_raised(anchor: etree._Element) -> bool:
    if next(anchor.iterdescendants("sup"), None) is not None:
        return True
    parent = anchor.getparent()
    return parent is not None and tag_of(parent) == "sup"


def _wrapped(anchor: etree._Element, label: str) -> etree._Element:
    """The outermost element that holds nothing but the reference and its brackets."""
    outer = anchor
    for ancestor in anchor.iterancestors():
        if tag_of(ancestor) not in _WRAPPERS or _stripped(ancestor) != label:
            break
        outer = ancestor
    return outer


def _home(anchor: etree._Element) -> Iterator[etree._Element]:
    """A reference, what is directly in it, and the inline elements around it."""
    yield anchor
    yield from anchor
    for ancestor in anchor.iterancestors():
        if tag_of(ancestor) not in _WRAPPERS:
            break
        yield ancestor


def _holder(target: etree._Element) -> etree._Element | None:
    """The block that holds a note's text; ``None`` where none can."""
    block: etree._Element | None = target
    while block is not None and tag_of(block) not in BLOCKS:
        block = block.getparent()
    return block if block is not None and tag_of(block) in _HOLDERS else None


def _widest(holder: etree._Element, beyond: set[etree._Element]) -> etree._Element:
    """The block around a note's first paragraph that is made for this one note."""
    for ancestor in holder.iterancestors():
        if ancestor in beyond or tag_of(ancestor) not in _HOLDERS:
            break
        if not _is_note(ancestor):
            break
        holder = ancestor
    return holder


def _is_note(element: etree._Element) -> bool:
    return (
        element.get("role") in ("doc-footnote", "doc-endnote")
        or bool(_WORD_NOTE.search(element.get("style", "")))
        or bool(_NOTE_NAME.fullmatch(element.get("id", "")))
        or any(_TEXT_CLASS.fullmatch(name) for name in names_of(element))
    )


def _is_first(raised: etree._Element, holder: etree._Element) -> bool:
    """Whether nothing stands before a raised figure in its block."""
    for element in islice(holder.iter(), _NEAR):
        if element is raised:
            return True
        if (element.text or "").strip() or tag_of(element) == "img":
            return False
        before = element.getprevious()
        if before is not None and (before.tail or "").strip():
            return False
    return False
