"""The XML of word processing documents: short names, and children as the reader sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_STRICT = "http://purl.oclc.org/ooxml/"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATIVES = _MC + "AlternateContent"
TEXT_BOX = W + "txbxContent"
_GONE = frozenset(W + name for name in ("del", "moveFrom", "sdtPr", "sdtEndPr", "customXmlPr"))
_TRANSPARENT = frozenset(
    W + name for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "dir", "bdo")
)
_OFF = frozenset(("0", "false", "off", "none"))
_MAXIMUM_DIGITS = 12
_TABLE_OF_CONTENTS = "table of contents"


def transitional(root: etree._Element) -> etree._Element:
    """The same XML; names of the strict dialect are replaced by those that all others use."""
    strict = {_STRICT + "wordprocessingml/main": W, _STRICT + "officeDocument/relationships": R}
    if strict.keys().isdisjoint(root.nsmap.values()):
        return root
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag), strict)
        for key, text in list(element.attrib.items()):
            if (new := _renamed(key, strict)) != key:
                del element.attrib[key]
                element.set(new, text)
    return root


def _renamed(tag: str, strict: Mapping[str, str]) -> str:
    space, brace, name = tag.rpartition("}")
    return strict[space[1:]] + name if brace and space[1:] in strict else tag


def value(parent: etree._Element | None, name: str, attribute: str = "val") -> str:
    """An attribute of the child element with this name; empty where either is missing."""
    child = None if parent is None else parent.find(W + name)
    return "" if child is None else child.get(W + attribute) or ""


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Whether a property is on: ``None`` where nothing is said about it."""
    child = None if parent is None else parent.find(W + name)
    if child is None:
        return None
    return (child.get(W + "val") or "1").lower() not in _OFF


def number(text: str, low: int, high: int) -> int | None:
    """A whole number within bounds; ``None`` for anything else."""
    try:
        found = int(text[:_MAXIMUM_DIGITS])
    except ValueError:
        return None
    return found if low <= found <= high else None


def children(parent: etree._Element) -> Iterator[etree._Element]:
    """The children that are printed, with containers opened and deleted text left out."""
    waiting = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        tag = child.tag
        if tag in _GONE:
            continue
        if tag in _TRANSPARENT:
            waiting.append(iter(child))
        elif tag == W + "sdt":
            if not _is_left_out(child):
                waiting.append(iter(child))
        elif tag == ALTERNATIVES:
            waiting.append(iter(_chosen(child)))
        else:
            yield child


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once; boxes in boxes are not opened."""
    waiting = [iter((element,))]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == TEXT_BOX:
            yield child
        elif child.tag == ALTERNATIVES:
            waiting.append(iter(_chosen(child)))
        elif child.tag not in _GONE:
            waiting.append(iter(child))


def _chosen(alternatives: etree._Element) -> etree._Element | tuple[()]:
    """Of several forms of the same content the first with text: the newest, the best marked up."""
    forms = list(alternatives)
    return next((form for form in forms if next(form.iter(W + "t"), None) is not None), ())


def _is_left_out(control: etree._Element) -> bool:
    """Whether a content control holds a table of contents, or only an invitation to type."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return False
    if switch(properties, "showingPlcHdr"):
        return True
    gallery = value(properties.find(W + "docPartObj"), "docPartGallery")
    return gallery.lower() == _TABLE_OF_CONTENTS
