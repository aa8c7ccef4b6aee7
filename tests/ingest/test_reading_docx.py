"""Reading Word documents: what Word prints is what is read."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import BlockKind, Document
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.docx.reader import read_docx
from ingest.readers.extraction import Element, Extraction, UnreadableError
from tests.ingest.make_office import (
    DUTCH_STYLES,
    cell,
    complex_field,
    docx,
    docx_parts,
    item,
    levels,
    note_text,
    noted,
    p,
    pack,
    r,
    table,
)


def extract(body: str, *, links: Mapping[str, str] | None = None, **parts: str) -> Extraction:
    return read_docx(docx(body, links=links, **parts), "nota.docx", Limits())


def elements(body: str, *, links: Mapping[str, str] | None = None, **parts: str) -> list[Element]:
    found = extract(body, links=links, **parts)
    assert found.elements is not None
    for element in found.elements:
        for line in (*element.lines, *element.body):
            assert found.text[line.start : line.end] == line.text
    return list(found.elements)


def words(element: Element) -> str:
    return " ".join(line.text for line in element.body)


def texts(body: str, **parts: str) -> list[str]:
    return [words(element) for element in elements(body, links=None, **parts)]


def marks(body: str, **parts: str) -> list[str]:
    return [element.marker for element in elements(body, links=None, **parts)]


def numbered(*lists: str, more: str = "") -> str:
    """A numbering part in which list 1, 2 ... have these levels."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{one}</w:abstractNum>'
        for n, one in enumerate(lists, start=1)
    )
    numbers = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>'
        for n in range(1, len(lists) + 1)
    )
    return abstract + numbers + more


class TestStyles:
    def test_dutch_word_names_its_heading_styles_in_dutch(self) -> None:
        found = elements(p("Inleiding", "Kop1") + p("Aanleiding", "Kop2") + p("Tekst."))
        assert [(e.kind, e.level) for e in found] == [
            (BlockKind.HEADING, 1),
            (BlockKind.HEADING, 2),
            (None, 0),
        ]

    def test_a_style_named_kop_is_a_heading_without_an_outline_level(self) -> None:
        style = "<w:style w:type='paragraph' w:styleId='x'><w:name w:val='Kop 3'/></w:style>"
        (found,) = elements(p("Vervolg", "x"), styles=style)
        assert (found.kind, found.level) == (BlockKind.HEADING, 3)

    def test_a_house_style_inherits_the_rank_of_the_style_it_is_based_on(self) -> None:
        (found,) = elements(p("Opvang", "Paragraafkop"))
        assert (found.kind, found.level) == (BlockKind.HEADING, 2)
        assert found.style.name == "Paragraafkop BZ"

    def test_an_outline_level_of_the_paragraph_itself_counts(self) -> None:
        found = elements(
            p("Bijlage", properties="<w:outlineLvl w:val='2'/>")
            + p("Geen kop", "Kop1", "<w:outlineLvl w:val='9'/>")
        )
        assert [(e.kind, e.level) for e in found] == [(BlockKind.HEADING, 3), (None, 0)]

    def test_captions_and_quotes_are_known_by_their_style(self) -> None:
        found = elements(
            p("Figuur 1: opvang", "Bijschrift")
            + p("Dit helpt.", "Citaat")
            + p("X.", "Duidelijkcitaat")
        )
        assert [e.kind for e in found] == [
            BlockKind.CAPTION,
            BlockKind.PULL_QUOTE,
            BlockKind.PULL_QUOTE,
        ]

    def test_text_without_a_heading_style_keeps_its_looks_for_others_to_judge(self) -> None:
        (found,) = elements(p(r("Samenvatting", "<w:b/><w:sz w:val='28'/>")))
        assert found.kind is None
        assert (found.style.bold, found.style.size) == (True, 14.0)

    def test_a_character_style_makes_text_bold(self) -> None:
        (found,) = elements(p(r("Samenvatting", "<w:rStyle w:val='Zwaar'/>")))
        assert found.style.bold

    def test_a_circle_of_styles_ends(self) -> None:
        styles = "".join(
            f"<w:style w:type='paragraph' w:styleId='{a}'><w:name w:val='{a}'/>"
            f"<w:basedOn w:val='{b}'/></w:style>"
            for a, b in (("a", "b"), ("b", "c"), ("c", "a"), ("d", "d"))
        )
        assert texts(p("Een.", "a") + p("Twee.", "d"), styles=styles) == ["Een.", "Twee."]


