"""The IATI export: identifiers and codes, and what documents say of money, as tables.

For who matches this data with IATI's; no IATI file, for we report for no organisation
(https://iatistandard.org/en/iati-standard/203/organisation-identifiers/).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from server.publish.exports.csvw import write_metadata
from server.publish.exports.tables import rows, tables, write_readme, write_table
from server.publish.source import File, Source

EXPORT = "iati"


def write(source: Source, folder: Path) -> Iterator[File]:
    """Write the tables, what their columns are (CSV on the Web), and what they are not."""
    yield write_readme(folder, EXPORT)
    for table in tables(EXPORT):
        yield write_table(folder, table, rows(source, table))
        yield write_metadata(folder, table)
