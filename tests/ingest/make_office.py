"""Word and OpenDocument files made for the tests: their parts written as XML, then packed."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_RELATIONSHIPS}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def style(
    identifier: str, name: str, base: str = "", more: str = "", kind: str = "paragraph"
) -> str:
    """A Word style."""
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    default = "" if base else ' w:default="1"'
    return (
        f'<w:style w:type="{kind}"{default} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"{based}{more}</w:style>"
    )


DUTCH_STYLES = "".join(
    style(identifier, name, base, more)
    for identifier, name, base, more in (
        ("Standaard", "Normal", "", "<w:rPr><w:sz w:val='20'/></w:rPr>"),
        ("Titel", "Title", "Standaard", "<w:rPr><w:b/><w:sz w:val='52'/></w:rPr>"),
        ("Kop1", "heading 1", "Standaard", "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>"),
        ("Kop2", "heading 2", "Standaard", "<w:pPr><w:outlineLvl w:val='1'/></w:pPr>"),
        ("Paragraafkop", "Paragraafkop BZ", "Kop2", ""),
        ("Lijstalinea", "List Paragraph", "Standaard", ""),
        ("Bijschrift", "caption", "Standaard", ""),
        ("Citaat", "Quote", "Standaard", ""),
        ("Duidelijkcitaat", "Intense Quote", "Standaard", ""),
        ("Inhopg1", "toc 1", "Standaard", ""),
        ("Voetnoottekst", "footnote text", "Standaard", ""),
    )
) + style("Zwaar", "Strong", "x", "<w:rPr><w:b/></w:rPr>", "character")


def p(text: str = "", style: str = "", properties: str = "") -> str:
    """A Word paragraph; ``text`` may be runs already."""
    inside = text if text.startswith("<") or not text else r(text)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of Word text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number: int, level: int = 0, style: str = "Lijstalinea") -> str:
    """A Word paragraph in a list."""
    listing = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, style, listing)


def levels(*forms: tuple[str, str], more: str = "") -> str:
    """The levels of a Word list: number format and text of each."""
    return "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(forms)
    )


def table(*rows: tuple[str, ...], header: bool = False) -> str:
    """A Word table of texts (or cells already)."""
    made = []
    for number, row in enumerate(rows):
        cells = "".join(c if c.startswith("<w:tc") else cell(c) for c in row)
        marked = "<w:trPr><w:tblHeader/></w:trPr>" if header and not number else ""
        made.append(f"<w:tr>{marked}{cells}</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(made)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    """A cell of a Word table; ``content`` may be paragraphs already."""
    inside = content if content.startswith("<w:p") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def note_text(identifier: int, text: str, kind: str = "footnote") -> str:
    """A Word note with its paragraph."""
    mark = f"<w:r><w:{kind}Ref/></w:r>"
    return f'<w:{kind} w:id="{identifier}">{p(mark + r(" " + text), "Voetnoottekst")}</w:{kind}>'


def noted(identifier: int, kind: str = "footnote") -> str:
    """A run that refers to a Word note."""
    return f'<w:r><w:{kind}Reference w:id="{identifier}"/></w:r>'


def complex_field(code: str, result: str) -> str:
    """A Word field written as characters; ``result`` are runs."""
    return (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        f"{result}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


def docx_parts(
    body: str,
    *,
    styles: str = DUTCH_STYLES,
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    settings: str = "",
    links: Mapping[str, str] | None = None,
    core: str = "",
) -> dict[str, bytes]:
    """The parts of a DOCX file."""
    inside = {
        "document": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "styles": f"<w:styles {_NAMESPACES}>{styles}</w:styles>",
        "numbering": f"<w:numbering {_NAMESPACES}>{numbering}</w:numbering>",
        "footnotes": f"<w:footnotes {_NAMESPACES}>{footnotes}</w:footnotes>",
        "endnotes": f"<w:endnotes {_NAMESPACES}>{endnotes}</w:endnotes>",
        "settings": f"<w:settings {_NAMESPACES}>{settings}</w:settings>",
    }
    related = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATIONSHIPS}/{kind}" Target="{kind}.xml"/>'
        for kind in inside
        if kind != "document"
    ) + "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONSHIPS}/hyperlink" Target="{target}"'
        ' TargetMode="External"/>'
        for key, target in (links or {}).items()
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relationships(
            f'<Relationship Id="a" Type="{_RELATIONSHIPS}/officeDocument"'
            ' Target="word/document.xml"/>'
            f'<Relationship Id="b" Type="{_PACKAGE}/relationships/metadata/core-properties"'
            ' Target="docProps/core.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relationships(related),
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
            f' xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        ),
        **{f"word/{kind}.xml": xml for kind, xml in inside.items()},
    }
    return {name: xml.encode() for name, xml in parts.items()}


def docx(body: str, *, links: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A DOCX file with this body; see :func:`docx_parts`."""
    return pack(docx_parts(body, links=links, **parts))


def _relationships(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = " ".join(
    [
        f'xmlns:{short}="{_ODF}{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("style", "style"),
            ("meta", "meta"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
            ("manifest", "manifest"),
        )
    ]
    + [
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def odt_parts(
    body: str, *, automatic: str = "", styles: str = "", meta: str = "", manifest: str = ""
) -> dict[str, bytes]:
    """The parts of an ODT file."""

    def root(name: str, inside: str) -> bytes:
        return f"<{name} {_ODF_NAMESPACES}>{inside}</{name}>".encode()

    return {
        "mimetype": ODT_TYPE,
        "META-INF/manifest.xml": root("manifest:manifest", manifest),
        "content.xml": root(
            "office:document-content",
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body>",
        ),
        "styles.xml": root("office:document-styles", f"<office:styles>{styles}</office:styles>"),
        "meta.xml": root("office:document-meta", f"<office:meta>{meta}</office:meta>"),
    }


def odt(body: str, **parts: str) -> bytes:
    """An ODT file with this body; see :func:`odt_parts`."""
    return pack(odt_parts(body, **parts))


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these parts; a "mimetype" is stored as it is, as OpenDocument asks."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            method = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            archive.writestr(name, data, method)
    return packed.getvalue()
