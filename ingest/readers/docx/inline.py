"""The text inside a paragraph of a DOCX file: runs, links, note references and page breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.docx.fields import Fields, address, is_contents
from ingest.readers.docx.notes import KINDS, Notes
from ingest.readers.docx.styles import Look, Styles, apply
from ingest.readers.docx.xml import M, R, W, children, text_boxes, value
from ingest.readers.extraction import Run, Style
from ingest.readers.list_marks import symbol

_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "\u00ad",
}
_REFERENCES = {W + tag: kind for tag, kind in KINDS.items()}
_DRAWINGS = (W + "drawing", W + "pict", W + "object")
_FORMULAS = (M + "oMath", M + "oMathPara")
_MAXIMUM_LABEL = 4  # characters of a note's own mark
_NO_LABEL = "*"


@dataclass(slots=True)
class Gathered:
    """What a paragraph holds: text, and what is written after it.

    ``notes`` are the keys of the notes that it refers to, ``boxes`` its text boxes.
    """

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    breaks_before: int = 0
    breaks_after: int = 0
    has_text: bool = False


class Inline:
    """Reads the paragraphs of one part; ``notes`` is ``None`` inside notes."""

    def __init__(
        self,
        root: etree._Element,
        styles: Styles,
        links: Mapping[str, str],
        notes: Notes | None = None,
        rendered: bool = False,
    ) -> None:
        self._styles = styles
        self._links = links
        self._notes = notes
        self._rendered = rendered
        self._fields = Fields(root)
        self._buffer: list[str] = []
        self._look: tuple[Style, str] = (Style(), "")
        self._unmarked: tuple[str, str] | None = None
        self._found = Gathered()

    def read(
        self, paragraph: etree._Element, look: Look, before: Gathered | None = None
    ) -> Gathered:
        """The content of a paragraph, appended to that of a paragraph ``before`` it."""
        self._found = before or Gathered()
        self._content(paragraph, look, "")
        self._settle_mark("")
        self._flush()
        return self._found

    def _content(self, parent: etree._Element, look: Look, target: str) -> None:
        for child in children(parent):
            tag = child.tag
            if tag == W + "r":
                self._run(child, look, target)
            elif tag == W + "hyperlink":
                self._content(child, look, self._links.get(child.get(R + "id") or "", ""))
            elif tag == W + "fldSimple":
                code = child.get(W + "instr") or ""
                if not is_contents(code):
                    self._content(child, look, address(code) or target)
            elif tag in _FORMULAS:
                self._text("".join(part.text or "" for part in child.iter(M + "t")), look, target)

    def _run(self, run: etree._Element, look: Look, target: str) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            if named := value(properties, "rStyle"):
                look = self._styles.character(look, named)
            look = apply(look, properties)
        for child in children(run):
            tag = child.tag
            if tag == W + "t":
                self._text(child.text or "", look, target)
            elif tag in _CHARACTERS:
                self._text(_CHARACTERS[tag], look, target)
            elif tag == W + "fldChar":
                self._fields.pass_character(child)
            elif tag == W + "instrText":
                self._fields.instruct(child.text or "")
            elif not look.hidden:
                self._special(child, look, target)

    def _special(self, child: etree._Element, look: Look, target: str) -> None:
        tag = child.tag
        if tag == W + "br":
            self._break(child, look, target)
        elif tag == W + "lastRenderedPageBreak":
            self._break_page(rendered=True)
        elif tag in _REFERENCES:
            self._refer(child, _REFERENCES[tag])
        elif tag == W + "sym":
            self._text(symbol(child.get(W + "char") or ""), look, target)
        elif tag in _DRAWINGS and not self._fields.is_silent:
            self._found.boxes.extend(text_boxes(child))

    def _text(self, text: str, look: Look, target: str) -> None:
        if not text or look.hidden or self._fields.is_silent:
            return
        if self._unmarked is not None and text.strip():
            text = self._settle_mark(text)
        target = target or self._fields.target
        # a link is one run, whatever the looks of its parts
        same = target == self._look[1] if target else (look.style, "") == self._look
        if not same:
            self._flush()
            self._look = (look.style, target)
        self._buffer.append(text)
        self._found.has_text = self._found.has_text or not text.isspace()

    def _break(self, element: etree._Element, look: Look, target: str) -> None:
        if element.get(W + "type") == "page":
            self._break_page(rendered=False)
        else:
            self._text("\n", look, target)

    def _break_page(self, *, rendered: bool) -> None:
        if rendered != self._rendered:
            return
        if self._found.has_text:
            self._found.breaks_after += 1
        else:
            self._found.breaks_before += 1

    def _refer(self, reference: etree._Element, kind: str) -> None:
        if self._notes is None or self._fields.is_silent:
            return
        key = (kind, reference.get(W + "id") or "")
        self._settle_mark("")
        if (reference.get(W + "customMarkFollows") or "0") in ("1", "true", "on"):
            self._unmarked = key
        else:
            self._mark(key, "")

    def _settle_mark(self, text: str) -> str:
        """Give a note that is waiting for its own mark the mark at the start of the text."""
        key, self._unmarked = self._unmarked, None
        if key is None:
            return text
        mark = next(iter(text.split(maxsplit=1)), _NO_LABEL)
        if len(mark) > _MAXIMUM_LABEL:
            mark = mark[0]
        self._mark(key, mark)
        return text.lstrip().removeprefix(mark)

    def _mark(self, key: tuple[str, str], custom: str) -> None:
        assert self._notes is not None
        self._flush()
        self._found.runs.append(Run("", note=self._notes.label(key, custom)))
        self._found.notes.append(key)

    def _flush(self) -> None:
        if self._buffer:
            style, target = self._look
            self._found.runs.append(Run("".join(self._buffer), style, target=target))
            self._buffer.clear()
