"""The one module that knows PDFium: a page becomes placed words and ruled lines.

All lengths are points; x counts from the left edge of the page, y downwards from its top.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

HYPHEN_AT_LINE_END = "\x02"
"""What PDFium puts where a line ends in a hyphen."""
THIN = 3.0
"""A filled shape thinner than this is a ruled line."""
MANY_SHAPES = 5000
"""A page with more shapes than this is a drawing or a map: its lines are not looked at."""

_REPLACED = str.maketrans(
    {
        **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff"),
        **dict.fromkeys("\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf06e\uf076\uf02d", "•"),
        HYPHEN_AT_LINE_END: "-",
    }
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PIECE = re.compile(rf"[^\s{HYPHEN_AT_LINE_END}\x00]+{HYPHEN_AT_LINE_END}?|{HYPHEN_AT_LINE_END}")
_BOLD = re.compile(rb"bold|black|heavy|semib|cmbx", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """`y` is the baseline, `size` the height of the type."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line: level where `y0 == y1`, upright where `x0 == x1`."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rulings: tuple[Ruling, ...]
    unmapped: int
    """Characters for which the file's fonts name no letter."""


def read_page(document: pdfium.PdfDocument, index: int) -> Page:
    """The page at `index`, counted from 0. Raises PdfiumError where the page is damaged."""
    page = document[index]
    try:
        text_page = page.get_textpage()
        place = _Placement(page)
        layer = _TextLayer(text_page, place)
        words = tuple(layer.words())
        rulings = tuple(_rulings(page, place))
        text_page.close()
        unmapped = sum(code in (0, 0xFFFD) or 0xE000 <= code < 0xF000 for code in layer.codes)
        return Page(index + 1, place.width, place.height, words, rulings, unmapped)
    finally:
        page.close()


class _Placement:
    """Turns PDF co-ordinates, which know nothing of the page's rotation, into those of this module."""

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


class _TextLayer:
    """A page's characters by index, as PDFium numbers them."""

    def __init__(self, text_page: pdfium.PdfTextPage, place: _Placement) -> None:
        self._handle = text_page.raw
        self._place = place
        self._styles: dict[int, tuple[float, bool, bool]] = {}
        # Made once, because one a character costs more than PDFium's own work.
        self._box = [ctypes.c_double() for _ in range(4)]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        count = text_page.count_chars()
        self.codes = [raw.FPDFText_GetUnicode(self._handle, i) for i in range(count)]

    def words(self) -> Iterator[Word]:
        for match in _PIECE.finditer("".join(map(chr, self.codes))):
            first, last = match.start(), match.end() - 1
            shown = "".join(c for c in match.group().translate(_REPLACED) if c.isprintable())
            size, bold, slanted = self._style(first)
            if not shown or slanted:
                continue  # slanted words are a watermark over the page
            if shown[-1].isdigit() and not shown[0].isdigit() and self._style(last)[0] < 0.8 * size:
                shown = _raise_note_mark(shown)
            start, _, y = self._edges(first)
            _, end, _ = self._edges(last)
            yield Word(shown, start, end, y, size, bold)

    def _edges(self, index: int) -> tuple[float, float, float]:
        """A character's left and right edge on its baseline, and the baseline."""
        raw.FPDFText_GetCharBox(self._handle, index, *self._box)
        raw.FPDFText_GetCharOrigin(self._handle, index, self._x, self._y)
        xa, _ = self._place(self._box[0].value, self._box[2].value)
        xb, _ = self._place(self._box[1].value, self._box[3].value)
        _, y = self._place(self._x.value, self._y.value)
        return min(xa, xb), max(xa, xb), y

    def _style(self, index: int) -> tuple[float, bool, bool]:
        """Size, whether bold, whether slanted: the same for all characters of one text object."""
        key = ctypes.cast(raw.FPDFText_GetTextObject(self._handle, index), ctypes.c_void_p).value or -1
        if key not in self._styles:
            turn = math.degrees(raw.FPDFText_GetCharAngle(self._handle, index)) / 90
            slanted = abs(turn - round(turn)) > 0.05
            self._styles[key] = (_size(self._handle, index), _is_bold(self._handle, index), slanted)
        return self._styles[key]


def _size(handle: raw.FPDF_TEXTPAGE, index: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return round(float(raw.FPDFText_GetFontSize(handle, index)) * scale * 2) / 2


def _is_bold(handle: raw.FPDF_TEXTPAGE, index: int) -> bool:
    name = ctypes.create_string_buffer(80)
    raw.FPDFText_GetFontInfo(handle, index, name, 80, ctypes.c_int())
    return bool(_BOLD.search(name.value)) or raw.FPDFText_GetFontWeight(handle, index) >= 600


def _raise_note_mark(shown: str) -> str:
    """Shows a note mark as it is printed, above the line, or "28 days1" would read as a number."""
    stem = shown.rstrip("0123456789")
    return stem + shown[len(stem) :].translate(_SUPERSCRIPT)


def _rulings(page: pdfium.PdfPage, place: _Placement) -> Iterator[Ruling]:
    if raw.FPDFPage_CountObjects(page.raw) > MANY_SHAPES:
        return
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        x0, y0, x1, y1 = shape.get_bounds()
        if min(x1 - x0, y1 - y0) <= THIN:
            yield from _straight(*place(x0, y0), *place(x1, y1))
        elif _is_stroked(shape):
            yield from _edges(shape, place)


def _is_stroked(shape: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape.raw, fill, stroke)
    return bool(stroke.value)


def _edges(shape: pdfium.PdfObject, place: _Placement) -> Iterator[Ruling]:
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
