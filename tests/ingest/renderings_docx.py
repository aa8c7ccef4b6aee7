"""A document that was read, written again as a DOCX file, part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax.saxutils import escape

from ingest.document import Block, BlockKind, Document
from tests.ingest.renderings import (
    NUMBERED,
    Piece,
    footnotes,
    grouped,
    pieces,
    running,
    title,
    width,
)

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_STYLES = {
    BlockKind.CAPTION: "Caption",
    BlockKind.PULL_QUOTE: "Quote",
    BlockKind.LIST_ITEM: "ListParagraph",
    BlockKind.SIGNATURE: "Signature",
}
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right")
)
_BORDER = f"<w:pBdr>{_SIDES}</w:pBdr>"
_LEVELS = 9


def package(
    body: str,
    *,
    notes: str = "",
    numbering: str = "",
    styles: str = "",
    settings: str = "",
    core: str = "",
) -> bytes:
    """A DOCX file around the content of ``w:body`` and of the other parts."""
    parts = {
        "document": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "styles": f"<w:styles {NAMESPACES}>{_DEFAULT_STYLES}{styles}</w:styles>",
        "settings": f"<w:settings {NAMESPACES}>{settings}</w:settings>",
    }
    if numbering:
        parts["numbering"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
    if notes:
        parts["footnotes"] = f"<w:footnotes {NAMESPACES}>{_SEPARATORS}{notes}</w:footnotes>"
    return _zipped(parts, core)


def _zipped(parts: Mapping[str, str], core: str) -> bytes:
    names = [name for name in parts if name != "document"]
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>'
        for n, name in enumerate(names, 1)
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}'
        f'.{"document.main" if name == "document" else name}+xml"/>'
        for name in parts
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
            '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{_CORE}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        )
        archive.writestr(
            "docProps/core.xml",
            f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", _XML + content)
    return stream.getvalue()


def _style(identifier: str, name: str, properties: str = "") -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{properties}</w:style>"
    )


_DEFAULT_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Standaard">'
    '<w:name w:val="Normal"/></w:style>'
    + "".join(
        _style(
            f"Kop{n}",
            f"heading {n}",
            f'<w:basedOn w:val="Standaard"/><w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>',
        )
        for n in range(1, 7)
    )
    + _style("Caption", "caption")
    + _style("Quote", "Quote")
    + _style("ListParagraph", "List Paragraph")
    + _style("Signature", "Signature")
    + _style("FootnoteText", "footnote text")
)
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote>"
)


@dataclass(slots=True)
class _Lists:
    """The numbering of a document: one definition a kind of mark, one list where a count begins."""

    forms: list[tuple[str, str]] = field(default_factory=list)
    lists: list[tuple[int, int, int]] = field(default_factory=list)  # form, level, start
    counts: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def properties(self, item: Block) -> str:
        """The ``w:numPr`` of a list item."""
        kind, count = _form(item.marker)
        if kind not in self.forms:
            self.forms.append(kind)
        key = (self.forms.index(kind), min(item.level, _LEVELS) - 1)
        number, last = self.counts.get(key, (0, -1))
        if not number or (count and count != last + 1):
            self.lists.append((*key, max(count, 1)))
            number = len(self.lists)
        self.counts[key] = (number, count)
        return (
            f'<w:numPr><w:ilvl w:val="{key[1]}"/><w:numId w:val="{number}"/></w:numPr>'
            f'<w:ind w:left="{360 * item.level}" w:hanging="360"/>'
        )

    def part(self) -> str:
        """The content of the numbering part."""
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{n}">'
            + "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
                f'<w:lvlText w:val="{escape(text.replace("%1", f"%{level + 1}"))}"/></w:lvl>'
                for level in range(_LEVELS)
            )
            + "</w:abstractNum>"
            for n, (form, text) in enumerate(self.forms)
        )
        return abstract + "".join(
            f'<w:num w:numId="{n}"><w:abstractNumId w:val="{form}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>'
            "</w:lvlOverride></w:num>"
            for n, (form, level, start) in enumerate(self.lists, 1)
        )


def _form(marker: str) -> tuple[tuple[str, str], int]:
    """Number format and text of a list mark, and its count (0 for a bullet)."""
    match = NUMBERED.fullmatch(marker)
    if match is None:
        return ("bullet", marker), 0
    text = f"{match['before']}%1{match['after']}"
    count = match["count"]
    if count.isdecimal():
        return ("decimal", text), int(count)
    if set(count) <= set("ivxl"):
        return ("lowerRoman", text), _roman(count)
    return ("lowerLetter", text), ord(count) - ord("a") + 1


def _roman(numeral: str) -> int:
    values = ["ivxl".index(c) for c in numeral]
    worth = [(1, 5, 10, 50)[v] for v in values]
    return sum(
        -here if at + 1 < len(worth) and here < worth[at + 1] else here
        for at, here in enumerate(worth)
    )


def as_docx(document: Document) -> bytes:
    """The document as Word writes one: styles, numbering, footnotes, text boxes, tables."""
    labels = [note.marker for note in footnotes(document)]
    start = int(labels[0]) if labels else 1
    counted = labels == [str(n) for n in range(start, start + len(labels))]
    lists, body = _Lists(), []
    for box, members in grouped(running(document)):
        content = "".join(_block(b, lists, counted, box) for b in members)
        body.append(_text_box(content) if box is not None and box % 2 == 0 else content)
    notes = "".join(
        f'<w:footnote w:id="{n.marker}">{_note(n, counted)}</w:footnote>'
        for n in footnotes(document)
    )
    return package(
        "".join(body) + "<w:sectPr/>",
        notes=notes,
        numbering=lists.part(),
        settings=f'<w:footnotePr><w:numStart w:val="{start}"/></w:footnotePr>',
    )


def _note(note: Block, counted: bool) -> str:
    mark = "<w:r><w:footnoteRef/></w:r>" if counted else _run(note.marker)
    return (
        '<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f"{mark}{_run(' ')}{_runs(pieces(note), counted)}</w:p>"
    )


def _block(block: Block, lists: _Lists, counted: bool, box: int | None) -> str:
    if block.kind is BlockKind.TABLE:
        return _table(block, counted)
    style = _STYLES.get(block.kind, "")
    parts, properties = pieces(block), ""
    if block.kind is BlockKind.HEADING:
        style, parts = f"Kop{min(block.level, 6)}", title(block)
    if block.kind is BlockKind.LIST_ITEM and block.marker:
        properties = lists.properties(block)
    if box is not None and box % 2:
        properties = _BORDER + properties
    if style:
        properties = f'<w:pStyle w:val="{style}"/>{properties}'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_runs(parts, counted)}</w:p>"


def _text_box(content: str) -> str:
    """A drawing with text, and the same once more for old programs, as Word writes it."""
    return (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx><w:txbxContent>'
        f"{content}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def _table(block: Block, counted: bool) -> str:
    assert block.table is not None
    columns = width(block.table.rows)
    rows = []
    for row in block.table.rows:
        cells = [
            _cell(
                _runs(pieces(block, cell), counted) if cell else "",
                columns - at if at == len(row.cells) - 1 else 1,
            )
            for at, cell in enumerate(row.cells)
        ]
        head = "<w:trPr><w:tblHeader/></w:trPr>" if row.header else ""
        rows.append(f"<w:tr>{head}{''.join(cells)}</w:tr>")
    grid = "<w:gridCol/>" * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _cell(content: str, span: int) -> str:
    return (
        f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{content}</w:p></w:tc>'
        if span > 1
        else f"<w:tc><w:tcPr/><w:p>{content}</w:p></w:tc>"
    )


def _runs(parts: Iterable[Piece], counted: bool) -> str:
    return "".join(_reference(p.note, counted) if p.note else _split(p.text) for p in parts)


def _reference(label: str, counted: bool) -> str:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    if counted:
        return f'<w:r>{raised}<w:footnoteReference w:id="{label}"/></w:r>'
    return (
        f'<w:r>{raised}<w:footnoteReference w:customMarkFollows="1" w:id="{label}"/>'
        f"<w:t>{label}</w:t></w:r>"
    )


def _split(text: str) -> str:
    """A text in runs that part in the middle of words, as Word leaves them after corrections."""
    size = 97
    return "".join(_run(text[at : at + size]) for at in range(0, len(text), size))


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraphs(lines: Sequence[tuple[str, str]]) -> str:
    """Paragraphs by style and text."""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'
        for style, text in lines
    )
