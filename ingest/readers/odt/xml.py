"""The XML of OpenDocument text: its names, and values read with care."""

from __future__ import annotations

from lxml import etree

_NAMESPACES = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = _NAMESPACES + "office:1.0}"
TEXT = _NAMESPACES + "text:1.0}"
TABLE = _NAMESPACES + "table:1.0}"
DRAW = _NAMESPACES + "drawing:1.0}"
STYLE = _NAMESPACES + "style:1.0}"
META = _NAMESPACES + "meta:1.0}"
FO = _NAMESPACES + "xsl-fo-compatible:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MAXIMUM_DIGITS = 12


def count(element: etree._Element, attribute: str, default: int, most: int) -> int:
    """A number of things that an attribute gives, within bounds."""
    try:
        found = int((element.get(attribute) or "")[:_MAXIMUM_DIGITS])
    except ValueError:
        return default
    return min(max(found, 0), most)


def is_on(element: etree._Element, attribute: str) -> bool:
    """Whether an attribute says "true"."""
    return element.get(attribute) == "true"