class TestNumbering:
    def test_numbers_are_those_that_word_prints(self) -> None:
        forms = levels(("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3."))
        body = "".join(item("x", 1, level) for level in (0, 1, 1, 2, 2, 0, 1, 2))
        found = elements(body, numbering=numbered(forms))
        assert [e.marker for e in found] == ["1.", "a)", "b)", "i.", "ii.", "2.", "a)", "i."]
        assert [e.level for e in found] == [1, 2, 2, 3, 3, 1, 2, 3]
        assert {e.kind for e in found} == {BlockKind.LIST_ITEM}
        assert found[0].lines[0].text == "1. x"
        assert found[0].body[0].text == "x"

    def test_headings_are_numbered_through_their_style(self) -> None:
        forms = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
            f'<w:pStyle w:val="Kop{n + 1}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for n, text in enumerate(("%1", "%1.%2"))
        )
        styles = DUTCH_STYLES.replace(
            "<w:outlineLvl", "<w:numPr><w:numId w:val='1'/></w:numPr><w:outlineLvl"
        )
        body = "".join(
            p(t, s)
            for t, s in (
                ("Inleiding", "Kop1"),
                ("Doel", "Kop2"),
                ("Opzet", "Kop2"),
                ("Beleid", "Kop1"),
                ("Kaders", "Kop2"),
            )
        )
        found = elements(body, numbering=numbered(forms), styles=styles)
        assert [(e.marker, e.level) for e in found] == [
            ("1", 1),
            ("1.1", 2),
            ("1.2", 2),
            ("2", 1),
            ("2.1", 2),
        ]
        document = read(docx(body, numbering=numbered(forms), styles=styles), "x", name="nota.docx")
        assert [(s.number, s.title) for s in document.sections] == [
            ("1", "Inleiding"),
            ("1.1", "Doel"),
            ("1.2", "Opzet"),
            ("2", "Beleid"),
            ("2.1", "Kaders"),
        ]
        assert [s.parent for s in document.sections] == [None, 0, 0, None, 3]

    def test_bullets_of_symbol_fonts_become_characters(self) -> None:
        forms = levels(("bullet", "\uf0b7"), ("bullet", "o"), ("bullet", "\uf0a7"), ("bullet", ""))
        body = "".join(item("x", 1, level) for level in range(4))
        assert marks(body, numbering=numbered(forms)) == ["•", "o", "▪", "•"]

    def test_two_lists_of_one_definition_go_on_unless_told_to_start(self) -> None:
        forms = levels(("decimal", "%1."))
        more = (
            "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
            "<w:num w:numId='3'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>"
            "<w:startOverride w:val='1'/></w:lvlOverride></w:num>"
        )
        body = item("a", 1) + item("b", 2) + item("c", 3) + item("d", 3)
        assert marks(body, numbering=numbered(forms, more=more)) == ["1.", "2.", "1.", "2."]

    def test_a_level_that_is_told_never_to_restart_does_not(self) -> None:
        forms = levels(("decimal", "%1."), ("decimal", "%2."), more="<w:lvlRestart w:val='0'/>")
        body = "".join(item("x", 1, level) for level in (0, 1, 0, 1))
        assert marks(body, numbering=numbered(forms)) == ["1.", "1.", "2.", "2."]

    def test_legal_numbering_has_no_roman_numbers(self) -> None:
        forms = levels(("upperRoman", "%1."), ("decimal", "%1.%2")).replace(
            '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="decimal"/><w:isLgl/>'
        )
        body = item("x", 1) + item("y", 1, 1)
        assert marks(body, numbering=numbered(forms)) == ["I.", "1.1"]

    def test_a_list_can_borrow_its_levels_from_a_numbering_style(self) -> None:
        styles = DUTCH_STYLES + (
            "<w:style w:type='numbering' w:styleId='Lijst'><w:name w:val='Lijst BZ'/>"
            "<w:pPr><w:numPr><w:numId w:val='2'/></w:numPr></w:pPr></w:style>"
        )
        lists = ("<w:numStyleLink w:val='Lijst'/>", levels(("upperLetter", "(%1)")))
        assert marks(item("x", 1), numbering=numbered(*lists), styles=styles) == ["(A)"]

    def test_a_paragraph_taken_out_of_its_list_has_no_mark(self) -> None:
        found = elements(item("x", 0), numbering=numbered(levels(("decimal", "%1."))))
        assert (found[0].kind, found[0].marker) == (None, "")

    def test_an_unknown_list_is_no_list(self) -> None:
        (found,) = elements(item("x", 77))
        assert found.kind is None

    def test_word_has_a_style_for_each_depth_of_list(self) -> None:
        made = python_docx.Document()
        for style in ("List Bullet", "List Bullet 2", "List Number 3"):
            made.add_paragraph("x", style=style)
        found = read_docx(_saved(made), "nota.docx", Limits()).elements or ()
        assert [(e.marker, e.level) for e in found] == [("•", 1), ("•", 2), ("1.", 3)]


