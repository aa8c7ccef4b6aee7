"""How fast documents are read: ``python -m bench.reading [FILE...]``, on an idle machine.

Without files: the five seeds (plain text, megabytes a second of processor time) and a made PDF of
fifty pages in two columns.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from ingest.manifest import SEEDS, load
from ingest.read import read
from tests.ingest.test_reading_pdf import long_report

RUNS = 5


def seconds(data: bytes, name: str) -> float:
    """The best of some runs, in seconds of processor time."""
    best = float("inf")
    for _ in range(RUNS):
        started = time.process_time()
        read(data, "document", name=name)
        best = min(best, time.process_time() - started)
    return best


def main(paths: list[Path]) -> None:
    """Print a line for each document, and one for all."""
    files = {path.name: path.read_bytes() for path in paths}
    if not files:
        files = {e.file: (SEEDS / e.file).read_bytes() for e in load().values()}
        files["rapport.pdf"] = long_report(50)
    text_bytes = text_seconds = 0.0
    for name, data in files.items():
        took = seconds(data, name)
        print(f"{name:50} {len(data):9,} bytes  {took:6.3f} s  {len(data) / took / 1e6:5.2f} MB/s")
        if name.endswith(".txt"):
            text_bytes, text_seconds = text_bytes + len(data), text_seconds + took
    if text_seconds:
        print(f"plain text: {text_bytes / text_seconds / 1e6:.2f} MB/s")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
