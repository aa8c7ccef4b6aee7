"""What an ODT file says about itself: whether it is encrypted, and its properties."""

from __future__ import annotations

from ingest.readers.archive import Archive
from ingest.readers.docx.package import clean, iso_date
from ingest.readers.extraction import UnreadableError
from ingest.readers.odt.xml import DC, META, OFFICE

_MANIFEST = "META-INF/manifest.xml"
_META = "meta.xml"
_TYPE = b"application/vnd.oasis.opendocument.text"
_PROPERTIES = (
    ("title", DC + "title"),
    ("creator", META + "initial-creator"),
    ("subject", DC + "subject"),
    ("description", DC + "description"),
    ("language", DC + "language"),
)
_DATES = (("created", META + "creation-date"), ("modified", DC + "date"))


def check_package(archive: Archive, name: str) -> None:
    """``UnreadableError`` for a file that is encrypted or no text document."""
    if "mimetype" in archive and not archive.read("mimetype").strip().startswith(_TYPE):
        raise UnreadableError(f"{name}: no OpenDocument text in it")
    if _MANIFEST in archive:
        for element in archive.xml(_MANIFEST).iter():
            if str(element.tag).endswith("}encryption-data"):
                raise UnreadableError(f"{name}: encrypted")


def properties(archive: Archive) -> dict[str, str]:
    """What the file says about the document, by Dublin Core term."""
    if _META not in archive:
        return {}
    meta = archive.xml(_META).find(OFFICE + "meta")
    if meta is None:
        return {}
    found = {term: clean(meta.findtext(tag) or "") for term, tag in _PROPERTIES}
    found["creator"] = found["creator"] or clean(meta.findtext(DC + "creator") or "")
    found |= {term: iso_date(meta.findtext(tag) or "") for term, tag in _DATES}
    return {term: text for term, text in found.items() if text}