class TestNotes:
    FOOTNOTES = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        + note_text(7, "Kamerstuk 32 623.")
        + note_text(3, "Zie bijlage 2.")
    )

    def test_notes_are_numbered_as_referred_to_and_follow_their_paragraph(self) -> None:
        body = p(r("Eerst dit") + noted(3) + r(" en dan dat") + noted(7) + r(".")) + p("Verder.")
        found = elements(body, footnotes=self.FOOTNOTES)
        assert [(e.kind, e.marker, words(e)) for e in found] == [
            (None, "", "Eerst dit[1] en dan dat[2]."),
            (BlockKind.FOOTNOTE, "1", "Zie bijlage 2."),
            (BlockKind.FOOTNOTE, "2", "Kamerstuk 32 623."),
            (None, "", "Verder."),
        ]

    def test_a_read_document_ties_notes_to_their_place(self) -> None:
        body = p(r("Het kabinet steunt dit.") + noted(3) + r(" Dat blijft."))
        document = read(docx(body, footnotes=self.FOOTNOTES), "x", name="nota.docx")
        paragraph, note = document.blocks
        assert paragraph.text.text == "Het kabinet steunt dit. Dat blijft."
        assert [(n.label, n.position) for n in paragraph.notes] == [("1", 23)]
        assert (note.kind, note.marker, note.text.text) == (
            BlockKind.FOOTNOTE,
            "1",
            "Zie bijlage 2.",
        )
        assert document.warnings == ()

    def test_endnotes_are_roman_beside_footnotes(self) -> None:
        body = p(r("A") + noted(3) + r(" b") + noted(5, "endnote") + r("."))
        found = elements(
            body, footnotes=self.FOOTNOTES, endnotes=note_text(5, "Bron: IOB.", "endnote")
        )
        assert [(e.marker, words(e)) for e in found[1:]] == [
            ("1", "Zie bijlage 2."),
            ("i", "Bron: IOB."),
        ]

    def test_notes_of_both_kinds_in_one_form_keep_different_labels(self) -> None:
        body = p(r("A") + noted(3) + r(" b") + noted(5, "endnote") + r("."))
        found = elements(
            body,
            footnotes=self.FOOTNOTES,
            endnotes=note_text(5, "Bron: IOB.", "endnote"),
            settings="<w:endnotePr><w:numFmt w:val='decimal'/></w:endnotePr>",
        )
        assert [e.marker for e in found[1:]] == ["1", "3"]

    def test_a_note_can_have_its_own_mark(self) -> None:
        own = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='3'/><w:t>*</w:t></w:r>"
        found = elements(p(r("A") + own + r(" b") + noted(7)), footnotes=self.FOOTNOTES)
        assert [e.marker for e in found[1:]] == ["*", "1"]
        assert words(found[0]) == "A[*] b[1]"

    def test_the_text_of_a_note_with_its_own_mark_is_without_that_mark(self) -> None:
        own = "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='3'/><w:t>5</w:t></w:r>"
        body = f"<w:p>{r('5', '<w:b/>')}{r(' Strategie 5.')}</w:p>"
        found = elements(p(r("A") + own), footnotes=f"<w:footnote w:id='3'>{body}</w:footnote>")
        assert [(e.marker, words(e)) for e in found[1:]] == [("5", "Strategie 5.")]

    def test_a_note_in_a_table_stands_after_the_table(self) -> None:
        body = table(("Land", "Bedrag"), (cell(p(r("Mali") + noted(3))), "10"))
        found = elements(body, footnotes=self.FOOTNOTES)
        assert [e.kind for e in found] == [BlockKind.TABLE, BlockKind.FOOTNOTE]

    def test_a_reference_to_a_missing_note_stays_a_reference(self) -> None:
        document = read(docx(p(r("Een zin.") + noted(99))), "x", name="nota.docx")
        assert document.blocks[0].text.text == "Een zin."
        assert document.warnings == ("note 1: referred to, but its text was not found",)


