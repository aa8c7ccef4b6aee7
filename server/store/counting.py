"""The rows of an answer, counted in its bytes as they go by: the engine tells no number."""

from __future__ import annotations

from server.store.interface import CSV, N_QUADS, N_TRIPLES, RESULTS_JSON, RESULTS_XML, TSV

_MARKS = {
    RESULTS_JSON: b'}},{"',
    RESULTS_XML: b"<result>",
    CSV: b"\n",
    TSV: b"\n",
    N_TRIPLES: b"\n",
    N_QUADS: b"\n",
}
_BEFORE = {CSV: -1, TSV: -1, RESULTS_JSON: 1}  # a heading; marks stand between rows


class RowCounter:
    """Counts what separates rows (lines in CSV, so a text over several counts for more).

    In the other formats of graphs it counts nothing; for them there is the limit in bytes.
    """

    def __init__(self, media_type: str, most: int) -> None:
        self.most = most
        self._mark = _MARKS.get(media_type, b"")
        self._rest = b""
        self.rows = _BEFORE.get(media_type, 0)

    def feed(self, data: bytes) -> int:
        """Take the next bytes: the rows so far."""
        if self._mark:
            seen = self._rest + data
            self.rows += seen.count(self._mark)
            self._rest = seen[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""
        return self.rows
