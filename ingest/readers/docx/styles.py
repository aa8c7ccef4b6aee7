"""The styles of a DOCX file: what a paragraph is called, and how its text looks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.document import BlockKind
from ingest.readers.docx.xml import W, number, switch, value
from ingest.readers.extraction import Style
from ingest.readers.style_names import heading_level, is_contents, kind_named, list_depth

_MAXIMUM_CHAIN = 50  # styles based on styles; word processors allow about ten
BODY_LEVEL = 9  # the outline level of body text
_DEFAULT_SIZE = 10.0  # points, where the file is silent


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set; ``hidden`` text is not printed."""

    style: Style
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph's style makes of it: ``heading`` is its rank (0: none), ``numbering`` the
    list that it belongs to, ``level`` the level in it (from 0), ``depth`` how deep the lists of
    this style stand beside others (0: not said)."""

    look: Look
    identifier: str = ""
    heading: int = 0
    kind: BlockKind | None = None
    is_contents: bool = False
    numbering: str = ""
    level: int = 0
    depth: int = 0
    breaks_page: bool = False
    is_boxed: bool = False


@dataclass(slots=True)
class Styles:
    """The styles by identifier; ``root`` is the styles part, if there is one."""

    root: etree._Element | None
    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _default: str = ""
    _base: Look = Look(Style(_DEFAULT_SIZE))
    _known: dict[str, ParagraphStyle] = field(default_factory=dict)
    _tables: dict[str, bool] = field(default_factory=dict)
    _characters: dict[tuple[Look, str], Look] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for style in self.root.iter(W + "style"):
            identifier = style.get(W + "styleId") or ""
            self._elements.setdefault(identifier, style)
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._default = identifier
        run = self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._base = apply(self._base, run)

    def paragraph(self, identifier: str) -> ParagraphStyle:
        """The style with this identifier; the default one where it is empty or unknown."""
        if identifier not in self._elements:
            identifier = self._default if self._default in self._elements else ""
        if identifier not in self._known:
            self._known[identifier] = self._resolve(identifier)
        return self._known[identifier]

    def character(self, look: Look, identifier: str) -> Look:
        """The look with a character style on top of it."""
        key = (look, identifier)
        if key not in self._characters:
            for style in reversed(self._chain(identifier)):
                look = apply(look, style.find(W + "rPr"))
            self._characters[key] = look
        return self._characters[key]

    def first_row_is_bold(self, identifier: str) -> bool:
        """Whether a table style sets the first row apart in bold."""
        if identifier not in self._tables:
            parts = (p for s in self._chain(identifier) for p in s.findall(W + "tblStylePr"))
            first = next((part for part in parts if part.get(W + "type") == "firstRow"), None)
            bold = first is not None and switch(first.find(W + "rPr"), "b")
            self._tables[identifier] = bool(bold)
        return self._tables[identifier]

    def numbering_of(self, identifier: str) -> str:
        """The list that a numbering style stands for."""
        style = self._elements.get(identifier)
        return "" if style is None else value(style.find(f"{W}pPr/{W}numPr"), "numId")

    def _chain(self, identifier: str) -> list[etree._Element]:
        """A style and those that it is based on, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while identifier in self._elements and identifier not in seen:
            seen.add(identifier)
            chain.append(self._elements[identifier])
            identifier = value(chain[-1], "basedOn")
            if len(chain) == _MAXIMUM_CHAIN:
                break
        return chain

    def _resolve(self, identifier: str) -> ParagraphStyle:
        found = ParagraphStyle(self._base)
        for style in reversed(self._chain(identifier)):
            found = _with(found, style)
        return replace(found, identifier=identifier)


def _with(under: ParagraphStyle, style: etree._Element) -> ParagraphStyle:
    """A style on top of the one that it is based on."""
    name = " ".join((value(style, "name") or style.get(W + "styleId") or "").split())
    own = style.find(W + "pPr")
    listing = None if own is None else own.find(W + "numPr")
    level = heading_level(name) or under.heading
    outline = number(value(own, "outlineLvl"), 0, BODY_LEVEL)
    if outline is not None:
        level = 0 if outline == BODY_LEVEL else outline + 1
    breaks = switch(own, "pageBreakBefore")
    look = apply(under.look, style.find(W + "rPr"))
    return ParagraphStyle(
        look=replace(look, style=replace(look.style, name=name)),
        heading=level,
        kind=kind_named(name) or under.kind,
        is_contents=under.is_contents or is_contents(name),
        numbering=value(listing, "numId") or under.numbering,
        level=number(value(listing, "ilvl"), 0, 8) or (0 if listing is not None else under.level),
        depth=list_depth(name) or under.depth,
        breaks_page=under.breaks_page if breaks is None else breaks,
        is_boxed=is_boxed(own, under.is_boxed),
    )


def apply(look: Look, properties: etree._Element | None) -> Look:
    """The look with run properties on top of it."""
    if properties is None or not len(properties):
        return look
    old = look.style
    bold, italic = switch(properties, "b"), switch(properties, "i")
    hidden = switch(properties, "vanish")
    half_points = number(value(properties, "sz"), 1, 4000)
    style = Style(
        old.size if half_points is None else half_points / 2,
        old.bold if bold is None else bold,
        old.italic if italic is None else italic,
        old.name,
    )
    return Look(style, look.hidden if hidden is None else hidden)


def is_boxed(properties: etree._Element | None, inherited: bool = False) -> bool:
    """Whether paragraph properties frame a paragraph on all sides, or shade it."""
    if properties is None:
        return inherited
    borders = properties.find(W + "pBdr")
    shading = properties.find(W + "shd")
    if borders is None and shading is None:
        return inherited
    sides = ("top", "left", "bottom", "right")
    if borders is not None and all(value(borders, s) not in ("", "nil", "none") for s in sides):
        return True
    fill = "" if shading is None else (shading.get(W + "fill") or "").lower()
    return fill not in ("", "auto", "ffffff")
