"""PDF in, text out: in reading order, with boxes, tables, notes and running titles set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ingest.limits import Limits
from ingest.readers.extraction import Extraction, UnreadableError
from ingest.readers.pdf.layout.furniture import lift_furniture
from ingest.readers.pdf.layout.geometry import Page, Segment
from ingest.readers.pdf.layout.joins import join_interrupted
from ingest.readers.pdf.layout.lines import PrintedBlock, printed_lines
from ingest.readers.pdf.layout.pages import PageLayouts
from ingest.readers.pdf.letters import Letters
from ingest.readers.pdf.source import open_pdf
from ingest.readers.pdf.text import PdfText

_LEAST_LETTERS = 20  # on a page; with fewer on most pages the text is in the pictures
_MOST_LOST = 0.3  # share of letters without a meaning


def read_pdf(data: bytes, name: str, limits: Limits) -> Extraction:
    """Read a PDF by where its letters stand; structure names the elements by their style.

    Raises ``UnreadableError`` for a file that is damaged, encrypted, scanned or beyond the limits,
    and for one whose letters cannot be told.
    """
    with open_pdf(data, name, limits) as source:
        pages: list[Page] = []
        found: list[Letters] = []
        for page, letters in source.pages():
            pages.append(page)
            found.append(letters)
        properties = source.properties()
    _check_text(pages, found, name)
    furniture = lift_furniture(pages, _body_size(pages))
    taken_apart = PageLayouts(pages, _body_size(pages))
    layouts = taken_apart.blocks()
    text = PdfText(name, limits.characters)
    for page, (above, below), blocks in zip(pages, furniture, layouts, strict=True):
        whole = [*_noise(above, page), *blocks, *_noise(below, page)]
        text.page(whole, page.links, page.number)
    printed = [b for blocks in layouts for b in blocks if not b.noise]
    groups = join_interrupted(printed, taken_apart.habits.indents)
    elements = sorted(map(text.element, groups), key=lambda e: e.lines[0].start)
    return Extraction(
        text=text.text,
        lines=tuple(text.lines),
        pages=len(pages),
        elements=tuple(elements),
        references=tuple(sorted(text.references, key=lambda r: r.span)),
        links=tuple(sorted(text.links, key=lambda link: link.span)),
        properties=properties,
    )


def _check_text(pages: Sequence[Page], letters: Sequence[Letters], name: str) -> None:
    """``UnreadableError`` for a file without text, or with text that means nothing."""
    count = sum(found.count for found in letters)
    bare = sum(
        found.count < _LEAST_LETTERS and bool(page.pictures)
        for page, found in zip(pages, letters, strict=True)
    )
    if count == 0 or bare > 0.8 * len(pages):
        raise UnreadableError(f"{name}: the file has no text layer (scanned?)")
    if sum(found.lost for found in letters) > _MOST_LOST * count:
        raise UnreadableError(
            f"{name}: the text layer is not usable (its letters have no known characters)"
        )


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for segment in page.segments:
            sizes[segment.face.size] += len(segment.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def _noise(segments: Sequence[Segment], page: Page) -> list[PrintedBlock]:
    """Running titles and page numbers, a block a line."""
    lines = printed_lines(segments, page.number)
    return [PrintedBlock([line], noise=True) for line in lines]