class TestTables:
    def test_rows_and_cells_are_read_with_their_header(self) -> None:
        body = table(("Land", "Bedrag"), ("Mali", "€ 10"), ("Niger", "€ 12"), header=True)
        document = read(docx(body), "x", name="nota.docx")
        (block,) = document.blocks
        assert block.table is not None
        assert [row.header for row in block.table.rows] == [True, False, False]
        assert _cells(document) == [["Land", "Bedrag"], ["Mali", "€ 10"], ["Niger", "€ 12"]]

    def test_a_bold_first_row_is_a_header(self) -> None:
        bold = tuple(cell(p(r(text, "<w:b/>"))) for text in ("Land", "Bedrag"))
        (found,) = elements(table(bold, ("Mali", "10")))
        assert found.header_rows == 1

    def test_a_plain_first_row_is_none(self) -> None:
        (found,) = elements(table(("Ghana", "12"), ("Mali", "10")))
        assert found.header_rows == 0

    def test_joined_cells_keep_the_columns_under_their_heads(self) -> None:
        body = table(
            ("Land", cell("Bedragen", "<w:gridSpan w:val='2'/>")),
            (cell("Mali", "<w:vMerge w:val='restart'/>"), "1", "2"),
            (cell("", "<w:vMerge/>"), "3", "4"),
        )
        document = read(docx(body), "x", name="nota.docx")
        assert _cells(document) == [
            ["Land", "Bedragen", None],
            ["Mali", "1", "2"],
            [None, "3", "4"],
        ]

    def test_cells_of_several_paragraphs_stay_on_their_row(self) -> None:
        lists = numbered(levels(("bullet", "\uf0b7")))
        body = table(("Doel", "Middel"), (cell(p("Opvang") + item("regio", 1)), "geld"))
        (found,) = elements(body, numbering=lists)
        assert [line.text for line in found.lines] == ["Doel\tMiddel", "Opvang • regio\tgeld"]

    def test_a_table_in_a_table_follows_it(self) -> None:
        inner = table(("a", "b"), ("c", "d"))
        found = texts(table(("Links", cell(p("Rechts") + inner)), ("onder", "onder")))
        assert found == ["Links\tRechts onder\tonder", "a\tb c\td"]

    def test_rows_without_cells_or_text_are_nothing(self) -> None:
        body = table(("Land",), ("",), ("Mali",), (), (" ",), ("Niger",))
        assert texts(body) == ["Land Mali Niger"]

    def test_a_deleted_row_is_gone(self) -> None:
        body = table(("Land", "Bedrag"), ("Mali", "10"), ("Niger", "12"))
        body = body.replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 2)
        body = body.replace("<w:tr><w:trPr><w:del/></w:trPr>", "<w:tr>", 1)
        assert texts(body) == ["Land\tBedrag Niger\t12"]

    def test_a_table_of_one_cell_is_a_box(self) -> None:
        body = (
            p("Voor.") + table((cell(p("Kader 1", "Kop2") + p("Tekst.") + p("Meer.")),)) + p("Na.")
        )
        assert [e.box for e in elements(body)] == [None, 0, 0, 0, None]


