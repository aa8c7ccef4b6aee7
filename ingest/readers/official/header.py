"""What the head of an official publication says: dossier, number, title, date, kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from ingest.readers.official.inline import plain_text, tag

_RECORD = re.compile(r"/((?:kst|ah|h|blg|stcrt|stb|trb)-[\w-]+)/metadata\.xml$")
_DOSSIER = re.compile(r"(\d{2} ?\d{3})(?:[ -](\d{2}))?(?:[ ,-]+([IVXL]+[A-Z]?))?")
_NUMBER = re.compile(r"\d{1,4}|[A-Z]{1,3}")
_CHAPTER = re.compile(r"[IVXL]+[A-Z]?|[A-Z]")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TERMS = {
    "DCTERMS.issued": "date",
    "DCTERMS.available": "date",
    "DC.title": "title",
    "DC.creator": "creator",
    "DC.type": "type",
    "DC.identifier": "identifier",
    "DCTERMS.identifier": "identifier",
    "OVERHEIDop.indiener": "creator",
    "OVERHEIDop.dossiernummer": "dossier",
    "OVERHEIDop.documenttitel": "title",
}


@dataclass(slots=True)
class Dossier:
    """A parliamentary dossier as printed: its number and the chapter of the budget."""

    number: str
    chapter: str = ""

    @property
    def code(self) -> str:
        """The number as identifiers have it: "35570-XVII"; "" for one of another form."""
        match = _DOSSIER.fullmatch(" ".join(self.number.split()))
        chapter = self.chapter or (match[3] or "" if match else "")
        if match is None or (chapter and not _CHAPTER.fullmatch(chapter)):
            return ""
        parts = (match[1].replace(" ", ""), match[2] or "", chapter)
        return "-".join(part for part in parts if part)


@dataclass(slots=True)
class Header:
    """The head of a publication; ``properties`` by Dublin Core term."""

    dossiers: list[Dossier] = field(default_factory=list)
    number: str = ""
    properties: dict[str, str] = field(default_factory=dict)


def read_header(root: etree._Element) -> Header:
    """What a publication's head and embedded metadata state."""
    header = Header()
    by_name: dict[str, list[etree._Element]] = {}
    for element in root.iter():
        by_name.setdefault(tag(element), []).append(element)
    first = {name: found[0] for name, found in by_name.items()}
    _embedded(by_name.get("meta", []), header.properties)
    _dossiers(by_name, header)
    papers = by_name.get("stuk", [])
    if papers:
        header.number = _paper_number(papers[0])
        title = next((child for child in papers[0] if tag(child) == "titel"), None)
        _set(header, "title", plain_text(title))
    _set(header, "title", plain_text(first.get("kamervraagomschrijving")))
    _set(header, "date", _date(first.get("datumtekst")))
    _running_head(by_name, header)
    only = len(papers) == 1 and len(header.dossiers) == 1 and "herdruk" not in by_name
    if only and header.dossiers[0].code and _NUMBER.fullmatch(header.number):
        _set(header, "identifier", f"kst-{header.dossiers[0].code}-{header.number}")
    codes = [dossier.code for dossier in header.dossiers if dossier.code]
    _set(header, "dossier", "; ".join(codes))
    names = [plain_text(e) for e in by_name.get("naam", []) if _signs(e)]
    names += [plain_text(e) for e in by_name.get("deze", [])]
    _set(header, "creator", "; ".join(dict.fromkeys(name for name in names if name)))
    return header


def _set(header: Header, name: str, value: str) -> None:
    if value:
        header.properties.setdefault(name, value)


def _embedded(records: list[etree._Element], properties: dict[str, str]) -> None:
    """The metadata within the publication, and the address of its record: the sure identifier."""
    for record in records:
        name, content = record.get("name", ""), record.get("content", "").strip()
        if name == "OVERHEIDop.externMetadataRecord" and (match := _RECORD.search(content)):
            properties["identifier"] = match[1]
        elif content and (term := _TERMS.get(name)):
            if term == "creator" and term in properties:
                properties[term] += f"; {content}"
            else:
                properties.setdefault(term, content)


def _dossiers(by_name: dict[str, list[etree._Element]], header: Header) -> None:
    for dossier in by_name.get("dossier", []):
        parts: dict[str, list[etree._Element]] = {}
        for element in dossier.iter():
            parts.setdefault(tag(element), []).append(element)
        numbers = parts.get("dossiernummer") or ([dossier] if "dossiernr" in parts else [])
        for number in numbers:
            found = {tag(e): plain_text(e) for e in number.iter() if e is not number}
            printed = found.get("dossiernr", "") or plain_text(number)
            if printed:
                chapter = found.get("begrotingshoofdstuk", "")
                header.dossiers.append(Dossier(printed, chapter))
    for subject in by_name.get("onderw", []):
        printed = plain_text(next((e for e in subject if tag(e) == "nummer"), None))
        if printed:
            header.dossiers.append(Dossier(printed))


def _paper_number(paper: etree._Element) -> str:
    for child in paper:
        if tag(child) == "stuknr":
            number = next((e for e in child.iter() if tag(e) == "ondernummer"), None)
            return plain_text(number)
        if tag(child) == "nummer":
            return plain_text(child)
    return ""


def _date(element: etree._Element | None) -> str:
    """The date in a ``datumtekst``, where the file gives it in ISO form."""
    if element is None:
        return ""
    for part in element.iter():
        iso = part.get("isodatum", "") if tag(part) else ""
        if _ISO_DATE.fullmatch(iso):
            return iso
    return ""


def _running_head(by_name: dict[str, list[etree._Element]], header: Header) -> None:
    """The lines above every paper: which chamber, which series, which year of sitting."""
    lines = {e.get("inhoud", ""): plain_text(e) for e in by_name.get("tekstregel", [])}
    for old in by_name.get("kamerwrk", []):
        for head in (child for child in old if tag(child) == "kop"):
            title = next((child for child in head if tag(child) == "titel"), None)
            lines.setdefault("kameraanduiding", plain_text(title))
    for year in by_name.get("vergjaar", []):
        lines.setdefault("vergaderjaar", plain_text(year))
    _set(header, "publisher", lines.get("kameraanduiding", ""))
    _set(header, "type", lines.get("documenttype", ""))
    _set(header, "isPartOf", lines.get("vergaderjaar", ""))


def _signs(name: etree._Element) -> bool:
    parent = name.getparent()
    return parent is not None and tag(parent) in ("ondertekening", "ondtek", "ondertek")
