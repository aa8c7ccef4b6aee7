"""The styles of an ODT file: what a paragraph is called, and how its text looks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.document import BlockKind
from ingest.readers.extraction import Style
from ingest.readers.odt.xml import FO, OFFICE, STYLE, TEXT, count
from ingest.readers.style_names import heading_level, is_contents, kind_named

_MAXIMUM_CHAIN = 50  # styles that follow styles
_MAXIMUM_LEVEL = 10
_DEFAULT_SIZE = 12.0  # points, where the file is silent
_DEFAULT = Style(_DEFAULT_SIZE)
_MAXIMUM_SIZE = 2000.0
_BOLD = ("bold", "600", "700", "800", "900")
_SIDES = ("top", "bottom", "left", "right")
_NO_COLOUR = ("", "transparent", "#ffffff")


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set, and what else its style makes of a paragraph; ``heading`` is a rank."""

    style: Style = _DEFAULT
    hidden: bool = False
    heading: int = 0
    kind: BlockKind | None = None
    is_contents: bool = False
    list_style: str = ""
    breaks_before: bool = False
    breaks_after: bool = False
    is_boxed: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of a file by family and name; ``roots`` are its parts with styles."""

    roots: tuple[etree._Element, ...]
    _elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _automatic: set[etree._Element] = field(default_factory=set)
    _known: dict[tuple[str, str, Look | None], Look] = field(default_factory=dict)
    lists: dict[str, etree._Element] = field(default_factory=dict)
    outline: etree._Element | None = None

    def __post_init__(self) -> None:
        for root in self.roots:
            for group in root:
                if group.tag in (OFFICE + "styles", OFFICE + "automatic-styles"):
                    self._collect(group)

    def paragraph(self, name: str) -> Look:
        """The look of a paragraph with this style."""
        return self._look("paragraph", name, None)

    def span(self, look: Look, name: str) -> Look:
        """The look of text inside, with a character style on top."""
        return self._look("text", name, look) if ("text", name) in self._elements else look

    def _collect(self, group: etree._Element) -> None:
        automatic = group.tag == OFFICE + "automatic-styles"
        for one in group:
            name = one.get(STYLE + "name") or ""
            if one.tag == STYLE + "style":
                self._elements[one.get(STYLE + "family") or "", name] = one
                if automatic:
                    self._automatic.add(one)
            elif one.tag == STYLE + "default-style":
                self._elements[one.get(STYLE + "family") or "", ""] = one
            elif one.tag == TEXT + "list-style":
                self.lists[name] = one
            elif one.tag == TEXT + "outline-style":
                self.outline = one

    def _look(self, family: str, name: str, under: Look | None) -> Look:
        key = (family, name, under)
        if key not in self._known:
            look = under or Look()
            chain = self._chain(family, name)
            if under is None and (default := self._elements.get((family, ""))) is not None:
                chain.append(default)
            for style in reversed(chain):
                look = self._with(look, style)
            self._known[key] = look
        return self._known[key]

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        """A style and its parents, nearest first; a circle ends where it closes."""
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while name and name not in seen and (family, name) in self._elements:
            seen.add(name)
            chain.append(self._elements[family, name])
            name = chain[-1].get(STYLE + "parent-style-name") or ""
            if len(chain) == _MAXIMUM_CHAIN:
                break
        return chain

    def _with(self, under: Look, style: etree._Element) -> Look:
        look = _printed(under, style)
        if style.get(STYLE + "family") != "paragraph":
            return look
        if style not in self._automatic and (name := _name(style)):
            look = replace(
                look,
                style=replace(look.style, name=name),
                heading=heading_level(name) or look.heading,
                kind=kind_named(name) or look.kind,
                is_contents=look.is_contents or is_contents(name),
            )
        if (listed := style.get(STYLE + "list-style-name")) is not None:
            look = replace(look, list_style=listed)
        level = count(style, STYLE + "default-outline-level", look.heading, _MAXIMUM_LEVEL)
        return _set(replace(look, heading=level), style)


def _name(style: etree._Element) -> str:
    name = style.get(STYLE + "display-name") or style.get(STYLE + "name") or ""
    return " ".join(name.replace("_20_", " ").split())


def _printed(look: Look, style: etree._Element) -> Look:
    """With the text properties of a style."""
    text = style.find(STYLE + "text-properties")
    if text is None:
        return look
    old = look.style
    weight, slant = text.get(FO + "font-weight"), text.get(FO + "font-style")
    hidden = text.get(TEXT + "display")
    set_as = Style(
        _size(text.get(FO + "font-size") or "", old.size),
        old.bold if weight is None else weight in _BOLD,
        old.italic if slant is None else slant in ("italic", "oblique"),
        old.name,
    )
    return replace(look, style=set_as, hidden=look.hidden if hidden is None else hidden == "none")


def _size(text: str, inherited: float) -> float:
    """A size in points; a percentage is one of the inherited size."""
    for unit, points in (("pt", 1.0), ("%", inherited / 100), ("cm", 28.35), ("in", 72.0)):
        if text.endswith(unit):
            try:
                size = float(text.removesuffix(unit)[:12]) * points
            except ValueError:
                return inherited
            return round(size, 1) if 0 < size <= _MAXIMUM_SIZE else inherited
    return inherited


def _set(look: Look, style: etree._Element) -> Look:
    """With the paragraph properties of a style: page breaks and frames."""
    if style.get(STYLE + "master-page-name"):
        look = replace(look, breaks_before=True)
    paragraph = style.find(STYLE + "paragraph-properties")
    if paragraph is None:
        return look
    before, after = paragraph.get(FO + "break-before"), paragraph.get(FO + "break-after")
    return replace(
        look,
        breaks_before=look.breaks_before if before is None else before == "page",
        breaks_after=look.breaks_after if after is None else after == "page",
        is_boxed=_is_boxed(paragraph, look.is_boxed),
    )


def _is_boxed(paragraph: etree._Element, inherited: bool) -> bool:
    """Whether a paragraph is framed on all sides, or shaded."""
    border, colour = paragraph.get(FO + "border"), paragraph.get(FO + "background-color")
    sides = [paragraph.get(f"{FO}border-{side}") for side in _SIDES]
    if border is None and colour is None and not any(sides):
        return inherited
    framed = border not in (None, "none") or all(side not in (None, "none") for side in sides)
    return framed or (colour or "").lower() not in _NO_COLOUR
