"""Which part of a DOCX file holds what: relationships between parts, and its own properties."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from datetime import datetime

from lxml import etree

from ingest.readers.archive import Archive
from ingest.readers.docx.xml import transitional
from ingest.readers.extraction import UnreadableError

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN = "word/document.xml"
_CORE = "docProps/core.xml"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_PROPERTIES = (
    ("title", _DC),
    ("creator", _DC),
    ("subject", _DC),
    ("description", _DC),
    ("identifier", _DC),
    ("publisher", _DC),
    ("language", _DC),
    ("created", _TERMS),
    ("modified", _TERMS),
)
_MAXIMUM_PROPERTY = 1000  # characters


class Package:
    """The parts of a DOCX file by what they are for the document."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
        self._parts: dict[str, etree._Element | None] = {}
        top = self._relationships("")
        self._main = next(
            (
                target
                for kind, target, outside in top.values()
                if kind == "officeDocument" and not outside
            ),
            _MAIN,
        )
        self._core = next(
            (
                target
                for kind, target, outside in top.values()
                if kind == "core-properties" and not outside
            ),
            _CORE,
        )
        self._related = self._relationships(self._main)

    def main(self) -> etree._Element:
        """The document part."""
        return transitional(self._archive.xml(self._main))

    def part(self, kind: str) -> etree._Element | None:
        """The part that the document relates to as "styles", "footnotes" ...; it may be missing."""
        if kind not in self._parts:
            self._parts[kind] = self._find(kind)
        return self._parts[kind]

    def _find(self, kind: str) -> etree._Element | None:
        for found, target, outside in self._related.values():
            if found == kind and not outside and target in self._archive:
                return transitional(self._archive.xml(target))
        return None

    def links(self, kind: str = "") -> Mapping[str, str]:
        """The web addresses of hyperlinks, by their key in the document or in its part ``kind``."""
        related = self._related
        if kind:
            part = next((t for k, t, outside in related.values() if k == kind and not outside), "")
            related = self._relationships(part) if part else {}
        return {
            key: target
            for key, (found, target, outside) in related.items()
            if found == "hyperlink" and outside and is_web_address(target)
        }

    def properties(self) -> dict[str, str]:
        """What the file says about the document, by Dublin Core term."""
        if self._core not in self._archive:
            return {}
        root = self._archive.xml(self._core)
        found: dict[str, str] = {}
        for term, space in _PROPERTIES:
            text = root.findtext(space + term) or ""
            text = iso_date(text) if space == _TERMS else clean(text)
            if text:
                found[term] = text
        return found

    def _relationships(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """By key: the kind of relationship, its target, and whether that lies outside the file."""
        folder, file = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{file}.rels")
        if listing not in self._archive:
            return {}
        found: dict[str, tuple[str, str, bool]] = {}
        for one in self._archive.xml(listing).iter(_RELATIONSHIP):
            kind = (one.get("Type") or "").rpartition("/")[2]
            target = (one.get("Target") or "").strip()
            outside = one.get("TargetMode") == "External"
            if not outside:
                target = self._inside(folder, target)
            found[one.get("Id") or ""] = (kind, target, outside)
        return found

    def _inside(self, folder: str, target: str) -> str:
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        path = posixpath.normpath(path)
        if path.startswith(".."):
            raise UnreadableError(f"{self._name}: refused, it refers to {target!r} outside itself")
        return path


def is_web_address(target: str) -> bool:
    """Whether a link leads to a page on the web, not to a file, mailbox or script."""
    return target.lower().startswith(("http://", "https://"))


def clean(text: str) -> str:
    """A property on one line, of a sensible length."""
    return " ".join(text.split())[:_MAXIMUM_PROPERTY]


def iso_date(text: str) -> str:
    """The day of a moment in ISO 8601; empty for what is no such moment."""
    try:
        return datetime.fromisoformat(text.strip()).date().isoformat()
    except ValueError:
        return ""