class TestBoxes:
    @staticmethod
    def drawn(inside: str) -> str:
        """A text box as Word writes it: twice, for new and for old programs."""
        content = f"<w:txbxContent>{inside}</w:txbxContent>"
        return (
            "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
            f"<a:graphic><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphic>"
            "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
            f"{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    def test_a_text_box_is_read_once_after_its_paragraph(self) -> None:
        body = p(r("Voor") + self.drawn(p("Kader", "Kop2") + p("Inhoud.")) + r(" en na.")) + p(
            "Slot."
        )
        found = elements(body)
        assert [(words(e), e.box) for e in found] == [
            ("Voor en na.", None),
            ("Kader", 0),
            ("Inhoud.", 0),
            ("Slot.", None),
        ]
        document = read(docx(body), "x", name="nota.docx")
        assert [(box.title, box.blocks) for box in document.boxes] == [("Kader", (1, 2))]

    def test_a_box_of_old_word_is_read_too(self) -> None:
        content = f"<w:txbxContent>{p('Oud.')}</w:txbxContent>"
        old = f"<w:r><w:pict><v:textbox>{content}</v:textbox></w:pict></w:r>"
        assert [(words(e), e.box) for e in elements(p(r("Tekst.") + old))] == [
            ("Tekst.", None),
            ("Oud.", 0),
        ]

    def test_a_box_around_a_caption_is_no_box(self) -> None:
        (_, caption) = elements(p(r("Tekst.") + self.drawn(p("Figuur 1", "Bijschrift"))))
        assert (caption.kind, caption.box) == (BlockKind.CAPTION, None)

    def test_paragraphs_in_one_frame_or_shade_are_a_box(self) -> None:
        shade = "<w:shd w:val='clear' w:fill='D9E2F3'/>"
        frame = (
            "<w:pBdr>"
            + "".join(f"<w:{side} w:val='single'/>" for side in ("top", "left", "bottom", "right"))
            + "</w:pBdr>"
        )
        body = (
            p("A.")
            + p("B.", properties=shade)
            + p("C.", properties=shade)
            + p("D.")
            + p("E.", properties=frame)
            + p("F.", properties=frame)
            + p("G.", properties="<w:pBdr><w:bottom w:val='single'/></w:pBdr>")
        )
        assert [e.box for e in elements(body)] == [None, 0, 0, None, 1, 1, None]

    def test_an_empty_box_leaves_no_trace(self) -> None:
        found = elements(p(r("Een.") + self.drawn(p())) + p(r("Twee.") + self.drawn(p("In."))))
        assert [e.box for e in found] == [None, None, 0]


class TestInline:
    def test_deleted_text_goes_and_inserted_text_stays(self) -> None:
        body = p(
            r("Het ")
            + f"<w:del><w:r><w:delText>oude</w:delText></w:r>{r('x')}</w:del>"
            + f"<w:ins>{r('nieuwe')}</w:ins>"
            + f"<w:moveFrom>{r('weg')}</w:moveFrom>"
            + r(" beleid.")
        )
        assert texts(body) == ["Het nieuwe beleid."]

    def test_paragraphs_whose_border_was_deleted_are_one(self) -> None:
        body = p("Een zin", properties="<w:rPr><w:del/></w:rPr>") + p(" en meer.")
        assert texts(body) == ["Een zin en meer."]

    def test_hidden_text_and_comments_are_not_read(self) -> None:
        body = p(
            r("Zicht")
            + r("geheim", "<w:vanish/>")
            + "<w:commentRangeStart w:id='1'/>"
            + r("baar.")
            + "<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r>"
        )
        assert texts(body) == ["Zichtbaar."]

    def test_special_characters(self) -> None:
        body = p(
            "<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>profit</w:t><w:tab/><w:t>samen</w:t>"
            "<w:softHyphen/><w:t>werking</w:t><w:br/><w:t>regel</w:t>"
            "<w:sym w:font='Wingdings' w:char='F0E0'/></w:r>"
        )
        assert texts(body) == ["non-profit samen\u00adwerking regel→"]

    def test_links_keep_their_address(self) -> None:
        body = p(
            r("Zie ")
            + f"<w:hyperlink r:id='k1'>{r('de ')}{r('site', '<w:b/>')}</w:hyperlink>"
            + r(" en ")
            + complex_field(' HYPERLINK "https://voorbeeld.nl/b" ', r("deze"))
            + f"<w:hyperlink w:anchor='x'>{r(' hier')}</w:hyperlink>"
            + f"<w:hyperlink r:id='k2'>{r(' script')}</w:hyperlink>"
        )
        found = extract(body, links={"k1": "https://voorbeeld.nl/a", "k2": "javascript:alert(1)"})
        assert [
            (found.text[link.span.start : link.span.end], link.target) for link in found.links
        ] == [
            ("de site", "https://voorbeeld.nl/a"),
            ("deze", "https://voorbeeld.nl/b"),
        ]

    def test_the_result_of_a_field_stays_and_its_code_goes(self) -> None:
        body = p(
            r("Tabel ")
            + complex_field(" SEQ Tabel ", r("3"))
            + r(": ")
            + f"<w:fldSimple w:instr='REF x'>{r('bedragen')}</w:fldSimple>",
            "Bijschrift",
        )
        assert texts(body) == ["Tabel 3: bedragen"]

    def test_a_field_that_never_ends_swallows_nothing(self) -> None:
        body = p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + r("Tekst.")) + p("Meer.")
        assert texts(body) == ["Tekst.", "Meer."]

    def test_content_controls_are_opened_but_not_their_invitations(self) -> None:
        body = (
            f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Blok.')}</w:sdtContent></w:sdt>"
            + p(r("In ") + f"<w:sdt><w:sdtContent>{r('de zin')}</w:sdtContent></w:sdt>")
            + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Klik hier')}"
            "</w:sdtContent></w:sdt>"
        )
        assert texts(body) == ["Blok.", "In de zin"]

    def test_formulas_keep_their_letters(self) -> None:
        assert texts(p(r("Daarin is ") + "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>")) == [
            "Daarin is x=1"
        ]


