"""What a page states about itself in its head: title, date, maker, identifier."""

from __future__ import annotations

import re

from lxml import etree

from ingest.readers.html.tags import tag_of, words_of

_SOURCES = {
    "title": ("dcterms.title", "dc.title", "overheidop.documenttitel", "og:title", "twitter:title"),
    "date": (
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "dcterms.available",
        "article:published_time",
        "datepublished",
        "overheidop.datumindiening",
        "dcterms.created",
    ),
    "creator": ("overheidop.indiener", "dcterms.creator", "dc.creator", "author"),
    "publisher": ("dcterms.publisher", "dc.publisher", "overheid.authority"),
    "type": ("dcterms.type", "dc.type"),
    "identifier": ("dcterms.identifier", "dc.identifier"),
    "subject": ("dcterms.subject", "dc.subject", "overheid.category"),
    "description": ("dcterms.description", "dc.description", "description", "og:description"),
    "dossier": ("overheidop.dossiernummer",),
    "isPartOf": ("overheidop.vergaderjaar",),
    "language": ("dcterms.language", "dc.language", "content-language"),
}
_SEVERAL = ("creator", "subject", "dossier")  # that a document may have more than one of
_RECORD = re.compile(r"/((?:kst|ah|h|blg|stcrt|stb|trb)-[\w-]+)/metadata\.xml$")
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]*$")
_SITE_NAME = re.compile(
    r"\w[\w-]*\.(?:nl|eu|com|org)|(?:Tweede|Eerste) Kamer.*|Rijksoverheid|Ministerie van .*"
    r"|Officiële bekendmakingen|Wetten(?:bank)?|Overheid"
)
_ISO_DATE = re.compile(r"(?:start=)?(\d{4}-\d{2}-\d{2})(?!\d)")
_DUTCH_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})(?!\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def page_properties(page: etree._Element, root: etree._Element) -> dict[str, str]:
    """The page's properties, by Dublin Core term; ``root`` holds its content."""
    stated = _stated(page)
    properties: dict[str, str] = {}
    for term, sources in _SOURCES.items():
        values = next((stated[source] for source in sources if source in stated), [])
        if values:
            joined = "; ".join(dict.fromkeys(values)) if term in _SEVERAL else values[0]
            properties[term] = joined
    site = stated.get("og:site_name", [""])[0]
    title = properties.get("title") or _title(page)
    properties["title"] = _without_site(title, site)
    properties["date"] = _date(properties.get("date", "")) or _time_in(root)
    if record := _RECORD.search(stated.get("overheidop.externmetadatarecord", [""])[0]):
        properties["identifier"] = record[1]
    language = page.get("lang") or page.get("xml:lang") or properties.get("language", "")
    properties["language"] = language if _LANGUAGE.fullmatch(language) else ""
    return {term: value for term, value in properties.items() if value}


def _stated(page: etree._Element) -> dict[str, list[str]]:
    """All metadata elements, by name in small letters."""
    stated: dict[str, list[str]] = {}
    for element in page.iter("meta"):
        value = " ".join(element.get("content", "").split())
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = element.get(attribute, "").lower().strip()
            if name and value:
                name = re.sub(r"^(dcterms|dc|overheid|overheidop):", r"\1.", name)
                stated.setdefault(name, []).append(value)
    return stated


def _title(page: etree._Element) -> str:
    for element in page.iter("title"):
        parent = element.getparent()
        if parent is not None and tag_of(parent) in ("head", "html", "body"):
            return words_of(element)
    return ""


def _without_site(title: str, site: str) -> str:
    """The title without the name of the site behind it."""
    match = _SITE.search(title)
    if match is None or not title[: match.start()].strip():
        return title
    name = match[0].strip(" |–—-")
    barred = match[0].strip().startswith("|")
    if barred or name == site or _SITE_NAME.fullmatch(name):
        return title[: match.start()].strip()
    return title


def _date(text: str) -> str:
    """A date in ISO form; "" for one that is none."""
    if match := _ISO_DATE.match(text.strip()):
        return match[1]
    if match := _DUTCH_DATE.match(text.strip()):
        return f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}"
    return ""


def _time_in(root: etree._Element) -> str:
    """The first moment that the content itself marks."""
    for element in root.iter("time"):
        if date := _date(element.get("datetime", "")):
            return date
    return ""
