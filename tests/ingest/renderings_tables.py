"""Tables set for PDF renderings: rows of ruled cells, in type small enough for their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from ingest.document import Block, Row
from tests.ingest.renderings import pieces, width
from tests.ingest.renderings_lines import Face, SetLine, broken

_AIR = 6.0
_SMALLEST = 4.5


@dataclass(frozen=True, slots=True)
class SetRow:
    """A row: the width of each cell and the lines in it."""

    widths: Sequence[float]
    cells: Sequence[Sequence[SetLine]]

    @property
    def height(self) -> float:
        """The height of the highest cell."""
        return max(sum(line.face.leading for line in lines) for lines in self.cells) + 5.0

    @property
    def notes(self) -> list[str]:
        """The footnotes that the row refers to."""
        return [label for lines in self.cells for line in lines for label in line.notes]

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Put the row on a page, each cell with a rule around it."""
        canvas.setLineWidth(0.4)
        for room, lines in zip(self.widths, self.cells, strict=True):
            canvas.rect(x, top - self.height, room, self.height)
            y = top - 1.0
            for line in lines:
                y -= line.face.leading
                line.draw(canvas, x + _AIR / 2, y)
            x += room


def set_rows(block: Block, regular: Face, bold: Face, room: float) -> Iterator[SetRow]:
    """The rows of a table of this width; headers in bold."""
    assert block.table is not None
    widths = _widths(block, room)
    size = _size(block, bold, widths[-1] - _AIR)
    for row in block.table.rows:
        face = replace(bold if row.header else regular, size=size)
        own = _merged(row, widths)
        yield SetRow(
            own,
            [
                broken(pieces(block, cell) if cell else [], face, room - _AIR)
                for cell, room in zip(row.cells, own, strict=True)
            ],
        )


def _widths(block: Block, room: float) -> list[float]:
    """The first column gets what the others, of figures, leave."""
    assert block.table is not None
    columns = width(block.table.rows)
    other = min(room * 0.7 / max(columns - 1, 1), room / columns)
    return [room - other * (columns - 1), *([other] * (columns - 1))]


def _merged(row: Row, widths: Sequence[float]) -> list[float]:
    """The last cell of a short row reaches to the end of the table."""
    last = len(row.cells) - 1
    return [*widths[:last], sum(widths[last:])]


def _size(block: Block, face: Face, room: float) -> float:
    """The size in which the longest word of the columns of figures fits."""
    assert block.table is not None
    words = [
        word
        for row in block.table.rows
        for cell in row.cells[1:]
        if cell is not None
        for word in block.text.text[cell.start : cell.end].split()
    ]
    widest = max((face.width(word) for word in words), default=0.0)
    return max(_SMALLEST, min(face.size, face.size * room / widest if widest else face.size))
