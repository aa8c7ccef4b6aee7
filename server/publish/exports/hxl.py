"""The HXL export: the countries that documents name, as tables that humanitarian tools read.

The second row has the tags of HXL 1.1 (https://hxlstandard.org/standard/1-1final/tagging/).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from server.publish.exports.tables import rows, tables, write_readme, write_table
from server.publish.source import File, Source

EXPORT = "hxl"


def write(source: Source, folder: Path) -> Iterator[File]:
    """Write the countries, and the passages from which they have their lists and policy areas."""
    yield write_readme(folder, EXPORT)
    for table in tables(EXPORT):
        yield write_table(folder, table, rows(source, table), tagged=True)
