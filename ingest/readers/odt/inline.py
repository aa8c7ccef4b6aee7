"""The text inside a paragraph of an ODT file: spans, links, notes, frames and page breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.package import is_web_address
from ingest.readers.extraction import Run, Style
from ingest.readers.odt.styles import Look, Styles
from ingest.readers.odt.xml import DRAW, OFFICE, TEXT, XLINK

_CHARACTERS = {
    TEXT + "s": " ",
    TEXT + "tab": "\t",
    TEXT + "line-break": "\n",
}
_LEFT_OUT = frozenset(
    (
        TEXT + "hidden-text",
        TEXT + "number",
        TEXT + "placeholder",
        TEXT + "ruby-text",
        TEXT + "script",
        TEXT + "tracked-changes",
        OFFICE + "annotation",
    )
)
_GROUPS = (DRAW + "frame", DRAW + "g", DRAW + "a")
PARAGRAPHS = (TEXT + "p", TEXT + "h")
_NO_LABEL = "*"
_MAXIMUM_LABEL = 20  # characters


@dataclass(slots=True)
class Gathered:
    """What a paragraph holds: text, and what is written after it.

    ``notes`` are labels with the notes' bodies, ``boxes`` the contents of frames.
    """

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, etree._Element]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    breaks_before: int = 0
    breaks_after: int = 0
    has_text: bool = False


class Inline:
    """Reads paragraphs."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._buffer: list[str] = []
        self._look: tuple[Style, str] = (Style(), "")
        self._found = Gathered()

    def read(self, paragraph: etree._Element, look: Look) -> Gathered:
        """The content of a paragraph."""
        self._found = Gathered()
        self._content(paragraph, look, "")
        self._flush()
        return self._found

    def _content(self, parent: etree._Element, look: Look, target: str) -> None:
        self._text(parent.text or "", look, target)
        for child in parent:
            self._child(child, look, target)
            self._text(child.tail or "", look, target)

    def _child(self, child: etree._Element, look: Look, target: str) -> None:
        tag = str(child.tag)
        if tag in _CHARACTERS:
            self._text(_CHARACTERS[tag], look, target)
        elif tag == TEXT + "span":
            named = self._styles.span(look, child.get(TEXT + "style-name") or "")
            self._content(child, named, target)
        elif tag == TEXT + "a":
            address = child.get(XLINK + "href") or ""
            self._content(child, look, address if is_web_address(address) else "")
        elif tag == TEXT + "note":
            if not look.hidden:
                self._note(child)
        elif tag == TEXT + "soft-page-break":
            self._break_page()
        elif tag.startswith(DRAW):
            self._found.boxes.extend(frames(child))
        elif tag.startswith(TEXT) and tag not in _LEFT_OUT:
            self._content(child, look, target)

    def _text(self, text: str, look: Look, target: str) -> None:
        if not text or look.hidden:
            return
        # a link is one run, whatever the looks of its parts
        same = target == self._look[1] if target else (look.style, "") == self._look
        if not same:
            self._flush()
            self._look = (look.style, target)
        # a line end in the file is a space; only a line break is one in the text
        self._buffer.append(text if text == "\n" else text.replace("\n", " "))
        self._found.has_text = self._found.has_text or not text.isspace()

    def _break_page(self) -> None:
        if self._found.has_text:
            self._found.breaks_after += 1
        else:
            self._found.breaks_before += 1

    def _note(self, note: etree._Element) -> None:
        body = note.find(TEXT + "note-body")
        citation = note.find(TEXT + "note-citation")
        if body is None:
            return
        label = ""
        if citation is not None:
            label = citation.get(TEXT + "label") or "".join(citation.itertext())
        label = " ".join(label.split())[:_MAXIMUM_LABEL] or _NO_LABEL
        self._flush()
        self._found.runs.append(Run("", note=label))
        self._found.notes.append((label, body))

    def _flush(self) -> None:
        if self._buffer:
            style, target = self._look
            self._found.runs.append(Run("".join(self._buffer), style, target=target))
            self._buffer.clear()


def frames(drawing: etree._Element) -> Iterator[etree._Element]:
    """What in a drawing holds paragraphs: text boxes, and shapes with text; boxes in boxes not."""
    waiting = [iter((drawing,))]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in _GROUPS:
            waiting.append(iter(child))
        elif str(child.tag).startswith(DRAW) and _holds_text(child):
            yield child


def note_paragraphs(body: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a note, those in lists among them."""
    waiting = [iter(body)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in PARAGRAPHS:
            yield child
        else:
            waiting.append(iter(child))


def _holds_text(element: etree._Element) -> bool:
    kinds = (*PARAGRAPHS, TEXT + "list")
    return element.tag == DRAW + "text-box" or any(child.tag in kinds for child in element)
