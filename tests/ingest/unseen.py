"""Documents in layouts that no rule was written for, made with the programs that offices use."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from odf.opendocument import OpenDocumentText
from odf.style import Style, TextProperties
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import H, List, ListItem, Note, NoteBody, NoteCitation, P, Span
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from tests.ingest.renderings_docx import package


def woo_decision() -> bytes:
    """A decision on a request for information: a Word file with a table of grounds."""
    document = docx.Document()
    document.core_properties.title = "Besluit op Woo-verzoek"
    document.add_heading("Besluit op uw Woo-verzoek", 1)
    document.add_paragraph("Datum: 12 april 2027")
    document.add_paragraph(
        "U vroeg op 4 januari 2027 om documenten over het natuurherstel in de Peel. "
        "Op grond van art. 4.1 Woo neem ik het volgende besluit."
    )
    document.add_heading("Besluit", 2)
    document.add_paragraph("Ik maak 14 van de 16 documenten openbaar, deels met weglakkingen.")
    document.add_heading("Overwegingen", 2)
    document.add_paragraph("Bij de afweging gelden deze belangen:")
    for text in ("de eerbiediging van de persoonlijke levenssfeer;", "het goed functioneren."):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("Nr.", "Document", "Grond"), strict=True):
        cell.text = text
    for row in (("1", "E-mail 3 mei 2026", "5.1.2.e"), ("2", "Nota aan de minister", "5.2")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Rechtsmiddelen", 2)
    for text in ("Binnen zes weken kunt u bezwaar maken.", "Vermeld daarbij het kenmerk."):
        document.add_paragraph(text, style="List Number")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def tracked_changes() -> bytes:
    """A draft in Word in which words were put in, taken out and moved, with a remark."""
    return package(
        '<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr><w:r><w:t>Concept</w:t></w:r>'
        '<w:ins w:id="1" w:author="A"><w:r><w:t>akkoord</w:t></w:r></w:ins></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">De subsidie bedraagt </w:t></w:r>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText>10</w:delText></w:r></w:del>'
        '<w:ins w:id="3" w:author="A"><w:r><w:t>25</w:t></w:r></w:ins>'
        '<w:r><w:t xml:space="preserve"> miljoen euro. </w:t></w:r>'
        '<w:moveFrom w:id="4" w:author="B"><w:r><w:t>Dit is voorlopig.</w:t></w:r></w:moveFrom>'
        '<w:commentRangeStart w:id="9"/><w:r><w:t>Zij gaat in op 1 mei.</w:t></w:r>'
        '<w:commentRangeEnd w:id="9"/><w:r><w:commentReference w:id="9"/></w:r></w:p>'
        '<w:p><w:moveTo w:id="5" w:author="B"><w:r><w:t>Dit is voorlopig.</w:t></w:r></w:moveTo>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Verborgen notitie.</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="6" w:author="A"/></w:rPr></w:pPr>'
        '<w:del w:id="7" w:author="A"><w:r><w:delText>Deze alinea vervalt.</w:delText></w:r>'
        "</w:del></w:p><w:sectPr/>"
    )


def motion() -> bytes:
    """A motion as an OpenDocument file: considerations, a request, a note and names in a table."""
    document = OpenDocumentText()
    bold = Style(name="Vet", family="text")
    bold.addElement(TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    body = document.text
    body.addElement(H(outlinelevel=1, text="Motie van het lid De Graaf c.s."))
    body.addElement(P(text="Voorgesteld 7 juni 2027"))
    body.addElement(P(text="De Kamer,"))
    body.addElement(P(text="gehoord de beraadslaging,"))
    first = P(text="overwegende dat een op de vijf dorpen geen bushalte meer heeft")
    note = Note(noteclass="footnote", id="ftn1")
    note.addElement(NoteCitation(text="1"))
    text = NoteBody()
    text.addElement(P(text="CBS, Bereikbaarheid 2026."))
    note.addElement(text)
    first.addElement(note)
    first.addText(";")
    body.addElement(first)
    request = P()
    request.addElement(Span(stylename=bold, text="verzoekt"))
    request.addText(" de regering om voor de begroting van 2028:")
    body.addElement(request)
    points = List()
    for line in ("een ondergrens voor haltes vast te stellen;", "de kosten in kaart te brengen,"):
        item = ListItem()
        item.addElement(P(text=line))
        points.addElement(item)
    body.addElement(points)
    body.addElement(P(text="en gaat over tot de orde van de dag."))
    table = OdfTable(name="Indieners")
    for row in (("De Graaf", "Bos"), ("Yilmaz", "Van Houten")):
        line = TableRow()
        for name in row:
            cell = TableCell()
            cell.addElement(P(text=name))
            line.addElement(cell)
        table.addElement(line)
    body.addElement(table)
    stream = BytesIO()
    document.write(stream)
    return stream.getvalue()


_BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12.5, spaceAfter=6)
_TITLE = ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=24, spaceAfter=8)
_HEAD = ParagraphStyle(
    "head", fontName="Helvetica-Bold", fontSize=12.5, leading=15, spaceBefore=8, spaceAfter=4
)
_SMALL = ParagraphStyle("small", parent=_BODY, fontSize=9, leading=11, spaceAfter=3)
_BOX_HEAD = ParagraphStyle("boxhead", parent=_SMALL, fontName="Helvetica-Bold", fontSize=10)

FINDINGS = (
    (
        "Bevinding 1: de regeling bereikt de doelgroep",
        "Van de 1.240 aanvragen kwam 81 procent van huishoudens met een laag inkomen. "
        "Dat is meer dan bij de start werd verwacht, en ook meer dan bij de vorige regeling. "
        "Gemeenten noemen de eenvoudige aanvraag als belangrijkste verklaring.",
    ),
    (
        "Bevinding 2: de uitvoering duurt te lang",
        "Een aanvraag werd gemiddeld in 17 weken afgehandeld, terwijl acht weken was beloofd. "
        "De vertraging ontstond vooral bij het opvragen van gegevens bij derden. "
        "In kleine gemeenten was bovendien niet altijd iemand beschikbaar.",
    ),
    (
        "Bevinding 3: het effect op de lange termijn is onbekend",
        "Er is niet gemeten hoeveel energie huishoudens na afloop bespaarden. "
        "Daardoor valt niet te zeggen of de regeling haar geld waard was. "
        "De onderzoekers bevelen aan om vanaf 2028 een steekproef te volgen.",
    ),
)
SUMMARY = (
    "De regeling bereikte wie zij moest bereiken, maar te langzaam.",
    "Of zij werkt, is nog niet vast te stellen.",
)
INTRODUCTION = (
    "In dit rapport staat de vraag centraal of de regeling Warm Wonen doeltreffend was. "
    "Het onderzoek liep van maart 2026 tot en met februari 2027. "
    "Gesproken is met dertig bewoners en met ambtenaren van elf gemeenten."
)


def evaluation_report() -> bytes:
    """An evaluation in two columns: numbered findings, and a summary for managers in a box."""
    stream = BytesIO()
    document = BaseDocTemplate(stream, pagesize=A4, invariant=1)
    width, height = A4
    column = (width - 2 * 60 - 24) / 2
    top = Frame(60, height - 150, width - 120, 90, id="top", showBoundary=0)
    columns = [
        Frame(60 + at * (column + 24), 70, column, height - 230, id=f"c{at}") for at in (0, 1)
    ]
    whole = [Frame(60 + at * (column + 24), 70, column, height - 140, id=f"w{at}") for at in (0, 1)]
    document.addPageTemplates(
        [
            PageTemplate("eerste", [top, *columns], onPage=_page_number),
            PageTemplate("verder", whole, onPage=_page_number),
        ]
    )
    summary = Table(
        [
            [
                [Paragraph("Managementsamenvatting", _BOX_HEAD)]
                + [Paragraph(t, _SMALL) for t in SUMMARY]
            ]
        ],
        colWidths=[column - 12],
        style=[("BACKGROUND", (0, 0), (-1, -1), colors.Color(0.85, 0.92, 0.85))],
    )
    story: list[Flowable] = [
        Paragraph("Evaluatie van de regeling Warm Wonen", _TITLE),
        FrameBreak(),
        NextPageTemplate("verder"),
        Paragraph("Inleiding", _HEAD),
        Paragraph(INTRODUCTION, _BODY),
        summary,
        Spacer(1, 8),
    ]
    for title, text in FINDINGS:
        story += [Paragraph(title, _HEAD), *(Paragraph(text, _BODY) for _ in range(1))]
        story += [Paragraph(filler, _BODY) for filler in _interviews(title)]
    document.build(story)
    return stream.getvalue()


def _interviews(title: str) -> list[str]:
    """Running text that fills the columns, with the number of the finding in it."""
    number = title.split(":", maxsplit=1)[0].removeprefix("Bevinding ")
    places = ("Assen", "Breda", "Culemborg", "Delft")
    return [
        f"In {place} bleek dit uit gesprek {number}.{at}: de bewoners vertelden hoe de aanvraag "
        "verliep, wie hen hielp en wat zij daarna in huis veranderden. Een wijkteam ging mee naar "
        "de winkel en hielp bij het invullen van het formulier."
        for at, place in enumerate(places, 1)
    ]


def _page_number(canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(A4[0] / 2, 40, f"- {canvas.getPageNumber()} -")
    canvas.drawString(60, A4[1] - 40, "Onderzoeksbureau De Maat")


LETTER = (
    "Geachte voorzitter,",
    "Met deze brief informeer ik uw Kamer over de voortgang van het programma Veilige Dijken. "
    "In het najaar van 2026 is de helft van de dijkvakken beoordeeld.¹ De resultaten zijn beter "
    "dan verwacht, maar op drie plaatsen is haast geboden.",
    "De waterschappen hebben mij gevraagd om vooruit te lopen op de begroting. Daartoe ben ik "
    "bereid, mits de provincies meebetalen.² Over de verdeling van de kosten spreken wij elkaar in "
    "juni. Ik informeer u daarna over de uitkomst.",
)
COLOPHON = (
    "Ministerie van Infrastructuur",
    "Rijnstraat 8",
    "2515 XP Den Haag",
    "Ons kenmerk",
    "IENW/2027-1188",
    "Bijlage(n)",
    "2",
)


def letter_with_colophon() -> bytes:
    """A letter in the government's house style: a narrow column of data beside the text."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    for page, footnote in ((1, "1  Ibidem, p. 4."), (2, "2  Ibidem, p. 9.")):
        y = A4[1] - 190.0
        if page == 1:
            canvas.setFont("Times-Roman", 10)
            for line in ("De voorzitter van de Tweede Kamer", "Postbus 20018"):
                canvas.drawString(72, y + 70, line)
                y -= 13
            canvas.drawString(72, y + 40, "Datum   11 mei 2027")
            canvas.drawString(72, y + 26, "Betreft   Voortgang programma Veilige Dijken")
        canvas.setFont("Helvetica", 6.5)
        for at, line in enumerate(COLOPHON if page == 1 else COLOPHON[3:5]):
            canvas.drawString(450, A4[1] - 150 - 9 * at, line)
        for text in LETTER[:2] if page == 1 else LETTER[2:]:
            y = _typed(canvas, text, 72, y, 340) - 8
        canvas.line(72, 96, 150, 96)
        canvas.setFont("Times-Roman", 7.5)
        canvas.drawString(72, 84, footnote)
        canvas.setFont("Helvetica", 6.5)
        canvas.drawString(450, 60, f"Pagina {page} van 2")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _typed(canvas: Canvas, text: str, x: float, y: float, room: float) -> float:
    """Set a paragraph; the raised digits of Unicode become small raised figures."""
    line: list[str] = []
    for word in [*text.split(), ""]:
        full = canvas.stringWidth(" ".join([*line, word]), "Times-Roman", 10) > room
        if full or not word:
            _line(canvas, " ".join(line), x, y)
            y -= 13
            line = []
        line.append(word)
    return y


def _line(canvas: Canvas, text: str, x: float, y: float) -> None:
    shown = canvas.beginText(x, y)
    for part in _parted(text):
        raised = part in "¹²"
        shown.setFont("Times-Roman", 6.5 if raised else 10)
        shown.setRise(3.5 if raised else 0)
        shown.textOut(part.translate({0xB9: "1", 0xB2: "2"}))
    canvas.drawText(shown)


def _parted(text: str) -> Sequence[str]:
    for mark in "¹²":
        text = text.replace(mark, f"\0{mark}\0")
    return [part for part in text.split("\0") if part]
