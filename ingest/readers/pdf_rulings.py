"""Where the words and lines of a PDF page stand.

All lengths are points; x counts from the left edge of the page, y downwards from its top.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.pdf_objects import THIN, Handle

MANY_SHAPES = 5000
"""A page with more shapes than this is a drawing or a map: its lines are not looked at."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: level where `y0 == y1`, upright where `x0 == x1`."""

    x0: float
    y0: float
    x1: float
    y1: float


class Placement:
    """Turns PDF co-ordinates, which know nothing of the page's rotation, into those used here."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._rotation = page.get_rotation()
        self.width, self.height = page.get_size()

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        across, down = x - self._left, self._top - y
        if self._rotation == 90:
            return self.width - down, across
        if self._rotation == 180:
            return self.width - across, self.height - down
        if self._rotation == 270:
            return down, self.height - across
        return across, down


def rulings_of(page: pdfium.PdfPage, shapes: Sequence[Handle], place: Placement) -> Iterator[Ruling]:
    if raw.FPDFPage_CountObjects(page.raw) > MANY_SHAPES:
        return
    for handle in shapes:
        shape = pdfium.PdfObject(handle, page=page, pdf=page.pdf)
        x0, y0, x1, y1 = shape.get_bounds()
        if min(x1 - x0, y1 - y0) <= THIN:
            yield from _straight(*place(x0, y0), *place(x1, y1))
        elif _is_stroked(shape):
            yield from _edges(shape, place)


def _is_stroked(shape: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape.raw, fill, stroke)
    return bool(stroke.value)


def _edges(shape: pdfium.PdfObject, place: Placement) -> Iterator[Ruling]:
    matrix = shape.get_matrix()
    start = here = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(shape.raw), MANY_SHAPES)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = place(*matrix.on_point(x.value, y.value))
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(*here, *there)
        else:
            start = there
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(*there, *start)
        here = there


def _straight(xa: float, ya: float, xb: float, yb: float) -> Iterator[Ruling]:
    """The line between two points, if it is level or upright and long enough to bound a cell."""
    x0, x1, y0, y1 = min(xa, xb), max(xa, xb), min(ya, yb), max(ya, yb)
    if y1 - y0 <= THIN:
        yield Ruling(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 <= THIN:
        yield Ruling((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
