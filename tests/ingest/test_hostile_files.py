"""Damaged, mislabelled and malicious files: refused in one line, or read within bounds."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.limits import Limits
from ingest.read import read
from ingest.readers.extraction import UnreadableError
from tests.ingest import hostile, unseen
from tests.ingest.renderings import as_html, presentable
from tests.ingest.renderings_docx import NAMESPACES, as_docx, package
from tests.ingest.renderings_pdf import Layout, as_pdf

UNSEEN = Path(__file__).parents[1] / "fixtures" / "documents" / "unseen"
SUFFIXES = ("txt", "pdf", "docx", "odt", "html", "xml", "md")
TEXT = (
    "1. Inleiding\n\nHet kabinet zet het beleid voort, en doet dat samen met de regio.1 Daarna "
    "volgt een evaluatie.\n\na) eerst dit;\nb) dan dat.\n\n2. Vervolg\n\nDat was het.\n\n1 Noot.\n"
)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.data_too_large])


def _samples() -> dict[str, bytes]:
    document = presentable(read(TEXT.encode(), "brief"))
    return {
        "txt": TEXT.encode(),
        "pdf": as_pdf(document, Layout.ONE_COLUMN),
        "docx": as_docx(document),
        "odt": unseen.motion(),
        "html": as_html(document),
        "xml": (UNSEEN / "antwoorden.xml").read_bytes(),
        "md": (UNSEEN / "annex.md").read_bytes(),
    }


SAMPLES = _samples()


def refused_or_read(data: bytes, name: str) -> None:
    try:
        found = read(data, "document", name)
    except UnreadableError as refused:
        assert str(refused).startswith(f"{name}: ")
        assert "\n" not in str(refused)
        return
    for block in found.blocks:
        for line in block.lines:
            assert found.source.text[line.start : line.end] == line.text


def changed(data: bytes, edits: list[tuple[int, bytes]], length: float) -> bytes:
    spoiled = bytearray(data[: int(len(data) * length)])
    for place, new in edits:
        at = place % max(len(spoiled), 1)
        spoiled[at : at + len(new)] = new
    return bytes(spoiled)


EDITS = st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=6)), max_size=8)


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(edits=EDITS, length=st.just(1.0) | st.floats(0, 1))
def test_damaged_files(suffix: str, edits: list[tuple[int, bytes]], length: float) -> None:
    refused_or_read(changed(SAMPLES[suffix], edits, length), f"bestand.{suffix}")


@pytest.mark.parametrize("suffix", ["docx", "odt"])
@FEW
@given(edits=EDITS, part=st.integers(0, 20))
def test_damaged_parts_in_a_sound_archive(
    suffix: str, edits: list[tuple[int, bytes]], part: int
) -> None:
    with zipfile.ZipFile(BytesIO(SAMPLES[suffix])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = sorted(parts)[part % len(parts)]
    parts[name] = changed(parts[name], edits, 1.0)
    refused_or_read(hostile.packed(parts), f"bestand.{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
@FEW
@given(data=st.binary(max_size=400))
def test_random_bytes(suffix: str, data: bytes) -> None:
    refused_or_read(data, f"bestand.{suffix}")


MARKUP = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<table>", "<tr>", "<td>", "<td colspan=9>", "<li>", "<ul>", "</ul>"),
            *("<h1>", "</h1>", "<a href=#n1>", "<sup>1", "<div id=n1>", "</div>", "<aside>"),
            *("<blockquote>", "<cite>", "<pre>", "<br>", "&amp;", "&#0;", "<!--", "-->", "<svg>"),
            *("<template>", "<script>", "1", "tekst.", "<b>", "</b>", "#", "-", "1.", ">", "```"),
            *("[^1]", "[^1]:", "|", "---", "**", "_", "![x](y)", "\n", "\n\n"),
        ]
    ),
    max_size=60,
).map(" ".join)


@pytest.mark.parametrize("suffix", ["html", "md"])
@FEW
@given(text=MARKUP)
def test_broken_markup(suffix: str, text: str) -> None:
    start = "<html><body>" if suffix == "html" else ""
    refused_or_read(f"{start}{text}".encode(), f"bestand.{suffix}")


class TestNamesAndContents:
    @pytest.mark.parametrize("claimed", SUFFIXES)
    @pytest.mark.parametrize("real", ["pdf", "docx", "odt"])
    def test_another_format_than_the_name_says(self, real: str, claimed: str) -> None:
        if real == claimed:
            return
        with pytest.raises(UnreadableError, match=rf"^bestand\.{claimed}: its name says .*, its"):
            read(SAMPLES[real], "document", f"bestand.{claimed}")

    def test_a_spreadsheet_is_not_a_text_document(self) -> None:
        with pytest.raises(UnreadableError, match="a zip archive"):
            read(hostile.packed({"xl/workbook.xml": b"<x/>"}), "document", "lijst.docx")

    @pytest.mark.parametrize("name", ["brief.xlsx", "brief", "brief.doc"])
    def test_an_unknown_kind_of_file(self, name: str) -> None:
        with pytest.raises(UnreadableError, match=rf"^{re.escape(name)}: .*known are .*\.pdf"):
            read(b"tekst", "document", name)

    def test_an_old_or_encrypted_office_file(self) -> None:
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
        with pytest.raises(UnreadableError, match=r"^brief\.docx: an encrypted or old Office"):
            read(data, "document", "brief.docx")

    @pytest.mark.parametrize("suffix", SUFFIXES)
    def test_an_empty_file(self, suffix: str) -> None:
        with pytest.raises(UnreadableError, match=rf"^leeg\.{suffix}: the file is empty"):
            read(b" \n", "document", f"leeg.{suffix}")


class TestPdf:
    def test_encrypted(self) -> None:
        with pytest.raises(UnreadableError, match=r"^brief\.pdf: .*(encrypted|password)"):
            read(hostile.letter_pdf(user="geheim", owner="baas"), "document", "brief.pdf")

    def test_what_anyone_may_open_is_read(self) -> None:
        found = read(hostile.letter_pdf(owner="baas"), "document", "brief.pdf")
        assert [b.text.text for b in found.blocks] == ["Het kabinet zet het beleid voort."]

    def test_scanned(self) -> None:
        with pytest.raises(UnreadableError, match=r"^scan\.pdf: .*text layer"):
            read(hostile.scanned_pdf(), "document", "scan.pdf")

    def test_more_pages_than_allowed(self) -> None:
        with pytest.raises(UnreadableError, match=r"^brief\.pdf: .*pages"):
            read(_pages(16), "document", "brief.pdf", Limits(pages=3))

    @pytest.mark.parametrize(
        "data",
        [
            hostile.pdf_of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]/Count 1>>"),
            hostile.pdf_of("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[1 0 R]/Count 9>>"),
            hostile.pdf_of("1 0 R"),
            hostile.pdf_of(
                "<</Type/Catalog/Pages 2 0 R>>",
                "<</Type/Pages/Kids[3 0 R]/Count 2000000000>>",
                "<</Type/Page/Parent 3 0 R/Contents 3 0 R/Resources 3 0 R/MediaBox 3 0 R>>",
            ),
            hostile.drawn_pdf("/X Do", "/XObject<</X 6 0 R>>"),
        ],
        ids=["kids", "catalogue", "itself", "count", "drawing"],
    )
    def test_references_in_a_circle(self, data: bytes) -> None:
        hostile.reading(data, "lus.pdf")

    @pytest.mark.parametrize(
        "content",
        [
            "BT /F 9 Tf " + "(x) Tj 0 0 Td " * 60_000 + "ET",
            "0 0 9 9 re f " * 60_000 + "BT /F 9 Tf (x) Tj ET",
            "q " * 200_000 + "BT /F 9 Tf (x) Tj ET",
            "BT /F 1e30 Tf 1e30 0 0 1e30 1e30 1e30 Tm (x) Tj /F 0 Tf (y) Tj ET",
            "BT /F 9 Tf "
            + " ".join(f"1 0 0 1 {n * 37 % 600} {n * 91 % 840} Tm (a) Tj" for n in range(6_000))
            + " ET",
        ],
        ids=["one spot", "rectangles", "saved states", "immense", "scattered"],
    )
    def test_drawings_without_measure(self, content: str) -> None:
        hostile.reading(hostile.drawn_pdf(content), "druk.pdf")


def _pages(count: int) -> bytes:
    text = "\f".join(f"Dit is de tekst van pagina {n}.\n" * 30 for n in range(count * 2))
    return as_pdf(presentable(read(text.encode(), "brief")), Layout.ONE_COLUMN)


class TestXml:
    """Entities and files outside: in every format that is XML."""

    BODIES = (
        ("xml", "kamerwrk", "<kamerwrk><body><stuk><al>Tekst {}</al></stuk></body></kamerwrk>"),
        (
            "docx",
            "w:document",
            "<w:document {ns}><w:body><w:p><w:r><w:t>Tekst {}</w:t></w:r></w:p>"
            "</w:body></w:document>",
        ),
        (
            "odt",
            "office:document-content",
            "<office:document-content {ns}><office:body>"
            "<office:text><text:p>Tekst {}</text:p></office:text></office:body>"
            "</office:document-content>",
        ),
        ("html", "html", "<html><body><p>Tekst {}</p></body></html>"),
        (
            "xhtml",
            "html",
            '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Tekst {}</p></body></html>',
        ),
    )

    @staticmethod
    def _file(suffix: str, content: str, entity: str) -> bytes:
        spaces = {"docx": NAMESPACES, "odt": hostile.ODT_NAMESPACES}.get(suffix, "")
        data = content.replace("{ns}", spaces).replace("{}", entity).encode()
        if suffix == "docx":
            return hostile.docx_with(data)
        return hostile.odt_with(data) if suffix == "odt" else data

    @pytest.mark.parametrize(("suffix", "root", "body"), BODIES)
    def test_a_billion_laughs(self, suffix: str, root: str, body: str) -> None:
        data = self._file(suffix, hostile.laughs(root) + body, "&l9;")
        assert len(hostile.reading(data, f"lach.{suffix}")) < 1000

    @pytest.mark.parametrize(("suffix", "root", "body"), BODIES)
    def test_a_file_outside_is_not_read(
        self, suffix: str, root: str, body: str, tmp_path: Path
    ) -> None:
        secret = tmp_path / "geheim.txt"
        secret.write_text("GEHEIM-7431")
        data = self._file(suffix, hostile.outside(root, secret) + body, "&f;")
        assert "7431" not in hostile.reading(data, f"buiten.{suffix}")

    @pytest.mark.parametrize("suffix", ["xml", "html", "md"])
    def test_inclusions_are_not_followed(self, suffix: str, tmp_path: Path) -> None:
        secret = tmp_path / "geheim.txt"
        secret.write_text("GEHEIM-7431")
        uri = secret.as_uri()
        content = {
            "xml": '<kamerwrk xmlns:xi="http://www.w3.org/2001/XInclude"><body><stuk><al>Tekst'
            f'<xi:include href="{uri}" parse="text"/></al></stuk></body></kamerwrk>',
            "html": f'<html><body><p>Tekst</p><iframe src="{uri}"></iframe><object data="{uri}">'
            f'</object><link rel="import" href="{uri}"></body></html>',
            "md": f"Tekst ![x]({uri})\n\n<iframe src='{uri}'></iframe>\n",
        }[suffix]
        assert "7431" not in hostile.reading(content.encode(), f"buiten.{suffix}")


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def _nested(before: str, after: str, times: int) -> str:
    return before * times + "tekst" + after * times


DEPTH = 50_000
DEEP: dict[str, str | bytes] = {
    "div.html": f"<html><body>{_nested('<div>', '</div>', DEPTH)}</body></html>",
    "b.html": f"<html><body><p>{_nested('<b>', '', DEPTH)}</body></html>",
    "ul.html": f"<html><body>{_nested('<ul><li>', '', DEPTH)}</body></html>",
    "table.html": (f"<html><body>{_nested('<table><tr><td>', '', DEPTH // 5)}</body></html>"),
    "divisie.xml": f"<kamerwrk>{_nested('<stuk>', '</stuk>', DEPTH)}</kamerwrk>",
    "tabel.docx": hostile.docx_body(
        _nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", DEPTH // 5)
    ),
    "span.odt": hostile.odt_body(
        f"<text:p>{_nested('<text:span>', '</text:span>', DEPTH)}</text:p>"
    ),
    "citaat.md": (">" * DEPTH + " tekst"),
    "lijst.md": "\n".join(" " * 2 * n + "- tekst" for n in range(800)),
    "haken.md": ("[" * 8_000 + "tekst" + "](x)" * 8_000),
    "sterren.md": ("**a _b " * 8_000),
    "html.md": _nested("<div>", "", DEPTH),
}


@pytest.mark.parametrize("name", DEEP)
def test_things_within_things(name: str) -> None:
    hostile.reading(as_bytes(DEEP[name]), name)


MANY = 1_000_000
_CELL = "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
HUGE: dict[str, str | bytes] = {
    "cellen.odt": hostile.odt_body(
        f'<table:table><table:table-row table:number-rows-repeated="{MANY}"><table:table-cell '
        f'table:number-columns-repeated="{MANY}"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    ),
    "spaties.odt": hostile.odt_body(f'<text:p>x<text:s text:c="{MANY}000"/>y</text:p>'),
    "stijlen.odt": hostile.odt_body(
        '<text:p text:style-name="A">x</text:p>',
        '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/>'
        '<style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>',
    ),
    "cellen.html": (
        "<html><body><table>"
        + f'<tr><td colspan="{MANY}" rowspan="{MANY}">x</td></tr>' * 500
        + "</table></body></html>"
    ),
    "tabel.xml": (
        '<kamerwrk><body><stuk><table><tgroup cols="1000000000"><tbody><row><entry '
        f'morerows="{MANY}" namest="c1" nameend="c{MANY}">x</entry></row></tbody></tgroup></table>'
        "</stuk></body></kamerwrk>"
    ),
    "cellen.docx": hostile.docx_body(f"<w:tbl><w:tr>{_CELL.format(MANY) * 200}</w:tr></w:tbl>"),
    "stijlen.docx": package(
        '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>',
        styles='<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>',
    ),
    "noten.docx": package(
        '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="1"/></w:r></w:p>',
        notes='<w:footnote w:id="1"><w:p><w:r><w:t>y</w:t><w:footnoteReference w:id="1"/></w:r>'
        "</w:p></w:footnote>",
    ),
    "nummers.docx": package(
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
        "<w:t>x</w:t></w:r></w:p>",
        numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="'
        f'{MANY}000000"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%2%9%%"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    ),
    "noten.html": (
        "<html><body>"
        + "".join(f'<p>x<a href="#n{n}">{n}</a></p>' for n in range(1_200))
        + "".join(f'<p id="n{n}">{n} <a href="#n{n + 1}">{n + 1}</a></p>' for n in range(1_200))
        + "</body></html>"
    ),
    "noten.md": ("x[^1] " * 1_200 + "\n\n[^1]: y[^1]\n"),
    "punten.txt": ("A. " * 60_000),
    "streepjes.txt": ("woord-\n" * 8_000),
    "cijfers.txt": ("woord12. " * 20_000),
    "haken.txt": ("[1: " * 20_000),
    "regel.txt": ("woord " * 80_000),
    "leeg.txt": ("\n" * 40_000 + "x"),
    "spaties.txt": (" " * 400_000 + "x"),
    "tabs.txt": ("1\t2\t3\n" * 8_000),
    "regel.html": f"<html><body><p>{'woord ' * 80_000}</p></body></html>",
    "entiteiten.html": f"<html><body><p>{'&amp;' * 200_000}</p></body></html>",
}


@pytest.mark.parametrize("name", HUGE)
def test_counts_that_no_document_has(name: str) -> None:
    hostile.reading(as_bytes(HUGE[name]), name)


class TestArchives:
    @pytest.mark.parametrize(
        ("name", "part"), [("bom.docx", "word/document.xml"), ("bom.odt", "content.xml")]
    )
    def test_a_part_that_unpacks_to_far_more(self, name: str, part: str) -> None:
        make = hostile.docx_with if name.endswith("docx") else hostile.odt_with
        said = hostile.reading(make(b" " * 40_000_000), name)
        assert re.match(rf"refused: {re.escape(name)}: .*unpacks", said)

    def test_all_parts_together_unpack_to_more_than_allowed(self) -> None:
        limits = Limits(expanded_bytes=2000)
        with pytest.raises(UnreadableError, match=r"^brief\.docx: unpacks to more than the 2,000"):
            read(SAMPLES["docx"], "document", "brief.docx", limits)

    def test_an_encrypted_opendocument_file(self) -> None:
        space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        manifest = (
            f'<m:manifest xmlns:m="{space}"><m:file-entry m:full-path="content.xml">'
            '<m:encryption-data m:checksum="x"/></m:file-entry></m:manifest>'
        ).encode()
        data = hostile.odt_with(bytes(range(256)) * 20, manifest)
        with pytest.raises(UnreadableError, match=r"^brief\.odt: .*encrypted"):
            read(data, "document", "brief.odt")

    def test_the_reason_is_short(self) -> None:
        data = bytearray(SAMPLES["odt"])
        data[26:28] = b"\x00\x08"  # the length of the first name, in its header
        with pytest.raises(UnreadableError) as refused:
            read(bytes(data), "document", "brief.odt")
        assert len(str(refused.value)) < 300

    def test_names_that_lead_outside(self) -> None:
        with pytest.raises(UnreadableError, match=r"^brief\.docx: "):
            read(hostile.packed({"word/../../x": b"x"}), "document", "brief.docx")

    def test_without_its_main_part(self) -> None:
        with pytest.raises(UnreadableError, match=r"^brief\.docx: .*missing"):
            read(hostile.packed({"word/styles.xml": b"<x/>"}), "document", "brief.docx")


class TestEncodings:
    @pytest.mark.parametrize("declared", ["utf-16", "utf-7", "bestaat-niet", "idna", "zip", "hex"])
    @pytest.mark.parametrize("suffix", ["xml", "html"])
    def test_a_wrong_or_strange_declaration(self, suffix: str, declared: str) -> None:
        content = {
            "xml": f'<?xml version="1.0" encoding="{declared}"?><kamerwrk><body><stuk><al>Tekst'
            "</al></stuk></body></kamerwrk>",
            "html": f'<html><head><meta charset="{declared}"></head><body><p>Tekst</p></body>'
            "</html>",
        }[suffix]
        refused_or_read(content.encode(), f"bestand.{suffix}")

    def test_a_page_in_windows_1252(self) -> None:
        page = '<html><head><meta charset="windows-1252"></head><body><p>Eén €</p></body></html>'
        found = read(page.encode("cp1252"), "document", "oud.html")
        assert [b.text.text for b in found.blocks] == ["Eén €"]
