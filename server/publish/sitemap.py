"""The sitemap: every page that a reader may look for, in both languages (www.sitemaps.org).

An index and parts of at most 50,000 pages, as the protocol asks; written by an XML library.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from urllib.parse import quote, urlencode

from lxml import etree

from ontology.names import DATA_PATH, VOCABULARY
from server.pages.language import LANGUAGE_PARAMETER, LANGUAGES
from server.pages.links import AUTHORITIES

LARGEST = 50_000
"""Pages in a part."""
PAGES = ("/", "/queries", "/documents", "/catalog")
"""The pages that there are whatever the data."""
RELEASED = ("/dumps/", "/exports")
"""Those that there are once there is a release."""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_SAFE = "/:@!$&'()*+,;=~-._"


def part_path(number: int) -> str:
    """The path of a part; parts are counted from 1."""
    return f"/sitemap/{number}.xml"


def page_of(iri: str, base: str) -> str | None:
    """The path of the page about a thing; none for a thing of others."""
    for prefix, authority in AUTHORITIES.items():
        if iri.startswith(authority):
            return f"/doc/{prefix}{iri.removeprefix(authority)}"
    if iri.startswith(VOCABULARY):
        return f"/def/{iri.removeprefix(VOCABULARY)}"
    own = base + DATA_PATH
    return f"/doc/{iri.removeprefix(own)}" if iri.startswith(own) else None


def index(address: str, parts: int, changed: datetime | None) -> bytes:
    """The index of the parts; ``address`` is that of the service."""
    root = etree.Element(f"{{{_SITEMAP}}}sitemapindex", nsmap={None: _SITEMAP})
    for number in range(1, parts + 1):
        _entry(root, "sitemap", address + part_path(number), changed)
    return _bytes(root)


def part(address: str, paths: Iterable[str], changed: datetime | None) -> bytes:
    """The pages at these paths, each with its address in every language."""
    root = etree.Element(f"{{{_SITEMAP}}}urlset", nsmap={None: _SITEMAP, "xhtml": _XHTML})
    for path in paths:
        page = address + quote(path, safe=_SAFE)
        entry = _entry(root, "url", page, changed)
        for language in LANGUAGES:
            other = f"{page}?{urlencode({LANGUAGE_PARAMETER: language})}"
            _alternate(entry, language, other)
        _alternate(entry, "x-default", page)
    return _bytes(root)


def parted(paths: Sequence[str], number: int) -> Sequence[str]:
    """The paths of a part; none beyond the last."""
    return paths[(number - 1) * LARGEST : number * LARGEST]


def parts_of(paths: Sequence[str]) -> int:
    """How many parts there are."""
    return -(-len(paths) // LARGEST)


def _entry(root: etree._Element, kind: str, page: str, changed: datetime | None) -> etree._Element:
    entry: etree._Element = etree.SubElement(root, f"{{{_SITEMAP}}}{kind}")
    etree.SubElement(entry, f"{{{_SITEMAP}}}loc").text = page
    if changed is not None:
        etree.SubElement(entry, f"{{{_SITEMAP}}}lastmod").text = changed.isoformat()
    return entry


def _alternate(entry: etree._Element, language: str, page: str) -> None:
    attributes = {"rel": "alternate", "hreflang": language, "href": page}
    etree.SubElement(entry, f"{{{_XHTML}}}link", attributes)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
