"""Reading web pages: what is the document in them, and what its elements are."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, Document
from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import Element, Extraction, UnreadableError
from ingest.readers.html.reader import read_html

PAGES = Path(__file__).parent.parent / "fixtures" / "documents" / "html"
NEWS = PAGES / "rijksoverheid-nieuws.html"
PAPER = PAGES / "kst-36180-97.html"
LAW = PAGES / "wetten-artikel.html"


def extract(html: str | bytes) -> Extraction:
    data = html if isinstance(html, bytes) else html.encode()
    found = read_html(data, "x.html", Limits())
    check(found)
    return found


def check(found: Extraction) -> None:
    """Every offset points at what it says it does."""
    found.text.encode()
    elements = found.elements or ()
    for line in [*found.lines, *(line for e in elements for line in (*e.lines, *e.body))]:
        assert found.text[line.start : line.end] == line.text
    for element in elements:
        for cell in (cell for row in element.cells for cell in row):
            assert all(found.text[line.start : line.end] == line.text for line in cell)
    for note in found.references:
        assert found.text[note.span.start : note.span.end] == f"[{note.label}]"


def elements(html: str | bytes) -> list[tuple[BlockKind | None, str]]:
    return [(e.kind, words(e)) for e in extract(html).elements or ()]


def words(element: Element) -> str:
    return " / ".join(line.text for line in element.body)


def items(html: str) -> list[tuple[str, int, str]]:
    found = extract(html).elements or ()
    return [(e.marker, e.level, words(e)) for e in found if e.kind is BlockKind.LIST_ITEM]


def rows(html: str) -> list[list[str]]:
    (table,) = (e for e in extract(html).elements or () if e.kind is BlockKind.TABLE)
    return [[" ".join(line.text for line in cell) for cell in row] for row in table.cells]


def document(html: str | bytes) -> Document:
    return read(html if isinstance(html, bytes) else html.encode(), "x", name="x.html")


def block(found: Document, text: str) -> Block:
    (only,) = (b for b in found.blocks if text in b.text.text)
    return only


class TestNewsPage:
    """A news page in the shape of rijksoverheid.nl."""

    def test_only_the_message_is_read(self) -> None:
        found = read(NEWS, "nieuws")
        assert [(b.kind, b.text.text) for b in found.blocks] == [
            (BlockKind.HEADING, "Kabinet versterkt humanitaire hulp in de Sahel"),
            (BlockKind.PARAGRAPH, "Nieuwsbericht | 12-03-2027 | 10:30"),
            (
                BlockKind.PARAGRAPH,
                "Nederland trekt dit jaar 45 miljoen euro extra uit voor noodhulp in Mali, Niger "
                "en Burkina Faso.",
            ),
            (
                BlockKind.PARAGRAPH,
                "Dat schrijft minister De Vries in een brief aan de Tweede Kamer. De hulp gaat "
                "via de VN en het Rode Kruis.",
            ),
            (BlockKind.HEADING, "Wat gaat er gebeuren?"),
            (BlockKind.LIST_ITEM, "voedsel en schoon water;"),
            (BlockKind.LIST_ITEM, "bescherming van burgers:"),
            (BlockKind.LIST_ITEM, "vrouwen en meisjes;"),
            (BlockKind.LIST_ITEM, "ontheemden."),
            (BlockKind.LIST_ITEM, "opvang in de regio."),
            (BlockKind.PARAGRAPH, "Daarvoor komt een apart fonds."),
            (BlockKind.PULL_QUOTE, "Niemand mag tussen wal en schip vallen."),
            (
                BlockKind.CAPTION,
                "Anna de Vries, minister voor Buitenlandse Handel en Ontwikkelingshulp",
            ),
            (BlockKind.CAPTION, "Beeld: Opvangkamp bij Mopti"),
            (BlockKind.HEADING, "Feiten en cijfers"),
            (BlockKind.PARAGRAPH, "In de Sahel zijn 3 miljoen mensen ontheemd."),
        ]

    def test_list_quote_and_box(self) -> None:
        found = read(NEWS, "nieuws")
        listed = [(b.marker, b.level) for b in found.of_kind(BlockKind.LIST_ITEM)]
        assert listed == [("•", 1), ("•", 1), ("•", 2), ("•", 2), ("•", 1)]
        (quote,) = found.of_kind(BlockKind.PULL_QUOTE)
        assert quote.attribution.startswith("Anna de Vries, minister")
        assert [(box.title, len(box.blocks)) for box in found.boxes] == [("Feiten en cijfers", 2)]

    def test_what_the_page_says_about_itself(self) -> None:
        found = extract(NEWS.read_bytes())
        assert found.properties == {
            "title": "Kabinet versterkt humanitaire hulp in de Sahel",
            "date": "2027-03-12",
            "creator": "Ministerie van Buitenlandse Zaken",
            "publisher": "Ministerie van Algemene Zaken",
            "type": "nieuwsbericht",
            "identifier": "https://www.rijksoverheid.nl/actueel/nieuws/2027/03/12/"
            "kabinet-versterkt-humanitaire-hulp-in-de-sahel",
            "description": "Nederland trekt extra geld uit voor noodhulp in de Sahel.",
            "language": "nl-NL",
        }
        (link,) = found.links
        assert found.text[link.span.start : link.span.end] == "brief aan de Tweede Kamer"
        assert link.target.endswith("kamerbrief-humanitaire-hulp-sahel")


class TestParliamentaryPaper:
    """A letter in the shape of officielebekendmakingen.nl, in a form that holds the whole page."""

    def test_headings_and_sections(self) -> None:
        found = read(PAPER, "kst-36180-97")
        titles = [b.text.text for b in found.of_kind(BlockKind.HEADING)]
        assert titles == [
            "Doen waar Nederland goed in is",
            "BRIEF VAN DE MINISTER VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSHULP",
            "Inleiding",
            "Aanbevelingen",
        ]
        assert ("1", "Inleiding") in [(s.number, s.title) for s in found.sections]
        assert block(found, "Ik verwijs naar").section == 0

    def test_notes_are_tied_to_their_references(self) -> None:
        found = read(PAPER, "kst-36180-97")
        letter = block(found, "Hierbij bied ik")
        assert letter.text.text == (
            "Hierbij bied ik u de reactie aan op de evaluatie van het grondstoffenbeleid. "
            "De evaluatie besloeg de jaren 2019 tot en met 2025."
        )
        assert [note.label for note in letter.notes] == ["1", "2"]
        assert [note.label for note in block(found, "Stel heldere").notes] == ["3"]
        assert [(b.marker, b.text.text) for b in found.of_kind(BlockKind.FOOTNOTE)] == [
            ("1", "Raadpleegbaar via www.tweedekamer.nl."),
            ("2", "IOB, 2026. Zie ook de bijlage."),
            ("3", "Aanbeveling 1."),
        ]
        assert found.warnings == ()

    def test_printed_marks_of_list_items(self) -> None:
        found = read(PAPER, "kst-36180-97")
        assert [(b.marker, b.level, b.text.text) for b in found.of_kind(BlockKind.LIST_ITEM)] == [
            ("a.", 1, "Stel heldere doelen;"),
            ("b.", 1, "Werk samen met:"),
            ("1°.", 2, "Duitsland;"),
            ("2°.", 2, "Frankrijk."),
        ]

    def test_table_with_its_caption(self) -> None:
        found = read(PAPER, "kst-36180-97")
        (caption,) = found.of_kind(BlockKind.CAPTION)
        (table,) = found.of_kind(BlockKind.TABLE)
        assert caption.text.text == "Tabel 1. Bijdragen per jaar (x € 1.000)"
        assert caption.order + 1 == table.order
        assert table.table is not None
        text = table.text.text
        cells = [[c and text[c.start : c.end] for c in row.cells] for row in table.table.rows]
        assert cells == [
            ["Programma", "Jaar", None],
            [None, "2026", "2027"],
            ["Grondstoffenfonds", "1.250", "1.500"],
            ["Diplomatie", None, "300"],
        ]
        assert [row.header for row in table.table.rows] == [True, True, False, False]

    def test_signature(self) -> None:
        (signature,) = read(PAPER, "kst-36180-97").of_kind(BlockKind.SIGNATURE)
        assert signature.text.text == (
            "De Minister voor Buitenlandse Handel en Ontwikkelingshulp, A. de Vries"
        )

    def test_the_site_around_it_is_left_out(self) -> None:
        found = read(PAPER, "kst-36180-97")
        assert not re.search("Direct naar|U bent|Acties|werkt samen met Rijks", found.source.text)

    def test_metadata(self) -> None:
        stated = extract(PAPER.read_bytes()).properties
        assert stated["identifier"] == "kst-36180-97"
        assert stated["dossier"] == "36180; 32852"
        assert stated["date"] == "2027-02-03"
        assert stated["creator"] == "A. de Vries"


class TestLaw:
    """A regulation in the shape of wetten.overheid.nl."""

    def test_articles_and_members(self) -> None:
        headings = [
            (e.level, words(e))
            for e in extract(LAW.read_bytes()).elements or ()
            if e.kind is BlockKind.HEADING
        ]
        assert headings == [
            (1, "Subsidieregeling Buitenlandse Zaken"),
            (3, "Hoofdstuk 1 Algemene bepalingen"),
            (4, "Artikel 1 Begripsbepalingen"),
            (4, "Artikel 2"),
        ]
        found = read(LAW, "BWBR0018380")
        assert [(b.marker, b.level, b.text.text) for b in found.of_kind(BlockKind.LIST_ITEM)] == [
            ("1", 1, "In deze regeling wordt verstaan onder:"),
            ("a.", 2, "minister: de Minister van Buitenlandse Zaken;"),
            ("b.", 2, "ODA: official development assistance."),
            ("2", 1, "De minister stelt per programma een subsidieplafond vast."),
        ]
        assert "Toon relaties" not in found.source.text


class TestText:
    @pytest.mark.parametrize(
        ("html", "expected"),
        [
            ("<p>een</p>twee<p>drie</p>", ["een", "twee", "drie"]),
            ("<div>een <b>twee</b><div>drie</div>vier</div>", ["een twee", "drie", "vier"]),
            ("<span>een<p>twee</p>drie</span>", ["een", "twee", "drie"]),
            ("<p>woord<b>deel</b> en\n  <i>meer</i></p>", ["woorddeel en meer"]),
            ("<p>een<br>twee<br/>drie</p>", ["een / twee / drie"]),
            ("<pre>een\n  twee</pre>", ["een / twee"]),
            ("<p>zei <q>nee</q></p>", ["zei “nee”"]),
            ("<p>x<!-- niet --><script>niet()</script>y</p>", ["xy"]),
            ("<p>a &lt; b &amp; c &euro; &#8364; &onbekend;</p>", ["a < b & c € € &onbekend;"]),
            ("los", ["los"]),
        ],
    )
    def test_words_stand_where_they_are_shown(self, html: str, expected: list[str]) -> None:
        assert [text for _, text in elements(html)] == expected

    @pytest.mark.parametrize(
        "html",
        [
            '<p style="display: none">weg</p>',
            "<p hidden>weg</p>",
            '<span aria-hidden="true">weg</span>',
            '<p class="sr-only">weg</p>',
            "<nav>weg</nav>",
            '<div class="cookie-bar">weg</div>',
            '<ul class="breadcrumb"><li>weg</li></ul>',
            '<div class="share-buttons">weg</div>',
            "<section><h2>Deel deze pagina</h2><ul><li>weg</li></ul></section>",
            '<form><label for="a">weg</label><input id="a"></form>',
            "<button>weg</button>",
            "<footer>weg</footer>",
            "<template><p>weg</p></template>",
            "<svg><title>weg</title></svg>",
        ],
    )
    def test_what_is_not_the_document_is_left_out(self, html: str) -> None:
        text = extract(f"<body><p>Een lange alinea die blijft staan.</p>{html}<p>Slot.</p>").text
        assert "weg" not in text
        assert "blijft" in text
        assert "Slot." in text

    @pytest.mark.parametrize(
        "html",
        [
            '<div class="menu"><p>blijft, want de hele pagina staat hierin</p></div>',
            "<form><p>blijft</p><input></form>",
            '<h2 id="menu">blijft</h2>',
            "<h2><button>blijft</button></h2>",
            '<div class="deel">blijft</div>',
            "<article><footer>blijft</footer></article>",
            "<details><summary>Vraag</summary>blijft</details>",
        ],
    )
    def test_what_only_looks_like_it_stays(self, html: str) -> None:
        assert "blijft" in extract(f"<body>{html}</body>").text

    def test_main_is_the_document(self) -> None:
        assert elements("<body><p>site</p><main><p>stuk</p></main></body>") == [
            (BlockKind.PARAGRAPH, "stuk")
        ]
        assert len(elements("<body><p>een</p><main></main></body>")) == 1

    def test_a_kind_only_where_the_page_says_so(self) -> None:
        assert elements(
            "<h3>Kop</h3><p>Tekst.</p><p><b>Vet</b></p><div>Los</div><p><i>Schuin</i></p>"
            "<address>Den Haag</address><p class='ondertekening'>De minister,</p>"
        ) == [
            (BlockKind.HEADING, "Kop"),
            (BlockKind.PARAGRAPH, "Tekst."),
            (None, "Vet"),
            (None, "Los"),
            (None, "Schuin"),
            (None, "Den Haag"),
            (BlockKind.SIGNATURE, "De minister,"),
        ]
        (bold,) = (e for e in extract("<p><b>Vet</b></p>").elements or ())
        assert bold.style.bold

    def test_links(self) -> None:
        found = extract(
            '<p><a href="/a"> een </a> <a href="#b">twee</a> <a href="javascript:x()">drie</a> '
            '<a href="mailto:a@b.nl">vier</a> <a href="https://x.nl/y">vijf</a></p>'
        )
        linked = [(found.text[k.span.start : k.span.end], k.target) for k in found.links]
        assert linked == [("een", "/a"), ("vijf", "https://x.nl/y")]


class TestLists:
    @pytest.mark.parametrize(
        ("html", "marks"),
        [
            ("<ol><li>x<li>y</ol>", ["1.", "2."]),
            ("<ol start=4><li>x<li value=9>y<li>z</ol>", ["4.", "9.", "10."]),
            ("<ol type=a><li>x<li>y</ol>", ["a.", "b."]),
            ("<ol type=I><li>x<li>y</ol>", ["I.", "II."]),
            ('<ol style="list-style-type: lower-roman"><li>x<li>y</ol>', ["i.", "ii."]),
            ("<ol reversed><li>x<li>y</ol>", ["2.", "1."]),
            ("<ul><li>x</ul>", ["•"]),
            ('<ul style="list-style: none"><li>x</ul>', [""]),
            ("<ol start=-1 type=a><li>x</ol>", ["-1."]),
            ("<ol start=99999999999999999999><li>x</ol>", ["1."]),
        ],
    )
    def test_marks(self, html: str, marks: list[str]) -> None:
        assert [mark for mark, _, _ in items(html)] == marks

    def test_nested(self) -> None:
        html = "<ol><li>een<ul><li>twee<ol type=i><li>drie</ol></ul>vervolg<li>vier</ol>"
        assert items(html) == [
            ("1.", 1, "een"),
            ("•", 2, "twee"),
            ("i.", 3, "drie"),
            ("2.", 1, "vier"),
        ]
        assert (BlockKind.PARAGRAPH, "vervolg") in elements(html)

    def test_definitions(self) -> None:
        assert elements("<dl><dt>ODA</dt><dd>hulp</dd></dl>") == [
            (BlockKind.PARAGRAPH, "ODA"),
            (BlockKind.LIST_ITEM, "hulp"),
        ]


class TestTables:
    def test_cells_that_span_others(self) -> None:
        assert rows(
            "<table><tr><th rowspan=2>a<th colspan=2>b</tr><tr><th>c<th>d</tr>"
            "<tr><td>1<td>2<td>3</tr></table>"
        ) == [["a", "b", ""], ["", "c", "d"], ["1", "2", "3"]]

    def test_lists_and_paragraphs_in_a_cell(self) -> None:
        assert rows(
            "<table><tr><td>Landen<td><p>Focus:</p><ul><li>Mali<li>Niger</ul></tr></table>"
        ) == [["Landen", "Focus: • Mali • Niger"]]

    def test_rows_without_text_are_left_out(self) -> None:
        assert rows("<table><tr><td></tr><tr><td>a<td>b</tr><tr><td> <td></tr></table>") == [
            ["a", "b"]
        ]

    @pytest.mark.parametrize(
        "html",
        [
            "<table role=presentation><tr><td>een<td>twee</tr></table>",
            "<table><tr><td>een</td></tr><tr><td>twee</td></tr></table>",
            "<table><tr><td><h2>een</h2><td>twee</tr></table>",
            "<table>een<tr><td>twee</td></tr></table>",
            "<table><tr><td>een<td><table><tr><td>twee</table></table>",
        ],
    )
    def test_a_table_for_layout_is_text(self, html: str) -> None:
        assert [text for kind, text in elements(html) if kind is not BlockKind.TABLE] == [
            "een",
            "twee",
        ]

    def test_huge_spans_do_no_harm(self) -> None:
        wide = "<tr><td colspan=99999 rowspan=99999>a<td>b</tr>" * 300
        assert len(extract(f"<table>{wide}</table>").text) < 50_000


class TestNotes:
    @pytest.mark.parametrize(
        "html",
        [
            '<p>Beleid.<sup><a href="#fn1" id="fnref1">1</a></sup></p>'
            '<ol><li id="fn1"><p>Bron. <a href="#fnref1">↩</a></p></li></ol>',
            '<p>Beleid.<a href="#_ftn1" name="_ftnref1"><span>[1]</span></a></p>'
            '<div style="mso-element:footnote-list"><div style="mso-element:footnote" id="ftn1">'
            '<p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1">[1]</a> Bron.</p>'
            "</div></div>",
            '<p>Beleid.<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym">'
            '<sup>1</sup></a></p><div id="sdfootnote1"><p><a class="sdfootnotesym" '
            'name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Bron.</p></div>',
            '<p>Beleid.<a role="doc-noteref" href="#n">1</a></p><aside role="doc-footnote" '
            'id="n">1. Bron. <a role="doc-backlink" href="#r">terug</a></aside>',
            '<p>Beleid.<sup><a href="#a">(1)</a></sup></p><p id="a">(1) Bron.</p>',
            "<p>Beleid.<sup>1</sup></p><p>Meer.</p><p><sup>1</sup> Bron.</p>",
            '<p>Beleid.<sup><a href="#a">1</a></sup></p><dl><dt id="a">1</dt><dd>Bron.</dd></dl>',
            '<body><main><p>Beleid.<sup><a href="#fn1">1</a></sup></p></main>'
            '<footer><div id="fn1">1 Bron.</div></footer></body>',
        ],
    )
    def test_every_way_to_write_a_note(self, html: str) -> None:
        found = document(html)
        assert [n.label for n in block(found, "Beleid.").notes] == ["1"]
        notes = [(b.marker, b.text.text) for b in found.of_kind(BlockKind.FOOTNOTE)]
        assert notes == [("1", "Bron.")]
        assert found.warnings == ()

    def test_notes_within_one_block(self) -> None:
        found = document(
            '<p>Een<sup><a href="#n1">1</a>, <a href="#n2">2</a></sup>.</p>'
            '<div><p>Slot.</p><a name="n1">1</a> Bron een.<br><a name="n2">2</a> Bron twee.</div>'
        )
        assert block(found, "Een").text.text == "Een."
        notes = [(b.marker, b.text.text) for b in found.of_kind(BlockKind.FOOTNOTE)]
        assert notes == [("1", "Bron een."), ("2", "Bron twee.")]

    def test_a_raised_figure_is_no_note_by_itself(self) -> None:
        assert elements("<p>10 km<sup>2</sup> en CO<sub>2</sub></p>") == [
            (BlockKind.PARAGRAPH, "10 km2 en CO2")
        ]
        found = extract('<p>Zie <a href="#h2">hoofdstuk 2</a>.</p><h2 id="h2">2</h2>')
        assert found.references == ()

    def test_a_note_in_a_table(self) -> None:
        found = extract(
            '<table><tr><td>a<sup><a href="#fn1">1</a></sup><td>b</tr></table><p id=fn1>1 Noot.'
        )
        assert [note.label for note in found.references] == ["1"]


class TestBoxesAndQuotes:
    def test_boxes_have_numbers_only_when_filled(self) -> None:
        found = document(
            "<p>Voor.</p><aside></aside><div class='kader'><h4>Titel</h4><p>In.</p></div>"
            "<section class='tekst-kader'><p>Ook.</p></section>"
        )
        assert [(box.order, box.title) for box in found.boxes] == [(0, "Titel"), (1, "")]

    @pytest.mark.parametrize(
        "html",
        [
            "<blockquote><p>Echt.</p><footer>— Jan Jansen</footer></blockquote>",
            "<blockquote><p>Echt.</p><p>– Jan Jansen</p></blockquote>",
            "<figure><blockquote>Echt.</blockquote><figcaption>Jan Jansen</figcaption></figure>",
            "<div class='citaat'><p>Echt.</p><p class='auteur'>Jan Jansen</p></div>",
        ],
    )
    def test_who_is_quoted(self, html: str) -> None:
        quote, credit = extract(html).elements or ()
        assert (quote.kind, quote.attribution, words(quote)) == (
            BlockKind.PULL_QUOTE,
            "Jan Jansen",
            "Echt.",
        )
        assert credit.kind is BlockKind.CAPTION


class TestProperties:
    @pytest.mark.parametrize(
        ("head", "expected"),
        [
            ("<title>Nota | Rijksoverheid.nl</title>", {"title": "Nota"}),
            ("<title>Handel - hulp</title>", {"title": "Handel - hulp"}),
            ("<title>Nota - Rijksoverheid.nl</title>", {"title": "Nota"}),
            ('<meta property="dcterms:title" content="Wet">', {"title": "Wet"}),
            ('<meta name="DCTERMS.available" content="start=2027-01-02;">', {"date": "2027-01-02"}),
            ('<meta name="DCTERMS.issued" content="02-01-2027">', {"date": "2027-01-02"}),
            ('<meta name="DCTERMS.issued" content="gisteren">', {}),
            (
                '<meta property="article:published_time" content="2027-01-02T10:00:00+01:00">',
                {"date": "2027-01-02"},
            ),
            (
                '<meta name="OVERHEIDop.externMetadataRecord" '
                'content="https://zoek.officielebekendmakingen.nl/kst-1-2/metadata.xml">',
                {"identifier": "kst-1-2"},
            ),
        ],
    )
    def test_by_dublin_core_term(self, head: str, expected: dict[str, str]) -> None:
        assert extract(f"<html><head>{head}</head><body><p>x").properties == expected

    def test_a_date_in_the_text_when_the_head_has_none(self) -> None:
        assert extract('<p><time datetime="2027-05-06">6 mei</time>').properties == {
            "date": "2027-05-06"
        }


class TestBytes:
    @pytest.mark.parametrize(
        "data",
        [
            "<p>één</p>".encode(),
            b"\xef\xbb\xbf<p>" + "één</p>".encode(),
            "<meta charset='iso-8859-1'><p>één</p>".encode("latin-1"),
            "<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>één".encode(
                "cp1252"
            ),
            "<p>één</p>".encode("cp1252"),
            "<meta charset=utf-8><p>één</p>".encode("cp1252"),
            "<meta charset=hex><p>één</p>".encode(),
            "<meta charset=punycode><p>één</p>".encode(),
            "<?xml version='1.0' encoding='iso-8859-15'?><p>één</p>".encode("iso-8859-15"),
        ],
    )
    def test_encodings(self, data: bytes) -> None:
        assert "één" in extract(data).text

    def test_deep_nesting_is_refused_at_once(self) -> None:
        start = time.monotonic()
        with pytest.raises(UnreadableError, match=r"x\.html: refused, elements nested deeper"):
            extract("<div>" * 10_000 + "tekst")
        with pytest.raises(UnreadableError, match=r"x\.html: elements nested deeper than 200"):
            extract("<div>" * 220 + "tekst")
        assert time.monotonic() - start < 1

    def test_as_deep_as_allowed(self) -> None:
        assert "tekst" in extract("<div><b>" * 95 + "tekst").text

    def test_a_deeper_limit_does_not_crash(self) -> None:
        data = ("<div>" * 240 + "tekst").encode()
        assert "tekst" in read_html(data, "x", Limits(depth=100_000)).text

    def test_a_page_beyond_the_parser_is_refused_not_cut_off(self) -> None:
        with pytest.raises(UnreadableError, match="too long"):
            extract(b"<p>" + b"a " * 6_000_000 + b"</p><p>staart")

    @pytest.mark.parametrize("html", ["", "   ", "<!-- x -->", "<script>x</script>", "<p></p>"])
    def test_a_page_without_text(self, html: str) -> None:
        with pytest.raises(UnreadableError, match=r"x\.html: .*(no text|empty)"):
            document(html)

    def test_too_much_text(self) -> None:
        with pytest.raises(UnreadableError, match="more than 10 characters"):
            read_html(b"<p>een twee drie vier</p>", "x", Limits(characters=10))

    def test_a_large_page(self) -> None:
        page = PAPER.read_bytes()
        body = page[page.index(b"<p>Hierbij") : page.index(b'<p class="ondertekening">')]
        data = b"<main>" + body * (1_000_000 // len(body)) + b"</main>"
        start = time.monotonic()
        extract(data)
        assert time.monotonic() - start < 5


# Trees of elements in which every word has its number, so that none can hide.

TAG_NAMES = (
    "div span p b i a ul ol li dl dt dd table tr td th thead tbody caption h1 h2 h6 section "
    "article blockquote figure figcaption aside cite q pre sup em strong address center font "
    "details summary main header footer label custom-tag small u"
)
TAGS = st.sampled_from(TAG_NAMES.split())
OUT = ["nav", "script", "style", "button", "template", "noscript", "select", "svg"]
CLASSES = st.sampled_from(["", "", "kader", "quote", "functie", "lid", "ol", "tussenkop", "nr"])
HREFS = st.sampled_from(["", "#x", "#fn1", "/y"])
IDS = st.sampled_from(["", "", "x", "fn1", "content"])


def leaves() -> st.SearchStrategy[list[object]]:
    return st.just(["woord"])


def nodes(inner: st.SearchStrategy[list[object]]) -> st.SearchStrategy[list[object]]:
    element = st.tuples(TAGS, CLASSES, HREFS, IDS, st.lists(inner, max_size=4))
    return element.map(list)


TREES = st.recursive(leaves(), nodes, max_leaves=25)


def render(tree: list[object], count: list[int]) -> str:
    """HTML of a tree; each leaf is a word with its own number."""
    if tree == ["woord"]:
        count[0] += 1
        return f"w{count[0]}x "
    tag, css, href, identifier, children = tree
    assert isinstance(children, list)
    attributes = "".join(
        f' {name}="{value}"'
        for name, value in (("class", css), ("href", href), ("id", identifier))
        if value
    )
    inside = "".join(render(child, count) for child in children)
    return f"<{tag}{attributes}>{inside}</{tag}>"


@settings(max_examples=400, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=5), st.sampled_from(OUT))
def test_every_visible_word_is_read_once_and_in_order(trees: list[list[object]], out: str) -> None:
    count = [0]
    inside = "".join(render(tree, count) for tree in trees)
    body = f"{inside}<div>{'slot ' * (5 * count[0])}</div>"
    if "<main" in body:
        body = f"<main>{body}</main>".replace("<main><main", "<main><div")
    if "<main" not in body:
        body = f"<main>{body}</main>"
    extraction = extract(f"<html><body>{body}<{out}>w0x</{out}></body></html>")
    found = [int(number) for number in re.findall(r"w(\d+)x", extraction.text)]
    if "<caption" in body:  # which stands above its table
        found.sort()
    assert found == list(range(1, count[0] + 1))


PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in ("p", "div", "table", "tr", "td", "li", "ul", "ol", "sup", "h1")),
        *(f"</{tag}>" for tag in ("p", "div", "table", "tr", "td", "li", "ul", "ol", "sup", "b")),
        '<a href="#fn1">1</a>',
        '<p id="fn1">1 Noot',
        '<a name="fn1">',
        "<blockquote><cite>",
        "<aside>",
        "<br>",
        "<!--",
        "-->",
        "<![CDATA[",
        "<?xml",
        "<script>",
        "</script>",
        "<plaintext>",
        "<frameset>",
        "<svg>",
        "&#0;",
        "&#xD800;",
        "&#1114112;",
        "\x00",
        "\ufeff",
        "\u2028",
        "<td colspan=9999999999999999999 rowspan=-1>",
        "<ol start=x reversed><li value=1e9>",
        '<p style="display:none',
        "<meta charset=utf-7>",
        "\xa0",
        "woord ",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join))
@example("<table><tr><td></td></tr></table>")
@example("<sup><a href='#fn1'>1</a></sup><p id=fn1>1")
def test_any_markup_is_read_or_refused(text: str) -> None:
    survives(text.encode("utf-8", "replace"))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    survives(data)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([NEWS, PAPER, LAW]),
    st.lists(st.tuples(st.integers(0, 9_999), st.binary(max_size=6)), max_size=12),
    st.integers(0, 9_999),
)
def test_damaged_pages_are_read_or_refused(
    page: Path, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = page.read_bytes()
    for at, new in changes:
        data = data[: at % len(data)] + new + data[at % len(data) + len(new) // 2 :]
    survives(data[: cut % len(data) + 1])


def survives(data: bytes) -> None:
    try:
        check(read_html(data, "x.html", Limits()))
        read(data, "x", name="x.html")
    except UnreadableError as refused:
        assert str(refused).startswith("x.html: ")
