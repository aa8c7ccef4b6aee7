"""Headings of official publications: number and title of a section, rank of a subheading."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.readers.official.inline import InlineReader, InlineText, tag

# from the most to the least conspicuous way of setting a subheading
_CONSPICUOUS = ("vet", "halfvet", "vetcur", "cur", "ondlijn", "rom")
_SUBHEADINGS = frozenset(("tussenkop", "tuskop"))
_LONGEST = 200  # characters; some papers set whole sentences as subheadings in upright type
_SENTENCE_END = (".", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """A section's title, and the number or label before it ("3.1", "Artikel 2")."""

    marker: str
    text: InlineText


def heading_of(element: etree._Element, inline: InlineReader) -> SectionHeading:
    """The heading in a ``kop``; one with nothing but a label and number is its own title."""
    before = InlineText()
    title = InlineText()
    title.words(element.text)
    for child in element:
        name = tag(child)
        if name in ("label", "nr") and not title.text:
            before.join(inline.element(child), glue=" ")
        else:
            title.join(inline.element(child), glue=" ")
        title.words(child.tail)
    if not title.text:
        before.join(title)
        return SectionHeading("", before)
    title.notes[:0] = before.notes
    return SectionHeading(before.text, title)


def is_subheading(element: etree._Element, text: str) -> bool:
    """Whether what is marked as a subheading is one, and not a sentence set like it."""
    upright = _style(element) == "rom"
    return not (upright and (len(text) > _LONGEST or text.endswith(_SENTENCE_END)))


class SubheadingRanks:
    """The ranks of the subheadings within a section, by the ways of setting that it uses."""

    def __init__(self, section: etree._Element) -> None:
        styles = set()
        self.old = False
        stack = [section]
        while stack:
            for child in stack.pop():
                name = tag(child)
                if name in _SUBHEADINGS:
                    styles.add(_style(child))
                    self.old = self.old or name == "tuskop"
                elif name != "divisie":
                    stack.append(child)
        self._order = [style for style in _CONSPICUOUS if style in styles]

    def rank(self, element: etree._Element) -> int:
        """0 for the most conspicuous subheadings of the section."""
        style = _style(element)
        return self._order.index(style) if style in self._order else len(self._order)


def _style(element: etree._Element) -> str:
    return element.get("kopopmaak") or element.get("letat") or "vet"
