"""Reading a PDF: what a reader sees on its pages is what the document says."""

from __future__ import annotations

import random

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont

from ingest.document import Block, BlockKind, Document
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import Extraction, UnreadableError
from ingest.readers.pdf.reader import read_pdf
from ingest.readers.pdf.source import iso_date
from tests.ingest.make_pdf import BOLD, HEIGHT, ITALIC, LEFT, MEASURE, WIDTH, Sheet
from tests.ingest.reading import block_with

KABINET = (
    "Het kabinet zet in op een geïntegreerde benadering van conflicten, waarin diplomatie, "
    "ontwikkelingssamenwerking en defensie elkaar versterken."
)
BIJDRAGE = (
    "Nederland draagt in 2025 € 1,7 miljoen bij aan het fonds voor noodhulp en opvang in de "
    "regio, bedoeld voor vluchtelingen in Jordanië, Libanon en Irak."
)
IOB = (
    "De evaluatie van IOB laat zien dat de samenwerking met maatschappelijke organisaties "
    "doeltreffend was. Het kabinet neemt deze aanbeveling over."
)
NUMBERS = {1: "een", 2: "twee", 3: "drie", 4: "vier"}
GUTTER = 25.0
COLUMN = (MEASURE - GUTTER) / 2
RIGHT = LEFT + COLUMN + GUTTER


def document(sheet: Sheet) -> Document:
    return read(sheet.bytes(), "voorbeeld", name="voorbeeld.pdf")


def extraction(sheet: Sheet) -> Extraction:
    return read_pdf(sheet.bytes(), "voorbeeld.pdf", Limits())


def texts(blocks: Document | list[Block]) -> list[str]:
    found = blocks.blocks if isinstance(blocks, Document) else blocks
    return [block.text.text for block in found]


def kinds(found: Document) -> list[BlockKind]:
    return [block.kind for block in found.blocks]


def columns(sheet: Sheet, top: float, left: list[str], right: list[str]) -> None:
    """Two columns of paragraphs, from ``top`` down; the next line comes below both."""
    bottoms = []
    for x, paragraphs in ((LEFT, left), (RIGHT, right)):
        sheet.at(x, top, COLUMN)
        for text in paragraphs:
            sheet.paragraph(text)
        bottoms.append(sheet.y)
    sheet.at(LEFT, max(bottoms), MEASURE)


