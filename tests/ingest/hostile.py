"""Files that someone made to break a reader, and a place where a reader may break."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import zipfile
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.limits import MEGABYTE, Limits
from ingest.read import read
from ingest.readers.extraction import UnreadableError
from tests.ingest.renderings_docx import NAMESPACES, package

SECONDS = 2
MEMORY = 768 * MEGABYTE


def reading(data: bytes, name: str, limits: Limits | None = None, seconds: int = SECONDS) -> str:
    """What comes of a file in a process of its own, with little processor time and memory.

    The text that was read, or "refused: " with the message of ``UnreadableError``; anything else
    is an ``AssertionError`` that says what happened.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_read, args=(data, name, limits, seconds, theirs))
    child.start()
    theirs.close()
    try:
        verdict, text = ours.recv()
    except EOFError:
        verdict, text = "ended", ""
    child.join()
    assert verdict != "raised", f"{name}: {text}"
    assert verdict != "ended", f"{name}: the process ended with {child.exitcode}"
    return f"refused: {text}" if verdict == "refused" else str(text)


def _read(data: bytes, name: str, limits: Limits | None, seconds: int, answer: Connection) -> None:
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    for timer, sign, bound in (
        (signal.ITIMER_PROF, signal.SIGPROF, seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, 10 * seconds),
    ):
        signal.signal(sign, signal.SIG_DFL)
        signal.setitimer(timer, bound)
    try:
        found = read(data, "document", name, limits)
        answer.send(("read", "\n".join(block.text.text for block in found.blocks)))
    except UnreadableError as refused:
        answer.send(("refused", str(refused)))
    except BaseException as error:
        answer.send(("raised", f"{type(error).__name__}: {error}"))


def laughs(root: str) -> str:
    """An entity that stands for a billion others."""
    steps = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(10)
    )
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{steps}]>'


def outside(root: str, path: Path) -> str:
    """An entity that stands for a file."""
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY f SYSTEM "{path.as_uri()}">]>'


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_with(document: bytes) -> bytes:
    """A DOCX file with this main part."""
    parts = _parts(package("<w:p/>"))
    return packed({**parts, "word/document.xml": document})


def docx_body(body: str) -> bytes:
    """A DOCX file with this body."""
    return docx_with(f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>".encode())


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMESPACES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:style="{_ODF}:style:1.0"'
)


def odt_with(content: bytes, manifest: bytes = b"") -> bytes:
    """An OpenDocument file with this content part."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.text"
        archive.writestr("mimetype", kind, compress_type=zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def odt_body(body: str, styles: str = "") -> bytes:
    """An OpenDocument file with this text."""
    return odt_with(
        f"<office:document-content {ODT_NAMESPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>".encode()
    )


def pdf_of(*objects: str) -> bytes:
    """A PDF of these numbered objects, the first of which is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, count = len(body), len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n"
        b"%%%%EOF" % (count, table, count, start)
    )


def stream_of(content: str, entries: str = "") -> str:
    """A stream object."""
    return f"<<{entries}/Length {len(content)}>>stream\n{content}\nendstream"


def drawn_pdf(content: str, more: str = "") -> bytes:
    """A PDF of one page with this content."""
    return pdf_of(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        f"/Resources<</Font<</F 5 0 R>>{more}>>>>",
        stream_of(content),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream_of(
            "/X Do BT /F 9 Tf (x) Tj ET",
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
            "/Resources<</XObject<</X 6 0 R>>/Font<</F 5 0 R>>>>",
        ),
    )


def letter_pdf(user: str | None = None, owner: str | None = None) -> bytes:
    """A PDF with a sentence, encrypted if there is a password."""
    stream = BytesIO()
    encryption = None
    if user is not None or owner is not None:
        encryption = StandardEncryption(user or "", owner, strength=128)
    canvas = Canvas(stream, encrypt=encryption, invariant=True)
    canvas.drawString(72, 700, "Het kabinet zet het beleid voort.")
    canvas.save()
    return stream.getvalue()


def scanned_pdf() -> bytes:
    """A PDF with nothing but a picture of a page."""
    stream = BytesIO()
    canvas = Canvas(stream, invariant=True)
    canvas.drawInlineImage(Image.new("L", (40, 56), 200), 0, 0, 595, 842)
    canvas.save()
    return stream.getvalue()
