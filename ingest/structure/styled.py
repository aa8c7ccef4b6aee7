"""What an element is whose format does not say: judged by its style beside the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import BlockKind, Line
from ingest.readers.extraction import Element
from ingest.structure.chunks import Chunk, is_closed
from ingest.structure.drafts import cut_front
from ingest.structure.headings import can_be_title, is_named_chapter, number_mark
from ingest.structure.letters import is_signature
from ingest.structure.lists import ListState, Mark, marks
from ingest.structure.ranks import Ranks, body_style, stands_out
from ingest.structure.tables import is_table_caption

_CAPTION = re.compile(
    r"\s*(?:(?:Figuur|Figure|Fig\.|Afbeelding|Grafiek|Kaart|Diagram|Tabel|Table|Schema)\s*"
    r"(?:\d+(?:[.-]\d+)*[a-z]?|[IVX]+)?\s*(?P<after>[:.|–—-]\s)"
    r"|(?:Foto|Beeld|Bron|Illustratie|Photo|Source)\s*(?:\([^)]*\))?\s*:)"
)
_CONTENTS = re.compile(r"\s*Table of contents", re.IGNORECASE)
_NUMBERED_CAPTION = re.compile(
    r"\s*(?:Figuur|Figure|Fig\.|Afbeelding|Grafiek|Kaart|Diagram|Tabel|Table|Schema)\s+\d"
)
_CREDITED = re.compile(r"(?:Foto|Beeld|Bron|Photo|Source)\s*:|©|\S \| [^\W\d_][^|.]*$")
_CAPTION_LENGTH = 400  # characters
_QUOTE = re.compile(r"\s*[“‘\"„«'’]")
_QUOTE_END = re.compile(r"[”’\"“»'][.,]?\s*$")
_QUOTE_LENGTH = 30  # characters; shorter quoted words are a title
_ATTRIBUTION = re.compile(r"\s*(?:[–—-]\s*|Bron:\s*)(?=\S)")
_ATTRIBUTION_LENGTH = 120
_TITLE_LENGTH = 180  # characters; of a heading that is larger than the text
_TITLE_LINES = 5
_UNFIT_END = re.compile(r"[.;:,…]\s*$")
_BARE_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4})\.?\s*$")
_SUBJECT = re.compile(r"\s*(?:Betreft|Onderwerp|Datum|Aan|Van|Kenmerk|T|F|E|I)\b\s*:?\s")
_CREDIT_SIZE = 0.95  # of the body's size


def name_elements(elements: Sequence[Element]) -> list[Element]:
    """The elements, each with a kind: headings with levels, list items, captions, quotes ..."""
    merged = _merge_quotes(_merge_signatures(_merge_numbers(list(elements))))
    if all(e.kind is not None for e in merged):
        return merged
    namer = _Namer(merged)
    named = [namer.name(index) for index in range(len(merged))]
    ranks = Ranks(named, namer.body)
    return [
        replace(e, level=ranks.level(e))
        if e.kind is BlockKind.HEADING and before.kind is None
        else e
        for e, before in zip(named, merged, strict=True)
    ]


class _Namer:
    """Names elements one by one, with an eye on their neighbours."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._elements = elements
        self.body = body_style(elements)
        self._lists = ListState()

    def name(self, index: int) -> Element:
        """The element at ``index`` with its kind."""
        element = self._elements[index]
        if element.kind is not None:
            if element.kind in (BlockKind.HEADING, BlockKind.TABLE):
                self._lists.close()
            return element
        text = text_of(element)
        kind: BlockKind | None = None
        if self._is_caption(element, text):
            return replace(element, kind=BlockKind.CAPTION)
        if self._is_heading(index, text):
            kind = BlockKind.HEADING
        elif self._is_pull_quote(element, text):
            kind = BlockKind.PULL_QUOTE
        elif _is_signature(element):
            kind = BlockKind.SIGNATURE
        if kind is None and (item := self._list_item(element)):
            return item
        self._lists.close()
        return replace(element, kind=kind or BlockKind.PARAGRAPH, level=0)

    def _is_caption(self, element: Element, text: str) -> bool:
        if len(text) > _CAPTION_LENGTH:
            return False
        if _CAPTION.match(text) or (is_table_caption(text) and not _CONTENTS.match(text)):
            return True
        if self._is_smaller(element) and _CREDITED.search(text):
            return True
        differs = element.style != self.body
        return differs and bool(_NUMBERED_CAPTION.match(text)) and not _verbal(text)

    def _is_heading(self, index: int, text: str) -> bool:
        element = self._elements[index]
        mark = number_mark(text)
        title = text[mark.end :] if mark else text
        if len(element.body) > _TITLE_LINES or len(text) > _TITLE_LENGTH or not title.strip():
            return bool(_BARE_NUMBER.match(text)) and self._is_larger(element)
        if any(m.value == 0 for m in marks(text)) or not re.search(r"[^\W\d_]{2,}", title):
            return False
        outstanding = stands_out(element.style, self.body)
        if self._is_larger(element) and not _is_quoted(text) and not _UNFIT_END.search(title):
            return bool(re.match(r"\s*[\"'“‘(]?[^\Wa-z_]", title))
        fits = can_be_title(title[:1].upper() + title[1:]) and title[:1] not in "(&–-"
        if outstanding:
            return fits and not _is_quoted(text) and not _SUBJECT.match(text)
        if self._is_smaller(element):
            return False
        return fits and self._is_plain_heading(index, text, title)

    def _is_plain_heading(self, index: int, text: str, title: str) -> bool:
        """Whether a line in the style of the text is a heading by its number or wording."""
        element = self._elements[index]
        if len(element.body) > 1 or not self._text_follows(index):
            return False
        mark = number_mark(text)
        if mark is not None:
            return mark.depth > 1 and title[:1].isupper()
        if is_named_chapter(text):
            return not is_closed(text)
        letters = [c for c in text if c.isalpha()]
        capitals = len(letters) > 4 and all(c.isupper() for c in letters)
        return capitals or (element.style.italic and not self.body.italic)

    def _text_follows(self, index: int) -> bool:
        """Whether the next element can be the text under a heading."""
        if index + 1 >= len(self._elements):
            return False
        following = self._elements[index + 1]
        text = text_of(following)
        return following.kind in (None, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and (
            len(text) > 60 or bool(marks(text)) or following.kind is BlockKind.LIST_ITEM
        )

    def _is_larger(self, element: Element) -> bool:
        return bool(self.body.size) and element.style.size >= 1.12 * self.body.size

    def _is_smaller(self, element: Element) -> bool:
        return 0 < element.style.size < _CREDIT_SIZE * self.body.size

    def _is_pull_quote(self, element: Element, text: str) -> bool:
        if element.attribution:
            return True
        if not self.body.size or len(text) < _QUOTE_LENGTH:
            return False
        style = element.style
        apart = style.italic != self.body.italic or stands_out(style, self.body)
        return (apart and _is_quoted(text)) or (self._is_larger(element) and style.italic)

    def _list_item(self, element: Element) -> Element | None:
        mark = self._mark(element)
        if mark is None:
            return None
        entered = self._lists.enter(mark)
        body = cut_front(list(element.body), mark.end)
        if not body:
            return None
        return replace(
            element,
            kind=BlockKind.LIST_ITEM,
            body=tuple(body),
            marker=mark.text,
            level=element.level or entered,
        )

    def _mark(self, element: Element) -> Mark | None:
        """The mark that fits the lists that are open, else the first that begins one."""
        found = marks(element.body[0].text)
        accepted = [m for m in found if self._lists.accepts(m)]
        if accepted:
            return accepted[0]
        return found[-1] if found and element.level else None


def text_of(element: Element) -> str:
    """An element's body on one line."""
    return " ".join(line.text.strip() for line in element.body).strip()


def _verbal(text: str) -> bool:
    """Whether a text speaks of a figure instead of naming it: it is a sentence."""
    return is_closed(text)


def _is_quoted(text: str) -> bool:
    return bool(_QUOTE.match(text)) and len(text) >= _QUOTE_LENGTH and bool(_QUOTE_END.search(text))


def _is_signature(element: Element) -> bool:
    return is_signature(Chunk(list(element.body)))


def _merge_numbers(elements: list[Element]) -> list[Element]:
    """A chapter's number and the title that stands apart from it, as one element."""
    result: list[Element] = []
    for element in elements:
        last = result[-1] if result else None
        if (
            last is not None
            and last.kind is None
            and element.kind is None
            and _BARE_NUMBER.match(text_of(last))
            and last.style.size > 0
            and stands_out(last.style, body_style(elements))
            and stands_out(element.style, body_style(elements))
            and last.lines[0].page == element.lines[0].page
            and len(text_of(element)) < _TITLE_LENGTH
            and number_mark(text_of(element)) is None
        ):
            result[-1] = _together(last, element, element)
        else:
            result.append(element)
    return result


def _merge_signatures(elements: list[Element]) -> list[Element]:
    """The office and the name of who signs, where they stand apart."""
    result: list[Element] = []
    for element in elements:
        last = result[-1] if result else None
        if last is not None and last.kind is None and element.kind is None:
            both = [*last.body, *element.body]
            apart = is_signature(Chunk(list(last.body)))
            if not apart and len(both) <= 4 and is_signature(Chunk(both)):
                result[-1] = _together(last, element, last)
                continue
        result.append(element)
    return result


def _merge_quotes(elements: list[Element]) -> list[Element]:
    """A pull quote and the line below it that says whose it is."""
    body = body_style(elements)
    result: list[Element] = []
    for element in elements:
        last = result[-1] if result else None
        if last is not None and last.kind is None and element.kind is None:
            text, quote = text_of(element), text_of(last)
            apart = last.style.italic != body.italic or stands_out(last.style, body)
            named = bool(_ATTRIBUTION.match(text)) and len(text) <= _ATTRIBUTION_LENGTH
            near = last.box == element.box and last.lines[-1].page == element.lines[0].page
            if apart and near and named and _is_quoted(quote):
                who = _ATTRIBUTION.sub("", text)
                result[-1] = replace(last, lines=(*last.lines, *element.lines), attribution=who)
                continue
        result.append(element)
    return result


def _together(first: Element, second: Element, style: Element) -> Element:
    lines: tuple[Line, ...] = (*first.lines, *second.lines)
    return replace(first, lines=lines, body=(*first.body, *second.body), style=style.style)