class TestContents:
    def test_a_table_of_contents_makes_no_headings(self) -> None:
        gallery = (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
            f"</w:docPartObj></w:sdtPr><w:sdtContent>{p('Inhoud', 'Kop1')}{p('Beleid 3')}"
            "</w:sdtContent></w:sdt>"
        )
        begin, end = complex_field(' TOC \\o "1-3" ', "|").split("|")
        spread = p(begin + r("Inleiding 1")) + p(r("Beleid 3")) + p(end + r("Na de lijst."))
        styled = p("Beleid 3", "Inhopg1")
        assert texts(gallery + spread + styled + p("Beleid", "Kop1")) == ["Na de lijst.", "Beleid"]


class TestPages:
    BREAK = "<w:r><w:br w:type='page'/></w:r>"
    RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"

    def pages(self, body: str) -> list[int]:
        return [e.lines[0].page for e in elements(body)]

    def test_explicit_breaks_begin_pages(self) -> None:
        body = p("A.") + p(self.BREAK) + p("B.") + p("C.", properties="<w:pageBreakBefore/>")
        assert self.pages(body) == [1, 2, 3]

    def test_the_breaks_that_word_laid_out_are_preferred(self) -> None:
        body = (
            p("A.")
            + p(self.BREAK)
            + p(self.RENDERED + r("B."))
            + p(r("C") + self.RENDERED + r("c."))
        )
        assert self.pages(body + p("D.")) == [1, 2, 2, 3]

    def test_a_section_can_begin_a_page(self) -> None:
        first = p("A.", properties="<w:sectPr/>")
        same = p("B.", properties="<w:sectPr><w:type w:val='nextPage'/></w:sectPr>")
        last = p("C.") + "<w:sectPr><w:type w:val='continuous'/></w:sectPr>"
        assert self.pages(first + same + last) == [1, 2, 2]


class TestProperties:
    def test_core_properties_are_dublin_core(self) -> None:
        found = extract(
            p("Tekst."),
            core="<dc:title> Nota  opvang </dc:title><dc:creator>BZ</dc:creator>"
            "<dcterms:created>2022-06-24T10:00:00Z</dcterms:created>"
            "<dcterms:modified>gisteren</dcterms:modified><dc:language>nl-NL</dc:language>",
        )
        assert found.properties == {
            "title": "Nota opvang",
            "creator": "BZ",
            "created": "2022-06-24",
            "language": "nl-NL",
        }


