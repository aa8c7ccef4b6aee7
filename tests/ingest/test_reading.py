"""What reading makes of the five seeds: nothing lost, and the structure a reader sees."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest

from ingest.document import Block, BlockKind, Document
from ingest.read import read

REACTION = "2023-kabinetsreactie-iob-humanitaire-hulp"
LETTER = "kst-35570-XVII-52"
REPORT = "2025-periodieke-rapportage-artikel-1"
GUIDE = "2014-leidraad-geintegreerde-benadering"
NOTE = "2022-beleidsnota-bhos"

IDENTIFIERS = (REACTION, LETTER, REPORT, GUIDE, NOTE)

Documents = dict[str, Document]


def headings(document: Document) -> list[tuple[int, str, str]]:
    return [(s.level, s.number, s.title) for s in document.sections]


def titles(document: Document) -> list[str]:
    return [s.title for s in document.sections]


def under(document: Document, title: str, occurrence: int = 0) -> list[Block]:
    """The blocks of a section without its subsections, its heading left out."""
    section = [s for s in document.sections if s.title == title][occurrence]
    return [b for b in document.blocks if b.section == section.order and b.order != section.heading]


def block_with(document: Document, words: str) -> Block:
    found = [b for b in document.blocks if words in b.text.text]
    assert len(found) == 1, f"{words!r} stands in {len(found)} blocks"
    return found[0]


def quotes(document: Document, block: Block) -> list[str]:
    return [document.source.quote(span) for span in block.spans()]


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalpha())


@pytest.mark.parametrize("identifier", IDENTIFIERS)
class TestEveryDocument:
    def test_every_character_belongs_to_one_block_or_to_noise(
        self, documents: Documents, identifier: str
    ) -> None:
        document = documents[identifier]
        text = document.source.text
        owners = [0] * len(text)
        for line in [*(line for b in document.blocks for line in b.lines), *document.noise]:
            assert text[line.start : line.end] == line.text
            for i in range(line.start, line.end):
                owners[i] += 1
        astray = [i for i, c in enumerate(text) if not c.isspace() and owners[i] != 1]
        assert [text[i - 20 : i + 20] for i in astray] == []

    def test_spans_quote_back(self, documents: Documents, identifier: str) -> None:
        document = documents[identifier]
        for block in document.blocks:
            quoted = "".join(quotes(document, block))
            quoted = re.sub(r"\[(?:bookmark|footnoteRef):[^\]]*\]", "", quoted)
            assert letters(quoted) == letters(block.text.text), block.text.text[:60]

    def test_spans_of_one_block_do_not_overlap_another_s(
        self, documents: Documents, identifier: str
    ) -> None:
        document = documents[identifier]
        spans = sorted(span for block in document.blocks for span in block.spans())
        assert [a for a, b in pairwise(spans) if a.overlaps(b)] == []

    def test_clean_text_is_clean(self, documents: Documents, identifier: str) -> None:
        for block in documents[identifier].blocks:
            text = block.text.text
            assert text == text.strip() and text
            assert not re.search(r"\s\s|[\n\t\u00a0\u00ad\u00ac]|\[bookmark|\[footnoteRef", text)

    def test_sentences_cover_the_text_in_order(self, documents: Documents, identifier: str) -> None:
        for block in documents[identifier].blocks:
            assert block.sentences[0].start == 0
            assert block.sentences[-1].end == len(block.text.text)
            for before, after in pairwise(block.sentences):
                assert block.text.text[before.end : after.start] == " "

    def test_blocks_stand_in_source_order(self, documents: Documents, identifier: str) -> None:
        blocks = documents[identifier].blocks
        assert [b.order for b in blocks] == list(range(len(blocks)))
        starts = [b.lines[0].start for b in blocks]
        assert starts == sorted(starts)

    def test_sections_and_blocks_agree(self, documents: Documents, identifier: str) -> None:
        document = documents[identifier]
        for section in document.sections:
            heading = document.blocks[section.heading]
            assert heading.kind is BlockKind.HEADING
            assert heading.section == section.order
            assert heading.level == section.level
            assert heading.text.text == section.title
            if section.parent is not None:
                assert document.sections[section.parent].level < section.level

    def test_reading_is_deterministic(self, documents: Documents, identifier: str) -> None:
        again = read(documents[identifier].source.text.encode(), identifier)
        assert again == documents[identifier]


def test_all_seeds_are_read_in_two_seconds(documents: Documents) -> None:
    started = time.process_time()
    for identifier, document in documents.items():
        read(document.source.text.encode(), identifier)
    assert time.process_time() - started < 2


class TestReaction:
    def test_headings(self, documents: Documents) -> None:
        assert headings(documents[REACTION]) == [
            (
                1,
                "",
                "BIJLAGE BIJ KAMERBRIEF: IOB-BELEIDSDOORLICHTING HUMANITAIRE HULP 2015 / 2021",
            ),
            (2, "", "Kabinetsreactie per thema"),
            (1, "I", "Humanitaire systeem en financiering"),
            (2, "", "Kabinetsreactie"),
            (1, "II", "Lokalisering, innovatie en nexus"),
            (2, "", "Lokalisering, inclusief risicodeling"),
            (3, "", "Kabinetsreactie lokalisering en risicodeling"),
            (4, "", "Nederlandse partners"),
            (4, "", "Lokalisering aanjagen: participatie, verantwoording, risicodeling"),
            (2, "", "Innovatie"),
            (3, "", "Kabinetsreactie Innovatie"),
            (2, "", "Nexus"),
            (3, "", "Kabinetsreactie Nexus"),
            (1, "III", "Humanitaire diplomatie"),
            (2, "", "Kabinetsreactie"),
            (1, "IV", "De humanitaire donor die mensen nodig hebben"),
            (2, "", "Kabinetsreactie"),
        ]

    @pytest.mark.parametrize(
        ("title", "markers"),
        [
            ("Humanitaire systeem en financiering", "i. ii. iii. iv. v. vi. vii. viii."),
            ("Lokalisering, inclusief risicodeling", "i. ii. iii. iv."),
            ("Innovatie", "i. ii. iii."),
            ("Nexus", "i. ii. iii. iv. v."),
            ("Humanitaire diplomatie", "i. ii. iii. iv. v."),
            ("De humanitaire donor die mensen nodig hebben", "i."),
        ],
    )
    def test_recommendations(self, documents: Documents, title: str, markers: str) -> None:
        blocks = under(documents[REACTION], title)
        assert blocks[0].text.text.startswith("IOB raadt aan")
        items = [b for b in blocks if b.kind is BlockKind.LIST_ITEM and b.level == 1]
        assert " ".join(b.marker for b in items) == markers
        assert len(items) + sum(b.level == 2 for b in blocks) == len(blocks) - 1

    def test_26_recommendations_in_all(self, documents: Documents) -> None:
        items = list(documents[REACTION].of_kind(BlockKind.LIST_ITEM))
        assert sum(b.level == 1 for b in items) == 26

    def test_sub_bullets_go_on_after_a_page_break(self, documents: Documents) -> None:
        blocks = under(documents[REACTION], "Humanitaire diplomatie")
        bullets = [b for b in blocks if b.level == 2]
        assert [b.marker for b in bullets] == ["\uf0b7"] * 6
        assert [b.page for b in bullets][-2:] == [7, 8]
        assert bullets[-1].text.text.startswith("Het verdient aanbeveling")
        assert blocks[-1].marker == "v."

    def test_an_item_over_a_blank_line_is_one_block(self, documents: Documents) -> None:
        item = block_with(documents[REACTION], "Het netwerk van regionale humanitaire")
        assert item.marker == "vii."
        assert item.text.text.endswith("personeel voor de contacten met DG ECHO;")

    def test_footnotes_are_lifted_out_of_paragraphs(self, documents: Documents) -> None:
        document = documents[REACTION]
        notes = list(document.of_kind(BlockKind.FOOTNOTE))
        assert [b.marker for b in notes] == ["1", "2", "3", "4", "5", "6"]
        paragraph = block_with(document, "Het kabinet verwelkomt de conclusies")
        assert "hulporganisaties niet alleen gericht zijn op het lenigen" in paragraph.text.text
        assert len(paragraph.breaks) == 1
        first, second = quotes(document, paragraph)
        assert first.endswith("hulporganisaties niet alleen")
        assert second.startswith("gericht zijn op")

    def test_a_page_break_without_footnotes_leaves_one_span(self, documents: Documents) -> None:
        document = documents[REACTION]
        paragraph = block_with(document, "Het kabinet is het grotendeels eens")
        assert "te verminderen. Dat vergt een inspanning van verschillende" in paragraph.text.text
        assert len(paragraph.spans()) == 1

    def test_references(self, documents: Documents) -> None:
        document = documents[REACTION]
        found = [n.label for b in document.blocks for n in b.notes]
        assert found == ["1", "2", "3", "4", "5", "6"]
        paragraph = block_with(document, "Zoals de IOB concludeert")
        assert "te verstrekken aan lokale organisaties. Dit geldt ook" in paragraph.text.text
        assert [document.source.quote(n.source) for n in paragraph.notes] == ["2", "3", "4"]

    def test_noise_is_the_page_number(self, documents: Documents) -> None:
        assert [line.text.strip() for line in documents[REACTION].noise] == ["1"]
        assert documents[REACTION].pages == 9


class TestLetter:
    def test_headings(self, documents: Documents) -> None:
        assert titles(documents[LETTER]) == [
            "Huidige context van wereldwijde ontheemding",
            "Nederlandse bilaterale inzet op opvang in de regio",
            "Prospects partnerschap",
            "Samenwerking met non-gouvernementele partners",
            "Thema’s",
            "Onderwijs",
            "Werkgelegenheid",
            "Bescherming",
            "Multilaterale (EU) inzet",
            "Duurzame oplossingen",
            "Relatie met opvanglanden",
            "Lokalisatie en de stem van ontheemden",
            "Conclusie en vooruitblik",
        ]

    def test_the_letterhead_holds_no_headings(self, documents: Documents) -> None:
        above = [b for b in documents[LETTER].blocks if b.section is None]
        assert [b.text.text for b in above][-2].startswith("Den Haag, 25 januari 2021")
        assert {b.kind for b in above} == {BlockKind.PARAGRAPH}

    def test_footnotes_without_numbers(self, documents: Documents) -> None:
        notes = list(documents[LETTER].of_kind(BlockKind.FOOTNOTE))
        assert [b.marker for b in notes] == [""] * 6 + ["17", "18", "19", "20", "21", "22", "23"]
        assert notes[0].text.text.startswith("Een vluchteling is iemand die")
        assert notes[0].text.text.endswith("als intern ontheemde mensen.")

    def test_references_form_a_whole_chain(self, documents: Documents) -> None:
        document = documents[LETTER]
        notes = [n for b in document.blocks for n in b.notes]
        assert [n.label for n in notes] == [str(n) for n in range(1, 34)]

    @pytest.mark.parametrize(
        "words",
        [
            "Met een brief van 14 oktober 2019 is uw Kamer",
            "vluchtelingen tussen 10 en 26 jaar van huis",
            "psychosociale ondersteuning (MHPSS) gekregen",
            "het totale budget voor dit partnerschap is 500 miljoen euro (2018-2023)",
            "met vele non-gouvernementele en lokale organisaties",
            "nog niet in zicht",
        ],
    )
    def test_numbers_and_words_keep_their_form(self, documents: Documents, words: str) -> None:
        assert any(words.casefold() in b.text.text.casefold() for b in documents[LETTER].blocks)

    def test_missing_notes_are_told(self, documents: Documents) -> None:
        warnings = documents[LETTER].warnings
        assert "note 33: referred to, but its text was not found" in warnings
        assert len(warnings) == 26

    def test_signature(self, documents: Documents) -> None:
        (signature,) = documents[LETTER].of_kind(BlockKind.SIGNATURE)
        assert signature.text.text == (
            "De Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking, S.A.M. Kaag"
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


class TestNote:
    def test_chapters(self, documents: Documents) -> None:
        chapters = [(s.number, s.title) for s in documents[NOTE].sections if s.level == 1]
        assert chapters == [
            ("", "Samenvatting: doen waar Nederland goed in is"),
            ("", "Inleiding: nieuwe wereld, nieuw beleid"),
            ("1", "Handelsbeleid: voor het Nederlandse verdienvermogen"),
            ("2", "Ontwikkelingssamenwerking: focus op wat werkt"),
            ("3", "Nederlandse oplossingen voor wereldwijde uitdagingen"),
            ("", "Financierings- en landenoverzicht"),
        ]

    @pytest.mark.parametrize(
        ("level", "title"),
        [
            (2, "Meer focus in Buitenlandse Handel"),
            (2, "Meer focus en extra investeren in Ontwikkelingssamenwerking"),
            (2, "Buitenlandse handel en ontwikkelingssamenwerking: samen sterker"),
            (2, "Klimaatactie (SDG13)"),
            (2, "Digitalisering"),
            (2, "Water (SDG6)"),
            (2, "Private sector ontwikkeling: focus op MKB in ontwikkelingslanden (SDG8)"),
            (
                2,
                "Mondiale gezondheid en Seksuele en Reproductieve Gezondheid & Rechten "
                "(SDG3 & SDG5)",
            ),
            (2, "Noodhulp (diverse SDG’s)"),
            (2, "Donor dilemma: vertrekken of actief blijven na een coup?"),
            (2, "Zes werkwijzen voor een strategisch en duurzaam handelsbeleid"),
            (3, "Bevorderen van Nederlandse en Europese economische weerbaarheid"),
            (3, "Vergroenen van het handelsinstrumentarium"),
            (3, "Verbeter de toegang van Nederlandse bedrijven tot het klimaat instrumentarium"),
            (2, "Landen met een brede OS-relatie"),
            (2, "Landen met een OS-inzet op specifieke doelen"),
            (2, "Combinatielanden"),
            (2, "Opkomende markten"),
        ],
    )
    def test_headings(self, documents: Documents, level: int, title: str) -> None:
        assert (level, title) in [(s.level, s.title) for s in documents[NOTE].sections]

    def test_numbered_ways_of_working(self, documents: Documents) -> None:
        numbers = [s.number for s in documents[NOTE].sections if s.level == 3]
        assert numbers == ["1", "2", "3", "4", "5", "6"] * 3

    @pytest.mark.parametrize(
        ("title", "first", "last", "count"),
        [
            ("Handel: 25 prioritaire landen", "Nabije landen", "Singapore", 29),
            ("Ontwikkelingssamenwerking: 22 landen", "Brede OSrelatie", "Tunesië", 24),
            (
                "Combinatielanden buitenlandse handel en ontwikkelingssamenwerking: 14 landen",
                "Afrika",
                "Oekraïne",
                16,
            ),
        ],
    )
    @pytest.mark.parametrize("occurrence", [0, 1, 2])
    def test_country_lists(
        self,
        documents: Documents,
        title: str,
        first: str,
        last: str,
        count: int,
        occurrence: int,
    ) -> None:
        blocks = under(documents[NOTE], title, occurrence)
        items = [b.text.text for b in blocks if b.kind is BlockKind.LIST_ITEM]
        assert len(items) == count
        assert (items[0], items[-1]) == (first, last)

    def test_names_over_two_lines(self, documents: Documents) -> None:
        document = documents[NOTE]
        psd = [b.text.text for b in under(document, "Private Sector Development (PSD) landen")]
        assert "Democratische Republiek Congo" in psd
        assert len([t for t in psd if len(t) < 40]) == 40
        items = [b.text.text for b in document.of_kind(BlockKind.LIST_ITEM)]
        assert items.count("Verenigde Arabische Emiraten") == 3
        assert items.count("Soedan") == 4

    def test_footnotes_and_references(self, documents: Documents) -> None:
        document = documents[NOTE]
        labels = [str(n) for n in range(1, 75)]
        assert [b.marker for b in document.of_kind(BlockKind.FOOTNOTE)] == labels
        found = [n.label for b in document.blocks for n in b.notes]
        assert sorted(found, key=int) == labels
        assert document.warnings == ()

    def test_pull_quotes(self, documents: Documents) -> None:
        found = list(documents[NOTE].of_kind(BlockKind.PULL_QUOTE))
        assert [b.attribution for b in found] == [
            "VNO-NCW & MKB Nederland",
            "Stichting ONL voor Ondernemers",
            "Stichting ONL voor Ondernemers",
            "Partos",
            "Oxfam Novib",
            "Youth Advisory Committee",
            "Count me In! Consortium",
            "Evofenedex",
            "SRGR+ platform",
        ]
        assert all(b.text.text.startswith("“") and b.text.text.endswith("”") for b in found)

    def test_captions(self, documents: Documents) -> None:
        captions = [b.text.text for b in documents[NOTE].of_kind(BlockKind.CAPTION)]
        assert "Foto: Ministerie van Buitenlandse Zaken / Carel de Groot" in captions
        assert "Mensen in nood verdienen hulp." in captions
        assert sum(c.startswith("Foto") for c in captions) == 17

    def test_tables(self, documents: Documents) -> None:
        budget, reply = documents[NOTE].of_kind(BlockKind.TABLE)
        rows = [line.text.strip() for line in budget.lines if line.text.strip()]
        assert len(rows) == 17
        assert rows[-1].startswith("Totaal intensiveringen en herverdelingen 232 670 765")
        assert [n.label for n in budget.notes] == ["70", "71"]
        assert "Aanbeveling IOB" in reply.text.text
        assert {line.page for line in reply.lines} == {reply.page, reply.page + 1}
        assert reply.text.text.endswith("zal worden voortgebouwd.")

    def test_running_footers_are_noise(self, documents: Documents) -> None:
        assert [line.text.split()[-1] for line in documents[NOTE].noise] == ["25", "35"]

    @pytest.mark.parametrize(
        "words",
        [
            "het trans-Atlantisch partnerschap",
            "handels- en investeringsverdragen",
            "handels- en ontwikkelingssamenwerkings",
            "seksuele & reproductieve gezondheid",
            "en stijgen ook de kosten van noodhulp",
            "maar ook een noodzakelijke partner",
            "biodiversiteit, leefbaar loon",
            "vraagt binnen multilaterale instellingen aandacht",
            "1,8 miljard euro aan klimaatfinanciering",
            "op korte termijn, maar ook instabiliteit op lange termijn",
            "defensie-, justitie- en politie-inspanningen",
            "publiek-private samenwerking bij de verdere",
            "wel op deze 25 markten te liggen",
        ],
    )
    def test_words_are_mended(self, documents: Documents, words: str) -> None:
        assert any(words in b.text.text for b in documents[NOTE].blocks)

    def test_a_paragraph_over_a_page_and_a_box(self, documents: Documents) -> None:
        document = documents[NOTE]
        paragraph = block_with(document, "De klimaatcrisis heeft overal ter wereld")
        assert "duurzame landbouw en handel te stimuleren, en innovatieve financiering voor" in (
            paragraph.text.text
        )
        assert len(paragraph.spans()) == 2
