"""What a PDF's page shows beside letters: rules, filled and framed areas, pictures, links."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint, create_string_buffer
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf.layout.geometry import Area, Page, Rect, WebLink, around
from ingest.readers.pdf.letters import View

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_THIN = 2.6  # points; what is thinner is a rule
_RULE = 12.0  # points; the shortest rule
_AREA_WIDTH, _AREA_HEIGHT = 24.0, 9.0
_DOT = (1.5, 7.0)
_WHITE = 250
_LARGEST = 14_400.0  # points; the largest page that the format allows
_MOST_OBJECTS = 20_000
_MOST_POINTS = 400  # of one path; more is a drawing
_DEPTH = 5
_MOST_LINKS = 2_000


def read_drawing(page: pypdfium2.PdfPage, view: View, drawn: Page) -> None:
    """Add the page's rules, areas and pictures to ``drawn``."""
    for item, matrix in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            picture = _picture(item, matrix, view)
            if min(picture.width, picture.height) > _RULE and _is_placed(picture, view):
                drawn.pictures.append(picture)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(item, matrix, view, drawn)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, _Matrix]]:
    """The page's objects, those within forms too, with the matrix of what they stand in."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    waiting = [
        (pdfium.FPDFPage_GetObject(page.raw, i), _IDENTITY, 0)
        for i in range(min(count, _MOST_OBJECTS) - 1, -1, -1)
    ]
    seen = 0
    while waiting and seen < _MOST_OBJECTS:
        item, matrix, depth = waiting.pop()
        seen += 1
        if not item:
            continue
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif depth < _DEPTH:
            inner = _times(_matrix(item), matrix)
            inside = min(max(pdfium.FPDFFormObj_CountObjects(item), 0), _MOST_OBJECTS - seen)
            waiting += [
                (pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)
                for i in range(inside - 1, -1, -1)
            ]


def _matrix(item: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, byref(found)):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _seen(points: list[tuple[float, float]], matrix: _Matrix, view: View) -> Rect:
    """The rectangle around points, as it is seen on the page."""
    a, b, c, d, e, f = matrix
    placed = [view.place(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _is_placed(rect: Rect, view: View) -> bool:
    """Whether at least a part is on the page (no number that is none passes)."""
    return (
        rect.right >= 0
        and rect.bottom >= 0
        and rect.left <= min(view.width, _LARGEST)
        and rect.top <= min(view.height, _LARGEST)
        and rect.width < 10 * _LARGEST
        and rect.height < 10 * _LARGEST
    )


def _picture(item: Any, matrix: _Matrix, view: View) -> Rect:
    corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
    return _seen(corners, _times(_matrix(item), matrix), view)


def _add_path(item: Any, matrix: _Matrix, view: View, drawn: Page) -> None:
    mode, stroked = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, byref(mode), byref(stroked)):
        return
    fill = _colour(item, pdfium.FPDFPageObj_GetFillColor) if mode.value else None
    stroke = _colour(item, pdfium.FPDFPageObj_GetStrokeColor) if stroked.value else None
    if fill is None and stroke is None:
        return
    for rect in _subpaths(item, _times(_matrix(item), matrix), view):
        if not _is_placed(rect, view):
            continue
        if rect.height <= _THIN and rect.width >= _RULE:
            drawn.rows.append(rect)
        elif rect.width <= _THIN and rect.height >= _RULE:
            drawn.columns.append(rect)
        elif rect.width >= _AREA_WIDTH and rect.height >= _AREA_HEIGHT:
            drawn.areas.append(Area(rect, fill))
        elif fill and _DOT[0] <= min(rect.width, rect.height) <= _DOT[1] >= rect.width:
            drawn.dots.append(rect)


def _colour(item: Any, look_up: Any) -> tuple[int, int, int] | None:
    """A colour that can be seen on white paper."""
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not look_up(item, byref(red), byref(green), byref(blue), byref(alpha)):
        return None
    colour = (red.value, green.value, blue.value)
    return None if alpha.value < 8 or min(colour) >= _WHITE else colour


def _subpaths(item: Any, matrix: _Matrix, view: View) -> list[Rect]:
    """The rectangles around the pieces of a path; none for a drawing of many points."""
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST_POINTS:
        return []
    x, y = c_float(), c_float()
    pieces: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            continue
        starts = pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO
        if starts or not pieces:
            pieces.append([])
        pieces[-1].append((x.value, y.value))
    return [_seen(points, matrix, view) for points in pieces if len(points) > 1]


def read_links(
    document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, view: View, drawn: Page
) -> None:
    """Add the page's links to addresses to ``drawn``."""
    position = c_int(0)
    link = pdfium.FPDF_LINK()
    bounds = pdfium.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page.raw, byref(position), byref(link)):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or not pdfium.FPDFLink_GetAnnotRect(link, byref(bounds)):
            continue
        if pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        if target := _address(document, action):
            a = view.place(bounds.left, bounds.bottom)
            b = view.place(bounds.right, bounds.top)
            rect = around([Rect(*a, *a), Rect(*b, *b)])
            if _is_placed(rect, view):
                drawn.links.append(WebLink(rect, target))


def _address(document: pypdfium2.PdfDocument, action: Any) -> str:
    size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 1 < size < 5000:
        return ""
    buffer = create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace").strip()