class TestBadFiles:
    PARTS = docx_parts(p("Een zin.") + table(("a", "b"), ("c", "d")), footnotes=note_text(1, "x"))

    def refused(self, data: bytes, reason: str, limits: Limits | None = None) -> None:
        with pytest.raises(UnreadableError, match=rf"nota\.docx: .*{reason}") as caught:
            read(data, "x", name="nota.docx", limits=limits)
        assert "\n" not in str(caught.value)

    def test_a_file_without_a_document_part(self) -> None:
        parts = {name: data for name, data in self.PARTS.items() if name != "word/document.xml"}
        self.refused(pack(parts), "part 'word/document.xml' is missing")

    def test_optional_parts_may_be_missing(self) -> None:
        parts = {n: d for n, d in self.PARTS.items() if n in ("word/document.xml",)}
        assert read_docx(pack(parts), "nota.docx", Limits()).text.startswith("Een zin.")

    def test_other_xml_than_a_document(self) -> None:
        parts = {**self.PARTS, "word/document.xml": b"<html><body/></html>"}
        self.refused(pack(parts), "no Word document in it")

    def test_damaged_xml(self) -> None:
        parts = {**self.PARTS, "word/styles.xml": b"<w:styles>"}
        self.refused(pack(parts), "not well-formed XML")

    def test_entities(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        self.refused(pack({**self.PARTS, "word/document.xml": bomb}), "declares XML entities")

    def test_a_part_that_unpacks_to_much_more(self) -> None:
        bomb = pack({**self.PARTS, "word/document.xml": b"<a>" + b" " * 5_000_000 + b"</a>"})
        self.refused(bomb, "more than 200 times its packed size")

    def test_a_part_that_nobody_needs_is_not_unpacked(self) -> None:
        data = pack({**self.PARTS, "word/media/image1.bmp": bytes(5_000_000)})
        assert read_docx(data, "nota.docx", Limits()).text

    def test_parts_that_unpack_to_too_much_together(self) -> None:
        self.refused(
            pack(self.PARTS), "unpacks to more than the 2,000", Limits(expanded_bytes=2000)
        )

    def test_a_part_that_is_there_twice(self) -> None:
        packed = BytesIO(pack(self.PARTS))
        with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", b"<x/>")
        self.refused(packed.getvalue(), "'word/document.xml' is in it twice")

    @pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "a\\b", "c:/x", "word/../../x"])
    def test_names_that_point_outside(self, name: str) -> None:
        self.refused(pack({**self.PARTS, name: b"x"}), "refused, a part is named")

    def test_relations_that_point_outside(self) -> None:
        rels = self.PARTS["word/_rels/document.xml.rels"].replace(b"styles.xml", b"../../../x.xml")
        self.refused(pack({**self.PARTS, "word/_rels/document.xml.rels": rels}), "outside itself")

    def test_an_encrypted_part(self) -> None:
        data = bytearray(pack(self.PARTS))
        at = -1
        while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
            data[at + 8] |= 1
        self.refused(bytes(data), "encrypted")

    def test_half_a_file(self) -> None:
        data = pack(self.PARTS)
        self.refused(data[: len(data) // 2], "damaged archive")

    def test_elements_without_end_in_depth(self) -> None:
        deep = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000
        self.refused(docx(deep), "(nested deeper|not well-formed)", Limits(expansion_ratio=1000))

    def test_the_deepest_nesting_that_is_allowed(self) -> None:
        for opened, closed in (
            ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
            ("<w:p><w:hyperlink>", "</w:hyperlink></w:p>"),
        ):
            depth = 190 // opened.count("<")
            body = opened * depth + closed * depth + p("Tekst.")
            assert texts(body) == ["Tekst."]

    def test_a_table_of_too_many_cells(self) -> None:
        span = '<w:gridSpan w:val="63"/>'
        row = f"<w:tr>{cell('', span)}</w:tr>"
        body = f"<w:tbl>{row * 33_000}</w:tbl>"
        self.refused(
            docx(body), "more than 2,000,000 pieces of text in tables", Limits(expansion_ratio=1000)
        )

    def test_a_span_of_a_million_columns_is_one_cell(self) -> None:
        (found,) = elements(table((cell("a", "<w:gridSpan w:val='1000000'/>"), "b"), ("c", "d")))
        assert found.lines[0].text == "a\tb"

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_changed_bytes_give_a_reading_or_a_refusal(self, data: st.DataObject) -> None:
        packed = data.draw(_mutated(pack(FULL)))
        _read_or_refuse(packed)

    @settings(deadline=None, max_examples=250)
    @given(st.data())
    def test_changed_parts_give_a_reading_or_a_refusal(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(FULL)))
        _read_or_refuse(pack({**FULL, name: data.draw(_mutated(FULL[name]))}))

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_parts_of_shuffled_tags_give_a_reading_or_a_refusal(self, data: st.DataObject) -> None:
        body = data.draw(_shuffled())
        _read_or_refuse(docx(body, numbering=NUMBERING, footnotes=TestNotes.FOOTNOTES))


class TestLargeFiles:
    def test_a_long_document_is_read_in_seconds(self) -> None:
        paragraph = p(
            r("Het kabinet steunt de opvang in de regio ") + r("en meer. ", "<w:b/>") * 10
        )
        data = docx(paragraph * 3_000)
        started = time.monotonic()
        found = read_docx(data, "nota.docx", Limits(expansion_ratio=1000))
        assert len(found.elements or ()) == 3_000
        assert time.monotonic() - started < 5

    def test_more_text_than_allowed(self) -> None:
        with pytest.raises(UnreadableError, match=r"more than 100 characters of text"):
            read_docx(docx(p("woorden " * 50)), "nota.docx", Limits(characters=100))


NUMBERING = numbered(levels(("decimal", "%1."), ("lowerLetter", "%1.%2)")))
FULL = docx_parts(
    p("Nota", "Titel") + p("Inleiding", "Kop1") + item("een", 1) + item("twee", 1, 1)
    + p(r("Zin") + noted(3) + complex_field(' HYPERLINK "https://voorbeeld.nl" ', r("hier")))
    + table(("a", cell("b", "<w:gridSpan w:val='2'/>")), ("c", "d", "e"), header=True)
    + p(TestBoxes.drawn(p("Kader."))) + p("Slot.", properties="<w:sectPr/>"),
    numbering=NUMBERING,
    footnotes=TestNotes.FOOTNOTES,
    core="<dc:title>Nota</dc:title>",
)  # fmt: skip


def _saved(made: python_docx.document.Document) -> bytes:
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _cells(document: Document) -> list[list[str | None]]:
    (block,) = document.of_kind(BlockKind.TABLE)
    assert block.table is not None
    return [
        [None if one is None else block.text.text[one.start : one.end] for one in row.cells]
        for row in block.table.rows
    ]


def _mutated(original: bytes) -> st.SearchStrategy[bytes]:
    """The bytes with some changed, cut out or doubled."""

    def changed(edits: list[tuple[int, int, bytes]]) -> bytes:
        data = bytearray(original)
        for at, length, new in edits:
            place = at % max(len(data), 1)
            data[place : place + length] = new
        return bytes(data)

    edit = st.tuples(st.integers(0, len(original)), st.integers(0, 8), st.binary(max_size=4))
    return st.lists(edit, min_size=1, max_size=6).map(changed)


def _shuffled() -> st.SearchStrategy[str]:
    """Well-formed bodies in which Word's elements stand where they do not belong."""
    names = (
        *("p", "r", "t", "br", "sym", "ins", "del", "hyperlink", "fldSimple", "fldChar"),
        *("tbl", "tr", "tc", "tcPr", "trPr", "tblHeader", "pPr", "rPr", "numPr", "sectPr"),
        *("sdt", "sdtPr", "sdtContent", "drawing", "txbxContent", "instrText"),
        "footnoteReference",
    )
    attributes = st.sampled_from(
        ["", ' w:val="1"', ' w:val="-99999999999999"', ' w:id="3"', ' w:fldCharType="begin"',
         ' w:fldCharType="end"', ' w:type="page"', ' w:char="zz"', ' w:val="²"']
    )  # fmt: skip
    leaf = st.sampled_from(["tekst", "", p("zin"), item("x", 1), noted(3)])
    return st.recursive(
        leaf,
        lambda inside: st.builds(
            lambda name, given, parts: f"<w:{name}{given}>{''.join(parts)}</w:{name}>",
            st.sampled_from(names),
            attributes,
            st.lists(inside, max_size=4),
        ),
        max_leaves=30,
    )


def _read_or_refuse(data: bytes) -> None:
    started = time.monotonic()
    try:
        read(data, "x", name="nota.docx")
    except UnreadableError as error:
        assert str(error).startswith("nota.docx: ")
    assert time.monotonic() - started < 5
