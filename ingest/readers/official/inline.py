"""Running text of official publications: emphasis, references, links and footnotes in a line."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.readers.extraction import PLAIN, Run, Style

_BREAKS = frozenset(("br", "nl"))
_NOTES = frozenset(("noot", "nootref", "voetref"))
_NAME_PARTS = frozenset(("voornaam", "voorvoegsels", "achternaam"))
_BOLD = frozenset(("vet", "halfvet", "vetcur"))
_ITALIC = frozenset(("cur", "vetcur"))
_BOLD_TAGS = frozenset(("b", "strong"))
_ITALIC_TAGS = frozenset(("i", "em", "cite"))
_LINE_ENDS = re.compile(r"[^\S\u00a0]+")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote found in running text: its label, and its text as runs."""

    label: str
    runs: tuple[Run, ...]


@dataclass(slots=True)
class InlineText:
    """Runs of a piece of text, and the footnotes that were defined or called in it."""

    runs: list[Run] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words alone, on one line."""
        return " ".join("".join(run.text for run in self.runs if not run.note).split())

    def words(self, text: str | None, style: Style = PLAIN, target: str = "") -> None:
        """Add running text; its line ends are those of the file, not of the document."""
        if text:
            self.runs.append(Run(_LINE_ENDS.sub(" ", text), style, target=target))

    def join(self, other: InlineText, glue: str = "") -> None:
        """Add another piece behind this one."""
        if glue and self.runs and other.runs:
            self.runs.append(Run(glue))
        self.runs.extend(other.runs)
        self.notes.extend(other.notes)

    def trim(self) -> None:
        """Take the white space off the end."""
        while self.runs and not self.runs[-1].note:
            self.runs[-1] = replace(self.runs[-1], text=self.runs[-1].text.rstrip())
            if self.runs[-1].text:
                return
            self.runs.pop()


def tag(element: etree._Element) -> str:
    """The name of an element without its namespace; "" for an entity or the like."""
    name = element.tag
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def plain_text(element: etree._Element | None) -> str:
    """All words of an element on one line, its footnotes left out."""
    return "" if element is None else InlineReader().element(element).text


class OldNotes:
    """The footnotes that an old paper prints apart from the text that calls them."""

    def __init__(self, root: etree._Element) -> None:
        self._notes = [element for element in root.iter() if tag(element) == "voetnoot"]
        self._by_id = {e.get("id", ""): e for e in reversed(self._notes)}
        self._by_number = {e.get("nr", ""): e for e in reversed(self._notes)}
        self._taken: set[etree._Element] = set()

    def take(self, identifier: str, number: str) -> etree._Element | None:
        """The note that a reference calls; ``None`` if unknown or taken before."""
        note = self._by_id.get(identifier) if identifier else None
        if note is None and number:
            note = self._by_number.get(number)
        if note is None or note in self._taken:
            return None
        self._taken.add(note)
        return note

    def left(self) -> list[etree._Element]:
        """The notes that no reference called."""
        return [note for note in self._notes if note not in self._taken]


class InlineReader:
    """Turns mixed content into runs and collects the notes in it."""

    def __init__(self, old_notes: OldNotes | None = None) -> None:
        self._old_notes = old_notes
        self._labels: dict[str, str] = {}
        self._count = 0

    def element(self, element: etree._Element, style: Style = PLAIN) -> InlineText:
        """Everything within an element."""
        found = InlineText()
        found.words(element.text, style)
        for child in element:
            self.child(child, found, style)
            found.words(child.tail, style)
        return found

    def child(
        self, child: etree._Element, found: InlineText, style: Style = PLAIN, target: str = ""
    ) -> None:
        """Add an element that stands in running text, without what follows it."""
        name = tag(child)
        if not name:
            # an entity that only the publisher's own definition knows ("&eacute;")
            found.words(html.unescape(child.text or ""), style, target)
        elif name in _BREAKS:
            found.runs.append(Run("\n", style))
        elif name in _NOTES:
            self._note(child, name, found)
        else:
            if name in _NAME_PARTS and _follows_name(child):
                found.runs.append(Run(" ", style))
            style = _styled(child, name, style)
            target = _target(child, name) or target
            raised = name == "sup" and len(child) == 0 and (child.text or "").strip().isdecimal()
            text = (child.text or "").translate(_SUPERSCRIPT) if raised else child.text
            found.words(text, style, target)
            for inner in child:
                self.child(inner, found, style, target)
                found.words(inner.tail, style, target)

    def _note(self, element: etree._Element, name: str, found: InlineText) -> None:
        if name == "noot":
            note = self._definition(element)
            found.notes.append(note)
            found.runs.append(Run("", note=note.label))
            return
        key = element.get("refid", "")
        label = self._labels.get(key) or element.get("nr") or plain_text_of(element)
        old = self._old_notes.take(key, label) if self._old_notes else None
        label = label or (old.get("nr") if old is not None else "") or ""
        if label:
            found.runs.append(Run("", note=label))
        if old is not None:
            found.notes.append(self.old_note(old, label))

    def _definition(self, element: etree._Element) -> Note:
        """The text of a note that stands where it is called."""
        self._count += 1
        number = InlineText()
        text = InlineText()
        text.words(element.text)
        for child in element:
            if tag(child) == "noot.nr":
                number.join(self.element(child))
            else:
                text.join(self.element(child), glue=" ")
            text.words(child.tail)
        label = number.text.strip(" .)") or element.get("nr") or str(self._count)
        if key := element.get("id"):
            self._labels[key] = label
        return Note(label, _without_notes(text))

    def old_note(self, element: etree._Element, label: str = "") -> Note:
        """The text of a note that an old paper prints apart."""
        text = InlineText()
        text.words(element.text)
        for child in element:
            text.join(self.element(child), glue=" ")
            text.words(child.tail)
        self._count += 1
        return Note(label or element.get("nr") or str(self._count), _without_notes(text))


def plain_text_of(element: etree._Element) -> str:
    """The characters within an element, on one line."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _without_notes(text: InlineText) -> tuple[Run, ...]:
    """A note's runs with the text of a note within it in brackets, so that nothing is lost."""
    inner = {note.label: note for note in text.notes}
    runs: list[Run] = []
    for run in text.runs:
        if run.note and run.note in inner:
            runs.extend((Run(" ("), *inner[run.note].runs, Run(")")))
        elif not run.note:
            runs.append(run)
    return tuple(runs)


def _follows_name(element: etree._Element) -> bool:
    """Whether a part of a name directly follows another: "S." and "Dekker"."""
    before = element.getprevious()
    return before is not None and tag(before) in _NAME_PARTS and not (before.tail or "").strip()


def _styled(element: etree._Element, name: str, style: Style) -> Style:
    kind = element.get("type", "") if name == "nadruk" else ""
    if kind in _BOLD or name in _BOLD_TAGS:
        style = replace(style, bold=True)
    if kind in _ITALIC or name in _ITALIC_TAGS:
        style = replace(style, italic=True)
    return style


def _target(element: etree._Element, name: str) -> str:
    """What a reference refers to: an identifier ("kst-28844-261") or an address."""
    if name == "dossierref":
        dossier = element.get("dossier", "").strip()
        return f"dossier/{dossier}" if dossier else ""
    if name not in ("extref", "stukref", "a"):
        return ""
    target = (element.get("doc") or element.get("href") or "").strip()
    if element.get("soort") == "URL" and target.startswith("www."):
        return f"https://{target}"
    return target if not target.startswith("#") else ""
