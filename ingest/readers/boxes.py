"""Boxes that get their number only when something is written in them."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.document import BlockKind
from ingest.readers.extraction import Run
from ingest.readers.text_writer import TextWriter


class Frame:
    """A text set apart; one without text leaves no trace."""

    def __init__(self, writer: TextWriter) -> None:
        self._writer = writer
        self._number: int | None = None

    def number_for(self, kind: BlockKind | None, runs: Iterable[Run]) -> int | None:
        """The box in which an element stands; a caption alone makes none."""
        written = any(run.text.strip() for run in runs if not run.note)
        if self._number is None and written and kind is not BlockKind.CAPTION:
            self._number = self._writer.open_box()
        return self._number


def box_of(frame: Frame | None, kind: BlockKind | None, runs: Iterable[Run]) -> int | None:
    """The number of the box for an element; ``None`` outside boxes."""
    return None if frame is None else frame.number_for(kind, runs)
