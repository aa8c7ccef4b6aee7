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
        numbers = " ".join(s.number for s in numbered)
        assert numbers == "1 1.1 1.2 1.3 2 2.1 2.2 2.3 3 3.1 3.2 3.3 3.4 3.5 3.6 4"
        by_number = {s.number: s for s in numbered}
        for section in numbered:
            if "." in section.number:
                assert section.parent == by_number[section.number[0]].order
        assert by_number["1.1"].title == (
            "Het kader: de Internationale Veiligheidsstrategie en het Nederlandse "
            "ontwikkelingssamenwerkingsbeleid"
        )

    def test_no_label_of_a_figure_is_a_heading(self, documents: Documents) -> None:
        others = [s.title for s in documents[GUIDE].sections if not s.number]
        assert others == [
            "Voorwoord",
            "Leeswijzer",
            "Samenvatting",
            "Volledige stappenplan In zes fases",
            "Afkortingenlijst",
        ]

    def test_a_title_from_the_margin_heads_its_page(self, documents: Documents) -> None:
        document = documents[GUIDE]
        for title, first, last in (
            ("Voorwoord", "Vrede, vrijheid, veiligheid", "Ministers Timmermans"),
            ("Samenvatting", "De Internationale Veiligheidsstrategie (IVS)", "De geïntegreerde"),
        ):
            blocks = under(document, title)
            assert blocks[0].text.text.startswith(first)
            assert blocks[-1].text.text.startswith(last)
        assert any(b.text.text.startswith("Om effectief") for b in under(document, "Samenvatting"))

    def test_boxes_and_phases(self, documents: Documents) -> None:
        document = documents[GUIDE]
        marked = [b for b in document.of_kind(BlockKind.HEADING) if b.marker[:1] in "BF"]
        assert [b.marker for b in marked if b.marker.startswith("Box")] == [
            f"Box {n}" for n in range(1, 12)
        ]
        phases = [b for b in marked if b.marker.startswith("Fase")]
        assert [b.marker for b in phases[:6]] == [f"Fase {n}" for n in range(1, 7)]
        assert {b.level for b in phases[:6]} == {3}

    def test_boxes_end(self, documents: Documents) -> None:
        document = documents[GUIDE]
        ends = [document.blocks[box.blocks[-1]].text.text for box in document.boxes]
        assert [" ".join(end.split()[-3:]) for end in ends] == [
            "functionerende internationale rechtsorde.",
            "inzet effectief zijn.",
            "de civiele politie.",
            "straf- en procesrecht.",
            "de betrokken departementen.",
            "van het grondgebied.",
            "van Instituut Clingendael.",
            "en lokaal niveau.",
            "in het ACOTA-programma.",
            "and Democracy (SWIPD).",
            "monitoring en evaluatie.",
        ]

    def test_paragraphs_over_columns_and_pages(self, documents: Documents) -> None:
        document = documents[GUIDE]
        for words in (
            "voorbeelden van een geïntegreerde benadering op internationaal niveau",
            "besluiten die in urgente situaties vaak op relatief korte termijn nodig zijn",
            "ontwikkelings-gerelateerde betrokkenheid gewenst is, en anderzijds",
            "is evaluatie er enerzijds op gericht verantwoording af te leggen",
            "materiële bijdrage zal Nederland, als het enigszins kan",
            "de ogen en oren van de Nederlandse overheid in conflictgebieden",
        ):
            assert block_with(document, words).box is None

    def test_a_joined_paragraph_quotes_back_from_two_places(self, documents: Documents) -> None:
        document = documents[GUIDE]
        block = block_with(document, "is evaluatie er enerzijds op gericht")
        later, earlier = block.spans()
        assert earlier.start < later.start
        assert document.source.quote(later).endswith("evaluatie er enerzijds")
        assert document.source.quote(earlier).startswith("op gericht verantwoording")

    def test_doubled_line_ends(self, documents: Documents) -> None:
        block = block_with(documents[GUIDE], "Vrede, vrijheid, veiligheid en rechtsorde zijn")
        assert block.text.text.endswith("is gebaat bij stabiliteit in de wereld.")
        assert len(block.lines) == 4

    def test_footnotes(self, documents: Documents) -> None:
        document = documents[GUIDE]
        labels = [str(n) for n in range(1, 23)]
        assert [b.marker for b in document.of_kind(BlockKind.FOOTNOTE)] == labels
        references = {n.label for b in document.blocks for n in b.notes}
        assert references == set(labels)
        assert document.warnings == ()
        long = block_with(document, "De MJSP’s bevatten de beleidskaders")
        assert "Deze coherente en integrale visie is gebaseerd" in long.text.text

    def test_signatures_and_abbreviations(self, documents: Documents) -> None:
        document = documents[GUIDE]
        assert len(list(document.of_kind(BlockKind.SIGNATURE))) == 2
        items = [b.text.text for b in under(document, "Afkortingenlijst")]
        assert len(items) == 36
        assert items[0] == "3D Defence, Diplomacy and Development"
        assert items[-1] == "V&J Veiligheid & Justitie"

    def test_soft_hyphens_go_and_lost_letters_come_back_where_the_word_is_known(
        self, documents: Documents
    ) -> None:
        text = " ".join(b.text.text for b in documents[GUIDE].blocks)
        assert "politiepersoneel" in text
        assert "managemen\ufffdeam" not in text
        assert "ona\ufffdankelijkheid" in text
        assert "conictgebieden" not in text
