"""Reading OpenDocument texts: what is printed is what is read."""

from __future__ import annotations

import time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import BlockKind
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import Element, Extraction, UnreadableError
from ingest.readers.odt.reader import read_odt
from tests.ingest.make_office import odt, odt_parts, pack

NUMBERED = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-suffix="." style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-suffix=")" style:num-format="a"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/>'
    "</text:list-style>"
    '<text:list-style style:name="L2">'
    '<text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/>'
    '<text:list-level-style-bullet text:level="2" text:bullet-char="–"/>'
    "</text:list-style>"
)


def extract(body: str, **parts: str) -> Extraction:
    return read_odt(odt(body, **parts), "nota.odt", Limits())


def elements(body: str, **parts: str) -> list[Element]:
    found = extract(body, **parts)
    assert found.elements is not None
    for element in found.elements:
        for line in (*element.lines, *element.body):
            assert found.text[line.start : line.end] == line.text
    return list(found.elements)


def words(element: Element) -> str:
    return " ".join(line.text for line in element.body)


def texts(body: str, **parts: str) -> list[str]:
    return [words(element) for element in elements(body, **parts)]


def p(text: str = "", style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def listed(*items: str, style: str = "L1", more: str = "") -> str:
    """A list; an item is its content."""
    named = f' text:style-name="{style}"' if style else ""
    inside = "".join(f"<text:list-item>{one}</text:list-item>" for one in items)
    return f"<text:list{named}{more}>{inside}</text:list>"


def note(label: str, text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{label}</text:note-citation>'
        f"<text:note-body>{p(text)}</text:note-body></text:note>"
    )


def cell(content: str, more: str = "") -> str:
    return f"<table:table-cell{more}>{content}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    made = "".join(c if c.startswith("<table:") else cell(p(c)) for c in cells)
    return f"<table:table-row{more}>{made}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def automatic(name: str, inside: str, family: str = "paragraph", more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}"{more}>{inside}</style:style>'


class TestStyles:
    def test_headings_have_the_level_of_the_outline(self) -> None:
        found = elements(h("Inleiding") + h("Aanleiding", 2) + p("Tekst."))
        assert [(e.kind, e.level) for e in found] == [
            (BlockKind.HEADING, 1),
            (BlockKind.HEADING, 2),
            (None, 0),
        ]

    def test_automatic_styles_are_looked_through(self) -> None:
        styles = automatic("Bijschrift_20_BZ", "", more=' style:parent-style-name="Caption"')
        styles += automatic("Caption", '<style:text-properties fo:font-size="10pt"/>')
        own = automatic(
            "P1",
            '<style:text-properties fo:font-weight="bold" fo:font-size="120%"/>',
            more=' style:parent-style-name="Bijschrift_20_BZ"',
        )
        (found,) = elements(p("Figuur 1", "P1"), styles=styles, automatic=own)
        assert found.kind is BlockKind.CAPTION
        assert found.style.bold
        assert found.style.size == 12.0
        assert found.style.name == "Bijschrift BZ"

    def test_text_without_a_heading_style_keeps_its_looks_for_others_to_judge(self) -> None:
        own = automatic("T1", '<style:text-properties fo:font-weight="bold"/>', "text")
        (found,) = elements(
            p('<text:span text:style-name="T1">Samenvatting</text:span>'), automatic=own
        )
        assert (found.kind, found.style.bold) == (None, True)

    def test_paragraphs_styled_as_headings_or_quotations(self) -> None:
        styles = "".join(automatic(name, "") for name in ("Heading_20_2", "Quotations", "Title"))
        found = elements(
            p("Nota", "Title") + p("Beleid", "Heading_20_2") + p("Mooi.", "Quotations"),
            styles=styles,
        )
        assert [(e.kind, e.level) for e in found] == [
            (BlockKind.HEADING, 1),
            (BlockKind.HEADING, 2),
            (BlockKind.PULL_QUOTE, 0),
        ]

    def test_a_circle_of_styles_ends(self) -> None:
        styles = automatic("a", "", more=' style:parent-style-name="b"')
        styles += automatic("b", "", more=' style:parent-style-name="a"')
        assert texts(p("Een.", "a"), styles=styles) == ["Een."]

    def test_a_file_made_by_another_program(self) -> None:
        style, text = pytest.importorskip("odf.style"), pytest.importorskip("odf.text")
        made = pytest.importorskip("odf.opendocument").OpenDocumentText()
        bold = style.Style(name="Vet", family="text")
        bold.addElement(style.TextProperties(fontweight="bold"))
        made.automaticstyles.addElement(bold)
        made.text.addElement(text.H(outlinelevel=1, text="Inleiding"))
        paragraph = text.P(text="Het kabinet ")
        paragraph.addElement(text.Span(stylename=bold, text="steunt"))
        paragraph.addText(" dit.")
        made.text.addElement(paragraph)
        stream = BytesIO()
        made.save(stream)
        document = read(stream.getvalue(), "x", name="nota.odt")
        assert [s.title for s in document.sections] == ["Inleiding"]
        assert [b.text.text for b in document.blocks] == ["Inleiding", "Het kabinet steunt dit."]


class TestLists:
    def test_items_have_the_number_that_is_printed(self) -> None:
        inner = listed(p("een"), p("twee") + listed(p("diep"), style=""), style="")
        body = listed(p("A") + p("vervolg"), p("B") + inner, p("C") + listed(p("x"), style=""))
        found = elements(body, automatic=NUMBERED)
        assert [(e.marker, e.level) for e in found] == [
            ("1.", 1),
            ("", 0),
            ("2.", 1),
            ("a)", 2),
            ("b)", 2),
            ("2.b.1", 3),
            ("3.", 1),
            ("a)", 2),
        ]
        assert found[1].kind is None
        assert found[0].lines[0].text == "1. A"

    def test_bullets_of_symbol_fonts_become_characters(self) -> None:
        found = elements(listed(p("x") + listed(p("y"), style=""), style="L2"), automatic=NUMBERED)
        assert [e.marker for e in found] == ["•", "–"]

    def test_a_list_begins_anew_unless_it_continues(self) -> None:
        body = (
            listed(p("a"), p("b"), more=' xml:id="eerste"')
            + listed(p("c"))
            + listed(p("d"), more=' text:continue-numbering="true"')
            + listed(p("e"), more=' text:continue-list="eerste"')
        )
        found = elements(body, automatic=NUMBERED)
        assert [e.marker for e in found] == ["1.", "2.", "1.", "2.", "3."]

    def test_an_item_can_be_told_its_number(self) -> None:
        body = listed(p("a")).replace("<text:list-item>", '<text:list-item text:start-value="4">')
        (found,) = elements(body, automatic=NUMBERED)
        assert found.marker == "4."

    def test_numbered_headings(self) -> None:
        outline = (
            '<text:outline-style style:name="Outline">'
            '<text:outline-level-style text:level="1" style:num-format="1"/>'
            '<text:outline-level-style text:level="2" style:num-format="1"'
            ' text:display-levels="2"/></text:outline-style>'
        )
        body = h("Inleiding") + h("Doel", 2) + h("Opzet", 2) + h("Beleid") + h("Kaders", 2)
        document = read(odt(body, styles=outline), "x", name="nota.odt")
        assert [(s.number, s.title) for s in document.sections] == [
            ("1", "Inleiding"),
            ("1.1", "Doel"),
            ("1.2", "Opzet"),
            ("2", "Beleid"),
            ("2.1", "Kaders"),
        ]

    def test_headings_in_a_list_go_on_through_the_document(self) -> None:
        more = ' text:continue-numbering="true"'
        style = NUMBERED.replace('num-format="a"', 'num-format="1" text:display-levels="2"')
        deep = listed(listed(h("Doel", 2), style=""), more=more)
        body = listed(h("Inleiding"), more=more) + p("Tekst.") + deep + p("Tekst.") + deep
        found = elements(body, automatic=style)
        assert [e.marker for e in found if e.kind] == ["1.", "1.1)", "1.2)"]

    def test_newer_files_write_the_whole_number(self) -> None:
        style = (
            '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"'
            ' style:num-format="I" style:num-list-format="Deel %1%:"/></text:list-style>'
        )
        (found,) = elements(listed(p("x")), automatic=style)
        assert found.marker == "Deel I:"


class TestNotes:
    def test_notes_follow_their_paragraph(self) -> None:
        body = p(f"Eerst dit{note('1', 'Zie bijlage.')} en dat{note('i', 'Bron.', 'endnote')}.")
        found = elements(body + p("Verder."))
        assert [(e.kind, e.marker, words(e)) for e in found] == [
            (None, "", "Eerst dit[1] en dat[i]."),
            (BlockKind.FOOTNOTE, "1", "Zie bijlage."),
            (BlockKind.FOOTNOTE, "i", "Bron."),
            (None, "", "Verder."),
        ]
        document = read(odt(body), "x", name="nota.odt")
        assert document.blocks[0].text.text == "Eerst dit en dat."
        assert [(n.label, n.position) for n in document.blocks[0].notes] == [("1", 9), ("i", 16)]
        assert document.warnings == ()

    def test_a_note_in_a_table_stands_after_the_table(self) -> None:
        found = elements(table(row("Land", "€"), row(cell(p(f"Mali{note('1', 'x')}")), "10")))
        assert [e.kind for e in found] == [BlockKind.TABLE, BlockKind.FOOTNOTE]


class TestTables:
    def test_rows_and_cells_are_read_with_their_header(self) -> None:
        header = f"<table:table-header-rows>{row('Land', 'Bedrag')}</table:table-header-rows>"
        document = read(odt(table(header, row("Mali", "€ 10"))), "x", name="nota.odt")
        (block,) = document.blocks
        assert block.table is not None
        assert [r.header for r in block.table.rows] == [True, False]
        assert [
            [c and block.text.text[c.start : c.end] for c in r.cells] for r in block.table.rows
        ] == [["Land", "Bedrag"], ["Mali", "€ 10"]]

    def test_joined_and_repeated_cells_keep_their_columns(self) -> None:
        wide = cell(p("Breed"), ' table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
        twice = cell(p("0"), ' table:number-columns-repeated="2"')
        (found,) = elements(table(row("a", wide), row("b", twice), row("c", cell(""), "3")))
        assert [line.text for line in found.lines] == ["a\tBreed\t", "b\t0\t0", "c\t\t3"]

    def test_a_million_empty_cells_are_none(self) -> None:
        many = cell("", ' table:number-columns-repeated="1000000"')
        rows = row("a", "b", many) + row(many, more=' table:number-rows-repeated="1000000"')
        (found,) = elements(table(rows))
        assert found.lines[0].text == "a\tb"
        assert len(found.cells) == 2

    def test_a_million_repeated_cells_with_text_are_bounded(self) -> None:
        many = cell(p("x"), ' table:number-columns-repeated="1000000"')
        rows = row(many, more=' table:number-rows-repeated="1000000"')
        assert len(extract(table(rows)).text) < 100_000

    def test_rows_without_cells_or_text_are_nothing(self) -> None:
        (found,) = elements(table(row("Land"), row(""), row(), row("Mali"), row(" "), row("Niger")))
        assert [line.text for line in found.lines] == ["Land", "Mali", "Niger"]

    def test_lists_and_tables_in_cells(self) -> None:
        inner = table(row("e", "f"))
        body = table(row("a", "b"), row(cell(listed(p("c"), p("d"))), cell(p("g") + inner)))
        assert texts(body, automatic=NUMBERED) == ["a\tb 1. c 2. d\tg", "e\tf"]

    def test_a_table_of_one_cell_is_a_box(self) -> None:
        found = elements(p("Voor.") + table(row(cell(h("Kader", 2) + p("Tekst.")))) + p("Na."))
        assert [e.box for e in found] == [None, 0, 0, None]


class TestBoxes:
    @staticmethod
    def framed(inside: str) -> str:
        return f"<draw:frame><draw:text-box>{inside}</draw:text-box></draw:frame>"

    def test_a_text_box_is_read_after_its_paragraph(self) -> None:
        body = p(f"Voor{self.framed(h('Kader', 2) + p('Inhoud.'))} en na.") + p("Slot.")
        assert [(words(e), e.box) for e in elements(body)] == [
            ("Voor en na.", None),
            ("Kader", 0),
            ("Inhoud.", 0),
            ("Slot.", None),
        ]
        document = read(odt(body), "x", name="nota.odt")
        assert [(box.title, box.blocks) for box in document.boxes] == [("Kader", (1, 2))]

    def test_a_frame_on_the_page_and_a_shape_with_text(self) -> None:
        shape = f"<draw:g><draw:custom-shape>{p('Pijl.')}</draw:custom-shape></draw:g>"
        found = elements(self.framed(p("Los.")) + p(f"Tekst.{shape}"))
        assert [(words(e), e.box) for e in found] == [("Los.", 0), ("Tekst.", None), ("Pijl.", 1)]

    def test_shaded_paragraphs_are_a_box(self) -> None:
        own = automatic("S", '<style:paragraph-properties fo:background-color="#eeeeee"/>')
        own += automatic("B", '<style:paragraph-properties fo:border-bottom="1pt solid #000000"/>')
        found = elements(
            p("A.") + p("B.", "S") + p("C.", "S") + p("D.") + p("E.", "B") * 2, automatic=own
        )
        assert [e.box for e in found] == [None, 0, 0, None, None, None]


class TestInline:
    def test_white_space_is_as_the_format_says(self) -> None:
        body = p(
            'Het\n  kabinet<text:s text:c="900000000"/>zegt<text:tab/>dat<text:line-break/>dit.'
        )
        (found,) = elements(body)
        assert [line.text for line in found.lines] == ["Het kabinet zegt dat", "dit."]

    def test_deleted_hidden_and_noted_text_is_not_read(self) -> None:
        own = automatic("T1", '<style:text-properties text:display="none"/>', "text")
        body = (
            f"<text:tracked-changes><text:changed-region><text:deletion>{p('Oud.')}"
            "</text:deletion></text:changed-region></text:tracked-changes>"
            + p(
                'Zicht<text:span text:style-name="T1">geheim</text:span>baar'
                f"<office:annotation><dc:creator>X</dc:creator>{p('Opmerking')}</office:annotation>."
            )
            + f'<text:section text:display="none">{p("Weg.")}</text:section>'
            + f"<text:section>{p('Blijft.')}</text:section>"
        )
        assert texts(body, automatic=own) == ["Zichtbaar.", "Blijft."]

    def test_links_keep_their_address(self) -> None:
        body = p(
            'Zie <text:a xlink:href="https://voorbeeld.nl/a">de <text:span>site</text:span>'
            '</text:a> en <text:a xlink:href="#kop">hier</text:a>.'
        )
        found = extract(body)
        assert [(found.text[x.span.start : x.span.end], x.target) for x in found.links] == [
            ("de site", "https://voorbeeld.nl/a")
        ]

    def test_a_table_of_contents_makes_no_headings(self) -> None:
        body = (
            f"<text:table-of-content><text:index-body>{p('Inleiding 1')}</text:index-body>"
            "</text:table-of-content>"
        )
        assert texts(body + h("Inleiding")) == ["Inleiding"]


class TestPages:
    def test_recorded_and_explicit_breaks_begin_pages(self) -> None:
        own = automatic("N", '<style:paragraph-properties fo:break-before="page"/>')
        body = (
            p("A.")
            + "<text:soft-page-break/>"
            + p("B<text:soft-page-break/>b.")
            + p("C.")
            + p("D.", "N")
        )
        found = elements(body, automatic=own)
        assert [e.lines[0].page for e in found] == [1, 2, 3, 4]


class TestProperties:
    def test_meta_is_dublin_core(self) -> None:
        found = extract(
            p("Tekst."),
            meta="<dc:title>Nota</dc:title><meta:initial-creator>BZ</meta:initial-creator>"
            "<dc:creator>Ander</dc:creator><dc:date>2023-02-01T08:00:00.123456789</dc:date>"
            "<meta:creation-date>2022-06-24T10:00:00</meta:creation-date>"
            "<dc:language>nl-NL</dc:language>",
        )
        assert found.properties == {
            "title": "Nota",
            "creator": "BZ",
            "created": "2022-06-24",
            "modified": "2023-02-01",
            "language": "nl-NL",
        }


FULL = odt_parts(
    h("Inleiding")
    + listed(p("een"), p("twee") + listed(p("drie"), style=""))
    + p(f"Zin{note('1', 'Noot.')} <text:a xlink:href='https://voorbeeld.nl'>hier</text:a>", "P1")
    + table(row("a", cell(p("b"), ' table:number-columns-repeated="2"')), row("c", "d", "e"))
    + p(TestBoxes.framed(p("Kader."))),
    automatic=NUMBERED + automatic("P1", '<style:text-properties fo:font-size="120%"/>'),
    styles=automatic("Standard", ""),
    meta="<dc:title>Nota</dc:title>",
)


class TestBadFiles:
    def refused(self, data: bytes, reason: str) -> None:
        with pytest.raises(UnreadableError, match=rf"nota\.odt: .*{reason}"):
            read(data, "x", name="nota.odt")

    def test_an_encrypted_file(self) -> None:
        entry = (
            '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
            "</manifest:file-entry>"
        )
        self.refused(odt(p("x"), manifest=entry), "encrypted")

    def test_a_file_without_content(self) -> None:
        self.refused(pack({"mimetype": FULL["mimetype"]}), "part 'content.xml' is missing")

    def test_a_spreadsheet_with_the_wrong_name(self) -> None:
        content = FULL["content.xml"].replace(b"office:text", b"office:spreadsheet")
        self.refused(pack({**FULL, "content.xml": content}), "no OpenDocument text in it")

    def test_entities(self) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        self.refused(pack({**FULL, "content.xml": bomb}), "declares XML entities")

    def test_the_deepest_nesting_that_is_allowed(self) -> None:
        for opened, closed in (
            ("<text:list><text:list-item>", "</text:list-item></text:list>"),
            ("<text:section>", "</text:section>"),
            ("<text:p><draw:frame><draw:text-box>", "</draw:text-box></draw:frame></text:p>"),
            (
                "<table:table><table:table-row><table:table-cell>",
                "</table:table-cell></table:table-row></table:table>",
            ),
        ):
            depth = 190 // opened.count("<")
            body = opened * depth + p("Diep.") + closed * depth + p("Tekst.")
            assert texts(body)[-1] == "Tekst."

    @settings(deadline=None, max_examples=100)
    @given(st.data())
    def test_changed_bytes_give_a_reading_or_a_refusal(self, data: st.DataObject) -> None:
        _read_or_refuse(data.draw(_mutated(pack(FULL))))

    @settings(deadline=None, max_examples=200)
    @given(st.data())
    def test_changed_parts_give_a_reading_or_a_refusal(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(FULL)))
        _read_or_refuse(pack({**FULL, name: data.draw(_mutated(FULL[name]))}))

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_shuffled_elements_give_a_reading_or_a_refusal(self, data: st.DataObject) -> None:
        _read_or_refuse(odt(data.draw(_shuffled()), automatic=NUMBERED))

    def test_a_long_document_is_read_in_seconds(self) -> None:
        span = "<text:span>Het kabinet steunt de opvang. </text:span>"
        data = odt(p(span * 10) * 10_000)
        started = time.monotonic()
        found = read_odt(data, "nota.odt", Limits(expansion_ratio=10_000))
        assert len(found.elements or ()) == 10_000
        assert time.monotonic() - started < 10


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
    """Well-formed bodies in which elements stand where they do not belong."""
    names = (
        *("text:p", "text:h", "text:span", "text:a", "text:list", "text:list-item", "text:note"),
        *("text:note-body", "text:note-citation", "text:section", "text:numbered-paragraph"),
        *("table:table", "table:table-row", "table:table-cell", "table:table-header-rows"),
        *("draw:frame", "draw:text-box", "text:soft-page-break", "text:list-header"),
    )
    attributes = st.sampled_from(
        [
            "",
            ' text:style-name="L1"',
            ' text:outline-level="-9999999999999"',
            ' text:start-value="²"',
            ' text:level="99"',
            ' table:number-columns-repeated="0"',
            ' text:continue-numbering="true"',
        ]
    )
    leaf = st.sampled_from(["tekst", "", p("zin"), listed(p("x")), note("1", "noot")])
    return st.recursive(
        leaf,
        lambda inside: st.builds(
            lambda name, given, parts: f"<{name}{given}>{''.join(parts)}</{name}>",
            st.sampled_from(names),
            attributes,
            st.lists(inside, max_size=4),
        ),
        max_leaves=30,
    )


def _read_or_refuse(data: bytes) -> None:
    started = time.monotonic()
    try:
        read(data, "x", name="nota.odt")
    except UnreadableError as error:
        assert str(error).startswith("nota.odt: ")
    assert time.monotonic() - started < 5