class TestRunningText:
    def test_a_paragraph_is_one_block_and_a_space_parts_two(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {BIJDRAGE}")
        sheet.paragraph(IOB)
        assert texts(document(sheet)) == [f"{KABINET} {BIJDRAGE}", IOB]

    def test_an_indented_first_line_begins_a_paragraph(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {BIJDRAGE}", after=0)
        sheet.paragraph(f"{IOB} {BIJDRAGE}", indent=12, after=0)
        sheet.paragraph(f"{BIJDRAGE} {KABINET}", indent=12)
        assert texts(document(sheet)) == [
            f"{KABINET} {BIJDRAGE}",
            f"{IOB} {BIJDRAGE}",
            f"{BIJDRAGE} {KABINET}",
        ]

    def test_a_paragraph_goes_on_over_the_page_and_knows_both_pages(self) -> None:
        sheet = Sheet()
        sheet.paragraph("De inzet van de krijgsmacht in het gebied hangt af van de veiligheids-")
        sheet.page()
        sheet.paragraph("situatie ter plaatse. De veiligheidssituatie is slecht.")
        (block,) = document(sheet).blocks
        assert block.text.text == (
            "De inzet van de krijgsmacht in het gebied hangt af van de veiligheidssituatie "
            "ter plaatse. De veiligheidssituatie is slecht."
        )
        assert [line.page for line in block.lines] == [1, 2]
        assert len(block.sentences) == 2

    def test_pages_are_parted_by_form_feeds(self) -> None:
        sheet = Sheet()
        sheet.paragraph(IOB)
        sheet.page()
        sheet.paragraph(KABINET)
        found = extraction(sheet)
        assert found.pages == 2
        assert ["IOB" in part for part in found.text.split("\f")] == [True, False]

    def test_every_line_stands_where_it_says(self) -> None:
        sheet = Sheet()
        sheet.heading("1 Inleiding", 16)
        columns(sheet, sheet.y, [f"{KABINET} {IOB}"] * 2, [f"{BIJDRAGE} {IOB}"] * 2)
        found = extraction(sheet)
        assert found.lines
        for element in found.elements or ():
            for line in (*element.lines, *element.body):
                assert found.text[line.start : line.end] == line.text


class TestHeadings:
    def test_size_and_weight_make_headings_and_their_rank(self) -> None:
        sheet = Sheet()
        sheet.heading("Samen sterker in de regio", 24)
        sheet.paragraph(IOB)
        for chapter in ("Opvang in de regio", "Migratie"):
            sheet.heading(chapter, 16)
            sheet.paragraph(KABINET)
            for part in ("Onderwijs", "Werk"):
                sheet.heading(part, 10)
                sheet.paragraph(f"{BIJDRAGE} {IOB}")
        found = document(sheet)
        headings = [b for b in found.blocks if b.kind is BlockKind.HEADING]
        assert [h.text.text for h in headings] == [
            "Samen sterker in de regio",
            "Opvang in de regio",
            "Onderwijs",
            "Werk",
            "Migratie",
            "Onderwijs",
            "Werk",
        ]

    def test_a_decimal_number_is_no_part_of_the_title(self) -> None:
        sheet = Sheet()
        sheet.heading("1 Inleiding", 16)
        sheet.paragraph(KABINET)
        sheet.heading("1.1 Aanleiding van het onderzoek")
        sheet.paragraph(IOB)
        found = document(sheet)
        assert [(s.number, s.title) for s in found.sections] == [
            ("1", "Inleiding"),
            ("1.1", "Aanleiding van het onderzoek"),
        ]

    def test_a_title_of_two_lines_is_one_heading(self) -> None:
        sheet = Sheet(measure=250)
        sheet.heading("De geïntegreerde benadering van conflicten en fragiliteit", 18)
        sheet.measure = MEASURE
        sheet.paragraph(f"{KABINET} {IOB}")
        assert document(sheet).sections[0].title == (
            "De geïntegreerde benadering van conflicten en fragiliteit"
        )

    def test_the_table_of_contents_makes_no_headings(self) -> None:
        sheet = Sheet()
        sheet.heading("Inhoudsopgave", 16)
        for entry, page in (("1 Inleiding", 3), ("1.1 Aanleiding", 3), ("2 Conclusies", 9)):
            sheet.paragraph(f"{entry} {'.' * 60} {page}", after=0)
        sheet.page()
        sheet.heading("1 Inleiding", 16)
        sheet.paragraph(KABINET)
        found = document(sheet)
        assert [s.title for s in found.sections] == ["Inhoudsopgave", "Inleiding"]
        assert [line.text[:11] for line in found.noise] == [
            "1 Inleiding",
            "1.1 Aanleid",
            "2 Conclusie",
        ]


class TestColumns:
    def test_columns_are_read_one_after_the_other(self) -> None:
        sheet = Sheet()
        columns(
            sheet,
            sheet.y,
            [f"{KABINET} {IOB}", "Ook de ambassades werken nauw samen met de partners van"],
            ["de Verenigde Naties in het veld.", BIJDRAGE, IOB],
        )
        assert texts(document(sheet)) == [
            f"{KABINET} {IOB}",
            "Ook de ambassades werken nauw samen met de partners van de Verenigde Naties in "
            "het veld.",
            BIJDRAGE,
            IOB,
        ]

    def test_a_heading_over_both_columns_comes_between(self) -> None:
        sheet = Sheet()
        columns(sheet, sheet.y, [f"{KABINET} {KABINET}"], [f"{IOB} {IOB}"])
        sheet.heading("Een heel ander hoofdstuk over de opvang van vluchtelingen", 15)
        columns(sheet, sheet.y, [f"{BIJDRAGE} {BIJDRAGE}"], [f"{KABINET} {IOB}"])
        assert [text.split()[0] for text in texts(document(sheet))] == [
            "Het",
            "De",
            "Een",
            "Nederland",
            "Het",
        ]

    def test_three_columns(self) -> None:
        sheet = Sheet(size=8)
        for number, word in enumerate(("Eerste", "Tweede", "Derde")):
            sheet.at(LEFT + 160 * number, 90, 140)
            sheet.paragraph(f"{word} kolom. {KABINET} {IOB}")
        assert [text.split()[0] for text in texts(document(sheet))] == [
            "Eerste",
            "Tweede",
            "Derde",
        ]

    def test_notes_in_the_margin_do_not_cut_the_letter(self) -> None:
        sheet = Sheet(measure=330)
        sheet.paragraph(f"{KABINET} {IOB} {BIJDRAGE}")
        sheet.at(LEFT + 380, 90, 90)
        sheet.paragraph("Onze referentie", size=6.5, after=0)
        sheet.paragraph("BZDOC-1234567-89", size=6.5)
        assert texts(document(sheet))[0] == f"{KABINET} {IOB} {BIJDRAGE}"


class TestBoxes:
    def boxed(self, framed: bool) -> Document:
        sheet = Sheet()
        sheet.paragraph(
            f"{KABINET} De ambassade maakt daarvoor een analyse van het conflict, waarbij ook de",
            after=20,
        )
        top = sheet.y - 12
        (sheet.frame if framed else sheet.ground)(LEFT, top, MEASURE, 90)
        sheet.at(LEFT + 10, sheet.y + 6, MEASURE - 20)
        sheet.heading("Kader 1: Mali", 10)
        sheet.paragraph(f"{BIJDRAGE} {IOB}", size=9)
        sheet.at(LEFT, top + 110, MEASURE)
        sheet.paragraph(f"belangen van de buurlanden worden betrokken. {IOB}")
        return document(sheet)

    @pytest.mark.parametrize("framed", [False, True], ids=["shaded", "framed"])
    def test_a_box_is_lifted_out_of_the_sentence_that_it_interrupts(self, framed: bool) -> None:
        found = self.boxed(framed)
        assert "waarbij ook de belangen van de buurlanden" in found.blocks[0].text.text
        (box,) = found.boxes
        inside = [found.blocks[i] for i in box.blocks]
        assert inside[-1].text.text == f"{BIJDRAGE} {IOB}"
        assert inside[0].kind is BlockKind.HEADING
        assert found.blocks[0].box is None

    def test_a_bar_behind_a_heading_is_no_box(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {IOB}")
        sheet.ground(LEFT, sheet.y, MEASURE, 26)
        sheet.y += 18
        sheet.paragraph("Opvang in de regio", BOLD, 14, after=20)
        sheet.paragraph(f"{BIJDRAGE} {IOB}")
        found = document(sheet)
        assert found.boxes == ()
        assert [s.title for s in found.sections] == ["Opvang in de regio"]


class TestFurniture:
    def paged(self) -> Document:
        sheet = Sheet()
        for page in range(1, 5):
            sheet.line("Leidraad geïntegreerde benadering", LEFT, 40, 8)
            sheet.line(f"Pagina {page} van 4", WIDTH - 130, HEIGHT - 35, 8)
            sheet.paragraph(f"{KABINET} {IOB}")
            sheet.paragraph(f"Op blad {NUMBERS[page]} staat dit.")
            sheet.page()
        return document(sheet)

    def test_what_every_page_repeats_is_no_text(self) -> None:
        found = self.paged()
        assert not any("Leidraad" in text or "Pagina" in text for text in texts(found))
        noise = [line.text for line in found.noise]
        assert noise.count("Leidraad geïntegreerde benadering") == 4
        assert "Pagina 3 van 4" in noise

    def test_the_page_of_a_block_is_the_page_of_the_file(self) -> None:
        assert block_with(self.paged(), "blad drie").page == 3


class TestFootnotes:
    def noted(self) -> Document:
        sheet = Sheet()
        sheet.paragraph(f"{BIJDRAGE}^1 Het geld staat op artikel 4.^2 {IOB}")
        sheet.rule(LEFT, 700, 120)
        sheet.at(LEFT, 714)
        sheet.paragraph("1 Kamerstuk 35 570 XVII, nr. 52.", size=8, after=0)
        sheet.paragraph(
            "2 Zie de brief van 3 maart 2024, waarin het kabinet uiteenzet hoe de middelen worden",
            size=8,
        )
        sheet.page()
        sheet.paragraph(f"{KABINET}^3 {IOB}")
        sheet.rule(LEFT, 700, 120)
        sheet.at(LEFT, 714)
        sheet.paragraph("verdeeld over de landen.", size=8, after=0)
        sheet.paragraph("3 Motie-Piri c.s., Kamerstuk 36 200, nr. 12.", size=8)
        return document(sheet)

    def test_notes_at_the_foot_are_footnotes_with_their_number(self) -> None:
        notes = list(self.noted().of_kind(BlockKind.FOOTNOTE))
        assert [note.marker for note in notes] == ["1", "2", "3"]
        assert notes[0].text.text == "Kamerstuk 35 570 XVII, nr. 52."

    def test_a_note_goes_on_on_the_next_page(self) -> None:
        note = block_with(self.noted(), "3 maart 2024")
        assert note.text.text.endswith("hoe de middelen worden verdeeld over de landen.")

    def test_raised_numbers_refer_to_notes_and_leave_the_text(self) -> None:
        found = self.noted()
        assert found.blocks[0].text.text == f"{BIJDRAGE} Het geld staat op artikel 4. {IOB}"
        assert [n.label for b in found.blocks for n in b.notes] == ["1", "2", "3"]
        assert found.warnings == ()

    def test_notes_with_the_same_words_on_every_page_are_no_running_footer(self) -> None:
        sheet = Sheet()
        for page, text in enumerate((KABINET, BIJDRAGE, IOB), 1):
            sheet.paragraph(f"{text}^{page} Dat staat vast.")
            sheet.rule(LEFT, 750, 120)
            sheet.line(f"{page} Ibidem, p. {page + 3}.", LEFT, 764, 8)
            sheet.page()
        found = document(sheet)
        assert [n.text.text for n in found.of_kind(BlockKind.FOOTNOTE)] == [
            "Ibidem, p. 4.",
            "Ibidem, p. 5.",
            "Ibidem, p. 6.",
        ]
        assert found.warnings == ()

    def test_square_metres_are_no_note(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"Het kamp beslaat 12 km^2 in het noorden van het land. {IOB}")
        assert "12 km2 in" in document(sheet).blocks[0].text.text


class TestPicturesAndQuotes:
    def test_small_text_below_a_picture_is_its_caption(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {IOB}")
        sheet.picture(LEFT, sheet.y, 200, 100)
        sheet.y += 112
        sheet.paragraph("Een patrouille in Gao", ITALIC, 8, after=14)
        sheet.paragraph(f"{BIJDRAGE} {IOB}")
        found = document(sheet)
        assert block_with(found, "patrouille").kind is BlockKind.CAPTION

    def test_a_picture_does_not_cut_a_sentence(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} Bij de uitvoering geldt dat lokale organisaties een grotere")
        sheet.picture(LEFT, sheet.y, 200, 100)
        sheet.y += 112
        sheet.paragraph("Foto: Ministerie van Defensie", ITALIC, 8, after=14)
        sheet.paragraph(f"rol krijgen in het ontwerp. {IOB}")
        assert "een grotere rol krijgen" in document(sheet).blocks[0].text.text

    def test_a_large_quotation_stands_apart_with_its_speaker(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {IOB}")
        sheet.paragraph(
            "“Zonder samenwerking tussen ministeries komt geen enkel plan van de grond.”",
            ITALIC,
            15,
            after=4,
        )
        sheet.paragraph("– Anna de Vries, ambassadeur", size=8, after=14)
        sheet.paragraph(f"{BIJDRAGE} {IOB}")
        quote = block_with(document(sheet), "Zonder samenwerking")
        assert quote.kind is BlockKind.PULL_QUOTE
        assert quote.attribution == "Anna de Vries, ambassadeur"


class TestLists:
    def test_bullets_with_dashes_within(self) -> None:
        sheet = Sheet()
        sheet.paragraph("Het kabinet onderneemt het volgende:")
        sheet.item("•", f"meer onderwijs in gastlanden; {BIJDRAGE}")
        sheet.item("–", "in Jordanië;", indent=14)
        sheet.item("–", "in Libanon.", indent=14)
        sheet.item("•", "betere toegang tot werk.")
        items = list(document(sheet).of_kind(BlockKind.LIST_ITEM))
        assert [(i.marker, i.level) for i in items] == [("•", 1), ("–", 2), ("–", 2), ("•", 1)]
        assert items[0].text.text == f"meer onderwijs in gastlanden; {BIJDRAGE}"

    def test_numbers_count_items(self) -> None:
        sheet = Sheet()
        sheet.paragraph("De hoofdvragen zijn:")
        for number, text in enumerate(("Wat was het beleid?", f"Was het doelmatig? {IOB}"), 1):
            sheet.item(f"{number}.", text)
        items = list(document(sheet).of_kind(BlockKind.LIST_ITEM))
        assert [i.marker for i in items] == ["1.", "2."]


class TestTables:
    ROWS = (
        ["Artikel", "2024", "2025", "2026"],
        ["Humanitaire hulp", "390.000", "395.500", "401.250"],
        ["Opvang in de regio", "128.000", "128.000", "118.500"],
        ["Totaal", "518.000", "523.500", "519.750"],
    )

    @pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "aligned"])
    def test_cells_rows_and_headers(self, ruled: bool) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {IOB}")
        sheet.paragraph("Tabel 1: Uitgaven per artikel (x € 1.000)", BOLD, 9, after=12)
        sheet.table([list(row) for row in self.ROWS], [180, 80, 80, 80], ruled=ruled)
        sheet.paragraph(f"{BIJDRAGE} {IOB}")
        found = document(sheet)
        (block,) = found.of_kind(BlockKind.TABLE)
        assert block.table is not None
        cells = [
            [block.text.text[c.start : c.end] if c else "" for c in row.cells]
            for row in block.table.rows
        ]
        assert cells == [list(row) for row in self.ROWS]
        assert [row.header for row in block.table.rows] == [True, False, False, False]
        assert block_with(found, "Tabel 1").kind is BlockKind.CAPTION
        assert "Humanitaire hulp\t390.000\t395.500\t401.250\n" in found.source.text

    def test_a_table_goes_on_on_the_next_page(self) -> None:
        sheet = Sheet()
        sheet.paragraph(f"{KABINET} {IOB}")
        sheet.table([list(row) for row in self.ROWS[:3]], [180, 80, 80, 80], ruled=True)
        sheet.page()
        rest = [list(self.ROWS[3]), ["Waarvan noodhulp", "12.000", "13.500", "14.250"]]
        sheet.table(rest, [180, 80, 80, 80], ruled=True, bold=False)
        (block,) = document(sheet).of_kind(BlockKind.TABLE)
        assert block.table is not None
        assert len(block.table.rows) == 5
        assert [line.page for line in block.lines] == [1, 1, 1, 2, 2]


class TestWhatTheFileSays:
    def test_title_author_and_date(self) -> None:
        sheet = Sheet(title="Opvang in de regio", author="Ministerie van Buitenlandse Zaken")
        sheet.paragraph(IOB)
        stated = extraction(sheet).properties
        assert stated["title"] == "Opvang in de regio"
        assert stated["creator"] == "Ministerie van Buitenlandse Zaken"
        assert stated["created"].startswith("2000-01-01")

    @pytest.mark.parametrize(
        ("stated", "iso"),
        [
            ("D:20240131093000+01'00'", "2024-01-31T09:30:00+01:00"),
            ("D:20240131093000Z", "2024-01-31T09:30:00+00:00"),
            ("D:20240131", "2024-01-31"),
            ("D:20241399", ""),
            ("gisteren", ""),
            ("D:20240131093000+99'99'", ""),
        ],
    )
    def test_dates(self, stated: str, iso: str) -> None:
        assert iso_date(stated) == iso

    def test_links_stand_on_their_words(self) -> None:
        sheet = Sheet()
        sheet.line("Zie het rapport van IOB.", LEFT, 80, 10)
        sheet.link("https://www.iob-evaluatie.nl/", LEFT + 18, 80, 86)
        (link,) = (found := extraction(sheet)).links
        assert link.target == "https://www.iob-evaluatie.nl/"
        assert found.text[link.span.start : link.span.end] == "het rapport van IOB"


class TestUnreadable:
    def refusal(self, data: bytes, limits: Limits | None = None) -> str:
        with pytest.raises(UnreadableError) as caught:
            read(data, "voorbeeld", name="voorbeeld.pdf", limits=limits)
        message = str(caught.value)
        assert message.startswith("voorbeeld.pdf: ") and "\n" not in message
        return message

    def test_encrypted(self) -> None:
        sheet = Sheet(encrypt=StandardEncryption("geheim", "geheimer"))
        sheet.paragraph(IOB)
        assert "is encrypted" in self.refusal(sheet.bytes())

    def test_protected_against_copying_but_open_to_readers(self) -> None:
        sheet = Sheet(encrypt=StandardEncryption("", "geheimer", canCopy=0))
        sheet.paragraph(IOB)
        assert texts(document(sheet)) == [IOB]

    def test_scanned(self) -> None:
        sheet = Sheet()
        for _ in range(3):
            sheet.picture(0, 0, WIDTH, HEIGHT)
            sheet.page()
        assert "has no text layer (scanned?)" in self.refusal(sheet.bytes())

    def test_too_many_pages(self) -> None:
        sheet = Sheet()
        for _ in range(4):
            sheet.paragraph(IOB)
            sheet.page()
        assert "pages, more than the 3" in self.refusal(sheet.bytes(), Limits(pages=3))

    def test_too_much_text(self) -> None:
        sheet = Sheet()
        sheet.paragraph(IOB)
        message = self.refusal(sheet.bytes(), Limits(characters=100))
        assert "more than 100 characters" in message

    def test_letters_without_meaning(self) -> None:
        sheet = Sheet()
        registerFont(TTFont("Vera", "Vera.ttf"))
        private = "".join(chr(0xE000 + ord(c)) if c != " " else c for c in f"{IOB} {KABINET}")
        sheet.paragraph(private, "Vera")
        assert "text layer is not usable" in self.refusal(sheet.bytes())

    def test_cut_off(self) -> None:
        sheet = Sheet()
        for _ in range(20):
            sheet.paragraph(IOB)
            sheet.page()
        data = sheet.bytes()
        assert "damaged" in self.refusal(data[: len(data) // 2])

    def test_not_a_pdf_inside(self) -> None:
        assert "damaged" in self.refusal(b"%PDF-1.7\nniets\nstartxref\n0\n%%EOF")

    def test_damage_anywhere_is_read_or_refused(self) -> None:
        sheet = Sheet(title="Beschadigd")
        sheet.heading("1 Inleiding", 16)
        sheet.ground(LEFT, sheet.y, MEASURE, 60)
        sheet.paragraph(f"{KABINET}^1 {IOB}")
        sheet.table([list(row) for row in TestTables.ROWS], [180, 80, 80, 80], ruled=True)
        sheet.link("https://www.rijksoverheid.nl/", LEFT, 80, 88)
        data = sheet.bytes()
        chance = random.Random(7)
        for _ in range(60):
            damaged = bytearray(data)
            for _ in range(chance.choice([1, 4, 25])):
                damaged[chance.randrange(9, len(damaged))] = chance.randrange(256)
            try:
                found = read(bytes(damaged), "voorbeeld", name="voorbeeld.pdf")
            except UnreadableError as error:
                assert "\n" not in str(error)
            else:
                assert found.source.text


def long_report(pages: int) -> bytes:
    """A report in two columns with a chapter on each page and a running header."""
    sheet = Sheet()
    for page in range(pages):
        sheet.line("Periodieke rapportage", LEFT, 40, 8)
        sheet.heading(f"{page + 1} Bevindingen over deel {page + 1}", 16)
        paragraphs = [f"{KABINET} {IOB} {BIJDRAGE}"] * 6
        columns(sheet, sheet.y, paragraphs, paragraphs)
        sheet.page()
    return sheet.bytes()


def test_every_page_of_a_long_report_is_read() -> None:
    found = read(long_report(50), "rapport", name="rapport.pdf")
    assert [section.number for section in found.sections] == [str(n) for n in range(1, 51)]
