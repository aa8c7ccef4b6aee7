"""Every format is read as well as plain text: the seeds, rendered and read again.

Each seed is read as plain text, written as a web page, a DOCX file and a PDF in three layouts, and
read again. ``FLOORS`` says for each how well the worst of the five must do (F1; 1 is the same),
``MEANS`` how well all of them, just below what was measured. What a format can not show is left
out of the comparison: where footnotes and boxes are placed among the text, who is quoted in Word
and PDF, and, but for web pages, whether lines without marks are a list.

What is missed in PDF: paragraphs that end just where a column does, and so may or may not go on;
one-line paragraphs close together; captions without a word that says so; items without a mark.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields

import pytest

from ingest.document import BlockKind, Document
from ingest.read import read
from tests.ingest.reading import IDENTIFIERS, Documents
from tests.ingest.renderings import as_html, presentable
from tests.ingest.renderings_compared import compared, missed
from tests.ingest.renderings_docx import as_docx
from tests.ingest.renderings_pdf import Layout, as_pdf


@dataclass(frozen=True, slots=True)
class Floor:
    """How well the worst of the documents must be read in a rendering."""

    blocks: float
    sentences: float
    notes: float
    headings: float
    levels: float
    cells: float
    boxes: float


FLOORS = {
    "html": Floor(0.99, 0.99, 1.0, 1.0, 1.0, 1.0, 1.0),
    "docx": Floor(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "one-column.pdf": Floor(0.95, 0.98, 0.98, 0.98, 0.95, 1.0, 1.0),
    "two-columns.pdf": Floor(0.93, 0.97, 0.96, 0.99, 0.95, 0.86, 0.95),
    "boxes.pdf": Floor(0.95, 0.98, 0.99, 0.99, 0.95, 0.98, 1.0),
}
MEANS = {  # blocks and sentences, over the five
    "html": (0.995, 0.995),
    "docx": (1.0, 1.0),
    "one-column.pdf": (0.97, 0.99),
    "two-columns.pdf": (0.96, 0.98),
    "boxes.pdf": (0.98, 0.99),
}
RENDERINGS: dict[str, Callable[[Document], bytes]] = {
    "html": as_html,
    "docx": as_docx,
    "one-column.pdf": lambda document: as_pdf(document, Layout.ONE_COLUMN),
    "two-columns.pdf": lambda document: as_pdf(document, Layout.TWO_COLUMNS),
    "boxes.pdf": lambda document: as_pdf(document, Layout.BOXES),
}


@dataclass(frozen=True, slots=True)
class Renderings:
    """The seeds as they can be written, and as they are read again, each made once."""

    expected: dict[str, Document]
    _found: dict[tuple[str, str], Document] = field(default_factory=dict)

    def found(self, rendering: str, identifier: str) -> Document:
        """A seed as read from its rendering."""
        key = (rendering, identifier)
        if key not in self._found:
            data = RENDERINGS[rendering](self.expected[identifier])
            self._found[key] = read(data, identifier, f"{identifier}.{rendering}")
        return self._found[key]


@pytest.fixture(scope="session")
def renderings(documents: Documents) -> Renderings:
    return Renderings({name: presentable(one) for name, one in documents.items()})


@pytest.mark.parametrize("identifier", IDENTIFIERS)
@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_seed_is_read_the_same(renderings: Renderings, rendering: str, identifier: str) -> None:
    expected, found = renderings.expected[identifier], renderings.found(rendering, identifier)
    marks = rendering == "html"
    agreement, floor = compared(expected, found, marks=marks), FLOORS[rendering]
    differences = "\n".join(line[:160] for line in missed(expected, found, marks=marks)[:20])
    for part in fields(Floor):
        reached = getattr(agreement, part.name).f1
        wanted = getattr(floor, part.name)
        assert reached >= wanted, f"{part.name}: {reached:.3f} < {wanted}\n{differences}"


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_all_seeds_together(renderings: Renderings, rendering: str) -> None:
    """Over all five, blocks and sentences are read about as well as they stand in the format."""
    marks = rendering == "html"
    pairs = [(renderings.expected[i], renderings.found(rendering, i)) for i in IDENTIFIERS]
    shares = [compared(*pair, marks=marks) for pair in pairs]
    mean_blocks = sum(share.blocks.f1 for share in shares) / len(shares)
    mean_sentences = sum(share.sentences.f1 for share in shares) / len(shares)
    assert mean_blocks >= MEANS[rendering][0]
    assert mean_sentences >= MEANS[rendering][1]


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_every_list_mark_is_kept(renderings: Renderings, rendering: str) -> None:
    identifier = "2023-kabinetsreactie-iob-humanitaire-hulp"
    expected, found = renderings.expected[identifier], renderings.found(rendering, identifier)
    marks = [[b.marker for b in d.of_kind(BlockKind.LIST_ITEM)] for d in (expected, found)]
    assert sorted(marks[0]) == sorted(marks[1])


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_offsets_point_at_the_text_of_the_block(renderings: Renderings, rendering: str) -> None:
    for identifier in IDENTIFIERS:
        found = renderings.found(rendering, identifier)
        for block in found.blocks:
            for character, offset in zip(block.text.text, block.text.offsets, strict=True):
                assert character == " " or found.source.text[offset] == character


def test_who_is_quoted_is_kept(renderings: Renderings) -> None:
    identifier = "2022-beleidsnota-bhos"
    expected, found = renderings.expected[identifier], renderings.found("html", identifier)
    names = [[b.attribution for b in d.of_kind(BlockKind.PULL_QUOTE)] for d in (expected, found)]
    assert names[0] == names[1]
