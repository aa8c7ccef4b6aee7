"""The structure of the periodic report and of the guide."""

from __future__ import annotations

import re

from ingest.document import BlockKind
from tests.ingest.reading import (
    GUIDE,
    REPORT,
    Documents,
    block_with,
    headings,
    under,
)


class TestReport:
    def test_headings(self, documents: Documents) -> None:
        found = headings(documents[REPORT])
        assert [(level, number) for level, number, _ in found] == [
            (1, "1"),
            (2, "1.1"),
            (2, "1.2"),
            (1, "2"),
            (2, "2.1"),
            (2, "2.2"),
            (2, "2.3"),
            (1, "3"),
            (2, "3.1"),
            (2, "3.2"),
            (2, "3.3"),
            (1, "4"),
            (2, "4.1"),
            (2, "4.2"),
            (3, "a"),
            (3, "b"),
            (3, "c"),
            (1, "5"),
            (2, "a"),
            (2, "b"),
            (2, "c"),
            (1, "6"),
        ]
        assert found[11][2] == "(Voorwaarden voor) doeltreffendheid en doelmatigheid"
        assert found[18][2] == "Verbeter de strategische aansturing van het beleid"

    def test_footnotes_printed_inline(self, documents: Documents) -> None:
        document = documents[REPORT]
        labels = [str(n) for n in range(2, 24)]
        assert [b.marker for b in document.of_kind(BlockKind.FOOTNOTE)] == labels
        references = [n for b in document.blocks for n in b.notes]
        assert [n.label for n in references] == labels
        assert document.source.quote(references[0].source) == "[footnoteRef:2]"
        first = next(document.of_kind(BlockKind.FOOTNOTE))
        assert first.text.text == "Ministerie van Financiën, 2023. Memorie van Toelichting."

    def test_bullets(self, documents: Documents) -> None:
        items = list(documents[REPORT].of_kind(BlockKind.LIST_ITEM))
        assert [b.marker for b in items] == ["·"] * 8
        assert items[0].text.text.startswith("Sub-artikel 1.1 betreft")

    def test_table(self, documents: Documents) -> None:
        (table,) = documents[REPORT].of_kind(BlockKind.TABLE)
        assert table.text.text.startswith("Uitgaven BZ-begrotingsartikel 1 voor de periode")
        cells = [line.text.strip() for line in table.lines if line.text.strip()]
        assert cells[-8:-1] == [
            "TOTAAL",
            "117.348",
            "110.811",
            "114.819",
            "120.179",
            "118.679",
            "118.321",
        ]

    def test_bookmarks_leave_the_text(self, documents: Documents) -> None:
        block = block_with(documents[REPORT], "biedt inzicht in de (voorwaarden voor)")
        assert block.text.text.startswith("Deze periodieke rapportage (PR) biedt")


class TestGuide:
    def test_numbered_headings(self, documents: Documents) -> None:
        sections = [s for s in documents[GUIDE].sections if re.match(r"\d", s.number)]
        numbered = [s for s in sections if s.level <= 2]
        assert [s.number for s in numbered] == (
            [
                "1.1",
                "1",
                "1.3",
                "1.2",
                "2.1",
                "2",
                "2.2",
                "2.3",
                "3.1",
                "3.2",
                "3",
                "3.5",
                "3.3",
                "3.4",
                "3.6",
                "4",
            ]
        )
        by_number = {s.number: s for s in numbered}
        for section in numbered:
            if "." in section.number:
                assert section.parent == by_number[section.number[0]].order
        assert by_number["1.1"].title == (
            "Het kader: de Internationale Veiligheidsstrategie en het Nederlandse "
            "ontwikkelingssamenwerkingsbeleid"
        )

    def test_boxes_and_phases(self, documents: Documents) -> None:
        document = documents[GUIDE]
        labelled = [
            (b.marker, b.level) for b in document.of_kind(BlockKind.HEADING) if b.marker[:1] in "BF"
        ]
        assert [m for m, _ in labelled if m.startswith("Box")] == [
            f"Box {n}" for n in (1, 2, 3, 4, 5, 6, 7, 9, 8, 10, 11)
        ]
        phases = [m for m, _ in labelled if m.startswith("Fase")]
        assert phases[:6] == [f"Fase {n}" for n in (2, 1, 3, 4, 5, 6)]
        assert {level for marker, level in labelled if marker} == {3}

    def test_doubled_line_ends(self, documents: Documents) -> None:
        block = block_with(documents[GUIDE], "Vrede, vrijheid, veiligheid en rechtsorde zijn")
        assert block.text.text.endswith("is gebaat bij stabiliteit in de wereld.")
        assert len(block.lines) == 4

    def test_footnotes(self, documents: Documents) -> None:
        document = documents[GUIDE]
        labels = {b.marker for b in document.of_kind(BlockKind.FOOTNOTE)}
        assert labels == {str(n) for n in range(1, 23)}
        references = {n.label for b in document.blocks for n in b.notes}
        assert references >= {str(n) for n in range(1, 23) if n != 11}

    def test_signatures_and_abbreviations(self, documents: Documents) -> None:
        document = documents[GUIDE]
        assert len(list(document.of_kind(BlockKind.SIGNATURE))) == 2
        items = [b.text.text for b in under(document, "Afkortingenlijst")]
        assert len(items) == 36
        assert items[0] == "3D Defence, Diplomacy and Development"
        assert items[-1] == "V&J Veiligheid & Justitie"

    def test_lost_characters_stay_and_soft_hyphens_go(self, documents: Documents) -> None:
        text = " ".join(b.text.text for b in documents[GUIDE].blocks)
        assert "politiepersoneel" in text
        assert "managemen\ufffdeam" in text
        assert "conictgebieden" in text

    def test_columns_out_of_order_are_not_joined(self, documents: Documents) -> None:
        block = block_with(documents[GUIDE], "Na de analyse volgt de geïntegreerde")
        assert block.text.text.endswith("civiele, militaire of ontwikkelings-gerelateerde")
