"""What a PDF page is made of: its shapes, and those of its texts that may not be seen.

Lengths are points in the co-ordinates of the file.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.hidden import Hiding

Handle = Any
"""A pointer of PDFium's; it is valid as long as the page is open."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
THIN = 3.0
"""A filled shape thinner than this is a ruled line."""
_UNPAINTED = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_FILLED = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_LEAST_OPACITY = 26
"""Of 255."""
_LIGHT = 170
"""Of 255; words in a lighter colour may stand on paper or on something dark."""
_MANY_COVERS = 40
"""With more shapes than this every word is taken to lie on, or under, one of them."""
_DEEPEST = 8
_LAYER = "OC"


@dataclass(slots=True)
class Objects:
    """`unpainted` texts are certainly not seen; `suspects` may not be, for the reason given. Both are by
    address."""

    shapes: list[Handle] = field(default_factory=list)
    covers: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    unpainted: set[int] = field(default_factory=set)
    suspects: dict[int, tuple[Handle, Hiding]] = field(default_factory=dict)
    replaced: list[tuple[Handle, Handle]] = field(default_factory=list)
    """Texts with the marks that give other words in their place (ActualText)."""


def objects_of(page: pdfium.PdfPage) -> Objects:
    found = Objects()
    texts: list[Handle] = []
    look = _Look()
    for i in range(raw.FPDFPage_CountObjects(page.raw)):
        handle = raw.FPDFPage_GetObject(page.raw, i)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            look.at(handle, found)
            texts.append(handle)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            found.shapes.append(handle)
            found.covers += look.cover(handle)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            _in_form(handle, found, look)
        else:
            found.covers.append(look.box(handle))
            found.pictures.append(found.covers[-1])
    if found.covers:
        _suspect_covered(texts, found, look)
    return found


def address(handle: Handle) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _in_form(form: Handle, found: Objects, look: _Look, depth: int = 0) -> None:
    """Whatever stands in a form is placed, clipped and switched off with it: only the picture can tell."""
    for i in range(raw.FPDFFormObj_CountObjects(form) if depth < _DEEPEST else 0):
        handle = raw.FPDFFormObj_GetObject(form, i)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            _in_form(handle, found, look, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            look.at(handle, found)
            found.suspects.setdefault(address(handle), (handle, Hiding.COVERED))


def _suspect_covered(texts: list[Handle], found: Objects, look: _Look) -> None:
    many = len(found.covers) > _MANY_COVERS
    for handle in texts:
        left, bottom, right, top = look.box(handle)
        if many or any(
            left < x1 and x0 < right and bottom < y1 and y0 < top for x0, y0, x1, y1 in found.covers
        ):
            found.suspects.setdefault(address(handle), (handle, Hiding.COVERED))


class _Look:
    """Asks PDFium about one object at a time, into memory that is made once."""

    def __init__(self) -> None:
        self._colour = [ctypes.c_uint() for _ in range(4)]
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._name = (ctypes.c_ushort * 40)()
        self._length = ctypes.c_ulong()

    def box(self, handle: Handle) -> Box:
        raw.FPDFPageObj_GetBounds(handle, *self._edges)
        left, bottom, right, top = (edge.value for edge in self._edges)
        return left, bottom, right, top

    def cover(self, shape: Handle) -> Iterator[Box]:
        """The shape's edges, if it is filled and words have room in it."""
        raw.FPDFPath_GetDrawMode(shape, self._fill, self._stroke)
        if self._fill.value:
            left, bottom, right, top = self.box(shape)
            if min(right - left, top - bottom) > THIN:
                yield left, bottom, right, top

    def at(self, text: Handle, found: Objects) -> None:
        """Notes what is unusual about a text."""
        mode = raw.FPDFTextObj_GetTextRenderMode(text)
        painted = raw.FPDFPageObj_GetFillColor(text, *self._colour) and mode in _FILLED
        red, green, blue, opacity = (part.value for part in self._colour)
        if mode in _UNPAINTED or (painted and opacity < _LEAST_OPACITY):
            found.unpainted.add(address(text))
        elif not painted or 3 * red + 6 * green + blue > 10 * _LIGHT:
            found.suspects[address(text)] = text, Hiding.COLOUR
        elif raw.FPDFClipPath_CountPaths(raw.FPDFPageObj_GetClipPath(text)) > 0:
            found.suspects[address(text)] = text, Hiding.COVERED
        for i in range(raw.FPDFPageObj_CountMarks(text)):
            self._mark(text, raw.FPDFPageObj_GetMark(text, i), found)

    def _mark(self, text: Handle, mark: Handle, found: Objects) -> None:
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText"):
            found.replaced.append((text, mark))
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"MCID"):
            return  # the mark of a paragraph, not of a layer
        raw.FPDFPageObjMark_GetName(mark, self._name, ctypes.sizeof(self._name), self._length)
        if bytes(self._name).decode("utf-16-le").split("\0")[0] == _LAYER:
            found.suspects.setdefault(address(text), (text, Hiding.LAYER))
